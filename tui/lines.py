"""The statements of one worker: where it comes to the next, and where it was before."""

from typing import Final

from ..trace.events import NONE, Kind
from ..trace.store import Trace

DECLARATIONS: Final = frozenset({Kind.OBJECT, Kind.NAME, Kind.SITE, Kind.FILE, Kind.SOURCE, Kind.PART})


def next_line(trace: Trace, position: int, worker: int) -> int | None:
    """Return the position after the worker's next statement, or None if it has no more."""
    now = _site_before(trace, position, worker)
    return next((at + 1 for at in range(position, len(trace)) if _comes(trace, at, worker, now)), None)


def previous_line(trace: Trace, position: int, worker: int) -> int | None:
    """Return the position after the worker's statement before the present one, or None if there is none."""
    now = _site_before(trace, position, worker)
    return next((at + 1 for at in range(position - 2, -1, -1) if _comes(trace, at, worker, now)), None)


def _comes(trace: Trace, index: int, worker: int, now: int) -> bool:
    """Tell whether an event shows the worker at a statement: a LINE, or another place in a trace without those."""
    event = trace.event(index)
    if event.worker != worker:
        return False
    if trace.header.lines:
        return event.kind is Kind.LINE
    return event.site not in (NONE, now) and event.kind not in DECLARATIONS


def _site_before(trace: Trace, position: int, worker: int) -> int:
    workers = trace.state(position).workers
    return workers[worker].site if 0 <= worker < len(workers) else NONE
