"""The control panel's contents: the program's parameters, and how it is run. And back: a knob turned to settings."""

from dataclasses import replace
from typing import Final

from ..scenarios.parameters import Parameter
from ..scenarios.target import Target
from ..trace.header import Setting
from ..widgets.controls import Control, Section
from .settings import Settings

STRATEGY: Final = "engine.strategy"
SEED: Final = "engine.seed"
"""Names of the controls that are not the program's; a parameter cannot have a dot in its name."""

STRATEGIES: Final = ("random", "round-robin", "fifo")

TITLES: Final = {
    "en": ("Program", "Schedule", "order", "seed"),
    "zh": ("程序", "调度", "顺序", "种子"),
}

HELP: Final = {
    "en": (
        "Who runs next: any at random, each in turn, or whoever waits longest.",
        "Another seed, another random order. The same seed always gives the same run.",
    ),
    "zh": ("下一个运行谁。", "同一种子总得到同一次运行。"),
}


def sections(target: Target, settings: Settings, lang: str) -> tuple[Section, ...]:
    """Return the panel's contents for a program and its present settings."""
    program, schedule, order, seed = TITLES[lang]
    order_help, seed_help = HELP[lang]
    engine = Section(
        schedule,
        (
            Control(STRATEGY, order, "choice", settings.strategy, choices=STRATEGIES, help=order_help),
            Control(SEED, seed, "int", settings.seed, minimum=0, maximum=2**63 - 1, help=seed_help),
        ),
    )
    if not target.parameters:
        return (engine,)
    return (Section(program, tuple(_control(one, settings, lang) for one in target.parameters)), engine)


def turned(target: Target, settings: Settings, name: str, value: Setting) -> Settings:
    """Return the settings after a control was set to a value. Raises ParameterError if the program does not take it."""
    if name == STRATEGY:
        return replace(settings, strategy=str(value), choices=())
    if name == SEED:
        return replace(settings, seed=int(value), choices=())
    parameter = next(parameter for parameter in target.parameters if parameter.name == name)
    return settings.with_parameter(parameter, parameter.check(value))


def _control(parameter: Parameter, settings: Settings, lang: str) -> Control:
    return Control(
        parameter.name,
        parameter.label(lang),
        parameter.type,
        settings.parameters.get(parameter.name, parameter.default),
        choices=parameter.choices,
        minimum=parameter.minimum,
        maximum=parameter.maximum,
        step=parameter.step,
        unit=parameter.unit,
        help=parameter.help,
    )
