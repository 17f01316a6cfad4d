"""Reads and writes of shared variables are told, and change nothing."""

import ast

import pytest
from concurrency_tui.engine.variables import WATCH, Watch, watched
from concurrency_tui.trace.events import Kind

from .runs import PROGRAMS, run_child

SOURCE = """
total = 0
names = []
fixed = 1

def add(amount, *, names=None):
    global total
    total += amount
    before = total
    total, other = before + fixed, before
    for _ in range(2):
        if total:
            total: int = total - 1
    return [total for _ in range(1)], (lambda total: total)(5), names

class Shop:
    total = 7
    def total_of(self):
        return total

def hidden(total):
    total = total + 1
    return total

result = add(3), Shop.total, Shop().total_of(), hidden(1), total
""".replace("total: int = total - 1", "total = total - 1")


class Noted(Watch):
    """Keeps what it is told instead of recording it."""

    def __init__(self):
        super().__init__()
        self.told = []

    def read(self, name, value):
        self.told.append(("read", name, value))
        return value

    def wrote(self, name, value):
        self.told.append(("wrote", name, value))


def test_what_the_program_computes_stays_the_same():
    plain, changed = {}, {WATCH: Noted()}
    exec(compile(SOURCE, "shop.py", "exec"), plain)
    exec(compile(watched(ast.parse(SOURCE)), "shop.py", "exec"), changed)
    assert changed["result"] == plain["result"]
    assert changed["total"] == plain["total"]


def test_every_access_is_told_in_order_and_no_other():
    watch = Noted()
    exec(compile(watched(ast.parse(SOURCE)), "shop.py", "exec"), {WATCH: watch})
    writes = [value for what, _, value in watch.told if what == "wrote"]
    assert writes == [0, 3, 4, 3, 2]
    assert {name for _, name, _ in watch.told} == {"total"}
    assert watch.told[:4] == [("wrote", "total", 0), ("read", "total", 0), ("wrote", "total", 3), ("read", "total", 3)]


def test_lines_and_columns_stay_where_they_were():
    tree = watched(ast.parse(SOURCE))
    last = len(SOURCE.splitlines())
    assert all(1 <= node.lineno <= last for node in ast.walk(tree) if hasattr(node, "lineno"))
    failing = "x = 1\ndef f():\n    global x\n    x = 0\n    return 1 / x\nf()\n"
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile(watched(ast.parse(failing)), "f.py", "exec"), {WATCH: Noted()})
    assert caught.traceback[-1].lineno + 1 == 5


def test_each_process_has_its_own_variable():
    run = run_child(PROGRAMS / "same" / "processes.py", lines=True)
    variables = [event.obj for event in run.kinds(Kind.OBJECT) if event.text == "variable"]
    written = {number: [event.text for event in run.kinds(Kind.WRITE) if event.obj == number] for number in variables}
    assert written[variables[0]] == ["'untouched'"]
    assert ["'untouched'", "'changed'"] in written.values()


def test_a_run_with_lines_prints_what_one_without_prints():
    path = PROGRAMS / "same" / "processes.py"
    assert run_child(path, lines=True).out == run_child(path).out
