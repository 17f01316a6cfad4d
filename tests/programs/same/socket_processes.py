"""Sockets that are handed to other processes: each has its own descriptors for the one connection."""

import multiprocessing as mp
import socket
import sys
import time

LOCAL = "127.0.0.1"


def answer(conn):
    while data := conn.recv(100):
        conn.sendall(data.upper())
    conn.close()


def leaves_open(conn):
    conn.sendall(b"bye")


def exits(conn):
    sys.exit(3)


def sleeps(conn):
    time.sleep(100)


def listens_for(conn):
    conn.recv(1)


def serves(server):
    for _ in range(2):
        conn, _ = server.accept()
        with conn:
            conn.sendall(b"from a child")


def takes(queue):
    conn = queue.get()
    conn.sendall(b"through a queue")
    conn.close()


def accepted(server):
    client = socket.create_connection(server.getsockname())
    conn, _ = server.accept()
    return client, conn


def main():
    server = socket.create_server((LOCAL, 0))

    client, conn = accepted(server)
    child = mp.Process(target=answer, args=(conn,))
    child.start()
    conn.close()
    client.sendall(b"hello")
    print(client.recv(100))
    client.shutdown(socket.SHUT_WR)
    print(client.recv(100))
    client.close()
    child.join()
    print(child.exitcode)

    for target in (leaves_open, exits):
        client, conn = accepted(server)
        child = mp.Process(target=target, args=(conn,))
        child.start()
        conn.close()
        data = b""
        while part := client.recv(100):
            data += part
        print(data, child.join(), child.exitcode)
        client.close()

    for target in (sleeps, listens_for):
        client, conn = accepted(server)
        child = mp.Process(target=target, args=(conn,))
        child.start()
        conn.close()
        time.sleep(0.5)
        child.terminate()
        print(client.recv(100))
        child.join()
        client.close()

    child = mp.Process(target=serves, args=(server,))
    child.start()
    for _ in range(2):
        with socket.create_connection(server.getsockname()) as client:
            print(client.recv(100))
    child.join()

    queue = mp.Queue()
    client, conn = accepted(server)
    child = mp.Process(target=takes, args=(queue,))
    child.start()
    queue.put(conn)
    print(client.recv(100))
    child.join()
    conn.close()
    client.close()
    server.close()


if __name__ == "__main__":
    mp.set_start_method("spawn")
    main()
