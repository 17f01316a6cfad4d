"""The why pane: the step at the cursor in words, with its reasons; workers and objects are set apart by name."""

from collections.abc import Hashable, Sequence
from itertools import takewhile
from typing import ClassVar, Final

from textual.content import Content
from textual.content import Span as Stretch
from textual.strip import Strip

from ..trace.narrate import step_sentences, why
from ..trace.state import State
from .drawings.ink import EMPTY, Row, Span, row, strip
from .fitting import plain
from .pane import LinePane
from .why_names import found, names_of

_WIDEST: Final = 96
"""Cells of a line of prose; longer ones are hard to read."""


class WhyPane(LinePane):
    """Tells why the step at the cursor happened, or what a chosen worker is doing and why."""

    TITLE: ClassVar[str] = "Why"

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._worker: int | None = None
        self._lines: list[Row] = []

    @property
    def worker(self) -> int | None:
        """Whose situation is told besides the step; None for that of the one who acted."""
        return self._worker

    @worker.setter
    def worker(self, worker: int | None) -> None:
        if worker != self._worker:
            self._worker = worker
            if self.trace is not None:
                self.show(self.trace, self.position)

    def prepare(self) -> None:
        """Set the words at the cursor."""
        assert self.trace is not None
        state = self.trace.state(self.position)
        sentences = why(self.trace, self.position, self._worker)
        happened = set(step_sentences(self.trace, self.position))
        lead = sum(1 for _ in takewhile(happened.__contains__, sentences))
        self._lines = typeset(sentences, max(lead, 1), state, min(self.columns, _WIDEST))
        self.extent(len(self._lines))
        self.headline(info=f"step {state.step:,}" if self.position else "")

    def line_key(self, row: int) -> Hashable:
        """Return the words on a line."""
        place = row + self.scroll_offset.y
        return self._lines[place] if place < len(self._lines) else EMPTY

    def draw_line(self, row: int, width: int) -> Strip:
        """Paint the words on a line."""
        place = row + self.scroll_offset.y
        return strip(self._lines[place] if place < len(self._lines) else EMPTY, width, self.paint, "pane")


def typeset(sentences: Sequence[str], lead: int, state: State, width: int) -> list[Row]:
    """Return sentences as lines of at most `width` cells; the first `lead`, which say what happened, stand apart."""
    names = names_of(state)
    lines: list[Row] = []
    for number, sentence in enumerate(sentences):
        text = plain(sentence)
        marks = [Stretch(start, end, ink) for start, end, ink in found(text, names)]
        if number == lead:
            lines.append(EMPTY)
        base = "ink" if number >= lead else "ink-strong"
        lines += (_row(line, base) for line in Content(text, marks).wrap(max(width, 2)))
    return lines


def _row(line: Content, base: str) -> Row:
    """Return a wrapped line as a row; its marks are the inks of names."""
    text = line.plain.rstrip()
    spans: list[Span] = []
    done = 0
    for start, end, ink in sorted(line.spans, key=lambda mark: mark.start):
        if done < start:
            spans.append(Span(text[done:start], base))
        spans.append(Span(text[start:end], str(ink), bold=True))
        done = end
    return row(*(span for span in (*spans, Span(text[done:], base)) if span.text))
