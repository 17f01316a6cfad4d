"""Every lesson at its most telling moment, in both languages."""

from collections.abc import Callable

import pytest
from concurrency_tui.locales.language import LANGUAGES
from concurrency_tui.scenarios.catalogue import names
from concurrency_tui.scenarios.target import resolve
from textual.pilot import Pilot

from .fakes import Engine, Lab, settled
from .moments import MOMENTS, position
from .recorded import recorded


def test_every_lesson_has_a_moment() -> None:
    assert set(MOMENTS) == set(names())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_lesson(name: str, lang: str, snap_compare: Callable) -> None:
    lab = Lab(Engine(recorded), resolve(name), lang=lang)

    async def before(pilot: Pilot) -> None:
        await settled(pilot, lab)
        lab.stage.go(position(lab.session.trace, MOMENTS[name]))
        await pilot.pause()

    assert snap_compare(lab, terminal_size=(120, 40), run_before=before)
