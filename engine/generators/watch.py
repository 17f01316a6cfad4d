"""What the changed generator functions call: it makes each generator that is resumed a worker inside its thread."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import CoroutineType, FrameType, GeneratorType
from typing import TYPE_CHECKING, Any, Final

from ...trace.events import Kind, WorkerFlag
from ..kernel.running import current_kernel
from ..probes.text import shown
from ..seam.threads import describe
from .rewriting import WATCH

if TYPE_CHECKING:
    from ..kernel.kernel import Kernel
    from ..kernel.strand import Strand

MOST: Final = 10_000
"""Generators of one run that become workers; those that come later act as whoever resumes them."""


class Driven:
    """A generator that has been resumed, until it ends."""

    __slots__ = ("acting", "below", "delegates", "strand")

    def __init__(self, strand: Strand) -> None:
        self.strand = strand
        self.acting = False
        """Whether it has been resumed and has not handed over since."""
        self.below: Strand | None = None
        """The worker inside its thread that resumed it; None: the thread itself did."""
        self.delegates = False
        """Whether it stands at a `yield from`, so that what the other one yields passes it by."""


class Generators:
    """Follows the generators of one run."""

    def __init__(self) -> None:
        self._driven: dict[FrameType, Driven] = {}
        self._by_strand: dict[Strand, Driven] = {}
        self._names: dict[str, int] = {}

    # Called by the program, in the generator's own frame.

    def enters(self) -> None:
        """Make a generator that is resumed for the first time a worker."""
        kernel, frame = _kernel(), sys._getframe(1)
        if kernel is None or len(self._by_strand) >= MOST:
            return
        strand = kernel.nest(self._name(frame.f_code.co_qualname.rpartition("<locals>.")[2]))
        flags = int(WorkerFlag.GENERATOR)
        kernel.recorder.emit(Kind.SPAWN, obj=strand.id, value=flags, text=strand.name, frame=frame.f_back)
        driven = self._driven[frame] = self._by_strand[strand] = Driven(strand)
        self.act(driven)
        kernel.recorder.begin(frame.f_code, frame.f_code.co_name)

    def acts(self) -> None:
        """Note that the generator acts, should an exception thrown into it have resumed it."""
        driven = self._driven.get(sys._getframe(1))
        if driven is not None:
            self.act(driven)

    def yields(self, value: object) -> object:
        """Tell that the generator hands a value to whoever resumed it, and return it."""
        driven = self._driven.get(sys._getframe(1))
        if driven is not None:
            self.hand_over(driven, value, sys._getframe(1))
        return value

    def rests(self) -> None:
        """Tell that the generator hands over nothing: a `yield` without a value."""
        driven = self._driven.get(sys._getframe(1))
        if driven is not None:
            self.hand_over(driven, _NOTHING, sys._getframe(1))

    def delegates(self, iterable: Any) -> Any:
        """Return what takes the place of an iterable that the generator yields from."""
        driven = self._driven.get(sys._getframe(1))
        if driven is None or _kernel() is None or isinstance(iterable, CoroutineType):
            return iterable
        if isinstance(iterable, GeneratorType) and WATCH in iterable.gi_code.co_names:
            driven.delegates = True  # it tells for itself
            return iterable
        return Passed(self, driven, iter(iterable), sys._getframe(1))

    def resumed(self, sent: object) -> object:
        """Note that the generator acts again, and return what it was sent."""
        driven = self._driven.get(sys._getframe(1))
        if driven is not None:
            driven.delegates = False
            self.act(driven)
        return sent

    def raised(self) -> None:
        """Tell that an exception ends the generator: somebody closed it, or it is the generator's own."""
        kernel, driven = _kernel(), self._driven.get(sys._getframe(1))
        error = sys.exc_info()[1]
        if kernel is None or driven is None or error is None:
            return
        self.act(driven)
        if driven.acting and not isinstance(error, GeneratorExit):
            kernel.recorder.fail(error, describe(error))
            driven.strand.failed = True
        else:
            kernel.recorder.end(driven.strand, cancelled=isinstance(error, GeneratorExit))
        driven.strand.done = True

    def left(self) -> None:
        """Tell that the generator has ended, however it did."""
        kernel, driven = _kernel(), self._driven.pop(sys._getframe(1), None)
        if driven is None:
            return
        if kernel is not None and not driven.strand.done:
            self.act(driven)
            kernel.recorder.end(driven.strand)
        driven.strand.done = True
        self._leave(driven)

    # Inside.

    def act(self, driven: Driven) -> None:
        """Make a generator the acting worker of its thread. In another thread it acts as whoever resumes it."""
        kernel = _kernel()
        task = driven.strand.task
        if not driven.acting and kernel is not None and kernel.current is task:
            driven.acting = True
            driven.below = task.strand
            task.strand = driven.strand

    def hand_over(self, driven: Driven, value: object, frame: FrameType) -> None:
        """Tell what a generator hands over, and let whoever resumed it act again."""
        kernel = _kernel()
        if kernel is None or not driven.acting:
            return
        text = "" if value is _NOTHING else shown(kernel, value)
        kernel.recorder.emit(Kind.YIELD, text=text, frame=frame)
        below = self._leave(driven)
        while below is not None and below.acting and below.delegates:
            below = self._leave(below)

    def _leave(self, driven: Driven) -> Driven | None:
        """Let the worker that resumed a generator act again; return it if that is a generator, too."""
        if not driven.acting:
            return None
        driven.acting = False
        if driven.strand.task.strand is driven.strand:
            driven.strand.task.strand = driven.below
        below, driven.below = driven.below, None
        return self._by_strand.get(below) if below is not None else None

    def _name(self, function: str) -> str:
        """Return a generator's name: its function's, and from the second on its number."""
        count = self._names[function] = self._names.get(function, 0) + 1
        return function if count == 1 else f"{function} {count}"


class Passed(Iterator[Any]):
    """What a generator yields from, where that does not tell for itself: a list, a library's generator.

    Which methods besides `__next__` it has, and what goes wrong with them, is as it is with the iterator itself.
    """

    def __init__(self, watch: Generators, driven: Driven, inner: Iterator[Any], frame: FrameType) -> None:
        self._watch = watch
        self._driven = driven
        self._inner = inner
        self._frame = frame

    def __next__(self) -> Any:
        return self._go_on(self._inner.__next__)

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._inner, name)
        return partial(self._go_on, attribute) if name in {"send", "throw"} else attribute

    def _go_on(self, advance: Callable[..., Any], *arguments: Any) -> Any:
        self._watch.act(self._driven)
        value = advance(*arguments)
        self._watch.hand_over(self._driven, value, self._frame)
        return value


_NOTHING: Final = object()


def _kernel() -> Kernel | None:
    """Return the kernel if what happens now is part of its run."""
    kernel = current_kernel()
    if kernel is None or kernel.current is None or kernel.closing or kernel.frozen:
        return None
    return kernel
