"""What a trace tells of sockets: who waits for what, what happens in whose step, and what is not told."""

import _thread
import multiprocessing
import select
import socket
import threading
import time

import pytest
from concurrency_tui.trace.events import NONE, Kind

from .runs import call_here

LOCAL = "127.0.0.1"


def started(*functions):
    threads = [threading.Thread(target=function, name=function.__name__) for function in functions]
    for thread in threads:
        thread.start()
    return threads


def brief(run, *kinds):
    return [(event.kind, event.worker, event.obj, event.value) for event in run.kinds(*kinds)]


def test_a_writer_waits_for_room_and_each_portion_is_told():
    def main():
        one, two = socket.socketpair()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 5_000)

        def reader():
            while two.recv(6_000):
                pass

        threads = started(reader)
        one.sendall(bytes(25_000))
        one.close()
        threads[0].join()
        two.close()

    run, outcome = call_here(main, "fifo")
    assert outcome.name == "finished"
    sent = [event.value for event in run.kinds(Kind.SEND)]
    assert sum(sent) == 25_000
    assert sent[0] == 10_000  # Linux gives twice what is asked for
    received = [event.value for event in run.kinds(Kind.RECV)]
    assert sum(received) == 25_000
    assert received[-1] == 0
    assert "send" in {event.text for event in run.kinds(Kind.WAIT) if event.worker == 0}
    assert len(run.kinds(Kind.PEER)) == 1


def test_who_finds_the_backlog_full_connects_when_there_is_room():
    def main():
        server = socket.create_server((LOCAL, 0), backlog=0)
        address = server.getsockname()
        first = socket.create_connection(address)

        def client():
            socket.create_connection(address).close()

        threads = started(client)
        time.sleep(1)
        for _ in range(2):
            server.accept()[0].close()
        threads[0].join()
        first.close()
        server.close()

    for seed in range(20):
        run, outcome = call_here(main, seed=seed)
        assert outcome.name == "finished"
        [wait] = [event for event in run.kinds(Kind.WAIT) if event.text == "connect"]
        assert wait.worker == 1
        order = [(event.kind, event.worker) for event in run.kinds(Kind.CONNECT, Kind.ACCEPT)]
        assert order == [(Kind.CONNECT, 0), (Kind.ACCEPT, 0), (Kind.CONNECT, 1), (Kind.ACCEPT, 0)]


def test_who_does_not_wait_for_the_backlog_is_connected_by_the_system():
    def main():
        server = socket.create_server((LOCAL, 0), backlog=0)
        first = socket.create_connection(server.getsockname())
        second = socket.socket()
        second.setblocking(False)
        assert second.connect_ex(server.getsockname()) != 0
        assert select.select([], [second], [], 0.5)[1] == []
        server.accept()[0].close()
        assert select.select([], [second], [], 0.5)[1] == [second]
        for each in (first, second, server):
            each.close()

    run, outcome = call_here(main)
    assert outcome.name == "finished"
    assert [event.worker for event in run.kinds(Kind.CONNECT)] == [0, NONE]
    assert [event.text for event in run.kinds(Kind.TIMEOUT)] == ["select"]


def test_refusals_are_told():
    def main():
        server = socket.create_server((LOCAL, 0))
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
        client = socket.create_connection(server.getsockname())
        client.setblocking(False)
        with pytest.raises(BlockingIOError):
            client.recv(1)
        client.send(bytes(200_000))
        with pytest.raises(BlockingIOError):
            client.send(b"x")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((LOCAL, 9))
        client.close()
        server.close()

    run, _ = call_here(main)
    assert [event.text for event in run.kinds(Kind.REFUSE)] == ["accept", "recv", "send", "connect"]


def test_a_timeout_is_told_and_takes_its_time():
    def main():
        one, two = socket.socketpair()
        one.settimeout(2.5)
        with pytest.raises(TimeoutError):
            one.recv(1)
        one.close()
        two.close()

    run, _ = call_here(main)
    [wait], [timeout] = run.kinds(Kind.WAIT), run.kinds(Kind.TIMEOUT)
    assert (wait.text, wait.value, timeout.text, timeout.time) == ("recv", 2_500_000_000, "recv", 2_500_000_000)
    assert wait.obj == timeout.obj


def test_a_reset_is_told_where_it_happens():
    def main():
        one, two = socket.socketpair()
        one.sendall(b"unread")
        two.close()
        one.close()

    run, _ = call_here(main)
    assert [event.text for event in run.kinds(Kind.CLOSE)] == ["reset", ""]


def test_a_peek_takes_nothing():
    def main():
        one, two = socket.socketpair()
        one.sendall(b"data")
        assert two.recv(2, socket.MSG_PEEK) == b"da"
        two.shutdown(socket.SHUT_RDWR)
        one.close()
        two.close()

    run, _ = call_here(main)
    assert [event.text for event in run.kinds(Kind.LOOK)] == ["peek → b'da'"]
    assert not run.kinds(Kind.RECV)
    assert [event.value for event in run.kinds(Kind.SHUT)] == [2]


def test_only_who_can_go_on_is_chosen():
    """Two wait for data at one end: what arrives is for one of them, and the other is not woken for nothing."""

    def main():
        one, two = socket.socketpair()

        def first():
            two.recv(1)

        def second():
            two.recv(1)

        threads = started(first, second)
        time.sleep(1)
        one.sendall(b"x")
        time.sleep(1)
        one.sendall(b"y")
        for thread in threads:
            thread.join()
        one.close()
        two.close()

    for seed in range(20):
        run, outcome = call_here(main, seed=seed)
        assert outcome.name == "finished"
        assert {event.worker for event in run.kinds(Kind.RECV)} == {1, 2}
        assert not [event for event in run.kinds(Kind.RUN) if event.time and event.worker]


