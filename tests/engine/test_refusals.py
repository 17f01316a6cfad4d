"""A release that raises is told, and changes nothing."""

import threading

import pytest
from concurrency_tui.engine.simulate import call
from concurrency_tui.engine.strategies.fifo import Fifo
from concurrency_tui.trace.events import Event, Kind


def program() -> None:
    """Release what is free, what is somebody else's, and one permit too many."""
    free, owned, permits = threading.Lock(), threading.RLock(), threading.BoundedSemaphore(1)

    def steal() -> None:
        with pytest.raises(RuntimeError):
            owned.release()

    with pytest.raises(RuntimeError):
        free.release()
    with owned:
        thief = threading.Thread(target=steal)
        thief.start()
        thief.join()
    with pytest.raises(ValueError, match="released too many times"):
        permits.release()


def test_a_release_that_raises_is_told() -> None:
    events: list[Event] = []
    _, outcome = call(program, Fifo(), events.append)
    assert outcome.name == "finished"
    names = {event.obj: event.text for event in events if event.kind is Kind.NAME}
    refused = [(event.worker, names[event.obj], event.text) for event in events if event.kind is Kind.REFUSE]
    assert refused == [(0, "free", "release"), (1, "owned", "release"), (0, "permits", "release")]
    released = [names[event.obj] for event in events if event.kind is Kind.RELEASE]
    assert released == ["owned"]
