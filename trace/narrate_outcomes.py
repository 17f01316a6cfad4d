"""Why a run ended as it did: the reasons that the engine writes into a trace, which are data, in words for people."""

import re
from typing import Final

from .narrate_words import quoted, say

_NUMBER: Final = r"(?P<number>[\d.e+]+)"

_REASONS: Final = {
    "reason.steps": re.compile(rf"{_NUMBER} steps"),
    "reason.output": re.compile(rf"{_NUMBER} bytes of output"),
    "reason.virtual": re.compile(rf"{_NUMBER} virtual seconds"),
    "reason.silent": re.compile(rf"no sign of life for {_NUMBER} s"),
    "reason.stalled": re.compile(rf"{_NUMBER} s without reaching a schedule point"),
    "reason.status": re.compile(rf"the process ended with status {_NUMBER} before the run was over"),
    "reason.killed": re.compile(r"the process was killed by (?P<number>SIG[A-Z0-9]+)"),
    "reason.mismatch": re.compile(r"step (?P<step>\d+) asks for worker (?P<worker>\d+), which cannot run there"),
    "reason.wrote": re.compile(r"the program wrote into its own trace"),
}
"""What reasons look like in a trace, by the key of their words."""


def reason(text: str) -> str:
    """Return the reason of an outcome in the language that is spoken; one that is not known here as it stands."""
    for key, known in _REASONS.items():
        if found := known.fullmatch(text):
            return say(key, **found.groupdict())
    return quoted(text)
