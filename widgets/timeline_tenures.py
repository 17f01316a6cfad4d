"""Which GILs and cores have a lane of the timeline, and what is in it, kept from frame to frame."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ..locales.words import _
from ..trace.events import NONE
from ..trace.state import State
from ..trace.store import Trace
from ..trace.tenures import Tenure
from .drawings.scene import Who, short_name
from .processes import name_of
from .tenure_cells import Cell, tenure_cells
from .timeline_axis import Axis
from .timeline_tenure import Name, TenureLane

MOST: Final = 16
"""Lanes of GILs and cores at most, so that they leave room for those of the workers."""


def chosen(trace: Trace) -> list[Tenure]:
    """Return what has a lane: GILs that workers share, and the cores where there is not just one such GIL."""
    gils = trace.tenures.shared
    return (gils if len(gils) == 1 else [*gils, *trace.tenures.cores])[:MOST]


class TenureLanes:
    """The lanes of one trace along one axis."""

    def __init__(self) -> None:
        self._axis: Axis | None = None
        self._trace: Trace | None = None
        self._kept: dict[tuple[int, int], tuple[Sequence[int], tuple[Cell, ...]]] = {}

    def lane(self, trace: Trace, state: State, tenure: Tenure, axis: Axis, bounds: Sequence[int]) -> TenureLane:
        """Return a lane without its cursor. Only columns that are new, or were the last one, are reckoned."""
        if trace is not self._trace or axis != self._axis:
            self._trace, self._axis = trace, axis
            self._kept.clear()
        key = tenure.thing, tenure.core
        known, cells = self._kept.get(key, ((), ()))
        if known != bounds:
            start = max(len(cells) - 1, 0)
            end = trace.duration if axis.unit == "time" else trace.last_step + 1
            cells = (*cells[:start], *tenure_cells(tenure, axis, bounds, end, start))
            self._kept[key] = bounds, cells
        holders = sorted({cell.holder for cell in cells} - {NONE})
        return TenureLane(
            _label(state, trace, tenure), cells, tuple(_named(state, each) for each in holders), axis.columns
        )


def _label(state: State, trace: Trace, tenure: Tenure) -> str:
    if tenure.core != NONE:
        return _("core {core}", core=tenure.core + 1)
    if len(trace.tenures.gils) == 1:
        return _("GIL")
    maker = tenure.maker
    process = state.workers[maker].process if 0 <= maker < len(state.workers) else NONE
    return _("GIL {process}", process=name_of(state, process))


def _named(state: State, holder: int) -> tuple[int, Name]:
    """Return a holder's names; one that has not been started at the cursor has none yet."""
    return holder, _called(state.workers[holder].name) if holder < len(state.workers) else Name("", "")


@lru_cache(maxsize=16384)
def _called(name: str) -> Name:
    who = Who(short_name(name))
    return Name(who.name, who.tag)
