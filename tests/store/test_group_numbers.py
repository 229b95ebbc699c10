"""Numbers whose thousands stand apart are one number, and neighbours stay two."""

from __future__ import annotations

import pytest

from store.group import shared, traits, vectors
from store.model import Head, Passage, Story, StoryId


def read(text: str, language: str, name: str = "a") -> traits.Traits:
    return traits.read(Story(StoryId(name), Head("", title_made=True, language=language), (Passage(text),)))


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Морвана вывезла 41_000 тонн.", "ru"),
        ("La Morvanie exporte 41_000 tonnes.", "fr"),
        ("Morvania ships 41_000 tonnes.", "en"),
        ("Morwanien liefert 41_000 Tonnen.", "de"),
    ],
)
def test_thousands_apart_are_one_number(text: str, language: str, space: str) -> None:
    story = read(text.replace("_", space), language)
    assert [key.split(" ")[0] for key in story.numbers] == ["41,000"]
    assert story.terms["41,000"] == 1
    assert story.figures == {"41,000"}
    assert "000" not in story.terms


@pytest.mark.parametrize(
    ("text", "language", "counted"),
    [
        ("Elle vend 36 500 tonnes et 12 345 678,5 couronnes.", "fr", {"36,500", "12,345,678.5"}),
        ("Er zahlt 41.000 Kronen.", "de", {"41,000"}),
        ("It pays 41,000 crowns.", "en", {"41,000"}),
        ("It pays 41.000 crowns.", "en", {"41.000"}),
        ("In 2024 300 people left.", "en", {"300"}),
        ("En 2024 300 personnes sont parties.", "fr", {"300"}),
        ("On May 12 300 people met.", "en", {"300"}),
        ("Am Tag 12 300 Menschen.", "de", {"300"}),
        ("Le A320 200 mètres, l'accord-19 300 pages.", "fr", {"200", "300"}),
        ("Les lots 12 345 67 890 tonnes.", "fr", {"890"}),
        ("Il donne 3,5 100 couronnes.", "fr", {"100"}),
    ],
)
def test_only_what_is_surely_one_number_is_joined(text: str, language: str, counted: set[str]) -> None:
    assert {key.split(" ")[0] for key in read(text, language).numbers} == counted


def test_what_two_stories_count_is_told_whole() -> None:
    mine, theirs = read("Она продаёт 41 000 тонн.", "ru"), read("Ей дали 41\u00a0000 тонн.", "ru", "b")
    found = shared.between(mine, theirs, vectors.build([mine.terms, theirs.terms]))
    assert [one.text for one in found if one.kind == "number"] == ["41 000 тонн"]
    assert "both count 41 000 тонн" in shared.sentences(found)


def test_the_end_of_a_number_is_not_told() -> None:
    story = read("It sold 41'000 tonnes in 9 lots.", "en")
    found = shared.between(story, story, vectors.build([story.terms]))
    assert [one.text for one in found if one.kind == "number"] == ["9 lots"]


def test_a_text_of_numbers_alone_is_read() -> None:
    assert read("111 " * 20_000 + "1", "fr").numbers == {}
