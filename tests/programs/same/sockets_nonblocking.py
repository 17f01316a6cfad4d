"""Sockets that do not wait, or only for a while; and selectors on them."""

import select
import selectors
import socket
import threading
import time

from attempt import attempt

LOCAL = "127.0.0.1"


def connection():
    """Return a client's socket and the server's end of it."""
    with socket.create_server((LOCAL, 0)) as server:
        client = socket.create_connection(server.getsockname())
        conn, _ = server.accept()
    return client, conn


def timeouts():
    sock = socket.socket()
    print(sock.gettimeout(), sock.getblocking(), sock.timeout)
    sock.settimeout(2)
    print(sock.gettimeout(), sock.getblocking(), sock.timeout)
    sock.setblocking(False)
    print(sock.gettimeout(), sock.getblocking(), sock.timeout)
    sock.setblocking(True)
    print(sock.gettimeout(), sock.getblocking(), sock.timeout)
    sock.close()
    socket.setdefaulttimeout(3.5)
    print(socket.getdefaulttimeout(), socket.socket().gettimeout())
    socket.setdefaulttimeout(None)
    with socket.create_server((LOCAL, 0)) as server:
        server.settimeout(0.05)
        attempt("accept", server.accept)
        client = socket.create_connection(server.getsockname(), timeout=0.05)
        attempt("recv", lambda: client.recv(1))
        conn, _ = server.accept()
        print(conn.gettimeout(), client.gettimeout())
        attempt("sendall", lambda: client.sendall(bytes(50_000_000)))
        conn.close()
        client.close()


def at_once():
    with socket.create_server((LOCAL, 0)) as server:
        server.setblocking(False)
        attempt("accept", server.accept)
        client = socket.socket()
        client.setblocking(False)
        attempt("connect", lambda: client.connect(server.getsockname()))
        print(select.select([], [client], [], 5)[1] == [client])
        print("error", client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
        attempt("connect", lambda: client.connect(server.getsockname()))
        attempt("connect", lambda: client.connect(server.getsockname()))
        print(select.select([server], [], [], 5)[0] == [server])
        conn, _ = server.accept()
        print(conn.getblocking())
        attempt("recv", lambda: client.recv(1))
        attempt("recv", lambda: conn.recv(1, socket.MSG_DONTWAIT))
        conn.send(b"abc")
        print(select.select([client], [client], [client], 5)[:2] == ([client], [client]))
        attempt("peek", lambda: client.recv(2, socket.MSG_PEEK))
        attempt("recv", lambda: client.recv(9))
        conn.close()
        client.close()
        address = server.getsockname()
    client = socket.socket()
    client.setblocking(False)
    print("nobody", client.connect_ex(address))
    print(select.select([], [client], [], 5)[1] == [client])
    print("error", client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
    print("error", client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
    client.close()


def full():
    client, conn = connection()
    client.setblocking(False)
    sent = 0
    try:
        while True:
            sent += client.send(bytes(100_000))
    except BlockingIOError as error:
        print("full", error, sent > 100_000)
    print(select.select([], [client], [], 0)[1])
    received = 0
    while received < sent:
        received += len(conn.recv(1_000_000))
    print("empty", select.select([], [client], [], 5)[1] == [client])
    client.close()
    conn.close()


def bits(mask):
    return [name for name in ("IN", "OUT", "ERR", "HUP", "NVAL", "RDHUP") if mask & getattr(select, f"POLL{name}")]


def polls():
    client, conn = connection()
    everything = select.POLLIN | select.POLLOUT | select.POLLRDHUP
    poll = select.poll()
    attempt("modify", lambda: poll.modify(client, 1))
    try:
        poll.unregister(client)
    except KeyError as error:
        print("unregister", error.args == (client.fileno(),))
    poll.register(client, everything)
    number = client.fileno()

    def look(label):
        print(label, [bits(mask) for found, mask in poll.poll(1000) if found == number])

    look("open")
    conn.send(b"x")
    time.sleep(0.01)
    look("data")
    poll.modify(client, select.POLLIN)
    look("in only")
    client.recv(1)
    print("nothing", poll.poll(0), poll.poll(10))
    poll.register(client, everything)
    conn.shutdown(socket.SHUT_WR)
    time.sleep(0.01)
    look("half")
    client.shutdown(socket.SHUT_WR)
    time.sleep(0.01)
    look("over")
    client.close()
    look("closed")
    conn.close()
    fresh = socket.socket()
    poll = select.poll()
    poll.register(fresh, everything)
    number = fresh.fileno()
    look("fresh")
    fresh.close()
    attempt("select", lambda: select.select([fresh], [], []))
    attempt("select", lambda: select.select(["x"], [], []))
    attempt("select", lambda: select.select([], [], [], -1))
    attempt("select", lambda: select.select([], [], [], "1"))
    attempt("select", lambda: select.select([], [], [], 0.01))
    attempt("poll", lambda: select.poll().register(-1))


def epolls():
    client, conn = connection()
    with select.epoll() as epoll:
        attempt("modify", lambda: epoll.modify(client, 1))
        attempt("unregister", lambda: epoll.unregister(client))
        epoll.register(client, select.EPOLLIN)
        attempt("again", lambda: epoll.register(client, select.EPOLLIN))
        print(epoll.poll(0), epoll.poll(0.01))
        conn.send(b"x")
        print([bits(mask) for _, mask in epoll.poll(5)])
        epoll.modify(client, select.EPOLLOUT | select.EPOLLONESHOT)
        print([bits(mask) for _, mask in epoll.poll(5)])
        print(epoll.poll(0))
        attempt("maxevents", lambda: epoll.poll(0, 0))
        client.close()
        print(epoll.poll(0), epoll.closed)
    print(epoll.closed)
    attempt("closed", lambda: epoll.poll(0))
    conn.close()


def waits_for_others():
    for kind in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector, selectors.DefaultSelector):
        client, conn = connection()

        def later(conn=conn):
            time.sleep(0.02)
            conn.send(b"now")

        worker = threading.Thread(target=later)
        with kind() as selector:
            key = selector.register(client, selectors.EVENT_READ, "data")
            print(selector.select(0), selector.select(0.01))
            worker.start()
            [(found, events)] = selector.select()
            print(found == key, events == selectors.EVENT_READ, found.data, client.recv(9))
            selector.modify(client, selectors.EVENT_READ | selectors.EVENT_WRITE)
            [(found, events)] = selector.select()
            print(events == selectors.EVENT_WRITE)
            selector.unregister(client)
            print(dict(selector.get_map()))
        worker.join()
        client.close()
        conn.close()


for chapter in (timeouts, at_once, full, polls, epolls, waits_for_others):
    print("--", chapter.__name__)
    chapter()
