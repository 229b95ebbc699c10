"""Copies of marks that were about to be lost: not one for each day, and never one less with marks that stand nowhere
else."""

from __future__ import annotations

from pathlib import Path

from store.marks import Marks, inspect, kept
from store.marks.files import Files
from store.model import UNMARKED, Act, Change, Mark, StoryId

STORIES = [StoryId(f"s{n}") for n in range(4)]
STARRED = Mark(starred=True)


def all_at_once(marks: Marks, before: Mark, after: Mark) -> None:
    marks.apply(Act("did", tuple(Change(story, before, after) for story in STORIES)))
    marks.checkpoint()


def day(folder: Path, mark: Mark) -> None:
    """Everything is marked so and unmarked again, each with a checkpoint."""
    with Marks.open(folder, desk=True) as marks:
        all_at_once(marks, UNMARKED, mark)
        all_at_once(marks, UNMARKED, STARRED)
        all_at_once(marks, Mark(mark.read, True, note=mark.note), UNMARKED)
        all_at_once(marks, UNMARKED, Mark(dismissed=True))
        all_at_once(marks, Mark(dismissed=True), UNMARKED)


def test_copies_whose_marks_stand_elsewhere_are_not_kept_for_ever(tmp_path: Path) -> None:
    for _ in range(3 * kept.NEWEST):
        day(tmp_path, STARRED)
    assert len(kept.copies(Files(tmp_path))) <= kept.NEWEST
    (note,) = [note for note in inspect.inspect(tmp_path)[0].notes if "marks.kept" in note]
    assert f"{len(kept.copies(Files(tmp_path)))} earlier copies of the marks" in note


def test_a_copy_with_a_note_that_stands_nowhere_else_stays(tmp_path: Path) -> None:
    day(tmp_path, Mark(note="ask Irena before Monday"))
    first = {path for path in kept.copies(Files(tmp_path)) if b"Irena" in path.read_bytes()}
    for _ in range(2 * kept.NEWEST):
        day(tmp_path, STARRED)
    left = kept.copies(Files(tmp_path))
    assert first
    assert len(left) == kept.NEWEST + 1
    assert any(b"Irena" in path.read_bytes() for path in left)


def test_a_copy_that_cannot_be_read_stays(tmp_path: Path) -> None:
    torn = tmp_path / "marks.kept-20010101T000000Z.json"
    torn.write_bytes(b'{"about')
    for _ in range(2 * kept.NEWEST):
        day(tmp_path, STARRED)
    assert torn.exists()
