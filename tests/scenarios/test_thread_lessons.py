"""What the lessons about starting, joining and ending threads claim, tried under many seeds."""

import pytest
from concurrency_tui.trace.events import NANOSECONDS, NONE, Kind, WorkerFlag

from .here import SEEDS, every_seed, simulated

STYLES = ("function", "subclass")


@every_seed
@pytest.mark.parametrize("style", STYLES)
def test_main_speaks_first_while_the_greeters_sleep(seed, style):
    run = simulated("start-thread", seed, style=style)
    assert list(run.workers.values()) == ["MainThread", "greeter 0", "greeter 1"]
    assert run.lines[0] == "main has no more to do"
    assert sorted(run.lines[1:]) == ["hello from greeter 0", "hello from greeter 1"]
    assert (run.outcome, run.seconds) == ("finished", 1.0)


@every_seed
def test_a_function_and_a_subclass_run_alike_but_for_where_they_begin(seed):
    runs = [simulated("start-thread", seed, style=style) for style in STYLES]
    told = [[(event.kind, event.step, event.time, event.worker) for event in run.events] for run in runs]
    assert [one for one in told[0] if one[0] not in (Kind.SITE, Kind.SOURCE)] == [
        one for one in told[1] if one[0] not in (Kind.SITE, Kind.SOURCE)
    ]
    begun = [{event.text for event in run.kinds(Kind.BEGIN)} - {"<module>"} for run in runs]
    assert begun == [{"greet"}, {"Greeter.run"}]


def test_without_a_delay_main_may_be_first_in_between_and_last():
    places = {simulated("start-thread", seed, delay=0).lines.index("main has no more to do") for seed in SEEDS}
    assert places == {0, 1, 2}


@pytest.mark.parametrize("style", STYLES)
def test_run_instead_of_start_makes_no_thread(style):
    run = simulated("start-thread", style=style, method="run()")
    assert list(run.workers.values()) == ["MainThread"]
    assert run.lines == ["hello from MainThread"] * 2 + ["main has no more to do"]
    assert run.seconds == 2.0


@every_seed
def test_active_threads_are_counted_before_during_and_after(seed):
    run = simulated("thread-info", seed)
    counts = [line for line in run.lines if "active" in line]
    assert counts == [
        "before start: 1 active (MainThread)",
        "after start: 3 active (MainThread, worker 0, worker 1)",
        "after join: 1 active (MainThread)",
    ]
    looks = [event.text for event in run.kinds(Kind.LOOK)]
    assert looks == ["is_alive → False"] * 2 + ["is_alive → True"] * 2 + ["is_alive → False"] * 2
    assert run.when("after start") == [0.0] * 3
    assert run.when("after join") == [3.0] * 3


def test_python_makes_names_up_from_a_number_and_the_function():
    run = simulated("thread-info", named=False)
    assert list(run.workers.values()) == ["MainThread", "Thread-1 (work)", "Thread-2 (work)"]
    assert "Thread-1 (work) begins" in run.lines


def test_a_count_may_be_out_of_date_when_the_next_line_comes():
    counts, contradictions = set(), 0
    for seed in range(60):
        lines = simulated("thread-info", seed, seconds=0).lines
        counted = next(line for line in lines if line.startswith("after start") and "active" in line)
        counts.add(counted.split()[2])
        contradictions += "worker 0" in counted and "after start: worker 0 is not alive" in lines
        contradictions += "worker 1" in counted and "after start: worker 1 is not alive" in lines
    assert counts == {"1", "2", "3"}
    assert contradictions


@every_seed
@pytest.mark.parametrize(
    ("join", "done", "end"), [("never", 0.0, 3.0), ("when all run", 3.0, 3.0), ("after each start", 6.0, 6.0)]
)
def test_when_main_joins_decides_how_long_it_takes(seed, join, done, end):
    run = simulated("join", seed, join=join)
    assert (run.outcome, run.when("main is done"), run.seconds) == ("finished", [done], end)
    assert f"main is done after {done} s" in run.lines
    assert all("over" in line for line in run.lines if "goes on" in line)


