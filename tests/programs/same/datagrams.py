"""Datagrams: each is received whole or cut, in the order they were sent on one machine."""

import select
import socket
import threading

from attempt import attempt

LOCAL = "127.0.0.1"


def mailbox():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((LOCAL, 0))
    return sock


def letters():
    one, two = mailbox(), mailbox()
    print(one.type, one.proto, one.getsockname()[0])
    print(
        one.sendto(b"first", two.getsockname()),
        one.sendto(b"", two.getsockname()),
        one.sendto(b"x" * 9, two.getsockname()),
    )
    data, sender = two.recvfrom(100)
    print(data, sender == one.getsockname())
    print(two.recv(100), two.recv(4))
    two.setblocking(False)
    attempt("nothing", lambda: two.recv(4))
    two.settimeout(0.01)
    attempt("nothing", lambda: two.recv(4))
    attempt("too long", lambda: one.sendto(bytes(70_000), two.getsockname()))
    attempt("to whom", lambda: one.send(b"x"))
    attempt("not connected", one.getpeername)
    attempt("listen", one.listen)
    attempt("accept", one.accept)
    attempt("arguments", lambda: one.sendto(b"x"))
    one.connect(two.getsockname())
    print(one.getpeername() == two.getsockname(), one.send(b"hello"))
    print(two.recv_into(bytearray(10)))
    three = mailbox()
    three.sendto(b"from another", one.getsockname())
    two.sendto(b"from you", one.getsockname())
    print(one.recv(100))
    print(select.select([one], [one], [], 0)[:2] == ([], [one]))
    fresh = mailbox()
    attempt("shutdown", lambda: fresh.shutdown(socket.SHUT_RDWR))
    attempt("recv", lambda: fresh.recv(10))
    attempt("send", lambda: fresh.sendto(b"x", two.getsockname()))
    for sock in (one, two, three, fresh):
        sock.close()


def nobody():
    one, two = mailbox(), mailbox()
    address = two.getsockname()
    two.close()
    print(one.sendto(b"x", address))
    one.connect(address)
    print(one.send(b"x"))
    attempt("recv", lambda: one.recv(1))
    one.close()


def answers():
    server = mailbox()

    def serve():
        for _ in range(3):
            data, address = server.recvfrom(100)
            server.sendto(data.upper(), address)

    worker = threading.Thread(target=serve)
    worker.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        for word in (b"one", b"two", b"three"):
            client.sendto(word, server.getsockname())
            print(client.recvfrom(100)[0])
    worker.join()
    server.close()
    one, two = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.send(b"a")
    one.send(b"b")
    print(two.recv(10), two.recv(10))
    one.close()
    two.close()


for chapter in (letters, nobody, answers):
    print("--", chapter.__name__)
    chapter()
