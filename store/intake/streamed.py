"""JSON Lines of any length, read line by line: the limit is each line's, so that memory is bounded by one of them."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from store.intake import files, jsonl, reasons
from store.intake.decode import NotText, decode
from store.intake.formats import ending
from store.model import Raw, Rejected

_SEEN = 1 << 18  # bytes by which JSON Lines are told, whatever the file is called
_AT_ONCE = 1 << 20


def streamed(path: Path, *, limit: int = reasons.LIMIT) -> Iterator[Raw | Rejected] | None:
    """The stories in a file of JSON Lines over the limit; None for any other file, which `read` takes whole. A line
    over the limit is rejected, and the rest goes on. In UTF-8, or what each line's bytes say of themselves."""
    beginning = files.beginning(path, _SEEN)
    if not beginning or not _are_lines(beginning, ending(path.name)):
        return None
    try:
        if path.stat().st_size <= limit:
            return None
    except OSError:
        return None
    return _read(path, limit)


def _are_lines(beginning: bytes, ending: str) -> bool:
    """Whether a file that begins so is JSON Lines: by its name, or by a first line that is an object."""
    first, _, more = beginning.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not first.startswith(b"{") or b"\0" in beginning:  # a list, or UTF-16
        return False
    if ending in jsonl.ENDINGS:
        return first.strip() != b"{"  # one object over several lines
    text = decode(first) if more else NotText(True)
    return not isinstance(text, NotText) and jsonl.is_record(text.strip())


def _read(path: Path, limit: int) -> Iterator[Raw | Rejected]:
    where, empty = files.place(path), True
    try:
        with path.open("rb") as stream:
            for number, line in _lines(stream, limit):
                empty = False
                yield _story(line, number, where, limit)
    except OSError as error:
        yield Rejected(where, files.refusal(error))
        return
    if empty:
        yield Rejected(where, reasons.EMPTY)


def _story(line: bytes | None, number: int, where: str, limit: int) -> Raw | Rejected:
    if line is None:
        return Rejected(where, f"line {number}: {reasons.too_large(limit)}")
    text = decode(line)
    if isinstance(text, NotText):
        return Rejected(where, f"line {number}: {reasons.BINARY if text.binary else reasons.UNDECODABLE}")
    return jsonl.story(text, number, where)


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines that are not blank, counted from 1; None for one that is longer than the limit."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line.rstrip(b"\r\n")) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_AT_ONCE)
            yield number, None
        elif line.strip():
            yield number, line.strip()
