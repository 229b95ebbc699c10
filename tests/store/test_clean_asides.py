"""Captions, pull quotes and other stories' headlines between paragraphs go, with their reason; what only resembles them
stays. All countries, people, outlets invented."""

from __future__ import annotations

import pytest

from store.model import Passage
from store.text import asides, beginnings
from store.text.clean import clean
from store.text.lines import Line
from tests.store.crossing import BODY as STORY

BODY = STORY[:5]


def passages(*lines: str) -> dict[str, Passage]:
    return {p.text: p for p in clean("\n\n".join(lines)).passages}


def found(*lines: str) -> dict[int, str]:
    return asides.found([Line(line, gap=True) for line in lines])


@pytest.mark.parametrize(
    "caption",
    [
        "FILE - Lorries wait at the closed crossing near Selm on a cold morning in March 2031.",
        "Pictured from left, are ministers Ilko Marren and Rena Halpas at the bridge in Selm.",
        "Lorries queue at the bridge in this handout photo released by the border guard on Sunday.",
        "Lorries queue at the bridge in Selm on Sunday. (Jon Ress/Courier Images)",
        "The old bridge at Selm, closed since 2021. Photo by Anna Kovel",
        "The old bridge at Selm, closed since 2021. Supplied",
        "The mayor of Selm points to the new bridge as hauliers look on (",
    ],
)
def test_a_caption_is_found_and_dropped(caption: str) -> None:
    assert found(*BODY[:2], caption, *BODY[2:]) == {2: "caption"}
    seen = passages(*BODY[:2], caption, *BODY[2:])
    assert not seen[caption].kept
    assert all(seen[line].kept for line in BODY)


@pytest.mark.parametrize("place", range(2, 8))
@pytest.mark.parametrize(
    "caption",
    [
        "FILE - Lorries wait at the closed crossing near Selm on a cold morning in March 2031.",
        "Pictured from left, are ministers Ilko Marren and Rena Halpas at the bridge in Selm.",
        "Lorries queue at the bridge in Selm on Sunday. (Jon Ress/Courier Images)",
        "The old bridge at Selm, closed since 2021. Photo by Anna Kovel",
    ],
)
def test_a_line_that_says_that_it_is_a_caption_goes_wherever_it_stands(caption: str, place: int) -> None:
    assert not passages(*BODY[:place], caption, *BODY[place:])[caption].kept
    assert not passages(*BODY[: place - 1], caption, *BODY[place - 1 : 5])[caption].kept


def test_weekday_and_year_at_the_end_are_an_agency_s_caption() -> None:
    assert found("Lorries queue at the old bridge in Selm, Vardania, Friday, March 7, 2031.") == {0: "caption"}
    assert found("The bridge was closed on Friday, and will not open before March 7, 2031.") == {}


@pytest.mark.parametrize(
    "paragraph",
    [
        "The photo was taken by a border guard, who was pictured with the minister in 2019 and has left the force.",
        "The treaty (signed in Selm and/or Dorvil) binds both sides, he said, and neither can leave it before 2040.",
        "Grain exports rose by a fifth in March. (The figures for April are due next week.)",
        "He spoke to the agency by telephone. “We were supplied with nothing,” he said.",
    ],
)
def test_a_paragraph_that_resembles_a_caption_stays(paragraph: str) -> None:
    assert found(*BODY[:2], paragraph, *BODY[2:]) == {}
    assert passages(*BODY[:2], paragraph, *BODY[2:])[paragraph].kept


def test_one_source_in_brackets_says_nothing_and_two_are_captions() -> None:
    one = "The bridge at Selm has been closed for ten years. (Courier)"
    other = "Lorries wait near the crossing at Selm. (Courier)"
    assert found(*BODY, one) == {}
    assert found(BODY[0], one, *BODY[1:], other) == {1: "caption", len(BODY) + 1: "caption"}


