"""The three pure pipes: JSON records in, JSON records out, ids passed through, order kept, nothing stored.

A record that cannot be used gives {id?, error} in its place, and the rest goes on. Libraries are loaded once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from store import intake
from store.errors import InputError, StoreError
from store.intake import record as records
from store.model import Head, Kind, Passage, Placement, Raw, Rejected, Story, StoryId, Summary

Record = dict[str, Any]


def lines(stream: BinaryIO) -> Iterator[Record]:
    """The records of JSON Lines; a line that is none gives {"error"}. Lines are read as they come."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield {"error": f"broken JSON on line {number}"}
            continue
        yield record if isinstance(record, dict) else {"error": f"line {number} is not an object"}


def files(paths: Sequence[str], *, limit: int) -> Iterator[tuple[str, Raw | Rejected]]:
    """The raw stories in files and folders, each with the path as given; records in one file as PATH#ID or PATH#N."""
    for name in paths:
        for place in intake.expand([Path(name)]):
            if isinstance(place, Rejected):
                yield name, place
                continue
            shown = str(place) if Path(name).is_dir() else name
            found = list(intake.read(place, limit=limit))
            for number, item in enumerate(found, 1):
                given = item.given.id if isinstance(item, Raw) else None
                yield (f"{shown}#{given or number}" if len(found) > 1 or given else shown), item


def clean(inputs: Iterable[Record]) -> Iterator[Record]:
    """{id, text | html, url?} to the cleaned story. Every text gets paragraphs: refusing is for `add`."""
    for number, record in enumerate(inputs, 1):
        yield _answered(record, lambda r, n=number: _cleaned(_raw(r, n)))  # type: ignore[misc]


def clean_files(found: Iterable[tuple[str, Raw | Rejected]]) -> Iterator[Record]:
    """The same for files."""
    for name, item in found:
        if isinstance(item, Rejected):
            yield {"id": name, "error": item.reason}
        else:
            yield _answered({"id": name}, lambda _, raw=item: _cleaned(raw))  # type: ignore[misc]


def group(inputs: Iterable[Record]) -> Iterator[Record]:
    """{id, title?, text, published?, outlet?}, already clean, to {id, event, storyline, why}."""
    return _grouped((r, None if "error" in r and "text" not in r else _try(_given_story, r)) for r in inputs)


def group_files(found: Iterable[tuple[str, Raw | Rejected]]) -> Iterator[Record]:
    """The same for files, which are cleaned first."""
    from store.text import story

    def each() -> Iterator[tuple[Record, Story | str | None]]:
        for name, item in found:
            if isinstance(item, Rejected):
                yield {"id": name, "error": item.reason}, None
            else:
                yield {"id": name}, story.read(item, StoryId(name))

    return _grouped(each())


def summarise(inputs: Iterable[Record], *, method: str | None, sentences: int, words: int | None) -> Iterator[Record]:
    """{id, title?, text} or {id, stories: [...]} to {id, method, sentences}.

    A record may bring its own "method", "sentences" and "words", and "paragraphs" (a list) in place of "text".
    """
    from store import summary

    for record in inputs:
        options = {
            "method": record.get("method") or method or summary.DEFAULT,
            "sentences": record.get("sentences") or sentences,
            "words": record.get("words") or words,
        }
        yield _answered(record, lambda r, o=options: _summarised(r, o))  # type: ignore[misc]


def summarise_files(
    found: Iterable[tuple[str, Raw | Rejected]], *, method: str | None, sentences: int, words: int | None
) -> Iterator[Record]:
    """The same for files, which are cleaned first."""
    from store import summary
    from store.text import story

    for name, item in found:
        if isinstance(item, Rejected):
            yield {"id": name, "error": item.reason}
            continue
        options = {"method": method or summary.DEFAULT, "sentences": sentences, "words": words}
        yield _answered(
            {"id": name},
            lambda _, raw=item, o=options: _summary(summary.summarise(story.read(raw, StoryId("")), **o), {}),  # type: ignore[misc]
        )


# --- one record


def _answered(record: Record, answer: Any) -> Record:
    """The answer with the record's id, or its error with it."""
    said = {"id": record["id"]} if "id" in record else {}
    if "error" in record and len(record) <= 2:
        return {**said, "error": record["error"]}
    try:
        return {**said, **answer(record)}
    except StoreError as error:
        return {**said, "error": str(error)}


