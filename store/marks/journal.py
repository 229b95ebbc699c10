"""The journal's file: one JSON line an act, appended, each sealed with a checksum. No database, no memory.

The first line is a header: the generation of marks.json that the journal goes on from, an edition that no other
journal file has, and how many of the lines after it are already in marks.json (kept for their history). Setting a
field to a value twice does no harm, so a journal may always be replayed from further back than needed.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.errors import SchemaTooNew
from store.marks.changes import Entry, as_json, from_json
from store.marks.files import replace_file

SCHEMA = 2  # 1 had no rules; a program that knows only 1 must not go on with what it would forget
Stamp = tuple[int, int, int]
UNREAD: Stamp = (0, 0, 0)  # no file's
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_BINARY = getattr(os, "O_BINARY", 0)
_SEAL = len(',"crc":"01234567"}')


@dataclass(frozen=True, slots=True)
class Header:
    generation: int
    edition: str
    folded: int
    schema: int = SCHEMA


@dataclass(slots=True)
class Scan:
    """What a journal holds from some offset on.

    The first `folded` entries are in marks.json already; end is the offset behind the last whole line.
    """

    header: Header | None = None
    entries: list[Entry] = field(default_factory=list)
    folded: int = 0
    bad: list[bytes] = field(default_factory=list)
    torn: bytes = b""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """How far one journal file was read; another stamp says that something came since."""

    edition: str
    offset: int
    stamp: Stamp


def stamp(path: Path) -> Stamp:
    """What changes when a file does."""
    return _stamp_of(path.stat())


def _stamp_of(found: os.stat_result) -> Stamp:
    return found.st_ino, found.st_size, found.st_mtime_ns


def line(held: dict[str, Any]) -> bytes:
    """Lone surrogates, that UTF-8 refuses, are written as the JSON escapes they are."""
    body = _encode(held).encode("utf-8", "backslashreplace")[:-1]
    return b'%s,"crc":"%08x"}\n' % (body, zlib.crc32(body))


def unsealed(data: bytes) -> dict[str, Any]:
    """The object in a line, if it is the one that was written. Raises ValueError."""
    body, seal = data[:-_SEAL], data[-_SEAL:]
    if seal != b',"crc":"%08x"}' % zlib.crc32(body):
        raise ValueError("checksum")
    held = json.loads(data)
    if not isinstance(held, dict):
        raise ValueError("not an object")
    return held


def entry_in(data: bytes) -> Entry | None:
    try:
        return from_json(unsealed(data))
    except (ValueError, RecursionError):
        return None


def lines(entries: Iterable[Entry]) -> bytes:
    return b"".join(line(as_json(entry)) for entry in entries)


def create(path: Path, *, generation: int, folded: Sequence[Entry] = (), fresh: Sequence[Entry] = ()) -> Place:
    """Put a journal in path's place that goes on from `generation`, with the acts in it for their history."""
    header = Header(generation, os.urandom(6).hex(), len(folded))
    held = {"journal": SCHEMA, "generation": generation, "edition": header.edition, "folded": header.folded}
    data = line(held) + lines(folded) + lines(fresh)
    replace_file(path, data)
    return Place(header.edition, len(data), stamp(path))


def scan(path: Path) -> Scan:
    """All of a journal. Bad lines are told apart, never raised; a header that cannot be read is None."""
    data = path.read_bytes()
    first, _, rest = data.partition(b"\n")
    found = Scan()
    header = _header(first, path) if len(first) < len(data) else None
    if header is None:
        rest = data
    _take(found, rest, start=len(data) - len(rest), folded=header.folded if header else 0)
    found.header = header
    return found


def scan_on(path: Path, place: Place) -> Scan | None:
    """What was appended since place; None where path is another journal by now."""
    with path.open("rb") as file:
        header = _header(file.readline(512).rstrip(b"\n"), path)
        size = file.seek(0, os.SEEK_END)
        if header is None or header.edition != place.edition or size < place.offset:
            return None
        file.seek(place.offset)
        found = Scan(header)
        _take(found, file.read(), start=place.offset)
        return found


def append(path: Path, place: Place, data: bytes) -> Place:
    """Write data behind place, without waiting for the disk; what cannot be written whole is taken back."""
    handle = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.lseek(handle, place.offset, os.SEEK_SET)
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        return Place(place.edition, place.offset + len(data), _stamp_of(os.fstat(handle)))
    except OSError:
        _take_back(path, place.offset)
        raise
    finally:
        os.close(handle)


def sync(path: Path) -> None:
    """Wait until all that was appended is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def note_end(path: Path, place: Place) -> None:
    """Keep in path how long the journal is by now: one that is cut between two lines cannot be told by itself. Without
    waiting for the disk, because a number that is too small does no harm; and in place, always as many bytes, because
    some disks wait for a file that is emptied first."""
    with suppress(OSError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | _BINARY, 0o666)
        try:
            os.write(handle, line({"edition": place.edition, "end": f"{place.offset:015}"}))
        finally:
            os.close(handle)


def noted_end(path: Path) -> tuple[object, int]:
    """The edition of a journal and how long it was at least; to be read before the journal is. 0 where not known."""
    try:
        held = unsealed(path.read_bytes().rstrip(b"\n"))
        return held["edition"], int(held["end"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None, 0


def _take_back(path: Path, size: int) -> None:
    try:
        os.truncate(path, size)
    except OSError:
        return  # the next writer meets a torn line, and knows what to do with one


def _take(found: Scan, data: bytes, *, start: int, folded: int = 0) -> None:
    whole = data.rfind(b"\n") + 1
    found.torn, found.end = data[whole:], start + whole
    for number, one in enumerate(data[:whole].split(b"\n")[:-1]):
        entry = entry_in(one)
        if entry is None:
            found.bad.append(one)
        else:
            found.entries.append(entry)
            found.folded += number < folded


def _header(data: bytes, path: Path) -> Header | None:
    try:
        held = unsealed(data)
        schema, generation, edition, folded = (held[k] for k in ("journal", "generation", "edition", "folded"))
    except (ValueError, KeyError, RecursionError):
        return None
    if isinstance(schema, int) and schema > SCHEMA:
        raise SchemaTooNew(
            f"{path} was written by a newer diplo-reader (schema {schema}; this one knows {SCHEMA}). "
            "Use the newer program; nothing was changed."
        )
    if type(schema) is not int or type(generation) is not int or type(edition) is not str or type(folded) is not int:
        return None
    return Header(generation, edition, folded, schema)
