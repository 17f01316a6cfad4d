"""Schedule codes: short, exact, and clear about what is wrong with a wrong one."""

import random
import re

import pytest
from concurrency_tui.trace import schedule_code
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.schedule_choices import LIMIT, pack, unpack
from concurrency_tui.trace.schedule_code import Schedule, ScheduleError, decode, encode
from concurrency_tui.trace.variable_integers import unsigned
from hypothesis import given
from hypothesis import strategies as st

GRAINS = st.sampled_from(["sync", "line", "bytecode"])
STRATEGIES = st.sampled_from(["random", "round-robin", "fifo", "pct", "dpor, sleep sets"])
CHOICES = st.one_of(
    st.lists(st.integers(0, 3), max_size=60),
    st.lists(st.integers(0, 2**31 - 1), max_size=20),
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 40)), max_size=9).map(
        lambda runs: [worker for worker, count in runs for _ in range(count)]
    ),
).map(tuple)
SCHEDULES = st.builds(Schedule, STRATEGIES, st.integers(), CHOICES, GRAINS)
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(SCHEDULES)
def test_a_schedule_comes_back_from_its_code(schedule):
    code = encode(schedule)
    assert decode(code) == schedule
    assert re.fullmatch("ct1(-[0-9A-HJKMNP-TV-Z]{1,4})+", code)


@given(SCHEDULES)
def test_a_code_may_be_typed_carelessly(schedule):
    code = encode(schedule)
    prefix, _, rest = code.partition("-")
    assert decode(f"  {code.lower()}\n") == schedule
    assert decode(f"{prefix} {rest.replace('-', ' ')}") == schedule
    assert decode(f"{prefix.upper()}-{rest.replace('-', '')}") == schedule
    assert decode(f"{prefix}-{rest.replace('0', 'O').replace('1', 'l')}") == schedule


def test_the_seed_alone_makes_a_short_code():
    assert encode(Schedule(seed=7)) == "ct1-007F-3VR"
    assert decode("ct1-007F-3VR") == Schedule("random", 7, (), "sync")
    assert len(encode(Schedule(seed=2**31))) <= 20


def test_every_code_that_the_words_show_is_one():
    for text in (schedule_code.__doc__, schedule_code.decode.__code__.co_consts):
        for code in re.findall(r"ct1-[0-9A-Z]{4}[0-9A-Z-]*", str(text)):
            assert decode(code) == Schedule(seed=7)


def test_regular_choices_take_little_room():
    assert len(encode(Schedule(choices=(0,) * 100_000))) < 30
    assert len(encode(Schedule(choices=(0, 1, 2) * 30_000))) < 400
    chance = random.Random(5)
    choices = tuple(chance.randrange(10) for _ in range(1000))
    assert len(encode(Schedule(choices=choices))) < 1100


@given(
    st.builds(Schedule, STRATEGIES, st.integers(0, 10**9), st.lists(st.integers(0, 5), max_size=9).map(tuple), GRAINS),
    st.data(),
)
def test_any_one_wrong_digit_is_noticed(schedule, data):
    code = encode(schedule)
    places = [place for place in range(4, len(code)) if code[place] != "-"]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([digit for digit in DIGITS if digit != code[place]]))
    with pytest.raises(ScheduleError):
        decode(code[:place] + digit + code[place + 1 :])


@given(st.builds(Schedule, STRATEGIES, st.integers(0, 10**9), st.just(()), GRAINS), st.data())
def test_any_two_swapped_neighbours_are_noticed(schedule, data):
    digits = list(encode(schedule)[4:].replace("-", ""))
    place = data.draw(st.integers(0, len(digits) - 2))
    if digits[place] == digits[place + 1]:
        return
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    with pytest.raises(ScheduleError):
        decode("ct1-" + "".join(digits))


@pytest.mark.parametrize("seed", [0, 7, 4096, 123456789])
def test_a_code_cut_off_is_noticed(seed):
    code = encode(Schedule(seed=seed, choices=(0, 1, 2, 1, 0)))
    for size in range(4, len(code)):
        with pytest.raises(ScheduleError):
            decode(code[:size].rstrip("-") if code[size - 1] == "-" and size > 4 else code[:size])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "begins with ct1-"),
        ("007F-3VR", "begins with ct1-"),
        ("ct-007F", "begins with ct1-"),
        ("hello", "begins with ct1-"),
        ("ct2-007F-3VR", "newer version"),
        ("ct0-007F-3VR", "no version"),
        ("ct1-007U-3VR", "'U' cannot occur"),
        ("ct1-007F-3V", "cut off"),
        ("ct1-007F-3V\u0661", "cannot occur"),
        ("ct1-", "cut off"),
        ("ct1-007F-3VR-00", "cut off"),
        ("ct1-\x1b]0;x\x07", "cannot occur"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(code, said):
    with pytest.raises(ScheduleError) as caught:
        decode(code)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


def complaint(code):
    """Decode a code; return what is said against it, or nothing. No other error is caught."""
    try:
        decode(code)
    except ScheduleError as error:
        return str(error)
    return ""


@given(st.text())
def test_any_text_is_a_schedule_or_refused(text):
    for code in (text, f"ct1-{text}"):
        assert complaint(code).isprintable()


@given(st.binary(max_size=40))
def test_any_content_is_a_schedule_or_refused(content):
    """As above, with a check that fits, so that what is behind it is reached."""
    digits = schedule_code._digits(content + schedule_code._check(content))
    assert complaint(f"ct1-{digits}").isprintable()


@given(CHOICES)
def test_choices_come_back_in_every_form(choices):
    form, data = pack(choices)
    assert unpack(form, data) == choices


def test_a_small_code_does_not_stand_for_more_than_memory_holds():
    bomb = unsigned(3) + unsigned(LIMIT)
    with pytest.raises(ScheduleError, match="more choices"):
        unpack(2, bomb)
    with pytest.raises(ScheduleError, match="another number"):
        unpack(1, unsigned(1) + unsigned(LIMIT + 1))


def test_what_is_no_schedule_has_no_code():
    for schedule in (Schedule(choices=(-1,)), Schedule(choices=(2**31,)), Schedule(grain="atom")):
        with pytest.raises(ScheduleError):
            encode(schedule)


def test_a_header_tells_its_schedule():
    header = Header(target="x", strategy="fifo", seed=3, choices=(1, 2), grain="line")
    assert Schedule.of(header) == Schedule("fifo", 3, (1, 2), "line")
