"""One worker as a line: for more workers than cards have room for."""

from typing import Final

from textual.strip import Strip

from ..locales.language import kept
from ..locales.words import _
from ..trace.state import Status
from .fitting import Line, cut_middle, fit, width_of
from .palette import LOOKS, Paint
from .worker_facts import Facts
from .worker_strip import strip_segments

NARROW: Final = 28
"""Cells below which a row has room for glyph, name and line only."""

STRIP: Final = 12
"""Cells of history at the right end, on rows of at least `WIDE` cells."""

WIDE: Final = 76

SHORTEST_FACT: Final = 6

INDENT: Final = 3
"""Cells before the name of a worker inside a thread."""
_STATE: Final = 9
"""Cells of the word for what a worker does."""


@kept(4096)
def row(facts: Facts, width: int, names: int, paint: Paint) -> Strip:
    """Draw a worker in exactly `width` cells, of which its name gets `names` as far as there is room."""
    alarm = facts.status in (Status.DEADLOCKED, Status.FAILED)
    ground = "wash-alarm" if alarm else "wash-follow" if facts.followed else "pane"
    colour, quiet = LOOKS[facts.status].colour, paint("muted", ground)
    line = Line(width, paint.glyphs.ellipsis)
    if facts.key:
        ink = paint("accent" if facts.runnable else "faint", ground, bold=facts.runnable)
        line.add(f"{facts.key} ", ink)
    else:
        line.add(f"{paint.glyphs.pin} " if facts.pinned else "  ", paint("accent", ground))
    line.add(f"{paint.glyph(facts.status)} ", paint(colour, ground))
    if width < NARROW:
        _name(line, facts, width - 4 - len(facts.line) - 1, ground, paint)
        return line.add(facts.line, paint("ink", ground)).strip(quiet)
    _name(line, facts, min(names, max(8, (width - 20) // 3)), ground, paint)
    line.add(fit(LOOKS[facts.status].short, _STATE), paint(colour, ground)).add(
        f"{facts.line:>5} ", paint("ink", ground)
    )
    strip = STRIP if width >= WIDE else 0
    if line.room - strip > SHORTEST_FACT:
        _tell(line, facts, strip, ground, paint)
    if strip:
        line.fill(quiet, keep=strip)
        line.segments.extend(strip_segments(facts.history, strip, paint, ground))
        line.room = 0
    return line.strip(quiet)


def _name(line: Line, facts: Facts, cells: int, ground: str, paint: Paint) -> None:
    """Add the name in so many cells, and a blank. Who runs inside a thread stands further in, behind its sign."""
    if facts.sort and cells > INDENT:
        line.add(f" {facts.sort.sign(paint.glyphs)} ", paint("muted", ground))
        cells -= INDENT
    name = cut_middle(facts.name, max(1, cells), paint.glyphs.ellipsis)
    style = paint("accent" if facts.followed else "muted" if _ended(facts) else "ink", ground, bold=facts.followed)
    line.add(name, style).gap(cells + 1 - width_of(name), style)


def _ended(facts: Facts) -> bool:
    return facts.status in (Status.FINISHED, Status.KILLED)


def _tell(line: Line, facts: Facts, keep: int, ground: str, paint: Paint) -> None:
    """Add facts before the last `keep` cells, the most telling first: that one may be cut, the others come whole."""
    piece = Line(line.room - keep - 1 if keep else line.room, paint.glyphs.ellipsis)
    shorter = facts.place.partition(_(", behind "))[0]
    told = (
        ("muted" if _ended(facts) else "ink", (facts.wants.removeprefix(_("wants ")).replace("←", paint.glyphs.left),)),
        ("muted", (_("+{count:,} inside", count=facts.inside),) if facts.inside else ()),
        ("muted", (facts.process if not facts.sort else "",)),
        ("ink", (_("holds {holds}", holds=facts.holds),) if facts.holds else ()),
        ("muted", (facts.place, shorter)),
        ("muted", (f"{paint.glyphs.said} {facts.output}",) if facts.output else ()),
    )
    for ink, wordings in told:
        if not piece.segments:
            piece.add(wordings[0] if wordings else "", paint(ink, ground))
            continue
        text = next((words for words in wordings if width_of(words) + 3 <= piece.room), "")
        if text:
            piece.add(f" {paint.glyphs.dot} ", paint("faint", ground)).add(text, paint(ink, ground))
    line.segments.extend(piece.segments)
    line.room -= piece.width - piece.room
