"""Records in, records out: JSON Lines and files as they come, an answer under each one's id, an error where none can be
made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BufferedReader
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar, cast

from store import intake
from store.errors import InputError, StoreError
from store.model import Head, Kind, Passage, Raw, Rejected, Story, StoryId

Record = dict[str, Any]
T = TypeVar("T")


def lines(stream: BinaryIO) -> Iterator[Record]:
    """The records of JSON Lines; a line that is none gives {"error"}. Lines are read as they come."""
    return (_record(line, number) for number, line in enumerate(stream, 1) if line.strip())


_AT_ONCE = 1 << 16  # bytes, as many as a pipe holds
_TOGETHER = 8  # records; more of them are no faster, for what numpy works on is no longer at hand


def arriving(stream: BinaryIO) -> Iterator[list[Record]]:
    """The same, those together that are there together: none waits for one that is still to come."""
    coming = cast(BufferedReader, stream)
    number = 0
    parts: list[bytes] = []
    while data := coming.read1(_AT_ONCE):
        *whole, begun = data.split(b"\n")
        if not whole:
            parts.append(begun)
            continue
        whole[0] = b"".join((*parts, whole[0]))
        parts = [begun]
        found = [_record(line, at) for at, line in enumerate(whole, number + 1) if line.strip()]
        number += len(whole)
        share = ceil(len(found) / max(1, ceil(len(found) / _TOGETHER)))
        yield from (found[at : at + share] for at in range(0, len(found), share or 1))
    if (last := b"".join(parts)).strip():
        yield [_record(last, number + 1)]


def _record(line: bytes, number: int) -> Record:
    try:
        record = json.loads(line, parse_constant=_not_json)
    except (ValueError, RecursionError):
        return {"error": f"broken JSON on line {number}"}
    return record if isinstance(record, dict) else {"error": f"line {number} is not an object"}


def _not_json(constant: str) -> NoReturn:
    """NaN and the infinities, which Python reads and writes and no other program takes."""
    raise ValueError(constant)


def files(paths: Sequence[str], *, limit: int) -> Iterator[tuple[str, Raw | Rejected]]:
    """The raw stories in files and folders, each with the path as given; records in one file as PATH#ID or PATH#N.

    JSON Lines over the limit, which is then each line's, are read as they are asked for."""
    for name in paths:
        for place in intake.expand([Path(name)]):
            if isinstance(place, Rejected):
                yield name, place
                continue
            shown = str(place) if Path(name).is_dir() else name
            if lines := intake.streamed(place, limit=limit):
                yield from _numbered(shown, lines)
                continue
            found = list(intake.read(place, limit=limit))
            yield from _numbered(shown, found) if len(found) > 1 else ((_named(shown, i), i) for i in found)


def _numbered(shown: str, found: Iterable[Raw | Rejected]) -> Iterator[tuple[str, Raw | Rejected]]:
    return ((_named(shown, item, number), item) for number, item in enumerate(found, 1))


def _named(shown: str, item: Raw | Rejected, number: int | None = None) -> str:
    mark = (item.given.id if isinstance(item, Raw) else None) or number
    return f"{shown}#{mark}" if mark else shown


def answered(record: Record, answer: Callable[[Record], Record]) -> Record:
    """The answer with the record's id, or its error with it."""
    made = tried(answer, record)
    return {**id_of(record), **({"error": made} if isinstance(made, str) else made)}


def answered_file(name: str, item: Raw | Rejected, answer: Callable[[Raw], Record]) -> Record:
    """The same of a file, whose name is its id."""
    return answered({"id": name}, lambda _: answer(accepted(item)))


def id_of(record: Mapping[str, Any]) -> Record:
    return {"id": record["id"]} if "id" in record else {}


def tried(make: Callable[[Any], T], item: object) -> T | str:
    """What is made of one record or file, or why that cannot be; the rest must go on whatever it is."""
    try:
        return make(_unbroken(item))
    except StoreError as error:
        return str(error)
    except Exception as error:
        return f"could not be read ({type(error).__name__})"


def _unbroken(item: object) -> object:
    """A record that a pipe before this one, or `lines`, could not use brings its error."""
    if isinstance(item, dict) and "error" in item and not {"text", "html", "paragraphs", "stories"} & item.keys():
        raise InputError(str(item["error"]))
    return item


def accepted(item: Raw | Rejected) -> Raw:
    """Raises InputError for one that was rejected."""
    if isinstance(item, Rejected):
        raise InputError(item.reason)
    return item


def story_of(item: Raw | Rejected) -> Story:
    """The story in a file, cleaned."""
    from store.text import story

    return story.read(accepted(item), StoryId(""))


def _text_of(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value and intake.clean_characters(value)
    raise InputError(f"{name} is not a string")


def line_of(record: Mapping[str, Any], name: str) -> str | None:
    """A field on one line. Raises InputError for one that is no string."""
    return " ".join((_text_of(record, name) or "").split()) or None


def given_story(record: Mapping[str, Any]) -> Story:
    """A story from a record that is already clean."""
    title = line_of(record, "title")
    outlet, agency = line_of(record, "outlet"), line_of(record, "agency")
    when, language = line_of(record, "published"), line_of(record, "language")
    head = Head(title or "", not title, when, outlet=outlet, agency=agency, language=language)
    # An empty paragraph holds the place of one that is not to be summarised, as a subheading.
    passages = tuple(Passage(p, Kind.BODY if p else Kind.SUBHEADING) for p in _paragraphs_of(record))
    return Story(StoryId(""), head, passages)


def _paragraphs_of(record: Mapping[str, Any]) -> list[str]:
    """From a list, or from a text where they stand on lines of their own."""
    listed = record.get("paragraphs")
    if listed is not None:
        if not isinstance(listed, list) or not all(isinstance(p, str) for p in listed):
            raise InputError("paragraphs is not a list of strings")
        return [intake.one_line(p) for p in listed]
    text = _text_of(record, "text")
    if text is None:
        raise InputError("the record has no text")
    # A blank line parts paragraphs where there is one, so that hard-wrapped text keeps its sentences whole.
    parts = text.split("\n\n") if "\n\n" in text else text.split("\n")
    return [" ".join(p.split()) for p in parts if p.strip()]
