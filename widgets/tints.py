"""The values of the colours: one table for dark, one for light, one for the terminal's own sixteen.

State colours keep apart in hue *and* lightness, so that neighbours on screen differ for colour-blind eyes, in grey, and
when a terminal rounds them to sixteen colours; tests/widgets/test_palette.py measures all three. Everything that is not
a state is a grey with a little blue in it.
"""

from collections.abc import Mapping
from typing import Final

from textual.color import Color

DARK: Final[Mapping[str, str]] = {
    "state-running": "#4bf0c4",
    "state-ready": "#7f91b5",
    "state-lock": "#f5a742",
    "state-signal": "#d3b5fb",
    "state-join": "#9aa5ff",
    "state-queue": "#f2e06b",
    "state-sleeping": "#639afc",
    "state-io": "#56d4e6",
    "state-gil": "#ee9fcb",
    "state-finished": "#7fa08f",
    "state-failed": "#ff7a6b",
    "state-deadlocked": "#fa6680",
    "state-killed": "#8892a5",
    # Holders of a GIL or a core, told apart beside their names, and the text that lies on these colours.
    "holder-0": "#86b3ea",
    "holder-1": "#e3b877",
    "holder-2": "#8ccf9d",
    "holder-3": "#d59fdc",
    "holder-4": "#67c4c4",
    "holder-5": "#e59a8f",
    "holder-text": "#11151e",
    # Ink, from loud to quiet. "faint" is for ornament only: it is too quiet to be read.
    "ink": "#dbe2ee",
    "ink-strong": "#f6f8fc",
    "muted": "#8a94a8",
    "faint": "#4a5468",
    "accent": "#7cc8ff",
    "cursor": "#ffd479",
    # Grounds, from deep to raised, and washes that tint a card or a line.
    "ground": "#0c0f16",
    "pane": "#11151e",
    "card": "#161b26",
    "raised": "#1f2635",
    "edge": "#2c3547",
    "edge-strong": "#4b5a78",
    "wash-follow": "#16263a",
    "wash-alarm": "#2a1620",
    "wash-cursor": "#262318",
    # Program text: close to ink, so that it does not compete with the states.
    "code-keyword": "#9fb9e0",
    "code-string": "#a8c3a4",
    "code-number": "#d3bfa0",
    "code-name": "#f6f8fc",
    "code-comment": "#8490a8",
}

LIGHT: Final[Mapping[str, str]] = {
    "state-running": "#0e7655",
    "state-ready": "#465476",
    "state-lock": "#9c4f00",
    "state-signal": "#4c1a97",
    "state-join": "#4653c4",
    "state-queue": "#7a6400",
    "state-sleeping": "#1859e4",
    "state-io": "#08707f",
    "state-gil": "#ad2f7d",
    "state-finished": "#506a5d",
    "state-failed": "#b8321f",
    "state-deadlocked": "#a71135",
    "state-killed": "#5c6474",
    "holder-0": "#2b5f9e",
    "holder-1": "#855300",
    "holder-2": "#2f6b3f",
    "holder-3": "#7c3f8c",
    "holder-4": "#0e6a6a",
    "holder-5": "#9c3f2e",
    "holder-text": "#f8fafc",
    "ink": "#283142",
    "ink-strong": "#0d1320",
    "muted": "#5c677a",
    "faint": "#b3bccb",
    "accent": "#0b66b0",
    "cursor": "#8a5a00",
    "ground": "#e9edf3",
    "pane": "#f8fafc",
    "card": "#ffffff",
    "raised": "#e3e9f1",
    "edge": "#cdd5e1",
    "edge-strong": "#8593aa",
    "wash-follow": "#dfeefb",
    "wash-alarm": "#fde6ec",
    "wash-cursor": "#fbf1d9",
    "code-keyword": "#2f4f8f",
    "code-string": "#3f6440",
    "code-number": "#7a5420",
    "code-name": "#0d1320",
    "code-comment": "#5f6a78",
}

ANSI: Final[Mapping[str, str]] = {
    "state-running": "bright_green",
    "state-ready": "default",
    "state-lock": "yellow",
    "state-signal": "bright_magenta",
    "state-join": "magenta",
    "state-queue": "bright_yellow",
    "state-sleeping": "bright_blue",
    "state-io": "bright_cyan",
    "state-gil": "cyan",
    "state-finished": "green",
    "state-failed": "red",
    "state-deadlocked": "bright_red",
    "state-killed": "bright_black",
    "holder-0": "bright_blue",
    "holder-1": "bright_yellow",
    "holder-2": "bright_green",
    "holder-3": "bright_magenta",
    "holder-4": "bright_cyan",
    "holder-5": "bright_red",
    "holder-text": "black",
    "ink": "default",
    "ink-strong": "default",
    "muted": "bright_black",
    "faint": "bright_black",
    "accent": "bright_cyan",
    "cursor": "bright_yellow",
    "ground": "default",
    "pane": "default",
    "card": "default",
    "raised": "default",
    "edge": "bright_black",
    "edge-strong": "default",
    "wash-follow": "default",
    "wash-alarm": "default",
    "wash-cursor": "default",
    "code-keyword": "blue",
    "code-string": "green",
    "code-number": "yellow",
    "code-name": "default",
    "code-comment": "bright_black",
}


def adopted(tints: Mapping[str, str], pane: str, ink: str) -> dict[str, str]:
    """Return tints whose greys and washes are mixed from another theme's pane and ink ("#rrggbb")."""
    ground, text = Color.parse(pane), Color.parse(ink)

    def mix(share: float, colour: Color = text) -> str:
        return ground.blend(colour, share, alpha=1).hex6

    return {
        **tints,
        "ink": mix(1),
        "ink-strong": mix(1),
        "muted": mix(0.62),
        "faint": mix(0.3),
        "ground": mix(0),
        "pane": mix(0),
        "card": mix(0.04),
        "raised": mix(0.1),
        "edge": mix(0.18),
        "edge-strong": mix(0.38),
        "wash-follow": mix(0.14, Color.parse(tints["accent"])),
        "wash-alarm": mix(0.14, Color.parse(tints["state-deadlocked"])),
        "code-name": mix(1),
        "code-comment": mix(0.5),
        "wash-cursor": mix(0.12, Color.parse(tints["cursor"])),
    }
