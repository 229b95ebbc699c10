"""Two events told by one frame: the same in the same words of different days."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import group
from store.group import columns, compare, packed, placing, rules, traits, why
from store.model import Head, Passage, Story, StoryId
from tests.gate import frames

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = "2031-03-03", "2031-03-04", "2031-03-05", "2031-03-06"
TALKS = "Envoys of Vardania and Kestria haggled over grazing rights in Tellin"


def told(name: str, published: str | None, body: str, title: str = "", language: str = "en") -> Story:
    head = Head(title, title_made=not title, published=published, language=language)
    return Story(StoryId(name), head, tuple(map(Passage, body.split("\n"))))


def surely(one: Story, other: Story) -> float:
    """How surely both tell the same of different days."""
    known = columns.of((story.id, placing.read_one(story)) for story in (one, other))
    evidence = compare.gather(compare.weigh(known))
    assert len(evidence.first) == 1
    return float(evidence.another[0])


@pytest.mark.parametrize(
    ("day", "named", "sure"), [(TUESDAY, "Tuesday", 0.15), (WEDNESDAY, "Wednesday", 0.5), (THURSDAY, "Thursday", 1.0)]
)
def test_the_same_of_another_day_is_the_surer_another_event_the_more_days_lie_between(
    day: str, named: str, sure: float
) -> None:
    assert surely(told("a", MONDAY, f"{TALKS} on Monday."), told("b", day, f"{TALKS} on {named}.")) == sure


@pytest.mark.parametrize(
    "other",
    [
        told("b", THURSDAY, f"{TALKS} on Monday."),
        told("b", THURSDAY, f"{TALKS} on Thursday.\nNothing had come of it on Monday."),
        told("b", THURSDAY, f"{TALKS} on Thursday, after a quarrel on March 3."),
        told("b", THURSDAY, "The minister of Vardania resigned on Thursday because grazing in Tellin was given away."),
        told("b", None, f"{TALKS} on Thursday."),
    ],
)
def test_who_names_the_other_day_or_tells_something_else_may_follow_up(other: Story) -> None:
    assert surely(told("a", MONDAY, f"{TALKS} on Monday."), other) == 0


def test_a_day_that_is_still_to_come_is_the_same_day() -> None:
    before = told("a", MONDAY, f"{TALKS} and will sign on Friday.")
    assert surely(before, told("b", "2031-03-07", f"{TALKS} and signed on Friday.")) == 0


def test_a_day_to_come_may_be_told_by_its_date_when_it_has_come() -> None:
    before = told("a", WEDNESDAY, f"{TALKS} and will sign on Tuesday.")
    assert surely(before, told("b", "2031-03-12", f"{TALKS} and signed on March 11.")) == 0


def test_a_date_in_words_that_are_not_read_is_no_other_day() -> None:
    text = "I delegati di Vardania e Kestria hanno discusso dei pascoli a Tellin il 3 marzo."
    assert surely(told("a", MONDAY, text, language="it"), told("b", "2031-03-10", text, language="it")) == 0


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("et signeront vendredi", "et ont signé vendredi", "fr"),
        ("y firmarán el viernes", "y firmaron el viernes", "es"),
        ("und wollen am Freitag unterschreiben", "und haben am Freitag unterschrieben", "de"),
        ("и подпишут договор в пятницу", "и подписали договор в пятницу", "ru"),
        ("і підпишуть угоду в п'ятницю", "і підписали угоду в п'ятницю", "uk"),
        ("ve cuma günü imzalayacak", "ve cuma günü imzaladı", "tr"),
        ("وسيوقعون الاتفاق الجمعة", "ووقعوا الاتفاق الجمعة", "ar"),
    ],
)
def test_a_day_that_is_still_to_come_is_the_same_day_in_other_languages(before: str, after: str, language: str) -> None:
    early = told("a", MONDAY, f"{TALKS} {before}.", language=language)
    late = told("b", "2031-03-08", f"{TALKS} {after}.", language=language)
    assert surely(early, late) == 0


def test_today_in_a_name_and_here_in_german_are_no_days() -> None:
    on_monday = told("a", "2031-03-08", f"{TALKS} on Monday, Vard Today learned.")
    assert surely(on_monday, told("b", "2031-03-09", f"{TALKS} on Monday, Selm Today learned.")) == 0
    german = "Gesandte aus Vardanien und Kestrien haben hier am Montag über Weiderechte in Tellin gestritten."
    pair = [told(name, day, german, language="de") for name, day in (("a", "2031-03-06"), ("b", "2031-03-08"))]
    assert surely(*pair) == 0


@pytest.mark.parametrize(("day", "sure"), [(THURSDAY, 0.0), ("2031-03-10", 0.8)])
def test_leads_that_name_no_day_are_of_the_days_they_were_published(day: str, sure: float) -> None:
    text = f"{TALKS}, herds and fodder."
    assert surely(told("a", MONDAY, text), told("b", day, text)) == sure


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("on 3 March", "on 6 March", "en"),
        ("today", "today", "en"),
        ("on March 3", "on Thursday", "en"),
        ("lundi", "jeudi", "fr"),
        ("heute", "gestern", "de"),
        ("le 3 mars", "le 6 mars", "fr"),
        ("el 3 de marzo", "jueves", "es"),
        ("am 3. März", "am 06.03.2031", "de"),
        ("3 марта", "сегодня", "ru"),
        ("3 березня", "в четвер", "uk"),
        ("3 Mart'ta", "06.03.2031", "tr"),
        ("في 3 آذار", "في 6 مارس", "ar"),
    ],
)
def test_days_are_read_however_they_are_named(one: str, other: str, language: str) -> None:
    first = told("a", MONDAY, f"{TALKS} {one}.", language=language)
    assert surely(first, told("b", THURSDAY, f"{TALKS} {other}.", language=language)) > 0.4


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Daily briefing, March 3", "Daily briefing, March 4", "en"),
        ("Report for Monday", "Report for Tuesday", "en"),
        ("Lage am 3. März", "Lage am 4. März", "de"),
        ("Сводка за 3 марта", "Сводка за 4 марта", "ru"),
    ],
)
def test_two_bulletins_that_give_their_days_in_their_titles_are_surely_of_two_days(
    one: str, other: str, language: str
) -> None:
    frame = "The spokesman read out what the ministry had planned and answered questions for half an hour.\n"
    first = told("a", MONDAY, f"{frame}He spoke of wheat, tolls and a bridge.", one, language)
    assert surely(first, told("b", TUESDAY, f"{frame}He spoke of a strike.", other, language)) == 1.0
    assert surely(first, told("b", TUESDAY, f"{frame}He spoke of wheat, tolls and a bridge.", one, language)) == 0.0


def test_the_same_done_by_others_is_no_copy_and_another_event() -> None:
    frame = (
        "has recalled its ambassador from {} for consultations, the foreign ministry said.\nThe ministry did not say"
    )
    frame += " how long the ambassador would stay at home.\nThe two countries have been at odds for a long time."
    first = told("a", MONDAY, "The government of Vardania " + frame.format("Kestria"), "Vardania recalls ambassador")
    other = told("b", MONDAY, "The government of Sandaria " + frame.format("Ossia"), "Sandaria recalls ambassador")
    copy = told("c", MONDAY, "Vardania, an inland state, " + frame.format("Kestria"), "Kestria left by ambassador")
    assert surely(first, other) == 1.0
    assert surely(first, copy) == 0.0
    events = {placement.story: placement.event for placement in group.place([first, other, copy])}
    assert events[first.id] == events[copy.id] != events[other.id]


def test_a_month_apart_is_not_a_day_apart() -> None:
    early, late = told("a", MONDAY, f"{TALKS} on Monday."), told("b", "2031-04-02", f"{TALKS} on Wednesday.")
    assert surely(early, late) == 1.0


def test_the_next_round_in_the_same_words_is_another_event_and_the_same_day_is_none() -> None:
    one = told("a", MONDAY, f"{TALKS} on Monday.\nThe chief envoys were Irena Halvek and Oskar Brask.")
    for text, day, events in (("Thursday", THURSDAY, 2), ("Monday", TUESDAY, 1)):
        other = told("b", day, f"{TALKS} on {text}.\nOskar Brask and Irena Halvek shook hands at last.")
        assert len({placement.event for placement in group.place([one, other])}) == events


def test_why_two_rounds_are_apart_names_their_days() -> None:
    one, other = told("a", MONDAY, f"{TALKS} on Monday."), told("b", "2031-03-14", f"{TALKS} on Thursday.")
    placed = {placement.story: placement for placement in group.place([one, other])}
    said = why.explain(one, other, [], placed=placed, held=rules.settle([], frozenset(placed)))
    assert not said.together
    assert said.apart[:2] == ("11 days apart", "the same is told of 3 March here, of 13 March there")


def test_what_is_kept_of_a_story_tells_its_occasion() -> None:
    story = told("a", MONDAY, f"{TALKS} on Monday.")
    known = columns.of([(story.id, placing.read_one(story))])
    read = traits.read(story).occasion
    assert (int(known.days[0]), int(known.led[0])) == (read.days, read.led) == (1 << 741_504 % 64,) * 2
    assert packed.fresh(placing.read_one(story))
    assert {"haggled", "grazing", "right"} <= read.words
    assert not read.words & {"vardania", "kestria", "tellin"}


@pytest.mark.parametrize(("data", "kinds"), [(frames.DATA, 4), (frames.ABROAD, 5), (frames.TEMPLATES, 4)])
def test_the_pairs_of_the_gate_are_two_stories_each_and_all_kinds_are_there(data: Path, kinds: int) -> None:
    pairs = frames.pairs(frames.load(data))
    assert {len(pair) for pair in pairs} == {2}
    assert len({(pair[0]["told"], pair[0]["use"]) for pair in pairs}) == kinds
    assert {row["told"] for pair in pairs for row in pair} == {"another", "same"}
