"""The control panel's contents: the program's parameters, and how it is run. And back: a knob turned to settings."""

from dataclasses import replace
from typing import Final, get_args

import msgspec

from ..locales.language import current
from ..locales.words import NC_, _, pgettext
from ..scenarios.parameters import Parameter
from ..scenarios.target import Target
from ..trace.header import Setting
from ..widgets.controls import Control, Section
from .settings import Grain, Settings

STRATEGY: Final = "engine.strategy"
SEED: Final = "engine.seed"
GRAIN: Final = "engine.grain"
"""Names of the controls that are not the program's; a parameter cannot have a dot in its name."""

STRATEGIES: Final = ("random", "round-robin", "fifo")
GRAINS: Final = get_args(Grain)


STRATEGY_NAMES: Final = (
    NC_("strategy", "random"),
    NC_("strategy", "round-robin"),
    NC_("strategy", "fifo"),
)
GRAIN_NAMES: Final = (NC_("grain", "sync"), NC_("grain", "line"), NC_("grain", "bytecode"))


def sections(target: Target, settings: Settings) -> tuple[Section, ...]:
    """Return the panel's contents for a program and its present settings, in the language that is spoken."""
    seed_help = _("Another seed, another random order. The same seed always gives the same run.")
    order_help = _("Who runs next: any at random, each in turn, or one until it waits.")
    grain_help = _("Where workers may take turns: at operations of the library, or also between lines or instructions.")
    engine = Section(
        _("Schedule"),
        (
            Control(SEED, _("seed"), "int", settings.seed, minimum=0, maximum=2**63 - 1, help=seed_help),
            Control(
                STRATEGY,
                _("order"),
                "choice",
                settings.strategy,
                choices=STRATEGIES,
                names=tuple(pgettext("strategy", name) for name in STRATEGY_NAMES),
                help=order_help,
            ),
            Control(
                GRAIN,
                _("grain"),
                "choice",
                settings.grain,
                choices=GRAINS,
                names=tuple(pgettext("grain", name) for name in GRAIN_NAMES),
                help=grain_help,
            ),
        ),
    )
    if not target.parameters:
        return (engine,)
    return (Section(_("Program"), tuple(_control(one, settings) for one in target.parameters)), engine)


def turned(target: Target, settings: Settings, name: str, value: Setting) -> Settings:
    """Return the settings after a control was set to a value. Raises ParameterError if the program does not take it."""
    if name == STRATEGY:
        return replace(settings, strategy=str(value), choices=())
    if name == SEED:
        return replace(settings, seed=int(value), choices=())
    if name == GRAIN:
        return replace(settings, grain=msgspec.convert(value, Grain), choices=())
    parameter = next(parameter for parameter in target.parameters if parameter.name == name)
    return settings.with_parameter(parameter, parameter.check(value))


def _control(parameter: Parameter, settings: Settings) -> Control:
    lang = current()
    return Control(
        parameter.name,
        parameter.label(lang),
        parameter.type,
        settings.parameters.get(parameter.name, parameter.default),
        choices=parameter.choices,
        names=tuple(parameter.named(choice, lang) for choice in parameter.choices),
        minimum=parameter.minimum,
        maximum=parameter.maximum,
        step=parameter.step,
        unit=parameter.unit,
        help=parameter.explanation(lang),
    )
