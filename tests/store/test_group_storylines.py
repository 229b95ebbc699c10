"""Storylines: which events go on from one another, and the reason that is told for each link."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from store import group
from store.model import Head, Passage, Placement, Rule, RuleKind, Story, StoryId

TALKS = "Ministers Irena Halvek and Orsk Velden met in Tellin over the herring quota of Vardania and Ostmark. "
TEXTS = {
    "first": (
        "Herring quota: ministers meet in Tellin",
        "2031-04-02",
        TALKS + "The ministers agreed on a list of herring quota that customs officers will study for a month.",
    ),
    "second": (
        "Ostmark lowers herring quota after Tellin talks",
        "2031-04-20",
        "Ostmark will halve the herring quota for boats from Vardania, Orsk Velden told Irena Halvek in Tellin. "
        "Fishermen had asked for less paper; a new form of one page will do from the summer on.",
    ),
    "other": (
        "Rescuers save eleven miners at Orlo",
        "2031-04-20",
        "Rescuers in the Karst mountains of Quenland saved eleven miners when a gallery of the Orlo mine fell in. "
        "Tomas Brill, the head of the service, said that they drilled through forty metres of rock.",
    ),
}


def placed(*names: str, days: dict[str, str | None] | None = None, rules: Sequence[Rule] = ()) -> dict[str, Placement]:
    said = days or {}
    stories = [
        Story(StoryId(n), Head(TEXTS[n][0], published=said.get(n, TEXTS[n][1])), (Passage(TEXTS[n][2]),)) for n in names
    ]
    return {p.story: p for p in group.place(stories, rules=rules)}


def test_events_of_the_same_actors_and_matter_are_one_storyline() -> None:
    found = placed(*TEXTS)
    assert len({p.event for p in found.values()}) == 3
    assert found["first"].storyline == found["second"].storyline != found["other"].storyline


def test_a_link_says_who_what_and_when() -> None:
    found = placed(*TEXTS)
    assert "Irena Halvek" in found["second"].storyline_why
    assert "herring quota" in found["second"].storyline_why
    assert "18 days later than “Herring quota: ministers meet in Tellin”" in found["second"].storyline_why
    assert "18 days earlier than “Ostmark lowers" in found["first"].storyline_why
    assert found["other"].storyline_why == ""


def test_a_link_of_an_undated_event_says_so() -> None:
    apart = Rule(RuleKind.APART, ("first", "second"))
    found = placed("first", "second", days={"second": None}, rules=[apart])
    assert found["first"].event != found["second"].event
    assert "undated, like" in found["second"].storyline_why


def test_years_apart_the_same_matter_is_another_storyline() -> None:
    found = placed("first", "second", days={"second": "2034-04-20"})
    assert found["first"].storyline != found["second"].storyline


@pytest.mark.parametrize("names", [(), ("first",)])
def test_few_stories_make_no_storyline(names: tuple[str, ...]) -> None:
    assert [p.storyline_why for p in placed(*names).values()] == [""] * len(names)
