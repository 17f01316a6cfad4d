"""The app: two modes, the lessons and the stage, and what is the same in both."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

from textual import work
from textual.app import App, ScreenStackError
from textual.binding import BindingType
from textual.command import Provider
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from ..engine.request import Request
from ..locales.language import LANGUAGES, NAMES, current, use
from ..locales.words import _
from ..scenarios.target import Target, TargetError, resolve
from ..trace.file import TraceError
from ..trace.sanitize import clean
from ..widgets.speech import LanguageChanged
from ..widgets.themes import DARK_NAME, register_themes, variable_defaults
from .bindings import EVERYWHERE
from .ending import end_on_signals
from .feed import Child
from .opening import open_session, remembered
from .recent import Recent, default_path
from .screens.base import AppScreen
from .session import Session
from .wiring import launch, watch


def _lessons() -> Screen[None]:
    from .screens.lessons import Lessons

    return Lessons()


def _stage() -> Screen[None]:
    from .screens.stage import Stage

    return Stage()


def _commands() -> type[Provider]:
    from .palette import Commands

    return Commands


class ConcurrencyApp(App[int]):
    """Opens at the lessons, or at the stage if it is given a session."""

    TITLE = "concurrency-tui"
    MODES: ClassVar = {"lessons": _lessons, "stage": _stage}
    DEFAULT_MODE = "lessons"
    COMMANDS: ClassVar = App.COMMANDS | {_commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]  # noqa: RUF012 - as in Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (50, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *EVERYWHERE,
        ("ctrl+c", "quit"),
    ]

    session: reactive[Session | None] = reactive(None, init=False)
    """What is on the stage."""

    def __init__(
        self,
        session: Session | None = None,
        *,
        lang: str = "",
        recent: Recent | None = None,
        launch: Callable[[Request], Child] = launch,
        clock: Callable[[], float] = time.monotonic,
        autoplay: bool = True,
    ) -> None:
        """Make the app.

        Args:
            session: What to show on the stage at once.
            lang: Language to speak, "en" or "zh"; "" goes on with the one that is spoken.
            recent: Where opened scripts and traces are remembered.
            launch: Starts child processes.
            clock: Returns seconds; paces the playing.
            autoplay: Whether a run that is opened begins to play.
        """
        if session is not None:
            # The lessons are not even imported when a run is what is wanted.
            self.DEFAULT_MODE = "stage"  # type: ignore[misc]  # Textual reads it from the instance.
        super().__init__()
        register_themes(self)
        wanted = os.environ.get("TEXTUAL_THEME", "")
        self.theme = wanted if wanted in self.available_themes else DARK_NAME
        self.set_reactive(ConcurrencyApp.session, session)
        if lang:
            use(lang)
        self.recent = recent or Recent(default_path())
        self.launch = launch
        """Starts child processes."""
        self.clock = clock
        self.autoplay = autoplay

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the colours of the states."""
        return variable_defaults(self)

    def on_mount(self) -> None:
        """Let the signals that end a process end the app in order."""
        if not self.is_headless:
            end_on_signals(lambda status: self.exit(status, status), self.close_session)

    def clear_selection(self) -> None:
        """Clear the selection of text, if there is a screen yet.

        An input line asks for this when it is mounted; from Python 3.12 on that is before its screen is on the stack.
        """
        with suppress(ScreenStackError):
            super().clear_selection()

    def close_session(self) -> None:
        """Leave no child process."""
        if self.session is not None:
            self.session.close()

    # Opening.

    def open_target(self, target: Target) -> None:
        """Show a target on the stage. A trace may take a while to load, so this happens in a thread."""
        if opened := remembered(target):
            self.recent.add(opened)
        if target.kind == "trace":
            self._load(target)
        else:
            self.show_session(open_session(target, self.launch, watch))

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _load(self, target: Target) -> None:
        try:
            session = open_session(target, self.launch, watch)
        except (TraceError, OSError) as error:
            self.call_from_thread(self.complain, str(error))
        else:
            self.call_from_thread(self.show_session, session)

    def show_session(self, session: Session) -> None:
        """Put a session on the stage in place of the one that is there."""
        if self.session is not None:
            self.session.close()
        self.session = session
        self.switch_mode("stage")

    def complain(self, text: str) -> None:
        """Show what went wrong, whatever characters it has."""
        self.notify(clean(text), severity="error", markup=False)

    # Actions.

    def action_open_path(self) -> None:
        """Ask for a script or a trace, and open it."""
        from .paths import PathSuggester, completions
        from .screens.ask import Ask

        def refused(text: str) -> str:
            try:
                resolve(text.strip())
            except TargetError as error:
                return str(error)
            return ""

        def taken(text: str | None) -> None:
            if text is not None:
                self.open_target(resolve(text.strip()))

        self.push_screen(
            Ask(
                _("Open a script, a trace or a lesson"),
                placeholder=_("path/to/script.py, run.jsonl, or -m module"),
                suggester=PathSuggester(),
                typed=lambda text: "  ".join(completions(text)[:6]) if text else "",
                refused=refused,
            ),
            taken,
        )

    def action_language(self) -> None:
        """Speak the next language, and have every widget that there is say its words in it."""
        use(LANGUAGES[(LANGUAGES.index(current()) + 1) % len(LANGUAGES)])
        for stack in self._screen_stacks.values():
            for screen in stack:
                for widget in screen.walk_children(Widget, with_self=True):
                    widget.post_message(LanguageChanged())
        self.notify(NAMES[current()], markup=False)

    def action_help(self) -> None:
        """Show the help."""
        from .screens.help import Help

        self.push_screen(Help())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """From the lessons there is no way back."""
        if action == "back":
            return self.current_mode == "stage"
        return super().check_action(action, parameters)

    async def action_back(self) -> None:
        """Leave what the screen has to leave, such as a control; else go back to the lessons."""
        if self.current_mode == "stage" and not (isinstance(self.screen, AppScreen) and self.screen.leave()):
            self.switch_mode("lessons")
