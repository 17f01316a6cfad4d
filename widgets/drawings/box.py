"""Any other object as a plain box: what it is, who has it, who waits for it, what belongs to it."""

from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import _
from .frame import MARGIN, framed, named, queue
from .ink import Picture, Row, Span, length, row
from .scene import Crowd, Plate, Scene, Who, seconds, times

_ROWS: Final = 2


@dataclass(frozen=True, slots=True)
class Box:
    """Everything that the picture of an object without a picture of its own shows."""

    plate: Plate
    owner: Who | None
    waiting: Crowd
    uses: int
    longest: int


def look(scene: Scene) -> Box:
    """Gather what the picture shows."""
    thing = scene.thing
    return Box(scene.plate(), scene.who(thing.owner), scene.waiting(), thing.uses, thing.longest)


def rows(_capacity: int, _width: int, _bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return _ROWS


@kept(256)
def draw(facts: Box, width: int, _bands: int = 0) -> Picture:
    """Draw an object of any kind."""
    inner = width - MARGIN
    held = (
        row(Span(_("held by "), "muted"), named(facts.owner))
        if facts.owner
        else row(Span(_("held by nobody"), "muted"))
    )
    foot = (
        _("used {times}", times=times(facts.uses)) if facts.uses else "",
        _("longest wait {time}", time=seconds(facts.longest)) if facts.longest else "",
    )
    waiting = facts.waiting.count
    badge = Span(_("{waiting:,} waiting", waiting=waiting) if waiting else "", "state-signal", bold=True)
    return framed(facts.plate, badge, [held, _crowd(facts.waiting, inner)], foot, width)


def _crowd(waiting: Crowd, inner: int) -> Row:
    if not waiting:
        return row(Span(_("nobody waits"), "muted"))
    head = row(Span(_("waiting "), "muted"))
    return (*head, *queue(waiting, inner - length(head)))
