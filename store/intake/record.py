"""One JSON record -> Raw | Rejected: {id?, url?, title?, text | html, published?, outlet?, byline?,
language?, tags?}.

A field that is null is a field that is not there; fields not named here are passed over. Where a record has both, text
is taken: whoever made the record says with it what the story is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from store.intake import html, reasons
from store.intake.identity import canonical_url
from store.model import Given, Markup, Raw, Rejected
from store.text.characters import clean_characters, one_line

_FIELDS = ("url", "title", "text", "html", "published", "outlet", "byline", "language")


class _WrongType(Exception):
    pass


def read(value: object, *, line: int, source: str | None, alone: bool = False) -> Raw | Rejected:
    """The story in a record that begins on line of source. alone: the record is the whole file, so that the file's
    place is the record's too; otherwise only a record with an id has a place that can come again."""
    try:
        if not isinstance(value, Mapping):
            raise _WrongType(f"{_named(value)}, not an object")
        fields = {name: _text(value, name) for name in _FIELDS}
        given = Given(
            id=_identifier(value),
            url=_url(fields["url"]),
            title=_one_line(fields["title"]),
            published=_one_line(fields["published"]),
            outlet=_one_line(fields["outlet"]),
            byline=_one_line(fields["byline"]),
            tags=_tags(value),
            language=_one_line(fields["language"]),
        )
    except _WrongType as wrong:
        return Rejected(source or reasons.STANDARD_INPUT, f"line {line}: {wrong}")
    place = _place(source, given.id, alone=alone)
    if fields["text"] and (text := clean_characters(fields["text"])).strip():
        return Raw(text, Markup.TEXT, place, given)
    if fields["html"] and (markup := html.clean_markup(fields["html"])).strip():
        return Raw(markup, Markup.HTML, place, replace(given, url=given.url or html.address(markup)))
    there = fields["text"] is not None or fields["html"] is not None
    reason = reasons.EMPTY if there else reasons.SEVERAL if "stories" in value else "neither text nor html"
    return Rejected(source or reasons.STANDARD_INPUT, f"line {line}: {reason}")


def _place(source: str | None, id: str | None, *, alone: bool) -> str | None:
    if source is None:
        return None
    return f"{source}#{id}" if id else (source if alone else None)


def _text(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    raise _WrongType(f"{name} is {_named(value)}")


def _identifier(record: Mapping[str, object]) -> str | None:
    """The id; a whole number serves as one, for that is what databases hand out."""
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**40 else None
    return _one_line(_text(record, "id"))


def _tags(record: Mapping[str, object]) -> tuple[str, ...]:
    value = record.get("tags")
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _WrongType(f"tags is {_named(value)}, not a list")
    for tag in value:
        if not isinstance(tag, str):
            raise _WrongType(f"tags holds {_named(tag)}")
    return tuple(dict.fromkeys(folded for tag in value if (folded := one_line(tag))))


def _one_line(value: str | None) -> str | None:
    return (one_line(value) or None) if value else None


def _url(value: str | None) -> str | None:
    """The URL as given, if it is one a browser may open; anything else, as javascript:, is no URL of a story."""
    url = _one_line(value)
    return url if url and canonical_url(url) else None


def _named(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, list):
        return "a list"
    return "null" if value is None else "an object"
