"""Marks stay when their stories go, and are there when the stories come back."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from store.config import Settings
from store.library import Library
from store.model import Mark, StoryId

NOW = datetime(2031, 5, 1, 10, 15)
TEXT = "Harbour talks end in Tellmark\n\nThe envoys of Vardania and Orlesia left the customs house after nine hours.\n"


def test_marks_outlive_the_archive_and_come_back_with_the_story(tmp_path: Path) -> None:
    file, folder = tmp_path / "talks.txt", tmp_path / "library"
    file.write_text(TEXT)
    mark = Mark(starred=True, tags=("harbour",), note="ask Ilse")
    with closing(Library.open(folder, Settings())) as library:
        (story,) = library.add([str(file)], now=NOW).added
        library.mark("marked", [story], lambda _: mark)
    for path in folder.glob("archive.sqlite3*"):
        path.unlink()
    with closing(Library.open(folder, Settings(), desk=True)) as library:
        assert library.archive.count() == 0
        assert library.marks.get(story) == mark
        library.marks.checkpoint()
    with closing(Library.open(folder, Settings())) as library:
        assert library.marks.get(story) == mark
        (found,) = library.matching("tag:harbour", today=NOW.date()) or (None,)
        assert found is None
        assert library.add([str(file)], now=NOW).added == (story,)
        (event,) = library.matching("tag:harbour is:starred", today=NOW.date())
        assert [s.id for s in event.stories] == [story]


def test_a_mark_of_a_story_that_never_was_harms_nothing(tmp_path: Path) -> None:
    file, folder = tmp_path / "talks.txt", tmp_path / "library"
    file.write_text(TEXT)
    with closing(Library.open(folder, Settings())) as library:
        library.mark("marked", [StoryId("nobody")], lambda m: Mark(read=True))
        library.add([str(file)], now=NOW)
        assert sum(len(e.stories) for e in library.events()) == 1
        assert library.marks.get(StoryId("nobody")).read
