"""Records read straight from the leaf pages of an SQLite file, whatever table they are of: what is left where SQLite
cannot find its way to them, because a page above them is gone. The file is not written to.

Written from SQLite's own description of it, https://www.sqlite.org/fileformat2.html: 1.3 the header, 1.6 b-tree pages,
2.1 records, 4.1 the write-ahead log. Nothing here asks which table a page belongs to (only the pages above say), nor
whether it is still in use: a record may be an older state of one that stands elsewhere.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

PAGE = 4096  # bytes, SQLite's own choice since 3.12, and ours always, whatever a damaged header says
_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes of the first page before its b-tree begins
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_TELLING = 500  # pages between two reports of progress
_MOST_RESERVED = 32  # bytes that some builds leave free at the end of each page
_LOG_HEADER, _FRAME_HEADER = 32, 24
_LOG_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes by serial type

Value = int | float | str | bytes | None
Record = tuple[int | None, tuple[Value, ...]]
"""The row number, None in an index or a table without; and the columns. A column that is the row number is None."""


def records(path: Path, told: Callable[[int, int], None] = lambda _done, _all: None) -> Iterator[Record]:
    """Every record that can be read whole, page by page; one that cannot is passed over. told gets pages done and
    pages there are. Raises OSError."""
    with ExitStack() as stack:
        pages = _Pages(stack.enter_context(path.open("rb")) if path.exists() else None)
        if (log := log_of(path)).exists():
            pages.lay_over(stack.enter_context(log.open("rb")))
        for number in pages.numbers():
            if number % _TELLING == 0:
                told(number, pages.highest)
            yield from _on_page(pages, number)


def log_of(path: Path) -> Path:
    """The write-ahead log beside a file: there while a program has it open, or after one was killed."""
    return path.with_name(path.name + "-wal")


def log_is_damaged(path: Path) -> bool:
    """Whether the log beside a file is not as any program leaves it, killed or not: it has another beginning, or a
    stretch of nothing. SQLite reads no further than there, and takes that for its end. Raises OSError."""
    log = log_of(path)
    if not log.is_file() or log.stat().st_size < _LOG_HEADER:
        return False
    with log.open("rb") as file:
        if file.read(4) not in _LOG_MAGIC:
            return True
        for at in _frames(file):
            file.seek(at)
            if not any(file.read(_FRAME_HEADER)):
                return True
    return False


def frames_ended(path: Path) -> int:
    """How many frames the log beside a file holds up to the end of its last transaction that ended, checksums aside.
    Raises OSError."""
    log = log_of(path)
    last = 0
    if log.is_file():
        with log.open("rb") as file:
            salts = file.read(_LOG_HEADER)[16:24]
            for number, at in enumerate(_frames(file), 1):
                file.seek(at)
                _, size, frame_salts = struct.unpack(">II8s", file.read(16))
                if frame_salts == salts and size:
                    last = number
    return last


def _frames(log: BinaryIO) -> range:
    return range(_LOG_HEADER, _size(log) - PAGE - _FRAME_HEADER + 1, PAGE + _FRAME_HEADER)


class _Pages:
    """Pages by number, as they are in the file or, newer, in the write-ahead log beside it."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = file
        self._log: BinaryIO | None = None
        self._frames: dict[int, int] = {}  # where in the log a page stands
        self.count = _size(file) // PAGE if file else 0
        first = self.page(1)
        reserved = first[20] if first.startswith(_MAGIC) else 0
        self.usable = PAGE - (reserved if reserved <= _MOST_RESERVED else 0)

    def lay_over(self, log: BinaryIO) -> None:
        """Takes the pages of all transactions that ended. Checksums of frames are not looked at: a record that is torn
        shows that by itself."""
        salts = log.read(_LOG_HEADER)[16:24]
        found: dict[int, int] = {}
        for at in _frames(log):
            log.seek(at)
            number, size, frame_salts = struct.unpack(">II8s", log.read(16))
            if frame_salts != salts:
                break  # of an earlier round
            found[number] = at + _FRAME_HEADER
            if size:
                self._frames |= found
                found = {}
        self._log = log

    @property
    def highest(self) -> int:
        return max(self.count, *self._frames, 0)

    def numbers(self) -> Iterator[int]:
        yield from range(1, self.count + 1)
        yield from (number for number in self._frames if number > self.count)

    def page(self, number: int) -> bytes:
        """Empty where there is no such page, or it cannot be read."""
        file, at = self._file, (number - 1) * PAGE
        if number in self._frames:
            file, at = self._log, self._frames[number]
        elif not 0 < number <= self.count:
            return b""
        assert file is not None
        try:
            file.seek(at)
            found = file.read(PAGE)
        except OSError:  # a bad sector costs what is on it
            return b""
        return found if len(found) == PAGE else b""


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)


