"""Sockets in memory: what the trace tells of them, and that nothing else of them is left."""

import asyncio
import socket
import threading

from concurrency_tui.trace.events import NONE, Kind

from .runs import call_here

TOLD = (
    Kind.LISTEN,
    Kind.PEER,
    Kind.CONNECT,
    Kind.ACCEPT,
    Kind.SEND,
    Kind.RECV,
    Kind.SHUT,
    Kind.CLOSE,
)


def echo():
    def serve():
        conn, _ = server.accept()
        with conn:
            while data := conn.recv(1024):
                conn.sendall(data.upper())

    server = socket.create_server(("127.0.0.1", 8000))
    worker = threading.Thread(target=serve)
    worker.start()
    with socket.create_connection(("127.0.0.1", 8000)) as client:
        client.sendall(b"hello")
        assert client.recv(100) == b"HELLO"
    worker.join()
    server.close()


def test_an_echo_is_told_from_the_first_step_to_the_last():
    run, outcome = call_here(echo, "fifo")
    assert outcome.name == "finished"
    told = [(event.kind, event.worker, event.obj, event.value, event.text) for event in run.kinds(*TOLD)]
    server, client, conn = 0, 1, 2
    assert told == [
        (Kind.LISTEN, 0, server, 128, "127.0.0.1:8000"),
        (Kind.PEER, NONE, conn, client, ""),
        (Kind.CONNECT, 0, client, server, "127.0.0.1:8000"),
        (Kind.SEND, 0, client, 5, "b'hello'"),
        (Kind.ACCEPT, 1, server, conn, "127.0.0.1:40001"),
        (Kind.RECV, 1, conn, 5, "b'hello'"),
        (Kind.SEND, 1, conn, 5, "b'HELLO'"),
        (Kind.RECV, 0, client, 5, "b'HELLO'"),
        (Kind.CLOSE, 0, client, NONE, ""),
        (Kind.RECV, 1, conn, 0, "b''"),
        (Kind.CLOSE, 1, conn, NONE, ""),
        (Kind.CLOSE, 0, server, NONE, ""),
    ]
    assert [event.text for event in run.kinds(Kind.OBJECT)] == ["socket"] * 3
    assert run.names == {0: "server", 1: "client", 2: "conn"}
    assert [(event.worker, event.obj, event.text) for event in run.kinds(Kind.WAIT)] == [
        (0, client, "recv"),
        (1, conn, "recv"),
    ]


def test_after_a_run_sockets_are_real_again():
    base = socket.socket.__bases__
    call_here(echo)
    assert socket.socket.__bases__ == base
    with socket.create_server(("127.0.0.1", 0)) as real:
        assert real.fileno() < 1000
        assert type(real.getsockname()[1]) is int


def test_the_event_loop_runs_over_it_and_its_own_sockets_are_not_told():
    async def main():
        async def handle(reader, writer):
            writer.write((await reader.readline()).upper())
            writer.close()

        async def client():
            reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
            writer.write(b"hello\n")
            answer = await reader.readline()
            writer.close()
            return answer

        async with await asyncio.start_server(handle, "127.0.0.1", 8888):
            await asyncio.sleep(1)
            return await asyncio.gather(client(), client())

    answers = []
    run, outcome = call_here(lambda: answers.extend(asyncio.run(main())))
    assert outcome.name == "finished"
    assert answers == [b"HELLO\n"] * 2
    assert run.events[-1].time == 1_000_000_000
    assert len(run.kinds(Kind.ACCEPT)) == 2
    assert len(run.kinds(Kind.OBJECT)) == 5  # one listens, and each connection has two ends
    assert {event.text for event in run.kinds(Kind.WAIT)} == {"select"}


def test_the_same_seed_gives_the_same_run():
    first, second = (call_here(echo, "random", 5)[0] for _ in range(2))
    assert first.events == second.events
