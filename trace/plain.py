"""A run as linear text: a line a step, for a screen reader, a pipe and a file."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Final

from .events import NONE, Event, Kind
from .fold import apply
from .narrate import DECLARATIONS, PASSING, tell
from .narrate_cycle import deadlock
from .narrate_nouns import worker
from .narrate_words import TEXT_LIMIT, duration, quoted, say
from .sanitize import clean, clean_lines
from .schedule_code import Schedule, ScheduleError, encode
from .state import State
from .store import Trace

_LEFT_OUT: Final = DECLARATIONS | {Kind.DEADLOCK}


def lines(trace: Trace) -> Iterator[str]:
    """Yield the run line by line, without line ends: its title, each step in sentences, and how it ended.

    Works through the whole trace once, and yields as it goes.
    """
    yield _title(trace)
    state = State()
    now = NONE
    for (step, time), events in groupby(chain.from_iterable(trace.batches()), key=_moment):
        told = _step(trace, state, step, events)
        for line in told:
            if time != now:
                yield say("plain.time", time=duration(time))
                now = time
            yield line
    yield from _end(trace, state)


def _moment(event: Event) -> tuple[int, int]:
    return event.step, event.time


def _step(trace: Trace, state: State, step: int, events: Iterable[Event]) -> Iterator[str]:
    """Fold the events of a step into the state; yield its line, with lines of output below and the end of the run."""
    sentences: list[str] = []
    passing: Event | None = None
    silent = True
    for event in events:
        block = _block(event)
        if event.kind in PASSING:
            passing = event
        elif block:
            key = "plain.output" if event.worker != NONE else "plain.output.nobody"
            sentences.append(say(key, worker=worker(state, event.worker)))
            yield from _line(step, sentences)
            yield from block
        elif event.kind is Kind.OUTCOME:
            yield from _line(step, sentences)
            yield tell(trace, state, event)
        elif (
            event.kind not in _LEFT_OUT and state.workers
        ):  # but for the main thread's start, which goes without saying
            sentences.append(tell(trace, state, event))
        silent = silent and not sentences and event.kind is not Kind.OUTCOME
        apply(state, event)
    if passing is not None and silent:
        sentences.append(tell(trace, state, passing))
    yield from _line(step, sentences)


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
