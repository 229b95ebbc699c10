"""Marks: what was done is there, and is there again; what two programs do is both there."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from store.errors import LibraryReadOnly
from store.marks import Marks
from store.model import UNMARKED, Act, Change, Mark, StoryId

A, B, C = StoryId("a"), StoryId("b"), StoryId("c")
READ = Mark(read=True)


def act(*changes: tuple[StoryId, Mark, Mark], label: str = "did") -> Act:
    return Act(label, tuple(Change(*change) for change in changes))


def now(marks: Marks) -> dict[StoryId, Mark]:
    return dict(marks.all())


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Marks]:
    with Marks.open(tmp_path) as marks:
        yield marks


def test_a_story_never_marked_is_unmarked_and_not_listed(marks: Marks) -> None:
    assert marks.get(A) == UNMARKED
    assert now(marks) == {}


def test_an_act_is_there_at_once_and_after_opening_again(tmp_path: Path) -> None:
    full = Mark(True, True, True, ("kelmar", "treaty"), "call Ila\n«quote»", ("Zand left.", "Ana stayed."))
    with Marks.open(tmp_path) as marks:
        marks.apply(act((A, UNMARKED, full)))
        assert marks.get(A) == full
    with Marks.open(tmp_path) as again:
        assert now(again) == {A: full}
        assert again.notices == ()


@pytest.mark.parametrize("desk", [True, False])
def test_what_is_flushed_is_on_the_disk_before_closing(tmp_path: Path, desk: bool) -> None:
    with Marks.open(tmp_path, desk=desk) as marks:
        marks.apply(act((A, UNMARKED, READ)))
        marks.flush()
        with Marks.open(tmp_path) as other:
            assert now(other) == {A: READ}


def test_an_act_taken_back_leaves_no_mark(marks: Marks) -> None:
    done = act((A, UNMARKED, READ), (B, UNMARKED, Mark(tags=("x",))))
    marks.apply(done)
    assert marks.tags() == {"x": 1}
    marks.apply(done.undone())
    assert now(marks) == {}
    assert marks.tags() == {}


def test_a_story_that_changes_twice_in_one_act_ends_as_it_ended(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as marks:
        marks.apply(act((A, UNMARKED, READ), (B, READ, UNMARKED), (B, UNMARKED, READ), (A, READ, UNMARKED)))
        assert now(marks) == {B: READ}
    with Marks.open(tmp_path) as again:
        assert now(again) == {B: READ}


def test_only_the_fields_that_differ_are_changed(marks: Marks) -> None:
    marks.apply(act((A, UNMARKED, READ)))
    marks.apply(act((A, UNMARKED, Mark(starred=True))))  # by one who did not know that it is read
    assert marks.get(A) == Mark(read=True, starred=True)


def test_tags_put_on_by_two_programs_are_both_there(marks: Marks) -> None:
    marks.apply(act((A, UNMARKED, Mark(tags=("x",)))))
    marks.apply(act((A, UNMARKED, Mark(tags=("y",)))))
    assert marks.get(A).tags == ("x", "y")
    marks.apply(act((A, Mark(tags=("x",)), UNMARKED)))
    assert marks.get(A).tags == ("y",)


def test_the_version_grows_with_every_change(marks: Marks) -> None:
    first = marks.version
    marks.apply(act((A, UNMARKED, READ)))
    second = marks.version
    marks.apply(act((A, READ, UNMARKED)))
    assert first < second < marks.version


def test_all_is_a_picture_that_does_not_change(marks: Marks) -> None:
    before = marks.all()
    marks.apply(act((A, UNMARKED, READ)))
    assert dict(before) == {}
    assert dict(marks.all()) == {A: READ}


def test_the_file_is_tinydbs_and_holds_only_what_differs(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act((A, UNMARKED, READ), (B, UNMARKED, Mark(tags=("ø", "x")))))
    with TinyDB(tmp_path / "marks.json", access_mode="r") as db:
        assert db.table("marks").search(where("id") == "b") == [{"id": "b", "tags": ["x", "ø"]}]
        assert db.table("marks").get(where("id") == "a") == {"id": "a", "read": True}
        (about,) = db.table("about").all()
        assert (about["schema"], about["marks"]) == (2, 2)


def test_the_journal_is_one_json_line_an_act(tmp_path: Path) -> None:
    with Marks.open(tmp_path, clock=lambda: 1_935_396_000.25) as marks:
        marks.apply(act((A, UNMARKED, READ), (B, UNMARKED, READ), label="read 2"))
    _, line = (tmp_path / "marks.journal").read_text().splitlines()
    held = json.loads(line)
    assert (held["time"], held["label"]) == ("2031-05-01T10:00:00.250+00:00", "read 2")
    assert held["changes"] == [{"field": "read", "old": False, "new": True, "stories": ["a", "b"]}]


def test_a_checkpoint_cuts_the_journal_and_keeps_the_last_acts(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act((A, UNMARKED, READ), label="read 1"))
        marks.checkpoint()
        marks.apply(act((B, UNMARKED, READ), label="read 2"))
        assert [a.label for a in marks.history()] == ["read 1", "read 2"]
    with Marks.open(tmp_path) as again:
        assert [a.label for a in again.history()] == ["read 1", "read 2"]
        again.apply(again.history()[-1].undone())
        assert now(again) == {A: READ}


def test_a_long_journal_is_folded_while_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.marks.disk.LONG_JOURNAL", 2_000)
    with Marks.open(tmp_path) as marks:
        done, until = 0, time.monotonic() + 60
        while json.loads((tmp_path / "marks.json").read_text())["about"]["1"]["generation"] < 4:
            assert time.monotonic() < until, f"not folded three times in 60 s and {done} acts"
            marks.apply(act((StoryId(f"s{done}"), UNMARKED, READ)))
            marks.flush()
            done += 1
        assert len(now(marks)) == done
    with Marks.open(tmp_path) as again:
        assert len(now(again)) == done


def test_another_programs_acts_are_seen_by_poll_and_only_once(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as desk, Marks.open(tmp_path) as other:
        assert desk.poll() == frozenset()
        other.apply(act((A, UNMARKED, READ)))
        other.flush()
        assert desk.poll() == {A}
        assert desk.get(A) == READ
        assert desk.poll() == frozenset()


def test_two_programs_marking_at_once_lose_nothing(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as desk, Marks.open(tmp_path) as other:
        desk.apply(act((A, UNMARKED, READ)))
        other.apply(act((A, UNMARKED, Mark(starred=True))))
        other.apply(act((B, UNMARKED, Mark(note="n"))))
        desk.flush()
        other.flush()
        desk.poll()
        assert now(desk) == now(other) == {A: Mark(read=True, starred=True), B: Mark(note="n")}


def test_a_checkpoint_of_another_program_is_noticed(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as one, Marks.open(tmp_path, desk=True) as two:
        one.apply(act((A, UNMARKED, READ)))
        one.flush()
        two.apply(act((B, UNMARKED, READ)))
        two.checkpoint()
        one.apply(act((C, UNMARKED, READ)))
        one.flush()
        assert two.poll() == {A, C}
        assert now(one) == now(two) == {A: READ, B: READ, C: READ}
    with Marks.open(tmp_path) as again:
        assert now(again) == {A: READ, B: READ, C: READ}


def test_two_desks_mark_and_see_each_others_acts(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as first, Marks.open(tmp_path, desk=True) as second:
        assert (first.beside, first.read_only, second.read_only) == ("", False, False)
        assert f"process {os.getpid()} on" in second.beside
        second.apply(act((A, UNMARKED, READ)))
        first.apply(act((B, UNMARKED, READ)))
        first.flush()
        second.flush()
        assert first.poll() == {A}
        assert second.poll() == {B}
        second.checkpoint()
        first.apply(act((A, READ, Mark(read=True, starred=True))))
        first.flush()
        assert second.poll() == {A}
        assert now(first) == now(second) == {A: Mark(read=True, starred=True), B: READ}
    with Marks.open(tmp_path, desk=True) as third:
        assert now(third) == {A: Mark(read=True, starred=True), B: READ}


def test_a_folder_that_may_not_be_written_to_takes_no_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Marks.open(tmp_path).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Marks.open(tmp_path, desk=True) as marks:
        with pytest.raises(LibraryReadOnly, match=f"{tmp_path.name} may not be written to"):
            marks.apply(act((A, UNMARKED, READ)))
        assert now(marks) == {}


def test_threads_that_mark_at_once_lose_nothing(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as marks:

        def work(name: str) -> None:
            for n in range(100):
                marks.apply(act((StoryId(f"{name}{n}"), UNMARKED, READ)))
                if n % 20 == 0:
                    marks.flush()

        threads = [threading.Thread(target=work, args=(name,)) for name in "wxyz"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(now(marks)) == 400
    with Marks.open(tmp_path) as again:
        assert len(now(again)) == 400


def test_tags_and_notes_of_any_text_come_back(tmp_path: Path) -> None:
    odd = Mark(tags=('"', "\\", "\u2028", "\udc80", "عربي"), note='}\n{"crc":"00000000"}\n\0')
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act((A, UNMARKED, odd), label="\ud800 label"))
        marks.flush()
        with Marks.open(tmp_path) as from_journal:
            assert from_journal.get(A) == odd
    with Marks.open(tmp_path) as from_file:
        assert from_file.get(A) == odd
        assert from_file.notices == ()


STORIES = st.sampled_from([A, B, C])
MARKS = st.builds(
    Mark,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.lists(st.sampled_from(["x", "y", "z"]), max_size=3).map(tuple),
    st.text(max_size=3),
    st.lists(st.sampled_from(["p", "q", "r"]), max_size=3).map(tuple),
)
STEPS = st.one_of(
    st.lists(st.tuples(STORIES, MARKS), min_size=1, max_size=4),
    st.sampled_from(["undo", "checkpoint", "reopen", "flush"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_any_acts_and_undos_are_the_same_after_opening_again(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[StoryId, Mark]] | str]
) -> None:
    folder = tmp_path_factory.mktemp("library")
    with patch.object(os, "fsync", lambda _: None):
        expected, tags = walk(folder, steps)
        with Marks.open(folder) as again:
            assert now(again) == expected
            assert again.tags() == tags
            assert again.notices == ()


def walk(folder: Path, steps: list[list[tuple[StoryId, Mark]] | str]) -> tuple[dict[StoryId, Mark], Counter[str]]:
    """Do the steps, looking after each act; the marks and the tags they end with."""
    marks, done = Marks.open(folder, desk=True), list[Act]()
    try:
        for step in steps:
            if step == "undo" and done:
                marks.apply(done.pop().undone())
            elif step == "checkpoint":
                marks.checkpoint()
            elif step == "flush":
                marks.flush()
            elif step == "reopen":
                marks.close()
                marks = Marks.open(folder, desk=True)
            elif not isinstance(step, str):
                changes, held = [], now(marks)
                for story, mark in step:
                    changes.append((story, held.get(story, UNMARKED), mark))
                    held[story] = mark
                done.append(act(*changes))
                marks.apply(done[-1])
                assert {s: m for s, m in held.items() if m != UNMARKED} == now(marks)
        return now(marks), marks.tags()
    finally:
        marks.close()
