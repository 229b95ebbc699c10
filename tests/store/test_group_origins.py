"""Origins: who reported first what a story tells. The stories in data/group/origins.jsonl are made up, with the origin
that a careful reader would give each; the tests hold figures over all of them and single rules beside."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from store.group import place, sources
from store.model import Event, EventId, Given, Head, Listed, Passage, Raw, Story, StoryId, StorylineId
from store.text.story import read
from tui import present

DATA = Path(__file__).parents[1] / "data" / "group" / "origins.jsonl"


@cache
def labelled() -> dict[str, tuple[str, str, str]]:
    """Id -> outlet, true origin, origin found."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    given = {r["id"]: Given(outlet=r["outlet"], published=r["published"]) for r in rows}
    placed = place([read(Raw(r["text"], given=given[r["id"]]), StoryId(r["id"])) for r in rows])
    return {r["id"]: (r["outlet"], r["origin"], p.origin) for r, p in zip(rows, placed, strict=True)}


def test_origins_that_are_not_the_outlet_itself_are_found_and_few_are_made_up() -> None:
    rows = labelled().values()
    found = [(true, got) for outlet, true, got in rows if sources.same(got) != sources.same(outlet)]
    wanted = [(true, got) for outlet, true, got in rows if sources.same(true) != sources.same(outlet)]
    right = sum(sources.same(true) == sources.same(got) for true, got in wanted)
    assert len(rows) >= 40
    assert len(wanted) >= 25
    assert right / len(found) >= 0.95  # precision
    assert right / len(wanted) >= 0.95  # recall


def test_stories_that_report_for_themselves_keep_their_own_name() -> None:
    own = [(outlet, got) for outlet, true, got in labelled().values() if outlet == true]
    assert len(own) >= 12
    assert [pair for pair in own if pair[0] != pair[1] and sources.same(pair[0]) != sources.same(pair[1])] == []


def told(*body: str, outlet: str | None = "Kelm Courier", title: str = "A title") -> str | None:
    return sources.credited(Story(StoryId("a"), Head(title, outlet=outlet), tuple(map(Passage, body))))


@pytest.mark.parametrize(
    ("body", "origin"),
    [
        ("The bridge opens on Monday (IANS)", "IANS"),
        ("The bridge opens on Monday. - Reuters", "Reuters"),
        ("The bridge opens on Monday, AP reports.", "AP"),
        ("The bridge opens on Monday, Caldera.News reports, citing Kommersant.", "Kommersant"),
        ("The bridge opens on Monday.\nWith inputs from PTI", "PTI"),
        ("The bridge opens, the Halden Times reported.", "Halden Times"),
        ("The bridge opens, officials told the Agence France-Presse news agency.", "AFP"),
        ("The minister told Grafit in an interview that the bridge opens.", "Grafit"),
        ("The bridge opens on Monday, a local site said, according to TASS.", "TASS"),
        ("The bridge opens, according to the state news agency Grafit.", "Grafit"),
        ("Мост откроется, по данным ТАСС.", "TASS"),
        ("The bridge opens on Monday.\nSource: Interfax", "Interfax"),
        ("Source: Interfax\nThe bridge opens on Monday.", "Interfax"),
        ("The bridge opens on Monday. Источник: Интерфакс", "Interfax"),
        ("The bridge opens, according to Reuters data.", None),
        ("The bridge opens, according to the Vardanian Bridge Agency.", None),
        ("The bridge opens, according to Halvek. Source: ministry", None),
        ("The bridge opens, citing the Foreign Ministry.", None),
        ("The bridge opens, he told President Velden.", None),
        ("The bridge opens, an app reports. Petra told Mena, her sister (54).", None),
        ("Minister Halvek spoke, citing Vardania. Vardania closed the bridge.", None),
        ("The Kelm Courier reported on Monday that the bridge opens.", None),
        ("", None),
    ],
)
def test_who_is_credited_in_a_text(body: str, origin: str | None) -> None:
    assert told(*body.split("\n")) == origin


def test_a_source_deep_in_a_long_story_is_no_origin() -> None:
    assert told("The council met and spoke of wells. " * 40 + "A farmer told Reuters that he was glad.") is None


def test_an_endless_line_costs_little() -> None:
    assert told("(" * 200_000 + "Reports " * 100_000 + "- " * 100_000) is None


COPY = (
    "Rescuers brought eleven miners to the surface on Saturday night, a day after a gallery of the mine fell in, "
    "and two of them were taken to the hospital of Dunmere with broken ribs, the head of the service said. His men had "
    "drilled through forty metres of rock in shifts of twenty minutes because the air below was bad."
)


def placed(*stories: tuple[str | None, str | None, str]) -> list[str]:
    """Origins of stories given as outlet, day and text."""
    made = [
        Story(StoryId(f"s{n}"), Head("Eleven miners saved at Orlo", outlet=outlet, published=day), (Passage(text),))
        for n, (outlet, day, text) in enumerate(stories)
    ]
    return [p.origin for p in place(made)]


def test_a_mere_copy_takes_over_the_origin_of_what_it_copies() -> None:
    first, copy = placed(("Dunmere Mail", "2031-05-10", COPY), ("Orlo Journal", "2031-05-11", COPY))
    assert (first, copy) == ("Dunmere Mail", "Dunmere Mail")


def test_a_mark_on_one_copy_tells_the_origin_of_all() -> None:
    got = placed(("Dunmere Mail", "2031-05-10", COPY), ("Orlo Journal", "2031-05-11", f"{COPY} (UPI)"))
    assert got == ["UPI", "UPI"]


