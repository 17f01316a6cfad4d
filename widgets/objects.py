"""The objects pane: a scrolling stack of pictures, one for every lock, event, queue or pool at the cursor."""

from collections.abc import Hashable, Sequence
from typing import ClassVar, Final

from textual.strip import Strip

from ..locales.words import N_, _
from ..trace import waits
from ..trace.events import NONE
from ..trace.state import COMPUTING, State, Thing
from ..trace.store import Trace
from . import drawings
from .drawings import brief, cycle, family, family_facts, process_boxes, process_facts, switching, switching_facts
from .drawings.ink import EMPTY, Picture, Row, Span, padded, row, strip
from .drawings.scene import Scene, subject
from .objects_layout import GAP, Block, Column, most, stacked, total, width_of
from .objects_order import arranged, exchanged, idle, shown, whole_of
from .pane import LinePane
from .processes import KIND as VARIABLE
from .processes import several

_DRAWN: Final = 24
"""Objects with a picture; where there are more, the rest has one line each."""

_HEROES: Final = 4
"""Heroes that room is kept for."""

_THREAD: Final = "Thread"
"""The hero of lessons that are about threads themselves."""

_BANDS: Final = 3
"""Most lanes or lines that a crowd gets on top of its first, where there is room."""


class ObjectsPane(LinePane):
    """Draws each object by its kind. Above them all stand a deadlock, and the processes if there are several."""

    DEFAULT_CSS = """
    ObjectsPane { padding: 0; }
    """

    TITLE: ClassVar[str] = N_("Objects")

    def __init__(
        self,
        hero: str = "",
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._hero = hero
        self._state = State()
        self._seen: Trace | None = None
        self._shown: list[int] = []
        """The objects that have a picture."""
        self._order: list[int] = []
        self._touched: dict[int, int] = {}
        """Object to the position at which something last happened to it while shown."""
        self._shape: Hashable = None
        self._columns: tuple[Column, ...] = ()
        self._bands = 0
        self._head: Picture = ()
        """What stands above the stack, as wide as the pane."""
        self._pictures: dict[int, Sequence[Row]] = {}

    @property
    def hero(self) -> str:
        """The kind of object that the lesson is about, as "Event"; these stand first."""
        return self._hero

    @hero.setter
    def hero(self, kind: str) -> None:
        if kind != self._hero:
            self._hero = kind
            self._order = []
            self._shape = None
            if self.trace is not None:
                self.show(self.trace, self.position)

    def prepare(self) -> None:
        """Find out what stands where; only pictures in sight are drawn, and only when a line of them is wanted."""
        assert self.trace is not None
        if self.trace is not self._seen:
            self._seen, self._order, self._touched, self._shape = self.trace, [], {}, None
            self.scroll_to(y=0, animate=False)
        self._state = state = self.trace.state(self.position)
        self._pictures = {}
        self._shown = shown(self.trace, state)
        self._head = self._drawn_head()
        self._lay_out()
        self._bring_into_sight()
        objects = [number for number in self._shown if state.things[number].kind != VARIABLE]
        busy = sum(not idle(state.things[number]) for number in objects)
        self.headline(info=_("{busy:,} of {count:,} in use", busy=busy, count=len(objects)) if objects else "")

    def line_key(self, row: int) -> Hashable:
        """Return the rows of pictures that make up the line."""
        return self._pieces(row + self.scroll_offset.y)

    def draw_line(self, row: int, width: int) -> Strip:
        """Paint one line of the pictures."""
        pieces = self._pieces(row + self.scroll_offset.y)
        if len(pieces) == 1:
            return strip(pieces[0], width, self.paint, "pane")
        line: Row = EMPTY
        for column, piece in zip(self._columns, pieces, strict=True):
            gap = (Span(" " * GAP),) if line else ()
            line = (*line, *gap, *padded(piece, column.width))
        return strip(line, width, self.paint, "pane")

    def _pieces(self, line: int) -> tuple[Row, ...]:
        """Return what lies on a line: a row of the head, or one of each column of the stack."""
        if line < len(self._head):
            return (self._head[line],)
        line -= len(self._head)
        if not self._columns:
            return (_nothing() if line == 1 else EMPTY,)
        return tuple(
            self._picture(block, column.width)[line - block.top] if (block := column.at(line)) else EMPTY
            for column in self._columns
        )

    def _picture(self, block: Block, width: int) -> Sequence[Row]:
        """Return the picture of a block, drawn at most once for a cursor."""
        assert self.trace is not None
        picture = self._pictures.get(block.number)
        if picture is None:
            thing = self._state.things[block.number]
            if block.brief:
                picture = brief.draw(brief.look(Scene(self.trace, self._state, thing)), width)
            else:
                picture = drawings.draw(self.trace, self._state, thing, width, self._bands)
            self._pictures[block.number] = picture
        return picture

    def _drawn_head(self) -> Picture:
        """Return a deadlock, the turns of generators, the processes, and the threads if a lesson is about them.

        To look for a circle costs all workers, so only where one may be.
        """
        assert self.trace is not None
        state, width = self._state, self.columns
        alarm = cycle.draw(cycle.look(state, waits.cycle(state)), width) if _may_be_stuck(state) else ()
        turns = switching.draw(switching_facts.look(self.trace, state), width)
        room = max(self.rows - len(alarm) - len(turns) - self._kept_for_objects(), 1)
        head = (*alarm, *turns, *process_boxes.draw(process_facts.look(state), width, room))
        return head + self._drawn_family(room) if self.hero == _THREAD or not (head or self._shown) else head

    def _drawn_family(self, room: int) -> Picture:
        """Return the tree of threads, where processes or workers inside threads are not drawn already."""
        state = self._state
        if len(state.workers) <= (self.hero != _THREAD) or state.nested or several(state):
            return ()
        return family.draw(family_facts.look(state), self.columns, room)

    def _kept_for_objects(self) -> int:
        """Return how many lines the head leaves: a third, or up to half of them where a hero needs so many."""
        things = self._state.things
        heroes = [number for number in self._shown if things[number].kind == self.hero != VARIABLE][:_HEROES]
        needed = sum(drawings.height(things[number], self.columns) for number in heroes)
        return max(self.rows // 3 if things else 0, min(needed, self.rows // 2))

    def _lay_out(self) -> None:
        """Give every picture its place, anew only where objects came or went or the pane has another size."""
        things = self._state.things
        whole = [(number, drawings.size(things[number])) for number in self._shown]
        urgent = frozenset(thing for _, thing, _ in self._state.stuck)
        shape = (whole, urgent, self.columns, self.rows, len(self._head))
        if shape != self._shape:
            self._shape = shape
            self._order = arranged(self._order, self._state, self.hero, urgent)
            self._place()

    def _place(self) -> None:
        """Stack the pictures in their order.

        There are no more columns than it takes to have all in sight. If room is left then, crowds get more of it.
        """
        here = set(self._shown)
        numbers = [number for number in self._order if number in here]
        self._columns = self._stack(numbers, 1, 0) if numbers else ()
        for count in range(2, most(self.columns) + 1) if self._overflow() > 0 else ():
            self._columns = self._stack(numbers, count, 0)
            if self._overflow() <= 0:
                break
        self._bands = 0
        while self._columns and self._bands < _BANDS:
            roomier = self._stack(numbers, len(self._columns), self._bands + 1)
            if total(roomier) + len(self._head) > self.rows:
                break
            self._columns = roomier
            self._bands += 1
        self.extent(total(self._columns) + len(self._head))

    def _stack(self, numbers: Sequence[int], count: int, bands: int) -> tuple[Column, ...]:
        things, wide = self._state.things, width_of(self.columns, count)
        blocks = [
            Block(number, drawings.height(things[number], wide, bands)) if at < _DRAWN else Block(number, 1, brief=True)
            for at, number in enumerate(numbers)
        ]
        return stacked(blocks, self.columns, count)

    def _overflow(self) -> int:
        """Return how many lines of the stack do not fit on the screen."""
        return total(self._columns) + len(self._head) - self.rows

    def _bring_into_sight(self) -> None:
        """Give the object that something happens to a place in sight, unless the person has scrolled away."""
        assert self.trace is not None
        state = self._state
        number = subject(self.trace.event(state.position - 1)) if state.position else NONE
        if not 0 <= number < len(state.things):
            return
        number = whole_of(state.things, number)
        if number not in self._shown:
            return
        in_sight = self._in_sight()
        if number not in in_sight and not self.scroll_offset.y:
            places = [other for other in in_sight if self._may_change_places(state.things[other], state.things[number])]
            if places:
                self._order = exchanged(self._order, number, places, self._touched)
                self._place()
        self._touched[number] = state.position

    def _in_sight(self) -> set[int]:
        """Return the objects whose pictures are on screen as a whole."""
        top = self.scroll_offset.y - len(self._head)
        bottom = top + self.rows
        return {
            block.number
            for column in self._columns
            for block in column.blocks[: column.above(bottom)]
            if not block.brief and top <= block.top and block.top + block.height <= bottom
        }

    def _may_change_places(self, there: Thing, newcomer: Thing) -> bool:
        """Tell whether `newcomer` may take the place without moving the pictures below, and without hiding a hero."""
        wide = self._columns[0].width
        return there.kind != self.hero and drawings.height(there, wide) == drawings.height(newcomer, wide)


def _may_be_stuck(state: State) -> bool:
    """Tell whether somebody who has an object that others want is itself waiting."""
    workers = state.workers
    return bool(state.stuck) or any(
        thing.waiters and 0 <= thing.owner < len(workers) and workers[thing.owner].operation not in ("", COMPUTING)
        for thing in state.things
    )


def _nothing() -> Row:
    return row(Span(_(" No locks, events or queues so far."), "muted"))
