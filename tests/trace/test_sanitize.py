"""No text from a stranger reaches a terminal as anything but text."""

import unicodedata

import pytest
from concurrency_tui.trace.sanitize import clean, clean_lines
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31mred", "\\x9b31mred"),
        ("a\tb\nc\rd", "a␉b␊c␍d"),
        ("\x7f", "␡"),
        ("abc\u202edef", "abc\\u202edef"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\ud800", "\\ud800"),
        ("a\u00a0b", "a b"),
        ("漢字\u3000かな", "漢字\u3000かな"),
        ("é", "é"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("\u2028", "\\u2028"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_a_terminal_might_act_on_is_shown(text, shown):
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo\n", "one\ntwo\n"),
        ("one\r\ntwo", "one\ntwo"),
        ("over\rwrite", "over␍write"),
        ("a\tb", "a       b"),
        ("\x1b[2J\n\x1b[H", "␛[2J\n␛[H"),
    ],
)
def test_lines_stay_lines(text, shown):
    assert clean_lines(text) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_unprintable_is_left(text):
    shown = clean(text)
    assert all(character.isprintable() or character == "\u3000" for character in shown)
    assert not any(
        unicodedata.bidirectional(character) in {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI"} for character in shown
    )


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(st.text(st.characters(codec=None)))
def test_lines_are_each_clean(text):
    for line in clean_lines(text).split("\n"):
        assert clean(line) == line


@given(st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S"])))
def test_ordinary_text_is_left_alone(text):
    assert clean(text) == text
