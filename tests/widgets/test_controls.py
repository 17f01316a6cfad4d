"""Controls: what they accept, how they step, and how the panel is worked with keys and mouse."""

import pytest
from concurrency_tui.widgets.controls import Control, ControlError, Section, read, shown, stepped
from concurrency_tui.widgets.controls_panel import ControlPanel, explained
from concurrency_tui.widgets.controls_rows import ControlRow, Field
from hypothesis import given
from hypothesis import strategies as some

from .gallery_objects import CONTROLS, PANES, Stand, stand, trace_of

COUNT = Control("n", "n", "int", 10, minimum=1, maximum=50)
HOLD = Control("t", "t", "float", 2.0, minimum=0, step=0.5, unit="s")
LOCK = Control("lock", "lock", "choice", "two", choices=("one", "two", "three"))


@pytest.mark.parametrize(
    ("control", "text", "value"),
    [
        (COUNT, " 12 ", 12),
        (COUNT, "1_0", 10),
        (HOLD, "1.5", 1.5),
        (HOLD, "3 s", 3.0),
        (LOCK, "one", "one"),
        (Control("b", "b", "bool", False), "Yes", True),
        (Control("b", "b", "bool", True), "off", False),
        (Control("s", "s", "str", ""), "a[/b]c", "a[/b]c"),
        (Control("c", "c", "choice", 1, choices=(1, 2)), "2", 2),
    ],
)
def test_what_is_typed_is_read(control: Control, text: str, value: object) -> None:
    assert read(control, text) == value
    assert type(read(control, text)) is type(value)


@pytest.mark.parametrize(
    ("control", "text", "reason"),
    [
        (COUNT, "ten", "not a whole number"),
        (COUNT, "1.5", "not a whole number"),
        (COUNT, "", "not a whole number"),
        (COUNT, "0", "at least 1"),
        (COUNT, "51", "at most 50"),
        (COUNT, "9" * 5000, "not a whole number"),
        (HOLD, "-1", "at least 0 s"),
        (HOLD, "nan", "not a finite number"),
        (HOLD, "1e999", "not a finite number"),
        (LOCK, "four", "one of one, two, three"),
        (Control("b", "b", "bool", True), "perhaps", "on or off"),
        (Control("s", "s", "str", ""), "x" * 10_001, "at most 10,000 characters"),
    ],
)
def test_what_will_not_do_has_a_reason_in_one_line(control: Control, text: str, reason: str) -> None:
    with pytest.raises(ControlError) as error:
        read(control, text)
    assert str(error.value) == reason


@given(some.integers(-100, 100))
def test_steps_stay_in_bounds(by: int) -> None:
    value = stepped(COUNT, by)
    assert isinstance(value, int)
    assert 1 <= value <= 50
    assert abs(value - 10) <= abs(by)


def test_steps_of_tenths_do_not_drift() -> None:
    control = Control("x", "x", "float", 0.1)
    assert stepped(control, 2) == 0.3
    assert stepped(HOLD, -9) == 0.0


def test_choices_and_switches_go_around() -> None:
    assert [stepped(LOCK, by) for by in (1, 2, -1, -2)] == ["three", "one", "one", "three"]
    assert stepped(Control("b", "b", "bool", False), 1) is True
    assert stepped(Control("c", "c", "choice", True, choices=(1, True, 1.0)), 1) == 1.0


def test_units_are_shown() -> None:
    assert [shown(HOLD, 2.0), shown(Control("v", "v", "float", 1.0, unit="×"), 1.0)] == ["2.0 s", "1.0×"]


def test_a_control_is_explained() -> None:
    assert explained(COUNT) == "1 to 50."
    assert explained(HOLD) == "At least 0 s."
    assert explained(Control("x", "x", "int", 1, maximum=9, help="How many.")) == "How many. At most 9."


def _panel(app: Stand) -> ControlPanel:
    return app.query_one(ControlPanel)


def _row(app: Stand, name: str) -> ControlRow:
    return next(row for row in app.query(ControlRow) if row.control.name == name)


async def test_numbers_step_with_arrows_and_letters() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        _row(app, "threads").focus()
        await pilot.press("right", "l", "h", "L", "H", "down", "left")
        assert app.changes == [
            ("threads", 11),
            ("threads", 12),
            ("threads", 11),
            ("threads", 21),
            ("threads", 11),
            ("hold", 1.5),
        ]


