"""What every state looks like: glyph, ASCII fallback, bar, colour and words. All panes and drawings take it from here.

A state is never shown by colour alone: the glyph and the word say the same, and on a timeline each has its own bar.
Colours are named here and valued in `themes`; `Paint` resolves a name to a style under the app's present theme.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from os import environ
from typing import Any, Final

from rich.style import Style
from textual.app import App
from textual.color import Color

from ..locales.words import N_, _
from ..trace.state import Status
from .glyphs import ASCII, UNICODE, Glyphs
from .tints import ANSI, DARK, LIGHT, adopted


@dataclass(frozen=True, slots=True)
class Look:
    """How one status is drawn. Every glyph and bar is one cell wide."""

    glyph: str
    ascii: str
    bar: str
    """Fills the status's stretch of a timeline lane or state strip; no two statuses with like colours share one."""
    ascii_bar: str
    colour: str
    """Name in `tints` of the colour of its glyph and word."""
    word: str
    """At most nine letters, in English: "lock"."""
    phrase: str
    """In English: "waits for a lock"."""

    @property
    def short(self) -> str:
        """At most nine cells, for rows and cards, in the language that is spoken."""
        return _(self.word)

    @property
    def long(self) -> str:
        """For prose and legends, in the language that is spoken."""
        return _(self.phrase)


LOOKS: Final[Mapping[Status, Look]] = {
    Status.RUNNING: Look("▶", ">", "▇", "#", "state-running", N_("running"), N_("running")),
    Status.READY: Look("▷", ".", "╌", ".", "state-ready", N_("ready"), N_("ready to run")),
    Status.LOCK: Look("■", "#", "━", "=", "state-lock", N_("lock"), N_("waits for a lock")),
    Status.SIGNAL: Look("◆", "*", "─", "-", "state-signal", N_("signal"), N_("waits for a signal")),
    Status.JOIN: Look("◇", "&", "═", ":", "state-join", N_("joins"), N_("waits for another worker to end")),
    Status.QUEUE: Look("▣", "=", "≡", "q", "state-queue", N_("queue"), N_("waits in a queue")),
    Status.SLEEPING: Look("z", "z", "┈", "z", "state-sleeping", N_("sleeps"), N_("sleeping")),
    Status.IO: Look("⇄", "~", "╍", "~", "state-io", N_("I/O"), N_("waits for I/O")),
    Status.GIL: Look("◌", "o", "┅", "o", "state-gil", N_("GIL"), N_("waits for the GIL")),
    Status.FINISHED: Look("✓", "+", " ", " ", "state-finished", N_("finished"), N_("finished")),
    Status.FAILED: Look("✗", "x", " ", " ", "state-failed", N_("failed"), N_("failed with an exception")),
    Status.DEADLOCKED: Look("⊗", "!", "▬", "!", "state-deadlocked", N_("deadlock"), N_("deadlocked")),
    Status.KILLED: Look("†", "-", " ", " ", "state-killed", N_("killed"), N_("killed when the program ended")),
}


class Paint:
    """Styles under one theme: `paint("state-lock", bold=True)`. Ink and ground go by the names in `tints`.

    An unknown name is a KeyError, so that a typo shows at once.
    """

    def __init__(self, colours: Mapping[str, str], *, ascii_only: bool = False, dark: bool = True) -> None:
        self.colours = colours
        """Theme variable to CSS or Rich colour."""
        self.ascii_only = ascii_only
        """Draw with ASCII only: for terminals and fonts that lack the glyphs."""
        self.dark = dark
        self.glyphs: Glyphs = ASCII if ascii_only else UNICODE
        """Characters other than the states' own."""
        self._styles: dict[tuple[str, str, bool], Style] = {}
        self._faded: dict[tuple[str, str], Style] = {}

    def __call__(self, ink: str, on: str = "", *, bold: bool = False) -> Style:
        """Return the style for ink on a ground; without a ground the text lies on whatever is below."""
        key = (ink, on, bold)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = Style(
                color=self.colours[ink],
                bgcolor=self.colours[on] if on else None,
                bold=bold or None,
            )
        return style

    def faded(self, ink: str, on: str = "") -> Style:
        """Return the style for what is not now, such as the future on a timeline: ink two thirds gone into the pane."""
        style = self._faded.get((ink, on))
        if style is None:
            under = self.colours[on or "pane"]
            colour = self.colours[ink]
            if colour.startswith("#") and under.startswith("#"):
                blend = Color.parse(colour).blend(Color.parse(under), 0.66).hex6
                style = Style(color=blend, bgcolor=under if on else None)
            else:
                style = Style(color=colour, bgcolor=under if on else None, dim=True)
            self._faded[ink, on] = style
        return style

    def washed(self, ink: str) -> Style:
        """Return the style of what is not now and would lie on a ground of that colour: a wash of it, inked in it."""
        colour, under = self.colours[ink], self.colours["pane"]
        if not (colour.startswith("#") and under.startswith("#")):
            return self.faded(ink, "pane")
        wash = Color.parse(colour).blend(Color.parse(under), 0.7).hex6
        return Style(color=colour, bgcolor=wash)

    def css(self, ink: str) -> str:
        """Return a colour as Textual's own styles name it, for titles and other content."""
        colour = self.colours[ink]
        return colour if colour.startswith("#") else f"ansi_{colour}"

    def state(self, status: Status, on: str = "", *, bold: bool = False) -> Style:
        """Return the style of a status."""
        return self(LOOKS[status].colour, on, bold=bold)

    def stroke(self, status: Status, on: str = "") -> Style:
        """Return the style of a status's bar: calmer than its glyph where nothing happens."""
        return self("edge-strong" if status is Status.READY else LOOKS[status].colour, on)

    def glyph(self, status: Status) -> str:
        """Return the one-cell glyph of a status."""
        return LOOKS[status].ascii if self.ascii_only else LOOKS[status].glyph

    def bar(self, status: Status) -> str:
        """Return the one-cell stroke of a status on a timeline."""
        return LOOKS[status].ascii_bar if self.ascii_only else LOOKS[status].bar


DARK_PAINT: Final = Paint(DARK)
"""For pure drawing functions in tests, and until a widget is mounted."""


def ascii_wanted() -> bool:
    """Tell whether to keep to ASCII: asked for by CONCURRENCY_TUI_ASCII=1, or the terminal is the Linux console."""
    return environ.get("CONCURRENCY_TUI_ASCII", "") not in ("", "0") or environ.get("TERM") == "linux"


def paint_of(app: App[Any]) -> Paint:
    """Return the paint for the app's present theme, always the same object for the same colours.

    Somebody else's theme keeps its own grounds and ink; the states keep the colours of our dark or light theme.
    """
    theme, variables = app.current_theme, app.theme_variables
    pane, ink = variables.get("surface", ""), variables.get("foreground", "")
    return _paint(theme.dark, app.native_ansi_color, ascii_wanted(), (pane, ink))


@cache
def _paint(dark: bool, ansi: bool, ascii_only: bool, grounds: tuple[str, str]) -> Paint:
    if ansi:
        return Paint(ANSI, ascii_only=ascii_only, dark=dark)
    tints = DARK if dark else LIGHT
    pane, ink = grounds
    if pane.startswith("#") and ink.startswith("#") and pane.lower() != tints["pane"]:
        tints = adopted(tints, pane, ink)
    return Paint(tints, ascii_only=ascii_only, dark=dark)
