"""Acts on very many stories: kept in little room, in memory and in the history, and the same acts all the same."""

from __future__ import annotations

import base64
import gc
import json
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.marks import Marks, history, journal
from store.marks.changes import as_json
from store.marks.inspect import inspect, mend
from store.marks.names import Tables
from store.model import MANY, UNMARKED, Act, Alike, Change, Changes, Crowd, Mark, StoryId, changes_of

READ, STARRED = Mark(read=True), Mark(starred=True)
CROWD = [StoryId(f"{number:016x}") for number in range(MANY + 100)]
HISTORY = "marks.history"


def act(label: str, stories: Iterable[StoryId], before: Mark = UNMARKED, after: Mark = READ) -> Act:
    return Act(label, changes_of((story, before, after) for story in stories))


def history_of(folder: Path) -> list[Act]:
    with Marks.open(folder, desk=True) as marks:
        return list(marks.done())


def two_large_and_a_small(folder: Path) -> None:
    with Marks.open(folder, desk=True) as marks:
        marks.apply(act("all", CROWD))
        marks.apply(act("one", CROWD[:1], READ, STARRED))
        marks.apply(act("most", CROWD[50:], after=Mark(tags=("x",))))


@given(st.sets(st.integers(0, 3000)).map(sorted))
def test_a_crowd_holds_its_stories_each_once(numbers: list[int]) -> None:
    stories = [StoryId(f"c{number}") for number in numbers]
    crowd = Crowd.of(stories)
    assert set(crowd) == set(stories)
    assert len(crowd) == len(list(crowd)) == len(stories)
    assert crowd == Crowd.of(stories[::-1])


def test_a_copy_of_all_marks_is_made_once_and_goes_with_the_last_who_has_it(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act("all", CROWD))
        gc.disable()
        try:
            first, second = marks.all(), marks.all()
            assert len(_copies_of(CROWD)) == 1
            marks.apply(act("one", CROWD[:1], READ, STARRED))
            assert (first[CROWD[0]], second[CROWD[0]], marks.all()[CROWD[0]]) == (READ, READ, STARRED)
            del first, second
            assert _copies_of(CROWD) == []
        finally:
            gc.enable()


def _copies_of(stories: list[StoryId]) -> list[object]:
    return [o for o in gc.get_objects() if type(o).__name__ == "_Copy" and list(o) == stories]


def test_changes_of_many_are_kept_by_what_they_have_in_common() -> None:
    before = [READ, *[UNMARKED] * (len(CROWD) - 1)]
    after = [Mark(read=True, starred=True), *[STARRED] * (len(CROWD) - 1)]
    changes = changes_of(zip(CROWD, before, after, strict=True))
    assert isinstance(changes, Changes)
    assert [(part.before, part.after, len(part.stories)) for part in changes.parts] == [(UNMARKED, STARRED, len(CROWD))]
    assert {change.story for change in changes} == set(CROWD)
    assert isinstance(changes_of(zip(CROWD[:9], before, after, strict=False)), tuple)


def test_a_large_act_is_taken_back_and_done_again_and_keeps_what_was_there_before(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(Act("note", (Change(CROWD[3], UNMARKED, Mark(note="n")),)))
        large = Act("both", Changes((Alike(UNMARKED, Mark(read=True, tags=("x",)), Crowd.of(CROWD)),)))
        marks.apply(large)
        assert marks.get(CROWD[3]) == Mark(read=True, tags=("x",), note="n")
        assert len(marks.all()) == len(CROWD)
        marks.apply(large.undone())
        assert dict(marks.all()) == {CROWD[3]: Mark(note="n")}
        assert marks.moot(large.undone())
        marks.apply(large.undone().undone())
        assert len(marks.all()) == len(CROWD)


def test_large_acts_are_undone_after_a_restart(tmp_path: Path) -> None:
    two_large_and_a_small(tmp_path)
    with Marks.open(tmp_path, desk=True) as again:
        done = again.done()
        assert [a.label for a in done] == ["all", "one", "most"]
        assert [len(a.changes) for a in done] == [len(CROWD), 2, len(CROWD) - 50]
        for undone in reversed(done):
            again.apply(undone.undone())
        assert dict(again.all()) == {}
    assert history_of(tmp_path) == []


def test_names_of_stories_stand_in_the_history_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.marks.names.A_LINE", 100)
    for _ in range(3):
        two_large_and_a_small(tmp_path)
    data = (tmp_path / HISTORY).read_bytes()
    assert data.count(CROWD[77].encode()) == 1
    assert len(history_of(tmp_path)) == 9


def test_two_hundred_acts_on_many_stories_are_remembered(tmp_path: Path) -> None:
    numbers = range(1, 251)
    with Marks.open(tmp_path, desk=True) as marks:
        for number in numbers:
            marks.apply(act(f"{number}", CROWD, after=Mark(note=f"{number}")))
            if number % 60 == 0:
                marks.checkpoint()
    done = history_of(tmp_path)
    assert [a.label for a in done] == [f"{number}" for number in numbers[50:]]
    assert all(set(a.stories) == set(CROWD) for a in done)
    assert (tmp_path / HISTORY).stat().st_size < 200 * 700 + 20 * len(CROWD)


def test_a_history_in_which_large_acts_name_their_stories_is_read_and_packed(tmp_path: Path) -> None:
    """As programs before wrote it."""
    two_large_and_a_small(tmp_path)
    file = tmp_path / HISTORY
    old = b"".join(journal.line(as_json(entry)) for entry in history.kept(file))
    file.write_bytes(old)
    done = history_of(tmp_path)
    assert [len(a.changes) for a in done] == [len(CROWD), 2, len(CROWD) - 50]
    assert inspect(tmp_path)[2].problems == ()
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act("small", CROWD[:1], STARRED, Mark(note="n")))
    assert file.stat().st_size < len(old)
    assert history_of(tmp_path)[:3] == done


