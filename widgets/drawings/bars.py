"""Little bars in eighths of a cell."""

from typing import Final

_EIGHTHS: Final = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def bar(value: int, longest: int, width: int) -> str:
    """Return a bar of exactly `width` cells, filled in the proportion of `value` to `longest`; never quite empty."""
    if longest <= 0 or width <= 0:
        return " " * max(width, 0)
    eighths = max(min(value, longest) * width * 8 // longest, 1)
    full, part = divmod(eighths, 8)
    return ("█" * full + _EIGHTHS[part]).ljust(width)