async def test_a_bound_is_the_end() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        _row(app, "seed").focus()
        await pilot.press("H", "left")
        assert app.changes == [("seed", 0)]


async def test_a_number_is_typed_and_a_wrong_one_says_why_in_place() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        row = _row(app, "threads")
        row.focus()
        await pilot.press("9", "9", "9", "enter")
        assert row.problem == "at most 500"
        assert "! at most 500" in row.render_line(1).text
        assert app.changes == []
        await pilot.press("backspace", "enter")
        assert app.changes == [("threads", 99)]
        assert row.problem == ""
        assert row.has_focus
        assert not app.query(Field)


async def test_escape_or_going_away_leaves_the_value() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        _row(app, "threads").focus()
        await pilot.press("enter", "7", "escape")
        assert not app.query(Field)
        assert _row(app, "threads").has_focus
        await pilot.press("enter", "x", "tab")
        await pilot.pause()
        assert not app.query(Field)
        assert app.changes == []
        assert _row(app, "threads").problem == ""


async def test_choices_switches_and_texts_by_key() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        _row(app, "lock").focus()
        await pilot.press(
            "right", "enter", "down", "enter", "down", "enter", "end", "!", "enter", "j", "k", "up", "left"
        )
        assert app.changes == [
            ("lock", "one RLock"),
            ("lock", "two locks"),
            ("daemon", False),
            ("greeting", "你好, [b]world[/b]!"),
            ("daemon", True),
        ]


async def test_everything_by_mouse() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        threads, lock, daemon = _row(app, "threads"), _row(app, "lock"), _row(app, "daemon")
        await pilot.click(threads, offset=(threads.size.width - 1, 0))
        await pilot.click(threads, offset=(threads.size.width - 10, 0))
        await pilot.click(lock, offset=(3, 2))
        await pilot.click(daemon)
        assert app.changes == [("threads", 11), ("threads", 10), ("lock", "one RLock"), ("daemon", False)]
        await pilot.click(threads, offset=(threads.size.width - 4, 0))
        assert app.query(Field)


async def test_new_values_keep_rows_and_focus() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        row = _row(app, "seed")
        row.focus()
        await pilot.pause()
        run = CONTROLS[1]
        new = tuple(Control("seed", "seed", "int", 8, minimum=0) if c.name == "seed" else c for c in run.controls)
        await _panel(app).put((CONTROLS[0], Section("Run", new)))
        assert _row(app, "seed") is row
        assert row.control.value == 8
        assert app.focused is row
        assert app.changes == []


async def test_other_controls_replace_the_rows() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        _row(app, "seed").focus()
        await pilot.pause()
        await _panel(app).put((Section("Run", (Control("seed", "seed", "int", 8),)),))
        await pilot.pause()
        assert [row.control.name for row in app.query(ControlRow)] == ["seed"]
        assert _row(app, "seed").has_focus


async def test_a_refusal_from_outside_is_shown_in_place() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 36)) as pilot:
        _panel(app).refuse("seed", "too [b]large\x1b[2J")
        await pilot.pause()
        assert "! too [b]large␛[2J" in _row(app, "seed").render_line(1).text
        _panel(app).refuse("seed", "")
        assert _row(app, "seed").problem == ""


async def test_home_and_end_are_left_to_the_screen() -> None:
    app = stand("controls", "daemon", 0)
    async with app.run_test(size=(24, 12)):
        keys = {key for node in (_row(app, "threads"), _panel(app)) for key in node._bindings.key_to_bindings}
        assert not keys & {"home", "end", "space"}


def test_looks(snap_compare) -> None:
    async def focus(pilot) -> None:
        _row(pilot.app, "hold").focus()

    assert snap_compare(stand("controls", "daemon", 0), terminal_size=(24, 30), run_before=focus)


def test_looks_while_typing(snap_compare) -> None:
    app = Stand([PANES["controls"]()], trace_of("daemon"), 0, light=True)

    async def type_(pilot) -> None:
        _row(pilot.app, "threads").focus()
        await pilot.press("9", "9", "9")

    assert snap_compare(app, terminal_size=(24, 30), run_before=type_)
