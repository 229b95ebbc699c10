"""The pipe from raw text or HTML to clean text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.errors import InputError
from store.intake import record as records
from store.model import Markup, Raw, Rejected
from store.pipes.records import Record, answered, answered_file, story_of


def clean(inputs: Iterable[Record]) -> Iterator[Record]:
    """{id, text | html, url?} to the cleaned story. A page that holds none (an error page, a paywall, a cookie wall, an
    index) gives its error as `add` does; a text always gets paragraphs."""
    return (answered(record, lambda r: _cleaned(_raw(r))) for record in inputs)


def clean_files(found: Iterable[tuple[str, Raw | Rejected]]) -> Iterator[Record]:
    """The same for files."""
    return (answered_file(name, item, _cleaned) for name, item in found)


def _raw(record: Record) -> Raw:
    read = records.read({**record, "id": None}, line=1, source=None)
    if isinstance(read, Rejected):
        raise InputError(read.reason.removeprefix("line 1: "))
    return read


def _article(raw: Raw) -> Raw:
    """raw, where it may hold an article. Raises InputError for a page that holds none."""
    if raw.markup is Markup.HTML:
        from store.text import story

        if said := story.refusal(raw):
            raise InputError(said)
    return raw


def _cleaned(raw: Raw) -> Record:
    ready = story_of(_article(raw))
    head = ready.head
    return {
        "title": None if head.title_made else head.title,
        "standfirst": head.standfirst,
        "published": head.published,
        "published_inferred": head.published_inferred,
        "place": head.place,
        "outlet": head.outlet,
        "agency": head.agency,
        "byline": head.byline,
        "language": head.language,
        "paragraphs": list(ready.paragraphs),
        "dropped": [{"text": p.text, "reason": p.reason} for p in ready.dropped],
    }
