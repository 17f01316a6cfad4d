"""What the chosen lesson is about: the object it is about, playing by itself, and its words."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from ..engine.request import Request
from ..scenarios.catalogue import Lesson
from ..scenarios.target import resolve
from ..widgets.lesson import LessonPane, Passage
from .feed import Child, Watch
from .lesson_words import passages, title
from .player import Player, start
from .session import Session
from .settings import Settings

if TYPE_CHECKING:
    from ..widgets.objects import ObjectsPane
    from ..widgets.timeline import TimelinePane

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
        TimelinePane { height: 45%; max-height: 12; display: none; }
        &.-alive ObjectsPane { display: block; }
        &.-alive.-bare ObjectsPane { display: none; }
        &.-alive.-bare TimelinePane { display: block; }
    }
    """

    def __init__(
        self,
        launch: Callable[[Request], Child],
        watch: Watch,
        clock: Callable[[], float],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._launch = launch
        self._watch = watch
        self._clock = clock
        self._player = Player(clock)
        self._ended = 0.0
        self._lesson: Lesson | None = None
        self._settle: Timer | None = None
        self._panes: tuple[ObjectsPane, TimelinePane] | None = None
        self._sessions: dict[str, Session] = {}

    def compose(self) -> ComposeResult:
        """Lay out the words. Their picture is mounted when there is one, to be on screen sooner."""
        yield LessonPane(id="preview-words")

    def on_mount(self) -> None:
        """Prepare to play."""
        self._frames: Timer = self.set_interval(1 / FRAMES, self._tick, pause=True)

    def on_unmount(self) -> None:
        """Leave no child process."""
        for session in self._sessions.values():
            session.close()

    async def show_lesson(self, lesson: Lesson) -> None:
        """Show a lesson's words now, and its picture when it stays."""
        if lesson is not self._lesson:
            await self.show_words(title(lesson), passages(lesson))
            self._lesson = lesson
            self._settle = self.set_timer(SETTLE, self._run)

    async def show_words(self, heading: str, said: Sequence[Passage]) -> None:
        """Show some words without a picture."""
        self._lesson = None
        if self._settle is not None:
            self._settle.stop()
        self._frames.pause()
        self.remove_class("-alive")
        await self.query_one(LessonPane).tell(heading, said)

    async def on_language_changed(self) -> None:
        """Say the lesson's words in the other language."""
        if self._lesson is not None:
            await self.query_one(LessonPane).tell(title(self._lesson), passages(self._lesson))

    def pause(self) -> None:
        """Stand still while nobody can see it."""
        self._frames.pause()

    def resume(self) -> None:
        """Move again."""
        if self.has_class("-alive") and self.app.animation_level != "none":
            self._frames.resume()

    def scroll_words(self, pages: int) -> None:
        """Turn the pages of the words."""
        words = self.query_one(LessonPane)
        words.scroll_relative(y=pages * max(words.size.height - 1, 1), animate=False)

    @property
    def _session(self) -> Session | None:
        return self._sessions.get(self._lesson.name) if self._lesson else None

    def _run(self) -> None:
        """Run the lesson, unless it has been, and show it from the start."""
        lesson = self._lesson
        if lesson is None:
            return
        if lesson.name not in self._sessions:
            session = Session(resolve(lesson.name), Settings(), self._launch, self._watch)
            session.changed = self._arrived
            self._sessions[lesson.name] = session
            session.run()
        self._arrived()

    def _arrived(self) -> None:
        """Begin to play as soon as the whole run is there."""
        session = self._session
        if self._lesson is None or session is None or not session.trace.complete:
            return
        self._picture()[0].hero = self._lesson.hero
        self.set_class(not session.trace.state(len(session.trace)).things, "-bare")
        self.add_class("-alive")
        if self.app.animation_level == "none":
            session.move(session.trace.end_of_step(session.trace.last_step // 2))
        else:
            self._from_start(session)
            self._frames.resume()
        self._draw(session)

    def _from_start(self, session: Session) -> None:
        session.move(start(session.trace))
        self._player.play()

    def _tick(self) -> None:
        session = self._session
        if session is None:
            return
        if self._player.playing:
            session.move(self._player.advance(session.trace, session.position))
            self._ended = self._clock()
        elif self._clock() - self._ended > REST:
            self._from_start(session)
        self._draw(session)

    def _draw(self, session: Session) -> None:
        for pane in self._picture():
            if pane.display:
                pane.show(session.trace, session.position)

    def _picture(self) -> tuple["ObjectsPane", "TimelinePane"]:
        """Return the objects, and the lanes, which are the picture of a lesson without objects."""
        if self._panes is None:
            from ..widgets.objects import ObjectsPane
            from ..widgets.timeline import TimelinePane

            self._panes = ObjectsPane(id="preview-hero"), TimelinePane(id="preview-lanes")
            self.mount(*self._panes, before=0)
        return self._panes
