"""Streams over sockets: what is sent, what arrives, and what the objects say of themselves."""

import _socket
import contextlib
import gc
import io
import os
import socket
import threading
import warnings

from attempt import attempt

LOCAL = "127.0.0.1"


def connection(family=socket.AF_INET):
    """Return a client's socket and the server's end of it."""
    host = LOCAL if family == socket.AF_INET else "::1"
    with socket.create_server((host, 0), family=family) as server:
        client = socket.create_connection(server.getsockname()[:2])
        conn, _ = server.accept()
    return client, conn


def receive(sock, count):
    """Return exactly that many bytes."""
    data = b""
    while len(data) < count:
        data += sock.recv(count - len(data))
    return data


def plain(sock):
    """Return what a socket shows of itself, without numbers that differ from run to run."""
    text = repr(sock).replace(str(sock.fileno()), "N") if sock.fileno() >= 0 else repr(sock)
    for name in (sock.getsockname, sock.getpeername):
        with contextlib.suppress(OSError):
            text = text.replace(str(name()[1]), "PORT") if name()[1] else text
    return text


def objects():
    sock = socket.socket()
    print(
        plain(sock), type(sock) is socket.socket, isinstance(sock, _socket.socket), sock.family, sock.type, sock.proto
    )
    print(sock.getsockname(), sock.fileno() > 2, sock.get_inheritable())
    sock.close()
    print(plain(sock))
    client, conn = connection()
    print(plain(client) == plain(client), plain(client).count("addr"))
    with conn as same:
        print(same is conn)
    print(conn.fileno())
    copy = client.dup()
    print(copy.fileno() != client.fileno(), copy.getsockname() == client.getsockname())
    client.close()
    attempt("closed", lambda: client.send(b"x"))
    number = copy.detach()
    print(copy.fileno(), number >= 0)
    again = socket.socket(fileno=number)
    print(again.family, again.type, again.getsockname()[0])
    socket.close(again.detach())
    attempt("gone", lambda: socket.socket(fileno=number))
    print(len({client, conn, copy}), client == client, client == conn)
    kinds = _socket.socket, socket.SocketType
    print([kind.__name__ for kind in kinds], issubclass(socket.socket, _socket.socket))
    with contextlib.closing(_socket.socket()) as bare:
        print(isinstance(bare, _socket.socket), isinstance(bare, socket.socket))


class Chatty(socket.socket):
    """A subclass of one's own."""

    def send(self, data, *args):
        print("sends", data)
        return super().send(data, *args)


def subclasses():
    with socket.create_server((LOCAL, 0)) as server, Chatty() as sock:
        sock.connect(server.getsockname())
        conn, _ = server.accept()
        sock.send(b"x")
        print(type(sock).__name__, type(conn).__name__, conn.recv(9))
        conn.close()


def shapes():
    client, conn = connection()
    client.sendall(b"0123456789")
    print(receive(conn, 3), conn.recv(2, socket.MSG_PEEK), conn.recvfrom(2))
    buffer = bytearray(10)
    print(conn.recv_into(buffer, 2), conn.recv_into(memoryview(buffer)[5:8]), buffer)
    client.sendall(memoryview(b"abc"))
    client.sendall(bytearray(b"def"))
    print(client.send(b""), client.sendmsg([b"gh", b"i"]), client.sendto(b"j", ("127.0.0.1", 1)))
    print(conn.recv(10, socket.MSG_WAITALL), conn.recv(0))
    client.sendall(b"one\ntwo\nthree")
    print(conn.recvmsg(4)[0], conn.recvmsg_into([bytearray(2), bytearray(2)])[0])
    client.shutdown(socket.SHUT_WR)
    print(receive(conn, 5), conn.recv(5))
    client.close()
    conn.close()


