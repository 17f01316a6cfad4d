"""CPU time of a frame of the workers' pane in a real terminal of 120x40, 5 % of the workers changing in each.

    python bench/frame.py [--workers 10 500 10000] [--frames 60] [--scene calm|contended|mixed|sockets]

In the calm scene most workers sleep, and those that change are all that changes. In the contended one they queue for
ten locks, so that every change of hands changes what every row says. In the mixed one each is in a random one of three
states: the worst case for a mosaic. With sockets, it is the objects' pane with one server, so many connections, and
something sent or received in every twentieth of them. The floor is a bare Line API widget that repaints all its lines,
made before. States are folded beforehand, so that this measures drawing.
"""

import asyncio
import json
import os
import pty
import random
import struct
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import Literal, get_args

os.environ.setdefault("TEXTUAL_FPS", "120")
os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TEXTUAL_ANIMATIONS="none")

from concurrency_tui.trace.events import NANOSECONDS, Event, Kind
from concurrency_tui.trace.header import Header
from concurrency_tui.trace.state import State, Status, Worker
from concurrency_tui.trace.store import Trace
from concurrency_tui.widgets.objects import ObjectsPane
from concurrency_tui.widgets.pane import LinePane
from concurrency_tui.widgets.themes import DARK_NAME, register_themes
from concurrency_tui.widgets.worker_density import DENSITIES, Density
from concurrency_tui.widgets.workers import WorkersPane
from textual.app import App, ComposeResult
from textual.scroll_view import ScrollView
from textual.strip import Strip

COLUMNS, ROWS = 120, 40
Scene = Literal["calm", "contended", "mixed", "sockets"]
SHARE = 20
"""One worker in so many changes from frame to frame."""
WARM = 5
"""Frames drawn before the clock starts."""


class Film(Trace):
    """A trace whose states at the frames' positions are kept, so that showing one costs no folding."""

    def __init__(self) -> None:
        super().__init__(Header(target="frame"))
        self.frames: dict[int, State] = {}

    def state(self, position: int) -> State:
        """Return a kept state."""
        kept = self.frames.get(position)
        return kept if kept is not None else super().state(position)


