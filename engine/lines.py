"""What happens between a user's lines and instructions: LINE events, and preemption at the finer grains."""

from __future__ import annotations

import dis
import sys
from types import CodeType, FrameType
from typing import Any, Final

from .generators.rewriting import WATCH
from .kernel.kernel import Kernel
from .record.frames import is_own_file

_SHARED: Final = frozenset(
    {
        "LOAD_GLOBAL",
        "STORE_GLOBAL",
        "DELETE_GLOBAL",
        "LOAD_NAME",
        "STORE_NAME",
        "DELETE_NAME",
        "LOAD_DEREF",
        "STORE_DEREF",
        "DELETE_DEREF",
        "LOAD_CLASSDEREF",
        "LOAD_FROM_DICT_OR_DEREF",
        "LOAD_FROM_DICT_OR_GLOBALS",
        "LOAD_ATTR",
        "STORE_ATTR",
        "DELETE_ATTR",
        "LOAD_METHOD",
        "LOAD_SUPER_ATTR",
        "BINARY_SUBSCR",
        "STORE_SUBSCR",
        "DELETE_SUBSCR",
        "BINARY_SLICE",
        "STORE_SLICE",
        "CALL",
        "CALL_KW",
        "CALL_FUNCTION_EX",
        "FOR_ITER",
        "SEND",
        "CONTAINS_OP",
        "UNPACK_SEQUENCE",
    }
)
"""Instructions that may read or change what other threads can see. Between the others a switch shows no difference."""

LINES_IN_ONE_STEP: Final = 1_000
"""Lines recorded of one worker between two schedule points. A long computation goes on untraced, at full speed."""

_offsets: dict[int, tuple[CodeType, frozenset[int]]] = {}


def _shared_offsets(code: CodeType) -> frozenset[int]:
    entry = _offsets.get(id(code))
    if entry is None:
        found = frozenset(
            instruction.offset
            for instruction in dis.get_instructions(code)
            if instruction.opname in _SHARED or (instruction.opname == "BINARY_OP" and instruction.argrepr == "[]")
        )
        entry = _offsets[id(code)] = (code, found)
    return entry[1]


class Lines:
    """A trace function for every task of one run.

    It records lines where that is wanted, and at the grains `line` and `bytecode` makes each line, or each instruction
    that touches shared state, a schedule point.
    """

    def __init__(self, kernel: Kernel, *, grain: str, record: bool) -> None:
        self._kernel = kernel
        self._record = record
        self._at_line = grain == "line"
        self._at_opcode = grain == "bytecode"
        self._step = -1
        self._in_step = 0

    def begin(self) -> None:
        """Trace the current task, which is about to enter the user's code."""
        if self._at_opcode:
            # CPython 3.12 looks for opcode events only if some frame has asked for them before this moment.
            sys._getframe().f_trace_opcodes = True
        sys.settrace(self.trace)

    def trace(self, frame: FrameType, event: str, _argument: Any) -> Any:
        """Global trace function: choose what to do in a new frame."""
        if event != "call" or not is_own_file(frame.f_code.co_filename):
            return None
        if self._at_opcode:
            # CPython 3.13 takes notice of the second only after the first.
            frame.f_trace = self._local
            frame.f_trace_opcodes = True
        return self._local

    def _local(self, frame: FrameType, event: str, _argument: Any) -> Any:
        kernel = self._kernel
        if kernel.closing or kernel.frozen:
            return self._local
        if event == "line":
            if frame.f_lineno == frame.f_code.co_firstlineno and WATCH in frame.f_code.co_names:
                return self._local  # what we have added to a generator function, and nothing of the user's
            if self._at_line:
                # The switch must happen inside call_tracing: it keeps CPython's "already tracing" flag in order.
                sys.call_tracing(kernel.point, ())
            if self._record:
                self._line(frame)
        elif event == "opcode" and frame.f_lasti in _shared_offsets(frame.f_code):
            sys.call_tracing(kernel.point, ())
        return self._local

    def _line(self, frame: FrameType) -> None:
        kernel = self._kernel
        if kernel.step != self._step:
            self._step = kernel.step
            self._in_step = 0
        self._in_step += 1
        if self._in_step <= LINES_IN_ONE_STEP:
            kernel.recorder.line(frame)
        elif not self._at_line and not self._at_opcode and kernel.current is not None:
            sys.settrace(None)
            kernel.current.untraced = True

    def resume(self, frame: FrameType | None) -> None:
        """Trace the current task again, which has come to a schedule point after a long computation."""
        sys.settrace(self.trace)
        while frame is not None:
            if is_own_file(frame.f_code.co_filename):
                frame.f_trace = self._local
            frame = frame.f_back
