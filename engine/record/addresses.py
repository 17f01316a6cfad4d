"""Addresses in what a program writes: `<Task object at 0x7f3a…>` says another number in every process."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"(?<= at )0x[0-9a-fA-F]+")
_FIRST: Final = 0x7F00_0000_0010
_STRIDE: Final = 0x30


class Addresses:
    """Gives each address that appears in one run a number of its own, in the order of appearance."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def stable(self, text: str) -> str:
        """Return `text` with every address in a default `repr` replaced by one that is the same in every run."""
        return _ADDRESS.sub(lambda match: self._number(match[0]), text) if " at 0x" in text else text

    def _number(self, address: str) -> str:
        return self._known.setdefault(address, f"{_FIRST + _STRIDE * len(self._known):#x}")
