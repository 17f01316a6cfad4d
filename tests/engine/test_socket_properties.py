"""What is sent arrives, in order and whole, however it is cut up and whoever runs when."""

import selectors
import socket
import threading

from concurrency_tui.trace.events import Kind
from hypothesis import given, settings
from hypothesis import strategies as st

from .runs import call_here

SENDS = st.lists(st.integers(0, 9_000), max_size=8)
SIZES = st.lists(st.integers(1, 7_000), min_size=1, max_size=4)
FAMILIES = st.sampled_from((socket.AF_UNIX, socket.AF_INET))


def data_of(sizes):
    """Return that many pieces of data, in which each byte tells its place."""
    whole = bytes(number * 7 % 251 for number in range(sum(sizes)))
    pieces, start = [], 0
    for size in sizes:
        pieces.append(whole[start : start + size])
        start += size
    return pieces


def pair(family, buffer):
    """Return two connected sockets with small buffers."""
    if family == socket.AF_UNIX:
        ends = socket.socketpair()
    else:
        with socket.create_server(("127.0.0.1", 0)) as server:
            client = socket.create_connection(server.getsockname())
            ends = client, server.accept()[0]
    for each in ends:
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
        each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    return ends


def check(run, outcome, sent, received):
    """The trace tells of every byte, and never of more that has arrived than was sent."""
    assert outcome.name == "finished"
    assert received == sent
    on_the_way = dict.fromkeys(range(4), 0)
    other = {}
    for event in run.kinds(Kind.PEER):
        other[event.obj], other[event.value] = event.value, event.obj
    for event in run.kinds(Kind.SEND, Kind.RECV):
        end = other[event.obj] if event.kind is Kind.SEND else event.obj
        on_the_way[end] += event.value if event.kind is Kind.SEND else -event.value
        assert on_the_way[end] >= 0
    assert not any(on_the_way.values())


@settings(deadline=None, max_examples=60)
@given(SENDS, SENDS, SIZES, FAMILIES, st.integers(1, 5_000), st.integers(0, 10**6))
def test_blocking_both_ways(there, back, sizes, family, buffer, seed):
    received = {}

    def main():
        ends = pair(family, buffer)

        def writer(number, pieces):
            for piece in pieces:
                ends[number].sendall(piece)
            ends[number].shutdown(socket.SHUT_WR)

        def reader(number):
            data, turn = b"", 0
            while part := ends[number].recv(sizes[turn % len(sizes)]):
                data += part
                turn += 1
            received[number] = data

        threads = [threading.Thread(target=reader, args=(number,)) for number in (0, 1)]
        threads += [threading.Thread(target=writer, args=(0, data_of(there)))]
        threads += [threading.Thread(target=writer, args=(1, data_of(back)))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for end in ends:
            end.close()

    run, outcome = call_here(main, seed=seed)
    check(run, outcome, {1: b"".join(data_of(there)), 0: b"".join(data_of(back))}, received)


@settings(deadline=None, max_examples=40)
@given(SENDS, SIZES, FAMILIES, st.integers(1, 5_000), st.integers(0, 10**6))
def test_with_a_selector_and_partial_sends(there, sizes, family, buffer, seed):
    received = {}

    def main():
        one, two = pair(family, buffer)
        one.setblocking(False)
        two.settimeout(5)

        def reader():
            data, turn = b"", 0
            while part := two.recv(sizes[turn % len(sizes)]):
                data += part
                turn += 1
            received[1] = data

        thread = threading.Thread(target=reader)
        thread.start()
        rest = memoryview(b"".join(data_of(there)))
        with selectors.DefaultSelector() as selector:
            selector.register(one, selectors.EVENT_WRITE)
            while rest:
                selector.select()
                rest = rest[one.send(rest) :]
        one.close()
        thread.join()
        two.close()

    run, outcome = call_here(main, seed=seed)
    check(run, outcome, {1: b"".join(data_of(there))}, received)
