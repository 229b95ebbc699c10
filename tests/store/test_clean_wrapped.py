"""Texts broken into short lines become paragraphs again before they are judged. All names invented."""

from __future__ import annotations

import textwrap

import pytest

from store.model import Kind
from store.text.clean import clean
from store.text.lines import split

RAGGED = (
    "ENVOYS REACH SELM",
    "Envoys from Vardania and Ostravia reached the port of Selm on Monday, the",
    "foreign ministry of Vardania said, and will meet the harbour mas-",
    "ter before they sail to the island where the well-",
    "known treaty was signed. Nobody spoke to reporters on the quay.",
    "The two sides last met nine years ago, when they drew a line through the",
    "strait and promised that ferries would cross it, which they never",
    "did.",
)


def test_sentences_broken_anywhere_are_joined() -> None:
    assert [line.text for line in split("\n".join(RAGGED))] == [
        "ENVOYS REACH SELM",
        "Envoys from Vardania and Ostravia reached the port of Selm on Monday, the foreign ministry of Vardania said,"
        " and will meet the harbour master before they sail to the island where the well-known treaty was signed."
        " Nobody spoke to reporters on the quay.",
        "The two sides last met nine years ago, when they drew a line through the strait and promised that ferries"
        " would cross it, which they never did.",
    ]


def test_wrapped_text_loses_no_body() -> None:
    passages = clean("\n".join(RAGGED)).passages
    assert [p.kind for p in passages] == [Kind.DROPPED, Kind.BODY, Kind.BODY]
    assert passages[0].reason == "title"


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        (("Die Karte hing beim Außenminis-", "terium in Selm."), "Die Karte hing beim Außenministerium in Selm."),
        (("Er las die Nord-", "see-Zeitung."), "Er las die Nordsee-Zeitung."),
        (("Die Ein-", "und Ausfuhr ruht."), "Die Ein- und Ausfuhr ruht."),
        (("They met face-", "to-face."), "They met face-to-face."),
        (("The self-", "appointed envoy left."), "The self-appointed envoy left."),
    ],
)
def test_hyphens_at_line_ends(broken: tuple[str, str], joined: str) -> None:
    text = "\n".join((*RAGGED, "", *broken))
    assert split(text)[-1].text == joined


def test_list_of_names_is_not_joined() -> None:
    names = ["Anna Kovel, minister of ports", "Bertil Oss, captain", "Karna Lund", "the grain trust", "the state bank"]
    assert [line.text for line in split("\n".join(names))] == names


def test_indented_paragraphs_stay_apart() -> None:
    text = (
        "   Envoys from Vardania and Ostravia reached the port of Selm on Monday,\n"
        "the foreign ministry of Vardania said, and will meet there before they\n"
        "sail to the island where the treaty on the strait was signed last May.\n"
        "   Nobody spoke to reporters on the quay, where a band had waited since\n"
        "dawn and played the anthems of both countries in the rain until dark,\n"
        "and then went home."
    )
    assert [line.text.split()[0] for line in split(text)] == ["Envoys", "Nobody"]


@pytest.mark.parametrize("width", [60, 66, 72, 80])
def test_paragraph_that_fills_its_last_line_ends_there_where_sentences_mostly_end_paragraphs(width: int) -> None:
    told = "The envoy of Ambrel spoke for an hour about the ferry, the nets and the light on the eastern rock"
    paragraphs = [f"{told}{word}." for word in ("", ", we hear", " again", ", at length", " and more", ", twice")]
    ends = (f"{told}{' and so on' * times}{'!' * marks}." for times in range(1, 30) for marks in range(3))
    paragraphs.insert(2, next(text for text in ends if len(textwrap.wrap(text, width)[-1]) > width - 3))
    wrapped = "\n".join(line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width))
    assert [line.text for line in split(wrapped)] == paragraphs


def test_wrapped_paragraph_of_several_sentences_stays_whole() -> None:
    paragraph = " ".join(f"The clerk read name {number} to the house, and nobody answered." for number in range(15))
    for width in range(60, 81):
        assert [line.text for line in split("\n".join(textwrap.wrap(paragraph, width)))] == [paragraph], width
