"""How to run a target: all that a person can change between two runs of the same program."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal, Self

import msgspec

from ..engine.limits import Limits
from ..engine.request import Request
from ..locales.words import _
from ..scenarios.parameters import Parameter, ParameterError
from ..scenarios.target import Target
from ..trace.header import Header, Setting
from ..trace.model import Cost, Model
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
    generators: bool = False
    """Make a worker of each generator of the program's own, even if it is no lesson that asks for that."""
    limits: Limits = field(default_factory=Limits)
    costs: Mapping[str, Cost] = field(default_factory=dict)
    """What calls of the program's functions cost, beyond what a lesson declares."""
    model: Mapping[str, int | bool] = field(default_factory=dict)
    """Fields of the machine that are other than the lesson declares, or than the default."""

    @classmethod
    def of(cls, header: Header, target: Target | None = None) -> Self:
        """Return the settings of a recorded run, so that it can be run again as what it was a run of."""
        settings = cls(
            parameters=header.parameters if target is None else _fitting(header.parameters, target.parameters),
            strategy=header.strategy,
            seed=header.seed,
            grain=header.grain,
            choices=header.choices,
            arguments=header.arguments,
            generators=header.generators,
        )
        declared = settings.header(target) if target is not None else Header(target=header.target)
        model, usual = msgspec.structs.asdict(header.model), msgspec.structs.asdict(declared.model)
        return replace(
            settings,
            costs={name: cost for name, cost in header.costs.items() if declared.costs.get(name) != cost},
            model={name: value for name, value in model.items() if usual[name] != value},
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
            generators=self.generators or (target.lesson is not None and target.lesson.generators),
            limits=self.limits,
            costs=self._costs(target),
            model=self._model(target),
        )

    def _costs(self, target: Target) -> dict[str, Cost]:
        """Return the costs that the lesson declares, and those declared besides, which count more."""
        lesson = target.lesson.costs if target.lesson is not None else {}
        return {name: Cost(*cost) for name, cost in lesson.items()} | dict(self.costs)

    def _model(self, target: Target) -> Model:
        lesson = target.lesson.machine(self.parameters) if target.lesson is not None else {}
        return msgspec.convert({**lesson, **self.model}, Model)


def _fitting(values: Mapping[str, Setting], parameters: Iterable[Parameter]) -> dict[str, Setting]:
    """Return the values that a trace tells of the parameters, which may be wrong, as far as they are no defaults."""
    fitting = {}
    for parameter in parameters:
        with suppress(KeyError, ParameterError):
            value = parameter.check(values[parameter.name])
            if value != parameter.default:
                fitting[parameter.name] = value
    return fitting


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