def files():
    client, conn = connection()
    with client.makefile("w", encoding="utf-8", newline="\n") as out, conn.makefile("r", encoding="utf-8") as lines:
        print(type(out).__name__, type(lines).__name__)
        out.write("first\nsecond\n")
        out.flush()
        print(repr(lines.readline()), repr(lines.readline()))
        out.write("last")
        out.flush()
        client.shutdown(socket.SHUT_WR)
        print(lines.read())
    with conn.makefile("rwb", buffering=0) as raw:
        print(type(raw).__name__, raw.write(b"answer"), raw.readable(), raw.writable(), raw.name >= 0)
    print(client.recv(100))
    reader = client.makefile("rb")
    client.close()
    attempt("file keeps it open", lambda: conn.send(b"x") and reader.read(1))
    reader.close()
    conn.close()
    attempt("unbuffered text", lambda: socket.socket().makefile("r", buffering=0))
    with socket.socket() as sock, sock.makefile("rb") as file:
        attempt("not connected", lambda: file.read(1))
        attempt("seek", lambda: file.raw.seek(0))
        print(isinstance(file, io.BufferedReader))


def large():
    """More than fits between the two at once."""
    client, conn = connection()
    data = bytes(range(256)) * 12_000
    received = []

    def take():
        while part := conn.recv(65_536):
            received.append(part)
        conn.sendall(b"thanks")

    worker = threading.Thread(target=take)
    worker.start()
    client.sendall(data)
    client.shutdown(socket.SHUT_WR)
    print(client.recv(100), b"".join(received) == data)
    worker.join()
    client.close()
    conn.close()
    file = os.path.join(os.path.dirname(__file__), "sockets.py")
    with open(file, "rb") as source:
        size = os.path.getsize(file)
        one, two = socket.socketpair()
        print(one.sendfile(source) == size, len(receive(two, size)) == size)
        one.close()
        two.close()


def backlog():
    """One more than the backlog may wait; whoever comes then waits to be connected."""
    server = socket.create_server((LOCAL, 0), backlog=0)
    address = server.getsockname()
    first = socket.create_connection(address)
    second = socket.socket()
    second.settimeout(0.05)
    attempt("no room", lambda: second.connect(address))
    second.close()
    server.accept()[0].close()
    first.close()
    server.close()


def names():
    print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))
    print(socket.getaddrinfo("127.0.0.1", "http", socket.AF_INET, socket.SOCK_STREAM))
    print(socket.getaddrinfo("::1", 80, type=socket.SOCK_STREAM))
    print(socket.getaddrinfo(None, 80, socket.AF_INET, socket.SOCK_STREAM, 0, socket.AI_PASSIVE))
    print(socket.getaddrinfo(None, 80, socket.AF_INET, socket.SOCK_STREAM))
    print(socket.getaddrinfo("localhost", 80, socket.AF_INET, socket.SOCK_STREAM))
    attempt("family", lambda: socket.getaddrinfo("::1", 80, socket.AF_INET))
    attempt("port", lambda: socket.getaddrinfo("127.0.0.1", "no such service"))
    print(socket.gethostbyname("localhost"), socket.gethostbyname("127.0.0.1"), socket.gethostbyname(""))
    print(socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
    print(isinstance(socket.gethostname(), str), socket.gethostbyname_ex("127.0.0.1"))
    print(socket.getservbyname("http"), socket.inet_aton("127.0.0.1"), socket.htons(1))


def options():
    with socket.socket() as sock:
        print(
            sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)
        )
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        print(
            sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR),
            sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY),
        )
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 10_000)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        print(
            sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF), sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
        )
        print(
            sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8), sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        )
        print(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
        sock.listen()
        print(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN), sock.getsockname()[0])


def forgotten():
    """A socket that nobody has any more is closed."""
    client, conn = connection()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del conn
        gc.collect()
    print([(each.category.__name__, str(each.message).split()[0]) for each in caught])
    print(client.recv(1))
    client.close()


def newer():
    client, conn = connection(socket.AF_INET6)
    print(client.family, len(client.getpeername()), conn.getsockname()[0])
    client.sendall(b"six")
    print(conn.recv(9))
    client.close()
    conn.close()
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        port = server.getsockname()[1]
        with socket.create_connection((LOCAL, port)) as client, server.accept()[0] as conn:
            print(conn.getpeername()[0], client.getpeername() == (LOCAL, port))


def pairs():
    one, two = socket.socketpair()
    print(one.family, one.type, one.getsockname(), one.getpeername())
    one.sendall(b"x")
    print(two.recv(1))
    two.sendall(b"y")
    print(one.recv(1))
    one.close()
    print(two.recv(1))
    two.close()


for chapter in (objects, subclasses, shapes, files, large, backlog, names, options, forgotten, newer, pairs):
    print("--", chapter.__name__)
    chapter()
