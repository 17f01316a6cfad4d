"""The line at the top: what runs, whether it plays, when and where the cursor is, and how to run the same again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ..locales.words import _
from ..trace.header import Header
from ..trace.narrate import ended
from ..trace.narrate_words import duration
from ..trace.state import State, Status
from ..trace.store import Trace
from .fitting import Line, cut, plain, width_of
from .palette import DARK_PAINT, LOOKS, Paint, paint_of

PRODUCT: Final = "concurrency-tui"
SHORTEST_TITLE: Final = 8
"""Cells that the title keeps when everything else that can go has gone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line."""

    text: str
    ink: str
    rank: int
    """Pieces of the highest rank go first when the line is too short; those of rank 0 stay."""
    right: bool = False
    """Whether it stands at the right end."""
    ground: str = "raised"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Playing:
    """What the trace does not know: the name of the lesson, and what the player does."""

    title: str = ""
    playing: bool = False
    speed: str = ""
    """"1.0x", or "" where speed means nothing."""
    code: str = ""
    """The schedule code."""


def pieces(header: Header, state: State, last_step: int, playing: Playing, paint: Paint) -> list[Piece]:
    """Return all there is to say, from left to right."""
    glyphs = paint.glyphs
    play = _("{glyph} playing", glyph=glyphs.play) if playing.playing else _("{glyph} paused", glyph=glyphs.pause)
    said = [
        Piece(PRODUCT, "accent", 7, bold=True),
        Piece(plain(playing.title or header.target), "ink-strong", 0, bold=True),
        Piece(play, "state-running" if playing.playing else "cursor", 0, bold=True),
        Piece(playing.speed, "muted", 4),
        _outcome(state, paint),
        Piece(f"t {duration(state.time)}", "ink", 3, right=True),
        Piece(_("step {step:,}/{last_step:,}", step=state.step, last_step=last_step), "ink", 1, right=True),
        _badge(header),
        Piece(_("seed {seed}", seed=header.seed), "muted", 5, right=True),
        Piece(plain(playing.code), "muted", 6, right=True),
    ]
    return [piece for piece in said if piece.text]


def _badge(header: Header) -> Piece:
    text, ground = (_(" SIMULATED "), "accent") if header.engine == "sim" else (_(" MEASURED "), "cursor")
    return Piece(text, "ground", 2, right=True, ground=ground, bold=True)


def _outcome(state: State, paint: Paint) -> Piece:
    outcome = state.outcome.partition(":")[0]
    if not outcome:
        return Piece("", "ink", 2)
    status = _OUTCOMES.get(outcome, Status.KILLED)
    return Piece(f"{paint.glyph(status)} {plain(ended(outcome))}", LOOKS[status].colour, 2, bold=True)


_OUTCOMES: Final[Mapping[str, Status]] = {
    "finished": Status.FINISHED,
    "failed": Status.FAILED,
    "deadlock": Status.DEADLOCKED,
}
"""By what stands before the colon of an outcome; any other is a limit that was reached."""


def arranged(said: list[Piece], width: int, paint: Paint) -> Strip:
    """Draw the pieces in `width` cells, the least important left out until they fit."""
    kept = [_shorter(piece, max(SHORTEST_TITLE, width // 3), paint) for piece in said]
    while _length(kept) > width and (least := max(piece.rank for piece in kept)):
        kept = [piece for piece in kept if piece.rank != least]
    spare = max(SHORTEST_TITLE, width - _length(kept) + _title_length(kept))
    ground = paint("ink", "raised")
    line = Line(width, paint.glyphs.ellipsis).gap(1, ground)
    right = False
    for each in kept:
        piece = _shorter(each, spare, paint)
        if piece.right and not right:
            right = True
            rest = [other for other in kept if other.right]
            line.fill(ground, keep=_length(rest) - 1)
        elif line.room < width - 1:
            line.gap(2, ground)
        line.add(piece.text, paint(piece.ink, piece.ground, bold=piece.bold))
    return line.strip(ground)


def _shorter(piece: Piece, cells: int, paint: Paint) -> Piece:
    """Return a piece with the title in it cut to so many cells; other pieces come whole or not at all."""
    return replace(piece, text=cut(piece.text, cells, paint.glyphs.ellipsis)) if _is_title(piece) else piece


def _is_title(piece: Piece) -> bool:
    return piece.ink == "ink-strong"


def _title_length(kept: list[Piece]) -> int:
    return sum(width_of(piece.text) for piece in kept if _is_title(piece))


def _length(kept: list[Piece]) -> int:
    """Return the cells that pieces take, two between each and one at both ends."""
    return sum(width_of(piece.text) for piece in kept) + 2 * len(kept)


class Topline(Widget):
    """One line above the panes."""

    DEFAULT_CSS = """
    Topline { height: 1; background: $panel; }
    """

    playing: reactive[Playing] = reactive(Playing())
    """Title, play state, speed and schedule code."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self._said: list[Piece] = []
        self._trace: Trace | None = None
        self._position = 0

    def show(self, trace: Trace, position: int) -> None:
        """Show the trace after its first `position` events."""
        self._trace, self._position = trace, position
        self._say()

    def watch_playing(self) -> None:
        """Show what the player does."""
        self._say()

    def _say(self) -> None:
        if self._trace is None or not self.is_mounted:
            return
        trace, paint = self._trace, paint_of(self.app)
        said = pieces(trace.header, trace.state(self._position), trace.last_step, self.playing, paint)
        if said != self._said:
            self._said = said
            self.refresh()

    def on_language_changed(self) -> None:
        """Say it in the other language."""
        self._say()

    def on_mount(self) -> None:
        """Draw what was shown before there was a screen."""
        self._say()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        paint = paint_of(self.app) if self.is_mounted else DARK_PAINT
        if y:
            return Strip.blank(self.size.width, paint("ink", "raised"))
        return arranged(self._said, self.size.width, paint)
