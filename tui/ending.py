"""How the app ends when the system tells it to: in order if it can, and in any case soon.

When a terminal goes away, whoever writes to it may wait for ever. So each signal also starts a clock.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from threading import Timer
from types import FrameType
from typing import Final

ENDING_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

GRACE: Final = 2.0
"""Seconds until the process is ended without more ado."""


def end_on_signals(leave: Callable[[int], None], clean_up: Callable[[], None]) -> None:
    """Have signals end the app. Call it in the main thread, in the running event loop.

    Args:
        leave: Leaves the app in order, with an exit status.
        clean_up: Ends child processes; called from another thread, and only if leaving takes too long.
    """
    loop = asyncio.get_running_loop()

    def end(number: int, _frame: FrameType | None) -> None:
        status = 128 + number
        loop.call_soon_threadsafe(leave, status)
        clock = Timer(GRACE, _give_up, (status, clean_up))
        clock.daemon = True
        clock.start()

    for number in ENDING_SIGNALS:
        signal.signal(number, end)


def _give_up(status: int, clean_up: Callable[[], None]) -> None:
    try:
        clean_up()
    finally:
        os._exit(status)
