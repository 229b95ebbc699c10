"""The text of marks.json: what is written is read, fast or slowly, and nothing else is taken for it."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import SchemaTooNew
from store.marks import saved
from store.marks.held import Held
from store.model import UNMARKED, Mark, Rule, RuleKind, StoryId

TEXT = st.text(st.characters(exclude_categories=()) | st.sampled_from('"\\{}, \n'), max_size=12)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
MARKS = st.builds(Mark, st.booleans(), st.booleans(), st.booleans(), TEXTS, TEXT, TEXTS)
RULES = st.lists(st.builds(Rule, st.sampled_from(RuleKind), TEXTS, TEXT), max_size=3).map(dict.fromkeys)
USES = st.dictionaries(st.dates().map(str), st.dictionaries(TEXT, st.integers(1)).map(Counter), max_size=2)
LIBRARIES = st.builds(
    Held, st.dictionaries(TEXT.map(StoryId), MARKS.filter(lambda mark: mark != UNMARKED), max_size=8), RULES, USES
)


@given(LIBRARIES)
def test_what_is_written_is_read(held: Held) -> None:
    data = saved.text(saved.tables(held, generation=7))
    assert saved.read(data).held == held
    assert list(saved.read(data).held.rules) == list(held.rules)
    assert saved.read(data).generation == 7


@given(LIBRARIES)
def test_both_ways_of_reading_agree(held: Held) -> None:
    data = saved.text(saved.tables(held, generation=7))
    assert saved._read_any(data).held == held
    fast = saved._read_ours(data)
    assert fast is None or fast.held == held


def test_days_without_stories_are_of_an_older_program_and_a_spoiled_count_costs_nothing() -> None:
    table = {"1": {"day": "2031-05-01", "tags": {"kelmar": 2}}}
    assert saved._uses({"uses": table})[1] == {"2031-05-01": Counter(kelmar=2)}
    for stories in ({}, {"kelmar": -3}, {"kelmar": "many"}):
        table["1"]["stories"] = stories
        assert saved._uses({"uses": table}) == ({"2031-05-01": Counter(kelmar=2)}, {})


RULE = Rule(RuleKind.KEEP, ("outlet:Lann Courier",), '"marks": {')


def test_plain_ids_are_read_the_fast_way() -> None:
    marks = {StoryId(f"{n:016x}"): Mark(read=True, note='{"id": "x"}, ' * (n % 2)) for n in range(9)}
    fast = saved._read_ours(saved.text(saved.tables(Held(marks, {RULE: None}), generation=1)))
    assert fast is not None
    assert fast.held == Held(marks, {RULE: None})
    assert fast.sealed


def test_no_marks_are_read_too() -> None:
    assert saved.read(saved.text(saved.tables(Held(), generation=1))) == saved.Saved(1)


def test_a_change_by_hand_is_read_and_told() -> None:
    data = saved.text(saved.tables(Held({StoryId("a"): Mark(read=True)}), generation=1))
    edited = saved.read(data.replace(b'"read": true', b'"starred": true'))
    assert edited.held.marks == {"a": Mark(starred=True)}
    assert not edited.sealed
    assert saved.read(json.dumps(json.loads(data), indent=4).encode()).held.marks == {"a": Mark(read=True)}


def test_a_newer_schema_is_refused() -> None:
    with pytest.raises(SchemaTooNew, match="schema 3"):
        saved.read(saved.text(saved.tables(Held(), generation=1)).replace(b'"schema": 2', b'"schema": 3'))


@pytest.mark.parametrize(
    "document",
    [
        {"read": True},
        {"id": 7, "read": True},
        {"id": "a", "read": 1},
        {"id": "a", "tags": "x"},
        {"id": "a", "tags": [1]},
        {"id": "a", "note": None},
        {"id": "a", "highlights": "x"},
        {"id": "a", "opened": True},
        ["a"],
    ],
)
def test_a_document_of_the_wrong_shape_is_refused(document: object) -> None:
    about = {"1": {"schema": 1, "generation": 1}}
    with pytest.raises(ValueError, match=r"."):
        saved.read(json.dumps({"about": about, "marks": {"1": document}}).encode())


@pytest.mark.parametrize(
    "document", ["x", {}, {"kind": "kelmar", "of": [], "text": ""}, {"kind": "keep", "of": "x", "text": ""}]
)
def test_a_rule_of_the_wrong_shape_is_refused(document: object) -> None:
    about = {"1": {"schema": 2, "generation": 1}}
    with pytest.raises(ValueError, match=r"."):
        saved.read(json.dumps({"about": about, "rules": {"1": document}, "marks": {}}).encode())


def test_a_count_of_uses_that_another_hand_spoiled_costs_no_mark() -> None:
    about, uses = {"1": {"schema": 2, "generation": 1}}, {"1": {"day": "someday", "tags": 3}, "2": 7}
    marks = {"1": {"id": "a", "read": True}}
    read = saved.read(json.dumps({"about": about, "uses": uses, "marks": marks}).encode())
    assert read.held == Held({StoryId("a"): Mark(read=True)})


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '{"marks": {}}', "[" * 100_000, '{"about": {}, "marks": {}}', "\0"]
)
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        saved.read(text.encode())
