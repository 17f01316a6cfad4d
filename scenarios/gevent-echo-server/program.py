"""One thread serves many clients: a greenlet for each connection waits at its socket, while the others go on."""

from gevent import monkey

monkey.patch_all()

import socket
import time
from typing import Literal

import gevent

Model = Literal["a greenlet each", "one after the other"]


def answer(connection: socket.socket) -> None:
    with connection:
        while data := connection.recv(1024):
            connection.sendall(data.upper())


def serve(listener: socket.socket, clients: int, model: Model) -> None:
    answering = []
    for number in range(clients):
        connection, _ = listener.accept()
        if model == "a greenlet each":
            answering.append(gevent.spawn(answer, connection))
            answering[-1].name = f"server {number}"
        else:
            answer(connection)
    gevent.joinall(answering)


def visit(name: str, address: tuple[str, int], messages: int, think: float) -> None:
    with socket.socket() as client:
        client.connect(address)
        for number in range(1, messages + 1):
            client.sendall(f"{name} says {number}".encode())
            print(client.recv(1024).decode())
            time.sleep(think)


def main(clients: int = 3, messages: int = 2, think: float = 1.0, model: Model = "a greenlet each") -> None:
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = gevent.spawn(serve, listener, clients, model)
        server.name = "server"
        visitors = []
        for number in range(clients):
            visitor = gevent.spawn(visit, f"client {number}", listener.getsockname(), messages, think)
            visitor.name = f"client {number}"
            visitors.append(visitor)
        gevent.joinall([*visitors, server])
    print(f"{clients} clients took {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
