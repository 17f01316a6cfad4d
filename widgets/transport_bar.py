"""The scrub bar and the buttons beside it, drawn from plain values. Pure functions."""

from collections.abc import Mapping
from itertools import groupby
from typing import Final, NamedTuple

from rich.style import Style
from textual.strip import Strip

from ..trace.marks import Mark, Marks
from ..trace.state import Status
from .fitting import Line, width_of
from .palette import LOOKS, Paint
from .transport_messages import Button

BUTTONS: Final[tuple[Button, ...]] = ("start", "back", "play", "forward", "end")
BUTTON_WIDTH: Final = 4
SHORTEST_BAR: Final = 10

MARK_STATES: Final[Mapping[Mark, Status]] = {
    Mark.GO_ON: Status.RUNNING,
    Mark.DONE: Status.FINISHED,
    Mark.LET_GO: Status.SIGNAL,
    Mark.BLOCK: Status.LOCK,
    Mark.TIMEOUT: Status.SLEEPING,
    Mark.KILL: Status.KILLED,
    Mark.OUTCOME: Status.FINISHED,
    Mark.FAILURE: Status.FAILED,
    Mark.DEADLOCK: Status.DEADLOCKED,
}
"""States whose colours the marks take; that of a signal stands in for any other."""

LOUD: Final = frozenset({Mark.KILL, Mark.OUTCOME, Mark.FAILURE, Mark.DEADLOCK})
"""Marks that are drawn as the glyph of the state, not as a stroke."""

CROWDED: Final = 3
"""If more than one column in so many is marked, the least important marks are left out."""


class Bar(NamedTuple):
    """What the transport shows; equal bars look alike."""

    column: int
    """Of the handle, on the scrub bar."""
    marks: tuple[tuple[int, Mark], ...]
    """Columns of the scrub bar with what is marked there, in ascending order."""
    arrived: int
    """Columns for which there are events already."""
    playing: bool
    step: str
    speed: str
    note: str
    """Such as "2 branches"."""


class Places(NamedTuple):
    """Where things lie on the line."""

    bar: int
    """First column of the scrub bar."""
    width: int
    """Columns of the scrub bar."""


def places(width: int, step: str, speed: str, note: str) -> Places:
    """Share out a line: buttons, bar, and at the right as much of step, speed and note as leaves the bar room."""
    start = BUTTON_WIDTH * len(BUTTONS) + 1
    texts = sum(width_of(text) + 2 for text in (step, speed, note) if text)
    return Places(start, max(SHORTEST_BAR, width - start - texts - 1))


def column_of(position: int, length: int, width: int) -> int:
    """Return the column of a position: the first column is the start, the last one the end."""
    return position * (width - 1) // length if length else 0


def position_of(column: int, length: int, width: int) -> int:
    """Return the position that a click on a column means."""
    column = max(0, min(column, width - 1))
    return -(-column * length // (width - 1)) if width > 1 else length


def marked(marks: Marks, length: int, width: int) -> tuple[tuple[int, Mark], ...]:
    """Return the most important mark of each column, and not so many columns that the bar is all marks."""
    edges = [0, *(-(-(column + 1) * length // (width - 1)) - 1 for column in range(width - 1)), length]
    found = [(column, mark) for column, mark in enumerate(marks.coalesced(edges)) if mark is not None]
    least = Mark.GO_ON
    while len(found) * CROWDED > width and least < Mark.KILL:
        least = Mark(least + 1)
        found = [(column, mark) for column, mark in found if mark >= least]
    return tuple(found)


def button_at(x: int) -> Button | None:
    """Return the button at a cell of the line."""
    index = x // BUTTON_WIDTH
    return BUTTONS[index] if 0 <= index < len(BUTTONS) else None


def transport(bar: Bar, width: int, paint: Paint) -> Strip:
    """Draw the whole line."""
    where = places(width, bar.step, bar.speed, bar.note)
    line = Line(width, paint.glyphs.ellipsis)
    _buttons(line, bar.playing, paint)
    ground = paint("ink", "ground")
    line.fill(ground, keep=width - where.bar)
    _scrub(line, bar, min(where.width, line.room), paint)
    for text, ink in ((bar.step, "muted"), (bar.speed, "ink"), (bar.note, "muted")):
        if text:
            line.gap(2, ground).add(text, paint(ink, "ground"))
    return line.strip(ground)


def _buttons(line: Line, playing: bool, paint: Paint) -> None:
    glyphs = paint.glyphs
    faces = {
        "start": f"{glyphs.edge}{glyphs.back}",
        "back": glyphs.back,
        "play": glyphs.pause if playing else glyphs.play,
        "forward": glyphs.forward,
        "end": f"{glyphs.forward}{glyphs.edge}",
    }
    for button in BUTTONS:
        style = paint("cursor", "ground", bold=True) if button == "play" else paint("ink", "ground")
        line.add(f"{faces[button]:^{BUTTON_WIDTH}}", style)


def _scrub(line: Line, bar: Bar, width: int, paint: Paint) -> None:
    marks = dict(bar.marks)
    cells = (_cell(column, marks.get(column), bar, paint) for column in range(width))
    for (glyph, style), run in groupby(cells):
        line.add(glyph * sum(1 for _ in run), style)


def _cell(column: int, mark: Mark | None, bar: Bar, paint: Paint) -> tuple[str, Style]:
    """Return what one column of the scrub bar shows: the handle, a mark, or the bar itself."""
    glyphs = paint.glyphs
    status = None if mark is None else MARK_STATES.get(mark, Status.SIGNAL)
    ink = "accent" if status is None else LOOKS[status].colour
    if column == bar.column:
        return glyphs.handle, paint(ink, "ground", bold=True)
    if status is not None:
        stroke = glyphs.mark_done if column < bar.column else glyphs.mark_rest
        return paint.glyph(status) if mark in LOUD else stroke, paint(ink, "ground")
    if column < bar.column:
        return glyphs.done, paint("accent", "ground")
    if column < bar.arrived:
        return glyphs.rest, paint("edge-strong", "ground")
    return glyphs.dot, paint("faint", "ground")
