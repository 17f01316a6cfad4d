"""What holds for all tests."""

import os
import sys
from collections.abc import Iterator

import pytest
from concurrency_tui.locales.language import use
from hypothesis import HealthCheck, settings

settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")

PICTURED_ON = (3, 11)
"""The version of Python that the snapshots are taken on; others lay a few cells out differently."""


@pytest.fixture(autouse=True)
def _speak_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin and end every test in English, whoever's machine it runs on."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    use("en")
    yield
    use("en")


def pytest_xdist_auto_num_workers() -> int:
    """With `-n auto`, run twice as many tests at a time as there are cores: half of them wait for a screen or a child."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Compare pictures only on the version that they were taken on."""
    if sys.version_info[:2] != PICTURED_ON:
        skip = pytest.mark.skip(reason=f"snapshots are compared on Python {'.'.join(map(str, PICTURED_ON))}")
        for item in items:
            if "snap_compare" in getattr(item, "fixturenames", ()):
                item.add_marker(skip)
