"""The pipe from raw text or HTML to clean text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from store.errors import InputError
from store.intake import record as records
from store.model import Markup, Raw, Rejected, Story, StoryId
from store.pipes.records import Record, answered, answered_file, id_of, story_of, tried


def clean(inputs: Iterable[Record]) -> Iterator[Record]:
    """{id, text | html, url?} to the cleaned story. A page that holds none (an error page, a paywall, a cookie wall, an
    index) gives its error as `add` does; a text always gets paragraphs."""
    return (answered(record, lambda r: _cleaned(_raw(r))) for record in inputs)


def clean_arriving(groups: Iterable[Sequence[Record]]) -> Iterator[Record]:
    """The same for records that came together, the texts of which are cleaned side by side."""
    return (answer for records in groups for answer in _answers(records))


def _answers(records: Sequence[Record]) -> Iterator[Record]:
    ready = _side_by_side(records)
    for at, record in enumerate(records):
        if (story := ready.get(at)) is None:
            yield from clean([record])
        else:
            yield {**id_of(record), **_told(story)}


def _side_by_side(records: Sequence[Record]) -> Mapping[int, Story]:
    """The stories of those that hold texts, by their places; none where one fails, so that each is tried alone."""
    read = {at: tried(_raw, record) for at, record in enumerate(records) if isinstance(record.get("text"), str)}
    raws = {at: raw for at, raw in read.items() if isinstance(raw, Raw) and raw.markup is Markup.TEXT}
    stories = tried(_stories, list(raws.values())) if len(raws) > 1 else ""
    return {} if isinstance(stories, str) else dict(zip(raws, stories, strict=True))


def _stories(raws: Sequence[Raw]) -> list[Story]:
    from store.text import story

    return story.read_together([(raw, StoryId("")) for raw in raws])


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
    return _told(story_of(_article(raw)))


def _told(ready: Story) -> Record:
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
