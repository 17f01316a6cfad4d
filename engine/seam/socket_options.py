"""`setsockopt` and `getsockopt`: which options change what happens, and what the others say."""

from __future__ import annotations

import _socket
import errno
import operator
from typing import Any, Final

from .ends import End, refusal

_SOCKET, _TCP = _socket.SOL_SOCKET, _socket.IPPROTO_TCP
_SMALLEST: Final = {(_SOCKET, _socket.SO_SNDBUF): 4608, (_SOCKET, _socket.SO_RCVBUF): 2304}
"""Linux doubles what is asked for, and gives no less than this."""

_LARGEST: Final = 212_992
"""The system's `net.core.wmem_max` and `rmem_max`; twice as much is what can be had."""

_LEVELS: Final = frozenset(
    {_SOCKET, _TCP, _socket.IPPROTO_IP, _socket.IPPROTO_IPV6, _socket.IPPROTO_UDP, _socket.IPPROTO_ICMP}
)


def set_option(end: End, args: tuple[Any, ...]) -> None:
    """Keep an option; buffers and flags count. Raises TypeError and OSError as the system does."""
    if len(args) == 4:  # noqa: PLR2004 - the form for no value
        level, name, nothing, length = args
        if nothing is not None:
            message = "setsockopt() argument 3 must be None when optlen is given"
            raise TypeError(message)
        value: int | bytes = bytes(length)
    else:
        level, name, value = args
    key = (operator.index(level), operator.index(name))
    if key[0] not in _LEVELS:
        raise refusal(errno.ENOPROTOOPT)
    if isinstance(value, bytes | bytearray | memoryview):
        value = bytes(value)
        plain = len(value) == 4 and key != (_SOCKET, _socket.SO_LINGER)  # noqa: PLR2004 - an int in C
        end.options[key] = int.from_bytes(value, "little", signed=True) if plain else value
        return
    number = operator.index(value)
    if key in _SMALLEST:
        number = max(_SMALLEST[key], 2 * min(number, _LARGEST))
    elif key[0] == _SOCKET and key[1] in (_socket.SO_REUSEADDR, _socket.SO_REUSEPORT, _socket.SO_KEEPALIVE):
        number = int(bool(number))
    end.options[key] = number


def get_option(end: End, level: int, name: int, size: int = 0) -> int | bytes:
    """Return an option's value: as bytes if a size is given. An error that nobody has been told of is taken away."""
    key = (operator.index(level), operator.index(name))
    if key[0] not in _LEVELS:
        raise refusal(errno.EOPNOTSUPP)
    computed = _computed(end, key)
    usual = bytes(8) if key == (_SOCKET, _socket.SO_LINGER) else 0
    found = end.options.get(key, usual) if computed is None else computed
    if not size:
        return found if isinstance(found, int) else int.from_bytes(found[:4], "little", signed=True)
    return (found if isinstance(found, bytes) else found.to_bytes(4, "little", signed=True))[:size]


def _computed(end: End, key: tuple[int, int]) -> int | None:
    """Return what the state of the end says, or None for an option that is only kept."""
    if key[0] != _SOCKET:
        return None
    if key[1] == _socket.SO_ERROR:
        number, end.error = end.error, 0
        return number
    computed = {
        _socket.SO_TYPE: end.kind,
        getattr(_socket, "SO_DOMAIN", -1): end.family,  # Linux has these two
        getattr(_socket, "SO_PROTOCOL", -2): end.protocol,
        _socket.SO_ACCEPTCONN: int(end.listens),
        _socket.SO_SNDBUF: end.sending_bytes,
        _socket.SO_RCVBUF: end.receiving_bytes,
    }
    return computed.get(key[1])
