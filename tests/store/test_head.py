"""Dates, datelines and credit lines in many styles. All places, people and outlets are invented."""

from __future__ import annotations

import pytest

from store.model import Given
from store.text import credit, dateline, dates
from store.text.clean import clean
from store.text.head import head

LEAD = "Vardanian Foreign Minister Ilko Marren said on Monday that his country was ready to reopen its border."
REST = "Speaking after four hours of talks in the port, he said that a joint commission will meet every second week."


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("April 13, 2025", "2025-04-13"),
        ("13 April 2025", "2025-04-13"),
        ("Sun, Apr 13, 2025", "2025-04-13"),
        ("Published 26 Feb, 2025 05:53pm", "2025-02-26T17:53"),
        ("26 Feb 2025, 12:05 a.m.", "2025-02-26T00:05"),
        ("12.04.2025 14:07 MSK", "2025-04-12T14:07+03:00"),
        ("2025-04-12T10:11:12Z", "2025-04-12T10:11+00:00"),
        ("2025-04-12 10:11:12+0300", "2025-04-12T10:11+03:00"),
        ("12 avril 2025 à 14h07", "2025-04-12T14:07"),
        ("12 de abril de 2025", "2025-04-12"),
        ("12. April 2025, 7.57 Uhr", "2025-04-12T07:57"),
        ("12 апреля 2025, 18:30", "2025-04-12T18:30"),
        ("12 квітня 2025", "2025-04-12"),
        ("12 Nisan 2025 Cumartesi 14:30", "2025-04-12T14:30"),
        ("12 апреля 2025 г., 18:30", "2025-04-12T18:30"),
        ("12 أبريل 2025", "2025-04-12"),
        ("14:07 GMT, Monday, 5 May 2025", "2025-05-05T14:07+00:00"),
        ("25/05/2025", "2025-05-25"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(text: str, iso: str) -> None:
    found = dates.first(text)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    "text", ["April 13", "04/05/2025", "31 February 2025", "Tuesday", "in 2025", "version 1.2.20256", "13:45"]
)
def test_what_is_not_surely_a_date_is_none(text: str) -> None:
    assert dates.first(text) is None


@pytest.mark.parametrize(
    ("line", "place", "agency", "rest"),
    [
        ("SELM, May 3 (Vantel) -- The talks", "Selm", "Vantel", "The talks"),
        ("SELM (Vantel) - The talks", "Selm", "Vantel", "The talks"),
        ("Selm, 3 May (Vantel): The talks", "Selm", "Vantel", "The talks"),
        ("(Vantel) — The talks", None, "Vantel", "The talks"),
        ("SELM, Vardania — “We met,” he said", "Selm, Vardania", None, "“We met,” he said"),
        ("NEW SELM: The talks", "New Selm", None, "The talks"),
        ("Selm, April 12 (Vantel) The talks", "Selm", "Vantel", "The talks"),
    ],
)
def test_a_dateline_gives_place_and_agency(line: str, place: str | None, agency: str | None, rest: str) -> None:
    found = dateline.read(line)
    assert found is not None
    assert (found.place, found.agency, line[found.length :]) == (place, agency, rest)


@pytest.mark.parametrize(
    "line",
    [
        "Marren — a man of few words — said nothing",
        "The Border Commission (BC) said on Monday",
        "Marren said on Saturday (local time) that it was over",
        "Selm is a port",
        "Q: Who pays?",
        "In Selm - as everywhere - prices rose",
    ],
)
def test_a_sentence_is_no_dateline(line: str) -> None:
    assert dateline.read(line) is None


@pytest.mark.parametrize(
    ("line", "byline", "place"),
    [
        ("By Anna Kovel", "Anna Kovel", None),
        ("By Anna Kovel and Jon Ress in Selm", "Anna Kovel and Jon Ress", "Selm"),
        ("BY ANNA KOVEL", "ANNA KOVEL", None),
        ("Anna Kovel", None, None),
        ("By Anna Kovel, Diplomatic Editor", "Anna Kovel", None),
        ("By Anna Kovel | April 12, 2025", "Anna Kovel", None),
        ("Автор: Анна Ковель", "Анна Ковель", None),
        ("Par Anne Covelle", "Anne Covelle", None),
        ("By Friday the talks were over", None, None),
    ],
)
def test_a_byline_is_a_line_of_names(line: str, byline: str | None, place: str | None) -> None:
    found = credit.read(line)
    assert (found.byline if found else None, found.place if found else None) == (byline, place)


def test_published_counts_before_updated() -> None:
    found = credit.read("Updated: 13 April 2025 | Published: 12 April 2025 14:07")
    assert found is not None
    assert (found.published, found.updated) == ("2025-04-12T14:07", "2025-04-13")


def test_a_sentence_with_a_date_in_it_is_no_date_line() -> None:
    assert credit.read("On April 12, 2025 the minister said he would resign") is None


def test_a_title_is_made_from_the_first_sentence_and_marked() -> None:
    made = head(clean(f"{LEAD}\n{REST}"))
    assert made.title_made
    assert LEAD.startswith(made.title.rstrip("…"))


