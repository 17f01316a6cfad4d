"""Declared costs: charged at the call, in whatever kind of function, and nothing else about the program changes."""

import ast
import textwrap

import pytest
from concurrency_tui.engine.cpu.charges import CHARGE, Charges, CostError
from concurrency_tui.trace.events import Kind
from concurrency_tui.trace.model import Cost

from .computing import MILLISECOND, SECOND, charged


def costs_of(folder, source, **costs):
    """Return the charges of a run in their order: function and nanoseconds."""
    costs = {name.replace("__", "."): cost for name, cost in costs.items()}
    run = charged(folder, source, costs)
    assert run.outcome == "finished", run.err
    begun = {}
    told = []
    for event in run.events:
        if event.kind is Kind.WORK:
            begun[event.worker] = event
        elif event.kind is Kind.WORKED:
            told.append((begun[event.worker].text, event.time - begun[event.worker].time))
    return told


def test_a_call_is_charged_once(tmp_path):
    source = """
    def work():
        return 5

    assert [work() for _ in range(3)] == [5, 5, 5]
    """
    assert costs_of(tmp_path, source, work=7) == [("work", 7)] * 3


def test_a_cost_may_depend_on_a_parameter(tmp_path):
    source = """
    def work(a, /, loops=2, *, extra=0):
        "Docstring."
        return loops

    work(1)
    work(1, 10)
    work(1, loops=2.5)
    work(1, loops=0)
    assert work.__doc__ == "Docstring."
    """
    assert costs_of(tmp_path, source, work=Cost(100, "loops")) == [("work", 200), ("work", 1000), ("work", 250)]


def test_methods_and_inner_functions_have_qualified_names(tmp_path):
    source = """
    class Shop:
        def open(self):
            def unlock():
                pass
            unlock()

        @staticmethod
        def close():
            pass

        class Till:
            @property
            def money(self):
                return 1

    def open():
        pass

    Shop().open()
    Shop.close()
    open()
    Shop.Till().money
    """
    told = costs_of(tmp_path, source, Shop__open=1, Shop__open__unlock=2, Shop__close=3, Shop__Till__money=4)
    assert told == [("Shop.open", 1), ("Shop.open.unlock", 2), ("Shop.close", 3), ("Shop.Till.money", 4)]


def test_a_generator_is_charged_whenever_it_is_resumed(tmp_path):
    source = """
    def numbers(n):
        got = yield 1
        assert got == "a", got
        yield 2
        for each in (yield from other(n)):
            yield each

    def other(n):
        yield 3
        return [4]

    each = numbers(5)
    assert next(each) == 1
    assert each.send("a") == 2
    assert list(each) == [3, 4]
    """
    assert costs_of(tmp_path, source, numbers=Cost(2, "n")) == [("numbers", 10)] * 4


def test_a_coroutine_is_charged_when_it_begins_and_an_asynchronous_generator_at_each_resume(tmp_path):
    source = """
    async def work():
        return 5

    async def numbers():
        yield 1
        yield 2

    async def main():
        waiting = work()
        assert await waiting == 5
        assert [each async for each in numbers()] == [1, 2]

    try:
        main().send(None)
    except StopIteration:
        pass
    """
    told = costs_of(tmp_path, source, work=3, numbers=1)
    assert told == [("work", 3)] + [("numbers", 1)] * 3


def test_recursion_is_charged_at_each_level(tmp_path):
    source = """
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    assert fib(4) == 3
    """
    assert costs_of(tmp_path, source, fib=1) == [("fib", 1)] * 9


def test_a_function_that_raises_has_been_charged(tmp_path):
    source = """
    def work():
        raise ValueError

    for _ in range(2):
        try:
            work()
        except ValueError:
            pass
    """
    assert costs_of(tmp_path, source, work=1) == [("work", 1)] * 2


def test_a_charge_stands_at_the_first_line_of_the_function_and_moves_no_other(tmp_path):
    source = """\
    import traceback

    def work(n):
        '''Twice.'''

        m = n
        raise ValueError(m)

    try:
        work(1)
    except ValueError as error:
        print([line.lineno for line in traceback.extract_tb(error.__traceback__)])
    """
    run = charged(tmp_path, source, {"work": 5})
    assert run.out == "[10, 7]\n"
    lines = {event.obj: event.value for event in run.kinds(Kind.SITE)}
    assert [lines[event.site] for event in run.kinds(Kind.WORK)] == [6]


def test_every_simulated_process_is_charged(tmp_path):
    source = """
    from concurrent.futures import ProcessPoolExecutor

    def work(n):
        return n

    if __name__ == "__main__":
        with ProcessPoolExecutor(2) as pool:
            assert list(pool.map(work, range(4))) == [0, 1, 2, 3]
    """
    assert sorted(costs_of(tmp_path, source, work=Cost(MILLISECOND, "n"))) == [
        ("work", MILLISECOND * n) for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("costs", "message"),
    [
        ({"wrk": Cost(1)}, "a cost is declared of wrk, but p.py has no such function; did you mean work?"),
        ({"Nothing.such": Cost(1)}, "a cost is declared of Nothing.such, but p.py has no such function"),
        ({"work": Cost(1, "lops")}, "the cost of work depends on lops, but that is no parameter of it"),
        ({"work": Cost(1, "rest")}, "the cost of work depends on rest, but that is no parameter of it"),
    ],
)
def test_a_cost_that_fits_no_function_is_refused(costs, message):
    with pytest.raises(CostError) as refused:
        Charges(costs).rewritten(ast.parse("def work(loops, *rest): pass"), "p.py")
    assert str(refused.value) == message


@pytest.mark.parametrize("value", ["'x'", "None", "-1", "float('nan')", "float('inf')"])
def test_a_value_that_no_cost_can_be_multiplied_by_fails_the_call(tmp_path, value):
    run = charged(tmp_path, f"def work(n):\n    pass\n\nwork({value})\n", {"work": Cost(SECOND, "n")})
    assert run.outcome == "failed"
    assert "CostError: the cost of work depends on n, which is" in run.err


SOURCE = textwrap.dedent('''
    """Module."""

    def numbers(n):
        """Docstring."""
        sent = yield n
        while sent:
            sent = yield sent
        return "end"

    def empty():
        """Only a docstring."""

    async def nothing():
        ...

    def outer():
        inner = lambda: (yield)
        def generator():
            yield 1
        return list(generator()), inner

    def run():
        each = numbers(3)
        return next(each), each.send(5), each.send(6), outer()[0], empty(), empty.__doc__, numbers.__doc__
    ''')


def test_what_the_program_computes_stays_the_same():
    names = ("numbers", "empty", "nothing", "outer", "run", "outer.generator")
    charges = Charges({name: Cost(1) for name in names})
    plain, changed = {}, {CHARGE: charges}
    exec(compile(SOURCE, "p.py", "exec"), plain)
    exec(compile(charges.rewritten(ast.parse(SOURCE), "p.py"), "p.py", "exec"), changed)
    assert changed["run"]() == plain["run"]()
