"""Posts, lines about the author and appeals to the reader go, with their reason; what only resembles them stays. All
countries, people, outlets invented."""

from __future__ import annotations

import pytest

from store.text import notes
from store.text.clean import clean
from store.text.lines import Line
from store.text.measured import measure
from tests.store.crossing import BODY


def found(*lines: str) -> dict[int, str]:
    return notes.found([Line(line, gap=True) for line in lines], [measure(line).note for line in lines])


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("The bridge at Selm opens today! pic.twitter.com/xk3Lm91", "post"),
        ("— Karna Lund (@karnalund) March 3, 2031", "post"),
        ("If you value our work, consider supporting us with a small sum.", "appeal to the reader"),
        ("Sign up for our evening newsletter and read the day in five minutes.", "appeal to the reader"),
        ("Follow the Selm Courier on Facebook for more.", "appeal to the reader"),
        ("We rely on donations from readers to keep five reporters on the river.", "appeal to the reader"),
        ("The best of the week, delivered straight to your inbox.", "appeal to the reader"),
        ("This cookie is used to remember which language a visitor chose.", "notice of the site"),
        ("We and our 40 partners store and read cookies on this device.", "notice of the site"),
        ("By posting a comment you agree to the rules of the house.", "notice of the site"),
        ("WATCH | The bridge at Selm opens to the first lorries", "related headline"),
        ("You might also like: Ten bridges that were never built", "related headline"),
        ("👉 Read more about the ferry in our weekend pages.", "related headline"),
        (">> Learn more about the river commission", "related headline"),
        ("Article content", "label between paragraphs"),
    ],
)
def test_a_note_between_paragraphs_is_found_and_dropped(note: str, why: str) -> None:
    assert found(*BODY[:2], note, *BODY[2:]) == {2: why}
    kept = [p.text for p in clean("\n\n".join([*BODY[:2], note, *BODY[2:]])).passages if p.kept]
    assert kept == list(BODY)


AUTHOR = "Anna Kovel is a senior foreign affairs correspondent for the Selm Courier."


def test_the_author_is_told_of_at_the_end() -> None:
    assert found(*BODY, AUTHOR) == {len(BODY): "about the author"}


@pytest.mark.parametrize(
    "paragraph",
    [
        "He said he would follow the treaty to the letter, and asked parliament to support it.",
        "Subscribers to the fund, he said, had been told of the newsletter in March.",
        "The union, which depends on donations, has sent its journalists to the crossing.",
        "Minister Ilko Marren, once a reporter, wrote the speech himself.",
        "Clinics on both banks rely on donors abroad, and on the readers of two newspapers.",
        "The regulator said these cookies are set before anybody has consented to them.",
        "The commission opened the official website of the crossing on Monday.",
        "👉 In the north, for instance, the customs posts will be manned by both countries.",
    ],
)
def test_a_paragraph_that_resembles_a_note_stays(paragraph: str) -> None:
    assert found(*BODY[:2], paragraph, *BODY[2:]) == {}


def test_a_writer_further_up_is_somebody_in_the_story() -> None:
    assert found(AUTHOR, *BODY) == {}
