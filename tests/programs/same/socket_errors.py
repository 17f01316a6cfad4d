"""What every misuse of a socket ends with."""

import socket
import threading

from attempt import attempt

LOCAL = "127.0.0.1"


def connection():
    """Return a client's socket and the server's end of it."""
    with socket.create_server((LOCAL, 0)) as server:
        client = socket.create_connection(server.getsockname())
        conn, _ = server.accept()
    return client, conn


def closed():
    sock = socket.socket()
    sock.close()
    print("closed", sock.fileno())
    attempt("recv", lambda: sock.recv(1))
    attempt("send", lambda: sock.send(b"x"))
    attempt("sendall", lambda: sock.sendall(b"x"))
    attempt("connect", lambda: sock.connect((LOCAL, 1)))
    attempt("connect_ex", lambda: sock.connect_ex((LOCAL, 1)))
    attempt("accept", sock.accept)
    attempt("listen", sock.listen)
    attempt("getsockname", sock.getsockname)
    attempt("getpeername", sock.getpeername)
    attempt("shutdown", lambda: sock.shutdown(socket.SHUT_RDWR))
    attempt("close", sock.close)
    attempt("setsockopt", lambda: sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1))


def fresh():
    with socket.socket() as sock:
        attempt("recv", lambda: sock.recv(1))
        attempt("recv nothing", lambda: sock.recv(0))
        attempt("send", lambda: sock.send(b"x"))
        attempt("accept", sock.accept)
        attempt("getsockname", sock.getsockname)
        attempt("getpeername", sock.getpeername)
        attempt("shutdown", lambda: sock.shutdown(socket.SHUT_RDWR))
        attempt("shutdown 9", lambda: sock.shutdown(9))
        attempt("recv -1", lambda: sock.recv(-1))
        attempt("recv_into", lambda: sock.recv_into(bytearray(2), 5))
        attempt("recv_into -1", lambda: sock.recv_into(bytearray(2), -1))
        attempt("recvfrom -1", lambda: sock.recvfrom(-1))
        attempt("send text", lambda: sock.send("text"))
        attempt("sendall nothing", lambda: sock.sendall(None))
        attempt("settimeout", lambda: sock.settimeout(-1))
        attempt("settimeout", lambda: sock.settimeout("1"))
        attempt("address", lambda: sock.connect("127.0.0.1:80"))
        attempt("address", lambda: sock.connect((LOCAL,)))
        attempt("address", lambda: sock.connect((LOCAL, 80, 1)))
        attempt("address", lambda: sock.connect((LOCAL, "80")))
        attempt("address", lambda: sock.connect((LOCAL, 65536)))
        attempt("address", lambda: sock.connect((LOCAL, -1)))
        attempt("address", lambda: sock.connect((5, 80)))
        attempt("address", lambda: sock.connect_ex((LOCAL, 70000)))
        attempt("address", lambda: sock.bind((LOCAL, 70000)))
        attempt("address", lambda: sock.bind(("a\0b", 70)))
        attempt("elsewhere", lambda: sock.bind(("192.0.2.1", 0)))
        attempt("bad descriptor", lambda: socket.socket(fileno=-1))
        attempt("bad descriptor", lambda: socket.socket(fileno=250_000))
        attempt("bad descriptor", lambda: socket.socket(fileno="x"))
        attempt("family", lambda: socket.socket(12345))
        attempt("kind", lambda: socket.socket(socket.AF_INET, 77))
        attempt("protocol", lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_UDP))
        attempt("level", lambda: sock.getsockopt(99, 1))
        attempt("bind", lambda: sock.bind((LOCAL, 0)))
        attempt("bind again", lambda: sock.bind((LOCAL, 0)))


def nobody():
    with socket.create_server((LOCAL, 0)) as server:
        address = server.getsockname()
    with socket.socket() as sock:
        attempt("connect", lambda: sock.connect(address))
        attempt("connect_ex", lambda: sock.connect_ex(address))
        sock.settimeout(5)
        attempt("with a timeout", lambda: sock.connect(address))
        attempt("connect_ex", lambda: sock.connect_ex(address))
    attempt("create_connection", lambda: socket.create_connection(address))


def in_use():
    with socket.create_server((LOCAL, 0)) as server:
        address = server.getsockname()
        try:
            socket.create_server(address)
        except OSError as error:
            print("bound", error.errno, str(error).replace(str(address[1]), "PORT"))
        with socket.socket() as sock:
            attempt("bind", lambda: sock.bind(address))
            attempt("any", lambda: sock.bind(("", address[1])))
        attempt("recv", lambda: server.recv(1))
        attempt("send", lambda: server.send(b"x"))
        attempt("connect", lambda: server.connect(address))
        attempt("getpeername", server.getpeername)
        attempt("listen again", lambda: server.listen(3))
        with socket.create_connection(address) as client, server.accept()[0] as conn:
            attempt("connected", lambda: client.connect(address))
            attempt("connected", lambda: client.connect_ex(address))
            attempt("listen", client.listen)
            attempt("accept", client.accept)
            attempt("bind", lambda: client.bind((LOCAL, 0)))
            print("peers", client.getpeername() == conn.getsockname(), client.getsockname() == conn.getpeername())


