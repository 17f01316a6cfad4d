"""The deterministic scheduler: tasks on greenlets, a ready set, a virtual clock."""

from .kernel import Kernel, Outcome, current_kernel
from ..limits import Limits
from .task import Task

__all__ = ["Kernel", "Limits", "Outcome", "Task", "current_kernel"]
