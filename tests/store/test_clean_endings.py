"""Who wrote an article and how it was made is told below it and dropped there; people of the story stay. All countries,
people, outlets invented."""

from __future__ import annotations

import pytest

from store.text import endings
from store.text.clean import clean
from store.text.lines import Line
from tests.store.crossing import BODY

AUTHOR = "Anna Kovel is a freelance writer who has covered the river countries for ten years. She lives in Selm."


def around(*lines: str) -> dict[int, str]:
    return dict(endings.around([Line(line, gap=True) for line in lines], [True] * len(lines)))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (AUTHOR, "about the author"),
        ("I'm Anna, a writer with years of experience in covering rivers.", "about the author"),
        ("The Courier Foreign Desk is a team of journalists passionate about the north.", "about the author"),
        ("This article was amended on 3 March 2031. It had named another minister.", "about this article"),
        ("This story is licensed under a Creative Commons licence.", "about this article"),
        ("Contact the desk at desk@courier.example", "about this article"),
        ("Kovel reported from Selm. Ilko Marren in Vard contributed to this report.", "about this article"),
    ],
)
def test_what_stands_below_an_article_is_named_and_dropped(line: str, why: str) -> None:
    assert around(*BODY, line) == {len(BODY): why}
    assert [p.text for p in clean("\n\n".join([*BODY, line])).passages if p.kept] == list(BODY)


def test_the_author_may_stand_above_and_a_correction_may_not() -> None:
    assert around(AUTHOR, *BODY) == {0: "about the author"}
    assert around("This article was amended on 3 March 2031.", *BODY) == {}


def test_other_lines_may_follow_on_the_author() -> None:
    assert around(*BODY, AUTHOR, "The bridge is painted green.", "Printed in Selm.") == {len(BODY): "about the author"}


def test_in_the_middle_they_are_the_story() -> None:
    assert around(BODY[0], BODY[1], AUTHOR, *BODY[2:]) == {}


def test_whom_the_story_names_did_not_write_it() -> None:
    mayor = "Karna Lund is a former journalist and the author of two books, and has worked for the Selm Courier."
    assert around(*BODY, mayor) == {}


def test_a_byline_names_the_author_too() -> None:
    assert around("By Anna Kovel", *BODY, AUTHOR) == {len(BODY) + 1: "about the author"}


@pytest.mark.parametrize(
    "line",
    [
        "Contact with the ferry was lost at 3 pm, the coast guard said.",
        "The report was published by the commission and has been translated into both languages.",
        "Both countries have competing interests in the north, and no competing interests in the south.",
        "The northern villages can be reached at low tide only.",
        "Ilko Marren is the editor of the Vard Herald.",
        "Ilko Marren is currently head of the river commission.",
        "The Team is to meet again in Selm, and is based in Vard.",
        "When Rena Halpas was a reporter she covered the war for the Courier.",
    ],
)
def test_news_that_resembles_an_ending_stays(line: str) -> None:
    assert around(*BODY, line) == {}


def test_a_line_of_a_megabyte_is_no_ending() -> None:
    assert around(*BODY, AUTHOR + " word" * 200_000) == {}