def test_names_that_hardly_any_act_needs_are_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "ACTS", 4)
    monkeypatch.setattr("store.marks.names.A_LINE", 100)
    for number in range(20):
        some = [StoryId(f"{number:08x}{k:08x}") for k in range(MANY)]
        with Marks.open(tmp_path, desk=True) as marks:
            marks.apply(act(f"{number}", some))
    done = history_of(tmp_path)
    assert [a.label for a in done] == ["16", "17", "18", "19"]
    assert {s[:8] for a in done for s in a.stories} == {f"{n:08x}" for n in (16, 17, 18, 19)}
    held = [json.loads(line) for line in (tmp_path / HISTORY).read_bytes().splitlines()]
    assert sum(len(line.get("names", ())) for line in held) <= 12 * MANY


def test_a_history_cut_at_any_byte_costs_no_mark_and_is_told(tmp_path: Path) -> None:
    two_large_and_a_small(tmp_path)
    file = tmp_path / HISTORY
    data = file.read_bytes()
    labels = ["all", "one", "most"]
    for end in [*range(40), *range(40, len(data) - 2000, 211), *range(len(data) - 2000, len(data) - 1)]:
        file.write_bytes(data[:end])
        assert inspect(tmp_path)[2].problems, end
        kept = [entry.label for entry in history.kept(file)]
        assert kept == labels[: len(kept)], end
    file.write_bytes(data[: len(data) // 2])
    with Marks.open(tmp_path, desk=True) as marks:
        assert len(marks.all()) == len(CROWD)
        assert marks.notices == ()
    assert any("3 act(s) of the history" in done for done in mend(tmp_path, stamp="20310501T101500Z"))
    assert inspect(tmp_path)[2].problems == ()
    assert [a.label for a in history_of(tmp_path)] == labels


def test_names_that_are_damaged_cost_the_acts_on_them_alone_and_never_hit_other_stories(tmp_path: Path) -> None:
    two_large_and_a_small(tmp_path)
    file = tmp_path / HISTORY
    file.write_bytes(file.read_bytes().replace(CROWD[5].encode(), b"0123456789abcdef", 1))
    assert history.damaged(file) == 3
    assert [a.label for a in history_of(tmp_path)] == ["one"]
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act("again", CROWD, READ, STARRED))
    done = history_of(tmp_path)
    assert [a.label for a in done] == ["one", "again"]
    assert set(done[1].stories) == set(CROWD)
    assert history.damaged(file) == 3  # which are for a repair to set aside


def test_two_tables_may_go_on_from_one() -> None:
    """As where two programs wrote behind what both had read."""

    def line(names: list[str], made: str, after: str) -> bytes:
        return journal.line({"history": 2, "names": names, "table": made, "after": after})[:-1]

    def on(table: str, numbers: int) -> bytes:
        bits = base64.b64encode(zlib.compress(numbers.to_bytes(1, "little"))).decode()
        switch = {"field": "read", "old": False, "new": True, "stories": {"table": table, "bits": bits}}
        return journal.line({"time": "2031-05-01T10:00:00Z", "act": "x", "label": "all", "changes": [switch]})[:-1]

    tables = Tables()
    for names in (line(["a", "b"], "t1", ""), line(["c"], "t2", "t1"), line(["d"], "t3", "t1")):
        assert not tables.read(names).bad
    for table, third in (("t2", "c"), ("t3", "d")):
        entry = tables.read(on(table, 0b101)).entry
        assert entry
        assert list(entry.switches[0].stories) == ["a", third]


def test_bits_beyond_the_names_are_no_act(tmp_path: Path) -> None:
    two_large_and_a_small(tmp_path)
    lines = (tmp_path / HISTORY).read_bytes().splitlines()
    told = [json.loads(line) for line in lines]
    names = next(n for n, line in enumerate(told) if "names" in line)
    short = {**told[names], "names": told[names]["names"][:9]}
    del short["crc"]
    lines[names] = journal.line(short)[:-1]
    (tmp_path / HISTORY).write_bytes(b"\n".join(lines) + b"\n")
    assert [a.label for a in history_of(tmp_path)] == ["one"]
