"""The stage without its keys: a session on its panes, drawn at the cursor, and the player that moves it."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from ...locales.words import _
from ...scenarios.parameters import ParameterError
from ...scenarios.target import TargetError
from ...trace.events import NONE
from ...trace.sanitize import clean
from ...widgets.controls import ControlChanged
from ...widgets.controls_rows import ControlRow
from ...widgets.topline import Playing, Topline
from ...widgets.transport import Transport, TransportBar
from ...widgets.transport_messages import Pressed, Seek
from ...widgets.worker_messages import WorkerPicked
from ...widgets.worker_order import View
from ..bindings import CHANGING
from ..footer import KeyLine
from ..knobs import sections, turned
from ..lesson_words import title
from ..panes import Panes
from ..player import Player
from ..session import Session
from ..settings import Settings
from .base import AppScreen

FRAMES: Final = 30
"""Pictures a second while something moves."""

LOOKS_AHEAD: Final = 25
"""How often in a real second a few milliseconds go into making later seeks short."""

IMPATIENCE: Final = 0.7
"""Seconds after which a run that has not got to the place it is wanted at is shown as far as it is."""

SETTLE: Final = 0.15
"""Seconds without another change after which changed settings are run."""


class StageView(AppScreen[None]):
    """Shows `lab.session`, and another one as soon as there is another one."""

    CSS_PATH = "stage.tcss"
    AUTO_FOCUS: ClassVar[str] = "#workers"

    def __init__(self) -> None:
        super().__init__()
        self.player = Player(self.lab.clock)
        self.session: Session | None = None
        self._wanted: Settings | None = None
        self._settle: Timer | None = None
        self._begun = 0.0
        self._able: tuple[bool | None, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the lines above and below the panes."""
        yield Topline(id="topline")
        yield Panes(id="panes")
        yield TransportBar(id="transport")
        yield KeyLine()

    @property
    def panes(self) -> Panes:
        """All panes."""
        return self.query_one(Panes)

    def on_mount(self) -> None:
        """Begin to show what the app has, and what it will have."""
        self._frames: Timer = self.set_interval(1 / FRAMES, self._tick, pause=True)
        self._ahead: Timer = self.set_interval(1 / LOOKS_AHEAD, self._look_ahead, pause=True)
        self.watch(self.lab, "session", self._take)

    # Sessions.

    async def _take(self, session: Session | None) -> None:
        """Show a session from now on."""
        if session is None or session is self.session:
            return
        self.session = session
        self._wanted = None
        self._unsettle()
        session.changed = self.wake
        session.say = self.say
        self.player.pause()
        await self.panes.complete()
        self.panes.view = View()
        await self.panes.tell(session.target.lesson if session.target else None)
        await self.show_controls()
        if session.trace.notice:
            self.say(session.trace.notice)
        if not len(session.trace):
            self.begin(session.run, play=self.lab.autoplay)
        self.draw()

    async def on_language_changed(self) -> None:
        """Say everything in the other language."""
        if session := self.session:
            await self.panes.tell(session.target.lesson if session.target else None)
            await self.show_controls()
            self.draw()

    def begin(self, run: Callable[[], None], *, play: bool = False) -> None:
        """Have the session make a run, and show it as it comes."""
        self._begun = self.lab.clock()
        try:
            run()
        except (ValueError, TargetError, OSError) as error:
            self.say(str(error))
            return
        if play:
            self.player.play()
        self.wake()

    async def show_controls(self) -> None:
        """Bring the control panel up to date."""
        session = self.session
        if session is not None and session.target is not None:
            await self.panes.control_panel.put(sections(session.target, self._wanted or session.settings))
        else:
            await self.panes.control_panel.put(())

    def say(self, text: str) -> None:
        """Show a line for a moment, whatever characters it has."""
        self.notify(clean(text), markup=False)

    # Drawing.

    def wake(self) -> None:
        """Draw at the next frame: something has changed."""
        self._frames.resume()
        self._ahead.resume()

    def _look_ahead(self) -> None:
        """Prepare a piece of the trace for seeking, until all of it is."""
        if self.session is None or self.session.trace.look_ahead():
            self._ahead.pause()

    def draw(self) -> None:
        """Draw now."""
        session = self.session
        if session is None:
            return
        trace, position = session.trace, session.position
        playing, speed = self.player.playing, f"{self.player.speed:g}x"
        top = self.query_one(Topline)
        top.playing = Playing(self._title(), playing=playing, speed=speed, code=session.shown.settings.code())
        top.show(trace, position)
        self.panes.show(trace, position)
        transport = self.query_one(TransportBar)
        transport.state = Transport(playing=playing, speed=speed, note=self._note())
        transport.show(trace, position)
        self._tell_keys()

    def _title(self) -> str:
        session = self.session
        assert session is not None
        lesson = session.target.lesson if session.target else None
        return title(lesson) if lesson else session.trace.header.target

    def _note(self) -> str:
        session = self.session
        assert session is not None
        if session.waiting:
            return _("running again…")
        count = len(session.branches)
        return _("{count} runs", count=count) if count > 1 else ""

    def _tell_keys(self) -> None:
        """Have the footer look again, but only if other keys work than before."""
        able = tuple(self.check_action(action, ()) for action in CHANGING)
        if able != self._able:
            self._able = able
            self.refresh_bindings()

    def _tick(self) -> None:
        """Move and draw one frame; stand still when nothing moves any more."""
        session = self.session
        if session is None:
            self._frames.pause()
            return
        session.listen()
        if session.waiting and self.lab.clock() - self._begun > IMPATIENCE:
            session.hurry()
        if not session.arriving:
            session.move(self.player.advance(session.trace, session.position))
        self.draw()
        if not (self.player.playing or session.running):
            self._frames.pause()

    def leave(self) -> bool:
        """Leave the control panel for the workers."""
        if isinstance(self.focused, ControlRow):
            self.panes.worker_pane.focus()
            return True
        return False

    # What panes ask for.

    @on(Seek)
    def _seek(self, message: Seek) -> None:
        self.go(message.position)

    @on(Pressed)
    async def _press(self, message: Pressed) -> None:
        actions = {"start": "start", "back": "step_back", "play": "play", "forward": "step", "end": "end"}
        await self.run_action(actions[message.button])

    def go(self, position: int) -> None:
        """Put the cursor somewhere by hand, which ends playing."""
        if self.session is not None:
            self.player.pause()
            self.session.move(position)
            self.draw()

    @on(ControlChanged)
    def _turn(self, message: ControlChanged) -> None:
        """Take a changed control; run when no other change follows at once."""
        session = self.session
        if session is None or session.target is None:
            return
        try:
            self._wanted = turned(session.target, self._wanted or session.settings, message.name, message.value)
        except ParameterError as error:
            self.panes.control_panel.refuse(message.name, str(error))
        else:
            self._unsettle()
            self._settle = self.set_timer(SETTLE, self._apply)

    def _unsettle(self) -> None:
        if self._settle is not None:
            self._settle.stop()

    def _apply(self) -> None:
        """Run with the settings that the controls show."""
        session, wanted = self.session, self._wanted
        self._wanted = None
        if session is not None and wanted is not None:
            self.begin(lambda: session.change(wanted))

    @on(WorkerPicked)
    def _pick(self, message: WorkerPicked) -> None:
        self.follow(message.worker)

    # Who is looked at.

    def follow(self, worker: int) -> None:
        """Follow a worker, or NONE."""
        self.look(replace(self.panes.view, followed=worker))

    def look(self, view: View) -> None:
        """Look at other workers, or at the same in another light."""
        self.panes.view = view
        self.draw()

    def watched(self) -> int:
        """Return the followed worker, else the one that runs at the cursor, else NONE."""
        if self.session is None:
            return NONE
        followed = self.panes.view.followed
        return followed if followed != NONE else self.session.trace.state(self.session.position).running
