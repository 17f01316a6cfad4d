"""Sockets with a path for an address: the path stays until it is unlinked."""

import asyncio
import os
import socket
import stat
import tempfile
import threading

from attempt import attempt

folder = tempfile.mkdtemp()
path = os.path.join(folder, "door")


def plain(value):
    return str(value).replace(folder, "FOLDER")


def streams():
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    attempt("not listening", lambda: socket.socket(socket.AF_UNIX).connect(path))
    server.listen()
    print(plain(server.getsockname()), os.path.exists(path), stat.S_ISSOCK(os.stat(path).st_mode))
    client = socket.socket(socket.AF_UNIX)
    client.connect(path)
    conn, address = server.accept()
    print(repr(address), plain(client.getpeername()), repr(client.getsockname()), plain(conn.getsockname()))
    client.sendall(b"hello")
    print(conn.recv(100))
    with socket.socket(socket.AF_UNIX) as another:
        another.connect(path)
        server.accept()[0].close()
    server.close()
    attempt("nobody listens any more", lambda: socket.socket(socket.AF_UNIX).connect(path))
    with socket.socket(socket.AF_UNIX) as second:
        attempt("still there", lambda: second.bind(path))
    os.unlink(path)
    print(os.path.exists(path))
    attempt("gone", lambda: socket.socket(socket.AF_UNIX).connect(path))
    attempt("gone", lambda: print(os.unlink(path)) if os.path.exists(path) else "nothing to unlink")
    client.sendall(b"more")
    print(conn.recv(100))
    client.close()
    conn.close()
    with socket.socket(socket.AF_UNIX) as second:
        second.bind(path)
        os.remove(path)
        attempt("no folder", lambda: socket.socket(socket.AF_UNIX).bind("/nonexistent/folder/door"))
        attempt("a file", lambda: socket.socket(socket.AF_UNIX).bind(__file__))


def names_without_a_file():
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        name = b"\0simulated" + str(os.getpid()).encode()
        server.bind(name)
        server.listen()
        print(server.getsockname() == name)
        client.connect(name)
        with server.accept()[0] as conn:
            conn.sendall(b"x")
            print(client.recv(1))


def datagrams():
    one, two = (socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(2))
    one.bind(path)
    two.sendto(b"hello", path)
    print(one.recvfrom(10))
    one.close()
    two.close()
    os.unlink(path)


async def event_loop():
    async def handle(reader, writer):
        writer.write((await reader.readline()).upper())
        writer.close()

    server = await asyncio.start_unix_server(handle, path)
    async with server:
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(b"hello\n")
        print(await reader.readline())
        writer.close()


streams()
names_without_a_file()
datagrams()
asyncio.run(event_loop())
if os.path.exists(path):
    os.unlink(path)
os.rmdir(folder)
print(threading.active_count())
