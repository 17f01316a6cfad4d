"""Every way to drive a generator, and to end it."""

import contextlib
import inspect


def echo(start):
    """Say what comes in."""
    said = start
    while True:
        try:
            said = yield said
            print("sent", said)
        except ValueError as error:
            print("thrown", error)
            said = "sorry"
        except KeyError:
            print("key")
            return "gone"
        finally:
            print("round")


def sends():
    talk = echo(1)
    print(next(talk), talk.send("a"), talk.throw(ValueError("v")), next(talk))
    try:
        talk.throw(KeyError)
    except StopIteration as stop:
        print("value", stop.value)
    print(list(talk), inspect.getgeneratorstate(talk))


def closes():
    talk = echo(2)
    talk.close()
    print(inspect.getgeneratorstate(talk))
    talk = echo(3)
    next(talk)
    talk.close()
    talk.close()
    try:
        talk.send(5)
    except StopIteration:
        print("stopped")


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("no")
    yield 2


def refuses():
    worker = stubborn()
    next(worker)
    try:
        worker.close()
    except RuntimeError as error:
        print(error)
    fresh = echo(0)
    try:
        fresh.send(1)
    except TypeError as error:
        print(error)


def fails(after):
    for number in range(after):
        yield number * 1
    raise LookupError("out")


def stops():
    yield 1
    raise StopIteration(3)


def failing():
    try:
        for number in fails(2):
            print(number)
    except LookupError as error:
        print(repr(error), error.__traceback__.tb_next.tb_lineno - fails.__code__.co_firstlineno)
    try:
        print(list(stops()))
    except RuntimeError as error:
        print(error, repr(error.__cause__))


def itself():
    yield next(me)


def again():
    global me
    me = itself()
    try:
        next(me)
    except ValueError as error:
        print(error)


@contextlib.contextmanager
def block(name):
    print("enter", name)
    try:
        yield name.upper()
    except ZeroDivisionError:
        print("swallowed")
    print("exit", name)


def managed():
    with block("a") as upper:
        print(upper, 1 / 0)
    with contextlib.suppress(OSError), block("b"):
        raise OSError


def suppressing():
    with contextlib.suppress(ValueError):
        yield 1
    yield 2


def names():
    talk = echo(1)
    print(talk.__name__, talk.__qualname__, inspect.isgenerator(talk), echo.__doc__)
    print(talk.gi_code.co_varnames, talk.gi_code.co_firstlineno, inspect.isgeneratorfunction(echo))

    def inner(first, *rest, key=1, **more):
        where = "here"
        yield sorted(locals())

    print(inner.__qualname__, next(inner(1)))
    print(inspect.signature(inner))


def expressions():
    found = [(yield 1), (yield), *(yield 3)]
    print(found, lambda: (yield))
    yield f"{yield 4!r}", not (yield 5)


class Tree:
    def __init__(self, *branches):
        self.branches = branches

    def __iter__(self):
        for branch in self.branches:
            if isinstance(branch, Tree):
                yield from branch
            else:
                yield branch


def main():
    for part in (sends, closes, refuses, failing, again, managed, names):
        print(part.__name__)
        part()
    odd = suppressing()
    print(next(odd), odd.throw(ValueError), list(odd))
    asked = expressions()
    print(next(asked), [asked.send(value) for value in (1, 2, [3, 4], 5, 6)])
    print(list(Tree(1, Tree(2, Tree(3, 4)), 5)), sum(number * 2 for number in Tree(1, Tree(2))))
    held = echo("kept")
    next(held)
    del held
    print("end")


if __name__ == "__main__":
    main()
