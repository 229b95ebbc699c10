"""Several stories of one event by the methods that rate sentences of one story."""

from __future__ import annotations

import pytest

from store import summary
from store.summary import SUMMARISERS
from store.summary.gathered import _stepwise
from store.summary.page import Page
from tests.store.test_summary_event import METHODS, PARLIAMENT, RIVER, STRIKE, dated, story, texts

RATING = [method for method in METHODS if method not in ("desk", "event", "lead")]


@pytest.mark.parametrize("method", RATING)
def test_every_method_says_a_thing_of_an_event_once_and_the_newer_number(method: str) -> None:
    fire = "The fire in the harbour of Orsk killed at least {} dockers, the mayor of Orsk said on Tuesday."
    again = "At least {} dockers were killed in the fire in the harbour of Orsk, its mayor said."
    old, new = dated("old", "2031-05-01", fire.format(12), *RIVER), dated("new", "2031-05-02", again.format(15), STRIKE)
    made = texts(summary.summarise_event([old, new], method=method, sentences=20))
    assert fire.format(12) not in made
    assert again.format(15) in made
    twice = [story("a", fire.format(12), *RIVER), story("b", again.format(12), STRIKE)]
    assert sum("fire" in text for text in texts(summary.summarise_event(twice, method=method, sentences=20))) == 1


def test_the_rating_of_the_method_tells_what_is_told_of_an_event() -> None:
    central = "The deal on the water of the Osk river ends the dispute of Tarsia and Vardania over the Hallow dam."
    aside = "Ferries crossed late, bakers slept and a choir sang under lanterns near some market square."
    stories = [story("a", STRIKE, aside, central), story("b", *RIVER), story("c", *PARLIAMENT)]
    page = Page(stories)
    rated = {}
    for method in ("lexrank", "luhn"):
        rating, _ = _stepwise(SUMMARISERS[method]("en"), page)
        worth = dict(zip((s.text for s in page.sentences), rating().tolist(), strict=True))
        rated[method] = worth[central] > worth[aside]
        made = texts(summary.summarise_event(stories, method=method, sentences=4))
        assert central in made or RIVER[0] in made
        assert aside not in made
    assert all(rated.values())


@pytest.mark.parametrize("method", ("lexrank", "kl", "sumbasic"))
def test_what_stands_far_below_the_top_of_many_stories_is_not_rated_and_the_worst(method: str) -> None:
    told = [f"Envoy {n} met minister {n + 1} of state {n * 7} about dam {n * 3}." for n in range(30)]
    page = Page([story(str(n), *told[n:], *told[:n]) for n in range(30)])
    rating, take = _stepwise(SUMMARISERS[method]("en"), page)
    worth = rating()
    below = page.said.place >= 400 // 30
    assert worth[below].max() <= worth[~below].min()
    take(int(below.argmax()))
    take(0)
    assert len(rating()) == len(page.sentences)
