"""The program's output as lines, each with who wrote it: an index over the trace, read no further than the cursor."""

from array import array
from bisect import bisect_right
from typing import Final, NamedTuple

from ..trace.sanitize import clean_lines
from ..trace.store import Trace
from .fitting import LONGEST

STANDARD_ERROR: Final = 2


class OutputLine(NamedTuple):
    """A line, or as much of it as is written at the cursor."""

    worker: int
    text: str
    error: bool
    """Whether it went to standard error."""
    written: int
    """The position just after the event that wrote the last of it."""


class OutputLines:
    """Lines of output in the order in which they began.

    What one worker writes piece by piece becomes one line, as long as nobody else writes in between.
    """

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._read = 0
        self._open = False
        # Of each line: the number of its first piece, who wrote it, where to, and the position after its first piece.
        self._first = array("I")
        self._worker = array("i")
        self._stream = array("q")
        self._begun = array("I")
        # Of each piece: the position after its event, and which line of that event's text it is.
        self._position = array("I")
        self._part = array("I")

    def count(self, position: int) -> int:
        """Return how many lines there are after the first `position` events."""
        self._read_to(position)
        return bisect_right(self._begun, position)

    def line(self, number: int, position: int) -> OutputLine:
        """Return a line, from 0, as it is at the cursor."""
        end = self._first[number + 1] if number + 1 < len(self._first) else len(self._position)
        first = self._first[number]
        end = bisect_right(self._position, position, first, end)
        text = "".join(self._piece(piece) for piece in range(first, end))
        error = self._stream[number] == STANDARD_ERROR
        return OutputLine(self._worker[number], clean_lines(text[:LONGEST]), error, self._position[end - 1])

    def _piece(self, piece: int) -> str:
        text = self.trace.event(self._position[piece] - 1).text
        return text.split("\n")[self._part[piece]].removesuffix("\r")

    def _read_to(self, position: int) -> None:
        outputs = self.trace.outputs
        while self._read < len(outputs) and outputs[self._read] < position:
            self._take(outputs[self._read])
            self._read += 1

    def _take(self, index: int) -> None:
        event = self.trace.event(index)
        *whole, rest = event.text.split("\n")
        for part in range(len(whole) + bool(rest)):
            same = self._open and self._worker[-1] == event.worker and self._stream[-1] == event.value
            if not same:
                self._first.append(len(self._position))
                self._worker.append(event.worker)
                self._stream.append(event.value)
                self._begun.append(index + 1)
            self._position.append(index + 1)
            self._part.append(part)
            self._open = part == len(whole)
