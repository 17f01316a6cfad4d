"""`_socket.socket`, in memory: CPython's own `socket` module runs on it unchanged.

`socket.socket` is a class in Python whose base is `_socket.socket`, a class in C. During a run there is another base
between the two, `Layer`, whose methods look up what the object stands for. An object that no simulated socket belongs
to is a real one, and is served as such: one that another thread of the interpreter has, or one from before the run.
"""

from __future__ import annotations

import _socket
import functools
import socket
import sys
import warnings
from collections.abc import Callable
from typing import Any, Final

from . import network
from .ends import End
from .hosts import AF_UNIX
from .network import END_OF_DESCRIPTORS, FIRST_DESCRIPTOR, in_run
from .socket_base import FLAGS, make_end, seconds
from .socket_data import Data
from .socket_trace import acting_kernel, hang_up, is_for_library

REAL = _socket.socket
"""The class in C."""

_METHODS: Final = (
    "_accept", "bind", "close", "connect", "connect_ex", "detach", "fileno", "getblocking", "getpeername",
    "getsockname", "getsockopt", "gettimeout", "listen", "recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg",
    "recvmsg_into", "send", "sendall", "sendmsg", "sendto", "setblocking", "setsockopt", "settimeout", "shutdown",
)  # fmt: skip


def end_of(descriptor: int) -> End | None:
    """Return the simulated end that a descriptor leads to, or None if it leads to none."""
    return network.current.ends.get(descriptor)


def is_simulated(descriptor: object) -> bool:
    """Tell whether a number is one that only simulated sockets have, open or not."""
    return isinstance(descriptor, int) and FIRST_DESCRIPTOR <= descriptor < END_OF_DESCRIPTORS and in_run()


def _found(face: object) -> Data | None:
    """Return what a socket object stands for, or None if it is a real one."""
    return network.current.sockets.get(id(face)) if in_run() else None


def _layered(name: str) -> Callable[..., Any]:
    """Return a method that serves simulated and real sockets."""
    original, own = getattr(REAL, name), getattr(Data, name)

    @functools.wraps(original, assigned=("__name__", "__doc__"), updated=())
    def method(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        found = _found(self)
        return original(self, *args, **kwargs) if found is None else own(found, *args, **kwargs)

    return method


def _looked_up(name: str, of: str) -> property:
    """Return an attribute that serves both."""
    original = getattr(REAL, name)

    def value(self: Any) -> Any:
        found = _found(self)
        return original.__get__(self) if found is None else getattr(found, of)

    return property(value)


class Layer:
    """What stands between `socket.socket` and the class in C during a run."""

    __slots__ = ()

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:  # noqa: A002
        if not in_run() or (fileno is not None and not is_simulated(fileno)):
            REAL.__init__(self, family, type, proto, fileno)  # type: ignore[arg-type]
            return
        network.current.sockets[id(self)] = Data(self, family, type, proto, fileno)

    def __del__(self) -> None:
        found = _found(self)
        if found is None:
            REAL.__del__(self)  # type: ignore[attr-defined]
            return
        try:
            if found.descriptor != -1 and not acting_kernel().closing:
                warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
        finally:
            found.drop()
            del network.current.sockets[id(self)]

    def __repr__(self) -> str:
        found = _found(self)
        if found is None:
            return REAL.__repr__(self)
        return f"<socket object, fd={found.descriptor}, family={found.family}, type={found.kind}, proto={found.proto}>"

    def __hash__(self) -> int:
        found = _found(self)
        return object.__hash__(self) if found is None else found.hash

    family = _looked_up("family", "family")
    type = _looked_up("type", "kind")
    proto = _looked_up("proto", "proto")
    timeout = _looked_up("timeout", "timeout")


for _name in _METHODS:
    setattr(Layer, _name, _layered(_name))


class _Any(type):
    """Makes every socket, simulated or real, an instance of `_socket.socket`, and subclasses as of the class in C."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        """Make a class. One that asks for weak references to its objects can have them already."""
        if bases != (Layer, REAL) and "__weakref__" in namespace.get("__slots__", ()):
            namespace["__slots__"] = tuple(each for each in namespace["__slots__"] if each != "__weakref__")
        return super().__new__(cls, name, bases, namespace)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, REAL) if cls is Socket else super().__instancecheck__(instance)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, REAL) if cls is Socket else super().__subclasscheck__(kind)


class Socket(Layer, REAL, metaclass=_Any):
    """`_socket.socket` during a run."""

    __slots__ = ("__weakref__",)


Socket.__name__ = Socket.__qualname__ = "socket"
Socket.__module__ = "_socket"


# Functions of `_socket`.


_socketpair, _dup, _close = _socket.socketpair, _socket.dup, _socket.close
_get_default, _set_default = _socket.getdefaulttimeout, _socket.setdefaulttimeout


def socketpair(family: int = AF_UNIX, type: int = _socket.SOCK_STREAM, proto: int = 0, /) -> tuple[Any, Any]:  # noqa: A002
    """Return two sockets that are connected to each other."""
    if not in_run():
        return _socketpair(family, type, proto)
    one, two = (make_end(family, type & ~FLAGS, proto) for _ in range(2))
    one.other, two.other = two, one
    one.hidden = two.hidden = is_for_library(sys._getframe(1))
    return tuple(Socket(family, type, proto, network.current.open(each)) for each in (one, two))  # type: ignore[return-value]


def dup(descriptor: int, /) -> int:
    """Return another descriptor for the same end."""
    return network.current.open(network.current.find(descriptor)) if is_simulated(descriptor) else _dup(descriptor)


def close(descriptor: int, /) -> None:
    """Give a descriptor up."""
    if is_simulated(descriptor):
        hang_up(descriptor)
    else:
        _close(descriptor)


def getdefaulttimeout() -> float | None:
    """Return the timeout of new sockets, in seconds."""
    return network.current.default_timeout if in_run() else _get_default()


def setdefaulttimeout(timeout: float | None, /) -> None:
    """Give new sockets a timeout in seconds."""
    if in_run():
        network.current.default_timeout = seconds(timeout)
    else:
        _set_default(timeout)


def layers() -> tuple[tuple[Any, str, Any], ...]:
    """Return what puts the layer below `socket.socket`."""
    closing: Any = socket.socket._real_close  # type: ignore[attr-defined]
    return (
        (_socket, "socket", Socket),
        (_socket, "SocketType", Socket),
        (socket, "SocketType", Socket),
        (socket.socket, "__bases__", (Layer, REAL)),
        # This method took the class in C as a default.
        (closing, "__defaults__", (Layer,)),
    )
