"""Heads that were misread once: dates that are not the story's, and bylines and signs that were
missed. All places, people and outlets are invented."""

from __future__ import annotations

import pytest

from store.model import Head, Raw, StoryId
from store.text import credit
from store.text.story import read

ID = StoryId("one")
TITLE = "Vardania ready to reopen border with Ostravia"
BODY = (
    "Vardanian Foreign Minister Ilko Marren said on Monday that his country would reopen its border with Ostravia.",
    "Speaking after four hours of talks, Marren said both delegations had agreed to set up a commission of engineers.",
    "Ostravian officials were more careful and said that the text still had to be read by the parliament in Ostra.",
)


def head(*above: str, before: str = "", below: tuple[str, ...] = ()) -> Head:
    lines = [TITLE, *above, before + BODY[0], *BODY[1:], *below]
    return read(Raw("\n\n".join(lines)), StoryId("s")).head


@pytest.mark.parametrize(
    "line", ["Established 4 July 1931", "Founded 4 July 1931", "Today's date: Sunday, 4 July 2032", "Since 4 July 1931"]
)
def test_a_paper_s_own_dates_are_not_the_story_s(line: str) -> None:
    found = head(line)
    assert (found.published, found.place) == (None, None)
    assert head(line, "12 April 2031").published == "2031-04-12"


def test_a_date_that_says_it_is_of_publication_goes_before_one_above_it() -> None:
    assert head("Sunday, 4 July 2032", "Published 12 April 2031").published == "2031-04-12"


def test_a_label_below_the_text_does_not_outdo_the_date_above_it() -> None:
    found = head("12 April 2031", below=("Published 3 March 2030",))
    assert found.published == "2031-04-12"


@pytest.mark.parametrize(
    "dates", [("12 March 2029", "4 May 2030", "1 June 2031"), ("1 June 2031", "2 May 2031", "1 May 2031")]
)
def test_the_dates_of_a_chronicle_s_entries_are_not_the_story_s(dates: tuple[str, ...]) -> None:
    entries = [text for day, said in zip(dates, BODY, strict=True) for text in (day, said)]
    text = "\n\n".join([TITLE, "Marren and his Ostravian counterpart have met eleven times since 2029.", *entries])
    assert read(Raw(text), StoryId("s")).head.published is None
    dated = "\n\n".join([TITLE, "Published 2 June 2031", "The two sides have met eleven times since 2029.", *entries])
    assert read(Raw(dated), StoryId("s")).head.published == "2031-06-02"


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Publié le : 12/04/2031 - 14:07", "2031-04-12T14:07"),
        ("Publicado: 03/04/2031", "2031-04-03"),
        ("Posted on: 03/04/2031", None),
        ("03/04/2031", None),
        ("23/04/2031", "2031-04-23"),
        ("12 kwietnia 2031", "2031-04-12"),
        ("12 listopada 2031", "2031-11-12"),
        ("12. listopada 2031", None),
        ("Le 1er mai 2031 à 9 h 05", "2031-05-01T09:05"),
    ],
)
def test_a_date_line_is_read_as_its_language_writes_it(line: str, iso: str | None) -> None:
    found = head(line)
    assert (found.title, found.published) == (TITLE, iso)


@pytest.mark.parametrize(
    ("line", "byline", "place"),
    [
        ("Par Jeanne Mottier à Selm", "Jeanne Mottier", "Selm"),
        ("Mara Olten, Diplomatic Editor", "Mara Olten", None),
        ("Mara Olten, Senior Staff Writer", "Mara Olten", None),
    ],
)
def test_a_byline_with_a_place_or_an_office_is_read(line: str, byline: str, place: str | None) -> None:
    found = head(line, "12 April 2031")
    assert (found.byline, found.place, found.standfirst) == (byline, place, None)


@pytest.mark.parametrize(
    ("before", "place"),
    [("(VNA) Selm - ", "Selm"), ("SELM, Tuesday (VNA) - ", "Selm"), ("SELM, Vardania (VNA) - ", "Selm, Vardania")],
)
def test_a_sign_before_the_place_and_a_weekday_behind_it_leave_the_place(before: str, place: str) -> None:
    found = head(before=before)
    assert (found.place, found.agency) == (place, "VNA")


