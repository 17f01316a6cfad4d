"""How to run a target: all that a person can change between two runs of the same program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Self

import msgspec

from ..engine.limits import Limits
from ..engine.request import Request
from ..locales.words import _
from ..scenarios.parameters import Parameter
from ..scenarios.target import Target
from ..trace.header import Header, Setting
from ..trace.schedule_code import Schedule, encode

Grain = Literal["sync", "line", "bytecode"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that, together with the program, fixes a simulated run. A change makes a new one."""

    parameters: Mapping[str, Setting] = field(default_factory=dict)
    """Parameters of the program's `main` that differ from their defaults."""
    strategy: str = "random"
    seed: int = 0
    grain: Grain = "sync"
    choices: tuple[int, ...] = ()
    """Workers chosen for the first steps; the strategy goes on from there."""
    arguments: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def of(cls, header: Header, parameters: Iterable[Parameter] = ()) -> Self:
        """Return the settings of a recorded run, so that it can be run again."""
        defaults = {parameter.name: parameter.default for parameter in parameters}
        return cls(
            parameters={name: value for name, value in header.parameters.items() if defaults.get(name) != value},
            strategy=header.strategy,
            seed=header.seed,
            grain=header.grain,
            choices=header.choices,
            arguments=header.arguments,
        )

    def with_parameter(self, parameter: Parameter, value: Setting) -> Self:
        """Return these settings with one parameter changed, and without choices, which were made for other values."""
        parameters = {name: kept for name, kept in self.parameters.items() if name != parameter.name}
        if value != parameter.default:
            parameters[parameter.name] = value
        return replace(self, parameters=parameters, choices=())

    def with_schedule(self, schedule: Schedule) -> Self:
        """Return these settings with another schedule."""
        return replace(
            self,
            strategy=schedule.strategy,
            seed=schedule.seed,
            choices=schedule.choices,
            grain=msgspec.convert(schedule.grain, Grain),
        )

    def code(self) -> str:
        """Return the schedule code that replays the run."""
        return encode(Schedule(strategy=self.strategy, seed=self.seed, choices=self.choices, grain=self.grain))

    def header(self, target: Target) -> Header:
        """Return the header of the trace that the target makes when it is run like this."""
        return self.request(target).header()

    def request(self, target: Target) -> Request:
        """Return what a child process needs to know to run the target like this."""
        return Request(
            target=target.name,
            path=str(target.path) if target.module is None else None,
            module=target.module,
            arguments=self.arguments,
            parameters={parameter.name: parameter.default for parameter in target.parameters} | dict(self.parameters),
            defaults={
                parameter.name: parameter.expression(self.parameters[parameter.name])
                for parameter in target.parameters
                if parameter.name in self.parameters
            },
            strategy=self.strategy,
            seed=self.seed,
            grain=self.grain,
            choices=self.choices,
            lines=True,
            limits=self.limits,
        )


def difference(new: Settings, old: Settings, parameters: Iterable[Parameter]) -> str:
    """Return in a few words what the new settings change: "seed 8, lock = one RLock"; "again" if nothing."""
    changes = []
    if new.seed != old.seed:
        changes.append(_("seed {seed}", seed=new.seed))
    if new.strategy != old.strategy:
        changes.append(new.strategy)
    if new.grain != old.grain:
        changes.append(_("grain {grain}", grain=new.grain))
    for parameter in parameters:
        before, after = (settings.parameters.get(parameter.name, parameter.default) for settings in (old, new))
        if before != after:
            changes.append(f"{parameter.name} = {after}")
    return _(", ").join(changes) or _("again")
