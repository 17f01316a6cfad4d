"""Bounds on a run, so that no program can keep the machine for itself."""

import msgspec

from ..trace.events import NANOSECONDS


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Where a run is cut off. Each is checked by the kernel, the recorder or the host, and named in the outcome."""

    steps: int = 200_000
    """Decisions of the schedule."""
    virtual_seconds: float = 86_400.0
    output_bytes: int = 1_000_000
    """Standard output and standard error together."""
    stall_seconds: float = 10.0
    """Real seconds without reaching a schedule point."""

    @property
    def virtual_nanoseconds(self) -> int:
        """The bound on virtual time in the kernel's unit."""
        return int(self.virtual_seconds * NANOSECONDS)
