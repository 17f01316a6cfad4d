"""Generators in threads: one that waits for a lock, one that another thread goes on with, and failing ones."""

import threading
import time

lock = threading.Lock()


def count(name, most):
    for number in range(most):
        with lock:
            time.sleep(0.01)
            yield f"{name}{number}"


def consume(name):
    said = []
    for value in count(name, 3):
        said.append(value)
    return said


def work(name, results):
    results[name] = [value for value in map(str.upper, numbers(name)) if value]


def numbers(name):
    for number in range(3):
        time.sleep(0.01)
        yield f"{name}{number}"


def handed_on():
    yield "from main"
    yield threading.current_thread().name


def fails():
    yield 1
    raise RuntimeError("in a generator")


async def stream(most):
    for number in range(most):
        yield number


async def gather():
    return [number async for number in stream(3)]


def finish(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def main():
    results = {}
    threads = [threading.Thread(target=work, args=(name, results)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sorted(results.items()))
    print(consume("c"))
    shared = handed_on()
    print(next(shared))
    other = threading.Thread(target=lambda: print(next(shared), list(shared)), name="other")
    other.start()
    other.join()
    print(finish(gather()))
    for value in fails():
        print(value)


if __name__ == "__main__":
    main()