def test_joining_after_each_start_leaves_one_job_at_a_time():
    lines = simulated("join", join="after each start").lines
    assert [line for line in lines if line.startswith("job")] == [
        f"job {number} {what}" for number in (1, 2, 3) for what in ("begins", "is done")
    ]


@every_seed
def test_a_join_that_times_out_disturbs_nobody(seed):
    run = simulated("join", seed, patience=0.5)
    assert [(event.time / NANOSECONDS, event.text) for event in run.kinds(Kind.TIMEOUT)] == [
        (0.5, "join"),
        (1.0, "join"),
        (1.5, "join"),
    ]
    assert [line for line in run.lines if "goes on" in line] == [
        f"main goes on: job {number} is still alive" for number in (1, 2, 3)
    ]
    assert run.when("main is done") == [1.5]
    assert [run.when(f"job {number} is done") for number in (1, 2, 3)] == [[1.0], [2.0], [3.0]]


@every_seed
def test_a_daemon_is_killed_when_the_program_ends(seed):
    run = simulated("daemon", seed)
    assert [line for line in run.lines if "copy" in line] == ["copy 1 is saved", "copy 2 is saved"]
    assert "the file is closed" not in run.lines
    assert [run.workers[event.worker] for event in run.kinds(Kind.KILL)] == ["autosave"]
    assert not run.kinds(Kind.JOIN)
    assert (run.outcome, run.seconds) == ("finished", 2.5)


@every_seed
def test_a_thread_that_is_no_daemon_is_waited_for(seed):
    run = simulated("daemon", seed, daemon=False)
    assert run.when("is saved") == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert run.when("the editor closes") == [2.5]
    assert run.lines[-1] == "the file is closed"
    assert not run.kinds(Kind.KILL)
    assert run.seconds == 5.0


def test_a_daemon_that_is_done_in_time_is_not_killed():
    run = simulated("daemon", editing=6.0)
    assert run.when("the file is closed") == [5.0]
    assert not run.kinds(Kind.KILL)


def test_a_copy_at_the_last_moment_is_saved_or_lost():
    assert {len(simulated("daemon", seed, editing=2.0).when("is saved")) for seed in SEEDS} >= {1, 2}


@every_seed
def test_a_daemon_ends_well_while_another_thread_keeps_the_process_alive(seed):
    run = simulated("daemon-surprise", seed)
    flags = {event.text: event.value for event in run.kinds(Kind.SPAWN)}
    assert flags["music"] == WorkerFlag.DAEMON
    assert run.when("main ends") == [0.0]
    assert run.when("the music ends") == [1.0]
    assert (run.when("the download ends"), run.seconds) == ([3.0], 3.0)
    assert not run.kinds(Kind.KILL)
    (waited,) = run.kinds(Kind.JOIN)
    assert (run.workers[waited.worker], run.workers[waited.obj]) == ("MainThread", "download")


@every_seed
def test_a_daemon_that_outlasts_the_others_is_killed(seed):
    run = simulated("daemon-surprise", seed, music=5.0)
    assert (run.when("the music ends"), run.when("the download ends"), run.seconds) == ([], [3.0], 3.0)
    assert [run.workers[event.worker] for event in run.kinds(Kind.KILL)] == ["music"]


def test_at_the_same_moment_either_the_music_or_the_process_is_faster():
    assert {len(simulated("daemon-surprise", seed, music=3.0).when("the music ends")) for seed in SEEDS} == {0, 1}


def test_with_two_daemons_the_run_is_over_at_once_and_some_threads_never_begin():
    begun = set()
    for seed in SEEDS:
        run = simulated("daemon-surprise", seed, both_daemons=True)
        assert (run.seconds, run.when("the music ends"), run.when("the download ends")) == (0.0, [], [])
        assert len(run.kinds(Kind.KILL)) == 2
        begun.add(len(run.when("begins")))
    assert min(begun) < 2


def test_nobody_waits_for_a_thread_that_has_ended():
    run = simulated("join", 0, join="when all run")
    joined = [run.workers[event.obj] for event in run.kinds(Kind.JOINED)]
    assert joined == ["job 1", "job 2", "job 3"]
    assert all(event.value == NONE for event in run.kinds(Kind.JOINED))
