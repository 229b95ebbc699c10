"""Adding: paths and standard input -> stories in the archive, and what came of each. The library calls it; grouping
comes after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store import intake
from store.archive import Archive, Verdict
from store.errors import LibraryError
from store.intake import reasons
from store.intake.identity import apart_id, story_id, text_digest
from store.marks import Marks
from store.model import Act, Added, Change, Moved, Progress, Raw, Rejected, Story, StoryId

if TYPE_CHECKING:
    from store.learning import Lines

BATCH = 32  # stories a transaction: about half a second's reading, so that progress is seen and a kill loses little
FEW = 4  # stories that are stored and placed in one transaction
STDIN = "-"
Told = Callable[[Progress], None]
Ready = tuple[StoryId, Raw, str, Story]  # id, raw text, its digest, the story read from it
Near = Callable[[Sequence[StoryId]], tuple[Moved, ...] | None]  # places some stories and gives what moved, if it can


def arrivals(
    paths: Sequence[str], *, stdin: BinaryIO | None, limit: int, told: Told
) -> Iterator[tuple[str, Raw | Rejected]]:
    """What stands in files and folders, and last, for "-", on standard input; each with its place as it is shown.

    Progress counts files; in a single one, which may hold thousands of stories, it counts stories.
    """
    named = [_path(p) for p in paths if p not in ("", STDIN)]
    places: list[Path | Rejected | BinaryIO] = [*intake.expand(named)]
    if "" in paths:
        places.append(Rejected("an empty path", "names no file"))
    if STDIN in paths and stdin is not None:
        places.append(stdin)
    number = 0
    for done, place in enumerate(places):
        for item in _stories(place, limit):
            told(Progress("reading", done, len(places)) if len(places) > 1 else Progress("reading", number, 0))
            number += 1
            yield (item.source or reasons.STANDARD_INPUT), item
    told(Progress("reading", len(places), len(places)))


def _path(name: str) -> Path:
    """A path as it was typed: at the desk there is no shell to put the home folder in for ~."""
    path = Path(name)
    try:
        return path.expanduser() if name.startswith("~") and not path.exists() else path
    except (OSError, RuntimeError, ValueError):
        return path


def _stories(place: Path | Rejected | BinaryIO, limit: int) -> Iterator[Raw | Rejected]:
    if isinstance(place, Rejected):
        return iter((place,))
    return intake.read(place, limit=limit) if isinstance(place, Path) else intake.read_stream(place, limit=limit)


@dataclass
class Adding:
    """One `add` and its books. Marks and archive are those of the library."""

    archive: Archive
    marks: Marks
    now: datetime
    results: dict[Verdict, list[StoryId]] = field(default_factory=lambda: {v: [] for v in Verdict})
    rejected: list[Rejected] = field(default_factory=list)
    stored: int = 0
    moved: tuple[Moved, ...] | None = None
    """What moved as they were placed; None where they were not."""

    def __post_init__(self) -> None:
        from store.learning import Lines

        self._lines = Lines(self.archive, self.marks)

    @property
    def changed(self) -> bool:
        return bool(self.results[Verdict.ADDED] or self.results[Verdict.REVISED])

    @property
    def done(self) -> Added:
        added, same, revised = (tuple(self.results[v]) for v in (Verdict.ADDED, Verdict.SAME, Verdict.REVISED))
        return Added(added, same, revised, tuple(self.rejected))

    def take(
        self, arriving: Iterator[tuple[str, Raw | Rejected]], cancelled: Callable[[], bool], near: Near = lambda _: None
    ) -> None:
        """Takes in what arrives, a batch a transaction; stops between two batches when asked to. Where all that arrives
        is a few stories, `near` places them in the same transaction, if it can at once.

        Raises LibraryError where a batch cannot be stored: it says what is in and where to go on.
        """
        from store.group.resting import resting

        while not cancelled():
            batch = list(islice(arriving, BATCH))
            if not batch:
                break
            few = not self.stored and len(batch) <= FEW
            with resting():
                self._take(batch, near if few else lambda _: None)

    def _take(self, batch: Sequence[tuple[str, Raw | Rejected]], near: Near) -> None:
        tagged: dict[StoryId, tuple[str, ...]] = {}
        ready = [one for place, item in batch if (one := self._judged(place, item, tagged))]
        # Tags first: killed in between, the next add brings the story and its tags again; the other way round the
        # story would be the same, and its tags lost.
        try:
            self._tag(tagged)
            if ready:
                self._store(ready, near)
        except LibraryError as error:
            raise type(error)(f"{error} {_stands(self.stored, batch[0][0])}") from error
        self.stored += len(ready)

    def _store(self, ready: Sequence[Ready], near: Near) -> None:
        from store.group import placing

        traits = {story.id: placing.read_one(story) for *_, story in ready}
        with self.archive.as_one():
            self.archive.put(ready, added=self.now.isoformat(timespec="seconds"), traits_of=traits)
            self.moved = near((*self.done.added, *self.done.revised))

    def _judged(self, place: str, item: Raw | Rejected, tagged: dict[StoryId, tuple[str, ...]]) -> Ready | None:
        """What is to be stored of one arrival. The books say what became of it in any case."""
        if isinstance(item, Rejected):
            self.rejected.append(item)
            return None
        try:
            return self._read(place, item, tagged)
        except ReadingFailed as failed:
            self.rejected.append(Rejected(place, f"could not be read ({failed})"))
            return None

    def _read(self, place: str, raw: Raw, tagged: dict[StoryId, tuple[str, ...]]) -> Ready | None:
        refusal = refused(raw)
        if refusal:
            self.rejected.append(Rejected(place, refusal))
            return None
        digest = text_digest(raw)
        verdict, story = self.archive.verdict(raw, story_id(raw), digest, apart_id(raw))
        found = None if verdict is Verdict.SAME else read(raw, story, self._lines)
        self.results[verdict].append(story)
        if verdict is Verdict.ADDED and raw.given.tags:
            tagged[story] = raw.given.tags
        return None if found is None else (story, raw, digest, found)

    def _tag(self, tagged: dict[StoryId, tuple[str, ...]]) -> None:
        before = {story: self.marks.get(story) for story in tagged}
        after = {story: replace(before[story], tags=(*before[story].tags, *tags)) for story, tags in tagged.items()}
        changes = [Change(s, before[s], after[s]) for s in tagged if before[s] != after[s]]
        if changes:
            self.marks.apply(Act("Tagged as they came", tuple(changes)))
            self.marks.flush()


def _stands(stored: int, place: str) -> str:
    told = f"{stored:,} stories were stored before that" if stored != 1 else "One story was stored before that"
    return f"{told}; {place} and what comes after it is missing: add the same again to go on."


class ReadingFailed(Exception):
    """A page that our own code, or a library's, stumbles over: the other stories must come in all the same."""


def refused(raw: Raw) -> str | None:
    """Why raw holds no article. Raises ReadingFailed."""
    from store.text import story as reading

    try:
        return reading.refusal(raw)
    except Exception as error:
        raise ReadingFailed(type(error).__name__) from error


def read(raw: Raw, story: StoryId, lines: Lines | None = None) -> Story:
    """The story in raw; lines is what the library knows of its outlet's lines. Raises ReadingFailed."""
    from store.text import story as reading

    try:
        return lines.read(raw, story) if lines else reading.read(raw, story)
    except Exception as error:
        raise ReadingFailed(type(error).__name__) from error
