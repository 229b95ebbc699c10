"""Live blogs, chronicles, tables and signatures keep what belongs to them. All countries and people are invented."""

from __future__ import annotations

import pytest

from store.text.clean import clean
from tests.gate.kinds import Page, lost, pages

# What a reader would not miss: the gate of kinds counts it.
HURT = ("live-2", "comm-2", "trans-2", "several-1", "trans-b1", "table-b1", "digest-b1")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_nothing_of_the_body_is_lost(page: Page) -> None:
    gone, _ = lost(page)
    assert len(gone) <= (2 if page.name in HURT else 0), gone


def _kept(*lines: str) -> list[str]:
    return [passage.text for passage in clean("\n".join(lines)).passages if passage.kept]


BODY = (
    "Twelve of the new observers are boatmen, the bulletin says, because the two boats had been waiting for crews.",
    'Anshara has sent none. "We have no river," its defence ministry said in reply to a letter of the mission.',
    "Both banks have promised to let the boats pass by day, and the left bank by night as well, from next week on.",
)
OPENING = "The observer mission on the river Sorrel has grown again since January, its weekly bulletin said on Monday."
CLOSING = "The mission will report to the Meridian Union in May, a spokeswoman told reporters in Velm on Tuesday."


def test_the_ranks_of_a_list_make_no_table() -> None:
    ranks = ("Most read", "Harvest fair opens in Velm", "1", "Court frees singer", "2", "Storm closes port", "3")
    assert _kept(OPENING, CLOSING, *ranks) == [OPENING, CLOSING]


def test_times_that_run_to_and_fro_are_those_of_teasers() -> None:
    teasers = (
        "Up next",
        "17:10",
        "The harvest fair at Velm opens with a parade of forty carts and one elephant.",
        "21:29",
        "The singer who was freed by the court on Friday will sing in Ostmere on Saturday.",
        "04:27",
        "Storm warnings have been given for all ports between Lann and Dorvil until noon.",
        "22:24",
        "The price of fish in Selm has fallen for a third week, the market board says.",
    )
    assert _kept(OPENING, *BODY, CLOSING, *teasers) == [OPENING, *BODY, CLOSING]


def test_a_treaty_keeps_who_signed_it_and_loses_the_buttons_below() -> None:
    treaty = (
        "The Government of Kestria and the Government of Vardania have agreed as follows:",
        "Article 1",
        "The Parties shall reopen the line between Haldervik and Selm on the first of June.",
        "Article 2",
        "This Agreement is concluded for five years and is renewed tacitly for five more.",
        "Done at Haldervik on 22 January 2025 in two originals.",
        "For the Government of Kestria",
        "J. Eskeld",
        "For the Government of Vardania",
        "R. Halpas",
    )
    assert _kept("Home", "Press", *treaty, "Print", "Share this page") == list(treaty)


def test_a_list_keeps_the_items_that_name_a_day() -> None:
    names = (
        "1. Mats HARGA, 4 March 1981, deputy head of customs",
        "2. Pia LORENTZ, 12 June 1975, shipowner",
        "3. Milo TARR, 1 February 1977, judge",
    )
    head = "The foreign ministry of Kestria has put the following persons on its list, it said on Friday:"
    assert _kept(head, *names, CLOSING) == [head, *names, CLOSING]


def test_a_list_of_people_by_their_day_of_birth_is_kept() -> None:
    people = ("Mats HARGA, born 4.5.1981", "Лоренц Пиа, 12.06.1975 г. р.", "STOLL, Egon, geb. 30.10.1969")
    head = "The foreign ministry of Kestria has put the following persons on its list, it said on Friday:"
    assert _kept(head, *people, CLOSING) == [head, *people, CLOSING]


def test_a_long_list_of_lines_of_one_make_stays_where_the_text_goes_on_below() -> None:
    freed = [
        f"{name} {last}, {age}, Selm"
        for age, name in enumerate(("Mats", "Pia", "Egon"), 40)
        for last in ("Tarr", "Poll", "Vane")
    ]
    page = ("Home", "World", OPENING, *freed, CLOSING, "Share", "Most read", "Harvest fair opens in Velm")
    assert _kept(*page) == [OPENING, *freed, CLOSING]


def test_ages_of_teasers_are_no_figures_of_a_table() -> None:
    teasers = [
        text
        for at, head in enumerate(("Fair opens", "Singer freed", "Storm near", "Ferry late"), 2)
        for text in (head, f"{at} hrs")
    ]
    assert _kept(OPENING, *BODY, CLOSING, *teasers) == [OPENING, *BODY, CLOSING]


def test_teasers_amid_a_text_go_and_its_last_sentences_stay() -> None:
    above = ("Islanders voted by 611 to 58 on Sunday to go on printing their own stamps, the governor's office said.",)
    below = ("Collectors buy nine tenths of them, mostly by mail.", "A decision is due in March.")
    teasers = (
        "You may also like",
        "Storm closes the airport at Orsk",
        "Flights were diverted to Selm on Monday, and some 3,000 travellers spent the night in a tent.",
        "Mayor of Dorvil resigns after audit",
        "The mayor stepped down after an audit found that 12 million crowns were missing, police said.",
    )
    quote = '"Nobody writes to us except for the stamps," said the governor, Lia Holm.'
    assert _kept(*above, *teasers, quote, *below, "Follow us") == [*above, quote, *below]


def test_a_list_of_offices_and_names_is_no_list_of_links() -> None:
    names = ("Kestria: Ms Pia Lorentz", "Solmark: Mr Egon Stoll", "Holy See: Msgr Carlo Benti", "Tavoria: Ms Ulla Tarn")
    head = "The protocol office has published the list of those who will speak at the conference on Friday:"
    assert _kept("Home", "World", head, *names, CLOSING, "Share") == [head, *names, CLOSING]
