"""Characters other than the states' own that panes draw with, and what stands in for each on an ASCII terminal."""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters; each is one cell wide."""

    ellipsis: str
    left: str
    """Points from what is wanted to who has it."""
    said: str
    """Before a worker's output."""
    pin: str
    dot: str
    """Before birth on a lane; between facts."""
    handle: str
    """The cursor on the scrub bar."""
    done: str
    """Scrub bar before the cursor."""
    rest: str
    """Scrub bar after the cursor."""
    mark_done: str
    mark_rest: str
    cursor: str
    """The cursor across the lanes."""
    tick: str
    play: str
    pause: str
    back: str
    forward: str
    edge: str
    """Beside `back` and `forward`: all the way."""
    error: str
    """Marks a line of standard error."""
    more: str
    pointer: str
    """The line at the cursor."""
    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    horizontal: str
    vertical: str
    coroutine: str
    """Before the name of a worker inside a thread, by its kind."""
    greenlet: str
    generator: str


UNICODE: Final = Glyphs(
    ellipsis="…",
    left="←",
    said="\u203a",
    pin="•",
    dot="·",
    handle="●",
    done="━",
    rest="─",
    mark_done="╋",
    mark_rest="┼",
    cursor="│",
    tick="╵",
    play="▶",
    pause="‖",
    back="◂",
    forward="▸",
    edge="│",
    error="!",
    more="▾",
    pointer="▸",
    top_left="╭",
    top_right="╮",
    bottom_left="╰",
    bottom_right="╯",
    horizontal="─",
    vertical="│",
    coroutine="↝",
    greenlet="↬",
    generator="↻",
)

ASCII: Final = Glyphs(
    ellipsis="~",
    left="<",
    said=">",
    pin="*",
    dot=".",
    handle="O",
    done="=",
    rest="-",
    mark_done="#",
    mark_rest="+",
    cursor="|",
    tick="'",
    play=">",
    pause='"',
    back="<",
    forward=">",
    edge="|",
    error="!",
    more="v",
    pointer=">",
    top_left="+",
    top_right="+",
    bottom_left="+",
    bottom_right="+",
    horizontal="-",
    vertical="|",
    coroutine="%",
    greenlet="&",
    generator="@",
)

NAMES: Final = tuple(field.name for field in fields(Glyphs))
