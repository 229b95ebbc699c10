"""Who signs a story, piece by piece, and what only looks like it. All people, places and outlets are invented."""

from __future__ import annotations

import pytest

from store.text import credit, dateline, dates, signature
from store.text.clean import clean
from store.text.head import head

_ENTRIES = ("Map", "Guide", "Desk", "Tour", "Hub")
REST = "Neither side would say what the other had asked for, but both spoke of a frank exchange that cleared the air."


@pytest.mark.parametrize(
    ("text", "people", "place", "outlet", "agency"),
    [
        ("Mira Holt and AFP", "Mira Holt", None, None, "AFP"),
        ("Mira Holt in Selm and Dan Ferrow in Karvel", "Mira Holt and Dan Ferrow", "Selm", None, None),
        ("Mira Holt, Dan Ferrow, Selm Courier", "Mira Holt, Dan Ferrow", None, "Selm Courier", None),
        ("Mira Holt for The Strait Diplomat", "Mira Holt", None, "The Strait Diplomat", None),
        ("MIRA HOLT Associated Press", "MIRA HOLT", None, None, "Associated Press"),
        ("Mira Holt Selm News", "Mira Holt", None, "Selm News", None),
        ("defence correspondent Mira Holt in Selm", "Mira Holt", "Selm", None, None),
        ("Claire Vernet, envoyée spéciale à Belmère", "Claire Vernet", "Belmère", None, None),
        ("Klara Vogt, HRD-Studio Belmer", "Klara Vogt", "Belmer", None, None),
        ("Selm Courier Staff", "Selm Courier Staff", None, None, None),
        ("Staff Reporter", "", None, None, None),
        ("The Selm Star and news agencies", "", None, "The Selm Star", None),
    ],
)
def test_what_stands_behind_by_is_told_apart(
    text: str, people: str, place: str | None, outlet: str | None, agency: str | None
) -> None:
    said = signature.read(text, by=True)
    assert said is not None
    assert (said.people, said.place, said.outlet, said.agency) == (people, place, outlet, agency)


@pytest.mark.parametrize(
    "line",
    [
        "Best Practices for Small Harbours",
        "Talks Open in Selm - Reuters",
        "Customer Service and Monitoring",
        "Visual Basics (VB.NET)",
        "What Is a Digital Shipping Agency?",
        "Prep Time 13 hours",
        "From: Mira Holt",
        "Meet the team",
    ],
)
def test_headings_of_pages_are_no_signatures(line: str) -> None:
    assert credit.read(line) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("14.06.34, 18:22 Uhr", "2034-06-14T18:22"),
        ("05/16/34 2:07 PM ET", "2034-05-16T14:07-04:00"),
        ("January 16, 2034 2:07 PM ET", "2034-01-16T14:07-05:00"),
        ("November 5, 2034 2:07 PM ET", "2034-11-05T14:07-05:00"),
        ("March 12, 2034 2:07 PM PT", "2034-03-12T14:07-07:00"),
        ("May 16, 2034 02:07 PM Eastern Daylight Time", "2034-05-16T14:07-04:00"),
        ("May 16, 2034 14:07 pm IST", "2034-05-16T14:07+05:30"),
        ("14:07, 16 May 2034 | GMT+5", "2034-05-16T14:07+05:00"),
        ("06:22 PM Jun 08, 2034 IST", "2034-06-08T18:22+05:30"),
        ("16 de mayo de 2034, 02:07 p. m.", "2034-05-16T14:07"),
        ("16 أيار 2034 02:07 م", "2034-05-16T14:07"),
        ("١٦ مايو ٢٠٣٤", "2034-05-16"),
        ("May - 16 - 2034 , 14:07", "2034-05-16T14:07"),
        ("2034.06.08 18:22", "2034-06-08T18:22"),
    ],
)
def test_dates_of_more_desks(text: str, iso: str) -> None:
    assert [found.iso for found in dates.dates(text)] == [iso]


@pytest.mark.parametrize("text", ["05/06/34 2:07 PM ET", "version 12.05.34", "14:07 am, 16 mai", "3.5.31"])
def test_two_figures_make_a_year_only_beyond_doubt(text: str) -> None:
    assert list(dates.dates(text)) == []


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("SELM, Orvane--(BUSINESS WIRE)--Orvane Shipping has", "Selm, Orvane", "BUSINESS WIRE"),
        ("May 16 (BTA) - Orvane and", None, "BTA"),
        ("Selm, SANA- Orvane has", "Selm", "SANA"),
        ("SELM. KAZINFORM - The prime minister", "Selm", "KAZINFORM"),
        ("Selm, May 16, 2034, SPA -- The envoy", "Selm", "SPA"),
        ("SELMA. The envoy", "Selma", None),
        ("SELM – May 16, 2034 – The envoy", "Selm", None),
        ("AFP - SELM - The envoy", "Selm", "AFP"),
        ("SELM, Tuesday, May 16, 2034 (WAFA) – The envoy", "Selm", "WAFA"),
        ("PELVİK/AA - Kuarn", "Pelvik", "AA"),
    ],
)
def test_datelines_of_more_desks(text: str, place: str | None, agency: str | None) -> None:
    found = dateline.read(text)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)


@pytest.mark.parametrize(
    "text", ["NATO. The alliance", "Talks. Then silence", "Article 5 - The parties", "IT’s around 8:00pm but"]
)
def test_what_opens_a_sentence_is_no_dateline(text: str) -> None:
    assert dateline.read(text) is None


def test_names_in_a_menu_are_no_authors() -> None:
    menu = "\n".join(f"{one} {other}" for one in ("Team", "Lead", "Oil", "Water") for other in _ENTRIES)
    found = head(
        clean(
            f"Orvane lifts the ban on rice from Sellary\n{menu}\nShop\nOrvane lifted the ban on Tuesday. {REST}\n{REST}"
        )
    )
    assert found.title == "Orvane lifts the ban on rice from Sellary"
    assert (found.byline, found.place) == (None, None)


def test_a_topic_below_the_date_is_no_place() -> None:
    lead = "The price of commodities climbed by a tenth, traders said."
    text = f"Ore prices climb\n8 June 2034\nCommodities\n{lead} {REST}\n{REST}"
    assert head(clean(text)).place is None
