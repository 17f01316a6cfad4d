"""An Event as a traffic light: red until it is set, with those who wait as cars behind the stop line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...locales.language import kept
from ...locales.words import _, pgettext
from ...trace.events import Kind
from ..palette import LOOKS
from .foresight import upcoming
from .frame import MARGIN, framed, named
from .ink import EMPTY, Picture, Row, Span, across, beside, clip, middle, row
from .scene import Crowd, Plate, Scene, Who, seconds, subject, times

_ON: Final = ("▟█▙", "▜█▛")
_OFF: Final = ("╭─╮", "╰─╯")
_CAR: Final = ("▗▟█▙▖", "▀●▀●▀")
_CAR_WIDTH: Final = 6
"""Cells of a car and the gap behind it."""
_ROWS: Final = 7
_WORDS: Final = 3
"""Rows of words above the road."""
_LANE_ROWS: Final = 3
_ROAD_AT: Final = 9
"""Cells that the light and the gap beside it take."""
_CROSSING: Final = 44
"""Inner width from which there is room for the car that has just passed."""


@dataclass(frozen=True, slots=True)
class TrafficLight:
    """Everything that the picture of an Event shows."""

    plate: Plate
    green: bool
    setter: Who | None
    """Who set or cleared it last."""
    since: int
    """Virtual nanoseconds of that."""
    changed: bool
    next_setter: Who | None
    """Who will set it, if that is recorded."""
    next_in: int
    """Virtual nanoseconds until then."""
    waiting: Crowd
    passing: Who | None
    """Who gets past by the event at the cursor."""
    passed: int
    sets: int


def look(scene: Scene) -> TrafficLight:
    """Gather what the picture shows."""
    thing, state, trace = scene.thing, scene.state, scene.trace
    ahead = None if thing.flag else upcoming(trace, state.position, thing.id, Kind.SET)
    now = trace.event(state.position - 1) if state.position else None
    passes = now is not None and now.kind is Kind.PASS and subject(now) == thing.id
    return TrafficLight(
        scene.plate(),
        thing.flag,
        scene.who(thing.worker),
        thing.since,
        thing.uses > 0,
        scene.who(ahead.worker) if ahead else None,
        ahead.time - state.time if ahead else 0,
        scene.waiting(),
        scene.who(now.worker) if now and passes else None,
        thing.passed,
        thing.uses,
    )


def rows(_capacity: int, _width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return max(_ROWS, _WORDS + _LANE_ROWS * (1 + bands))


@kept(256)
def draw(facts: TrafficLight, width: int, bands: int = 0) -> Picture:
    """Draw an Event."""
    inner = width - MARGIN
    road = _road(facts, inner - _ROAD_AT, 1 + bands)
    body = beside(_light(facts.green), (*_words(facts), EMPTY, *road), inner)
    foot = (
        _("{count:,} waiting", count=facts.waiting.count),
        _("{passed:,} passed", passed=facts.passed),
        _("set {times}", times=times(facts.sets)),
    )
    badge = (
        Span(pgettext("light", "GREEN"), "state-running", bold=True)
        if facts.green
        else Span(pgettext("light", "RED"), "state-failed", bold=True)
    )
    edge = "state-running" if facts.green else "state-failed" if facts.waiting else "edge"
    return framed(facts.plate, badge, body, foot, width, edge=edge)


def _light(green: bool) -> list[Row]:
    lamps = (
        *((_OFF if green else _ON)[at] for at in range(2)),
        *((_ON if green else _OFF)[at] for at in range(2)),
    )
    inks = ("faint", "faint", "state-running", "state-running") if green else ("state-failed",) * 2 + ("faint",) * 2
    post = "muted"
    return [
        row(Span("╭─────╮", post)),
        *(row(Span("│ ", post), Span(lamp, ink), Span(" │", post)) for lamp, ink in zip(lamps, inks, strict=True)),
        row(Span("╰──┬──╯", post)),
        row(Span("   │   ", post)),
    ]


def _words(facts: TrafficLight) -> list[Row]:
    if facts.green:
        by = row(Span(_("set by "), "muted"), named(facts.setter)) if facts.setter else EMPTY
        return [
            row(
                Span(pgettext("event", "set"), "state-running", bold=True),
                Span(_(" at {time}", time=seconds(facts.since)), "muted"),
            ),
            by,
        ]
    state = row(Span(_("cleared") if facts.changed else _("not set"), "state-failed", bold=True))
    if facts.next_setter is None:
        return [state, EMPTY]
    when = _(" sets it in {time}", time=seconds(facts.next_in)) if facts.next_in else _(" sets it now")
    return [state, row(named(facts.next_setter), Span(when, "muted"))]


def _road(facts: TrafficLight, width: int, lanes: int) -> list[Row]:
    """Return the stop line and the cars behind it, lane by lane; the last lane says how many more there are."""
    crossing = _CAR_WIDTH + 1 if width + _ROAD_AT >= _CROSSING else 0
    room = max(width - crossing - 2, 0)
    fit = (room + 1) // _CAR_WIDTH
    rest = f"+{facts.waiting.count:,}"
    fit_last = fit if facts.waiting.count <= fit * lanes else max((room - len(rest)) // _CAR_WIDTH, 0)
    rows_: list[Row] = []
    cars = facts.waiting.first
    for lane in range(lanes):
        last = lane == lanes - 1
        here, cars = cars[: fit_last if last else fit], cars[fit_last if last else fit :]
        gone = facts.passing if lane == 0 else None
        before = [_car(gone) if gone else _gap(_CAR_WIDTH - 1), _gap(2)] if crossing else []
        left = facts.waiting.count - fit * lane - len(here) if last else 0
        more = [EMPTY, row(Span(f" +{left:,}", "muted")) if left > 0 else EMPTY, EMPTY]
        cars_here = [across([*map(_car, here)], gap=1)] if here else []
        line = _stop_line(facts.green, last=last)
        rows_ += (clip(part, width) for part in across([*before, line, *cars_here, more]))
    return rows_


def _stop_line(green: bool, *, last: bool) -> list[Row]:
    mark = "╎ " if green else "┃ "
    return [row(Span(part, "cursor")) for part in (mark, mark, "  " if last else mark)]


def _car(who: Who) -> Sequence[Row]:
    ink = LOOKS[who.status].colour
    return [*(row(Span(line, ink)) for line in _CAR), row(Span(middle(who.tag, _CAR_WIDTH - 1), ink))]


def _gap(width: int) -> Sequence[Row]:
    return [row(Span(" " * width))] * _LANE_ROWS
