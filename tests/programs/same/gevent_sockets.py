"""gevent's own sockets, and those that it puts in the place of ordinary ones."""

from gevent import monkey

monkey.patch_all()

import socket  # noqa: E402 - to be patched first
import threading  # noqa: E402

import gevent  # noqa: E402
from gevent.server import StreamServer  # noqa: E402

listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()


def serve(connection):
    with connection:
        while data := connection.recv(1024):
            gevent.sleep(0.1)
            connection.sendall(data.upper())


def accept(clients):
    for _ in range(clients):
        connection, _address = listener.accept()
        gevent.spawn(serve, connection)


def client(number):
    with socket.create_connection(address) as own:
        for word in ("hello", "world"):
            own.sendall(f"{word} {number}".encode())
            answers.append(own.recv(1024).decode())
        own.shutdown(socket.SHUT_WR)
        answers.append(own.recv(1024))


answers = []
server = gevent.spawn(accept, 3)
jobs = [gevent.spawn(client, number) for number in range(3)]
gevent.joinall(jobs)
print(sorted(map(str, answers)))
server.join()

with socket.create_connection(address) as impatient:
    impatient.settimeout(0.1)
    try:
        impatient.recv(10)
    except TimeoutError as error:
        print("timed out:", error)
listener.close()
try:
    socket.create_connection(address)
except ConnectionRefusedError as error:
    print(type(error).__name__)

left, right = socket.socketpair()
big = b"x" * 1_000_000
sender = gevent.spawn(lambda: (left.sendall(big), left.close()))
count = 0
while data := right.recv(65536):
    count += len(data)
print(count == len(big))
right.close()

lines = []


def handle(connection, _address):
    with connection.makefile("rwb") as stream:
        for line in stream:
            stream.write(line[::-1].strip() + b"\n")
            stream.flush()


with_server = StreamServer(("127.0.0.1", 0), handle)
with_server.start()
with socket.create_connection(with_server.address) as own, own.makefile("rw") as stream:
    for word in ("stressed", "drawer"):
        print(word, file=stream, flush=True)
        print(stream.readline().strip())
with_server.stop()


def threaded():
    with socket.create_connection(("localhost", with_server_port)) as own:
        own.sendall(b"from a thread\n")
        print(own.recv(100))


with_server = StreamServer(("127.0.0.1", 0), handle)
with_server.start()
with_server_port = with_server.server_port
thread = threading.Thread(target=threaded)
thread.start()
thread.join()
with_server.stop()
gevent.get_hub().exception_stream = None
one, two = socket.socketpair()
waiting = gevent.spawn(one.recv, 1)
gevent.sleep(0.1)
one.close()
waiting.join()
print(type(waiting.exception).__name__, two.recv(1))
two.close()
