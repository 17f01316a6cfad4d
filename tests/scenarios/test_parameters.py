"""A value is checked, and its Python source means it again; what is wrong is said in one line."""

import ast

import pytest
from concurrency_tui.scenarios.parameters import Parameter, ParameterError, settings
from hypothesis import given
from hypothesis import strategies as st

CARS = Parameter(name="cars", type="int", default=20, minimum=1, maximum=500)
RED = Parameter(name="red", type="float", default=3.0, minimum=0, above_minimum=True, unit="s")
SHARE = Parameter(name="share", type="float", default=0.5, minimum=0, maximum=1, below_maximum=True)
LOUD = Parameter(name="loud", type="bool", default=False)
WORD = Parameter(name="word", type="str", default="go")
KIND = Parameter(name="kind", type="choice", default="FIFO", choices=("FIFO", "LIFO"), sources=("'FIFO'", "Kind.LIFO"))
ALL = (CARS, RED, SHARE, LOUD, WORD, KIND)

NUMBER = Parameter(name="n", type="int", default=0)
REAL = Parameter(name="x", type="float", default=0.0)


def complaint(parameter, value):
    with pytest.raises(ParameterError) as raised:
        parameter.check(value)
    message = str(raised.value)
    assert message.isprintable(), "one line, and nothing in it acts on a terminal"
    return message


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (NUMBER, st.integers(-(2**63) + 1, 2**63 - 1)),
        (REAL, st.floats(allow_nan=False, allow_infinity=False)),
        (LOUD, st.booleans()),
        (WORD, st.text()),
    ],
    ids=lambda part: getattr(part, "type", ""),
)
@given(data=st.data())
def test_the_expression_of_a_value_means_the_value(parameter, value, data):
    drawn = data.draw(value)
    checked = parameter.check(drawn)
    assert checked == drawn
    assert type(checked) is type(parameter.default)
    meant = ast.literal_eval(parameter.expression(checked))
    assert (meant, type(meant)) == (checked, type(checked))


@pytest.mark.parametrize("parameter", [NUMBER, REAL, LOUD])
@given(data=st.data())
def test_a_value_is_read_back_from_its_text(parameter, data):
    values = {"int": st.integers(-(2**63) + 1, 2**63 - 1), "float": st.floats(allow_nan=False, allow_infinity=False)}
    value = data.draw(values.get(parameter.type, st.booleans()))
    assert parameter.check(str(value)) == value


@given(st.sampled_from(ALL), st.text() | st.integers() | st.floats() | st.booleans())
def test_whatever_is_given_is_taken_or_refused_in_one_line(parameter, value):
    try:
        checked = parameter.check(value)
    except ParameterError:
        assert complaint(parameter, value)
    else:
        assert parameter.check(checked) == checked
        ast.parse(parameter.expression(checked), mode="eval")


def test_a_choice_is_written_as_the_program_writes_it():
    assert [KIND.expression(KIND.check(choice)) for choice in ("FIFO", "LIFO")] == ["'FIFO'", "Kind.LIFO"]


@pytest.mark.parametrize(
    ("parameter", "value", "words"),
    [
        (CARS, "0", "cars = 0: out of bounds, it must be at least 1 and at most 500"),
        (CARS, 501, "cars = 501: out of bounds, it must be at least 1 and at most 500"),
        (CARS, "many", "cars = many: a whole number is wanted"),
        (CARS, "2.5", "cars = 2.5: a whole number is wanted"),
        (CARS, 2.0, "cars = 2.0: a whole number is wanted"),
        (CARS, True, "cars = True: a whole number is wanted"),
        (NUMBER, 2**63, "n = 9223372036854775808: too large, 64 bits are all there is"),
        (RED, "0", "red = 0.0: out of bounds, it must be more than 0 s"),
        (RED, "nan", "red = nan: a finite number is wanted"),
        (RED, "1e999", "red = 1e999: a finite number is wanted"),
        (RED, "", "red = '': a finite number is wanted"),
        (RED, True, "red = True: a finite number is wanted"),
        (SHARE, 1, "share = 1.0: out of bounds, it must be at least 0 and less than 1"),
        (LOUD, "maybe", "loud = maybe: true or false is wanted"),
        (WORD, 3, "word = 3: a text is wanted"),
        (KIND, "FIF0", "kind = FIF0: one of these is wanted: FIFO, LIFO; did you mean FIFO?"),
        (KIND, "\x1b[2J", r"kind = '\x1b[2J': one of these is wanted: FIFO, LIFO"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wanted(parameter, value, words):
    assert complaint(parameter, value) == words


def test_a_long_wrong_value_is_not_repeated_in_full():
    assert len(complaint(CARS, "x" * 10_000)) < 150


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("TRUE", True), ("1", True), ("off", False), ("0", False)])
def test_words_for_true_and_false(text, value):
    assert LOUD.check(text) is value


def test_labels_fall_back_to_english_then_to_the_name():
    labelled = Parameter(name="red", type="int", default=1, labels={"en": "red light", "zh": "红灯"})
    assert [labelled.label(lang) for lang in ("en", "zh", "fr")] == ["red light", "红灯", "red light"]
    assert Parameter(name="pool_size", type="int", default=1).label("zh") == "pool size"


def test_explanations_fall_back_to_what_the_program_says():
    said = Parameter(name="n", type="int", default=1, help="how many", helps={"zh": "多少"})
    assert [said.explanation(lang) for lang in ("zh", "en")] == ["多少", "how many"]


def test_assignments_become_values():
    assert settings(ALL, ["cars=7", "word=a=b", "kind=LIFO"]) == {"cars": 7, "word": "a=b", "kind": "LIFO"}
    assert settings(ALL, []) == {}


@pytest.mark.parametrize(
    ("assignments", "words"),
    [
        (["cars"], "cars: write NAME=VALUE"),
        (
            ["carz=1"],
            "there is no parameter carz; did you mean cars? there are: cars, red, share, loud, word, kind",
        ),
        (["=1"], "there is no parameter ''; there are: cars, red, share, loud, word, kind"),
        (["cars=1", "cars=2"], "cars is set twice: to 1 and to 2"),
        (["cars=0"], "cars = 0: out of bounds, it must be at least 1 and at most 500"),
    ],
)
def test_a_wrong_assignment_is_refused(assignments, words):
    with pytest.raises(ParameterError) as raised:
        settings(ALL, assignments)
    assert str(raised.value) == words


def test_a_program_without_parameters_says_so():
    with pytest.raises(ParameterError, match="the program has none that can be set"):
        settings((), ["n=1"])
