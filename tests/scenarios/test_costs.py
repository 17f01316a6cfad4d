"""Declared costs and machines: read strictly, and what is wrong is said in one line."""

import ast
import shutil
from pathlib import Path

import pytest
from concurrency_tui.scenarios import catalogue, costs, machine
from concurrency_tui.scenarios.costs import Cost, CostError
from concurrency_tui.scenarios.folder import LessonError, load
from concurrency_tui.scenarios.machine import Bound, ModelError
from concurrency_tui.scenarios.parameters import Parameter
from concurrency_tui.scenarios.target import resolve
from concurrency_tui.trace.model import Cost as Charge
from concurrency_tui.trace.model import Model
from concurrency_tui.tui.settings import Settings
from hypothesis import given
from hypothesis import strategies as st

PROGRAM = ast.parse(
    """
def work(loops, *rest): pass
class Shop:
    async def open(self, *, keys=1):
        def lock(key): pass
if work:
    def late(): pass
"""
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("10s", Cost(10_000_000_000)),
        ("0s", Cost(0)),
        (" 1.5 ms ", Cost(1_500_000)),
        ("2us", Cost(2_000)),
        ("50ns * loops", Cost(50, "loops")),
        ("50ns*loops", Cost(50, "loops")),
        ("0.25us * größe", Cost(250, "größe")),
    ],
)
def test_a_cost_is_a_duration_or_one_times_a_parameter(text, wanted):
    assert costs.cost(text) == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10", "one of the units ns, us, ms and s"),
        ("", "one of the units"),
        ("-1s", "one of the units"),
        ("1e3s", "one of the units"),
        ("1 h", "one of the units"),
        ("٣s", "one of the units"),
        ("1s + 1s", "one of the units"),
        ("loops * 5ns", "behind * the name"),
        ("1.5ns", "whole nanoseconds"),
        ("99999999999s", "too long"),
        ("5ns *", "behind * the name"),
        ("5ns * 3", "behind * the name"),
        ("5ns * a * b", "behind * the name"),
        ("5ns\x1b]0;x\x07", "one of the units"),
    ],
)
def test_everything_else_is_refused(text, words):
    with pytest.raises(CostError) as refused:
        costs.cost(text)
    assert words in str(refused.value)
    assert str(refused.value).isprintable()


@given(st.text(max_size=20))
def test_no_text_is_more_than_refused(text):
    said = ""
    try:
        assert 0 <= costs.cost(text).nanoseconds < 2**63
    except CostError as error:
        said = str(error)
    assert said == "" or said.isprintable()


def test_costs_of_a_command_line():
    assert costs.declared(["work=1s", "Shop.open = 2ns * keys"]) == {"work": Cost(10**9), "Shop.open": Cost(2, "keys")}
    for wrong in (["work"], ["=1s"], ["work=1s", "work=2s"], ["work=x"]):
        with pytest.raises(CostError):
            costs.declared(wrong)


def test_functions_are_found_by_their_qualified_names():
    costs.check({"work": Cost(1, "loops"), "Shop.open": Cost(1, "keys"), "Shop.open.lock": Cost(1, "key")}, PROGRAM)
    costs.check({"late": Cost(1)}, PROGRAM)


@pytest.mark.parametrize(
    ("name", "cost", "words"),
    [
        ("wrk", Cost(1), "the program has no such function; did you mean work?"),
        ("Shop", Cost(1), "the program has no such function"),
        ("open", Cost(1), "the program has no such function"),
        ("work", Cost(1, "rest"), "the cost of work depends on rest, but that is no parameter of it"),
    ],
)
def test_a_cost_must_fit_the_program(name, cost, words):
    with pytest.raises(CostError, match=words.replace("?", "\\?")):
        costs.check({name: cost}, PROGRAM)


CORES = Parameter(name="cores", type="int", default=4, minimum=1)
GIL = Parameter(name="gil", type="bool", default=True)
START = Parameter(name="start", type="float", default=0.5, minimum=0)
WORD = Parameter(name="word", type="str", default="x")