def _try(make: Any, record: Record) -> Story | str:
    try:
        story: Story = make(record)
    except StoreError as error:
        return str(error)
    return story


def _raw(record: Record, number: int) -> Raw:
    read = records.read({**record, "id": None}, line=number, source=None)
    if isinstance(read, Rejected):
        raise InputError(read.reason)
    return read


def _cleaned(raw: Raw) -> Record:
    from store.text import story

    ready = story.read(raw, StoryId(""))
    head = ready.head
    return {
        "title": None if head.title_made else head.title,
        "standfirst": head.standfirst,
        "published": head.published,
        "place": head.place,
        "outlet": head.outlet,
        "agency": head.agency,
        "byline": head.byline,
        "paragraphs": list(ready.paragraphs),
        "dropped": [{"text": p.text, "reason": p.reason} for p in ready.dropped],
    }


def _text_of(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return intake.clean_characters(value) if value else value
    raise InputError(f"{name} is not a string")


def _given_story(record: Mapping[str, Any]) -> Story:
    """A story from a record that is already clean: paragraphs stand on lines of their own."""
    text, listed = _text_of(record, "text"), record.get("paragraphs")
    if isinstance(listed, list) and all(isinstance(p, str) for p in listed):
        paragraphs = [" ".join(intake.clean_characters(p).split()) for p in listed]
    elif text is None:
        raise InputError("the record has no text")
    else:
        # A blank line parts paragraphs where there is one, so that hard-wrapped text keeps its sentences whole.
        parts = text.split("\n\n") if "\n\n" in text else text.split("\n")
        paragraphs = [" ".join(p.split()) for p in parts if p.strip()]
    published = _text_of(record, "published")
    title = _text_of(record, "title")
    head = Head(title or "", not title, published, outlet=_text_of(record, "outlet"))
    # An empty paragraph holds the place of one that is not to be summarised, as a subheading.
    passages = tuple(Passage(p, Kind.BODY if p else Kind.SUBHEADING) for p in paragraphs)
    return Story(StoryId(str(record.get("id", ""))), head, passages)


def _grouped(pairs: Iterable[tuple[Record, Story | str | None]]) -> Iterator[Record]:
    from store import group as grouping

    taken: list[tuple[Record, Story | str | None]] = []
    seen: set[StoryId] = set()
    for number, (record, found) in enumerate(pairs):
        if isinstance(found, Story):
            # Ids may be missing or come twice; inside, each story needs its own.
            own = found.id if found.id and found.id not in seen else StoryId(f"{found.id}\0{number}")
            seen.add(own)
            found = Story(own, found.head, found.passages)
        taken.append((record, found))
    placed: dict[StoryId, Placement] = {
        p.story: p for p in grouping.place([s for _, s in taken if isinstance(s, Story)])
    }
    for record, found in taken:
        said = {"id": record["id"]} if "id" in record else {}
        if isinstance(found, Story):
            at = placed[found.id]
            yield {**said, "event": at.event, "storyline": at.storyline, "why": at.why}
        else:
            yield {**said, "error": found or record.get("error", "no story")}


def _summarised(record: Mapping[str, Any], options: Mapping[str, Any]) -> Record:
    from store import summary

    _check_options(options, summary.SUMMARISERS)
    several = record.get("stories")
    if several is None:
        return _summary(summary.summarise(_given_story(record), **options), {})
    if not isinstance(several, list) or not all(isinstance(s, dict) for s in several):
        raise InputError("stories is not a list of objects")
    stories = [_given_story({**s, "id": str(number)}) for number, s in enumerate(several)]
    names = {s.id: one.get("id", number) for number, (s, one) in enumerate(zip(stories, several, strict=True))}
    return _summary(summary.summarise_event(stories, **options), names)


def _check_options(options: Mapping[str, Any], methods: Iterable[str]) -> None:
    known = list(methods)
    if options["method"] not in known:
        raise InputError(f"unknown method {options['method']!r}; there are {', '.join(known)}")
    for name in ("sentences", "words"):
        value = options[name]
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise InputError(f"{name} is not a whole number above 0")


def _summary(made: Summary, names: Mapping[StoryId, object]) -> Record:
    sentences = []
    for sentence in made.sentences:
        said: Record = {"text": sentence.text}
        if sentence.story in names:
            said["story"] = names[sentence.story]
        sentences.append({**said, "paragraph": sentence.paragraph})
    return {"method": made.method, "sentences": sentences}
