"""What asyncio's streams, servers and socket calls wait for: the sockets below them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, Final

from ...trace.events import NONE
from ..kernel.running import current_kernel
from ..seam.socket_trace import number
from ..seam.sockets import end_of
from .asyncio_probe import Doing, doing

_CALLS: Final = {
    "sock_recv": "recv",
    "sock_recv_into": "recv",
    "sock_recvfrom": "recv",
    "sock_recvfrom_into": "recv",
    "sock_sendall": "send",
    "sock_sendto": "send",
    "sock_connect": "connect",
    "sock_accept": "accept",
}
"""Methods of a loop whose first argument is a socket, and what they do to it."""


def _number(sock: Any) -> int:
    """Return the number of the end below a socket, or below what a transport gives out for it."""
    end = end_of(sock.fileno()) if hasattr(sock, "fileno") else None
    return NONE if end is None else number(end)


def _of_transport(stream: Any) -> Any:
    transport = stream._transport
    return None if transport is None else transport.get_extra_info("socket")


def _of_server(server: Any) -> Any:
    return next(iter(server.sockets), None)


def _waiting(original: Callable[..., Any], verb: str, socket_of: Callable[..., Any]) -> Callable[..., Any]:
    """Return a coroutine method whose wait is told as one at a socket."""

    @functools.wraps(original)
    async def method(thing: Any, *args: Any, **kwargs: Any) -> Any:
        kernel = current_kernel()
        if kernel is None or kernel.current is None or kernel.current.strand is None:
            return await original(thing, *args, **kwargs)
        with doing(Doing(verb, _number(socket_of(thing, *args)))):
            return await original(thing, *args, **kwargs)

    return method


def patches(modules: Mapping[str, ModuleType]) -> Iterator[tuple[Any, str, Any]]:
    """What to replace in asyncio."""
    streams = modules["asyncio.streams"]
    loop = modules["asyncio.selector_events"].BaseSelectorEventLoop
    server = modules["asyncio.base_events"].Server
    for owner, name, verb, socket_of in (
        (streams.StreamReader, "_wait_for_data", "recv", lambda reader, *_: _of_transport(reader)),
        (streams.StreamWriter, "drain", "send", lambda writer, *_: _of_transport(writer)),
        (server, "serve_forever", "accept", lambda each, *_: _of_server(each)),
        *((loop, name, verb, lambda _loop, sock, *_: sock) for name, verb in _CALLS.items()),
    ):
        yield owner, name, _waiting(getattr(owner, name), verb, socket_of)
