"""Canned traces of sockets: an echo server with clients in every state that a connection can be in."""

from typing import Final

from concurrency_tui.trace.events import Kind
from concurrency_tui.trace.store import Trace

from .canned_script import Script

ADDRESS: Final = "127.0.0.1:8000"

SOURCE: Final = """\
import socket
from threading import Thread


def talk(conn):
    while data := conn.recv(1024):
        conn.sendall(data.upper())
    conn.close()


def client(number):
    phone = socket.create_connection(address)
    phone.sendall(f"hello from {number}".encode())
    print(phone.recv(1024))
    phone.close()


def main(clients=2):
    server = socket.create_server(address)
    for number in range(clients):
        Thread(target=client, args=(number,)).start()
    for number in range(clients):
        conn, caller = server.accept()
        Thread(target=talk, args=(conn,)).start()
"""


class Net(Script):
    """A run in which main listens."""

    def __init__(self, backlog: int = 5) -> None:
        super().__init__("echo", SOURCE)
        self.listener = self.thing("socket", "server", at="create_server")
        self.act(0, Kind.LISTEN, self.listener, backlog, ADDRESS, at="create_server")
        self._port = 50000

    def client(self, name: str) -> int:
        """Start a client and return its number."""
        worker = self.spawn(name, at="Thread(target=client")
        self.begin(worker, "client")
        return worker

    def connect(self, worker: int, name: str = "phone") -> int:
        """Let a client connect; return its socket."""
        ours = self.thing("socket", name, worker=worker, at="create_connection")
        self.act(worker, Kind.CONNECT, ours, self.listener, ADDRESS, at="create_connection")
        return ours

    def accept(self, ours: int, worker: int = 0) -> int:
        """Let main accept a connection; return its end."""
        theirs = self.thing("socket", "conn", worker=worker, at="accept")
        self._port += 1
        self.note(Kind.PEER, obj=theirs, value=ours)
        self.act(worker, Kind.ACCEPT, self.listener, theirs, f"127.0.0.1:{self._port}", at="accept")
        return theirs

    def serve(self, name: str) -> int:
        """Start a worker of the server and return its number."""
        worker = self.spawn(name, at="Thread(target=talk")
        self.begin(worker, "talk")
        return worker

    def send(self, worker: int, thing: int, data: bytes, *, more: bool = False) -> None:
        """Let a worker send."""
        self.act(worker, Kind.SEND, thing, len(data), repr(data), at="sendall", more=more)

    def recv(self, worker: int, thing: int, data: bytes) -> None:
        """Let a worker receive."""
        self.act(worker, Kind.RECV, thing, len(data), repr(data), at="recv")

    def wait(self, worker: int, thing: int, operation: str = "recv") -> None:
        """Let a worker wait."""
        self.act(worker, Kind.WAIT, thing, text=operation, at=operation)


def echo(clients: int = 2) -> Trace:
    """Clients say hello and get their words back in capitals; the first one closes, the others shut down first."""
    run = Net()
    people = [run.client(f"client {number}") for number in range(clients)]
    run.wait(0, run.listener, "accept")
    ours = [run.connect(worker) for worker in people]
    theirs: list[int] = []
    talkers: list[int] = []
    for number, phone in enumerate(ours):
        theirs.append(run.accept(phone))
        talkers.append(run.serve(f"talk {number}"))
        run.wait(talkers[-1], theirs[-1])
    for number, (worker, phone) in enumerate(zip(people, ours, strict=True)):
        run.send(worker, phone, f"hello from {number}".encode())
        run.wait(worker, phone)
    for number, (worker, conn) in enumerate(zip(talkers, theirs, strict=True)):
        run.recv(worker, conn, f"hello from {number}".encode())
        run.send(worker, conn, f"HELLO FROM {number}".encode(), more=True)
        run.wait(worker, conn)
    for number, (worker, phone) in enumerate(zip(people, ours, strict=True)):
        run.recv(worker, phone, f"HELLO FROM {number}".encode())
        if number:
            run.act(worker, Kind.SHUT, phone, 1)
        run.act(worker, Kind.CLOSE, phone, at="close", more=not number)
        run.act(worker, Kind.END)
    for worker, conn in zip(talkers, theirs, strict=True):
        run.recv(worker, conn, b"")
        run.act(worker, Kind.CLOSE, conn, at="close")
        run.act(worker, Kind.END)
    run.join_all(talkers, at="Thread")
    run.act(0, Kind.END)
    run.outcome("finished", 0)
    return run.trace()


def backlog(clients: int = 3) -> Trace:
    """One client is served and talks much, one hangs up, and those after them wait in the backlog."""
    run = Net()
    first, rude = run.client("client 0"), run.client("client 1")
    ours, gone = run.connect(first), run.connect(rude)
    theirs, left = run.accept(ours), run.accept(gone)
    worker = run.serve("talk 0")
    for word in (b"one", b"two", b"a longer sentence"):
        run.send(first, ours, word)
    run.wait(first, ours, "send")
    run.recv(worker, theirs, b"on")
    run.send(worker, theirs, b"ON")
    run.act(rude, Kind.CLOSE, gone, text="reset", at="close")
    run.act(0, Kind.CLOSE, left, at="close")
    outside = run.thing("socket", "outside", worker=worker)
    run.act(worker, Kind.CONNECT, outside, text="192.0.2.1:80")
    run.wait(worker, outside)
    for number in range(clients):
        run.connect(run.client(f"client {number + 2}"))
    run.recv(first, ours, b"ON")
    return run.trace()


def crowd(clients: int = 500) -> Trace:
    """Very many clients of a server in one thread: some have asked, some have their answer, some have left."""
    run = Net(128)
    server = run.serve("server")
    run.wait(server, run.listener, "accept")
    people = [run.client(f"client {number}") for number in range(clients)]
    ours = [run.connect(worker) for worker in people[:-3]]
    theirs = [run.accept(phone, server) for phone in ours]
    for worker in people[-3:]:
        run.connect(worker)
    for number, (worker, phone, conn) in enumerate(zip(people, ours, theirs, strict=False)):
        asks = number % 7 != 0
        if asks:
            run.send(worker, phone, b"hello")
            run.wait(worker, phone)
        if number % 3 == 0 and asks:
            run.recv(server, conn, b"hello")
            run.send(server, conn, b"HELLO")
        if number % 11 == 0:
            run.act(worker, Kind.CLOSE, phone, text="reset" if number % 22 == 0 else "")
        if number % 33 == 0:
            run.act(server, Kind.CLOSE, conn)
    run.send(people[clients // 2], ours[clients // 2], b"and again")
    return run.trace()
