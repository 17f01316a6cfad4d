"""Playing moves the cursor at a pace that a person can follow, whatever virtual time does."""

import pytest
from concurrency_tui.trace.events import NANOSECONDS
from concurrency_tui.tui.player import (
    INSTANT,
    LONGEST,
    RUN,
    SPEEDS,
    STEP,
    Player,
    screen_time,
    start,
    step_back,
    step_forward,
)
from hypothesis import given
from hypothesis import strategies as st

from .. import canned
from .fakes import Clock, prefix


def test_a_step_of_a_quiet_instant_takes_its_full_time() -> None:
    assert screen_time(0, 1, 1) == STEP


def test_the_steps_of_a_busy_instant_share_its_time() -> None:
    assert 1000 * screen_time(0, 1000, 1000) == pytest.approx(INSTANT)


def test_the_steps_of_a_long_run_share_its_time() -> None:
    assert 1000 * screen_time(0, 1, 1000) == pytest.approx(RUN)


def test_a_second_of_sleep_takes_a_second() -> None:
    assert screen_time(NANOSECONDS, 1, 1) == 1.0


def test_an_hour_of_sleep_is_bearable() -> None:
    assert screen_time(3600 * NANOSECONDS, 1, 1) == LONGEST


@given(st.integers(0, 10**15), st.integers(0, 10**15), st.integers(1, 10**6))
def test_a_longer_sleep_never_looks_shorter(one: int, other: int, steps: int) -> None:
    short, long = sorted((one, other))
    assert screen_time(short, steps, steps) <= screen_time(long, steps, steps) <= LONGEST


def test_steps_forward_and_back_visit_the_same_places() -> None:
    trace = canned.deadlock()
    places = [start(trace)]
    while places[-1] < len(trace):
        places.append(step_forward(trace, places[-1]))
    back = [len(trace)]
    while back[-1] > start(trace):
        back.append(step_back(trace, back[-1]))
    assert back == places[::-1]
    assert len(places) > 10


def test_a_step_back_from_within_a_step_goes_to_its_beginning() -> None:
    trace = canned.traffic_light()
    inside = next(at for at in range(2, len(trace)) if trace.event(at - 1).step == trace.event(at).step > 1)
    assert trace.step_at(step_back(trace, inside)) == trace.event(inside).step - 1


def test_the_start_is_never_passed() -> None:
    trace = canned.deadlock()
    assert step_back(trace, start(trace)) == start(trace)


def test_playing_reaches_the_end_and_stops() -> None:
    trace, clock = canned.traffic_light(), Clock()
    player, position = Player(clock), start(trace)
    player.play()
    seconds = 0.0
    while player.playing:
        clock.tick(0.05)
        seconds += 0.05
        position = player.advance(trace, position)
    assert position == len(trace)
    assert 5 < seconds < 3 + 2 * INSTANT + 1


def test_pausing_holds_the_cursor() -> None:
    trace, clock = canned.deadlock(), Clock()
    player = Player(clock)
    player.play()
    held = player.advance(trace, start(trace))
    player.pause()
    clock.tick(100)
    assert player.advance(trace, held) == held


def test_playing_again_does_not_make_up_for_the_pause() -> None:
    trace, clock = canned.deadlock(), Clock()
    player = Player(clock)
    clock.tick(1000)
    player.play()
    moved = player.advance(trace, start(trace))
    assert trace.step_at(moved) <= 1


def test_twice_the_speed_takes_half_the_time() -> None:
    def duration(speed: float) -> float:
        trace, clock = canned.semaphore(), Clock()
        player, position = Player(clock), start(trace)
        player.speed = speed
        player.play()
        while player.playing:
            clock.tick(0.01)
            position = player.advance(trace, position)
        return clock.now

    assert duration(1.0) == pytest.approx(2 * duration(2.0), rel=0.05)


def test_at_the_end_of_a_growing_trace_it_waits() -> None:
    whole, clock = canned.deadlock(), Clock()
    growing = prefix(whole, len(whole) // 2)
    player = Player(clock)
    player.play()
    clock.tick(1000)
    position = player.advance(growing, start(growing))
    assert position == len(growing)
    assert player.playing
    growing.extend([whole.event(index) for index in range(len(growing), len(whole))])
    clock.tick(0.01)
    assert player.advance(growing, position) == position
    clock.tick(1000)
    assert player.advance(growing, position) == len(growing)
    assert not player.playing


def test_speeds_end_at_the_slowest_and_the_fastest() -> None:
    player = Player(Clock())
    for _ in SPEEDS:
        player.faster()
    assert player.speed == SPEEDS[-1]
    for _ in SPEEDS:
        player.slower()
    assert player.speed == SPEEDS[0]
