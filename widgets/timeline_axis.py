"""The axis of the timeline: a window of virtual time, or of steps where no time passes. Pure arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10
from typing import Final, Literal, NamedTuple

from ..locales.words import N_, _
from ..trace.events import NANOSECONDS
from ..trace.store import Trace

Unit = Literal["time", "step"]

LABEL_ROOM: Final = 9
"""Cells from one label to the next, at least."""

CLOSEST: Final[dict[Unit, int]] = {"time": 100, "step": 8}
"""The smallest window: 100 ns, 8 steps."""

_SCALES: Final[tuple[tuple[int, str], ...]] = ((NANOSECONDS, N_("seconds")), (1_000_000, "ms"), (1000, "µs"), (1, "ns"))


class Tick(NamedTuple):
    """A mark on the axis."""

    column: int
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A window `span` long from `start` on, in nanoseconds or steps, on so many columns."""

    unit: Unit
    start: int
    span: int
    columns: int

    def column(self, at: int) -> int:
        """Return the column of a time or step; below 0 or beyond `columns` if it is outside the window."""
        return (at - self.start) * self.columns // self.span

    def at(self, column: int) -> int:
        """Return the first time or step that lies in a column."""
        return self.start - (-column * self.span // self.columns)

    @property
    def word(self) -> str:
        """The unit of the labels: "seconds", "ms", "µs", "ns" or "steps"."""
        return _(self._scale[1])

    @property
    def _scale(self) -> tuple[int, str]:
        if self.unit == "step":
            return 1, N_("steps")
        return next((scale for scale in _SCALES if self._pace >= scale[0] / 100), _SCALES[-1])

    @property
    def _pace(self) -> int:
        """How much lies between two ticks: 1, 2 or 5 times a power of ten."""
        return max(1, nice(self.span * LABEL_ROOM / max(1, self.columns)))

    def label(self, at: int) -> str:
        """Return a time or step in the axis's unit, as precise as the ticks are."""
        factor, pace = self._scale[0], self._pace
        digits = max(0, -floor(log10(pace / factor))) if pace < factor else 0
        return f"{at / factor:,.{digits}f}" if self.unit == "time" else f"{at:,}"

    def ticks(self) -> Iterator[Tick]:
        """Yield the marks inside the window."""
        pace = self._pace
        at = -(-self.start // pace) * pace
        while self.column(at) < self.columns:
            yield Tick(self.column(at), self.label(at))
            at += pace


def nice(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50… that is not below `least`."""
    if least <= 1:
        return 1
    power: int = 10 ** floor(log10(least))
    return next(round(step * power) for step in (1, 2, 5, 10) if step * power >= least)


def unit_of(trace: Trace, wanted: Literal["auto", "time", "step"] = "auto") -> Unit:
    """Return what the axis counts: time, unless none passes in the run."""
    if wanted != "auto":
        return wanted
    return "time" if trace.duration > 0 else "step"


def extent(trace: Trace, unit: Unit) -> int:
    """Return how long the whole run is on the axis, with a little room at the end.

    While the run still grows that is a round number, so that the picture does not shrink with every event.
    """
    whole = trace.duration + 1 if unit == "time" else trace.last_step + 1
    if not trace.complete:
        return max(CLOSEST[unit], nice(whole))
    return max(CLOSEST[unit], whole + whole // 64)


def window(unit: Unit, whole: int, zoom: int, start: int, cursor: int) -> tuple[int, int]:
    """Return (start, span) of the window at a zoom of 2 to that power, moved only as far as to hold the cursor."""
    span = max(min(CLOSEST[unit], whole), whole >> zoom)
    margin = span // 10
    if not start + margin <= cursor < start + span - margin:
        start = cursor - span // 2
    return max(0, min(start, whole - span)), span
