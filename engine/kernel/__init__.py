"""The deterministic scheduler: tasks on greenlets, a ready set, a virtual clock."""

from ..limits import Limits
from .kernel import Kernel
from .outcome import Outcome
from .running import current_kernel
from .task import Task

__all__ = ["Kernel", "Limits", "Outcome", "Task", "current_kernel"]
