"""Commands and options whose help is in the language that is spoken, and click's own words with them.

The help stands in the source in English, marked with `N_`, and is translated when click asks for it.
"""

from functools import partial
from typing import Final

import click
from click import core, decorators, exceptions, formatting, parser, types

from ...locales.language import catalogue
from ...locales.words import N_, NN_, _

_PARTS: Final = (core, decorators, exceptions, formatting, parser, types)
"""The modules of click that have words of their own."""

CLICK: Final = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Could not open file {filename!r}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)
"""What click may say here. It looks each up with gettext, as we do."""

CLICK_COUNTED: Final = (
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)
"""What click may say about a number of things."""


class _Spoken:
    """Has its help in the language that is spoken."""

    _help: str | None = None

    def _say(self) -> str | None:
        return _(self._help) if self._help else self._help

    def _take(self, english: str | None) -> None:
        self._help = english

    help = property(_say, _take)
    """The help, for whoever reads it."""


class SpokenCommand(_Spoken, click.Command):
    """A command that explains itself in the language that is spoken."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help; click keeps it with the words of the first time."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this message and exit.")
        return option


class SpokenGroup(SpokenCommand, click.Group):
    """A group of commands that explains itself in the language that is spoken."""


class SpokenOption(_Spoken, click.Option):
    """An option that explains itself in the language that is spoken."""


option: Final = partial(click.option, cls=SpokenOption)
"""`click.option`, for options whose help is translated."""


def speak_click() -> None:
    """Let click look its words up in our catalogue: it asks gettext for the language of the environment only."""

    def counted(one: str, many: str, count: int) -> str:
        return catalogue().ngettext(one, many, count)

    for part in _PARTS:
        vars(part)["_"] = _
        if "ngettext" in vars(part):
            vars(part)["ngettext"] = counted
