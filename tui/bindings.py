"""Every key of the app, as data: id, keys, action, words and topic. Footer, help screen and palette are made from it.

Each action has two keys, so that one of them needs no AltGr on any keyboard. People remap by id with Textual's keymap.
What a key does now or not at all, the screen that owns it says in its `check_action`.
"""

from dataclasses import replace
from typing import Final

from textual.binding import Binding

from ..locales.words import N_

MOVE: Final = Binding.Group(N_("Move in time"))
CHOOSE: Final = Binding.Group(N_("Choose who runs"))
RUN: Final = Binding.Group(N_("Run again"))
LOOK: Final = Binding.Group(N_("Look"))
KEEP: Final = Binding.Group(N_("Open, keep, share"))
APP: Final = Binding.Group(N_("App"))

TOPICS: Final = (MOVE, LOOK, CHOOSE, KEEP, RUN, APP)
"""The order of the help screen."""

DIGITS: Final = tuple("123456789")
"""Keys that run the worker of that number."""


def _key(  # noqa: PLR0917 - a table reads best in columns
    name: str,
    keys: str,
    action: str,
    words: str,
    tooltip: str,
    topic: Binding.Group,
    *,
    footer: str | None = "",
) -> Binding:
    """Build a binding; `footer` is how the footer writes the key ("" as it is, None not at all)."""
    return Binding(
        keys,
        action,
        words,
        tooltip=tooltip,
        id=name,
        group=topic,
        show=footer is not None,
        key_display=footer or None,
    )


STAGE: Final[tuple[Binding, ...]] = (
    _key("stage.play", "space,f5", "play", N_("play"), N_("Play the run, or pause it."), MOVE),
    _key("stage.step", "right,full_stop", "step", N_("step"), N_("Go one step on."), MOVE, footer="←→"),
    _key("stage.step_back", "left,comma", "step_back", N_("step back"), N_("Go one step back."), MOVE, footer=None),
    _key(
        "stage.next_event", "c,ctrl+right", "event(1)", N_("next event"), N_("Go to the next interesting event."), MOVE
    ),
    _key(
        "stage.previous_event",
        "C,ctrl+left",
        "event(-1)",
        N_("event before"),
        N_("Go to the interesting event before."),
        MOVE,
        footer=None,
    ),
    *(
        _key(
            f"stage.run_{digit}",
            digit,
            f"choose({digit})",
            N_("run worker"),
            N_("Run the worker of that number now: a branch of this run."),
            CHOOSE,
            footer="1-9" if digit == "1" else None,
        )
        for digit in DIGITS
    ),
    _key(
        "stage.next_line",
        "n,ctrl+down",
        "line(1)",
        N_("next line"),
        N_("Next statement of the followed worker."),
        MOVE,
    ),
    _key(
        "stage.previous_line",
        "N,ctrl+up",
        "line(-1)",
        N_("line before"),
        N_("Its statement before."),
        MOVE,
        footer=None,
    ),
    _key("stage.start", "home,g", "start", N_("start"), N_("Go to the start; the run is kept."), MOVE, footer=None),
    _key("stage.end", "end,G", "end", N_("end"), N_("Go to the end of what has run."), MOVE, footer=None),
    _key("stage.slower", "minus,left_square_bracket", "speed(-1)", N_("slower"), N_("Play slower."), MOVE, footer=None),
    _key(
        "stage.faster",
        "equals_sign,right_square_bracket",
        "speed(1)",
        N_("faster"),
        N_("Play faster."),
        MOVE,
        footer=None,
    ),
    _key(
        "stage.run_followed",
        "enter,d",
        "choose_followed",
        N_("run followed"),
        N_("Run the followed worker now."),
        CHOOSE,
        footer=None,
    ),
    _key(
        "stage.release",
        "0,a",
        "release",
        N_("let it decide"),
        N_("Let the strategy decide from here on."),
        CHOOSE,
        footer="0",
    ),
    _key("stage.undo", "u,z", "undo", N_("undo"), N_("Take a choice back; its branch is kept."), CHOOSE),
    _key("stage.redo", "Z,U", "redo", N_("redo"), N_("Make that choice again."), CHOOSE),
    _key("stage.branches", "b,B", "branches", N_("branches"), N_("Show the tree of all runs made here."), CHOOSE),
    _key("stage.rerun", "r,f9", "rerun", N_("again"), N_("Run again with the same seed."), RUN),
    _key("stage.reseed", "R,ctrl+r", "reseed", N_("new seed"), N_("Run again with the next seed."), RUN),
    _key("stage.filter", "slash,ctrl+f", "filter", N_("filter"), N_("Show only workers with certain words."), LOOK),
    _key("stage.follow", "f,ctrl+t", "follow", N_("follow"), N_("Follow who acts now, or nobody."), LOOK),
    _key(
        "stage.follow_next",
        "J,F",
        "follow_next(1)",
        N_("follow next"),
        N_("Follow the worker after it."),
        LOOK,
        footer=None,
    ),
    _key(
        "stage.follow_previous",
        "K,ctrl+b",
        "follow_next(-1)",
        N_("follow the one before"),
        N_("Follow the worker before it."),
        LOOK,
        footer=None,
    ),
    _key("stage.pin", "p,P", "pin", N_("pin"), N_("Keep the followed worker on top, or not."), LOOK, footer=None),
    _key(
        "stage.denser",
        "plus,greater_than_sign",
        "density(1)",
        N_("denser"),
        N_("Show more workers."),
        LOOK,
        footer=None,
    ),
    _key(
        "stage.larger",
        "underscore,less_than_sign",
        "density(-1)",
        N_("larger"),
        N_("Show fewer, larger."),
        LOOK,
        footer=None,
    ),
    _key(
        "stage.fold",
        "i,I",
        "fold",
        N_("fold"),
        N_("Show threads with or without the workers inside them."),
        LOOK,
    ),
    _key("stage.next_tab", "w,ctrl+pagedown", "tab(1)", N_("next tab"), N_("Go to the next tab."), LOOK, footer=None),
    _key(
        "stage.previous_tab",
        "W,ctrl+pageup",
        "tab(-1)",
        N_("tab before"),
        N_("Go to the tab before."),
        LOOK,
        footer=None,
    ),
    _key(
        "stage.bookmark", "m,M", "bookmark", N_("bookmark"), N_("Remember this place, with a note."), KEEP, footer=None
    ),
    _key("stage.copy", "y,Y", "copy_code", N_("copy code"), N_("Copy the schedule code of this run."), KEEP),
    _key("stage.save", "s,ctrl+s", "save", N_("save"), N_("Save the trace to a file."), KEEP, footer=None),
)
"""Keys of the stage."""

