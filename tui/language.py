"""Which language to show a lesson's words in."""

import os
from typing import Final

LANGUAGES: Final = ("en", "zh")


def language(wanted: str | None = None) -> str:
    """Return "en" or "zh": what is wanted, else what the environment says, as in LANG=zh_CN.UTF-8; else English."""
    variables = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    for candidate in (wanted or "", *variables):
        code = candidate.replace("-", "_").split("_")[0].split(".")[0].casefold()
        if code in LANGUAGES:
            return code
        if candidate:
            break
    return LANGUAGES[0]
