"""Names and addresses: the simulated machine has its loopback interface, and no network.

Nothing here asks a name server. What has digits only is worked out by the C library, which then looks nothing up.
"""

from __future__ import annotations

import _socket
import operator
import os
from typing import Any, Final

Address = Any
"""A socket's name as programs see it: a pair, a tuple of four, or a path."""

HOST: Final = "localhost"
"""What the simulated machine is called."""

AF_UNIX, AF_INET, AF_INET6 = _socket.AF_UNIX, _socket.AF_INET, _socket.AF_INET6
ANY: Final = {AF_INET: "0.0.0.0", AF_INET6: "::"}  # noqa: S104 - a name for all of its own addresses
LOOPBACK: Final = {AF_INET: "127.0.0.1", AF_INET6: "::1"}

_NAMES: Final = frozenset({HOST, "localhost.localdomain", "ip6-localhost", "ip6-loopback"})
_MAPPED: Final = "::ffff:"
_LARGEST_PORT: Final = 65_535
_LARGEST_FLOW: Final = 0xFFFFF
_LONGEST_PATH: Final = 108

_getaddrinfo, _getnameinfo = _socket.getaddrinfo, _socket.getnameinfo


def unresolved() -> OSError:
    """Return what a machine without a network says to a name that is not its own."""
    return _socket.gaierror(_socket.EAI_AGAIN, "Temporary failure in name resolution")


def text_of(host: object) -> str:
    """Return a host as text. Raises TypeError as CPython does."""
    if isinstance(host, str):
        text = host if host.isascii() else host.encode("idna").decode("ascii")
    elif isinstance(host, bytes | bytearray):
        text = bytes(host).decode("ascii", "surrogateescape")
    else:
        message = f"str, bytes or bytearray expected, not {type(host).__name__}"
        raise TypeError(message)
    if "\0" in text:
        message = "host name must not contain null character"
        raise TypeError(message)
    return text


def resolve(host: object, family: int) -> str:
    """Return a host's address in digits, in its usual form. Raises `gaierror` for hosts that are not this machine."""
    text = text_of(host)
    if not text:
        return ANY[family]
    if text == "<broadcast>":
        return "255.255.255.255"
    if is_local_name(text):
        return LOOPBACK[family]
    if not is_digits(text):
        raise unresolved()
    return str(_getaddrinfo(text, 0, family, 0, 0, _socket.AI_NUMERICHOST)[0][4][0])


def is_local_name(text: str) -> bool:
    """Tell whether a host's name is this machine's."""
    return text.rstrip(".").lower() in _NAMES


def is_digits(text: str) -> bool:
    """Tell whether the host is written as an address, so that nobody has to be asked."""
    try:
        _getaddrinfo(text, 0, 0, 0, 0, _socket.AI_NUMERICHOST)
    except _socket.gaierror:
        return False
    return True


def is_own(family: int, host: str) -> bool:
    """Tell whether an address in digits is one of this machine's."""
    if family == AF_INET6:
        host = host.removeprefix(_MAPPED)
        return host in ("::1", "::") or (host.startswith("127.") and ":" not in host)
    return host.startswith("127.") or host == ANY[AF_INET]


def parse(call: str, family: int, address: object) -> Address:
    """Check and complete an address that was given to `call`. Raises what CPython raises."""
    if family == AF_UNIX:
        return _path(call, address)
    label = "AF_INET" if family == AF_INET else "AF_INET6"
    if not isinstance(address, tuple):
        message = f"{call}(): {label} address must be tuple, not {type(address).__name__}"
        raise TypeError(message)
    if family == AF_INET and len(address) != 2:  # noqa: PLR2004
        message = "AF_INET address must be a pair (host, port)"
        raise TypeError(message)
    if not 2 <= len(address) <= 4:  # noqa: PLR2004
        message = "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])"
        raise TypeError(message)
    text_of(address[0])
    port = operator.index(address[1])
    if not 0 <= port <= _LARGEST_PORT:
        message = f"{call}(): port must be 0-65535."
        raise OverflowError(message)
    flow = operator.index(address[2]) if len(address) > 2 else 0  # noqa: PLR2004
    if not 0 <= flow <= _LARGEST_FLOW:
        message = f"{call}(): flowinfo must be 0-1048575."
        raise OverflowError(message)
    return named(family, resolve(address[0], family), port)


def named(family: int, host: str, port: int) -> Address:
    """Return host and port as the address of that family."""
    return (host, port) if family == AF_INET else (host, port, 0, 0)


def reached(family: int, address: Address) -> Address:
    """Return the address that one is connected to who has asked for `address`: "any" is the loopback."""
    if isinstance(address, tuple) and address[0] == ANY[family]:
        return (LOOPBACK[family], *address[1:])
    return address


def _path(call: str, address: object) -> str | bytes:
    if isinstance(address, str):
        path: str | bytes = os.fsdecode(os.fsencode(address))  # in the form that a path of bytes is shown in
    elif isinstance(address, bytes | bytearray | memoryview):
        raw = bytes(address)
        path = raw if raw.startswith(b"\0") else os.fsdecode(raw)
    else:
        message = f"{call}(): a bytes-like object is required, not '{type(address).__name__}'"
        raise TypeError(message.removeprefix(f"{call}(): "))
    if len(os.fsencode(path)) >= _LONGEST_PATH + (path[:1] in ("\0", b"\0")):
        message = "AF_UNIX path too long"
        raise OSError(message)
    return os.fsencode(path) if path[:1] == "\0" else path


def as_seen_by(family: int, address: Address) -> Address:
    """Return an address as a socket of that family shows it: one of the older kind has a form in the newer."""
    if family == AF_INET6 and isinstance(address, tuple) and ":" not in address[0]:
        return (_MAPPED + address[0], address[1], 0, 0)
    return address


def plain(family: int, address: Address) -> tuple[int, Address]:
    """Return the family that an address is really of, and the address in it."""
    if family == AF_INET6 and address[0].startswith(_MAPPED):
        return AF_INET, (address[0].removeprefix(_MAPPED), address[1])
    return family, address


def shown(address: Address) -> str:
    """Return an address as a person writes it: "127.0.0.1:8000", "[::1]:8000", a path."""
    if isinstance(address, tuple):
        host, port = address[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return repr(address) if isinstance(address, bytes) else str(address or "")