def test_what_the_record_gave_wins_over_the_text() -> None:
    text = f"A headline in the text of this story\nBy Anna Kovel\nApril 12, 2025\n{LEAD}\n{REST}"
    given = Given(
        title="Another", published="2025-04-10", outlet="Selm Courier", byline="Jon Ress", url="https://example.org/a"
    )
    made = head(clean(text), given=given)
    assert (made.title, made.published, made.outlet, made.byline, made.url) == (
        "Another",
        "2025-04-10",
        "Selm Courier",
        "Jon Ress",
        "https://example.org/a",
    )


def test_a_date_that_is_not_in_the_text_is_never_given() -> None:
    assert head(clean(f"SELM, April 12 (Vantel) -- {LEAD}\nUpdated 3 hours ago\n{REST}")).published is None


def test_the_outlet_that_signs_its_story_in_the_text_is_read() -> None:
    assert (
        head(clean(f"{LEAD}\nThat is too much, Selmer.Net reports, citing local media.\n{REST}")).outlet == "Selmer.Net"
    )
    assert head(clean(f"{LEAD}\nThat is too much, the minister told the Courier.\n{REST}")).outlet is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("5:53 PM GMT+3, April 12, 2031", "2031-04-12T17:53+03:00"),
        ("May 3, 203110:22 AM GMT+3 Updated 2 hours ago", "2031-05-03T10:22+03:00"),
        ("Published On 12 Apr 203112 Apr 2031", "2031-04-12"),
        ("Sat, 12 Apr 2031 14:07:00 -0300", "2031-04-12T14:07-03:00"),
        ("12.04.2031 10:00-12:00", "2031-04-12T10:00"),
    ],
)
def test_what_stands_against_a_date_neither_hides_nor_changes_it(text: str, iso: str) -> None:
    found = dates.first(text)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("SELM, April 14. /VNA/. The talks", "Selm", "VNA"),
        ("SELM. April 12 (Vantel) - The talks", "Selm", "Vantel"),
        ("(VNA) - SELM, 12 APR - The talks", "Selm", "VNA"),
        ("Selm [Vardania], April 12 (VNA): The talks", "Selm, Vardania", "VNA"),
        ("Selm (Vardania) (VNA) – The talks", "Selm, Vardania", "VNA"),
        ("Selm, 12 abr (VNA).- The talks", "Selm", "VNA"),
        ("СЕЛЬМ, 12 апр — РИА Новости. Переговоры", "Сельм", "РИА Новости"),
    ],
)
def test_datelines_of_many_wires_are_read_whole(line: str, place: str, agency: str) -> None:
    found = dateline.read(line)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert line[found.length :] in ("The talks", "Переговоры")


@pytest.mark.parametrize("opening", ["?! ", "... ", "— … . "])
def test_a_paragraph_that_opens_with_signs_alone_stops_nothing(opening: str) -> None:  # found by fuzzing
    assert clean(f"{opening}{LEAD}\n{REST}\n{LEAD}\n{REST}").passages


def published(*lines: str, url: str | None = None) -> tuple[str | None, bool]:
    made = head(clean("\n".join((*lines, LEAD, REST))), given=Given(url=url))
    return made.published, made.published_inferred


TITLE = "Vardania ready to reopen its border, minister says"


@pytest.mark.parametrize(
    ("lines", "iso"),
    [
        ((TITLE, "Published: Tuesday 14:07 | Updated: Thursday, 15 May 2031"), "2031-05-13T14:07"),
        ((TITLE, "Tuesday", "Last updated: 13 May 2031"), "2031-05-13"),
        ((TITLE, "SELM, May 13 (VNA) - A truce that runs out on 31 May 2031 holds, both sides said."), "2031-05-13"),
        (
            (TITLE, "Tuesday, 14:07", "Ministers met in Selm on Tuesday, 13 May 2031, for the sixth time."),
            "2031-05-13T14:07",
        ),
    ],
)
def test_half_a_date_is_made_whole_by_another_one_and_is_marked(lines: tuple[str, ...], iso: str) -> None:
    assert published(*lines) == (iso, True)


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, "Tuesday"),
        (TITLE, "Updated 3 hours ago"),
        (TITLE, "SELM, May 13 (VNA) - The truce holds, both sides said on the phone."),
        (TITLE, "SELM, May 13 (VNA) - It is ten years since the war that ended on 12 May 2021, both sides said."),
        (TITLE, "Tuesday", "The treaty of 3 March 2019 gave each coast half of the catch, and of the costs."),
    ],
)
def test_half_a_date_that_nothing_fixes_stays_unread(lines: tuple[str, ...]) -> None:
    assert published(*lines) == (None, False)


def test_the_day_in_the_address_dates_a_story_that_has_no_other_and_is_marked() -> None:
    assert published(TITLE, url="https://harbourpost.example/2031/05/13/border") == ("2031-05-13", True)
    assert published(TITLE, "14 May 2031", url="https://harbourpost.example/2031/05/13/a") == ("2031-05-14", False)
