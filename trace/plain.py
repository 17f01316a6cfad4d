"""A run as linear text: a line a step, for a screen reader, a pipe and a file."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from .events import NONE, Event, Kind
from .fold import apply
from .narrate import DECLARATIONS, tell
from .narrate_cycle import deadlock
from .narrate_nouns import worker
from .narrate_words import TEXT_LIMIT, duration, quoted, say
from .sanitize import clean, clean_lines
from .schedule_code import Schedule, ScheduleError, encode
from .state import State
from .store import Trace

_LEFT_OUT: Final = DECLARATIONS | {Kind.DEADLOCK, Kind.OUTCOME}


def lines(trace: Trace) -> Iterator[str]:
    """Yield the run line by line, without line ends: its title, each step in sentences, and how it ended.

    Works through the whole trace once, and yields as it goes.
    """
    yield _title(trace)
    state = State()
    sentences: list[str] = []
    step = time = NONE
    for event in chain.from_iterable(trace.batches()):
        if event.kind not in _LEFT_OUT:
            if (event.step, event.time) != (step, time):
                yield from _line(step, sentences)
            if event.time != time:
                yield say("plain.time", time=duration(event.time))
            step, time = event.step, event.time
            block = _block(event)
            if block:
                key = "plain.output" if event.worker != NONE else "plain.output.nobody"
                sentences.append(say(key, worker=worker(state, event.worker)))
                yield from _line(step, sentences)
                yield from block
            else:
                sentences.append(tell(trace, state, event))
        elif event.kind is Kind.OUTCOME:
            yield from _line(step, sentences)
            yield tell(trace, state, event)
        apply(state, event)
    yield from _line(step, sentences)
    yield from _end(trace, state)


def _line(step: int, sentences: list[str]) -> Iterator[str]:
    """Yield the line of a step, unless there is nothing to tell, and begin a new one."""
    if sentences:
        yield say("plain.step", step=step, sentences=" ".join(sentences))
        sentences.clear()


def _block(event: Event) -> list[str]:
    """Return output as lines of their own, where it has several or is too long for a sentence; else []."""
    if event.kind is not Kind.OUTPUT:
        return []
    text = event.text.removesuffix("\n")
    if "\n" not in text and len(text) <= TEXT_LIMIT:
        return []
    return [say("plain.line", text=line) for line in clean_lines(text).split("\n")]


def _title(trace: Trace) -> str:
    header = trace.header
    target = quoted(header.target)
    if header.engine == "live":
        return say("end", clause=say("plain.title.live", target=target))
    fields = {"target": target, "strategy": quoted(header.strategy), "seed": header.seed}
    try:
        code = encode(Schedule.of(header))
    except ScheduleError:  # a header from a stranger need not tell a schedule
        return say("end", clause=say("plain.title.codeless", **fields))
    return say("end", clause=say("plain.title", code=code, **fields))


def _end(trace: Trace, state: State) -> Iterator[str]:
    """Yield what is to be said at the end: who is deadlocked, how much there was, what is wrong with the trace."""
    yield from deadlock(trace, state)
    spent = duration(trace.duration)
    yield say("end", clause=say("plain.total", steps=state.step, workers=len(state.workers), duration=spent))
    if trace.notice:
        yield say("end", clause=say("plain.notice", notice=clean(trace.notice)))
