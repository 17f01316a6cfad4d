"""The panes of the stage, laid out side by side, or one at a time with tabs where the screen is narrow.

Every pane draws the same trace at the same cursor; only those in sight are told of it.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.reactive import reactive
from textual.widget import Widget

from ..locales.words import N_, _
from ..scenarios.catalogue import Lesson
from ..trace.store import Trace
from ..widgets.controls_panel import ControlPanel
from ..widgets.objects import ObjectsPane
from ..widgets.pane import LinePane
from ..widgets.source import SourcePane
from ..widgets.timeline import TimelinePane
from ..widgets.why import WhyPane
from ..widgets.worker_order import View
from ..widgets.workers import WorkersPane
from .lesson_words import passages, title
from .tabline import TabChosen, TabLine

DETAILS: Final = {
    "why": N_("Why"),
    "output": N_("Output"),
    "events": N_("Events"),
    "waitfor": N_("Wait-for"),
    "lesson": N_("Lesson"),
}
"""Tabs below the timeline, by the id of their pane."""

ALONE: Final = {
    "workers": N_("Workers"),
    "objects": N_("Objects"),
    "timeline": N_("Timeline"),
    "source": N_("Source"),
    "output": N_("Output"),
    "events": N_("Events"),
    "waitfor": N_("Wait-for"),
    "controls": N_("Controls"),
    "lesson": N_("Lesson"),
}
"""Tabs where there is one column: one pane at a time, above the step in words."""


NO_LESSON: Final = N_("This is no lesson: the run is that of a program of yours.")


class Panes(Vertical):
    """All panes. `-detail-ID` and `-alone-ID` among its classes tell the stylesheet which tab is open."""

    DEFAULT_CLASSES: ClassVar[str] = "-detail-why -alone-workers"

    detail: reactive[str] = reactive("why", init=False)
    """The open tab of `DETAILS`."""

    alone: reactive[str] = reactive("workers", init=False)
    """The open tab of `ALONE`."""

    view: reactive[View] = reactive(View(), init=False)
    """Filter, pins, and who is followed: the same in all panes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._trace: Trace | None = None
        self._position = 0

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield TabLine(ALONE, id="alone-tabs")
        with Horizontal(id="top"):
            yield WorkersPane(id="workers")
            yield ObjectsPane(id="objects")
            yield ControlPanel(id="controls")
        with Horizontal(id="bottom"):
            with Vertical(id="left"):
                yield TimelinePane(id="timeline")
                with Vertical(id="details"):
                    yield TabLine(DETAILS, id="detail-tabs")
                    yield WhyPane(id="why")
            yield SourcePane(id="source")
        yield WhyPane(id="alone-why")

    def on_mount(self) -> None:
        """Light the tabs."""
        self.query_one("#alone-tabs", TabLine).active = self.alone
        self.query_one("#detail-tabs", TabLine).active = self.detail

    def show(self, trace: Trace, position: int) -> None:
        """Show the trace after its first `position` events in every pane in sight."""
        self._trace, self._position = trace, position
        for pane in self._in_sight():
            pane.show(trace, position)

    async def complete(self) -> None:
        """Mount the panes that are not in sight at first. The first picture does without them, and is there sooner."""
        from ..widgets.events import EventsPane
        from ..widgets.lesson import LessonPane
        from ..widgets.output import OutputPane
        from ..widgets.waitfor import WaitForPane

        if not self.query("#lesson"):
            await self.query_one("#details").mount(
                OutputPane(id="output"),
                EventsPane(id="events"),
                WaitForPane(id="waitfor"),
                LessonPane(id="lesson"),
            )

    async def tell(self, lesson: Lesson | None) -> None:
        """Say what the run is a lesson of."""
        from ..widgets.lesson import LessonPane

        self.query_one(ObjectsPane).hero = lesson.hero if lesson else ""
        said = (title(lesson), passages(lesson)) if lesson else (_(NO_LESSON), ())
        await self.query_one("#lesson", LessonPane).tell(*said)

    # What is looked at.

    @property
    def worker_pane(self) -> WorkersPane:
        """The pane that knows which worker has which number."""
        return self.query_one(WorkersPane)

    @property
    def control_panel(self) -> ControlPanel:
        """The pane with the parameters."""
        return self.query_one(ControlPanel)

    def watch_view(self, view: View) -> None:
        """Hand the view to the panes that have workers in them."""
        from ..widgets.events import EventsPane
        from ..widgets.output import OutputPane

        for pane in self.walk_children(Widget):
            if isinstance(pane, WorkersPane | TimelinePane | SourcePane | WhyPane | OutputPane | EventsPane):
                pane.view = view

    def turn(self, by: int) -> None:
        """Open the next tab, or the one before."""
        if self.query_one("#alone-tabs").display:
            tabs = list(ALONE)
            self.alone = tabs[(tabs.index(self.alone) + by) % len(tabs)]
        else:
            tabs = list(DETAILS)
            self.detail = tabs[(tabs.index(self.detail) + by) % len(tabs)]

    @on(TabChosen)
    def _open(self, message: TabChosen) -> None:
        message.stop()
        if self.query_one("#alone-tabs").display:
            self.alone = message.tab
        else:
            self.detail = message.tab

    def watch_detail(self, old: str, new: str) -> None:
        """Let the stylesheet show another pane."""
        self.remove_class(f"-detail-{old}").add_class(f"-detail-{new}")
        self.query_one("#detail-tabs", TabLine).active = new
        self.call_after_refresh(self._catch_up)

    def watch_alone(self, old: str, new: str) -> None:
        """Let the stylesheet show another pane."""
        self.remove_class(f"-alone-{old}").add_class(f"-alone-{new}")
        self.query_one("#alone-tabs", TabLine).active = new
        self.call_after_refresh(self._catch_up)

    def on_resize(self) -> None:
        """Other panes may be in sight now."""
        self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        if self._trace is not None:
            self.show(self._trace, self._position)

    def _in_sight(self) -> Iterator[LinePane]:
        """Yield the panes that the stylesheet shows."""
        hidden: set[DOMNode] = set()
        for node in self.walk_children(Widget):
            if node.parent in hidden or not node.display:
                hidden.add(node)
            elif isinstance(node, LinePane):
                yield node
