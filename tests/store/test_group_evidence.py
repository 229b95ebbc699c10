"""What tells two stories of one event from two of one kind: rare names, days of the week, figures in the lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.group import columns, compare, dates, packed, placing, traits
from store.group.compare import Evidence
from store.model import Head, Passage, Story, StoryId

TALKS = "The pilots of the northern channel met the commissioner of fisheries about fees for the winter season"


def read(name: str, body: str, language: str = "en") -> traits.Traits:
    return traits.read(Story(StoryId(name), Head("", title_made=True, language=language), (Passage(body),)))


def pair(one: str, other: str) -> Evidence:
    evidence = compare.gather(compare.weigh(columns.read([read("a", one), read("b", other)])))
    assert len(evidence.first) == 1
    return evidence


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("on Thursday.", "late on Thursday.", 1.0),
        ("on Thursday.", "on Monday.", -1.0),
        ("on Thursday.", "last week.", 0.0),
        ("on Thursday and Friday.", "on Friday.", 1.0),
        ("on Thursday and Friday.", "on Friday and Sunday.", 0.0),
    ],
)
def test_days_of_the_week_in_the_leads_agree_or_not(one: str, other: str, agree: float) -> None:
    assert pair(f"{TALKS} {one}", f"{TALKS} {other}").weekdays.tolist() == [agree]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("over 250 boats.", "over 250 boats in 2031.", 1.0),
        ("over 250 boats.", "over 310 boats.", -1.0),
        ("over 250 boats.", "over boats in 2031.", 0.0),
    ],
)
def test_figures_in_the_leads_agree_or_not_and_years_are_none(one: str, other: str, agree: float) -> None:
    assert pair(f"{TALKS} {one}", f"{TALKS} {other}").figures.tolist() == [agree]


def test_names_that_both_hold_count_by_how_rare_they_are() -> None:
    rare = pair(f"{TALKS} with Irena Halvek in Tellin.", f"{TALKS} with Irena Halvek in Tellin.").rare[0]
    fewer = pair(f"{TALKS} with Irena Halvek in Tellin.", f"{TALKS} with Oskar Brask in Tellin.").rare[0]
    assert rare > fewer > 0


@pytest.mark.parametrize(
    "telling",
    [
        lambda day: f"{TALKS} on {day}, Irena Halvek said.",
        lambda day: f"{TALKS}. It was signed on {day} by Irena Halvek.",
    ],
)
def test_stories_of_another_day_of_the_week_are_less_alike(telling: Callable[[str], str]) -> None:
    same = compare.likeness(pair(telling("Thursday"), telling("Thursday") + " It was a first."))[0]
    unlike = compare.content(pair(telling("Thursday"), telling("Monday") + " It was a first."))[0]
    assert unlike <= same


@pytest.mark.parametrize(
    ("words", "language", "days"),
    [
        (("Thursday", "MONDAY’S"), "en", 0b1001),
        (("в", "среду"), "ru", 0b100),
        (("п’ятницю",), "uk", 0b10000),
        (("mardi",), "fr", 0b10),
        (("Mardi", "Gras"), "en", 0),
        (("Thursday",), "xx", 0),
    ],
)
def test_days_of_the_week_are_read_in_the_storys_own_language(words: tuple[str, ...], language: str, days: int) -> None:
    assert dates.weekdays(dates.signs(language).get(word, 0) for word in words) == days


def test_what_is_kept_of_a_story_tells_its_weekdays_and_figures() -> None:
    story = Story(StoryId("a"), Head("Channel closed on Friday"), (Passage("It took 17 tugs in 2031."),))
    kept = placing.read_one(story)
    told = columns.of([(story.id, kept)])
    assert packed.fresh(kept)
    assert told.weekdays.tolist() == [0b10000]
    assert told.words.codes[told.figures.row(0)].tolist() == [traits.code("17")]