def _on_page(pages: _Pages, number: int) -> Iterator[Record]:
    page = pages.page(number)
    begins = _HEADER if number == 1 else 0
    kind = page[begins] if page else 0
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return
    cells = int.from_bytes(page[begins + 3 : begins + 5])
    first = begins + (12 if kind == _INDEX_INTERIOR else 8)
    for place in range(first, min(first + 2 * cells, PAGE - 1), 2):
        try:
            yield _cell(pages, page, int.from_bytes(page[place : place + 2]), kind)
        except (ValueError, IndexError):
            continue


def _cell(pages: _Pages, page: bytes, at: int, kind: int) -> Record:
    """Raises ValueError, IndexError where there is no whole record."""
    if kind == _INDEX_INTERIOR:
        at += 4  # the page below
    size, at = _varint(page, at)
    row = None
    if kind == _TABLE_LEAF:
        row, at = _varint(page, at)
    here = _held_here(size, pages.usable, most=pages.usable - 35 if kind == _TABLE_LEAF else None)
    if here == size:
        return row, _columns(_exactly(page[at : at + size], size))
    overflow = int.from_bytes(_exactly(page[at + here : at + here + 4], 4))
    return row, _columns(page[at : at + here] + _overflowing(pages, overflow, size - here))


def _held_here(size: int, usable: int, *, most: int | None) -> int:
    """How much of a record of that size its own page holds; the rest is on overflow pages."""
    most = (usable - 12) * 64 // 255 - 23 if most is None else most
    if size <= most:
        return size
    least = (usable - 12) * 32 // 255 - 23
    even = least + (size - least) % (usable - 4)
    return even if even <= most else least


def _overflowing(pages: _Pages, number: int, size: int) -> bytes:
    if size > pages.usable * pages.highest:
        raise ValueError("longer than the file")
    found = bytearray()
    while len(found) < size:
        page = pages.page(number)
        if not page:
            raise ValueError("a chain that ends too soon")
        number = int.from_bytes(page[:4])
        found += page[4 : pages.usable]
    return bytes(found[:size])


def _columns(record: bytes) -> tuple[Value, ...]:
    size, at = _varint(record, 0)
    kinds = []
    while at < size:
        kind, at = _varint(record, at)
        kinds.append(kind)
    if at != size:
        raise ValueError("a header that does not end where it says")
    values = []
    for kind in kinds:
        value, at = _value(record, at, kind)
        values.append(value)
    if at != len(record):
        raise ValueError("not as long as it says")
    return tuple(values)


def _value(record: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind >= 12:
        end = at + (kind - 12) // 2
        data = _exactly(record[at:end], end - at)
        return (data.decode() if kind % 2 else data), end
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(_exactly(record[at:end], end - at), signed=True), end
    if kind == 7:
        return float(struct.unpack(">d", _exactly(record[at : at + 8], 8))[0]), at + 8
    if kind in (0, 8, 9):
        return (None, 0, 1)[max(0, kind - 7)], at
    raise ValueError("no kind of value")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends. Raises IndexError."""
    number = 0
    for place in range(at, at + 8):
        byte = data[place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + 1
    return number << 8 | data[at + 8], at + 9


def _exactly(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise ValueError("cut short")
    return data
