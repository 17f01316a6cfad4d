"""Data sent and received. Each call is a schedule point before it takes effect, and again where it waits."""

from __future__ import annotations

import _socket
import errno
import operator
from collections.abc import Iterable
from typing import Any, cast

from ...trace.events import Kind
from . import hosts, network
from .connections import Stream
from .datagrams import Mailbox
from .ends import End, refusal
from .hosts import Address
from .socket_base import c_int
from .socket_calls import Calls, late
from .socket_trace import acting_kernel, lent, refused, tell, told

_PEEK, _DONT_WAIT, _WAIT_ALL = _socket.MSG_PEEK, _socket.MSG_DONTWAIT, _socket.MSG_WAITALL


def bytes_of(data: object) -> memoryview:
    """Return data as bytes to send. Raises TypeError as CPython does."""
    try:
        view = memoryview(cast("Any", data))
    except TypeError:
        message = f"a bytes-like object is required, not '{type(data).__name__}'"
        raise TypeError(message) from None
    return view.cast("B") if view.c_contiguous else memoryview(bytes(view))


def _iterable(value: Any, message: str) -> Iterable[Any]:
    try:
        return list(value)
    except TypeError:
        raise TypeError(message) from None


def _writable(buffer: Any) -> memoryview:
    """Return a buffer as bytes to write. Raises TypeError as CPython does."""
    try:
        view = memoryview(buffer)
    except TypeError:
        view = memoryview(b"")
    if view.readonly:
        message = "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers"
        raise TypeError(message)
    return view.cast("B")


