"""The machine that a run is simulated on, and what calls cost there. All of it is declared, and nothing measured."""

from typing import Annotated

import msgspec

Duration = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
"""Virtual nanoseconds."""


class Cost(msgspec.Struct, frozen=True):
    """What a call of one function costs in CPU time."""

    nanoseconds: Duration
    times: str = ""
    """The parameter of the function whose value multiplies that; "" if nothing does."""


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """The CPU, the interpreter and the operating system, as far as they cost time."""

    cores: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] = 4
    gil: bool = True
    """Whether the threads of a process compute one at a time."""
    switch_interval: Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)] = 5_000_000
    """Nanoseconds after which a thread that computes gives way to one that wants its GIL or its core."""
    thread_start: Duration = 0
    """CPU time that starting a thread costs the thread that starts it."""
    process_start: Duration = 0
    """CPU time that a new process needs before its first line."""

    @property
    def starts_cost(self) -> bool:
        """Whether starting something takes time."""
        return self.thread_start > 0 or self.process_start > 0
