"""Processes as boxes: each with its pid, its workers and its own variables. Many are rows, very many are counts."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from ...locales.language import kept
from ...locales.words import _
from ...trace.state import Status
from ..fitting import cut, cut_middle, width_of
from ..palette import LOOKS
from . import NARROWEST, thread_boxes
from .frame import MARGIN, framed, marked
from .ink import EMPTY, Picture, Row, Span, across, clip, length, padded, row, spread
from .process_facts import Process, Processes, Variable
from .scene import Plate
from .thread_boxes import Level

_NARROWEST: Final = 26
"""Least width of a box where there are several side by side."""

_WIDEST: Final = 64
_BOXES: Final = 6
"""Most processes that are drawn as boxes."""
_TIERS: Final = 2
"""Rows of boxes at most; more processes than fit in them have a row each."""
_TALLEST: Final = 60
_FRAME: Final = 2
_WORKERS: Final = 3
_VARIABLES: Final = 3
_VALUES: Final = 3
_GAP: Final = 1
_SHORTEST_NAME: Final = 3
_SHARE: Final = 3
"""A name may take one part in so many of a row."""


@kept(256)
def draw(facts: Processes, width: int, height: int = _TALLEST) -> Picture:
    """Draw the processes; nothing where there is nothing to tell of them.

    Where threads have workers inside, these are drawn as roomily as `height` lines allow; of more processes than fit,
    how many there are in each status.
    """
    if not facts.count:
        return ()
    width = max(width, NARROWEST)
    if facts.nested and 0 < len(facts.each) <= _BOXES:
        return _nested(facts, width, height)
    in_tier = max(min((width + _GAP) // (_NARROWEST + _GAP), facts.count), 1)
    tiers = -(-facts.count // in_tier)
    if not facts.each or facts.count > _BOXES or tiers > _TIERS:
        told = 0 < len(facts.each) <= height - 2
        lines = [_line(process, width - MARGIN) for process in facts.each] if told else _summary(facts)
        return _framed(_("processes"), lines, _("{count:,} in all", count=facts.count), width)
    in_tier = -(-facts.count // tiers)
    return _boxes(facts, width, in_tier)


def _nested(facts: Processes, width: int, height: int) -> Picture:
    """Draw processes with their threads in them: at the roomiest level that fits, in as few columns as do."""
    most = max(min((width + _GAP) // (_NARROWEST + _GAP), facts.count), 1)
    shapes = [(level, in_tier) for level in Level for in_tier in range(1, most + 1)]
    heights = {shape: tall for shape in shapes if (tall := _height(facts, width, *shape)) is not None}
    fits = (shape for shape, most in heights.items() if most <= height)
    level, in_tier = next(fits, min(heights, key=heights.__getitem__))
    wide = _width(facts, width, in_tier)
    inner = wide - MARGIN
    lines: list[Row] = []
    for start in range(0, facts.count, in_tier):
        tier = facts.each[start : start + in_tier]
        bodies = [[*_own(each, inner, _owned(tier)), *_inside(each, inner, level)] for each in tier]
        longest = max(map(len, bodies))
        filled = ([*body, *[EMPTY] * (longest - len(body))] for body in bodies)
        lines += across([_box(each, wide, body) for each, body in zip(tier, filled, strict=True)], _GAP)
    return tuple(padded(line, width) for line in lines)


def _height(facts: Processes, width: int, level: Level, in_tier: int) -> int | None:
    """Return how many lines so many boxes side by side take at a level, or None if it cannot show them."""
    inner = _width(facts, width, in_tier) - MARGIN
    lines = 0
    for start in range(0, facts.count, in_tier):
        tier = facts.each[start : start + in_tier]
        tall = [thread_boxes.height(each.threads, each.more, inner, level) for each in tier]
        if None in tall:
            return None
        lines += _FRAME + _owned(tier) + max(one for one in tall if one is not None)
    return lines


def _width(facts: Processes, width: int, in_tier: int) -> int:
    """Return how wide each box is: no wider than the most threads that stand side by side in one need."""
    wide = (width - _GAP * (in_tier - 1)) // in_tier
    side_by_side = max(thread_boxes.columns(each.threads, wide - MARGIN) for each in facts.each)
    most = max((thread.strands.count for each in facts.each for thread in each.threads if thread.strands), default=0)
    return wide if most > _WIDEST else min(wide, _WIDEST * side_by_side)


def _owned(tier: Sequence[Process]) -> int:
    """Return how many lines the variables of each process in a row take."""
    return min(max(len(process.variables) for process in tier), _VARIABLES)


def _inside(process: Process, inner: int, level: Level) -> list[Row]:
    return thread_boxes.draw(process.threads, process.more, inner, level)


def _framed(name: str, lines: list[Row], badge: str, width: int) -> Picture:
    return framed(Plate(name, _("each with its own variables")), Span(badge, "muted"), lines, (), width)


def _boxes(facts: Processes, width: int, in_tier: int) -> Picture:
    wide = min((width - _GAP * (in_tier - 1)) // in_tier, _WIDEST)
    inner = wide - MARGIN
    variables = min(max(len(process.variables) for process in facts.each), _VARIABLES)
    workers = min(max(process.size for process in facts.each), _WORKERS)
    boxes = [
        _box(process, wide, [*_own(process, inner, variables), *_team(process, inner, workers)])
        for process in facts.each
    ]
    lines: list[Row] = []
    for start in range(0, len(boxes), in_tier):
        lines += across(boxes[start : start + in_tier], _GAP)
    return tuple(padded(line, width) for line in lines)


def _box(process: Process, width: int, body: list[Row]) -> Picture:
    plate = Plate(process.name, process.number or _("process"), lit=process.lit)
    return framed(plate, Span(""), body, (), width, edge="edge" if process.lit else "edge-strong")


def _own(process: Process, inner: int, lines: int) -> list[Row]:
    """Return the process's variables, on exactly so many lines."""
    shown = process.variables if len(process.variables) <= lines else process.variables[: lines - 1]
    said = [_variable(variable, inner) for variable in shown]
    if len(shown) < len(process.variables):
        said.append(row(Span(_("+{count} more variables", count=len(process.variables) - len(shown)), "muted")))
    return [*said, *[EMPTY] * (lines - len(said))]


