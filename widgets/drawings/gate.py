"""A Barrier as a gate: a place for every party, taken by those who have arrived; it lifts when all are there."""

from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import _, pgettext
from ..palette import LOOKS
from .frame import MARGIN, framed, queue_lines
from .ink import EMPTY, Picture, Row, Span, across, length, middle, padded, row
from .scene import Crowd, Plate, Scene, Who, seconds

_ROWS: Final = 4
_GATE: Final = 3
_WIDE: Final = 4
"""Cells for a party where there is room for its tag."""
_SHUT: Final = ("▐▒▌", "▐▒▌", "▐▒▌", "▔▔▔")
_LIFTED: Final = ("▝▀▘", "   ", "   ", "▔▔▔")


@dataclass(frozen=True, slots=True)
class Gate:
    """Everything that the picture of a barrier shows."""

    plate: Plate
    parties: int
    arrived: Crowd
    broken: bool
    passed: int
    longest: int

    @property
    def rounds(self) -> int:
        """How often all parties have come through."""
        return self.passed // self.parties if self.parties else 0

    @property
    def open(self) -> bool:
        """Whether those who arrived are on their way through."""
        return bool(self.parties and self.passed % self.parties) and not self.broken


def look(scene: Scene) -> Gate:
    """Gather what the picture shows."""
    thing = scene.thing
    return Gate(scene.plate(), max(thing.capacity, 0), scene.waiting(), thing.flag, thing.passed, thing.longest)


def rows(_capacity: int, _width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return _ROWS + bands


@kept(256)
def draw(facts: Gate, width: int, bands: int = 0) -> Picture:
    """Draw a barrier."""
    inner = width - MARGIN
    room = inner - _GATE - 2
    ink = "state-failed" if facts.broken else "state-running" if facts.open else "state-signal"
    posts = _LIFTED if facts.open or facts.broken else _SHUT
    body = [
        (*padded(line, room), Span("  "), Span(post, ink))
        for line, post in zip(_places(facts, room, bands), (*posts, *["   "] * bands), strict=True)
    ]
    foot = (
        _("{passed:,} passed", passed=facts.passed),
        _("round {rounds:,}", rounds=facts.rounds + 1),
        _("longest wait {time}", time=seconds(facts.longest)) if facts.longest else "",
    )
    return framed(
        facts.plate, _badge(facts, ink), body, foot, width, edge=ink if facts.broken or facts.arrived else "edge"
    )


def _badge(facts: Gate, ink: str) -> Span:
    if facts.broken:
        return Span(_("✗ broken"), ink, bold=True)
    if facts.open:
        return Span(pgettext("gate", "open"), ink, bold=True)
    return Span(_("{count:,} of {parties:,}", count=facts.arrived.count, parties=facts.parties), ink, bold=True)


def _places(facts: Gate, width: int, bands: int) -> list[Row]:
    """Return a mark for every party, the first to come next to the gate, and their tags below."""
    parties = max(facts.parties, facts.arrived.count)
    wide = _WIDE if parties * _WIDE <= width else 2
    shown = min(parties, max(width // wide, 1))
    here = facts.arrived.first[:shown]
    places = [_place(who, wide) for who in here]
    places += [_place(None, wide)] * (min(facts.arrived.count, shown) - len(here))
    places += [[row(Span(middle("○", wide), "muted")), row(Span(" " * wide))]] * (shown - len(places))
    marks = across(places[::-1]) if places else [EMPTY, EMPTY]
    missing = parties - facts.arrived.count
    words = _("waits for {missing:,} more", missing=missing) if missing else _("all are here")
    if facts.open:
        words = _("all were here: the gate is open")
    if facts.broken:
        words = _("whoever waits gets a BrokenBarrierError")
    names = queue_lines(facts.arrived, width, 1 + bands)
    if not facts.arrived:
        names[0] = row(Span(_("nobody has arrived"), "muted"))
    lines = [(Span(" " * max(width - length(line), 0)), *line) for line in marks]
    return [*lines, row(Span(words, "muted")), *names]


def _place(who: Who | None, width: int) -> list[Row]:
    ink = LOOKS[who.status].colour if who else "state-signal"
    tag = who.tag if who and width == _WIDE else ""
    return [row(Span(middle("●", width), ink, bold=True)), row(Span(middle(tag, width), ink))]
