"""Two desks that note one story at the same moment: the last note stands, and undo at either brings back the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.marks import Marks
from store.marks.changes import Entry, Switch
from store.marks.notes import Notes
from store.model import UNMARKED, Act, Change, Mark, StoryId, changes_of
from tui.desk.history import History

A, B = StoryId("a"), StoryId("b")


def note(story: StoryId, text: str, before: str = "") -> Act:
    return Act("Noted 1 story", (Change(story, Mark(note=before), Mark(note=text)),))


def overlapping(folder: Path) -> tuple[Marks, Marks, Act, Act]:
    """Both wrote before either heard of the other; first was written first."""
    first, second = Marks.open(folder, desk=True), Marks.open(folder, desk=True)
    one, two = note(A, "first"), note(A, "second")
    first.apply(one)
    first.flush()
    second.apply(two)
    second.flush()
    first.poll()
    return first, second, one, two


def closed(*desks: Marks) -> None:
    for desk in desks:
        desk.close()


def test_the_last_note_stands_and_undo_where_it_was_written_brings_back_the_first(tmp_path: Path) -> None:
    first, second, _, two = overlapping(tmp_path)
    assert [desk.get(A).note for desk in (first, second)] == ["second", "second"]
    assert second.overruled() == ((), 1)
    second.apply(two.undone())
    second.flush()
    first.poll()
    assert [desk.get(A).note for desk in (first, second)] == ["first", "first"]
    second.apply(two)
    second.apply(two.undone())
    assert second.get(A).note == "first"
    closed(first, second)


def test_undo_where_the_first_was_written_brings_it_back_and_goes_on_from_there(tmp_path: Path) -> None:
    first, second, one, _ = overlapping(tmp_path)
    history = History(first.moot)
    history.did(one)
    (over_it,), overwrote = first.overruled()
    assert overwrote == 0
    history.heard([over_it])
    history.undo(first.apply)
    assert first.get(A).note == "first"
    history.undo(first.apply)
    assert first.get(A).note == ""
    assert first.overruled() == ((), 0)
    closed(first, second)


def test_a_note_that_another_takes_back_was_written_over_once(tmp_path: Path) -> None:
    first, second, _, two = overlapping(tmp_path)
    assert len(first.overruled()[0]) == 1
    second.apply(two.undone())
    second.flush()
    first.poll()
    assert first.get(A).note == "first"
    assert first.overruled() == ((), 0)
    closed(first, second)


def test_history_and_undo_after_a_restart_know_both_notes(tmp_path: Path) -> None:
    closed(*overlapping(tmp_path)[:2])
    with Marks.open(tmp_path, desk=True) as again:
        assert [(c.before.note, c.after.note) for a in again.history() for c in a.changes] == [
            ("", "first"),
            ("first", "second"),
        ]
        again.apply(again.done()[-1].undone())
        assert again.get(A).note == "first"
    with Marks.open(tmp_path, desk=True) as again:
        assert [act.changes[0].after.note for act in again.done()] == ["first"]


def test_notes_on_other_stories_are_left_as_they_are(tmp_path: Path) -> None:
    first, second = Marks.open(tmp_path, desk=True), Marks.open(tmp_path, desk=True)
    first.apply(note(A, "first"))
    first.flush()
    both = Act("Noted 2 stories", changes_of((s, UNMARKED, Mark(note="both")) for s in (A, B)))
    second.apply(both)
    second.flush()
    second.apply(both.undone())
    assert (second.get(A).note, second.get(B).note) == ("first", "")
    closed(first, second)


@pytest.mark.parametrize("text", ["first", ""])
def test_what_is_the_same_or_was_taken_off_is_no_conflict(tmp_path: Path, text: str) -> None:
    first, second = Marks.open(tmp_path, desk=True), Marks.open(tmp_path, desk=True)
    first.apply(note(A, "first"))
    first.apply(note(A, text, "first"))
    first.flush()
    second.apply(note(A, "first"))
    second.flush()
    assert second.overruled() == ((), 0)
    closed(first, second)


def test_acts_on_nothing_but_other_fields_stay_the_same() -> None:
    entry = Entry("", "x-1", "Starred", (Switch("starred", False, True, (A, B)),))
    notes = Notes()
    assert notes.applied(entry) is entry
    assert notes.after(entry, None, lambda _: Mark(note="other")) is entry
    notes.heard([entry], [])
    assert notes.overruled() == ([], 0)
