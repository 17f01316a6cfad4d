"""A Timer as a clock: when it will go off."""

from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import _
from ...trace.events import NONE
from .frame import MARGIN, framed, named
from .ink import Picture, Row, Span, beside, row
from .scene import Plate, Scene, Who, seconds

_FACE: Final = ("╭─┴─╮", "│ {} │", "╰───╯")
_HANDS: Final = ("╵", "\u2571", "─", "\u2572", "╷", "\u2571", "─", "\u2572")


@dataclass(frozen=True, slots=True)
class Clock:
    """Everything that the picture of a timer shows."""

    plate: Plate
    who: Who | None
    """The worker that waits in it."""
    left: int
    """Virtual nanoseconds until it goes off; NONE where nobody waits."""
    whole: int
    """Virtual nanoseconds from its start to the end."""
    waited: int
    """Virtual nanoseconds it has waited in all, once it is over."""


def look(scene: Scene) -> Clock:
    """Gather what the picture shows."""
    thing, state = scene.thing, scene.state
    worker = thing.waiters[0] if thing.waiters and 0 <= thing.waiters[0] < len(state.workers) else NONE
    if worker == NONE:
        return Clock(scene.plate(), scene.who(thing.creator), NONE, 0, thing.longest)
    waiter = state.workers[worker]
    timed = waiter.deadline != NONE
    return Clock(
        scene.plate(),
        scene.who(worker),
        max(waiter.deadline - state.time, 0) if timed else NONE,
        waiter.deadline - waiter.since if timed else 0,
        thing.longest,
    )


def rows(_capacity: int, _width: int, _bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return len(_FACE)


@kept(256)
def draw(facts: Clock, width: int, _bands: int = 0) -> Picture:
    """Draw a timer."""
    running = facts.left != NONE
    ink = "state-sleeping" if running else "muted"
    hand = _HANDS[(facts.whole - facts.left) * len(_HANDS) // facts.whole % len(_HANDS)] if facts.whole > 0 else "·"
    art = [row(Span(line.format(hand), ink)) for line in _FACE]
    body = beside(art, _words(facts, running), width - MARGIN)
    badge = Span(
        _("in {time}", time=seconds(facts.left)) if running else _("over") if facts.waited else _("at rest"),
        ink,
        bold=True,
    )
    return framed(facts.plate, badge, body, (), width)


def _words(facts: Clock, running: bool) -> list[Row]:
    if running:
        return [
            row(Span(_("goes off in "), "muted"), Span(seconds(facts.left), "state-sleeping", bold=True)),
            row(Span(_("of {time}", time=seconds(facts.whole)), "muted")),
            row(Span(_("in "), "muted"), named(facts.who)),
        ]
    if facts.waited:
        return [row(Span(_("over"), "muted")), row(Span(_("waited {time}", time=seconds(facts.waited)), "muted"))]
    return [row(Span(_("not started"), "muted"))]
