"""Events kept as columns: 33 bytes an event, and each different text once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Final

from .events import Event, Kind

KINDS: Final = tuple(Kind)
"""Kinds in the order of the numbers that stand for them in `Columns.kind`."""

KIND_NUMBERS: Final = {kind: number for number, kind in enumerate(KINDS)}

_FAR: Final = -(2**30)
"""Values from here to 2**31 stand in their column; the column gives the place of any other one, counted below this."""

_REMEMBERED_TEXTS: Final = 1 << 16
"""How many texts are looked for when one comes again. Beyond that the search starts anew, to keep its table small."""


class Columns:
    """The fields of all events, one array each; `text` holds numbers of `texts`."""

    def __init__(self) -> None:
        self.kind = array("B")
        self.step = array("I")
        self.time = array("q")
        self.worker = array("i")
        self.obj = array("i")
        self.value = array("i")
        self.far_values = array("q")
        self.text = array("I")
        self.site = array("i")
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.kind)

    def extend(self, events: Sequence[Event]) -> None:
        """Append events, whose fields must be in their ranges."""
        numbers = KIND_NUMBERS
        kind = array("B", [numbers[event.kind] for event in events])
        step = array("I", [event.step for event in events])
        time = array("q", [event.time for event in events])
        worker = array("i", [event.worker for event in events])
        obj = array("i", [event.obj for event in events])
        value = array("i", self._shorten([event.value for event in events]))
        text = array("I", self._intern([event.text for event in events]))
        site = array("i", [event.site for event in events])
        self.kind.extend(kind)
        self.step.extend(step)
        self.time.extend(time)
        self.worker.extend(worker)
        self.obj.extend(obj)
        self.value.extend(value)
        self.text.extend(text)
        self.site.extend(site)

    def event(self, index: int) -> Event:
        """Return the event at `index`."""
        return next(self.events(index, index + 1))

    def events(self, start: int, stop: int) -> Iterator[Event]:
        """Return the events from index `start` up to `stop`."""
        return map(
            Event,
            map(KINDS.__getitem__, self.kind[start:stop]),
            self.step[start:stop],
            self.time[start:stop],
            self.worker[start:stop],
            self.obj[start:stop],
            self.values(start, stop),
            map(self.texts.__getitem__, self.text[start:stop]),
            self.site[start:stop],
        )

    def _shorten(self, values: list[int]) -> list[int]:
        """Return what the column holds for each value; the few that are large, such as deadlines, go elsewhere."""
        if not values or (min(values) >= _FAR and max(values) < 2**31):
            return values
        short = []
        for value in values:
            if _FAR <= value < 2**31:
                short.append(value)
            else:
                self.far_values.append(value)
                short.append(_FAR - len(self.far_values))
        return short

    def values(self, start: int, stop: int) -> Sequence[int]:
        """Return the values of some events, those that the column itself does not hold among them."""
        values = self.value[start:stop]
        if not values or min(values) >= _FAR:
            return values
        return [value if value >= _FAR else self.far_values[_FAR - 1 - value] for value in values]

    def _intern(self, texts: list[str]) -> list[int]:
        """Return the number of each text, giving new ones to texts not seen lately."""
        numbers = self._numbers
        found = []
        for text in texts:
            number = numbers.get(text)
            if number is None:
                if len(numbers) >= _REMEMBERED_TEXTS:
                    numbers.clear()
                number = numbers[text] = len(self.texts)
                self.texts.append(text)
            found.append(number)
        return found
