"""Summaries of several stories of one event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import summary
from store.model import Head, Passage, Story, StoryId, Summary
from store.summary.sources import origins
from store.text import words

METHODS = tuple(summary.SUMMARISERS)

RIVER = (
    "Tarsia and Vardania agreed on Monday to share the water of the Osk river, ending a dispute of nine years.",
    "Under the deal, Tarsia will release 40 percent of the water held by the Hallow dam between May and September.",
    "Farmers in the south of Vardania lost a third of their harvest last year.",
)
PARLIAMENT = (
    "Vardania's parliament will vote next week on the deal to share the water of the Osk river with Tarsia.",
    "Anna Vole, who leads the opposition, said her party would vote against the deal.",
    "The deal ends a dispute of nine years over the Hallow dam.",
)
PRICES = (
    "Bread grew dearer in Orsk for the fourth month in a row, the statistics office said.",
    "The office blamed a poor harvest and high fuel prices.",
)


def story(name: str, *paragraphs: str, title: str = "") -> Story:
    return Story(StoryId(name), Head(title), tuple(map(Passage, paragraphs)))


def texts(made: Summary) -> list[str]:
    return [sentence.text for sentence in made.sentences]


def test_each_sentence_names_its_story_and_paragraph() -> None:
    stories = {"a": story("a", *RIVER), "b": story("b", *PARLIAMENT)}
    made = summary.summarise_event(tuple(stories.values()), method="event", sentences=4)
    assert {sentence.story for sentence in made.sentences} == {"a", "b"}
    for sentence in made.sentences:
        assert sentence.story is not None
        assert stories[sentence.story].paragraphs[sentence.paragraph] == sentence.text


def test_what_is_said_already_is_not_said_again() -> None:
    again = "Tarsia and Vardania agreed to share the water of the Osk river, ending a dispute of nine years, on Monday."
    made = summary.summarise_event(
        [story("a", *RIVER), story("b", again, *PARLIAMENT[1:])], method="event", sentences=4
    )
    assert not {again, RIVER[0]} <= set(texts(made))


def test_lead_is_that_of_the_story_nearest_the_centre() -> None:
    stories = [story("a", *PRICES), story("b", *PARLIAMENT), story("c", *RIVER)]
    made = summary.summarise_event(stories, method="lead", sentences=2)
    assert {sentence.story for sentence in made.sentences} == {"b"}
    assert texts(made) == list(PARLIAMENT[:2])


def test_event_starts_from_the_story_nearest_the_centre() -> None:
    stories = [story("a", *PRICES), story("b", *PARLIAMENT), story("c", *RIVER)]
    assert summary.summarise_event(stories, method="event", sentences=3).sentences[0].story == "b"


def test_of_near_copies_the_longest_is_read() -> None:
    cut = story("cut", *RIVER[:2])
    whole = story("whole", *RIVER)
    other = story("other", *PARLIAMENT)
    assert [kept.id for kept in origins([cut, other, whole])] == ["other", "whole"]


def test_stories_without_text_stay_apart_from_copies() -> None:
    assert [kept.id for kept in origins([story("a"), story("b"), story("c", *RIVER)])] == ["a", "b", "c"]


@pytest.mark.parametrize("method", METHODS)
def test_a_copy_changes_nothing(method: str) -> None:
    stories = [story("a", *RIVER), story("b", *PARLIAMENT)]
    copied = [*stories, story("c", *RIVER[:2])]
    assert summary.summarise_event(copied, method=method) == summary.summarise_event(stories, method=method)


@pytest.mark.parametrize("method", METHODS)
def test_an_event_of_nothing_has_an_empty_summary(method: str) -> None:
    assert summary.summarise_event([], method=method) == Summary(method)
    assert summary.summarise_event([story("a"), story("b", " ")], method=method) == Summary(method)


@pytest.mark.parametrize("method", METHODS)
def test_many_stories_are_answered(method: str) -> None:
    stories = [
        story(str(n), *(f"Envoy {n} met minister {m} of state {n * m} about dam {m}." for m in range(40)))
        for n in range(200)
    ]
    assert len(summary.summarise_event(stories, method=method).sentences) == 3


PIECES = st.sampled_from(
    [*RIVER, *PARLIAMENT, *PRICES, "He said so.", "“No!”", "***", "Да.", "外交部。", "THE END", "a", "", " ", "x y"]
)
STORIES = st.lists(st.lists(PIECES, max_size=5), max_size=5)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=50, deadline=None)
@given(drawn=STORIES, count=st.integers(1, 5), budget=st.none() | st.integers(1, 60))
def test_whatever_the_stories_a_summary_is_sound(
    method: str, drawn: list[list[str]], count: int, budget: int | None
) -> None:
    stories = {str(number): story(str(number), *paragraphs) for number, paragraphs in enumerate(drawn)}
    made = summary.summarise_event(list(stories.values()), method=method, sentences=count, words=budget)

    assert bool(made.sentences) == any(text.strip() for one in stories.values() for text in one.paragraphs)
    folded = [text.casefold() for text in texts(made)]
    assert len(set(folded)) == len(folded)
    for sentence in made.sentences:
        assert sentence.story is not None
        assert sentence.text in words.sentences(stories[sentence.story].paragraphs[sentence.paragraph])
    if budget is None:
        assert len(made.sentences) <= count
    elif len(made.sentences) > 1:
        assert sum(len(text.split()) for text in texts(made)) <= budget
