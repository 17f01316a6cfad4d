"""The first line of a trace: what ran, and how to run it again."""

from typing import Annotated, Final, Literal

import msgspec

from .model import Cost, Model

FORMAT: Final = "concurrency-tui trace"
VERSION: Final = 1

Setting = bool | int | float | str
"""The value of one parameter of the program's `main`."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """How a run came to be. Two simulated runs with equal headers have byte-identical traces."""

    format: Literal["concurrency-tui trace"] = FORMAT
    version: Annotated[int, msgspec.Meta(ge=1)] = VERSION
    target: str
    """What was asked for: a lesson's name, a path, or "-m module"."""
    arguments: tuple[str, ...] = ()
    parameters: dict[str, Setting] = {}
    engine: Literal["sim", "live"] = "sim"
    grain: Literal["sync", "line", "bytecode"] = "sync"
    strategy: str = "random"
    seed: int = 0
    choices: tuple[int, ...] = ()
    """Workers chosen by hand, one a step from the first step on; the strategy goes on where they end."""
    lines: bool = False
    """Whether LINE events were recorded."""
    generators: bool = False
    """Whether each generator of the program's own is a worker."""
    costs: dict[str, Cost] = {}
    """What calls of the program's functions cost, by their qualified names."""
    model: Model = Model()
    """The machine that was simulated."""
