"""Grouping in other languages than English, and across languages, on stories of our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from store import group
from store.group import abroad, columns, languages, reasons, traits, vectors
from store.model import Head, Passage, Rule, RuleKind, Story, StoryId
from tests.gate import languages as gate


def read(text: str, *, language: str | None = None, name: str = "a", day: str = "2031-05-04") -> traits.Traits:
    return traits.read(Story(StoryId(name), Head("", True, published=day, language=language), (Passage(text),)))


def joined(stories: Sequence[traits.Traits], events: Sequence[int]) -> list[int]:
    return abroad.joined(columns.read(stories), events)


def test_stories_of_seven_languages_are_grouped_and_few_pairs_across_are_wrong() -> None:
    rows = gate.load()
    assert len(rows) >= 60
    assert {row["language"] for row in rows} >= {"ru", "uk", "fr", "es", "de", "tr", "ar"}
    assert gate.run()


def test_across_languages_nothing_is_joined_that_is_not_one_event() -> None:
    rows = gate.load()
    precision, recall = gate.across(rows, gate.given(rows))
    assert precision == 1.0
    assert recall > 0.4


@pytest.mark.parametrize(
    "written",
    [
        ("Halvek", "Халвек", "هالفيك"),
        ("Velden", "Велден", "فيلدن"),
        ("Dunmere", "Данмер", "دنمير"),
        ("Tavoria", "Таворія", "تافوريا"),
        ("Schröder", "Шрёдер"),
    ],
)
def test_a_name_sounds_alike_in_every_script(written: tuple[str, ...]) -> None:
    assert len({languages.sound(name) for name in written}) == 1


@pytest.mark.parametrize("word", ["", "a", "́", "\x00", "😀", "ж" * 100_000, "1250"])
def test_any_word_has_a_sound(word: str) -> None:
    assert isinstance(languages.sound(word), str)


@pytest.mark.parametrize(
    ("language", "word", "normal"),
    [
        ("ru", "министрами", "министр"),
        ("ru", "и", ""),
        ("fr", "l'accord", "accord"),
        ("tr", "Ankara'nın", "ankar"),
        ("ar", "والمفاوضات", "مفاوض"),
        ("de", "Verhandlungen", "verhandl"),
        ("uk", "1250", "1250"),
    ],
)
def test_words_of_other_languages_have_normal_forms_of_their_own(language: str, word: str, normal: str) -> None:
    forms = languages.forms(language)
    assert forms is not None
    assert forms(word) == normal


@pytest.mark.parametrize("language", ["en", "pl", "zz", ""])
def test_a_language_without_a_stemmer_is_read_as_english_is(language: str) -> None:
    assert languages.forms(language) is None


@pytest.mark.parametrize("row", [row for row in gate.load() if row["event"] == "bridge"], ids=lambda row: row["id"])
def test_a_language_that_nobody_told_is_guessed(row: dict[str, str]) -> None:
    text = f"{row['text']} {row['text']}"
    assert languages.of(None, text.split()) == row["language"]


def test_what_news_abroad_is_full_of_says_little() -> None:
    forms = languages.forms("ru")
    assert forms is not None
    assert vectors.background()[forms("заявил")] > 0.1
    assert forms("сельдь") not in vectors.background()


def test_stories_of_one_language_are_left_alone() -> None:
    stories = [read("Rain fell on Kelm.", name="a"), read("Rain fell on Tellin.", name="b")]
    assert joined(stories, [0, 1]) == [0, 1]


RUSSIAN = "Как сообщили Ирена Халвек и Орск Велден, мост в Кельме стоил 36 миллионов крон, по нему пойдёт 1250 машин."
FRENCH = (
    "Selon Irena Halvek et Orsk Velden, le pont de Kelm a coûté 36 millions de couronnes, pour 1250 camions par jour."
)


def pair(*, day: str = "2031-05-04", russian: str = RUSSIAN) -> list[int]:
    stories = [read(russian, language="ru", name="a"), read(FRENCH, language="fr", name="b", day=day)]
    return joined(stories, [0, 1])


def test_names_and_numbers_in_common_join_two_languages() -> None:
    assert pair() == [0, 0]


@pytest.mark.parametrize(("lorries", "events"), [("1250", [0, 0]), ("1250,5", [0, 1]), ("52", [0, 1])])
def test_two_names_do_where_the_numbers_in_common_are_long(lorries: str, events: list[int]) -> None:
    few = f"Как сообщила Ирена Халвек, мост в Кельме стоил 36 миллионов крон, по нему пойдёт {lorries} машин."
    assert pair(russian=few) == events


def test_what_two_languages_tell_is_no_rule_of_the_reader_s() -> None:
    """However little the texts share beside that."""

    def story(name: str, language: str, text: str) -> Story:
        head = Head(language, title_made=True, published="2031-05-04", language=language)
        return Story(StoryId(name), head, (Passage(text),))

    told = [story("a", "ru", RUSSIAN), story("b", "fr", FRENCH)]
    found = group.place(told)
    assert found[0].event == found[1].event
    assert all(placement.why.endswith(reasons.ABROAD) for placement in found)
    letters = [f"{a}{b}" for a in "abcdefghijklmno" for b in "абвгдежзиклмно"]
    long = [replace(one, passages=(*one.passages, Passage(" ".join(one.id + own for own in letters)))) for one in told]
    assert [placement.why for placement in group.place(long)] == [reasons.ABROAD] * 2
    by_rule = group.place(long, rules=[Rule(RuleKind.TOGETHER, ("a", "b"))])
    assert [placement.why for placement in by_rule] == [reasons.RULED] * 2


def test_days_apart_they_do_not() -> None:
    assert pair(day="2031-05-09") == [0, 1]


def test_without_a_number_in_common_they_do_not() -> None:
    assert pair(russian=RUSSIAN.replace("36", "47").replace("1250", "900")) == [0, 1]


def test_without_the_names_they_do_not() -> None:
    assert pair(russian=RUSSIAN.replace("Халвек", "Сорокин").replace("Орск Велден", "Лев Тушин")) == [0, 1]


def test_two_events_of_one_language_are_never_joined_by_a_third() -> None:
    stories = [read(RUSSIAN, language="ru", name=name) for name in "ab"] + [read(FRENCH, language="fr", name="c")]
    found = joined(stories, [0, 1, 2])
    assert found[0] != found[1]
    assert found[2] in (found[0], found[1])


def test_a_number_without_end_is_no_trouble() -> None:
    story = replace(read(FRENCH, language="fr", name="b"), numbers={"9" * 5000 + " x": "", "1.2.3 x": "", "٣٦ x": ""})
    assert joined([read(RUSSIAN, language="ru"), story], [0, 1]) in ([0, 0], [0, 1])
