"""Traces as bytes: the file format, which is also what the child process sends.

The first line is the header as a JSON object, every further line one event as a JSON array. Such bytes may come from
anybody. Whatever they are, reading them raises nothing but `TraceError`, and takes memory in proportion to their size.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Protocol

import msgspec

from ..locales.words import _
from .events import Event
from .header import FORMAT, VERSION, Header
from .order import Order
from .store import Trace

CHUNK: Final = 1 << 20
LINE_LIMIT: Final = 1 << 24
"""Longest line that is read, in bytes. Nothing in a trace comes near it but the source text of a giant program."""

_REFUSALS: Final = (msgspec.MsgspecError, UnicodeError, RecursionError)
_decoder: Final = msgspec.json.Decoder(Event)
_encoder: Final = msgspec.json.Encoder()


class TraceError(Exception):
    """This is no trace, or not one this version can read. The text is one line for a person."""


class _Label(msgspec.Struct):
    format: str
    version: int = VERSION


class _Sink(Protocol):
    def write(self, data: memoryview, /) -> int | None: ...


class Writer:
    """Writes a trace to a binary stream, its header at once. The stream may be unbuffered and write short."""

    def __init__(self, stream: _Sink, header: Header) -> None:
        self._stream = stream
        self._write(encode_header(header))

    def write(self, events: Iterable[Event]) -> None:
        """Write events that follow the ones written before."""
        self._write(encode(events))

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[self._stream.write(left) or 0 :]


def encode_header(header: Header) -> bytes:
    """Return the first line of a trace."""
    return _encoder.encode(header) + b"\n"


def encode(events: Iterable[Event]) -> bytes:
    """Return events as lines. A lone surrogate, which no file can hold, is written as its escape."""
    batch = list(events)
    try:
        return _encoder.encode_lines(batch)
    except UnicodeEncodeError:
        return _encoder.encode_lines([_writable(event) for event in batch])


def decode_header(line: bytes) -> Header:
    """Return the header that a trace's first line holds. Raises TraceError."""
    try:
        label = msgspec.json.decode(line, type=_Label)
    except _REFUSALS:
        message = _("this is not a trace: it does not begin with a trace's header")
        raise TraceError(message) from None
    if label.format != FORMAT:
        message = _("this is not a trace of concurrency-tui")
        raise TraceError(message)
    if label.version > VERSION:
        message = _(
            "this trace was made by a newer version (its format is {version}, the newest known is {known})",
            version=label.version,
            known=VERSION,
        )
        raise TraceError(message)
    try:
        return msgspec.json.decode(line, type=Header)
    except _REFUSALS as error:
        message = _("the trace's header is broken: {reason}", reason=_reason(error))
        raise TraceError(message) from None


def decode(lines: bytes) -> list[Event]:
    """Return the events that whole lines hold. Raises TraceError."""
    try:
        return _decoder.decode_lines(lines)
    except _REFUSALS as error:
        message = _("an event is broken: {reason}", reason=_reason(error))
        raise TraceError(message) from None


def load(path: str | os.PathLike[str]) -> Trace:
    """Read a trace file, up to its last whole event; `Trace.notice` tells what is wrong with it.

    Raises TraceError when there is nothing to show: the file cannot be read, or is no trace.
    """
    try:
        with Path(path).open("rb") as stream:
            return read(stream)
    except (OSError, ValueError) as error:
        message = _("the trace cannot be read: {reason}", reason=getattr(error, "strerror", None) or error)
        raise TraceError(message) from None


def save(trace: Trace, path: str | os.PathLike[str]) -> None:
    """Write a trace file, whole or not at all. Raises OSError.

    What is no regular file, such as a device or a pipe, is written to and not replaced.
    """
    target = Path(path)
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            _write_all(trace, stream)
        return
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with unfinished.open("wb") as stream:
            _write_all(trace, stream)
        unfinished.replace(target)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _write_all(trace: Trace, stream: BinaryIO) -> None:
    writer = Writer(stream, trace.header)
    for batch in trace.batches():
        writer.write(batch)


def read(stream: BinaryIO) -> Trace:
    """Read a trace from a binary stream, as `load` does."""
    first = stream.readline(LINE_LIMIT)
    trace = Trace(decode_header(first))
    order = Order()
    for lines in _chunks(stream):
        events, problem = _decode_some(lines, len(trace))
        kept = order.check(events)
        trace.extend(events[:kept])
        trace.notice = order.problem or problem
        if trace.notice:
            return trace
    if not trace.complete:
        trace.notice = _("the file is cut off after event {number}", number=len(trace))
    return trace


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield a stream's bytes in pieces that end with a line, as the last one may not."""
    rest = b""
    while data := stream.read(CHUNK):
        lines, end, rest = (rest + data).rpartition(b"\n")
        if end:
            yield lines + end
        elif len(rest) > LINE_LIMIT:
            break
    if rest:
        yield rest


def _decode_some(lines: bytes, before: int) -> tuple[list[Event], str]:
    """Return the events up to the first broken one, and what is wrong with that one or ""."""
    try:
        return _decoder.decode_lines(lines), ""
    except _REFUSALS:
        events: list[Event] = []
    for line in lines.splitlines(keepends=True):
        try:
            events += _decoder.decode_lines(line)
        except _REFUSALS as error:
            number = before + len(events)
            if line.endswith(b"\n"):
                return events, _(
                    "event {number} is broken ({reason}); what came before it is shown",
                    number=number + 1,
                    reason=_reason(error),
                )
            return events, _("the file is cut off after event {number}", number=number)
    return events, ""


def _reason(error: Exception) -> str:
    """Return a decoder's complaint in one line, without the bytes it complains about."""
    if isinstance(error, UnicodeError):
        return _("its text is not UTF-8")
    return str(error).partition("\n")[0]


def _writable(event: Event) -> Event:
    text = event.text.encode("utf-8", "backslashreplace").decode("utf-8")
    return msgspec.structs.replace(event, text=text)
