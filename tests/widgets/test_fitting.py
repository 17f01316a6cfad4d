"""Text is cut and padded to cells, whatever it is made of."""

from concurrency_tui.widgets.fitting import Line, cut, cut_middle, fit, plain, width_of
from concurrency_tui.widgets.palette import DARK_PAINT
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

TEXTS = st.text(max_size=40).map(plain) | st.text("ab锁读🚦e\u0301", max_size=40).map(plain)
WIDTHS = st.integers(0, 50)
INK = DARK_PAINT("ink", "pane")


@given(TEXTS, WIDTHS)
def test_cut_never_takes_more_than_the_width(text, width):
    shown = cut(text, width)
    assert cell_len(shown) <= width
    assert shown == text or cell_len(text) > width


@given(TEXTS, WIDTHS)
def test_fit_takes_exactly_the_width(text, width):
    assert cell_len(fit(text, width)) == width


@given(TEXTS, WIDTHS)
def test_cut_middle_never_takes_more_than_the_width(text, width):
    assert cell_len(cut_middle(text, width)) <= width


def test_cut_middle_keeps_the_end():
    assert cut_middle("a-very-long-worker-name-0017", 16) == "a-very-lon…-0017"
    assert cut_middle("工作者-读取线程-0017", 14).endswith("0017")


def test_cut_says_that_something_is_missing():
    assert cut("deadlock", 5) == "dead…"
    assert cut("锁锁锁锁", 6) == "锁锁…"
    assert cut("x", 0) == ""


@given(TEXTS)
def test_width_is_what_the_terminal_takes(text):
    assert width_of(text) == cell_len(text)


@given(st.lists(st.tuples(TEXTS, st.integers(0, 3)), max_size=8), WIDTHS)
def test_a_line_is_as_wide_as_was_asked_for(pieces, width):
    line = Line(width)
    for text, gap in pieces:
        line.add(text, INK).gap(gap, INK)
    strip = line.strip(INK)
    assert cell_len(strip.text) == strip.cell_length == width


def test_nothing_follows_what_was_cut():
    line = Line(6).add("锁锁锁锁", INK).add("x", INK)
    assert "x" not in line.strip(INK).text


def test_plain_leaves_nothing_to_act():
    shown = plain("a\x1b]0;x\x07b\nc\u202ed\t")
    assert shown.isprintable()
    assert "\n" not in shown
