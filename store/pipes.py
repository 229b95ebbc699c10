"""The three pure pipes: JSON records in, JSON records out, ids passed through, order kept, nothing stored.

A record that cannot be used gives {id?, error} in its place, and the rest goes on. Libraries are loaded once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from textwrap import shorten
from typing import Any, BinaryIO, NoReturn, TypeVar

from store import intake
from store.archive import Archive
from store.archive.summaries import Summaries
from store.errors import InputError, StoreError
from store.intake import record as records
from store.model import Head, Kind, Markup, Passage, Placement, Raw, Rejected, Story, StoryId, Summary

Record = dict[str, Any]
T = TypeVar("T")
FILE = "archive.sqlite3"
HEADLINE = 80  # characters of the first paragraph that stand for a missing title in a reason


def lines(stream: BinaryIO) -> Iterator[Record]:
    """The records of JSON Lines; a line that is none gives {"error"}. Lines are read as they come."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_constant=_not_json)
        except (ValueError, RecursionError):
            yield {"error": f"broken JSON on line {number}"}
            continue
        yield record if isinstance(record, dict) else {"error": f"line {number} is not an object"}


def _not_json(constant: str) -> NoReturn:
    """NaN and the infinities, which Python reads and writes and no other program takes."""
    raise ValueError(constant)


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
    """{id, text | html, url?} to the cleaned story. A page that holds none (an error page, a paywall, a cookie wall, an
    index) gives its error as `add` does; a text always gets paragraphs."""
    return (_answered(record, lambda r: _cleaned(_raw(r))) for record in inputs)


def clean_files(found: Iterable[tuple[str, Raw | Rejected]]) -> Iterator[Record]:
    """The same for files."""
    return (_answered_file(name, item, _cleaned) for name, item in found)


def group(inputs: Iterable[Record]) -> Iterator[Record]:
    """{id, title?, text, published?, outlet?, agency?}, already clean, to {id, event, storyline, why} and the reasons
    as data: nearest and likeness, what is shared, origin, copy_of, inferred, storyline_why."""
    return _grouped((_id_of(record), _tried(_given_story, record)) for record in inputs)


def group_files(found: Iterable[tuple[str, Raw | Rejected]]) -> Iterator[Record]:
    """The same for files, which are cleaned first."""
    return _grouped(({"id": name}, _tried(_story_of, item)) for name, item in found)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the summaries are to be made, and where those made before are kept."""

    method: str | None = None
    sentences: int = 3
    words: int | None = None
    kept: Summaries | None = None
    beside: bool = False


def summarise(inputs: Iterable[Record], wanted: Wanted) -> Iterator[Record]:
    """{id, title?, text} or {id, stories: [...]} to {id, method, sentences}.

    A record may bring its own "method", "sentences" and "words", "beside" (true where the text stands beside its
    summary: see Asked), and "paragraphs" (a list) in place of "text"; a story of several "published", "origin" (who
    reported it first) and "read" (true where the reader knows it).
    """
    return (_answered(record, partial(_summarised, wanted=wanted)) for record in inputs)


def summarise_files(found: Iterable[tuple[str, Raw | Rejected]], wanted: Wanted) -> Iterator[Record]:
    """The same for files, which are cleaned first."""
    return (_answered_file(name, item, lambda raw: _summary_of([_story_of(raw)], {}, wanted)) for name, item in found)


@contextmanager
def kept_in(folder: Path | None) -> Iterator[Summaries | None]:
    """The summaries kept in a library; None where there is none, or it cannot be opened."""
    try:
        archive = Archive.open(folder) if folder and (folder / FILE).is_file() else None
    except (StoreError, OSError, ValueError):  # a folder that cannot be
        archive = None
    if archive is None:
        yield None
        return
    with closing(archive):
        yield archive.summaries


# --- one record


def _answered(record: Record, answer: Callable[[Record], Record]) -> Record:
    """The answer with the record's id, or its error with it."""
    made = _tried(answer, record)
    return {**_id_of(record), **({"error": made} if isinstance(made, str) else made)}


def _answered_file(name: str, item: Raw | Rejected, answer: Callable[[Raw], Record]) -> Record:
    return _answered({"id": name}, lambda _: answer(_accepted(item)))


def _id_of(record: Mapping[str, Any]) -> Record:
    return {"id": record["id"]} if "id" in record else {}


def _tried(make: Callable[[Any], T], item: object) -> T | str:
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


def _accepted(item: Raw | Rejected) -> Raw:
    if isinstance(item, Rejected):
        raise InputError(item.reason)
    return item


def _story_of(item: Raw | Rejected) -> Story:
    from store.text import story

    return story.read(_accepted(item), StoryId(""))


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
    ready = _story_of(_article(raw))
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


