"""`yield from`, to everything that can be yielded from."""

import itertools
import types


def inner(name):
    heard = []
    try:
        for number in range(2):
            heard.append((yield f"{name}{number}"))
    except ValueError as error:
        print(name, "caught", error)
        heard.append((yield "after"))
    finally:
        print(name, "ends", heard)
    return heard


def outer(name, other):
    got = yield from other
    print(name, "got", got)
    return name


def drive(generator, *sent):
    said = [next(generator)]
    try:
        for value in sent:
            said.append(generator.throw(value) if isinstance(value, Exception) else generator.send(value))
    except StopIteration as stop:
        said.append(("stop", stop.value))
    except Exception as error:
        said.append(repr(error))
    print(said)


class Steps:
    def __init__(self):
        self.left = 2

    def __iter__(self):
        return self

    def __next__(self):
        self.left -= 1
        if self.left < 0:
            raise StopIteration("steps are over")
        return self.left


class Talker(Steps):
    def send(self, value):
        return ("heard", value)

    def throw(self, *error):
        return ("hit by", repr(error[0]))

    def close(self):
        print("talker closed")


@types.coroutine
def old():
    yield "old"
    return "done"


async def waits():
    return await old()


def main():
    drive(outer("a", inner("i")), "x", "y")
    drive(outer("a", outer("b", inner("i"))), ValueError("v"), "z")
    drive(outer("list", [1, 2]), None, None)
    drive(outer("list", [1, 2]), "sent")
    drive(outer("list", [1, 2]), KeyError("thrown"))
    drive(outer("steps", Steps()), None, None)
    drive(outer("talker", Talker()), "hello", ValueError("oh"))
    drive(outer("chain", itertools.chain(inner("p"), inner("q"))), None, None, None, None)
    drive(outer("expression", (each for each in inner("e"))), None, None)
    drive(outer("nothing", 5)) if False else None
    try:
        next(outer("nothing", 5))
    except TypeError as error:
        print(error)
    closing = outer("talker", Talker())
    next(closing)
    closing.close()
    nested = outer("n", inner("m"))
    next(nested)
    nested.close()
    coroutine = waits()
    print(coroutine.send(None))
    try:
        coroutine.send(None)
    except StopIteration as stop:
        print(stop.value)
    half = inner("half")
    next(half)
    drive(outer("late", half), 1)
    print(list(outer("empty", ())))


if __name__ == "__main__":
    main()
