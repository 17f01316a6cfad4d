"""A TCP server that answers in capitals, and its clients: who serves the next one while the first still talks?"""

import socket
import time
from multiprocessing import get_context
from threading import Thread
from typing import Literal


def talk(connection: socket.socket, work: float) -> None:
    with connection:
        try:
            while words := connection.recv(1024):
                time.sleep(work)
                connection.sendall(words.upper())
        except ConnectionError as error:
            print(f"a client hung up: {type(error).__name__}")


def client(number: int, address: tuple[str, int], messages: int, pause: float, patience: float) -> None:
    with socket.create_connection(address) as phone:
        phone.settimeout(patience or None)
        for message in range(messages):
            if message:
                time.sleep(pause)
            phone.sendall(f"hello {message} from {number}".encode())
            try:
                print(f"client {number} hears {phone.recv(1024).decode()}")
            except TimeoutError:
                print(f"client {number} gives up")
                break


def leaver(number: int, address: tuple[str, int], pause: float, polite: bool) -> None:
    with socket.create_connection(address) as phone:
        phone.sendall(f"hello from {number}".encode())
        if polite:
            print(f"client {number} hears {phone.recv(1024).decode()}")
        else:
            time.sleep(pause)
    print(f"client {number} is gone")


def main(
    model: Literal["threads", "processes", "one by one"] = "threads",
    clients: int = 3,
    messages: int = 3,
    work: float = 0.5,
    pause: float = 1.0,
    leaves: Literal["nobody", "after an answer", "before an answer"] = "nobody",
    patience: float = 0.0,
) -> None:
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(clients)
    address = server.getsockname()
    people = []
    for number in range(clients):
        if leaves != "nobody" and number == clients - 1:
            person = Thread(target=leaver, args=(number, address, pause, leaves == "after an answer"))
        else:
            person = Thread(target=client, args=(number, address, messages, pause, patience))
        person.name = f"client {number}"
        person.start()
        people.append(person)
    start = Thread if model == "threads" else get_context("spawn").Process
    workers = []
    began = time.monotonic()
    for number in range(clients):
        connection, _caller = server.accept()
        if model == "one by one":
            talk(connection, work)
            continue
        worker = start(target=talk, args=(connection, work), name=f"talk {number}")
        worker.start()
        workers.append(worker)
        if model == "processes":
            connection.close()
    for each in [*people, *workers]:
        each.join()
    server.close()
    print(f"{clients} clients were served in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
