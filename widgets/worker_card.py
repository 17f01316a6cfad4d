"""One worker as a card: name in the border, state with its line and recent history, and what it holds, wants, said."""

from typing import Final, NamedTuple

from textual.strip import Strip

from ..locales.language import kept
from ..locales.words import N_, _
from ..trace.state import Status
from .fitting import Line, cut_middle, width_of
from .palette import LOOKS, Paint
from .worker_facts import Facts
from .worker_strip import strip_segments

STRIP: Final = 10
"""Cells of history on a card, if there is room for at least `SHORTEST_STRIP`."""

SHORTEST_STRIP: Final = 3

_BESIDE_HOME: Final = 6
"""Cells of a card's upper border that the process or thread it runs in leaves free, besides the key."""


_VERBS: Final = (N_("holds"), N_("wants"), N_("waits"), N_("until"), N_("in"))
"""First words of facts, which matter less than what comes after."""


class _Tone(NamedTuple):
    """Colours of a card's parts."""

    ground: str
    edge: str
    name: str


@kept(1024)
def card(facts: Facts, width: int, height: int, paint: Paint) -> tuple[Strip, ...]:
    """Draw a card of exactly `width` cells and `height` lines, borders included; at least 12 by 4."""
    tone = _tone(facts)
    inner = width - 4
    lines = [_state(facts, inner, tone, paint)]
    lines += [_fact(ink, text, inner, tone, paint) for ink, text in _told(facts, height - 3, paint.glyphs.said)]
    lines += [Line(inner).strip(paint("ink", tone.ground))] * (height - 2 - len(lines))
    boxed = (_boxed(line, width, tone, paint) for line in lines)
    return (_top(facts, width, tone, paint), *boxed, _bottom(width, tone, paint))


def _tone(facts: Facts) -> _Tone:
    if facts.status is Status.DEADLOCKED:
        return _Tone("wash-alarm", "state-deadlocked", "ink-strong")
    if facts.status is Status.FAILED:
        return _Tone("wash-alarm", "state-failed", "ink-strong")
    if facts.followed:
        return _Tone("wash-follow", "accent", "ink-strong")
    if facts.status is Status.RUNNING:
        return _Tone("card", "state-running", "ink-strong")
    if facts.status in (Status.FINISHED, Status.KILLED):
        return _Tone("card", "edge", "muted")
    return _Tone("card", "edge", "ink")


def _top(facts: Facts, width: int, tone: _Tone, paint: Paint) -> Strip:
    glyphs = paint.glyphs
    edge = paint(tone.edge, tone.ground)
    key = f" {facts.key} " if facts.key else ""
    line = Line(width, glyphs.ellipsis).add(f"{glyphs.top_left}{glyphs.horizontal} ", edge)
    if facts.pinned:
        line.add(f"{glyphs.pin} ", paint("accent", tone.ground))
    if facts.sort:
        line.add(f"{facts.sort.sign(glyphs)} ", paint("muted", tone.ground))
    name = cut_middle(facts.name, line.room - len(key) - 4, glyphs.ellipsis)
    line.add(name, paint("accent" if facts.followed else tone.name, tone.ground, bold=True))
    room = line.room - len(key) - _BESIDE_HOME
    home = next((words for words in _homes(facts) if 0 < width_of(words) <= room), "")
    if home:
        line.add(f"  {home}", paint("muted", tone.ground))
    line.add(" ", edge).add(glyphs.horizontal * (line.room - len(key) - 2), edge)
    if key:
        ink = paint("accent", "raised", bold=True) if facts.runnable else paint("faint", tone.ground)
        line.add(key, ink)
    return line.add(f"{glyphs.horizontal}{glyphs.top_right}", edge).strip(edge)


def _homes(facts: Facts) -> tuple[str, ...]:
    """Return where a worker runs, in the words that say most first."""
    if facts.sort:
        kind = facts.sort.word
        return (_("{kind} in {thread}", kind=kind, thread=facts.host), _("in {thread}", thread=facts.host), kind)
    if facts.inside:
        inside = _("+{count:,} inside", count=facts.inside)
        return (f"{facts.process} {inside}".strip(), inside, f"+{facts.inside:,}")
    return (facts.process,)


def _bottom(width: int, tone: _Tone, paint: Paint) -> Strip:
    glyphs = paint.glyphs
    edge = paint(tone.edge, tone.ground)
    return (
        Line(width)
        .add(
            glyphs.bottom_left + glyphs.horizontal * (width - 2) + glyphs.bottom_right,
            edge,
        )
        .strip(edge)
    )


def _boxed(inner: Strip, width: int, tone: _Tone, paint: Paint) -> Strip:
    side = paint(tone.edge, tone.ground)
    line = Line(width).add(f"{paint.glyphs.vertical} ", side)
    line.segments.extend(inner)
    line.room -= inner.cell_length
    return line.add(f" {paint.glyphs.vertical}", side).strip(side)


def _state(facts: Facts, width: int, tone: _Tone, paint: Paint) -> Strip:
    look = LOOKS[facts.status]
    line = Line(width, paint.glyphs.ellipsis)
    line.add(
        f"{paint.glyph(facts.status)} {look.short}",
        paint(look.colour, tone.ground, bold=True),
    )
    line.add(f" {facts.line}" if facts.line else "", paint("ink", tone.ground))
    cells = min(STRIP, line.room - 1)
    if cells >= SHORTEST_STRIP:
        line.fill(paint("ink", tone.ground), keep=cells)
        line.segments.extend(strip_segments(facts.history, cells, paint, tone.ground))
        line.room = 0
    return line.strip(paint("ink", tone.ground))


def _told(facts: Facts, lines: int, said: str) -> list[tuple[str, str]]:
    """Return the facts that fit, as (ink, text) in reading order; what it wants outranks what it holds and said."""
    waits = facts.status not in (
        Status.FINISHED,
        Status.KILLED,
        Status.READY,
        Status.RUNNING,
    )
    told = [
        (1, "ink", _("holds {holds}", holds=facts.holds) if facts.holds else ""),
        (0, "ink" if waits else "muted", facts.wants),
        (3, "muted", facts.place),
        (2, "muted", f"{said} {facts.output}" if facts.output else ""),
    ]
    told = [fact for fact in told if fact[2]]
    kept = sorted(told)[:lines]
    return [(ink, text) for rank, ink, text in told if (rank, ink, text) in kept]


def _fact(ink: str, text: str, width: int, tone: _Tone, paint: Paint) -> Strip:
    if paint.ascii_only:
        text = text.replace("←", paint.glyphs.left)
    if width_of(text) > width:
        # The state above says it already, and names matter more.
        text = text.removeprefix(_("wants ")).removeprefix(_("waits for "))
        place, _behind, ahead = text.partition(_(", behind "))
        text = _("{place} in the queue", place=place) if ahead and width_of(text) > width else text
    verb, space, rest = text.partition(" ")
    line = Line(width, paint.glyphs.ellipsis)
    if verb in (*map(_, _VERBS), paint.glyphs.said) and width_of(verb) < width:
        line.add(verb + space, paint("muted", tone.ground)).add(rest, paint(ink, tone.ground))
    else:
        line.add(text, paint(ink, tone.ground))
    return line.strip(paint("ink", tone.ground))
