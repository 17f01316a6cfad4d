"""What the chosen lesson is about: the object it is about, playing by itself, and its words."""

from collections.abc import Callable
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ..engine.request import Request
from ..scenarios.catalogue import Lesson
from ..scenarios.target import resolve
from ..widgets.objects import ObjectsPane
from .feed import Child, Watch
from .player import Player, start
from .session import Session
from .settings import Settings

FRAMES: Final = 20
"""Pictures a second."""

REST: Final = 3.0
"""Seconds between the end of a run and its next beginning."""

SETTLE: Final = 0.25
"""Seconds that a lesson must stay chosen before it is run."""


class Preview(Vertical):
    """Shows one lesson. Running it takes the child process a moment; the picture appears when it has."""

    DEFAULT_CSS = """
    Preview {
        ObjectsPane { height: 45%; max-height: 18; display: none; }
        &.-alive ObjectsPane { display: block; }
        #preview-words { height: 1fr; padding: 1 2; background: $surface; border: round $edge; }
    }
    """

    def __init__(
        self,
        launch: Callable[[Request], Child],
        watch: Watch,
        clock: Callable[[], float],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._launch = launch
        self._watch = watch
        self._player = Player(clock)
        self._clock = clock
        self._ended = 0.0
        self._session: Session | None = None
        self._runs: dict[str, Session] = {}

    def compose(self) -> ComposeResult:
        """Lay out the picture above the words."""
        yield ObjectsPane(id="preview-hero")
        with VerticalScroll(id="preview-words", can_focus=False):
            yield Static(markup=False)

    def on_mount(self) -> None:
        """Begin to play."""
        self._settled = self.set_timer(SETTLE, self._run, pause=True)
        self.set_interval(1 / FRAMES, self._tick)
