"""What all full screens share: they know their app's own type."""

from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from ..app import ConcurrencyApp

Result = TypeVar("Result")


class AppScreen(Screen[Result]):
    """A screen of this app."""

    @property
    def lab(self) -> "ConcurrencyApp":
        """The app, with what it knows beyond Textual's."""
        return cast("ConcurrencyApp", self.app)

    def leave(self) -> bool:
        """Leave a part of the screen for its main part. Return whether there was one to leave."""
        return False