def film(workers: int, frames: int, scene: Scene) -> Film:
    """Make a run in which, from frame to frame, a random twentieth of the workers changes its state."""
    chance = random.Random(7)
    made = Film()
    made.extend(
        [
            Event(Kind.FILE, 0, 0, obj=0, text="program.py"),
            *(Event(Kind.SITE, 0, 0, obj=line, site=0, value=line + 1, text="work") for line in range(40)),
            *(Event(Kind.OBJECT, 0, 0, 0, lock, text="Lock") for lock in range(10)),
            *(Event(Kind.SPAWN, 0, 0, 0 if worker else -1, worker, 0, f"worker-{worker}") for worker in range(workers)),
            *(Event(Kind.BEGIN, worker, 0, worker, text="work", site=3) for worker in range(workers)),
        ]
    )
    step = workers
    away = list(range(workers))
    for _ in range(frames + WARM):
        if scene == "mixed":
            chosen = chance.sample(range(workers), max(1, workers // SHARE))
        else:
            back, away = away, chance.sample(range(workers), max(1, workers // SHARE // 2))
            chosen = back + away
        made.extend(_frame(made.state(len(made)).workers, chosen, step, scene, chance))
        step += len(chosen)
        made.frames[len(made)] = made.state(len(made)).copy()
    return made


def _frame(workers: list[Worker], chosen: list[int], step: int, scene: Scene, chance: random.Random) -> Iterator[Event]:
    """Let workers that wait go on, and the others wait for a lock or sleep."""
    sleepy = {"calm": 1.0, "contended": 0.0, "mixed": 0.4, "sockets": 0.0}[scene]
    for number, worker in enumerate(chosen, step + 1):
        line = number % 40
        match workers[worker].status:
            case Status.LOCK:
                yield Event(Kind.ACQUIRE, number, number, worker, workers[worker].wants, 1, site=line)
            case Status.SLEEPING:
                yield Event(Kind.WAKE, number, number, worker, site=line)
            case _ if chance.random() < sleepy:
                yield Event(Kind.SLEEP, number, number, worker, value=number + NANOSECONDS, site=line)
            case _:
                yield Event(Kind.WAIT, number, number, worker, worker % 10, text="acquire", site=line)


def wires(connections: int, frames: int) -> Film:
    """Make a run of a server in which, from frame to frame, a random twentieth of the clients speaks or is heard."""
    chance = random.Random(7)
    made = Film()
    made.extend([Event(Kind.SPAWN, 0, 0, -1, 0, 0, "server"), Event(Kind.OBJECT, 0, 0, 0, 0, text="socket")])
    made.extend([Event(Kind.LISTEN, 0, 0, 0, 0, connections, "127.0.0.1:8000")])
    for number in range(connections):
        client, phone, conn = number + 1, 2 * number + 1, 2 * number + 2
        made.extend(
            [
                Event(Kind.SPAWN, number, 0, 0, client, 0, f"client-{number}"),
                Event(Kind.OBJECT, number, 0, client, phone, text="socket"),
                Event(Kind.OBJECT, number, 0, 0, conn, text="socket"),
                Event(Kind.PEER, number, 0, obj=phone, value=conn),
                Event(Kind.CONNECT, number, 0, client, phone, 0, "127.0.0.1:8000"),
                Event(Kind.ACCEPT, number, 0, 0, 0, conn, f"127.0.0.1:{number}"),
            ]
        )
    step = connections
    for _ in range(frames + WARM):
        for number in chance.sample(range(connections), max(1, connections // SHARE)):
            step += 1
            asked = made.state(len(made)).things[2 * number + 2].end
            speaks = asked is not None and not asked.incoming
            worker, thing = (number + 1, 2 * number + 1) if speaks else (0, 2 * number + 2)
            made.extend([Event(Kind.SEND if speaks else Kind.RECV, step, step, worker, thing, 5, "b'hello'")])
        made.frames[len(made)] = made.state(len(made)).copy()
    return made


class Bare(ScrollView):
    """Repaints the same lines."""

    def __init__(self, lines: list[Strip]) -> None:
        super().__init__()
        self.lines = lines

    def render_line(self, y: int) -> Strip:
        """Return a line made before."""
        return self.lines[y]


class Stage(App[None]):
    """Shows the frames, measures, and leaves."""

    CSS = "Bare { border: round $border; padding: 0 1; }"

    def __init__(self, made: Film, density: Density | None, *, floor: bool) -> None:
        super().__init__()
        register_themes(self)
        self.theme = DARK_NAME
        self.made = made
        self.floor = floor
        self.pane: LinePane = ObjectsPane("socket")
        if density is not None:
            self.pane = workers = WorkersPane()
            workers.density = density
        self.seconds = 0.0

    def compose(self) -> ComposeResult:
        """Yield the pane."""
        yield self.pane

    def on_mount(self) -> None:
        """Start once the screen stands."""
        self.set_timer(0.5, lambda: self.run_worker(self.play()))

    async def play(self) -> None:
        """Show every frame, then leave."""
        first, *rest = self.made.frames
        self.pane.show(self.made, first)
        await asyncio.sleep(0.3)
        repaint = self.pane.show
        if self.floor:
            bare = Bare([self.pane.render_line(y) for y in range(self.pane.rows)])
            await self.pane.remove()
            await self.mount(bare)
            repaint = lambda *_: bare.refresh(bare.size.region)  # noqa: E731
        for number, position in enumerate(rest):
            if number == WARM - 1:
                start = time.process_time()
            repaint(self.made, position)
            await asyncio.sleep(1 / 25)
        self.seconds = (time.process_time() - start) / (len(rest) - WARM + 1)
        self.exit()


def measure(made: Film, frames: int, density: Density | None, *, floor: bool) -> dict[str, float]:
    """Run the app in a terminal of its own; return seconds of CPU and bytes written, per frame."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "seconds")
        child, terminal = pty.fork()
        if child == 0:
            stage = Stage(made, density, floor=floor)
            stage.run()
            answer.write_text(json.dumps(stage.seconds))
            os._exit(0)
        ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        written = 0
        try:
            while chunk := os.read(terminal, 1 << 16):
                written += len(chunk)
        except OSError:
            pass  # A terminal whose last user has gone reads as an error.
        os.waitpid(child, 0)
        os.close(terminal)
        return {"seconds": json.loads(answer.read_text()), "bytes": written / frames}


def arguments() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, nargs="+", default=[10, 500, 10_000])
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--scene", choices=get_args(Scene), default="calm")
    return parser.parse_args()


def main() -> int:
    """Print a line for each case."""
    asked = arguments()
    print(f"{'workers':>8}  {'density':<8}{'ms/frame':>9}{'floor ms':>9}{'ratio':>7}{'kB/frame':>10}")
    for workers in asked.workers:
        of_sockets = asked.scene == "sockets"
        made = wires(workers, asked.frames) if of_sockets else film(workers, asked.frames, asked.scene)
        for density in (None,) if of_sockets else DENSITIES:
            found = measure(made, asked.frames, density, floor=False)
            floor = measure(made, asked.frames, density, floor=True)
            ratio = found["seconds"] / floor["seconds"]
            shown = density or "sockets"
            print(
                f"{workers:>8,}  {shown:<8}{found['seconds'] * 1000:>9.2f}{floor['seconds'] * 1000:>9.2f}"
                f"{ratio:>7.2f}{found['bytes'] / 1000:>10.1f}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
