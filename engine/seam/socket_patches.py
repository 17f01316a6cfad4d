"""Which names of `socket`, `select` and `selectors` lead to the simulator."""

from __future__ import annotations

import _socket
import os
import select
import selectors
import signal
import socket
from collections.abc import Iterator
from typing import Any

from . import descriptors, network, polls, resolver, socket_paths, sockets
from . import selectors as simulated
from .network import Network

Patch = tuple[Any, str, Any]


def names() -> Iterator[Patch]:
    """Everything that would reach the network or the operating system's sockets."""
    yield network, "current", Network()
    yield from sockets.layers()
    for module in (_socket, socket):
        for name in resolver.NAMES:
            if not (module is socket and name == "getaddrinfo"):  # that one is in Python, above `_socket`'s
                yield module, name, getattr(resolver, name)
        for name in ("dup", "close", "getdefaulttimeout", "setdefaulttimeout"):
            yield module, name, getattr(sockets, name)
    yield _socket, "socketpair", sockets.socketpair
    for name in descriptors.NAMES:
        yield os, name, getattr(descriptors, name)
    for name in socket_paths.NAMES:
        yield os, name, getattr(socket_paths, name)
    yield signal, "set_wakeup_fd", descriptors.set_wakeup_fd
    yield select, "select", simulated.select
    yield select, "poll", polls.Poll
    if hasattr(select, "epoll"):
        yield select, "epoll", polls.Epoll
        yield selectors.EpollSelector, "_selector_cls", polls.Epoll
    else:
        yield selectors, "DefaultSelector", selectors.PollSelector  # elsewhere another one that is not simulated
    # These took the names when they were imported.
    yield selectors.SelectSelector, "_select", staticmethod(simulated.select)
    yield selectors.PollSelector, "_selector_cls", polls.Poll
    yield selectors, "math", simulated.MATH
