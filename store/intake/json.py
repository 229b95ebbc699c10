"""JSON that is one record or a list of them. A list that is broken somewhere gives the records around the place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from store.intake import reasons, record
from store.model import Raw, Rejected

ENDINGS = (".json",)
_MOST_BREAKS = 100  # each costs a count of all lines before it, in the decoder's own error
_SPACE = re.compile(r"[\s,]*")
_NEXT_RECORD = re.compile(r"\n[ \t]*+(?=\{)")


def looks_like(text: str, ending: str) -> bool:
    if ending in ENDINGS or ending in (".jsonl", ".ndjson"):
        return True
    text = text.strip()
    if not text.startswith(("{", "[")) or not text.endswith(("}", "]")):
        return False
    value = _whole(text)
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value))


def read(text: str, source: str | None) -> Iterator[Raw | Rejected]:
    start = len(text) - len(text.lstrip())
    if text.startswith("[", start):
        yield from _listed(text, start + 1, source)
        return
    try:
        value: object = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        yield Rejected(source or reasons.STANDARD_INPUT, reasons.broken_json(getattr(error, "lineno", 1)))
    else:
        yield record.read(value, line=1 + text.count("\n", 0, start), source=source, alone=True)


def _listed(text: str, at: int, source: str | None) -> Iterator[Raw | Rejected]:
    """The elements of the list whose inside begins at.

    A list that parses as a whole may have raw line ends in its strings. In one that does not they are errors, so that
    a string never closed costs its line and not the rest; reading goes on at the next line that opens an object behind
    the place of the error. After a hundred such places the rest is left: it is no list of records.
    """
    decoder = json.JSONDecoder(strict=_whole(text) is None)
    line, counted, breaks = 1, 0, 0
    while True:
        at = _after_space(text, at)
        line, counted = line + text.count("\n", counted, at), at
        if text.startswith("]", at):
            if text[at + 1 :].strip():
                yield Rejected(source or reasons.STANDARD_INPUT, reasons.broken_json(line))
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            wrong = max(at, getattr(error, "pos", at))
            breaks += 1
            yield Rejected(source or reasons.STANDARD_INPUT, reasons.broken_json(line + text.count("\n", at, wrong)))
            if breaks == _MOST_BREAKS or not (onward := _NEXT_RECORD.search(text, wrong)):
                return
            at = onward.end()
        else:
            yield record.read(value, line=line, source=source)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _whole(text: str) -> object:
    """The value of a whole text; None where it is broken, which as a list it cannot be otherwise."""
    try:
        value: object = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value