def test_a_pull_quote_goes_and_its_paragraph_stays() -> None:
    quote = "“We have waited ten years for this bridge, and we shall not wait another winter”"
    seen = passages(*BODY[:1], quote, *BODY[1:])
    assert (seen[quote].kept, seen[quote].reason) == (False, "pull quote")
    assert seen[BODY[2]].kept


def test_a_song_is_not_made_of_pull_quotes() -> None:
    refrain = "“Oh bridge of Selm, oh bridge of stone, the river runs and you stand alone”"
    assert found(*(line for verse in BODY for line in (verse, refrain))) == {}


def test_a_headline_in_capitals_goes_from_a_report() -> None:
    headline = "VIDEO SHOWS HAULIERS STRANDED FOR DAYS AT FROZEN CROSSING"
    seen = passages(*BODY[:3], headline, *BODY[3:])
    assert (seen[headline].kept, seen[headline].reason) == (False, "related headline")


def test_headings_in_capitals_stay_in_a_treaty() -> None:
    heading = "OBLIGATIONS OF THE PARTIES WITH REGARD TO THE CROSSING AT SELM"
    treaty = (
        "The Parties have agreed on the following provisions, which bind them from the day of their publication.",
        heading,
        "Each Party shall keep its half of the bridge in good repair and shall bear the cost of doing so.",
        "Each Party shall admit the vehicles of the other Party on the terms that apply to its own vehicles.",
        "Neither Party shall levy a charge on persons who cross the bridge on foot or by bicycle.",
    )
    assert passages(*treaty)[heading].kept


@pytest.mark.parametrize(
    "caption",
    [
        "So könnte die Brücke von Selm im Herbst einmal aussehen. © Hafenamt | Kovel",
        "Die Ministerin beim Rundgang über die Baustelle. Foto: Mara Linde",
        "Legende: Die Fähre legt zum letzten Mal am Kai von Selm ab, am Montagabend.",
        "Le ministre à son arrivée au port de Selm, lundi. Crédit : Jon Ress",
        "Verhandlungen im Hafen von Selm in der Nacht zum Dienstag. IMAGO / Courier Pool",
    ],
)
def test_caption_of_another_language_is_known_by_its_credit(caption: str) -> None:
    assert found(caption) == {0: "caption"}


@pytest.mark.parametrize(
    "paragraph",
    [
        "Das Foto: ein Beweis, sagt die Ministerin. Der Anwalt bestreitet das und will es dem Gericht vorlegen.",
        "Sie schrieb in der Zeitung, das Bild der Brücke habe sie nie gesehen, und sie wolle es auch nicht.",
    ],
)
def test_paragraph_about_a_picture_is_no_caption(paragraph: str) -> None:
    assert found(paragraph) == {}


def test_words_of_somebody_in_the_story_head_a_part_of_it() -> None:
    heading = "‘It felt as if the whole river had stopped to look at us’"
    seen = passages(*BODY[:3], heading, *BODY[3:])
    assert all(seen[line].kept for line in (*BODY, heading))


def test_of_a_line_said_twice_in_a_row_the_first_is_a_teaser() -> None:
    assert found(BODY[0], *BODY) == {0: "repeated line"}


def test_a_line_that_the_one_beside_it_goes_on_with_is_a_repeated_line() -> None:
    caption = "The old bridge over the river at Selm, closed since the war."
    credited = caption + " Anna Kovel for the Courier"
    assert found(*BODY[:2], credited, caption, *BODY[2:]).get(3) == "repeated line"
    assert found(*BODY[:2], caption, credited, *BODY[2:]).get(2) == "repeated line"


def test_a_short_line_may_be_said_twice() -> None:
    assert found(*BODY[:2], "Open the bridge!", "Open the bridge!", *BODY[2:]) == {}


def test_what_opens_a_caption_begins_with_a_letter_that_is_asked_first() -> None:
    openings = (asides._SURELY_OPENS.pattern, asides._NAMED_CAPTION.pattern, asides._OPENS_CAPTION.pattern)
    assert {head[0] for head in beginnings.of(openings).heads} <= asides._FIRST_OF_CAPTIONS
