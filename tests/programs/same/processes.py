"""multiprocessing: ends, exit codes, what is shared and what is not."""

import multiprocessing as mp
import queue
import sys
import time

mine = "untouched"


def fails():
    raise ValueError("boom")


def exits(status):
    sys.exit(status)


def sleeps():
    time.sleep(1000)


def changes():
    global mine
    mine = "changed"
    print("child says", mine, flush=True)


def puts(items):
    for item in range(3):
        items.put(item)


def counts(value, lock):
    for _ in range(3):
        with lock:
            value.value += 1


def meets(barrier, answers):
    answers.put(barrier.wait())


def answers(connection, asked):
    asked.wait()
    connection.send(connection.recv() * 2)


class Kid(mp.Process):
    def run(self):
        print(self.name, mp.current_process().name, mp.parent_process().name, flush=True)


def ends():
    for target, arguments in ((fails, ()), (exits, (7,)), (exits, (None,)), (exits, ("words",))):
        process = mp.Process(target=target, args=arguments, name=target.__name__)
        process.start()
        process.join()
        print(process.exitcode, process.is_alive(), flush=True)
    for end in ("terminate", "kill"):
        process = mp.Process(target=sleeps)
        process.start()
        process.join(0.05)
        print(process.is_alive(), process.exitcode)
        getattr(process, end)()
        process.join()
        print(process.exitcode)


def shared():
    changes_process = mp.Process(target=changes)
    changes_process.start()
    changes_process.join()
    print("parent says", mine)
    items = mp.Queue(2)
    putter = mp.Process(target=puts, args=(items,))
    putter.start()
    print([items.get() for _ in range(3)])
    putter.join()
    try:
        items.get(timeout=0.05)
    except queue.Empty as error:
        print(repr(error))
    value, lock = mp.Value("i", 0), mp.Lock()
    counters = [mp.Process(target=counts, args=(value, lock)) for _ in range(3)]
    for process in counters:
        process.start()
    for process in counters:
        process.join()
    print(value.value)


def together():
    barrier, indices = mp.Barrier(2), mp.Queue()
    pair = [mp.Process(target=meets, args=(barrier, indices)) for _ in range(2)]
    for process in pair:
        process.start()
    print(sorted(indices.get() for _ in pair))
    for process in pair:
        process.join()
    here, there = mp.Pipe()
    asked = mp.Event()
    responder = mp.Process(target=answers, args=(there, asked))
    responder.start()
    here.send(21)
    asked.set()
    print(here.recv())
    responder.join()
    kid = Kid(name="kid")
    kid.start()
    kid.join()
    print(mp.active_children())


if __name__ == "__main__":
    ends()
    shared()
    together()
    mp.Process(target=sleeps, daemon=True).start()
    print("a daemonic process does not hold the program up")
