"""What `why` says is true: of words, days, languages, names and the reader's own rules."""

from __future__ import annotations

import pytest

from store.group import shared, traits, vectors, why
from store.group.rules import SAID_APART, settle
from store.model import EventId, Head, Passage, Placement, Rule, RuleKind, Story, StoryId, StorylineId, Why

TALKS = (
    "Commissioner Ilse Torm met the pilots of the Gorvale channel about winter fees. She left after four hours and "
    "promised the harbour of Gorvale another hearing. The guild of Tellin pilots wants nine crowns a ship."
)
HARVEST = (
    "Farmers near Brask brought in more barley than ever, and millers there bought all of it before the rain came."
)


def story(name: str, text: str, day: str = "2031-05-04", language: str = "en") -> Story:
    return Story(StoryId(name), Head(f"Title {name}", published=day, language=language), (Passage(text),))


def told(one: Story, other: Story, *rules: Rule, together: bool = False) -> Why:
    places = {
        s.id: Placement(s.id, EventId("e-1" if together else f"e-{s.id}"), StorylineId("s-1"), "") for s in (one, other)
    }
    return why.explain(one, other, [], placed=places, held=settle(rules, [one.id, other.id]))


def test_days_part_what_is_alike_in_its_words() -> None:
    found = told(story("a", TALKS), story("b", TALKS, "2031-09-04"))
    assert found.apart[0] == "123 days apart"
    assert found.apart[-1] == "their words are alike (1.00), but not their days"
    assert "0.00" not in found.sentence


def test_what_was_not_compared_is_given_no_likeness() -> None:
    found = told(story("a", TALKS), story("b", HARVEST, "2031-09-04"))
    assert found.apart[-1] == "too few of the same words"
    assert "0.00" not in found.sentence


def test_two_languages_are_told_as_such() -> None:
    one, other = story("a", TALKS), story("b", "Der Rat von Selm tagte, und niemand sprach lange.", language="de")
    assert "told in two languages" in told(one, other).apart
    assert told(one, other, together=True).sentence == 'with "Title b": told in another language'


def test_of_a_pair_set_apart_nothing_else_is_made_up() -> None:
    one, other = story("a", TALKS), story("b", TALKS)
    assert told(one, other).apart == ("each was likelier elsewhere",)
    found = told(one, other, Rule(RuleKind.APART, (one.id, other.id)))
    assert found.apart == (SAID_APART,)


@pytest.mark.parametrize(
    ("likeness", "one_language", "said"),
    [
        (0.02, True, "few of the same words"),
        (0.4, True, "many of the same words"),
        (0.4, False, "told in another language"),
    ],
)
def test_many_words_are_told_of_many_alone(likeness: float, one_language: bool, said: str) -> None:
    assert shared.unnamed(likeness, one_language=one_language) == said


def test_a_name_is_told_once() -> None:
    text = "Вчера министр Ильзе Торменова прибыла в Горвал. Там Ильзе Торменова говорила о сборах."
    one, other = (story(name, text, language="ru") for name in "ab")
    mine, theirs = traits.read(one), traits.read(other)
    vector = vectors.build([mine.terms, theirs.terms])
    brief = shared.between(mine, theirs, vector)
    for found in (brief, shared.in_full(brief, one, other, vector)):
        names = [s.text for s in found if s.kind in ("name", "place")]
        assert names.count("Ильзе Торменова") == 1
        assert len(names) == len(set(names))
