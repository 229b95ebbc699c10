"""Places and ages tell stories of one kind apart, and names with ages join what is told of one case months later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store import group
from store.group import columns, compare, traits
from store.model import Head, Passage, Story, StoryId

TALKS = "the pilots of the northern channel met the commissioner of fisheries about fees for the winter season"
FOUND = "The body of Irena Halvek, {age}, was found below the Tellin lighthouse, and Oskar Brask was charged with it."
TRIED = "Oskar Brask was found guilty of killing Irena Halvek, {age}, below the Tellin lighthouse, the court said."


def story(name: str, body: str, published: str | None = None, title: str = "") -> Story:
    return Story(StoryId(name), Head(title, not title, published), (Passage(body),))


def evidence(*stories: Story) -> compare.Evidence:
    return compare.gather(compare.weigh(columns.read([traits.read(s) for s in stories])))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("in Tellin", "late at Tellin", 1.0),
        ("in Tellin", "in the Marrow Hills", -1.0),
        ("in Tellin", "by the sea", 0.0),
        ("from the Marrow Hills", "near Marrow", 1.0),
        ("in January", "in Tellin", 0.0),
    ],
)
def test_places_in_the_leads_agree_or_not(one: str, other: str, agree: float) -> None:
    found = evidence(story("a", f"They met {one} as {TALKS}"), story("b", f"They met {other} as {TALKS}"))
    assert found.places.tolist() == [agree]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("a 7-year-old girl", "a girl, seven years old,", 1.0),
        ("a 7-year-old girl", "a 9-year-old girl", -1.0),
        ("Irena Halvek, 31, of Tellin", "the 31-year-old", 1.0),
        ("a 7-year-old girl", "a wait of 9 years", 0.0),
    ],
)
def test_ages_of_people_agree_or_not(one: str, other: str, agree: float) -> None:
    found = evidence(story("a", f"They saw {one} where {TALKS}"), story("b", f"They saw {other} where {TALKS}"))
    assert found.ages.tolist() == [agree]


@pytest.mark.parametrize(("age", "events"), [("31", 1), ("47", 2), ("a pilot", 2)])
def test_a_verdict_half_a_year_later_joins_the_deed_where_names_and_age_are_the_same(age: str, events: int) -> None:
    deed = story("a", FOUND.format(age="31"), "2031-02-03", "Body found below the lighthouse of Tellin")
    verdict = story("b", TRIED.format(age=age), "2031-08-20", "Brask guilty of the lighthouse killing of Tellin")
    assert len({p.event for p in group.place([deed, verdict])}) == events


def test_stories_a_month_apart_are_compared_for_nothing_else() -> None:
    body = f"Irena Halvek said in Tellin that {TALKS}"
    assert len(evidence(story("a", body, "2031-02-03"), story("b", body, "2031-02-05")).first) == 1
    assert len(evidence(story("a", body, "2031-02-03"), story("b", body, "2031-05-05")).first) == 0


def not_copied(*stories: Story) -> compare.Evidence:
    found = evidence(*stories)
    return replace(found, contained=found.contained * 0)


def test_dated_stories_that_differ_in_most_facts_are_less_alike() -> None:
    def told(place: str, day: str, boats: str) -> str:
        return f"On {day} in {place} {TALKS}; Irena Halvek counted {boats} boats."

    first = story("a", told("Tellin", "Monday", "250"), "2031-02-03")
    same = not_copied(first, story("b", told("Tellin", "Monday", "310"), "2031-02-03"))
    other = not_copied(first, story("b", told("Marrow", "Friday", "310"), "2031-02-03"))
    plain = compare.Weights(strange=0.0)
    assert compare.content(same)[0] == compare.content(same, plain)[0]
    assert compare.content(other)[0] < compare.content(other, plain)[0]
