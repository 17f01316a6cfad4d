"""Starting, awaiting and ending simulated processes: what `multiprocessing` calls a Popen.

A child begins as one that `spawn` starts: the program's main module is executed once more, in a fresh namespace and
under the name `__mp_main__`, and the `Process` object arrives through pickle. CPython's own `BaseProcess._bootstrap`
does the rest.
"""

from __future__ import annotations

import atexit
import multiprocessing.process
import multiprocessing.util
import os
import signal
import sys
import threading
import traceback
from multiprocessing import context, reduction, spawn
from typing import Any

from ...trace.events import Kind, WorkerFlag
from ..kernel.kernel import Kernel
from ..kernel.running import current_kernel
from . import network
from .durations import number
from .pipes import Handle
from .socket_trace import leave
from .sockets import is_simulated
from .spaces import Space
from .threads import Sentinel, note_failure, works_in_pool
from .waiting import Gate

_handles = iter(range(2_000_000, 3_000_000))


_print_exc = traceback.print_exc
_cleanup = multiprocessing.process._cleanup  # type: ignore[attr-defined]


def print_exc(*args: Any, **kwargs: Any) -> None:
    """`traceback.print_exc`; called by a process's bootstrap code, it is where an uncaught exception shows."""
    kernel = current_kernel()
    bootstrap = multiprocessing.process.BaseProcess._bootstrap  # type: ignore[attr-defined]
    if kernel is not None and kernel.current is not None and sys._getframe(1).f_code is bootstrap.__code__:
        note_failure(kernel.current, sys.exc_info()[1])
    _print_exc(*args, **kwargs)


def cleanup() -> None:
    """Forget the children that have ended, if there are any.

    CPython asks every child at each start of another one, which is quadratic in the number of children.
    """
    kernel = current_kernel()
    if kernel is None or kernel.spaces is None or kernel.spaces.current.bereaved:
        _cleanup()
        if kernel is not None and kernel.spaces is not None:
            kernel.spaces.current.bereaved = False


class Passage:
    """A descriptor on its way to another process: one more for the same file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        if is_simulated(descriptor):
            # A real child has it from its start, whatever becomes of the parent's own until then.
            child: Any = context.get_spawning_popen()
            net = network.current
            self._descriptor = net.open(net.find(descriptor), None if child is None else child.space)

    def detach(self) -> int:
        """Return the other process's descriptor."""
        if is_simulated(self._descriptor):
            network.current.hand_over(self._descriptor)
            return self._descriptor
        return os.dup(self._descriptor)


class Popen:
    """One child process, as `multiprocessing` sees it."""

    method = "spawn"

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        kernel = current_kernel()
        assert kernel is not None
        self.finalizer = None
        self._gate = Gate()
        self.space: Space = kernel.spaces.new()
        """The process itself."""
        self.pid = self.space.pid
        self.sentinel = Handle(next(_handles))
        self.sentinel.gate = self._gate
        self.sentinel.is_ready = lambda: self.space.status is not None
        self._launch(kernel, process)

    def _launch(self, kernel: Kernel, process: multiprocessing.process.BaseProcess) -> None:
        spawn._check_not_importing_main()  # type: ignore[attr-defined]
        context.set_spawning_popen(self)  # type: ignore[arg-type]
        try:
            data = bytes(reduction.ForkingPickler.dumps(process))
        finally:
            context.set_spawning_popen(None)
        task = kernel.spawn(lambda: self._live(kernel, data), process.name, daemon=bool(process.daemon))
        self._task = task
        task.space = self.space
        self.space.main = task
        self._life = Sentinel()
        self._life.sentinel = task
        self._life.depth = 1
        self._life.owner = task
        task.sentinel.append(self._life)
        flags = WorkerFlag.PROCESS | (WorkerFlag.DAEMON if process.daemon else WorkerFlag.THREAD)
        if works_in_pool(process._target):  # type: ignore[attr-defined]
            flags |= WorkerFlag.POOL
        kernel.recorder.emit(Kind.SPAWN, obj=task.id, value=int(flags), text=process.name, frame=sys._getframe(1))
        first = kernel.spaces.all[0]
        if self.space.number == 1:
            kernel.recorder.emit(Kind.PROCESS, obj=first.main.id, value=first.pid)
        kernel.recorder.emit(Kind.PROCESS, obj=task.id, value=self.pid)
        kernel.ready.add(task)

    def _live(self, kernel: Kernel, data: bytes) -> None:
        """The child's life, from its main module's first line to its exit status."""
        status = 1
        try:
            threading._main_thread = threading._MainThread()  # type: ignore[attr-defined]
            kernel.recorder.begin(None, "<module>")
            if kernel.tracer is not None:
                kernel.tracer.begin()
            if kernel.cpu is not None:
                kernel.cpu.pay_for_process()
            process = self._arrive(kernel, data)
            if process is not None:
                status = process._bootstrap(self._parent())
            atexit._run_exitfuncs()
            multiprocessing.util._exit_function()  # type: ignore[attr-defined]
        finally:
            if not kernel.closing:
                self._end(kernel, status)

    def _arrive(self, kernel: Kernel, data: bytes) -> Any:
        """Execute the main module again and unpickle the process object in it; None if the program fails at that."""
        try:
            multiprocessing.process.current_process()._inheriting = True  # type: ignore[attr-defined]
            if kernel.main_module is not None:
                module, execute = kernel.main_module()
                sys.modules["__main__"] = sys.modules["__mp_main__"] = module
                execute()
            return reduction.ForkingPickler.loads(data)
        except Exception as error:  # noqa: BLE001 - whatever the program raises as it is imported
            note_failure(self._task, error)
            _print_exc()
            return None

    def _parent(self) -> Handle:
        """Return the handle by which the child sees its parent's end."""
        handle = Handle(next(_handles))
        handle.gate = Gate()
        handle.is_ready = lambda: self.space.parent is not None and self.space.parent.status is not None
        return handle

    def _end(self, kernel: Kernel, status: int) -> None:
        self.space.status = status
        leave(self.space)
        self._abandon_threads(kernel)
        self._tell_parent()

    def _abandon_threads(self, kernel: Kernel) -> None:
        for task in self.space.started:
            if task.space is self.space and not task.done:
                kernel.abandon(task)

    def _tell_parent(self) -> None:
        if self.space.parent is not None:
            self.space.parent.bereaved = True
        self._gate.wake()

    DupFd = Passage

    def duplicate_for_child(self, handle: int) -> int:
        """A descriptor is the same in every simulated process."""
        return handle

    def poll(self, flag: int = 0) -> int | None:  # noqa: ARG002
        """Return the exit status, or None while the child lives."""
        return self.space.status

    @property
    def returncode(self) -> int | None:
        """The exit status, or None while the child lives."""
        return self.space.status

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the child's end, at most `timeout` seconds; return its exit status, or None if it lives."""
        if self.space.status is None:
            if timeout is None:
                self._life.acquire()
                self._life.release()
            elif self._life.acquire(True, max(0.0, number(timeout))):
                self._life.release()
        return self.space.status

    def _send_signal(self, sig: int) -> None:
        kernel = current_kernel()
        if self.space.status is None and kernel is not None:
            self._task.failed = True
            if not self._task.done:
                kernel.abandon(self._task)
            self._abandon_threads(kernel)
            leave(self.space)
            self.space.status = -sig
            self._tell_parent()

    def terminate(self) -> None:
        """End the child now, as SIGTERM does."""
        self._send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the child now, as SIGKILL does."""
        self._send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Nothing is left to close."""