class Data(Calls):
    """What a socket object stands for: all that it can do."""

    cut = False
    """Whether the last datagram was longer than what was asked for."""

    # Sending.

    def send(self, data: Any, flags: int = 0, /) -> int:
        """Send some of the data; return how many bytes. One that may wait for ever sends them all, as on Linux."""
        view = bytes_of(data)
        end = self.enter()
        if isinstance(end, Mailbox):
            return self._post(end, bytes(view), None)
        assert isinstance(end, Stream)
        patience = 0 if flags & _DONT_WAIT else self.patience()
        return self._send(end, view, patience, whole=patience is None)

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """Send all of the data. Raises TimeoutError if that takes longer than the timeout in all."""
        view = bytes_of(data)
        end = self.enter()
        if isinstance(end, Mailbox):
            self._post(end, bytes(view), None)
            return
        assert isinstance(end, Stream)
        self._send(end, view, 0 if flags & _DONT_WAIT else self.patience(), whole=True)

    def _send(self, end: Stream, view: memoryview, patience: int | None, *, whole: bool) -> int:
        """Send what there is room for, and if `whole`, the rest when there is. Each portion is told as it goes."""
        with lent(end):
            return self._send_all(end, view, patience, whole=whole)

    def _send_all(self, end: Stream, view: memoryview, patience: int | None, *, whole: bool) -> int:
        kernel = acting_kernel()
        deadline = None if patience is None else kernel.now + patience
        sent = 0
        while True:
            count = end.put(view[sent:])
            if count is not None:
                if count:
                    tell(Kind.SEND, end, self.face, value=count, text=told(view[sent : sent + count]))
                sent += count
                if sent == view.nbytes or not whole:
                    return sent
                continue
            left = None if deadline is None else max(0, deadline - kernel.now)
            if not self.wait("send", end, end.writable, left):
                if patience == 0:
                    refused("send", end, self.face)
                    raise refusal(errno.EAGAIN)
                raise late()

    def sendto(self, data: Any, *args: Any) -> int:
        """Send a datagram to an address; a stream sends to whom it is connected."""
        view = bytes_of(data)
        if not args or len(args) > 2:  # noqa: PLR2004 - flags and address
            message = f"sendto() takes 2 or 3 arguments ({len(args) + 1} given)"
            raise TypeError(message)
        if len(args) == 2:  # noqa: PLR2004
            c_int(args[0])
        address = hosts.parse("sendto", self.family, args[-1])
        end = self.enter()
        if isinstance(end, Mailbox):
            return self._post(end, bytes(view), address)
        assert isinstance(end, Stream)
        return self._send(end, view, self.patience(), whole=self.timeout is None)

    def sendmsg(self, buffers: Any, ancdata: Any = (), flags: int = 0, address: Any = None, /) -> int:
        """Send several pieces as one. Raises OSError if descriptors are to go with them: that is not simulated."""
        data = b"".join(
            bytes(bytes_of(each)) for each in _iterable(buffers, "sendmsg() argument 1 must be an iterable")
        )
        extra = list(_iterable(ancdata, "sendmsg() argument 2 must be an iterable"))
        for each in extra:
            if not isinstance(each, tuple | list) or len(each) != 3:  # noqa: PLR2004
                message = "[sendmsg() ancillary data items]() argument must be 3-item sequence"
                raise TypeError(message)
            operator.index(each[0]), operator.index(each[1]), bytes_of(each[2])
        if extra:
            raise refusal(errno.EOPNOTSUPP)
        flags = c_int(flags)
        return self.send(data, flags) if address is None else self.sendto(data, flags, address)

    def _post(self, end: Mailbox, data: bytes, address: Address | None) -> int:
        if end.shut_write:
            raise refusal(errno.EPIPE)
        wanted = end.peer_name if address is None else address
        if wanted is not None:
            to = network.current.peer(end, wanted)
        elif end.other is not None:
            to = end.other
        else:
            raise refusal(errno.EDESTADDRREQ)
        network.current.bind_somewhere(end, hosts.LOOPBACK.get(self.family))
        end.post(cast("Mailbox | None", to), data)
        tell(Kind.SEND, end, self.face, value=len(data), text=told(data))
        return len(data)

    # Receiving.

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """Receive up to `bufsize` bytes; b"" if the other end has finished."""
        return self._recv("recv", operator.index(bufsize), c_int(flags))[0]

    def recvfrom(self, bufsize: int, flags: int = 0, /) -> tuple[bytes, Address]:
        """Receive, and return the sender's address too; a stream says None."""
        return self._recv("recvfrom", operator.index(bufsize), flags)

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        """Receive into a buffer; return how many bytes."""
        return self._recv_into("recv_into", buffer, nbytes, flags)[0]

    def recvfrom_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> tuple[int, Address]:
        """Receive into a buffer; return how many bytes, and the sender's address."""
        return self._recv_into("recvfrom_into", buffer, nbytes, flags)

    def recvmsg(self, bufsize: int, ancbufsize: int = 0, flags: int = 0, /) -> tuple[bytes, list[Any], int, Address]:
        """Receive; nothing comes with the data. Tells in the flags if a datagram was cut."""
        bufsize = operator.index(bufsize)
        if bufsize < 0:
            message = "negative buffer size in recvmsg()"
            raise ValueError(message)
        return self._recvmsg(bufsize, ancbufsize, flags)

    def recvmsg_into(self, buffers: Any, ancbufsize: int = 0, flags: int = 0, /) -> tuple[int, list[Any], int, Address]:
        """Receive into several buffers, one after the other."""
        found = _iterable(buffers, "recvmsg_into() argument 1 must be an iterable")
        views = [_writable(each) for each in found]
        data, nothing, cut, address = self._recvmsg(sum(each.nbytes for each in views), ancbufsize, flags)
        start = 0
        for view in views:
            part = data[start : start + view.nbytes]
            view[: len(part)] = part
            start += len(part)
        return len(data), nothing, cut, address

    def _recvmsg(self, count: int, ancbufsize: int, flags: int) -> tuple[bytes, list[Any], int, Address]:
        if operator.index(ancbufsize) < 0:
            message = "invalid ancillary data buffer length"
            raise ValueError(message)
        self.cut = False
        data, address = self._recv("recvmsg", count, c_int(flags))
        return data, [], _socket.MSG_TRUNC if self.cut else 0, address

    def _recv_into(self, call: str, buffer: Any, nbytes: int, flags: int) -> tuple[int, Address]:
        view = memoryview(buffer).cast("B")
        nbytes = operator.index(nbytes)
        if nbytes < 0:
            message = f"negative buffersize in {call}"
            raise ValueError(message)
        if nbytes > view.nbytes:
            message = (
                "nbytes is greater than the length of the buffer"
                if call == "recvfrom_into"
                else ("buffer too small for requested bytes")
            )
            raise ValueError(message)
        data, address = self._recv(call, nbytes or view.nbytes, flags)
        view[: len(data)] = data
        return len(data), address

    def _recv(self, call: str, count: int, flags: int) -> tuple[bytes, Address]:
        if count < 0:
            message = f"negative buffersize in {call}"
            raise ValueError(message)
        end = self.enter()
        with lent(end):
            return self._receive(end, count, flags)

    def _receive(self, end: End, count: int, flags: int) -> tuple[bytes, Address]:
        if isinstance(end, Mailbox):
            return self._fetch(end, count, flags)
        assert isinstance(end, Stream)
        if not count:
            return b"", None
        data = self._take(end, count, flags)
        while flags & _WAIT_ALL and 0 < len(data) < count:
            more = self._take(end, count - len(data), flags)
            data += more
            if not more:
                break
        return data, None

    def _take(self, end: Stream, count: int, flags: int) -> bytes:
        peek = bool(flags & _PEEK)
        while True:
            data = end.take(count, peek=peek)
            if data is not None:
                break
            self._await_data(end, flags)
        if peek:
            tell(Kind.LOOK, end, self.face, text=f"peek → {told(data)}")
        else:
            tell(Kind.RECV, end, self.face, value=len(data), text=told(data))
        return data

    def _fetch(self, end: Mailbox, count: int, flags: int) -> tuple[bytes, Address]:
        while True:
            letter = end.fetch(peek=bool(flags & _PEEK))
            if letter is not None:
                break
            self._await_data(end, flags)
        data = letter[0][:count]
        self.cut = len(data) < len(letter[0])
        if not flags & _PEEK:
            tell(Kind.RECV, end, self.face, value=len(data), text=told(data))
        return data, letter[1]

    def _await_data(self, end: End, flags: int) -> None:
        if flags & _DONT_WAIT:
            refused("recv", end, self.face)
            raise refusal(errno.EAGAIN)
        self._wait("recv", end, end.readable)
