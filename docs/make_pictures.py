"""Makes the pictures of the documentation: `python docs/make_pictures.py [FOLDER]`, by default `docs/images`.

They are the app's own screen, on a simulated run with a fixed seed, stopped at a fixed moment: the same every time.
"""

import asyncio
import os
import re
import sys
from pathlib import Path
from select import select
from typing import Final, NamedTuple

os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["COLORTERM"] = "truecolor"

from concurrency_tui.engine.client import Child
from concurrency_tui.engine.request import Request
from concurrency_tui.scenarios.target import resolve
from concurrency_tui.trace.store import Trace
from concurrency_tui.tui.app import ConcurrencyApp
from concurrency_tui.tui.recent import Recent
from concurrency_tui.tui.session import Session
from concurrency_tui.tui.settings import Settings
from concurrency_tui.tui.wiring import launch, watch

IMAGES: Final = Path(__file__).parent / "images"

_WEB_FONT: Final = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""A picture must not fetch anything; where the font is not installed, another monospaced one will do."""


class Picture(NamedTuple):
    """One moment of one lesson, and the file it goes to."""

    file: str
    lesson: str
    step: int
    """The moment: after this step."""
    columns: int = 120
    rows: int = 40


PICTURES: Final = (Picture("stage.svg", "traffic-light", 112),)


def record(request: Request) -> Trace:
    """Run a program to its end and return the trace."""
    trace = Trace(request.header())
    with Child(request) as child:
        while (events := child.receive()) is not None:
            trace.extend(events)
            if not events:
                select([child], [], [], 1.0)
    return trace


async def draw(picture: Picture) -> str:
    """Return a picture as SVG."""
    target, settings = resolve(picture.lesson), Settings()
    trace = record(settings.request(target))
    session = Session(target, settings, launch, watch, loaded=trace)
    session.move(trace.end_of_step(picture.step))
    app = ConcurrencyApp(session, lang="en", recent=Recent(Path(os.devnull)), clock=lambda: 0.0, autoplay=False)
    async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
        await pilot.pause()
        screenshot = app.export_screenshot(title=f"concurrency-tui open {picture.lesson}")
    return _WEB_FONT.sub("", screenshot)


def main() -> None:
    """Make all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        path = folder / picture.file
        path.write_text(asyncio.run(draw(picture)), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
