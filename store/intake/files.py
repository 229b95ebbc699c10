"""A file or standard input -> its stories; every way in which a file can refuse is a Rejected."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from store.intake import reasons
from store.intake.formats import read_bytes
from store.model import Raw, Rejected

_AT_ONCE = 1 << 20


def read(path: Path, *, limit: int = reasons.LIMIT) -> Iterator[Raw | Rejected]:
    """The stories in a file. Never waits on a pipe or device, never reads more than limit + 1 bytes."""
    where = place(path)
    try:
        data = _bytes(path, limit)
    except OSError as error:
        yield Rejected(where, refusal(error))
    except _Refused as refused:
        yield Rejected(where, str(refused))
    else:
        yield from read_bytes(data, where, limit=limit)


def read_stream(stream: BinaryIO, *, limit: int = reasons.LIMIT) -> Iterator[Raw | Rejected]:
    """The stories on standard input: a place that cannot come again, so they have no source."""
    try:
        data = stream.read(limit + 1)
    except OSError as error:
        yield Rejected(reasons.STANDARD_INPUT, reasons.unreadable(error))
    else:
        yield from read_bytes(data, None, limit=limit)


def place(path: Path) -> str:
    """The absolute path as one printable line: a file's name is text from outside too. Links are not followed, so that
    a story keeps its place when a link is pointed at a newer file."""
    name = os.path.abspath(path)  # noqa: PTH100  (pathlib's own keeps "..")
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in name)


def refusal(error: OSError) -> str:
    """The reason for a file or folder that the system does not let us have."""
    if error.errno == errno.ELOOP:
        return reasons.LOOP
    return reasons.NOT_A_FILE if error.errno in (errno.ENXIO, errno.ENODEV) else reasons.unreadable(error)


def beginning(path: Path, size: int) -> bytes:
    """At most size bytes of a regular file; empty where there are none to be had."""
    try:
        return _bytes(path, size, whole=False)
    except (OSError, _Refused):
        return b""


class _Refused(Exception):
    pass


def _bytes(path: Path, limit: int, *, whole: bool = True) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    number = os.open(path, flags)
    try:
        about = os.fstat(number)
        if not stat.S_ISREG(about.st_mode):
            raise _Refused(reasons.NOT_A_FILE)
        if whole and about.st_size > limit:
            raise _Refused(reasons.too_large(limit))
        return _up_to(number, limit + 1 if whole else limit)
    finally:
        os.close(number)


def _up_to(number: int, size: int) -> bytes:
    """At most size bytes of an open file: one call may give fewer than there are."""
    parts: list[bytes] = []
    while size > 0 and (part := os.read(number, min(size, _AT_ONCE))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