def test_copies_that_name_nobody_are_still_one_origin() -> None:
    assert placed((None, "2031-05-10", COPY), (None, "2031-05-11", COPY)) == ["s0", "s0"]
    assert placed((None, "2031-05-10", COPY)) == [""]


OWN = (
    "Our reporter stood at the gate when the siren rang three times, the old sign that all are up. Women wept, a "
    "boy climbed the fence and a priest poured coffee for the miners. The owner of the mine, who lives abroad, "
    "sent a telegram which nobody wanted to read aloud. By morning the square was empty and swept, and only the "
    "pumps could still be heard, as on any other day in these hills where coal was found in a great frost. "
)
MORE = (
    "Orlo has buried nineteen of its own since the year of the two floods, and each name is cut into the lintel of the "
    "bath house. The council wants the old galleries filled with sand before winter; the union asks who would then "
    "pay for the lamps, the ponies and the school. A vote on both is set for the last Thursday of the month. "
)


@pytest.mark.parametrize(("own", "origin"), [(OWN, "Dunmere Mail"), (OWN + MORE, "Quen Telegraph")])
def test_a_story_stays_its_own_origin_where_less_than_three_tenths_of_it_are_copied(own: str, origin: str) -> None:
    got = placed(("Dunmere Mail", "2031-05-10", COPY), ("Quen Telegraph", "2031-05-11", own + COPY))
    assert got == ["Dunmere Mail", origin]


def test_a_story_that_copies_a_part_and_credits_somebody_has_that_origin() -> None:
    got = placed(("Dunmere Mail", "2031-05-10", COPY), ("Quen Telegraph", "2031-05-11", f"{OWN}{COPY} (UPI)"))
    assert got == ["Dunmere Mail", "UPI"]


def test_a_chain_of_partial_copies_has_the_origin_of_its_first() -> None:
    first, second = f"{COPY} {MORE}", f"{MORE}{OWN}"
    third = f"{OWN}The school of Orlo stays shut until Wednesday, its headmaster told the children at the door. "
    got = placed(("A Post", "2031-05-10", first), ("B Post", "2031-05-11", second), ("C Post", "2031-05-12", third))
    assert got == ["A Post"] * 3


def test_what_takes_from_two_reports_does_not_make_them_one_origin() -> None:
    both = f"{COPY} {OWN}"
    got = placed(
        ("A Post", "2031-05-10", f"{COPY} {MORE}"), ("B Post", "2031-05-10", OWN), ("C Post", "2031-05-11", both)
    )
    assert got[:2] == ["A Post", "B Post"]


def test_a_story_s_own_credit_stands_beside_another_s_on_the_same_text() -> None:
    got = placed(
        ("Harbour Post", "2031-05-10", f"ORLO, May 10 (Reuters) - {COPY}"),
        ("Wide Mirror", "2031-05-10", f"Orlo, May 10 (IANS) {COPY.replace('night', 'night late')}"),
        ("Selm Herald", "2031-05-11", COPY),
    )
    assert got[:2] == ["Reuters", "IANS"] and got[2] in got[:2]


def test_an_outlet_s_name_keeps_its_first_letter() -> None:
    assert sources.canonical("A Post") == "A Post"
    assert sources.canonical("the Halden Times") == sources.canonical("The Halden Times") == "Halden Times"


BRIEFING = (
    "Foreign ministry spokeswoman Daria Venn told reporters at her weekly briefing that {news}. Asked about the grain "
    "accord with the island states, she said that no decision had been made and that the talks would go on as before. "
)


@pytest.mark.parametrize(("day", "copies"), [("2031-05-11", True), ("2031-05-15", False)])
def test_what_shares_a_frame_is_a_copy_only_if_it_came_soon_after(day: str, copies: bool) -> None:
    told = [
        Story(StoryId(f"s{n}"), Head("Weekly briefing", outlet="Arven Gazette", published=on), (Passage(text),))
        for n, (on, text) in enumerate(
            (
                ("2031-05-10", BRIEFING.format(news="the vote in Kolm was no election and would not be recognised")),
                (day, BRIEFING.format(news="three envoys had photographed a yard and must leave within two days")),
            )
        )
    ]
    assert any(p.copy_of for p in place(told)) == copies


def test_an_event_counts_one_origin_once() -> None:
    outlets = ("Kelm Courier", "Reuters"), ("Harrow Echo", "Reuters"), ("Selm Herald", "Selm Herald")
    listed = [
        Listed(StoryId(str(n)), Head("Title", outlet=outlet), EventId("e"), StorylineId("s"), origin=origin)
        for n, (outlet, origin) in enumerate(outlets)
    ]
    event = Event(EventId("e"), StorylineId("s"), "Title", tuple(listed))
    assert (len(event.outlets), event.origins) == (3, ("Reuters", "Selm Herald"))


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        ((("Kelm Courier", "Reuters"), ("Harrow Echo", "Reuters")), "2 outlets, 1 origin"),
        ((("Kelm Courier", "Reuters"), ("Harrow Echo", "Harrow Echo")), "2 outlets, 2 origins"),
        ((("Kelm Courier", "Reuters"), ("Kelm Courier", "Reuters")), "1 outlet"),
        (((None, "s1"), (None, "s1")), "2 stories, 1 origin"),
    ],
)
def test_a_row_says_how_many_report_and_how_many_found_out(
    reports: tuple[tuple[str | None, str], ...], said: str
) -> None:
    listed = [
        Listed(StoryId(str(n)), Head("Title", outlet=outlet), EventId("e"), StorylineId("s"), origin=origin)
        for n, (outlet, origin) in enumerate(reports)
    ]
    assert present.reporters(Event(EventId("e"), StorylineId("s"), "Title", tuple(listed))) == said