def test_two_that_wait_for_each_other_are_stuck():
    def main():
        one, two = socket.socketpair()

        def other():
            two.recv(1)

        started(other)
        one.recv(1)

    run, outcome = call_here(main)
    assert outcome.name == "deadlock"
    stuck = {event.worker: event.obj for event in run.kinds(Kind.DEADLOCK)}
    assert set(stuck) == {0, 1}
    assert len(set(stuck.values())) == 2
    assert set(stuck.values()) <= {event.obj for event in run.kinds(Kind.WAIT)}


def test_closing_a_descriptor_does_not_wake_who_waits_at_it():
    """As on Linux: the call keeps the end open, and goes on when something arrives."""

    def main():
        server = socket.create_server((LOCAL, 0))
        address = server.getsockname()

        def waits():
            server.accept()[0].close()

        threads = started(waits)
        time.sleep(1)
        server.close()
        time.sleep(1)
        assert threads[0].is_alive()
        socket.create_connection(address).close()
        threads[0].join()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)

    assert call_here(main)[1].name == "finished"


def test_what_an_ended_process_had_open_is_closed_by_the_system():
    def main():
        one, two = socket.socketpair()
        child = multiprocessing.Process(target=time.sleep, args=(5,))
        child.start()
        idle = multiprocessing.Process(target=_recv, args=(two,))
        idle.start()
        two.close()
        time.sleep(1)
        idle.terminate()
        assert one.recv(1) == b""
        one.close()
        idle.join()
        child.join()

    run, outcome = call_here(main)
    assert outcome.name == "finished"
    [by_system] = [event for event in run.kinds(Kind.CLOSE) if event.worker == NONE]
    [pair] = run.kinds(Kind.PEER)
    assert by_system.obj in (pair.obj, pair.value)


def _recv(sock):
    sock.recv(1)


def test_other_machines_cannot_be_reached():
    def main():
        with socket.socket() as sock, pytest.raises(OSError, match="Network is unreachable"):
            sock.connect(("192.0.2.1", 80))
        for ask in (socket.gethostbyname, lambda name: socket.create_connection((name, 80))):
            with pytest.raises(socket.gaierror, match="Temporary failure in name resolution"):
                ask("example.org")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, pytest.raises(OSError, match="unreachable"):
            sock.sendto(b"x", ("192.0.2.1", 53))
        with pytest.raises(PermissionError):
            socket.socket(socket.AF_INET, socket.SOCK_RAW)
        with pytest.raises(OSError, match="Address family not supported"):
            socket.socket(socket.AF_PACKET)

    run, outcome = call_here(main)
    assert outcome.name == "finished"
    assert not run.kinds(Kind.FAIL)


def test_who_asks_again_and_again_without_waiting_lets_time_pass():
    def main():
        one, two = socket.socketpair()
        two.setblocking(False)

        def later():
            time.sleep(0.1)
            one.sendall(b"x")

        [thread] = started(later)
        while True:
            try:
                assert two.recv(1) == b"x"
                break
            except BlockingIOError:
                pass
        one.sendall(b"y")
        while not select.select([two], [], [], 0)[0]:
            pass
        thread.join()
        one.close()
        two.close()

    for strategy in ("fifo", "random"):
        run, outcome = call_here(main, strategy)
        assert outcome.name == "finished"
        assert run.events[-1].time >= 100_000_000


def test_another_thread_of_the_interpreter_has_real_sockets():
    found = []
    begun, done = _thread.allocate_lock(), _thread.allocate_lock()
    for lock in (begun, done):
        lock.acquire()

    def outside():
        begun.acquire()
        with socket.create_server((LOCAL, 0)) as server, socket.create_connection(server.getsockname()) as client:
            conn, _ = server.accept()
            client.sendall(b"real")
            found.append((server.fileno(), conn.recv(10), select.select([], [conn], [], 0)[1] == [conn]))
            conn.close()
        done.release()

    def main():
        begun.release()
        done.acquire()  # a real lock: the whole run waits

    _thread.start_new_thread(outside, ())
    run, outcome = call_here(main)
    assert outcome.name == "finished"
    [(number, data, writable)] = found
    assert number < 1000
    assert (data, writable) == (b"real", True)
    assert not run.kinds(Kind.LISTEN)


def test_datagrams_are_told():
    def main():
        one, two = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
        one.bind((LOCAL, 0))
        two.sendto(b"hello", one.getsockname())
        one.recvfrom(100)
        one.close()
        two.close()

    run, _ = call_here(main)
    assert brief(run, Kind.SEND, Kind.RECV, Kind.CLOSE) == [
        (Kind.SEND, 0, 0, 5),
        (Kind.RECV, 0, 1, 5),
        (Kind.CLOSE, 0, 1, NONE),
        (Kind.CLOSE, 0, 0, NONE),
    ]


def test_long_data_is_cut_in_the_trace():
    def main():
        one, two = socket.socketpair()
        one.sendall(b"x" * 10_000)
        one.close()
        two.close()

    run, _ = call_here(main)
    [sent] = run.kinds(Kind.SEND)
    assert sent.value == 10_000
    assert len(sent.text) == 120
    assert sent.text.endswith("…")
