"""Standing rules, highlights and tag uses: kept as marks are, and files from before there were any still open."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from store.errors import MarksDamaged
from store.marks import Marks
from store.model import UNMARKED, Act, Change, Mark, Rule, RuleChange, RuleKind, StoryId

A, B, C = StoryId("a"), StoryId("b"), StoryId("c")
READ = Mark(read=True)
TOGETHER = Rule(RuleKind.TOGETHER, ("a", "b"))
APART = Rule(RuleKind.APART, ("a", "c"))
KEEP = Rule(RuleKind.KEEP, ("outlet:Lann Courier",), "By our own «staff»\n")
QUERY = Rule(RuleKind.QUERY, ("morning",), "is:unread tag:treaty")
OLD = Path(__file__).parents[1] / "data" / "marks" / "schema1"


def making(*rules: Rule, made: bool = True) -> Act:
    return Act("ruled", rules=tuple(RuleChange(rule, made) for rule in rules))


def tagging(*tags: str, story: StoryId = A) -> Act:
    return Act("Tagged 1 story", (Change(story, UNMARKED, Mark(tags=tags)),))


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Marks]:
    with Marks.open(tmp_path) as marks:
        yield marks


def test_rules_stand_oldest_first_and_by_kind(marks: Marks) -> None:
    marks.apply(making(QUERY, TOGETHER))
    marks.apply(making(APART))
    assert marks.rules() == (QUERY, TOGETHER, APART)
    assert marks.rules(RuleKind.APART) == (APART,)
    assert marks.rules(RuleKind.KEEP) == ()


@pytest.mark.parametrize("desk", [True, False])
def test_rules_survive_a_restart_from_the_journal_and_from_the_checkpoint(tmp_path: Path, desk: bool) -> None:
    with Marks.open(tmp_path, desk=desk) as marks:
        marks.apply(making(TOGETHER, APART, KEEP, QUERY))
        marks.apply(making(APART, made=False))
        marks.flush()
        with Marks.open(tmp_path) as other:
            assert other.rules() == (TOGETHER, KEEP, QUERY)
    with Marks.open(tmp_path) as again:
        assert again.rules() == (TOGETHER, KEEP, QUERY)
        assert again.notices == ()


def test_a_rule_made_again_is_the_newest_and_is_there_once(marks: Marks) -> None:
    marks.apply(making(TOGETHER, APART))
    before = marks.rules_version
    marks.apply(making(TOGETHER))
    assert marks.rules() == (APART, TOGETHER)
    assert marks.rules_version > before


def test_taking_back_a_rule_that_is_not_there_does_nothing(marks: Marks) -> None:
    marks.apply(making(TOGETHER))
    before = marks.rules_version
    marks.apply(making(APART, made=False))
    marks.apply(making(TOGETHER))
    assert marks.rules() == (TOGETHER,)
    assert marks.rules_version == before


def test_an_act_of_marks_and_rules_is_taken_back_whole(marks: Marks) -> None:
    act = Act("Saved", (Change(A, UNMARKED, READ),), (RuleChange(QUERY), RuleChange(APART)))
    marks.apply(making(TOGETHER))
    marks.apply(act)
    marks.apply(act.undone())
    assert marks.rules() == (TOGETHER,)
    assert dict(marks.all()) == {}


def test_another_programs_rules_are_heard_by_poll(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as desk, Marks.open(tmp_path) as other:
        before = desk.rules_version
        other.apply(making(TOGETHER))
        other.flush()
        assert desk.poll() == frozenset()  # no story's mark is different
        assert desk.rules() == (TOGETHER,)
        assert desk.rules_version > before
        desk.apply(making(KEEP))
        desk.checkpoint()
        other.apply(making(APART))
        other.flush()
        assert desk.poll() == frozenset()
        assert desk.rules() == other.rules() == (TOGETHER, KEEP, APART)


def test_rules_are_a_table_of_tinydb(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(making(TOGETHER, QUERY))
    with TinyDB(tmp_path / "marks.json", access_mode="r") as db:
        assert db.table("rules").all() == [
            {"kind": "together", "of": ["a", "b"], "text": ""},
            {"kind": "query", "of": ["morning"], "text": "is:unread tag:treaty"},
        ]


def test_rules_come_back_from_the_backup(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(making(TOGETHER))
        marks.checkpoint()
        marks.apply(making(KEEP))
        marks.checkpoint()
        marks.apply(making(APART))
        marks.flush()
    (tmp_path / "marks.json").write_bytes(b"damaged")
    with pytest.raises(MarksDamaged):
        Marks.open(tmp_path)
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert again.rules() == (TOGETHER, KEEP, APART)


def test_a_torn_line_of_rules_is_dropped_and_told(tmp_path: Path) -> None:
    with Marks.open(tmp_path) as marks:
        marks.apply(making(TOGETHER))
        marks.flush()
        marks.apply(making(APART))
    file = tmp_path / "marks.journal"
    file.write_bytes(file.read_bytes()[:-30])
    with Marks.open(tmp_path) as again:
        assert again.rules() == (TOGETHER,)
        assert any("not been written to its end" in notice for notice in again.notices)


RULES = st.builds(Rule, st.sampled_from([*RuleKind]), st.just(("a",)), st.sampled_from(["", "x", "\ud800\n"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(RuleChange, RULES, st.booleans()) | st.sampled_from(["checkpoint", "reopen"]), max_size=15))
def test_any_rules_are_the_same_after_opening_again(
    tmp_path_factory: pytest.TempPathFactory, steps: list[RuleChange | str]
) -> None:
    folder, expected = tmp_path_factory.mktemp("library"), list[Rule]()
    with patch.object(os, "fsync", lambda _: None):
        marks = Marks.open(folder, desk=True)
        for step in steps:
            if isinstance(step, RuleChange):
                marks.apply(Act("ruled", rules=(step,)))
                expected = [r for r in expected if r != step.rule] + [step.rule] * step.made
            elif step == "checkpoint":
                marks.checkpoint()
            else:
                marks.close()
                marks = Marks.open(folder, desk=True)
            assert list(marks.rules()) == expected
        marks.close()
        with Marks.open(folder) as again:
            assert list(again.rules()) == expected


def test_highlights_keep_the_order_they_are_given_in(tmp_path: Path) -> None:
    one, two = Mark(highlights=("Zand left.",)), Mark(highlights=("Zand left.", "Ana stayed.", "Zand left."))
    assert two.highlights == ("Zand left.", "Ana stayed.")
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(Act("highlighted", (Change(A, UNMARKED, one),)))
        marks.apply(Act("highlighted", (Change(A, one, two),)))
        marks.flush()
        with Marks.open(tmp_path) as other:
            assert other.get(A) == two
    with Marks.open(tmp_path) as again:
        assert again.get(A) == two
        again.apply(Act("highlighted", (Change(A, two, Mark(highlights=("Ana stayed.",))),)))
        assert again.get(A).highlights == ("Ana stayed.",)


def test_highlights_of_two_programs_are_both_there(marks: Marks) -> None:
    first, second = Mark(highlights=("one", "three")), Mark(highlights=("two",))
    marks.apply(Act("highlighted", (Change(A, UNMARKED, first),)))
    marks.apply(Act("highlighted", (Change(A, UNMARKED, second),)))
    assert sorted(marks.get(A).highlights) == ["one", "three", "two"]
    marks.apply(Act("highlighted", (Change(A, first, Mark(highlights=("three",))),)))
    assert sorted(marks.get(A).highlights) == ["three", "two"]


def day(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def test_tag_uses_are_counted_by_day_and_once_an_act(tmp_path: Path) -> None:
    clock = [day("2031-04-01T12:00")]
    with Marks.open(tmp_path, desk=True, clock=lambda: clock[0]) as marks:
        marks.apply(tagging("treaty"))
        clock[0] = day("2031-05-01T12:00")
        two = Mark(tags=("kelmar", "treaty"))
        marks.apply(Act("Tagged 2", (Change(B, UNMARKED, two), Change(C, READ, Mark(read=True, tags=two.tags)))))
        marks.apply(tagging("kelmar", story=C))
        marks.apply(Act("Tagged 1", (Change(B, two, UNMARKED),)))
        marks.flush()
        month = datetime(2031, 5, 1, tzinfo=UTC)
        assert marks.tag_uses(month) == Counter(kelmar=2, treaty=1)
        assert marks.tag_uses(datetime(2031, 1, 1, tzinfo=UTC)) == Counter(kelmar=2, treaty=2)
        with Marks.open(tmp_path) as other:
            assert other.tag_uses(month) == Counter(kelmar=2, treaty=1)
    with Marks.open(tmp_path) as again:
        assert again.tag_uses(month) == Counter(kelmar=2, treaty=1)
        assert again.tag_uses(datetime(2031, 5, 2, tzinfo=UTC)) == Counter()


def test_stories_that_have_a_tag_are_counted_by_the_day_it_was_put_on(tmp_path: Path) -> None:
    clock = [day("2031-04-01T12:00")]
    may, april = datetime(2031, 5, 1, tzinfo=UTC), datetime(2031, 4, 1, tzinfo=UTC)
    with Marks.open(tmp_path, desk=True, clock=lambda: clock[0]) as marks:
        marks.apply(tagging("treaty"))
        marks.apply(tagging("treaty", story=C))
        clock[0] = day("2031-05-01T12:00")
        two = Act("Tagged 2", tuple(Change(s, UNMARKED, Mark(tags=("treaty",))) for s in (B, StoryId("d"))))
        marks.apply(two)
        assert (marks.tagged_since(may), marks.tagged_since(april)) == (Counter(treaty=2), Counter(treaty=4))
        marks.checkpoint()
        assert b'"stories": {"treaty": 2}' in (tmp_path / "marks.json").read_bytes()
        marks.apply(two.undone())
        assert (marks.tagged_since(may), marks.tagged_since(april)) == (Counter(), Counter(treaty=2))
    for _ in range(2):  # from the journal, then from marks.json
        with Marks.open(tmp_path, desk=True) as again:
            assert (again.tagged_since(may), again.tagged_since(april)) == (Counter(), Counter(treaty=2))
            again.checkpoint()
    with Marks.open(tmp_path) as again:
        assert again.tag_uses(may) == Counter(treaty=1), "what was taken back is used all the same"


def test_tag_uses_of_several_programs_are_each_counted_once(tmp_path: Path) -> None:
    now = datetime(2000, 1, 1, tzinfo=UTC)
    with Marks.open(tmp_path, desk=True) as desk, Marks.open(tmp_path) as other:
        for number in range(20):
            desk.apply(tagging("desk", story=StoryId(f"d{number}")))
            other.apply(tagging("cron", story=StoryId(f"c{number}")))
            if number % 3 == 0:
                other.flush()
            if number % 7 == 0:
                desk.checkpoint()
        desk.flush()
        other.flush()
        desk.poll()
        assert desk.tag_uses(now) == Counter(desk=20, cron=20)
    with Marks.open(tmp_path) as again:
        assert again.tag_uses(now) == Counter(desk=20, cron=20)


def test_sixty_days_of_tag_uses_are_kept(tmp_path: Path) -> None:
    clock = [day("2031-01-01T12:00")]
    with Marks.open(tmp_path, desk=True, clock=lambda: clock[0]) as marks:
        for _ in range(90):
            marks.apply(tagging("treaty"))
            clock[0] += 86_400
    with Marks.open(tmp_path) as again:
        assert again.tag_uses(datetime(1999, 1, 1, tzinfo=UTC)) == Counter(treaty=60)


def test_marks_of_the_schema_before_are_read_and_their_next_writing_is_of_this_one(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    shutil.copytree(OLD, folder)
    expected = {A: READ, B: Mark(read=True, tags=("kelmar", "treaty"), note="ask Ila"), C: Mark(starred=True)}
    with Marks.open(folder, desk=True) as marks:
        assert (dict(marks.all()), marks.rules(), marks.notices) == (expected, (), ())
        assert [a.label for a in marks.history()] == ["Read 2 stories", "Tagged 1 story", "Starred 1 story"]
        marks.apply(making(KEEP))
    for _ in range(2):
        with Marks.open(folder, desk=True) as again:
            assert (dict(again.all()), again.rules(), again.notices) == (expected, (KEEP,), ())
            assert [a.label for a in again.history()][-2:] == ["Starred 1 story", "ruled"]


def test_nothing_new_is_appended_to_a_journal_of_the_schema_before(tmp_path: Path) -> None:
    """A program that knows only that schema would read it, and forget the rules at its checkpoint."""
    folder = tmp_path / "old"
    shutil.copytree(OLD, folder)
    with Marks.open(folder) as marks:
        marks.apply(making(KEEP))
    assert b'{"journal":2,' in (folder / "marks.journal").read_bytes()
    with Marks.open(folder) as again:
        assert again.rules() == (KEEP,)
        assert len(again.all()) == 3


def test_marks_of_the_schema_before_come_back_from_their_backup(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    shutil.copytree(OLD, folder)
    (folder / "marks.json").write_bytes(b"damaged")
    with pytest.raises(MarksDamaged, match="3 marked stories"):
        Marks.open(folder)
    Marks.restore(folder, use_backup=True)
    with Marks.open(folder) as again:
        assert len(again.all()) == 3
