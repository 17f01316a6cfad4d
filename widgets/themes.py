"""The two themes of the app, and the stylesheet variables that every theme gets."""

from collections.abc import Mapping
from typing import Any, Final

from textual.app import App
from textual.theme import Theme

from .tints import DARK, LIGHT

DARK_NAME: Final = "concurrency-dark"
LIGHT_NAME: Final = "concurrency-light"


def _theme(name: str, tints: Mapping[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=tints["accent"],
        secondary=tints["state-sleeping"],
        accent=tints["accent"],
        warning=tints["cursor"],
        error=tints["state-deadlocked"],
        success=tints["state-running"],
        foreground=tints["ink"],
        background=tints["ground"],
        surface=tints["pane"],
        panel=tints["raised"],
        dark=dark,
        variables={
            **tints,
            "border": tints["accent"],
            "border-blurred": tints["edge"],
            "scrollbar": tints["edge"],
            "scrollbar-hover": tints["edge-strong"],
            "scrollbar-active": tints["accent"],
            "scrollbar-background": tints["pane"],
            "scrollbar-background-hover": tints["pane"],
            "scrollbar-background-active": tints["pane"],
            "scrollbar-corner-color": tints["pane"],
            "block-cursor-background": tints["accent"],
            "block-cursor-foreground": tints["ground"],
            "block-cursor-blurred-background": tints["raised"],
            "block-cursor-blurred-foreground": tints["ink"],
            "block-hover-background": tints["raised"],
            "footer-background": tints["raised"],
            "footer-foreground": tints["ink"],
            "footer-item-background": tints["raised"],
            "footer-key-foreground": tints["cursor"],
            "footer-key-background": tints["raised"],
            "footer-description-foreground": tints["ink"],
            "footer-description-background": tints["raised"],
        },
    )


THEMES: Final = (_theme(DARK_NAME, DARK, dark=True), _theme(LIGHT_NAME, LIGHT, dark=False))


def register_themes(app: App[Any]) -> None:
    """Make both themes known to the app. Call it in `App.__init__`, then set `app.theme`."""
    for theme in THEMES:
        app.register_theme(theme)


def variable_defaults(app: App[Any]) -> dict[str, str]:
    """Return the state colours for a stylesheet under somebody else's theme: for `App.get_theme_variable_defaults`."""
    return dict(DARK if app.current_theme.dark else LIGHT)
