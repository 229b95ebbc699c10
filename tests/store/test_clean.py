"""Which lines stay, which go and why. All countries, people and outlets are invented."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.model import Kind
from store.text.clean import Cleaned, clean, line_key
from store.text.lines import split
from store.text.prose import is_prose

LEAD = (
    "Vardanian Foreign Minister Ilko Marren said on Monday that his country was ready to reopen its border "
    "with Ostravia, closed since the customs dispute of last autumn."
)
SECOND = (
    "Speaking after four hours of talks in the port of Selm, Marren said both delegations had agreed to set up a joint "
    "commission that will meet every second week."
)
THIRD = (
    "Ostravian officials were more careful. A deputy minister told reporters that the text still had to be read by the "
    "parliament, where the government has a majority of two seats."
)
FOURTH = (
    "Trade between the two neighbours fell by a third after the crossing was closed, according to the statistics "
    "office in Vardograd, and hauliers have asked for compensation."
)
BODY = (LEAD, SECOND, THIRD, FOURTH)


def dropped(cleaned: Cleaned) -> dict[str, str]:
    return {p.text: p.reason for p in cleaned.passages if not p.kept}


def kept(cleaned: Cleaned) -> list[str]:
    return [p.text for p in cleaned.passages if p.kept]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_clean_body_loses_nothing(gap: str) -> None:
    assert kept(clean(gap.join(BODY))) == list(BODY)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("3 min read", "reading time"),
        ("Время чтения: 4 мин", "reading time"),
        ("Share this article on Facebook", "share prompt"),
        ("Поделиться в Телеграм", "share prompt"),
        ("Leave a comment", "comment prompt"),
        ("Sign up to our daily newsletter", "newsletter"),
        ("© 2031 Selm Courier. All rights reserved.", "copyright"),
        ("(With inputs from agencies)", "agency line"),
        ("Photo: Ministry of Transport / Handout", "caption"),
        ("By Anna Kovel and Jon Ress in Selm", "byline"),
        ("Updated 3 hours ago", "date line"),
        ("12.04.2031 14:07", "date line"),
        ("Advertisement", "advertisement"),
        ("Haberi paylaş", "share prompt"),
        ("جميع الحقوق محفوظة", "copyright"),
    ],
)
def test_a_line_of_furniture_between_paragraphs_goes_with_its_reason(line: str, reason: str) -> None:
    cleaned = clean("\n\n".join((LEAD, SECOND, line, THIRD, FOURTH)))
    assert kept(cleaned) == list(BODY)
    assert dropped(cleaned)[line].startswith(reason)


def test_every_line_keeps_its_place() -> None:
    text = [
        "5 min read",
        "Vardania ready to reopen border with Ostravia",
        *BODY,
        "Read next",
        "Fish prices fall in Selm",
    ]
    assert [p.text for p in clean("\n".join(text)).passages] == text


def test_a_block_of_teasers_after_the_article_goes_to_its_end() -> None:
    teaser = "Fishermen in the port of Selm unloaded a third more herring than a year ago, and prices followed."
    cleaned = clean("\n".join((*BODY, "Don't Miss", "Herring season opens", teaser, "Ferry strike ends", teaser[::-1])))
    assert kept(cleaned) == list(BODY)
    assert dropped(cleaned)["Herring season opens"] == "after the article: Don't Miss"


def test_a_block_of_links_between_paragraphs_does_not_swallow_the_rest() -> None:
    cleaned = clean("\n\n".join((LEAD, "Read also", "Fish prices fall in Selm again", SECOND, THIRD, FOURTH)))
    assert kept(cleaned) == list(BODY)


def test_a_standfirst_that_the_body_repeats_is_set_apart() -> None:
    standfirst = (
        "Marren said both delegations had agreed to set up a joint commission that will meet every second week."
    )
    cleaned = clean("\n\n".join(("Vardania ready to reopen border with Ostravia", standfirst, *BODY)))
    assert [p.text for p in cleaned.passages if p.kind is Kind.STANDFIRST] == [standfirst]
    assert kept(cleaned) == list(BODY)


def test_a_text_that_stands_there_twice_loses_no_paragraph_as_a_standfirst() -> None:
    paragraphs = [f"{p} That was on day {n} of the talks." for n, p in enumerate(BODY * 2)]
    cleaned = clean("\n\n".join(paragraphs * 2))
    assert not [p for p in cleaned.passages if p.kind is Kind.STANDFIRST]


def test_a_subheading_stays_and_is_called_one() -> None:
    cleaned = clean("\n\n".join((LEAD, SECOND, "Hauliers wait", THIRD, FOURTH)))
    assert [p.text for p in cleaned.passages if p.kind is Kind.SUBHEADING] == ["Hauliers wait"]


@pytest.mark.parametrize(
    "above",
    [
        ("Talks open",),
        ("Border reopens", "By Anna Kovel"),
        ("Граница открыта",),
        ("Home", "Advertisement", "Talks open", "May 3, 2031"),
        ("Marren: no",),
    ],
)
@pytest.mark.parametrize("count", [1, 4])
def test_two_words_above_the_text_are_its_title(above: tuple[str, ...], count: int) -> None:
    cleaned = clean("\n\n".join((*above, f"SELM, May 3 (Vantel) -- {LEAD}", *BODY[1:count])))
    assert cleaned.title == next(line for line in above if line.split()[0] in ("Talks", "Border", "Граница", "Marren:"))
    assert kept(cleaned) == list(BODY[:count])


@pytest.mark.parametrize(
    "line", ["Read next", "Anna Kovel", "Selm Courier", "May 3, 2031", "Middle East", "Advertisement", "Talks open."]
)
def test_two_words_that_are_no_headline_are_no_title(line: str) -> None:
    assert clean("\n\n".join((line, *BODY))).title is None


def test_a_headline_above_two_words_is_the_title() -> None:
    title = "Vardania ready to reopen border with Ostravia"
    assert clean("\n\n".join((title, "Talks open", *BODY))).title == title


def test_a_dateline_is_cut_off_and_kept_apart() -> None:
    cleaned = clean("\n".join((f"SELM, Vardania, May 3 (Vantel) -- {LEAD}", SECOND, THIRD, FOURTH)))
    assert kept(cleaned) == list(BODY)
    assert dropped(cleaned) == {"SELM, Vardania, May 3 (Vantel) --": "dateline"}


def test_a_text_of_nothing_but_furniture_is_kept_whole() -> None:
    assert kept(clean("3 min read\nShare\nLeave a comment")) == ["3 min read", "Share", "Leave a comment"]


def test_an_empty_text_has_no_passages() -> None:
    assert clean(" \n\t\n").passages == ()


HARD = {
    "interview": [
        "Q: Will the border open this year?",
        "A: That is our hope, and we have put it in writing.",
        "Q: Who pays?",
        "A: Both sides, in equal parts.",
        "Q: And if the parliament says no?",
        "A: Then we shall talk again, as neighbours do.",
    ],
    "communique": [
        "The ministers of Vardania and Ostravia, meeting in Selm, have agreed as follows:",
        "1. The crossing at Old Bridge shall be opened to goods on the first of June.",
        "2. A joint commission shall meet every second week.",
        "3. Either side may withdraw with sixty days' notice.",
        "4. This communique takes effect on the day of its signature.",
    ],
    "verse": [
        "The river keeps no books of who has crossed,",
        "nor does the bridge remember every name;",
        "the toll was paid, the toll was lent or lost,",
        "and still the water goes the way it came.",
    ],
}


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_is_not_in_paragraphs_keeps_its_lines(name: str, gap: str) -> None:
    assert kept(clean(gap.join(HARD[name]))) == HARD[name]


def test_a_list_of_sanctions_keeps_its_entries() -> None:
    entries = [
        f"{n}. {name}, born in Selm, deputy head of the customs service"
        for n, name in enumerate(("Oss", "Lund", "Tarr"), 1)
    ]
    assert kept(clean("\n".join((LEAD, "The list names:", *entries, FOURTH)))) == [
        LEAD,
        "The list names:",
        *entries,
        FOURTH,
    ]


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


@pytest.mark.parametrize("width", [60, 68, 72, 80])
def test_hard_wrapped_paragraphs_are_joined_again(width: int) -> None:
    assert [line.text for line in split("\n\n".join(wrapped(p, width) for p in BODY))] == list(BODY)


@pytest.mark.parametrize("width", [68, 72, 80])
def test_hard_wrapped_paragraphs_need_no_blank_line_between_them(width: int) -> None:
    assert [line.text for line in split("\n".join(wrapped(p, width) for p in BODY))] == list(BODY)


HYPHENATED = """The border commission has now met for the third time to con-
sider the draft that its secretaries had brought home from
the capital. A self-
imposed silence lies over the talks, and neither delegation
has said when the next round of them will be held, or where,
or who is going to sit at the head of the table this summer.
"""


def test_a_word_broken_at_the_line_end_is_joined_and_a_compound_keeps_its_hyphen() -> None:
    text = " ".join(line.text for line in split(HYPHENATED))
    assert "to consider the draft" in text
    assert "self-imposed" in text or "self- imposed" in text


def test_one_endless_line_becomes_paragraphs_of_the_same_words() -> None:
    text = " ".join(BODY * 4)
    lines = [line.text for line in split(text)]
    assert len(lines) > 3
    assert " ".join(lines) == text


FURNITURE = [
    "3 min read",
    "Share",
    "Read next",
    "Related stories",
    "Fish prices fall in Selm",
    "Herring season opens early",
    "By Anna Kovel",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*BODY, *FURNITURE, *HARD["interview"], "Hauliers wait", "April 3, 2031"]), max_size=14)
)
def test_cleaning_twice_changes_nothing(lines: list[str]) -> None:
    once = kept(clean("\n\n".join(lines)))
    assert kept(clean("\n\n".join(once))) == once


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\n\n\n .-"), max_size=400))
def test_any_text_keeps_all_its_words_and_some_body(text: str) -> None:
    cleaned = clean(text)
    passages = "".join(p.text for p in cleaned.passages)
    assert "".join(passages.split()).replace("-", "") == "".join(text.split()).replace("-", "")
    assert bool(kept(cleaned)) == bool(text.strip())


MOTTO = "Selm Courier, the paper of the port since the year of the great flood."


def test_a_line_known_as_furniture_of_its_outlet_goes_with_that_reason() -> None:
    known = {line_key(MOTTO): "seen in 4 stories of Selm Courier"}
    assert MOTTO in kept(clean("\n\n".join((LEAD, SECOND, MOTTO, THIRD, FOURTH))))
    cleaned = clean("\n\n".join((LEAD, SECOND, MOTTO.upper(), THIRD, FOURTH)), known=known)
    assert kept(cleaned) == list(BODY)
    assert dropped(cleaned) == {MOTTO.upper(): "seen in 4 stories of Selm Courier"}


def test_a_known_line_goes_wherever_it_stands_in_an_endless_text() -> None:
    known_line, wanted = "Support the Selm Courier with two crowns.", "Our thanks to all readers of the Courier."
    text = "\n".join([*(f"The clerk read name {i} to the house." for i in range(7000)), known_line, wanted, "The end."])
    known = dict.fromkeys(map(line_key, (known_line, wanted)), "in 9 stories of this outlet")
    passages = clean(text, known=known, keep={line_key(wanted)}).passages
    assert [(p.text, p.reason) for p in passages[6990:] if not p.kept] == [(known_line, "in 9 stories of this outlet")]


@pytest.mark.parametrize("line", ["3 min read", "By Anna Kovel", "Share this article on Facebook", MOTTO])
def test_a_line_that_the_reader_keeps_stays_whatever_is_known_of_it(line: str) -> None:
    keep = {line_key(line)}
    cleaned = clean("\n\n".join((LEAD, SECOND, line, THIRD, FOURTH)), known={line_key(line): "known"}, keep=keep)
    assert kept(cleaned) == [LEAD, SECOND, line, THIRD, FOURTH]


def test_a_standfirst_and_a_dateline_that_the_reader_keeps_stay() -> None:
    standfirst = "Both delegations had agreed to set up a joint commission that will meet every second week."
    opening = f"SELM, May 3 (Vantel) -- {LEAD}"
    text = "\n\n".join(("Vardania ready to reopen border", standfirst, opening, *BODY[1:]))
    keep = {line_key(standfirst), line_key("SELM, May 3 (Vantel) --")}
    cleaned = clean(text, keep=keep)
    assert kept(cleaned) == [standfirst, opening, *BODY[1:]]
    assert cleaned.dateline is None or cleaned.dateline.place == "Selm"


def test_a_title_that_the_reader_keeps_is_still_the_title() -> None:
    title = "Vardania ready to reopen border with Ostravia"
    cleaned = clean("\n\n".join((title, *BODY)), keep=[line_key(title)])
    assert kept(cleaned) == [title, *BODY]
    assert cleaned.title == title


def test_labels_are_the_same_whatever_their_numbers_and_sentences_are_not() -> None:
    assert line_key("12  Comments") == line_key("3 comments")
    assert line_key("1,204.5 points") == line_key("7 points")
    assert line_key("The index fell by 3 points on Monday.") != line_key("The index fell by 4 points on Monday.")


def test_sentences_of_a_script_without_spaces_are_prose() -> None:
    assert is_prose("外務大臣は月曜日、国境を再び開く用意があると述べた。")
    assert not is_prose("国境再開")


@pytest.mark.parametrize("count", [5_000, 40_000])
def test_a_text_longer_than_any_page_keeps_its_lines_in_their_places(count: int) -> None:
    lines = [
        f"Entry {n} of the register was read out in the house on Monday, as the law demands." for n in range(count)
    ]
    cleaned = clean("\n".join(("Leave a comment", *lines)))
    assert [p.text for p in cleaned.passages] == ["Leave a comment", *lines]
    assert kept(cleaned) == lines


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("above", [(), ("Vardania ready to reopen border with Ostravia",)])
def test_the_first_of_hard_wrapped_paragraphs_is_no_standfirst(above: tuple[str, ...], gap: str) -> None:
    cleaned = clean(gap.join((*above, *(wrapped(p, 72) for p in BODY))))
    assert not [p for p in cleaned.passages if p.kind is Kind.STANDFIRST]
    assert " ".join(kept(cleaned)) == " ".join(BODY)


def test_every_reason_is_said_in_plain_words() -> None:
    page = ("Home", "5 min read", "Vardania ready to reopen border", "By Anna Kovel", "May 3, 2031", *BODY, *FURNITURE)
    reasons = [p.reason for p in clean("\n\n".join(page)).passages if not p.kept]
    assert len(reasons) >= len(page) - len(BODY) - 1
    assert all(reason and re.fullmatch(r"[a-z][^_{}\[\]<>=]*", reason) for reason in reasons)
