"""The ready set against a plain set, whatever is enabled and disabled, one by one or in crowds."""

from concurrency_tui.engine.kernel.ready import Crowd, ReadySet
from concurrency_tui.engine.kernel.task import Task
from hypothesis import given
from hypothesis import strategies as st

TASKS = 24
numbers = st.integers(0, TASKS - 1)
steps = st.one_of(
    st.tuples(st.sampled_from(["add", "discard"]), numbers),
    st.tuples(st.sampled_from(["add_all", "discard_all"]), st.lists(numbers, max_size=TASKS, unique=True)),
    st.tuples(st.sampled_from(["join", "leave"]), numbers, st.integers(0, 1)),
    st.tuples(st.sampled_from(["enable", "disable"]), st.integers(0, 1)),
)


@given(st.lists(steps, max_size=60))
def test_its_numbers_are_those_that_are_enabled_in_order(program):
    ready, crowds = ReadySet(), (Crowd(), Crowd())
    tasks = [Task(number, f"t{number}", daemon=False) for number in range(TASKS)]
    single: set[int] = set()
    members: tuple[set[int], set[int]] = (set(), set())
    enabled: list[set[int]] = [set(), set()]
    for verb, what, *more in program:
        if verb in ("add", "discard", "add_all", "discard_all"):
            those = {what} if isinstance(what, int) else set(what)
            those -= members[0] | members[1]  # a task in a crowd is enabled by nobody else
            if isinstance(what, int):
                if those:
                    getattr(ready, verb)(tasks[what])
            else:
                getattr(ready, verb)([tasks[number] for number in what if number in those])
            single = single | those if verb.startswith("add") else single - those
        elif verb == "join" and what not in single | members[0] | members[1]:
            ready.join(crowds[more[0]], tasks[what])
            members[more[0]].add(what)
        elif verb == "leave" and what in members[more[0]]:
            ready.leave(crowds[more[0]], tasks[what])
            members[more[0]].discard(what)
            enabled[more[0]].discard(what)
        elif verb == "enable":
            ready.enable(crowds[what])
            enabled[what] = members[what].copy()
        elif verb == "disable":
            ready.disable(crowds[what])
            enabled[what] = set()
        assert ready.numbers == sorted(single | enabled[0] | enabled[1])


def test_who_was_enabled_first_is_known_by_a_rising_number():
    ready, crowd = ReadySet(), Crowd()
    tasks = [Task(number, "", daemon=False) for number in range(12)]
    ready.join(crowd, tasks[3])
    ready.add_all(tasks[4:])
    ready.add(tasks[0])
    ready.join(crowd, tasks[1])
    assert sorted(range(12), key=lambda number: tasks[number].ready_since or 99) == [3, *range(4, 12), 0, 1, 2]
