"""The functions of `_socket` that ask the system for names: `getaddrinfo` and its kind.

The simulated machine knows itself, as `localhost`, and what is written in digits. `localhost` is 127.0.0.1 unless IPv6
is asked for.
"""

from __future__ import annotations

import _socket
from typing import Any, Final

from . import hosts
from .hosts import AF_INET, AF_INET6, ANY, HOST, LOOPBACK

Found = list[tuple[int, int, int, str, Any]]

_DIGITS: Final = _socket.AI_NUMERICHOST
_real: Final = {
    name: getattr(_socket, name)
    for name in ("getaddrinfo", "getnameinfo", "gethostname", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")
}


def getaddrinfo(  # noqa: PLR0917 - as `_socket` has it
    host: Any,
    port: Any,
    family: int = 0,
    type: int = 0,  # noqa: A002
    proto: int = 0,
    flags: int = 0,
) -> Found:
    """Return what to call `socket` and `connect` with to reach a service.

    Raises `gaierror` for the names of other machines.
    """
    real = _real["getaddrinfo"]
    if host is None:
        passive = flags & _socket.AI_PASSIVE
        host = (ANY if passive else LOOPBACK)[family or AF_INET] if family in (0, AF_INET, AF_INET6) else None
    elif isinstance(host, str | bytes | bytearray):
        text = hosts.text_of(host)
        if hosts.is_local_name(text):
            wanted = AF_INET6 if family == AF_INET6 else AF_INET
            found = real(LOOPBACK[wanted], port, family, type, proto, flags | _DIGITS)
            return _named(found, HOST if flags & _socket.AI_CANONNAME else "")
        if not hosts.is_digits(text) and not flags & _DIGITS:
            raise hosts.unresolved()
    return list(real(host, port, family, type, proto, flags | _DIGITS))


def _named(found: Found, name: str) -> Found:
    return [(*each[:3], name if not index else "", each[4]) for index, each in enumerate(found)]


def getnameinfo(sockaddr: Any, flags: int, /) -> tuple[str, str]:
    """Return an address's host and service as names, where they have any."""
    host, service = _real["getnameinfo"](sockaddr, flags | _socket.NI_NUMERICHOST)
    if flags & _socket.NI_NUMERICHOST:
        return host, service
    if host in LOOPBACK.values():
        return HOST, service
    if flags & _socket.NI_NAMEREQD:
        raise hosts.unresolved()
    return host, service


def gethostname() -> str:
    """Return the simulated machine's name."""
    return HOST


def gethostbyname(hostname: Any, /) -> str:
    """Return a host's address."""
    return hosts.resolve(hostname, AF_INET)


def gethostbyname_ex(hostname: Any, /) -> tuple[str, list[str], list[str]]:
    """Return a host's name, its other names, and its addresses."""
    return hosts.text_of(hostname), [], [hosts.resolve(hostname, AF_INET)]


def gethostbyaddr(host: Any, /) -> tuple[str, list[str], list[str]]:
    """Return the name of the host with an address. Raises `herror` for addresses of other machines."""
    family = AF_INET6 if ":" in hosts.text_of(host) else AF_INET
    address = hosts.resolve(host, family)
    if not hosts.is_own(family, address) or address in ANY.values():
        raise _socket.herror(1, "Unknown host")
    return HOST, [], [address]


NAMES: Final = (*_real,)
"""What stands in for the functions of the same names."""