def lingering():
    """The side that closes first keeps its address for a while."""
    server = socket.create_server((LOCAL, 0))
    address = server.getsockname()
    client = socket.create_connection(address)
    conn, _ = server.accept()
    server.close()
    with socket.socket() as sock:
        attempt("while connected", lambda: sock.bind(address))
    conn.close()
    client.recv(1)
    client.close()
    with socket.socket() as sock:
        attempt("after that", lambda: sock.bind(address))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt("reusing", lambda: sock.bind(address))
    client, conn = connection()
    address = conn.getsockname()
    client.close()
    conn.recv(1)
    conn.close()
    with socket.socket() as sock:
        attempt("the client was first", lambda: sock.bind(address))


def the_other_end_closes():
    client, conn = connection()
    conn.sendall(b"bye")
    conn.close()
    attempt("data", lambda: client.recv(10))
    attempt("end", lambda: client.recv(10))
    attempt("end", lambda: client.recv(10))
    attempt("first send", lambda: client.send(b"x"))
    attempt("second send", lambda: client.send(b"x"))
    attempt("third send", lambda: client.send(b"x"))
    attempt("recv", lambda: client.recv(10))
    attempt("getpeername", client.getpeername)
    attempt("shutdown", lambda: client.shutdown(socket.SHUT_RDWR))
    client.close()


def the_other_end_closes_with_data_unread():
    client, conn = connection()
    client.sendall(b"hello")
    conn.sendall(b"data")
    conn.close()
    attempt("data", lambda: client.recv(2))
    attempt("data", lambda: client.recv(10))
    attempt("reset", lambda: client.recv(10))
    attempt("after", lambda: client.recv(10))
    attempt("send", lambda: client.send(b"x"))
    client.close()
    client, conn = connection()
    client.sendall(b"hello")
    conn.close()
    attempt("send", lambda: client.send(b"x"))
    attempt("send", lambda: client.send(b"x"))
    attempt("recv", lambda: client.recv(1))
    client.close()


def halves():
    client, conn = connection()
    client.sendall(b"question")
    client.shutdown(socket.SHUT_WR)
    attempt("send", lambda: client.send(b"x"))
    attempt("recv", lambda: conn.recv(100))
    attempt("end", lambda: conn.recv(100))
    conn.sendall(b"answer")
    attempt("recv", lambda: client.recv(100))
    attempt("shutdown again", lambda: client.shutdown(socket.SHUT_WR))
    conn.shutdown(socket.SHUT_WR)
    attempt("end", lambda: client.recv(100))
    attempt("shutdown", lambda: conn.shutdown(socket.SHUT_RDWR))
    attempt("shutdown", lambda: client.shutdown(socket.SHUT_RDWR))
    attempt("getpeername", conn.getpeername)
    client.close()
    conn.close()
    client, conn = connection()
    client.shutdown(socket.SHUT_RD)
    attempt("recv", lambda: client.recv(1))
    client.close()
    conn.close()


def reset_on_purpose():
    client, conn = connection()
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    conn.close()
    attempt("recv", lambda: client.recv(1))
    attempt("recv", lambda: client.recv(1))
    client.close()


def never_accepted():
    server = socket.create_server((LOCAL, 0))
    client = socket.create_connection(server.getsockname())
    client.sendall(b"hello?")
    server.close()
    attempt("recv", lambda: client.recv(1))
    client.close()


def listening_ends():
    server = socket.create_server((LOCAL, 0))
    waiting = threading.Thread(target=attempt, args=("accept", server.accept))
    waiting.start()
    server.shutdown(socket.SHUT_RDWR)
    waiting.join()
    attempt("accept", server.accept)
    server.close()


def local():
    one, two = socket.socketpair()
    one.close()
    attempt("send", lambda: two.send(b"x"))
    attempt("recv", lambda: two.recv(1))
    two.close()
    one, two = socket.socketpair()
    one.sendall(b"x")
    two.close()
    attempt("recv", lambda: one.recv(1))
    attempt("recv", lambda: one.recv(1))
    attempt("send", lambda: one.send(b"x"))
    one.close()
    with socket.socket(socket.AF_UNIX) as sock:
        attempt("send", lambda: sock.send(b"x"))
        attempt("recv", lambda: sock.recv(1))
        attempt("connect", lambda: sock.connect("/nonexistent/socket"))
        attempt("address", lambda: sock.connect(("a", 1)))
        attempt("address", lambda: sock.connect("x" * 200))
        attempt("getsockname", sock.getsockname)


for chapter in (
    closed,
    fresh,
    nobody,
    in_use,
    lingering,
    the_other_end_closes,
    the_other_end_closes_with_data_unread,
    halves,
    reset_on_purpose,
    never_accepted,
    listening_ends,
    local,
):
    print("--", chapter.__name__)
    chapter()
