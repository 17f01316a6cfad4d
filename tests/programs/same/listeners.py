"""multiprocessing.connection over sockets, and pipes whose ends are closed as soon as they are handed on."""

import multiprocessing as mp
from multiprocessing.connection import Client, Listener, wait

from attempt import attempt


def asks(address):
    with Client(address, authkey=b"secret") as conn:
        conn.send({"numbers": [1, 2]})
        print("client got", conn.recv(), conn.poll(0))


def sends(conn):
    conn.send("through a pipe")
    conn.close()


def listeners():
    for family in ("AF_INET", "AF_UNIX"):
        with Listener(family=family, authkey=b"secret") as listener:
            child = mp.Process(target=asks, args=(listener.address,))
            child.start()
            with listener.accept() as conn:
                print(family, wait([conn], 5) == [conn], conn.recv())
                conn.send(b"x" * 5)
                attempt("end", conn.recv)
            child.join()


def handed_on():
    mine, theirs = mp.Pipe()
    child = mp.Process(target=sends, args=(theirs,))
    child.start()
    theirs.close()
    print(mine.recv())
    attempt("end", mine.recv)
    child.join()


if __name__ == "__main__":
    mp.set_start_method("spawn")
    listeners()
    handed_on()
