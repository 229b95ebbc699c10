"""What can be undone after a restart: this reader's last acts, in order, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.marks import Marks, history
from store.marks.inspect import inspect, mend
from store.model import UNMARKED, Act, Change, Mark, Rule, RuleChange, RuleKind, StoryId

A, B, C = StoryId("a"), StoryId("b"), StoryId("c")
READ, STARRED = Mark(read=True), Mark(starred=True)


def act(label: str, *changes: tuple[StoryId, Mark, Mark]) -> Act:
    return Act(label, tuple(Change(*change) for change in changes))


def labels(acts: tuple[Act, ...]) -> list[str]:
    return [a.label for a in acts]


@pytest.mark.parametrize("checkpoint", [True, False])
def test_undo_goes_on_after_a_restart(tmp_path: Path, checkpoint: bool) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act("one", (A, UNMARKED, READ), (B, UNMARKED, READ)))
        if checkpoint:
            marks.checkpoint()
        marks.apply(act("two", (B, READ, Mark(read=True, tags=("x",)))))
        assert labels(marks.done()) == ["one", "two"]
    with Marks.open(tmp_path, desk=True) as again:
        for undone in reversed(again.done()):
            again.apply(undone.undone())
        assert dict(again.all()) == {}
    with Marks.open(tmp_path, desk=True) as again:
        assert again.done() == ()
        assert len(again.history()) == 4


def test_what_was_undone_and_done_again_is_there_to_undo_once(tmp_path: Path) -> None:
    one, two = act("one", (A, UNMARKED, READ)), act("two", (B, UNMARKED, READ))
    with Marks.open(tmp_path, desk=True) as marks:
        for done in (one, two, two.undone(), one.undone(), one):
            marks.apply(done)
        assert labels(marks.done()) == ["one"]
    with Marks.open(tmp_path, desk=True) as again:
        assert labels(again.done()) == ["one"]


def test_an_act_like_an_undo_is_an_act(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act("toggled", (A, UNMARKED, STARRED)))
        marks.apply(act("toggled", (A, STARRED, UNMARKED)))
        assert len(marks.done()) == 2


def test_an_undo_whose_act_is_no_longer_in_the_history_is_not_offered(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act("one", (A, UNMARKED, READ)).undone())
        assert marks.done() == ()


def test_acts_of_other_programs_are_history_and_not_undone(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as desk, Marks.open(tmp_path) as cron:
        desk.apply(act("mine", (A, UNMARKED, READ)))
        desk.flush()
        cron.apply(act("tagged by cron", (B, UNMARKED, Mark(tags=("x",)))))
        cron.flush()
        desk.poll()
        assert labels(desk.history()) == ["mine", "tagged by cron"]
        assert labels(desk.done()) == ["mine"]


def test_an_act_whose_effect_is_gone_is_moot(tmp_path: Path) -> None:
    rule = Rule(RuleKind.APART, ("a", "b"))
    with Marks.open(tmp_path, desk=True) as marks:
        tagged = act("tagged", (A, UNMARKED, Mark(tags=("x",))), (B, UNMARKED, Mark(tags=("x",))))
        marks.apply(tagged)
        assert marks.moot(tagged)
        assert not marks.moot(tagged.undone())
        marks.apply(act("cron", (A, Mark(tags=("x",)), UNMARKED)))
        assert not marks.moot(tagged.undone())  # one story still has it
        marks.apply(act("cron", (B, Mark(tags=("x",)), UNMARKED)))
        assert marks.moot(tagged.undone())
        assert not marks.moot(Act("ruled", rules=(RuleChange(rule),)))
        assert marks.moot(Act("ruled", rules=(RuleChange(rule, made=False),)))


def test_two_hundred_acts_are_remembered(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        for number in range(130):
            marks.apply(act(f"{number}", (A, UNMARKED, Mark(note=f"{number}"))))
        marks.checkpoint()
        for number in range(130, 250):
            marks.apply(act(f"{number}", (A, UNMARKED, Mark(note=f"{number}"))))
    for _ in range(2):
        with Marks.open(tmp_path, desk=True) as again:
            assert labels(again.done()) == [f"{number}" for number in range(50, 250)]


def test_an_act_on_a_hundred_thousand_stories_can_be_undone_after_a_restart(tmp_path: Path) -> None:
    stories = [StoryId(f"{number:016x}") for number in range(100_000)]
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act("all", *((story, UNMARKED, READ) for story in stories)))
    with Marks.open(tmp_path, desk=True) as again:
        assert len(again.all()) == 100_000
        again.apply(again.done()[-1].undone())
        assert len(again.all()) == 0


def test_the_history_keeps_to_its_size_and_always_keeps_the_last_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "BYTES", 600)
    with Marks.open(tmp_path, desk=True) as marks:
        for number in range(10):
            marks.apply(act(f"{number}", (A, UNMARKED, Mark(note=f"{number}"))))
        marks.checkpoint()
        assert labels(marks.history()) in (["7", "8", "9"], ["8", "9"])
        marks.apply(act("long", (A, UNMARKED, Mark(note="n" * 2000))))
        marks.checkpoint()
        assert labels(marks.history()) == ["long"]


def test_a_damaged_line_of_the_history_costs_that_act_and_no_mark(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        for story in (A, B, C):
            marks.apply(act(story, (story, UNMARKED, READ)))
    file = tmp_path / "marks.history"
    file.write_bytes(file.read_bytes().replace(b'"label":"b"', b'"label":"x"'))
    with Marks.open(tmp_path, desk=True) as again:
        assert labels(again.done()) == ["a", "c"]
        assert len(again.all()) == 3
        assert again.notices == ()
    assert history.damaged(file) == 1


def two_and_one(folder: Path) -> None:
    """Two acts in the history, one in the journal alone."""
    with Marks.open(folder, desk=True) as marks:
        marks.apply(act("one", (A, UNMARKED, READ)))
        marks.apply(act("two", (B, UNMARKED, READ)))
    together = RuleChange(Rule(RuleKind.TOGETHER, ("a", "b")), made=True)
    with Marks.open(folder) as headless:
        headless.apply(Act("three", rules=(together,)))


def all_undone(folder: Path) -> list[str]:
    with Marks.open(folder, desk=True) as again:
        done = again.done()
        for undone in reversed(done):
            again.apply(undone.undone())
        assert (dict(again.all()), again.rules()) == ({}, ())
    return labels(done)


def test_undo_goes_on_after_a_repair(tmp_path: Path) -> None:
    two_and_one(tmp_path)
    file = tmp_path / "marks.json"
    file.write_bytes(file.read_bytes().replace(b'"marks": {', b'"marks":  {'))
    assert list(mend(tmp_path, stamp="20310501T101500Z"))
    assert all_undone(tmp_path) == ["one", "two", "three"]


@pytest.mark.parametrize("by_repair", [True, False])
def test_undo_goes_on_after_a_restore(tmp_path: Path, by_repair: bool) -> None:
    two_and_one(tmp_path)
    (tmp_path / "marks.json").write_bytes(b"damaged")
    if by_repair:
        assert list(mend(tmp_path, stamp="20310501T101500Z"))
    else:
        Marks.restore(tmp_path, use_backup=True)
    assert all_undone(tmp_path) == ["one", "two", "three"]


@pytest.mark.parametrize("checkpoint", [True, False])
def test_what_other_programs_do_evicts_nothing_that_undo_goes_through(tmp_path: Path, checkpoint: bool) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        for story in (A, B):
            marks.apply(act(story, (story, UNMARKED, READ)))
    with Marks.open(tmp_path) as cron:
        for number in range(900):
            cron.apply(act(f"cron {number}", (C, UNMARKED, Mark(note=f"{number}"))))
            if checkpoint and number % 300 == 0:
                cron.checkpoint()
    with Marks.open(tmp_path, desk=True) as again:
        assert labels(again.done()) == ["a", "b"]
        again.checkpoint()
        assert labels(again.history()) == ["a", "b", *(f"cron {number}" for number in range(700, 900))]
    assert [entry.label for entry in history.recall(tmp_path / "marks.history")] == [
        f"cron {n}" for n in range(700, 900)
    ]
    assert len(history.kept(tmp_path / "marks.history")) == 202
    assert all_undone_but(tmp_path, C) == ["a", "b"]


def all_undone_but(folder: Path, story: StoryId) -> list[str]:
    with Marks.open(folder, desk=True) as again:
        done = again.done()
        for undone in reversed(done):
            again.apply(undone.undone())
        assert set(again.all()) == {story}
    return labels(done)


def test_of_a_reader_s_acts_two_hundred_are_kept_and_no_more(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        for number in range(250):
            marks.apply(act(f"{number}", (A, UNMARKED, Mark(note=f"{number}"))))
    with Marks.open(tmp_path) as cron:
        for number in range(210):
            cron.apply(act("cron", (B, UNMARKED, Mark(note=f"{number}"))))
    with Marks.open(tmp_path, desk=True) as again:
        assert labels(again.done()) == [f"{number}" for number in range(50, 250)]
        again.checkpoint()
        assert len(again.history()) == 400


@pytest.mark.parametrize("how", ["deleted", "emptied", "cut"])
def test_a_history_that_lost_acts_is_told_and_has_them_again_after_a_repair(tmp_path: Path, how: str) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        for story in (A, B, C):
            marks.apply(act(story, (story, UNMARKED, READ)))
    assert inspect(tmp_path)[2].problems == ()
    file = tmp_path / "marks.history"
    if how == "deleted":
        file.unlink()
    else:
        file.write_bytes(b"" if how == "emptied" else file.read_bytes().rpartition(b'{"time"')[0])
    told = "is gone" if how == "deleted" else "lacks the last acts"
    assert told in inspect(tmp_path)[2].problems[0]
    assert any("3 act(s) of the history" in done for done in mend(tmp_path, stamp="20310501T101500Z"))
    assert inspect(tmp_path)[2].problems == ()
    assert all_undone(tmp_path) == ["a", "b", "c"]


def test_marks_that_nothing_was_done_to_lack_no_history(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.checkpoint()
    assert inspect(tmp_path)[2].problems == ()


def test_a_rule_that_was_said_again_can_be_taken_back_to_where_it_stood_and_no_further(tmp_path: Path) -> None:
    rule = Rule(RuleKind.TOGETHER, ("a", "b"))
    again = Act("again", rules=(RuleChange(rule, made=False), RuleChange(rule)))
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(Act("first", rules=(RuleChange(rule),)))
        marks.apply(again)
        assert not marks.moot(again.undone())
        marks.apply(again.undone())
        assert (marks.rules(), labels(marks.done())) == ((rule,), ["first"])
        marks.apply(Act("another program", rules=(RuleChange(rule, made=False),)))
        assert marks.moot(again) and marks.moot(again.undone())
