"""What the app asks of the child: which program to run, and how."""

from __future__ import annotations

import msgspec

from ..trace.header import Header, Setting
from ..trace.model import Cost, Model
from .limits import Limits


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One run. Exactly one of `path` and `module` is given."""

    target: str
    """What the person asked for, for the header."""
    path: str | None = None
    module: str | None = None
    arguments: tuple[str, ...] = ()
    parameters: dict[str, Setting] = {}
    """Values of `main`'s parameters, for the header."""
    defaults: dict[str, str] = {}
    """Python expressions that take the place of the defaults of `main`'s parameters."""
    strategy: str = "random"
    seed: int = 0
    grain: str = "sync"
    choices: tuple[int, ...] = ()
    """Workers to run at the first steps; the strategy decides where they end."""
    lines: bool = False
    """Record every line of user code that is executed, and every read and write of a shared variable."""
    generators: bool = False
    """Make a worker of each generator of the program's own."""
    limits: Limits = Limits()
    costs: dict[str, Cost] = {}
    """What calls of the program's functions cost, by their qualified names."""
    model: Model = Model()

    def header(self) -> Header:
        """Return the first line of the trace of this run."""
        return msgspec.convert(
            {
                "target": self.target,
                "arguments": self.arguments,
                "parameters": self.parameters,
                "grain": self.grain,
                "strategy": self.strategy,
                "seed": self.seed,
                "choices": self.choices,
                "lines": self.lines,
                "generators": self.generators,
                "costs": self.costs,
                "model": self.model,
            },
            Header,
        )
