"""What the glyphs of a mosaic mean, and how many workers are in each state: one line below it."""

from textual.strip import Strip

from ..trace.state import Status
from .fitting import Line, width_of
from .palette import LOOKS, Paint


def legend(counts: tuple[tuple[Status, int], ...], width: int, paint: Paint) -> Strip:
    """Draw a census; what does not fit is cut whole."""
    line = Line(width, paint.glyphs.ellipsis)
    for status, count in counts:
        look = LOOKS[status]
        piece = f"{paint.glyph(status)} {look.short} {count:,}"
        if width_of(piece) + 3 > line.room:
            break
        line.add(f"{paint.glyph(status)} ", paint(look.colour, "pane"))
        line.add(f"{look.short} ", paint("muted", "pane")).add(f"{count:,}   ", paint("ink", "pane"))
    return line.strip(paint("muted", "pane"))
