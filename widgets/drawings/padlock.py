"""A Lock or RLock as a padlock: shut or open, who has it, how deep, and who waits in which order."""

from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import N_, _, pgettext
from .frame import MARGIN, framed, named, queue_lines
from .ink import EMPTY, Picture, Row, Span, across, beside, middle, padded, row
from .scene import Crowd, Plate, Scene, Who, seconds, times

_SHUT: Final = (" ▗▛▀▀▜▖ ", " ▐▌  ▐▌ ", "▟██▛▜██▙", "▜██▙▟██▛")
_OPEN: Final = (" ▗▛▀▀▜▖ ", " ▐▌  ▝▘ ", "▟██▛▜██▙", "▜██▙▟██▛")
_ROWS: Final = len(_SHUT)
_RINGS_WIDTH: Final = 8
_SLIM_WIDTH: Final = 6
_PHRASE: Final = 16
"""Cells of text from which whole phrases fit."""
_ROOMY: Final = 34
"""Inner width from which rings are drawn wide."""


@dataclass(frozen=True, slots=True)
class Padlock:
    """Everything that the picture of a lock shows."""

    plate: Plate
    reentrant: bool
    owner: Who | None
    depth: int
    since_step: int
    waiting: Crowd
    acquired: int
    longest: int

    @property
    def ink(self) -> str:
        """The colour of the padlock: stuck, wanted, held or free."""
        if self.plate.stuck:
            return "state-deadlocked"
        if self.owner:
            return "state-lock" if self.waiting else "state-queue"
        return "state-finished"


def look(scene: Scene) -> Padlock:
    """Gather what the picture shows."""
    thing = scene.thing
    return Padlock(
        scene.plate(),
        thing.kind == "RLock",
        scene.who(thing.owner),
        thing.depth,
        thing.since_step,
        scene.waiting(),
        thing.uses,
        thing.longest,
    )


def rows(_capacity: int, _width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return _ROWS + bands


@kept(512)
def draw(facts: Padlock, width: int, bands: int = 0) -> Picture:
    """Draw a lock."""
    inner = width - MARGIN
    rings = (_RINGS_WIDTH if inner > _ROOMY else _SLIM_WIDTH) if facts.reentrant else 0
    room = inner - rings
    art = [row(Span(line, facts.ink)) for line in (_SHUT if facts.owner else _OPEN)]
    body = beside(art, _words(facts, room - len(_SHUT[0]) - 2, bands), room)
    if facts.reentrant:
        body = across(([padded(line, room) for line in body], _rings(facts, rings, len(body))))
    foot = (
        _("acquired {times}", times=times(facts.acquired)),
        _("longest wait {time}", time=seconds(facts.longest)) if facts.longest else "",
    )
    badge = Span(_("held") if facts.owner else pgettext("lock", "open"), facts.ink, bold=True)
    return framed(facts.plate, badge, body, foot, width, edge="state-lock" if facts.waiting else "edge")


def _words(facts: Padlock, width: int, bands: int) -> list[Row]:
    words = N_("since step {step}") if width > _PHRASE else N_("step {step}")
    step = _(words, step=facts.since_step)
    since = row(Span(step if facts.acquired else _("not taken yet"), "muted"))
    if facts.owner:
        by = [Span(_("held by "), "muted")] if width > _PHRASE else []
        held = row(*by, named(facts.owner))
    else:
        held = row(Span(_("free"), facts.ink, bold=True))
    if not facts.waiting:
        return [held, since, row(Span(_("nobody waits"), "muted")), *[EMPTY] * (1 + bands)]
    waiting = row(Span(_("{count:,} waiting", count=facts.waiting.count), "state-lock"))
    return [held, since, waiting, *queue_lines(facts.waiting, width, 1 + bands)]


def _rings(facts: Padlock, width: int, height: int) -> list[Row]:
    """Return the depth as rings, one on another, with the number above where there is room, or else in the top one."""
    depth = facts.depth if facts.owner else 0
    rings = min(depth, height - 1)
    word = (_("{times} deep", times=times(depth)) if width == _RINGS_WIDTH else times(depth)) if depth else ""
    top = row(Span(middle(word, width), facts.ink if depth > 1 else "muted", bold=depth > 1))
    blank = row(Span(" " * width))
    ring = row(Span(middle(f"({'═' * (width - 4)})", width), facts.ink, bold=True))
    return [top, *[blank] * (height - 1 - rings), *[ring] * rings]