def _text_of(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value and intake.clean_characters(value)
    raise InputError(f"{name} is not a string")


def _line_of(record: Mapping[str, Any], name: str) -> str | None:
    return " ".join((_text_of(record, name) or "").split()) or None


def _given_story(record: Mapping[str, Any]) -> Story:
    """A story from a record that is already clean."""
    title = _line_of(record, "title")
    outlet, agency = _line_of(record, "outlet"), _line_of(record, "agency")
    when, language = _line_of(record, "published"), _line_of(record, "language")
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


def _grouped(tried: Iterable[tuple[Record, Story | str]]) -> Iterator[Record]:
    from store import group as grouping

    taken = list(tried)
    ids = _own_ids([said.get("id") for said, _ in taken])
    stories = [_named(story, i) for (_, story), i in zip(taken, ids, strict=True) if isinstance(story, Story)]
    known = {story.id: story for story in stories}
    said_ids = {own: said.get("id", number) for number, ((said, _), own) in enumerate(zip(taken, ids, strict=True), 1)}
    placed: dict[StoryId, Placement] = {p.story: p for p in grouping.place(stories)}
    for (said, story), own in zip(taken, ids, strict=True):
        if isinstance(story, str):
            yield {**said, "error": story}
        else:
            yield {**said, **_placed(placed[own], known, said_ids)}


def _placed(at: Placement, stories: Mapping[StoryId, Story], said_ids: Mapping[StoryId, object]) -> Record:
    """Where a story stands and why, as data; other stories by the ids they came with."""
    from store.group import shared

    both = shared.located(at.shared, stories[at.story], stories[at.nearest]) if at.nearest else ()
    return {
        "event": at.event,
        "storyline": at.storyline,
        "why": at.why,
        "nearest": said_ids[at.nearest] if at.nearest else None,
        "likeness": at.likeness,
        "shared": [{"kind": s.kind, "text": s.text, "weight": s.weight} for s in both],
        "origin": at.origin or None,
        "copy_of": said_ids[at.copy_of] if at.copy_of else None,
        "inferred": at.inferred,
        "storyline_why": at.storyline_why or None,
    }


def _own_ids(given: Sequence[object]) -> list[StoryId]:
    """Ids may be missing, of any type and come twice; inside, each story needs its own."""
    names: dict[str, None] = {}
    reserved = {str(one) for one in given}
    for number, one in enumerate(given, 1):
        name = "" if one is None else str(one)
        if not name or name in names:
            name = next(n for n in (f"{name}~{k}" for k in count(number)) if n not in names and n not in reserved)
        names[name] = None
    return [StoryId(name) for name in names]


def _named(story: Story, own: StoryId) -> Story:
    """The story under its own id, and under a headline that a reason can name it by."""
    title = story.head.title or shorten(" ".join(story.paragraphs[:1]), HEADLINE, placeholder="…")
    return Story(own, replace(story.head, title=title or "Untitled"), story.passages)


def _summarised(record: Record, *, wanted: Wanted) -> Record:
    own = replace(
        wanted, **{name: record[name] for name in ("method", "sentences", "words", "beside") if record.get(name)}
    )
    several = record.get("stories")
    if several is None:
        return _summary_of([_given_story(record)], {}, own)
    if not isinstance(several, list) or not all(isinstance(s, dict) for s in several):
        raise InputError("stories is not a list of objects")
    return _summary_of([_given_story(s) for s in several], dict(enumerate(several)), own)


def _summary_of(stories: Sequence[Story], records: Mapping[int, Record], wanted: Wanted) -> Record:
    """A story's place stands for its id inside, as ids may be missing, of any type and come twice."""
    from store.summary.asked import Asked

    named = tuple(replace(story, id=StoryId(str(number))) for number, story in enumerate(stories))
    origins = {StoryId(str(number)): _line_of(one, "origin") or "" for number, one in records.items()}
    read = frozenset(StoryId(str(number)) for number, one in records.items() if one.get("read") is True)
    asked = Asked(named, _method(wanted.method), wanted.sentences, wanted.words, origins, read, wanted.beside is True)
    for name, value in (("sentences", asked.sentences), ("words", asked.words)):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise InputError(f"{name} is not a whole number above 0")
    sources = {
        StoryId(str(number)): {"story": one.get("id", number), "outlet": _line_of(one, "outlet")}
        for number, one in records.items()
    }
    return _summary(asked.answer(wanted.kept), sources)


def _method(name: object) -> str:
    """The method, or the one that is default where none is named. Raises InputError."""
    from store.summary import DEFAULT, METHODS

    if name is None or name == "":
        return DEFAULT
    if not isinstance(name, str) or name not in METHODS:
        raise InputError(f"unknown method {name!r}; there are {', '.join(METHODS)}")
    return name


def _summary(made: Summary, sources: Mapping[StoryId, Record]) -> Record:
    """sources says for each of several stories its id and its outlet."""
    sentences = []
    for sentence in made.sentences:
        source = sources.get(sentence.story) if sentence.story else None
        beside = {**source, "support": sentence.support} if source else {}
        sentences.append({"text": sentence.text, **beside, "paragraph": sentence.paragraph})
    return {"method": made.method, "sentences": sentences}