CHANGING: Final = (
    "line",
    "choose",
    "release",
    "undo",
    "redo",
    "rerun",
    "reseed",
    "pin",
    "fold",
)
"""Actions of the stage that work at one place and not at another."""

LESSONS: Final[tuple[Binding, ...]] = (
    _key("lessons.play", "enter,f5", "play", N_("play"), N_("Open the chosen lesson."), MOVE),
    _key("lessons.clear", "escape,ctrl+u", "clear", N_("all lessons"), N_("Empty the filter."), MOVE, footer="esc"),
    _key("lessons.up", "up,shift+tab", "move(-1)", N_("up"), N_("Go up the list."), MOVE, footer="↑↓"),
    _key("lessons.down", "down,tab", "move(1)", N_("down"), N_("Go down the list."), MOVE, footer=None),
    _key(
        "lessons.page_down",
        "pagedown,ctrl+down",
        "page(1)",
        N_("read on"),
        N_("Turn the lesson's page."),
        MOVE,
        footer="pgdn",
    ),
    _key("lessons.page_up", "pageup,ctrl+up", "page(-1)", N_("read back"), N_("Turn it back."), MOVE, footer=None),
)
"""Keys of the lesson picker."""

_LANGUAGE: Final = _key(
    "app.language", "f2,ctrl+l", "language", N_("language"), N_("Speak the other language."), APP, footer=None
)

ON_TOP: Final = replace(_LANGUAGE, action="app.language")
"""The key of every screen that also works while another one lies over it."""

EVERYWHERE: Final[tuple[Binding, ...]] = (
    _key("app.open", "o,ctrl+o", "open_path", N_("open"), N_("Open a script or a saved trace."), KEEP),
    _key("app.palette", "colon,ctrl+p", "command_palette", N_("palette"), N_("Find any command."), APP, footer=None),
    _key("app.help", "question_mark,f1", "help", N_("help"), N_("Every key, and what each sign means."), APP),
    _key(
        "app.back",
        "escape,backspace",
        "back",
        N_("back"),
        N_("Close this, or go back to the lessons."),
        APP,
        footer="esc",
    ),
    _LANGUAGE,
    _key("app.quit", "q,ctrl+q", "quit", N_("quit"), N_("Leave."), APP),
)
"""Keys of every screen."""
