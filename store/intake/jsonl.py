"""JSON Lines: one record a line, each read alone, so that a broken one costs no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from store.intake import reasons, record
from store.model import Raw, Rejected

ENDINGS = (".jsonl", ".ndjson")
_TRIED = 20  # lines one of which must be a record, where the name of a file does not say what it is


def looks_like(text: str, ending: str) -> bool:
    if ending in ENDINGS:
        return not _one_document(text)
    opening = text.lstrip()[:1]
    if opening == "[" or (opening != "{" and ending != ".json"):  # a .json of lines may have a broken first one
        return False
    first = list(islice((line for _, line in _lines(text)), _TRIED))
    return len(first) > 1 and any(is_record(line) for line in first)


def read(text: str, source: str | None) -> Iterator[Raw | Rejected]:
    return (story(line, number, source) for number, line in _lines(text))


def story(line: str, number: int, source: str | None) -> Raw | Rejected:
    """The story in one line."""
    try:
        value: object = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return Rejected(source or reasons.STANDARD_INPUT, reasons.broken_json(number))
    return record.read(value, line=number, source=source)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, counted from 1. Only "\\n" parts them: U+2028 may stand inside a JSON string."""
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if line := text[start:end].strip():
            yield number, line
        start, number = end + 1, number + 1


def is_record(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _one_document(text: str) -> bool:
    """Whether the whole text is one list, or one object over several lines: JSON under the name of JSON Lines."""
    text = text.strip()
    if "\n" not in text and not text.startswith("["):
        return False
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True
