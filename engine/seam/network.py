"""The simulated machine's sockets: which descriptor leads to which end, and which end has which address."""

from __future__ import annotations

import _socket
import errno
import heapq
import itertools
import os
from typing import Any, Final

from ...trace.events import NANOSECONDS
from ..kernel.running import current_kernel
from . import hosts
from .connections import Stream
from .ends import End, refusal
from .hosts import AF_INET, AF_INET6, AF_UNIX, Address

FIRST_DESCRIPTOR: Final = 100_000
"""Descriptors of simulated sockets begin here, above all that the operating system gives."""

END_OF_DESCRIPTORS: Final = 1_000_000
"""And here those of pipes begin, which `multiprocessing` does not use as descriptors."""

FIRST_PORT: Final = 40_001
"""Ports that nobody asks for by number begin here, and rise by one."""

TIME_WAIT: Final = 60 * NANOSECONDS
"""How long an address stays in use after the side that has it closed a connection first."""

_REUSE_ADDRESS: Final = (_socket.SOL_SOCKET, _socket.SO_REUSEADDR)
_REUSE_PORT: Final = (_socket.SOL_SOCKET, _socket.SO_REUSEPORT)
_V6_ONLY: Final = (_socket.IPPROTO_IPV6, _socket.IPV6_V6ONLY)


def in_run() -> bool:
    """Tell whether the code that runs is part of a simulated run."""
    kernel = current_kernel()
    return kernel is not None and kernel.current is not None


class Loan:
    """An operation's claim on an end."""

    def __init__(self, end: End, space: object) -> None:
        self.end = end
        self.space = space


