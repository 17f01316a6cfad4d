"""The why pane: the step at the cursor in words, with its reasons; workers and objects are set apart by name."""

from collections.abc import Hashable, Sequence
from itertools import takewhile
from typing import ClassVar, Final

from textual.content import Content
from textual.content import Span as Stretch
from textual.strip import Strip

from ..locales.words import N_, _
from ..trace.narrate import step_sentences, why
from ..trace.state import State
from .drawings.ink import EMPTY, Row, Span, row, strip
from .fitting import plain
from .pane import LinePane
from .prose import breaks
from .why_names import found, names_in
from .worker_order import View

_WIDEST: Final = 96
"""Cells of a line of prose; longer ones are hard to read."""


class WhyPane(LinePane):
    """Tells what happened in the step at the cursor and why, and what the followed worker is doing."""

    TITLE: ClassVar[str] = N_("Why")

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._view = View()
        self._lines: list[Row] = []

    @property
    def view(self) -> View:
        """What the person looks at: of the followed worker it is told, below the step, what it is doing and why."""
        return self._view

    @view.setter
    def view(self, view: View) -> None:
        if view.followed != self._view.followed and self.trace is not None:
            self._view = view
            self.show(self.trace, self.position)
        self._view = view

    def prepare(self) -> None:
        """Set the words at the cursor."""
        assert self.trace is not None
        trace, position, width = self.trace, self.position, min(self.columns, _WIDEST)
        state = trace.state(position)
        sentences = why(trace, position)
        happened = set(step_sentences(trace, position))
        lead = sum(1 for _ in takewhile(happened.__contains__, sentences))
        self._lines = typeset(sentences, max(lead, 1), state, width)
        followed = self._view.followed
        if 0 <= followed < len(state.workers) and followed != state.running:
            self._lines += [EMPTY, *typeset(why(trace, position, followed), 1, state, width)]
        self.extent(len(self._lines))
        self.headline(info=_("step {step:,}", step=state.step) if position else "")

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
    texts = [plain(sentence) for sentence in sentences]
    names = names_in(texts, state)
    lines: list[Row] = []
    for number, text in enumerate(texts):
        marks = [Stretch(start, end, ink) for start, end, ink in found(text, names)]
        if number == lead:
            lines.append(EMPTY)
        base = "ink" if number >= lead else "ink-strong"
        lines += (_row(line, base) for line in Content(text, marks).divide(breaks(text, max(width, 2))))
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
