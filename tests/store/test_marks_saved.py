"""The text of marks.json: what is written is read, fast or slowly, and nothing else is taken for it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import SchemaTooNew
from store.marks import saved
from store.model import UNMARKED, Mark, StoryId

TEXT = st.text(st.characters(exclude_categories=()) | st.sampled_from('"\\{}, \n'), max_size=12)
MARKS = st.builds(Mark, st.booleans(), st.booleans(), st.booleans(), st.lists(TEXT, max_size=2).map(tuple), TEXT)
LIBRARIES = st.dictionaries(TEXT.map(StoryId), MARKS.filter(lambda mark: mark != UNMARKED), max_size=8)


@given(LIBRARIES)
def test_what_is_written_is_read(marks: dict[StoryId, Mark]) -> None:
    data = saved.text(saved.tables(marks, generation=7))
    assert saved.read(data).marks == marks
    assert saved.read(data).generation == 7


@given(LIBRARIES)
def test_both_ways_of_reading_agree(marks: dict[StoryId, Mark]) -> None:
    data = saved.text(saved.tables(marks, generation=7))
    assert saved._read_any(data).marks == marks
    fast = saved._read_ours(data)
    assert fast is None or fast.marks == marks


def test_plain_ids_are_read_the_fast_way() -> None:
    marks = {StoryId(f"{n:016x}"): Mark(read=True, note='{"id": "x"}, ' * (n % 2)) for n in range(9)}
    fast = saved._read_ours(saved.text(saved.tables(marks, generation=1)))
    assert fast is not None
    assert fast.marks == marks
    assert fast.sealed


def test_no_marks_are_read_too() -> None:
    assert saved.read(saved.text(saved.tables({}, generation=1))) == saved.Saved(1, {})


def test_a_change_by_hand_is_read_and_told() -> None:
    data = saved.text(saved.tables({StoryId("a"): Mark(read=True)}, generation=1))
    edited = saved.read(data.replace(b'"read": true', b'"starred": true'))
    assert edited.marks == {"a": Mark(starred=True)}
    assert not edited.sealed
    assert saved.read(json.dumps(json.loads(data), indent=4).encode()).marks == {"a": Mark(read=True)}


def test_a_newer_schema_is_refused() -> None:
    with pytest.raises(SchemaTooNew, match="schema 2"):
        saved.read(saved.text(saved.tables({}, generation=1)).replace(b'"schema": 1', b'"schema": 2'))


@pytest.mark.parametrize(
    "document",
    [
        {"read": True},
        {"id": 7, "read": True},
        {"id": "a", "read": 1},
        {"id": "a", "tags": "x"},
        {"id": "a", "tags": [1]},
        {"id": "a", "note": None},
        {"id": "a", "opened": True},
        ["a"],
    ],
)
def test_a_document_of_the_wrong_shape_is_refused(document: object) -> None:
    about = {"1": {"schema": 1, "generation": 1}}
    with pytest.raises(ValueError, match=r"."):
        saved.read(json.dumps({"about": about, "marks": {"1": document}}).encode())


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '{"marks": {}}', "[" * 100_000, '{"about": {}, "marks": {}}', "\0"]
)
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        saved.read(text.encode())