def test_a_machine_is_declared_by_values_or_by_parameters():
    declared = machine.parse({"cores": "{cores}", "gil": "{gil}", "process_start": "{start}", "thread_start": "60us"})
    assert declared == {
        "cores": Bound("cores"),
        "gil": Bound("gil"),
        "process_start": Bound("start"),
        "thread_start": 60_000,
    }
    machine.check(declared, (CORES, GIL, START))
    assert machine.settled(declared, {"cores": 2, "gil": False, "start": 0.5}) == {
        "cores": 2,
        "gil": False,
        "process_start": 500_000_000,
        "thread_start": 60_000,
    }


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"core": 2}, "a machine has only cores, gil"),
        ({"cores": 0}, "cores: a whole number, at least 1"),
        ({"cores": True}, "cores: a whole number"),
        ({"cores": "4"}, "cores: a whole number"),
        ({"gil": 1}, "gil: true or false"),
        ({"switch_interval": "0ms"}, "switch_interval: a duration above 0"),
        ({"switch_interval": 5}, "switch_interval: 5: a number and one of the units"),
        ({"thread_start": "{a} {b}"}, "thread_start: {a} {b}: a number and one of the units"),
    ],
)
def test_what_no_machine_has_is_refused(table, words):
    with pytest.raises(ModelError) as refused:
        machine.parse(table)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"cores": "{kores}"}, "main has no parameter kores of the type int"),
        ({"cores": "{gil}"}, "main has no parameter gil of the type int"),
        ({"gil": "{cores}"}, "main has no parameter cores of the type bool"),
        ({"process_start": "{word}"}, "main has no parameter word of the type int or float"),
        ({"switch_interval": "{start}"}, "the parameter start needs a minimum above 0"),
    ],
)
def test_a_machine_is_bound_to_parameters_that_fit(table, words):
    with pytest.raises(ModelError) as refused:
        machine.check(machine.parse(table), (CORES, GIL, START, WORD))
    assert words in str(refused.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lesson of some other name, to declare costs of."""
    copy = shutil.copytree(catalogue.lesson("mutex").folder, tmp_path / "mine")
    program = copy / "program.py"
    program.write_text(program.read_text("utf-8").replace("pause: float = 0.1)", "pause: float = 0.1, cores: int = 2)"))
    with (copy / "lesson.toml").open("a") as facts:
        facts.write('\n[parameters.cores]\nlabel = { en = "cores", zh = "核" }\nminimum = 1\n')
    return copy


def declare(folder: Path, text: str) -> None:
    path = folder / "lesson.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def test_a_lesson_declares_costs_and_a_machine(folder):
    declare(folder, '[costs]\nspend = "2s"\n[model]\ncores = "{cores}"\ngil = false')
    lesson = load(folder)
    assert lesson.costs == {"spend": Cost(2 * 10**9)}
    assert lesson.machine({}) == {"cores": 2, "gil": False}
    assert lesson.machine({"cores": 8}) == {"cores": 8, "gil": False}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[costs]\nspend = "2"', "lesson.toml: costs.spend: 2: a number and one of the units"),
        ("[costs]\nspend = 2", "lesson.toml: Expected `str`, got `int` - at `$.costs"),
        ('[costs]\nspent = "2s"', "lesson.toml: costs: a cost is declared of spent, but the program has no such"),
        ("[model]\ncores = -1", "lesson.toml: model.cores: a whole number, at least 1"),
        ('[model]\ncores = "{workrs}"', "lesson.toml: model.cores: main has no parameter workrs"),
    ],
)
def test_a_wrong_declaration_of_a_lesson_is_named_with_its_file(folder, text, words):
    declare(folder, text)
    with pytest.raises(LessonError) as refused:
        assert load(folder).parameters
    assert words in str(refused.value)


def test_a_run_of_a_script_is_made_again_from_its_header(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("def work(): pass\ndef main(n: int = 2): work()\n")
    target = resolve(str(script))
    settings = Settings(parameters={"n": 3}, costs={"work": Charge(5)}, model={"cores": 2, "gil": False})
    header = settings.header(target)
    assert header.costs == {"work": Charge(5)}
    assert header.model == Model(cores=2, gil=False)
    assert Settings.of(header, target) == settings
    assert Settings.of(header).header(target).model == header.model


def test_parameters_that_no_lesson_has_are_passed_over_in_a_header(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("def main(n: int = 2): pass\n")
    target = resolve(str(script))
    header = Settings().header(target)
    strange = type(header)(target=header.target, parameters={"n": "many", "m": 3})
    assert Settings.of(strange, target) == Settings()
