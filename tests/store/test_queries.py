"""Saved queries: kept by name as rules, called for by name in any query, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from store import query
from store.errors import InputError, QueryError
from store.library import Library
from store.model import UNMARKED, StoryId
from store.queries import Tally, named, saved, tallies
from tests.conftest import TODAY
from tests.store.test_query import listed, nothing


def finds(text: str, known: Mapping[str, str]) -> bool:
    asked = query.parse(text, today=TODAY, saved=known)
    return asked.matches(listed(), UNMARKED, None, nothing)


KNOWN = {"Harbour": "outlet:harbour OR outlet:ledger", "wire": "agency:vna", "both": "@harbour @wire"}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("@harbour", True),
        ("@HARBOUR agency:nobody", False),
        ("-@harbour", False),
        ("saved:both", True),
        ('saved:"@wire" (@both OR is:read)', True),
        ("@wire is:read", False),
    ],
)
def test_a_name_stands_for_its_query_in_brackets(text: str, is_found: bool) -> None:
    assert finds(text, KNOWN) is is_found


def test_a_name_counts_as_a_field_and_its_words_as_words() -> None:
    asked = query.parse("@a -@b", today=TODAY, saved={"a": "gas tag:x", "b": "oil"})
    assert (asked.terms, asked.fields_used) == (("gas",), ("saved", "tag"))


def refused(text: str, known: Mapping[str, str]) -> QueryError:
    with pytest.raises(QueryError) as caught:
        query.parse(text, today=TODAY, saved=known)
    return caught.value


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("gas @harbur", 4, "did you mean `@Harbour`?"),
        ("saved:harbur", 6, "did you mean `saved:Harbour`?"),
        ("@zzzzzz", 0, "there are @Harbour, @wire, @both"),
        ("oil @round", 4, "the saved query `@round` calls for itself"),
        ("@broken", 0, "in the saved query `@broken`: unknown field `outlt:` - did you mean `outlet:`?"),
        ("@empty", 0, "unknown saved query"),
    ],
)
def test_a_slip_is_told_where_it_stands_in_what_was_typed(text: str, at: int, message: str) -> None:
    known = {**KNOWN, "round": "@about", "about": "@round", "broken": "outlt:post", "empty": " "}
    error = refused(text, known if "zzz" not in text else KNOWN)
    assert message in str(error)
    assert (error.at, error.query) == (at, text)


def test_queries_that_call_for_ever_more_queries_are_refused_at_once() -> None:
    known = {f"q{n}": f"@q{n + 1} @q{n + 1} @q{n + 1}" for n in range(30)} | {"q30": "gas"}
    assert "too many saved queries" in str(refused("@q0", known))


@pytest.mark.parametrize("text", ["a@b.example", '"@harbour"', "@"])
def test_an_at_within_a_word_or_in_quotes_is_no_name(text: str) -> None:
    try:
        asked = query.parse(text, today=TODAY, saved=KNOWN)
    except QueryError as error:
        assert "no letter" in str(error)
    else:
        assert asked.fields_used == ()


@pytest.mark.parametrize(("typed", "kept"), [("@gas", "gas"), ("morning round", "morning-round"), ('"a:b"', "a-b")])
def test_a_name_is_kept_as_it_can_be_written(typed: str, kept: str) -> None:
    assert named(typed) == kept
    assert query.parse(f"@{kept}", today=TODAY, saved={kept: "gas"}).terms == ("gas",)


def test_a_name_of_nothing_is_refused() -> None:
    with pytest.raises(InputError):
        named(' "@" ')


def test_names_are_offered_after_the_at_and_after_saved() -> None:
    values = {"saved": ["morning", "gas-transit"]}
    assert query.complete("x @mo", 5, values) == ["@morning"]
    assert query.complete("-@tran", 6, values) == ["@gas-transit"]
    assert query.complete("saved:", 6, values) == ["saved:morning", "saved:gas-transit"]


# --- in a library


@pytest.fixture
def stories(sample_library: Library) -> list[StoryId]:
    return [s.id for e in sample_library.events() for s in e.stories]


def test_a_saved_query_is_kept_replaced_and_taken_away(sample_library: Library) -> None:
    assert sample_library.save_query("@mine", "is:starred", today=TODAY) == "mine"
    sample_library.save_query("Mine", "is:tagged", today=TODAY)
    assert sample_library.queries() == {"Mine": "is:tagged"}
    assert sample_library.delete_query("@mine")
    assert sample_library.queries() == {} and not sample_library.delete_query("mine")


def test_what_is_no_query_or_would_call_for_itself_is_not_saved(sample_library: Library) -> None:
    sample_library.save_query("a", "is:starred", today=TODAY)
    sample_library.save_query("b", "@a is:unread", today=TODAY)
    for text in ("outlt:x", "@b", "@nowhere"):
        with pytest.raises(QueryError):
            sample_library.save_query("a", text, today=TODAY)
    assert sample_library.queries()["a"] == "is:starred"


def test_tallies_count_as_the_list_does(sample_library: Library, stories: list[StoryId]) -> None:
    sample_library.mark("Read", stories[:5], lambda m: replace(m, read=True))
    sample_library.mark("Dismissed", stories[4:7], lambda m: replace(m, dismissed=True))
    sample_library.mark("Starred", stories[:6], lambda m: replace(m, starred=True))
    known = {"new": "is:unread", "gone": "is:dismissed", "stars": "is:starred", "not": "-@stars", "bad": "outlt:x"}
    for name in ("new", "gone", "stars", "not"):
        sample_library.save_query(name, known[name], today=TODAY)
    found = {t.name: t for t in tallies(sample_library, known, today=TODAY)}
    for name, text in known.items():
        if name != "bad":
            listed_now = [s.id for e in sample_library.matching(text, today=TODAY) for s in e.stories]
            unread = [s for s in listed_now if not sample_library.marks.get(s).read]
            assert found[name] == Tally(name, len(listed_now), len(unread)), name
    assert found["stars"] == Tally("stars", 4, 0)
    assert "did you mean `outlet:`" in found["bad"].wrong
    assert saved(sample_library.marks.rules()).keys() == {"new", "gone", "stars", "not"}
