"""A ThreadPoolExecutor: tasks pending, a slot for each of its workers, results, and the thread each callback ran on."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from ...locales.language import kept
from ...locales.words import _
from ..fitting import cut
from ..palette import LOOKS
from .frame import MARGIN, framed, queue
from .ink import EMPTY, Picture, Row, Span, clip, length, row
from .pool_facts import Pool, look
from .pool_slots import SLOT_ROWS, bank, plan

__all__ = ["OWN_PARTS", "draw", "look", "rows"]

OWN_PARTS: Final = True

_CALLBACKS: Final = 2
"""How many of the latest callbacks are told at least."""


def rows(capacity: int, width: int, bands: int) -> int:
    """Return how many rows the picture takes inside its frame."""
    return plan(capacity, width - MARGIN)[0] * SLOT_ROWS + 2 * (1 + bands) + _CALLBACKS + bands


@kept(256)
def draw(facts: Pool, width: int, bands: int = 0) -> Picture:
    """Draw a pool."""
    inner = width - MARGIN
    body = [
        *_pending(facts, inner, 1 + bands),
        *bank(facts, inner),
        *_results(facts, inner, 1 + bands),
        *_callbacks(facts, inner, _CALLBACKS + bands),
    ]
    submitted, pending, running, settled = facts.counts
    foot = (
        _("submitted {submitted:,}", submitted=submitted),
        _("running {running:,}", running=running),
        _("done {settled:,}", settled=settled),
        _("pending {pending:,}", pending=pending),
        _("callbacks {called_back:,}", called_back=facts.called_back) if facts.called_back else "",
    )
    if facts.closed:
        badge = Span(_("shut down"), "muted", bold=True)
    else:
        busy = running >= facts.size > 0
        badge = Span(
            _("{running:,} of {size:,} busy", running=running, size=facts.size),
            "state-lock" if busy and pending else "state-running",
            bold=True,
        )
    return framed(facts.plate, badge, body, foot, width)


def _pending(facts: Pool, inner: int, lines: int) -> list[Row]:
    pending = facts.counts[1]
    head = row(Span(_("pending "), "muted"), Span(f"{pending:,} ", "state-lock" if pending else "muted", bold=True))
    tasks = [row(Span(f" {task} ", "ink", on="raised")) for task in facts.pending]
    return _listed(head, tasks, pending, inner, lines)


_MARKS: Final = {
    "done": ("✓", "state-running"),
    "failed": ("✗", "state-failed"),
    "cancelled": ("†", "state-killed"),
}


def _results(facts: Pool, inner: int, lines: int) -> list[Row]:
    """Return the results, the latest first."""
    settled = facts.counts[3]
    head = row(Span(_("done "), "muted"), Span(f"{settled:,} ", "state-running" if settled else "muted", bold=True))
    results = []
    for result in reversed(facts.results):
        mark, ink = _MARKS.get(result.phase, ("?", "muted"))
        results.append(row(Span(mark + " ", ink), Span(cut(result.text or "None", max(inner // 2, 8)), ink)))
    return _listed(head, results, settled, inner, lines)


def _listed(head: Row, items: Sequence[Row], count: int, width: int, lines: int) -> list[Row]:
    """Return exactly so many lines with as many items as fit, and how many more there are."""
    said: list[Row] = []
    shown = 0
    indent = length(head)
    for at in range(lines):
        line: Row = head if at == 0 else row(Span(" " * indent))
        while shown < len(items):
            left = count - shown - 1
            more = f" +{left:,}" if left and at == lines - 1 else ""
            longer = (*line, Span(" "), *items[shown]) if length(line) > indent else (*line, *items[shown])
            if length(longer) + len(more) > width:
                break
            line = longer
            shown += 1
        said.append(line)
    rest = count - shown
    if rest > 0:
        said[-1] = (*said[-1], Span(f" +{rest:,}" if length(said[-1]) > indent else f"+{rest:,}", "muted"))
    return [clip(line, width) for line in said]


def _callbacks(facts: Pool, inner: int, room: int) -> list[Row]:
    """Return the latest callbacks, with a last row for those who wait for results."""
    lines = []
    for at, callback in enumerate(list(reversed(facts.callbacks))[:room]):
        label = Span(_("callback ") if at == 0 else " " * cell_len(_("callback ")), "muted")
        where = row(Span(_(" on "), "muted"), Span(callback.who.name, LOOKS[callback.who.status].colour, bold=True))
        note = row(Span(_("  in the pool") if callback.in_pool else _("  not in the pool"), "faint"))
        call = clip(row(Span(callback.text)), max(inner - length(row(label)) - length(where), 6))
        line = (label, *call, *where)
        lines.append((*line, *note) if length(line) + length(note) <= inner else clip(line, inner))
    if not lines:
        lines.append(row(Span(_("no callback yet"), "faint")))
    lines += [EMPTY] * (room - len(lines))
    if facts.waiting:
        head = row(Span(_("result "), "muted"), Span(f"{facts.wanted} ", "accent"), Span("◂ ", "faint"))
        lines[-1] = (*head, *queue(facts.waiting, max(inner - length(head), 0)))
    return [clip(line, inner) for line in lines]
