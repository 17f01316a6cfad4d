"""The control panel's contents: the program's parameters, and how it is run. And back: a knob turned to settings."""

from dataclasses import dataclass, replace
from typing import Final, get_args

import msgspec

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


@dataclass(frozen=True, slots=True)
class Words:
    """What the controls are called, and what they are for."""

    program: str
    schedule: str
    seed: str
    order: str
    grain: str
    seed_help: str
    order_help: str
    grain_help: str


WORDS: Final = {
    "en": Words(
        "Program",
        "Schedule",
        "seed",
        "order",
        "grain",
        "Another seed, another random order. The same seed always gives the same run.",
        "Who runs next: any at random, each in turn, or one until it waits.",
        "Where workers may take turns: at operations of the library, or also between lines or instructions.",
    ),
    "zh": Words(
        "程序",
        "调度",
        "种子",
        "顺序",
        "粒度",
        "同一种子总得到同一次运行。",
        "下一个运行谁。",
        "在哪里可以切换: 库操作之间, 还是行或指令之间。",
    ),
}
"""Words by language."""


def sections(target: Target, settings: Settings, lang: str) -> tuple[Section, ...]:
    """Return the panel's contents for a program and its present settings."""
    words = WORDS[lang]
    engine = Section(
        words.schedule,
        (
            Control(SEED, words.seed, "int", settings.seed, minimum=0, maximum=2**63 - 1, help=words.seed_help),
            Control(STRATEGY, words.order, "choice", settings.strategy, choices=STRATEGIES, help=words.order_help),
            Control(GRAIN, words.grain, "choice", settings.grain, choices=GRAINS, help=words.grain_help),
        ),
    )
    if not target.parameters:
        return (engine,)
    return (Section(words.program, tuple(_control(one, settings, lang) for one in target.parameters)), engine)


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
        help=parameter.explanation(lang),
    )
