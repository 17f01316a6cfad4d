"""A Future that belongs to no pool: the call it stands for, who runs it, its result, and its callbacks."""

from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import _
from ..fitting import plain
from .frame import MARGIN, framed, named, queue
from .ink import EMPTY, Picture, Row, Span, length, row
from .scene import Crowd, Plate, Scene, Who, phase, seconds

_ROWS: Final = 3
_BADGES: Final = {
    "pending": ("▷", "muted"),
    "running": ("▶", "state-running"),
    "done": ("✓", "state-running"),
    "failed": ("✗", "state-failed"),
    "cancelled": ("†", "state-killed"),
}


@dataclass(frozen=True, slots=True)
class Future:
    """Everything that the picture of a future shows."""

    plate: Plate
    phase: str
    call: str
    worker: Who | None
    result: str
    age: int
    waiting: Crowd
    callbacks: tuple[tuple[str, str], ...]
    """Callback's name and the worker it ran on."""


def look(scene: Scene) -> Future:
    """Gather what the picture shows."""
    thing = scene.thing
    return Future(
        scene.plate(),
        plain(thing.phase) or "pending",
        plain(thing.call),
        scene.who(thing.worker),
        plain(thing.result),
        scene.age(thing.since) if thing.phase == "running" else 0,
        scene.waiting(),
        tuple((plain(name), who.name) for name, worker in thing.callbacks[:4] if (who := scene.who(worker))),
    )


def rows(_capacity: int, _width: int, _bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return _ROWS


@kept(256)
def draw(facts: Future, width: int, _bands: int = 0) -> Picture:
    """Draw a future."""
    inner = width - MARGIN
    glyph, ink = _BADGES.get(facts.phase, ("?", "muted"))
    call = Span(facts.call or _("no call"), "ink-strong" if facts.call else "muted", bold=True)
    body = [row(call, *_by(facts)), _outcome(facts), _crowd(facts, inner)]
    return framed(facts.plate, Span(f"{glyph} {phase(facts.phase)}", ink, bold=True), body, (), width)


def _by(facts: Future) -> Row:
    return row(Span(_(" on "), "muted"), named(facts.worker)) if facts.worker else EMPTY


def _outcome(facts: Future) -> Row:
    if facts.phase == "running":
        return row(Span(_("running for {time}", time=seconds(facts.age)), "muted"))
    if facts.phase == "done":
        return row(Span("→ ", "muted"), Span(facts.result, "state-running", bold=True))
    return row(Span(facts.result, "state-failed", bold=True)) if facts.result else EMPTY


def _crowd(facts: Future, inner: int) -> Row:
    if facts.waiting:
        head = row(Span(_("waiting "), "muted"))
        return (*head, *queue(facts.waiting, inner - length(head)))
    if facts.callbacks:
        name, worker = facts.callbacks[-1]
        return row(Span(_("callback "), "muted"), Span(name), Span(_(" on "), "muted"), Span(worker, bold=True))
    return row(Span(_("nobody waits"), "faint"))
