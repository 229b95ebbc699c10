"""Values of the model to what a row holds, and back. Any row that cannot have been written by us is ValueError."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from store.archive.schema import HEAD
from store.model import (
    EventId,
    Given,
    Head,
    Kind,
    Listed,
    Markup,
    Passage,
    Placement,
    Raw,
    Story,
    StoryId,
    StorylineId,
)

Row = Sequence[Any]
LISTED = ("id", "words", "added", "event", "storyline", "why", "copy_of", "origin", "inferred", "storyline_why", *HEAD)
# Of read_listed; all but the first three may be None.
_LISTED = (str, int, str, *(str,) * 5, int, str, str, int, *(str,) * 8, int)
_seen: set[tuple[type, ...]] = set()


def bindable(text: str) -> str:
    """Text as SQLite can take it: lone surrogates (a file name that is not UTF-8) are written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def bound(value: str | None) -> str | None:
    return None if value is None else bindable(value)


def pack(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def unpack(packed: object) -> Any:
    if not isinstance(packed, bytes):
        raise ValueError("not packed text")
    try:
        return json.loads(zlib.decompress(packed))
    except zlib.error as error:
        raise ValueError(str(error)) from error


def pack_raw(raw: Raw) -> bytes:
    return pack(asdict(raw))


def unpack_raw(packed: object) -> Raw:
    held = unpack(packed)
    try:
        given = dict(held["given"])
        given["tags"] = tuple(given["tags"])
        return Raw(held["text"], Markup(held["markup"]), held["source"], Given(**given))
    except (TypeError, KeyError) as error:
        raise ValueError(f"not a raw text: {error}") from error


def pack_passages(passages: Sequence[Passage]) -> bytes:
    return pack([(p.text, p.kind.value, p.reason) for p in passages])


def unpack_passages(packed: object) -> tuple[Passage, ...]:
    try:
        return tuple(Passage(text, Kind(kind), reason) for text, kind, reason in unpack(packed))
    except TypeError as error:
        raise ValueError(f"not passages: {error}") from error


def head_row(head: Head) -> tuple[str | bool | None, ...]:
    """In the order of schema.HEAD."""
    texts = (head.published, head.place, head.outlet, head.agency, head.byline, head.standfirst, head.url)
    return (bindable(head.title), head.title_made, *(bound(t) for t in texts), head.language, head.published_inferred)


def read_head(row: Row) -> Head:
    title, made, published, place, outlet, agency, byline, standfirst, url, language, inferred = row
    if not isinstance(title, str):
        raise ValueError("a title that is not text")
    texts = (published, place, outlet, agency, byline, standfirst, url, language)
    return Head(title, bool(made), *texts, bool(inferred))


def place_row(placement: Placement) -> tuple[str | float | None, ...]:
    """In the order of schema.PLACE."""
    p = placement
    first = (p.event, p.storyline, bindable(p.why), p.nearest, p.likeness, p.copy_of)
    return (*first, bindable(p.origin), p.inferred, bindable(p.storyline_why))


def read_place(row: Row) -> Placement:
    """A story's id and then what stands in the order of schema.PLACE."""
    story, event, storyline, why, nearest, likeness, copy_of, origin, inferred, storyline_why = row
    return Placement(
        StoryId(story),
        EventId(event),
        StorylineId(storyline or event),
        why or "",
        nearest,
        float(likeness or 0.0),
        copy_of,
        origin or "",
        bool(inferred),
        storyline_why or "",
    )


def read_listed(row: Row) -> Listed:
    """In the order of LISTED. A story not placed yet stands alone."""
    types = tuple(map(type, row))
    if types not in _seen:
        _check(types)
    story, words, added, event, storyline, why, copy_of, origin, inferred, storyline_why, *head = row
    return Listed(
        StoryId(story),
        read_head(head),
        EventId(event or story),
        StorylineId(storyline or story),
        why or "",
        copy_of,
        words,
        added,
        origin or "",
        bool(inferred),
        storyline_why or "",
    )


def _check(types: tuple[type, ...]) -> None:
    """SQLite gives what the file holds, whatever the column is; few kinds of row are whole, so each is checked once."""
    for number, (wanted, found) in enumerate(zip(_LISTED, types, strict=True)):
        if found is not wanted and not (found is type(None) and number > 2):
            raise ValueError(f"{found.__name__} in the place of {wanted.__name__}")
    _seen.add(types)


def searchable(story: Story) -> tuple[str, str]:
    """Title and body as the index holds them. What is read is found; what was dropped is not."""
    return bindable(story.head.title), _body(story.head.standfirst, story.passages)


def searchable_body(standfirst: str | None, packed: object) -> str:
    """The same body, from what a row holds: SQLite asks for it."""
    return _body(standfirst, unpack_passages(packed))


def _body(standfirst: str | None, passages: Sequence[Passage]) -> str:
    return bindable("\n".join(filter(None, (standfirst, *(p.text for p in passages if p.kept)))))


def word_count(story: Story) -> int:
    return sum(len(paragraph.split()) for paragraph in story.paragraphs)
