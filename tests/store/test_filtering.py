"""A query answered part by part finds what looking at every story finds, before and after marks change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store import query
from store.errors import QueryError
from store.library import Library
from store.model import Act, Change, Mark, StoryId
from store.query.fields import HAS, IS
from tests.conftest import TODAY

QUERIES = [
    "straits",
    "straits OR grain",
    "-straits",
    '"the ambassador"',
    "talk*",
    "tag:port",
    "tag:po*",
    "-tag:port is:unread",
    "outlet:post",
    "outlet:e",
    "outlet:aldine",
    "agency:a",
    "place:a",
    "who:minister",
    "lang:en",
    'note:"call back"',
    "since:2025-04",
    "before:2025-04",
    "on:2025-03",
    "outlets:>1",
    "origins:1",
    "id:0000",
    "(straits OR outlets:>2) -is:read since:2025-01",
    *(f"is:{word}" for word in IS),
    *(f"has:{word}" for word in HAS),
]


def plainly(library: Library, text: str) -> set[StoryId]:
    fits = query.parse(text, today=TODAY).run(library.archive.search_all, library.marks.get)
    return {s.id for e in library.events() for s in e.stories if fits(s, library.marks.get(s.id), e)}


def found(library: Library, bits: bytearray) -> set[StoryId]:
    return set(library.lists.ids([n for n, fits in enumerate(bits) if fits and n]))


@pytest.fixture
def marked(sample_library: Library) -> Library:
    stories = [s.id for e in sample_library.events() for s in e.stories]
    marks = [Mark(read=True), Mark(starred=True, tags=("port",)), Mark(dismissed=True), Mark(note="call back now")]
    changes = [Change(s, Mark(), marks[n % 4]) for n, s in enumerate(stories) if n % 3]
    sample_library.marks.apply(Act("marked", tuple(changes)))
    return sample_library


@pytest.mark.parametrize("text", QUERIES)
def test_a_query_finds_what_looking_at_every_story_finds(marked: Library, text: str) -> None:
    asked = marked.filter(text, today=TODAY)
    assert asked is not None
    assert found(marked, asked.all(marked.archive.count() + 1)) == plainly(marked, text)


@pytest.mark.parametrize("text", QUERIES)
def test_a_story_that_is_marked_fits_as_it_is_then(marked: Library, text: str) -> None:
    asked = marked.filter(text, today=TODAY)
    assert asked is not None
    bits = asked.all(marked.archive.count())
    stories = [s.id for e in marked.events() for s in e.stories]
    changed = Mark(read=True, tags=("post", "port"), note="elsewhere")
    marked.marks.apply(Act("all", tuple(Change(s, marked.marks.get(s), changed) for s in stories[::2])))
    for story, n in marked.lists.numbers(stories).items():
        bits[n] = asked.fits(n, marked.marks.get(story))
    assert found(marked, bits) == plainly(marked, text)


@pytest.mark.parametrize(
    "words",
    [
        "-straits grain",
        "(straits OR grain) is:unread",
        "outlet:post tal",
        "straits OR grai",
        '"the ambassador" -tag:port',
    ],
)
def test_what_is_searched_for_is_a_query_too_its_last_word_as_far_as_typed(marked: Library, words: str) -> None:
    asked = marked.filter("has:date", words, today=TODAY)
    assert asked is not None
    bits = asked.all(marked.archive.count())
    assert found(marked, bits) == plainly(marked, f"has:date ({query.as_typed(words)})")
    assert "straits" in asked.terms or "straits" not in words or words.startswith("-")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sanc", "sanc*"),
        ("gas OR o", "gas OR o*"),
        ("gas OR", "gas OR"),
        ("tag:x sa", "tag:x sa*"),
        ("tag:x", "tag:x"),
        ('"joint st', '"joint st'),
        ("-sanc", "-sanc"),
        ("(gas", "(gas*"),
        ("gas*", "gas*"),
        ("@mine", "@mine"),
        ("", ""),
    ],
)
def test_the_word_being_typed_may_go_on(typed: str, meant: str) -> None:
    assert query.as_typed(typed) == meant


@pytest.mark.parametrize(("words", "at"), [("gas (foo", 4), ("outlt:post", 0), ("gas OR", 4), ("NOT gas", 0)])
def test_a_slip_in_what_is_searched_for_is_told_as_in_a_filter(marked: Library, words: str, at: int) -> None:
    with pytest.raises(QueryError) as wrong:
        marked.filter("is:unread", words, today=TODAY)
    assert (wrong.value.query, wrong.value.at) == (words, at)


def test_words_searched_for_and_a_query_must_both_hold(marked: Library) -> None:
    both = marked.filter("outlet:e", "straits", today=TODAY)
    assert both is not None
    bits = both.all(marked.archive.count())
    assert found(marked, bits) == plainly(marked, "outlet:e") & set(marked.search("straits", 999))
    assert both.terms == ("straits",)


def test_a_field_that_no_quick_way_answers_is_looked_up_story_by_story(marked: Library) -> None:
    asked = marked.filter("outlet:e", today=TODAY)
    assert asked is not None and asked._form is not None
    asked._form = replace(asked._form, name="something new")
    assert found(marked, asked.all(marked.archive.count())) == plainly(marked, "outlet:e")
