"""The pipe from clean stories to summaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import InputError, StoreError
from store.model import Raw, Rejected, Story, StoryId, Summary
from store.pipes.records import Record, answered, answered_file, given_story, line_of, story_of

if TYPE_CHECKING:
    from store.archive.summaries import Summaries


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
    return (answered(record, partial(_summarised, wanted=wanted)) for record in inputs)


def summarise_files(found: Iterable[tuple[str, Raw | Rejected]], wanted: Wanted) -> Iterator[Record]:
    """The same for files, which are cleaned first."""
    return (answered_file(name, item, lambda raw: _summary_of([story_of(raw)], {}, wanted)) for name, item in found)


@contextmanager
def kept_in(folder: Path | None) -> Iterator[Summaries | None]:
    """The summaries kept in a library; None where there is none, or it cannot be opened."""
    from store.archive import Archive  # the pipes of texts need none
    from store.archive.archive import FILE

    try:
        archive = Archive.open(folder) if folder and (folder / FILE).is_file() else None
    except (StoreError, OSError, ValueError):  # a folder that cannot be
        archive = None
    if archive is None:
        yield None
        return
    with closing(archive):
        yield archive.summaries


def _summarised(record: Record, *, wanted: Wanted) -> Record:
    own = replace(
        wanted, **{name: record[name] for name in ("method", "sentences", "words", "beside") if record.get(name)}
    )
    several = record.get("stories")
    if several is None:
        return _summary_of([given_story(record)], {}, own)
    if not isinstance(several, list) or not all(isinstance(s, dict) for s in several):
        raise InputError("stories is not a list of objects")
    return _summary_of([given_story(s) for s in several], dict(enumerate(several)), own)


def _summary_of(stories: Sequence[Story], records: Mapping[int, Record], wanted: Wanted) -> Record:
    """A story's place stands for its id inside, as ids may be missing, of any type and come twice."""
    from store.summary.asked import Asked

    named = tuple(replace(story, id=StoryId(str(number))) for number, story in enumerate(stories))
    origins = {StoryId(str(number)): line_of(one, "origin") or "" for number, one in records.items()}
    read = frozenset(StoryId(str(number)) for number, one in records.items() if one.get("read") is True)
    asked = Asked(named, _method(wanted.method), wanted.sentences, wanted.words, origins, read, wanted.beside is True)
    for name, value in (("sentences", asked.sentences), ("words", asked.words)):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise InputError(f"{name} is not a whole number above 0")
    sources = {
        StoryId(str(number)): {"story": one.get("id", number), "outlet": line_of(one, "outlet")}
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
