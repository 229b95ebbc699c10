"""Rereading: texts, heads and index made anew from the raw texts that the archive keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from store import learning
from store.adding import ReadingFailed, read
from store.archive import Archive
from store.marks import Marks
from store.model import Progress, Story, StoryId

Told = Callable[[Progress], None]


def all_anew(archive: Archive, marks: Marks, told: Told) -> int:
    """Reads every story anew, without the lines that recur in an outlet's stories; how many there were."""
    total = archive.count()
    learning.learn(archive, lambda done: told(Progress("learning", done, total)))
    return archive.replace_all(_anew(archive, learning.Lines(archive, marks), total, told))


def _anew(archive: Archive, lines: learning.Lines, total: int, told: Told) -> Iterator[Story]:
    for number, (story, raw) in enumerate(archive.raws()):
        told(Progress("reading", number, total))
        try:
            yield read(raw, story, lines)
        except ReadingFailed:  # as it was read before is better than not at all
            yield archive.story(story)


def some_anew(archive: Archive, marks: Marks, *, story: StoryId | None = None, outlet: str | None = None) -> int:
    """Reads one story, or an outlet's stories, anew by the rules there are now; how many there were."""
    lines = learning.Lines(archive, marks)
    wanted = [story] if story else [s.id for s in archive.listed() if s.head.source == outlet]
    found = []
    for each in wanted:
        with suppress(ReadingFailed):
            found.append(read(archive.raw(each), each, lines))
    archive.replace(found)
    return len(found)