def _variable(variable: Variable, inner: int) -> Row:
    """Return a name, its value, and how that came to differ from the other processes'."""
    ink = "cursor" if variable.touched else "ink-strong"
    name = Span(cut_middle(variable.name, max(inner // 2, 1)), "ink")
    equals = Span(" = ", "muted")
    room = max(inner - width_of(name.text) - width_of(equals.text), 1)
    value = Span(cut_middle(variable.value, room) or "?", ink, bold=True)
    line = row(name, equals, value)
    if not variable.differs:
        return line
    verb = _("changed") if variable.changed else _("written")
    words = (
        _("its own, {verb} in step {step}", verb=verb, step=variable.step),
        _("its own, {verb}", verb=verb),
        _("{verb} here", verb=verb),
        verb,
    )
    for said in words if variable.touched else (_("its own"), _("own")):
        if length(line) + 2 + width_of(said) <= inner:
            return spread(line, row(Span(said, ink if variable.touched else "muted")), inner)
    return line


def _team(process: Process, inner: int, lines: int) -> list[Row]:
    """Return the process's workers, on exactly so many lines; the last counts those that have none."""
    shown = process.workers if process.size <= lines else process.workers[: lines - 1]
    said: list[Row] = []
    for who in shown:
        look = LOOKS[who.status]
        word = row(Span(look.short, look.colour))
        room = inner - length(word) - 1
        name = marked(who)
        said.append(spread(name, word, inner) if length(name) <= room else clip(name, inner))
    if process.size > len(shown):
        head = row(Span(_("+{size:,} more  ", size=process.size - len(shown)), "muted"))
        named = Counter(who.status for who in shown)
        rest = tuple((status, count - named[status]) for status, count in process.counts if count > named[status])
        said.append(clip((*head, *_tally(rest, max(inner - length(head), 0))), inner))
    return [*said, *[EMPTY] * (lines - len(said))]


def _line(process: Process, inner: int) -> Row:
    """Return one process in one row: pid and name, its variables, its workers by state."""
    names = max(inner // _SHARE, 8)
    mark = Span("▸ " if process.lit else "  ", "accent")
    number = Span(process.number.removeprefix("pid ") + " " if process.number else "", "muted")
    room = names - 2 - width_of(number.text)
    name = Span(cut_middle(process.name, room) if room >= _SHORTEST_NAME else "", "ink-strong", bold=process.lit)
    head = padded(tuple(span for span in (mark, number, name) if span.text), names)
    tally = _tally(process.counts, inner // _SHARE)
    room = inner - names - length(tally) - 2
    return spread((*head, Span(" "), *_values(process, room)), tally, inner)


def _values(process: Process, room: int) -> Row:
    """Return as many variables with their values as have room."""
    line: Row = EMPTY
    for variable in process.variables:
        ink = "cursor" if variable.touched else "ink"
        value = Span(variable.value or "?", ink, bold=variable.touched)
        name = variable.name if line else cut(variable.name, max(room - 3 - width_of(value.text), 1))
        told = row(Span(f"{name} = ", "muted"), value)
        if line and length(line) + 2 + length(told) > room:
            break
        line = (*line, Span("  "), *told) if line else clip(told, max(room, 0))
    return line


def _summary(facts: Processes) -> list[Row]:
    """Return the counts of very many processes: by state, and by the values of their variables."""
    lines = [_tally(facts.counts, _WIDEST * 4, words=True)]
    for name, value, count in facts.values[:_VALUES]:
        many = _("  in {count:,}", count=count) if count > 1 else _("  in one")
        lines.append(
            row(Span(f"{cut(name, 24)} = ", "muted"), Span(cut(value, 24) or "?", bold=True), Span(many, "muted"))
        )
    return lines


def _tally(counts: tuple[tuple[Status, int], ...], room: int, *, words: bool = False) -> Row:
    """Return how many there are of each state, as far as there is room."""
    line: Row = EMPTY
    for status, count in counts:
        look = LOOKS[status]
        said = f"{look.glyph} {look.short} {count:,}" if words else f"{look.glyph} {count:,}"
        longer = row(*line, *([Span("   " if words else "  ")] if line else []), Span(said, look.colour))
        if length(longer) > room:
            break
        line = longer
    return line