def test_a_land_in_brackets_stands_before_a_day_too() -> None:
    found = head(before="Selm (Vardania), 12 April 2031 - ")
    assert (found.place, found.published) == ("Selm, Vardania", "2031-04-12")


def test_words_in_brackets_before_a_dash_are_no_dateline() -> None:
    opening = (
        "(Correction) Marren - not his deputy - said on Monday that the border with Ostravia would be opened soon."
    )
    story = read(Raw("\n\n".join([TITLE, opening, *BODY[1:]])), StoryId("s"))
    assert story.body[0] == opening


def test_a_whole_date_goes_before_the_weekday_of_a_dateline() -> None:
    found = head("Updated 10 April 2031", before="SELM, Tuesday (VNA) - ")
    assert (found.place, found.published) == ("Selm", "2031-04-10")


def test_a_wire_s_full_name_is_no_outlet() -> None:
    found = head("Press Trust of India | Apr 12, 2031, 14:07")
    assert (found.agency, found.outlet) == ("Press Trust of India", None)


@pytest.mark.parametrize(
    ("line", "byline", "wire"),
    [
        ("Par Lan Nguyen (avec VNA)", "Lan Nguyen", "VNA"),
        ("Par Jean Dubreuil (avec AFP)", "Jean Dubreuil", "AFP"),
        ("Von Anna Kovel (mit dpa)", "Anna Kovel", "dpa"),
    ],
)
def test_byline_with_a_wire_in_brackets_is_no_standfirst(line: str, byline: str, wire: str) -> None:
    found = head(line)
    assert (found.standfirst, found.byline, found.agency) == (None, byline, wire)


def test_a_warning_in_capitals_is_no_dateline() -> None:
    assert head(before="WARNING GRAPHIC DETAIL: ").place is None
    assert head(before="SELM: ").place == "Selm"


@pytest.mark.parametrize("cell", ["-3.4%", "2.1 %", "3,210", "$12.50", "+7 | 2"])
def test_a_row_of_figures_is_no_date_line(cell: str) -> None:
    assert credit.read(f"3 May 2031 | {cell}") is None
    assert head(f"3 May 2031 | {cell}").published is None


@pytest.mark.parametrize("cell", ["14:07", "3 min read", "12 Comments", "5"])
def test_a_date_line_may_have_numbers_beside_its_date(cell: str) -> None:
    found = credit.read(f"3 May 2031 | {cell}")
    assert found is not None and (found.published or "").startswith("2031-05-03")


@pytest.mark.parametrize("button", ["FOLLOW US ON", "Live Reporting", "Share With Friends"])
def test_a_button_beside_the_date_is_no_byline(button: str) -> None:
    assert head("By Our Correspondent", "Mar 21, 2025, 06:15 PM IST", button).byline is None


QUESTIONS = (
    "Who pays for the bridge?",
    "That is written in annex four, and annex four of the text on the bridge is empty.",
    "And when will it open?",
    "When the paint is dry, which in this weather may take all of the spring.",
    "Are you tired of the bridge?",
    "I have been tired of it since 2011, and I do not expect this to change soon.",
)


def test_the_first_question_of_an_interview_is_no_title() -> None:
    said, who = "'We did not come to sign'", "The chief negotiator of Vardania on the bridge"
    read_ = read(
        Raw("\n".join((said, who, "12.04.2025 14:07 MSK", "Why does the bridge take so long?", *QUESTIONS))), ID
    )
    assert read_.head.title == said
    assert "Why does the bridge take so long?" in read_.paragraphs


def test_a_title_that_asks_stays_the_title_of_a_text_that_asks() -> None:
    lines = ("Why does the bridge take so long?", "By Anna Kovel", "12.04.2025 14:07 MSK", *QUESTIONS)
    assert read(Raw("\n".join(lines)), ID).head.title == lines[0]


def test_breaking_news_over_the_title_heads_no_links() -> None:
    lines = ("Menu", "BREAKING NEWS", TITLE, "LIVE", "3 May 2025", *BODY)
    assert read(Raw("\n".join(lines)), ID).head.title == TITLE
