"""States look different: by glyph, by word, by bar, and by colour to every eye and on every terminal."""

from itertools import combinations
from string import printable
from typing import Final

import pytest
from concurrency_tui.trace.state import Status
from concurrency_tui.widgets.glyphs import ASCII, NAMES, UNICODE
from concurrency_tui.widgets.palette import LOOKS, Paint, paint_of
from concurrency_tui.widgets.themes import THEMES, register_themes, variable_defaults
from concurrency_tui.widgets.tints import ANSI, DARK, LIGHT
from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

GROUNDS: Final = ("pane", "card", "raised", "wash-follow", "wash-alarm", "wash-cursor")
READ: Final = ("ink", "ink-strong", "muted", "accent", "cursor", *(name for name in DARK if name.startswith("code-")))
STATES: Final = tuple(look.colour for look in LOOKS.values())
CORE: Final = (Status.RUNNING, Status.READY, Status.LOCK, Status.SIGNAL, Status.SLEEPING, Status.DEADLOCKED)
"""States that are seen side by side in almost every run."""

# How eyes without one kind of cone see linear RGB: Machado, Oliveira and Fernandes (2009), severity 1.
EYES: Final = {
    "most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> tuple[float, ...]:
    """Return a colour's linear RGB."""
    shares = (value / 255 for value in Color.parse(colour).rgb)
    return tuple(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)


def luminance(colour: str) -> float:
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of the Web Content Accessibility Guidelines, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, eyes: str) -> tuple[float, float, float]:
    """Return a colour as some eyes see it, in CIE L*a*b*."""
    rgb = [min(1, max(0, sum(m * v for m, v in zip(row, linear(colour), strict=True)))) for row in EYES[eyes]]
    weights = ((0.4125, 0.3576, 0.1804), (0.2127, 0.7152, 0.0722), (0.0193, 0.1192, 0.9503))
    x, y, z = (sum(w * v for w, v in zip(row, rgb, strict=True)) for row in weights)
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x / 0.9505, y, z / 1.089))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, eyes: str) -> float:
    """Return how different two colours look: about 2 is the least that is seen side by side."""
    return sum((a - b) ** 2 for a, b in zip(lab(one, eyes), lab(other, eyes), strict=True)) ** 0.5


def test_every_status_has_a_look_of_its_own():
    assert set(LOOKS) == set(Status)
    for field in ("glyph", "ascii", "short", "long", "colour"):
        assert len({getattr(look, field) for look in LOOKS.values()}) == len(LOOKS), field


def test_glyphs_take_one_cell_and_fallbacks_are_ascii():
    for look in LOOKS.values():
        assert cell_len(look.glyph) == cell_len(look.bar) == 1
        assert {look.ascii, look.ascii_bar} <= set(printable)
        assert len(look.short) <= 9
    for name in NAMES:
        assert cell_len(getattr(UNICODE, name)) == 1, name
        assert getattr(ASCII, name) in printable, name


@pytest.mark.parametrize("tints", [DARK, LIGHT], ids=["dark", "light"])
def test_everything_that_is_read_has_contrast(tints):
    low = {
        (ink, ground): round(contrast(tints[ink], tints[ground]), 2)
        for ink in (*READ, *STATES)
        for ground in GROUNDS
        if contrast(tints[ink], tints[ground]) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("tints", [DARK, LIGHT], ids=["dark", "light"])
def test_states_seen_side_by_side_differ_in_colour(tints, eyes):
    pairs = combinations((tints[LOOKS[status].colour] for status in CORE), 2)
    assert min(apart(*pair, eyes) for pair in pairs) >= 15


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("tints", [DARK, LIGHT], ids=["dark", "light"])
def test_bars_of_like_colours_differ(tints, eyes):
    """On a timeline there is no room for words: where colours are alike for some eyes, the stroke is another."""
    drawn = [look for look in LOOKS.values() if look.bar != " "]
    like = [
        (one.short, other.short)
        for one, other in combinations(drawn, 2)
        if apart(tints[one.colour], tints[other.colour], eyes) < 15
        if one.bar == other.bar or one.ascii_bar == other.ascii_bar
    ]
    assert like == []


@pytest.mark.parametrize("tints", [DARK, LIGHT], ids=["dark", "light"])
def test_sixteen_colours_leave_nothing_invisible(tints):
    def rounded(name: str) -> int | None:
        return RichColor.parse(tints[name]).downgrade(ColorSystem.STANDARD).number

    assert rounded("pane") not in {rounded(name) for name in (*STATES, *READ)}
    assert len({rounded(LOOKS[status].colour) for status in CORE}) >= 4


def test_the_tables_name_the_same_colours():
    assert set(DARK) == set(LIGHT) == set(ANSI)


def test_a_misspelt_colour_is_an_error():
    with pytest.raises(KeyError):
        Paint(DARK)("state-runing")


async def test_every_theme_can_be_read():
    """Somebody else's theme keeps its grounds, and what is drawn on them still has contrast."""
    app = App[None]()
    register_themes(app)
    async with app.run_test():
        for name in ("nord", "gruvbox", "textual-light", *(theme.name for theme in THEMES)):
            app.theme = name
            paint = paint_of(app)
            assert paint.dark == app.current_theme.dark
            assert contrast(paint.colours["ink"], paint.colours["pane"]) > 4, name
            assert contrast(paint.colours["muted"], paint.colours["pane"]) > 2.5, name
            assert set(variable_defaults(app)) == set(DARK)


async def test_the_terminals_own_colours_are_used_when_asked_for():
    app = App[None]()
    async with app.run_test():
        app.theme = "ansi-dark"
        assert paint_of(app)("state-lock").color == RichColor.parse("yellow")
    assert "ansi-dark" in BUILTIN_THEMES


async def test_an_ascii_terminal_gets_ascii(monkeypatch):
    monkeypatch.setenv("CONCURRENCY_TUI_ASCII", "1")
    app = App[None]()
    async with app.run_test():
        paint = paint_of(app)
    assert paint.glyph(Status.DEADLOCKED) == "!"
    assert paint.glyphs is ASCII
