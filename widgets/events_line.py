"""One event as a line: its step, its time, and what happened in words."""

from typing import NamedTuple

from textual.strip import Strip

from ..trace.state import Status
from .fitting import Line, width_of
from .palette import LOOKS, Paint


class Told(NamedTuple):
    """An event as drawn."""

    step: str
    """Right-aligned; "" if the line above has the same step."""
    time: str
    """"" if no time passes in the run, or it is that of the line above."""
    status: Status
    """What the event left its worker doing."""
    text: str
    past: bool
    """Whether it has happened at the cursor."""
    now: bool = False
    """Whether it is the one before the cursor."""
    followed: bool = False


def event_line(told: Told, steps: int, times: int, width: int, paint: Paint) -> Strip:
    """Draw an event; step and time in columns of so many cells."""
    ground = "wash-cursor" if told.now else "pane"
    glyphs = paint.glyphs
    line = Line(width, glyphs.ellipsis)
    quiet = paint("muted", ground)
    line.add(f"{glyphs.pointer if told.now else ' '} ", paint("cursor", ground))
    line.add(f"{told.step:>{steps}}  ", paint("ink", ground) if told.now else quiet)
    if times:
        line.gap(times - width_of(told.time), quiet).add(f"{told.time}  ", quiet)
    colour = LOOKS[told.status].colour
    line.add(f"{paint.glyph(told.status)} ", paint(colour, ground) if told.past else paint.faded(colour, ground))
    ink = paint("ink" if told.past else "muted", ground, bold=told.now or (told.followed and told.past))
    return line.add(told.text, ink).strip(quiet)