class Network:
    """All sockets of one run."""

    def __init__(self) -> None:
        self.ends: dict[int, End] = {}
        """By descriptor."""
        self.sockets: dict[int, Any] = {}
        """What each socket object stands for, by the object's identity."""
        self.loans: dict[int, Loan] = {}
        """Claims on ends by operations under way, by identity."""
        self.vain: dict[int, tuple[int, int]] = {}
        """By worker: when it last asked in vain, and how often at that time."""
        self.paths: set[str] = set()
        """Of local sockets, whole, that nobody has unlinked yet."""
        self.inheritable: set[int] = set()
        """Descriptors that the program has said children are to have."""
        self.default_timeout: float | None = None
        self._free: list[int] = []
        self._spaces: dict[int, object] = {}
        self._bound: dict[tuple[int, Any], list[End]] = {}
        self._ports = itertools.count(FIRST_PORT)
        self._left: dict[tuple[int, Any], tuple[int, bool]] = {}
        """When addresses that a connection has left may be used again, and whether they may be reused before."""

    # Descriptors.

    def open(self, end: End, space: object = None) -> int:
        """Return the lowest free descriptor, now of `end`. It belongs to the current process, or to `space`."""
        number = heapq.heappop(self._free) if self._free else FIRST_DESCRIPTOR + len(self.ends)
        kernel = current_kernel()
        self.ends[number] = end
        end.references += 1
        spaces = kernel.spaces if kernel is not None else None
        self._spaces[number] = space if space is not None or spaces is None else spaces.current
        return number

    def reopen(self, number: int, like: int) -> None:
        """Have a descriptor that was closed lead where another one does. Raises OSError if it never was one."""
        if number not in self._free:
            raise refusal(errno.EBADF)
        self._free.remove(number)
        heapq.heapify(self._free)
        end = self.ends[number] = self.find(like)
        self._spaces[number] = self._spaces[like]
        end.references += 1

    def find(self, number: int) -> End:
        """Return where a descriptor leads. Raises OSError if that is nowhere."""
        end = self.ends.get(number)
        if end is None:
            raise refusal(errno.EBADF)
        return end

    def close(self, number: int) -> None:
        """Give a descriptor up."""
        end = self.find(number)
        del self.ends[number], self._spaces[number]
        self.inheritable.discard(number)
        heapq.heappush(self._free, number)
        end.release()

    def hand_over(self, number: int) -> None:
        """A descriptor that was on its way has arrived in the current process."""
        kernel = current_kernel()
        self.find(number)
        if kernel is not None and kernel.spaces is not None:
            self._spaces[number] = kernel.spaces.current

    def of(self, space: object) -> list[int]:
        """Return a process's descriptors."""
        return [each for each, owner in self._spaces.items() if owner is space]

    def borrow(self, end: End) -> Loan:
        """Keep an end open while an operation is under way, whoever closes its descriptor."""
        kernel = current_kernel()
        spaces = kernel.spaces if kernel is not None else None
        loan = Loan(end, None if spaces is None else spaces.current)
        self.loans[id(loan)] = loan
        end.references += 1
        return loan

    def give_back(self, loan: Loan) -> None:
        """The operation is over, or its process is."""
        if self.loans.pop(id(loan), None) is not None:
            loan.end.release()

    # Addresses.

    def bind(self, end: End, address: Address) -> None:
        """Give `end` an address of its own. Raises OSError if it has one, or the address cannot be had."""
        if end.name is not None:
            raise refusal(errno.EINVAL)
        if end.family == AF_UNIX:
            address = address or b"\0%05x" % next(self._ports)
            if isinstance(address, str):
                self.paths.add(os.path.abspath(address))
        else:
            family, (host, port, *_) = hosts.plain(end.family, address)
            if not hosts.is_own(family, host):
                raise refusal(errno.EADDRNOTAVAIL)
            address = hosts.named(end.family, address[0], port or self._free_port(end))
        self._refuse_taken(end, address)
        end.name = address
        self.keep(end)

    def _refuse_taken(self, end: End, address: Address) -> None:
        """Raise OSError if an address is in use, or was until shortly before. A path is in use until it is unlinked."""
        if isinstance(address, str):
            return
        if any(not self._share(end, other, address) for other in self._neighbours(end, address)):
            raise refusal(errno.EADDRINUSE)
        until, reusable = self._left.get(_key(end, address), (0, False))
        if until > _now() and not (reusable and end.options.get(_REUSE_ADDRESS)):
            raise refusal(errno.EADDRINUSE)

    def bind_somewhere(self, end: End, host: str | None = None) -> None:
        """Give `end` an address because it needs one; a connected end's is that of the interface it is connected by."""
        if end.family == AF_UNIX:
            return
        if end.name is None:
            self.bind(end, hosts.named(end.family, host or hosts.ANY[end.family], 0))
        elif host is not None and end.name[0] in hosts.ANY.values():
            end.name = hosts.named(end.family, host, end.name[1])

    def keep(self, end: End) -> None:
        """Note that `end` has its address until it is closed."""
        if end.name is None:
            return
        key = _key(end, end.name)
        self._bound.setdefault(key, []).append(end)

        def forget() -> None:
            self._bound[key].remove(end)
            if end.left_first:
                self._left[key] = _now() + TIME_WAIT, bool(end.options.get(_REUSE_ADDRESS))

        end.when_closed = forget

    def listen(self, end: Stream, backlog: int) -> None:
        """Have `end` listen. Raises OSError if another one does so at its address."""
        self.bind_somewhere(end)
        for other in self._neighbours(end, end.name):
            if other.listens and other is not end and not _both(end, other, _REUSE_PORT):
                raise refusal(errno.EADDRINUSE)
        end.listen(backlog)

    def listener(self, caller: Stream, address: Address) -> Stream | None:
        """Return who listens at an address, or None. Raises OSError for addresses of other machines."""
        found = [each for each in self._reached(caller, address) if isinstance(each, Stream) and each.listens]
        return min(found, key=lambda each: len(each.arrived)) if found else None

    def _reached(self, caller: End, address: Address) -> list[End]:
        """Return the ends that have an address or one that includes it, the closest first."""
        if caller.family == AF_UNIX:
            if isinstance(address, str) and os.path.abspath(address) not in self.paths:
                raise refusal(errno.ENOENT)
            return [end for end in self._bound.get(_key(caller, address), []) if not end.is_connected][-1:]
        family, (host, port, *_) = hosts.plain(caller.family, address)
        if not hosts.is_own(family, host):
            raise refusal(errno.ENETUNREACH)
        host = hosts.LOOPBACK[family] if host == hosts.ANY[family] else host
        names = [(family, host), (family, hosts.ANY[family])]
        if family == AF_INET:
            names.append((AF_INET6, hosts.ANY[AF_INET6]))
        return [
            end
            for wanted in names
            for end in self._bound.get((caller.kind, port), [])
            if hosts.plain(end.family, end.name)[0] == wanted[0]
            and hosts.plain(end.family, end.name)[1][0] == wanted[1]
            and (wanted[0] == family or not end.options.get(_V6_ONLY))
            and not end.is_connected
        ]

    def peer(self, caller: End, address: Address) -> End | None:
        """Return the end that has an address, for datagrams."""
        return next(iter(self._reached(caller, address)), None)

    def _free_port(self, end: End) -> int:
        return next(port for port in self._ports if not self._bound.get((end.kind, port)))

    def _neighbours(self, end: End, address: Address) -> list[End]:
        return self._bound.get(_key(end, address), [])

    @staticmethod
    def _share(end: End, other: End, address: Address) -> bool:
        """Tell whether the two can have addresses on the same port."""
        if end.family == AF_UNIX:
            return False
        (one, first), (two, second) = hosts.plain(end.family, address), hosts.plain(other.family, other.name)
        if one != two:
            new = other if one == AF_INET else end
            if new.options.get(_V6_ONLY) or hosts.ANY[AF_INET6] not in (first[0], second[0]):
                return True
        elif first[0] != second[0] and hosts.ANY[one] not in (first[0], second[0]):
            return True
        return _both(end, other, _REUSE_PORT) or (_both(end, other, _REUSE_ADDRESS) and not other.listens)


def _key(end: End, address: Address) -> tuple[int, Any]:
    if end.family != AF_UNIX:
        return end.kind, address[1]
    return end.kind, os.path.abspath(address) if isinstance(address, str) else address


def _both(one: End, two: End, option: tuple[int, int]) -> bool:
    return bool(one.options.get(option) and two.options.get(option))


def _now() -> int:
    kernel = current_kernel()
    return 0 if kernel is None else kernel.now


current = Network()
"""The sockets of the run that goes on; each run has its own."""
