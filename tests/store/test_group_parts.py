"""The parts of grouping, each for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.group import columns, compare, dates, ids, linkage, near, shared, traits, vectors
from store.model import EventId, Head, Passage, Story, StoryId


def read(*body: str, title: str = "", name: str = "a", published: str | None = None) -> traits.Traits:
    return traits.read(Story(StoryId(name), Head(title, published=published), tuple(map(Passage, body))))


def named(*names: str) -> list[StoryId]:
    return [StoryId(name) for name in names]


@pytest.mark.parametrize(
    ("word", "normal"),
    [
        ("Talks", "talk"),
        ("Halvek's", "halvek"),
        ("Halvek’s", "halvek"),
        ("U.S.", "us"),
        ("parties", "party"),
        ("a", ""),
    ],
)
def test_a_word_has_one_normal_form(word: str, normal: str) -> None:
    assert traits.term(word) == normal


def test_names_are_words_with_a_capital_inside_a_sentence() -> None:
    story = read("Talks opened in Tellin. Minister Irena Halvek spoke. The harbour stays open, says Brask.")
    assert set(story.names) == {"tellin", "irena", "halvek", "brask"}
    assert story.surface("halvek") == "Halvek"


def test_numbers_are_kept_with_what_they_count() -> None:
    story = read("It sent six boats, 23 pilots and 1,500 crowns.")
    assert story.numbers == {"6 boat": "six boats", "23 pilot": "23 pilots", "1,500 crown": "1,500 crowns"}


def test_quotations_are_kept_as_written() -> None:
    assert list(read('He said: “We stay for now.” "Enough"').quotes.values()) == ["We stay for now."]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("on April 10 in Tellin", dates.Cited(4, 10)),
        ("by 3 March 2031.", dates.Cited(3, 3, 2031)),
        ("the 3rd of March, 2031", dates.Cited(3, 3, 2031)),
        ("since 2031-03-03", dates.Cited(3, 3, 2031)),
    ],
)
def test_dates_in_a_text_are_found(text: str, cited: dates.Cited) -> None:
    assert dates.cited(text) == {cited}


@pytest.mark.parametrize(
    ("text", "language", "cited"),
    [
        ("Réunis le 3 mai à Tellin", "fr", dates.Cited(5, 3)),
        ("depuis le 1er août 2031", "fr", dates.Cited(8, 1, 2031)),
        ("DEPUIS LE 14 FÉVRIER", "fr", dates.Cited(2, 14)),
        ("vu le 02/05/2031", "fr", dates.Cited(5, 2, 2031)),
        ("el 3 de mayo", "es", dates.Cited(5, 3)),
        ("el 3 de septiembre de 2031", "es", dates.Cited(9, 3, 2031)),
        ("am 3. Mai", "de", dates.Cited(5, 3)),
        ("vom 3. März 2031 an", "de", dates.Cited(3, 3, 2031)),
        ("am 03.05.2031", "de", dates.Cited(5, 3, 2031)),
        ("3 мая", "ru", dates.Cited(5, 3)),
        ("с 3-го сентября 2031 года", "ru", dates.Cited(9, 3, 2031)),
        ("3\u00a0травня", "uk", dates.Cited(5, 3)),
        ("3 листопада", "uk", dates.Cited(11, 3)),
        ("3 Mayıs'ta", "tr", dates.Cited(5, 3)),
        ("29 Ekim 2031", "tr", dates.Cited(10, 29, 2031)),
        ("في 3 مايو", "ar", dates.Cited(5, 3)),
        ("في ٣ أيار/مايو", "ar", dates.Cited(5, 3)),
        ("في 3 من كانون الثاني 2031", "ar", dates.Cited(1, 3, 2031)),
        ("le 2031-05-03", "fr", dates.Cited(5, 3, 2031)),
    ],
)
def test_dates_are_found_in_the_languages_of_the_desk(text: str, language: str, cited: dates.Cited) -> None:
    assert dates.cited(text, language) == {cited}


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("Hubo 9 muertos el 3 de mayo, 2 de ellos niños.", "es", ["9 muertos"]),
        ("В мае, 3 мая, погибли 9 шахтёров.", "ru", ["9 шахтёров"]),
        ("Am 3. Mai kamen 9 Bergleute, am 4 Mai keiner.", "de", ["9 Bergleute"]),
        ("Le 3 mai, 9 mineurs, dont 2 de Tellin.", "fr", ["9 mineurs"]),
    ],
)
def test_neither_days_nor_little_words_are_counted(text: str, language: str, numbers: list[str]) -> None:
    story = Story(StoryId("a"), Head("", title_made=True, language=language), (Passage(text),))
    known = traits.read(story)
    found = shared.between(known, known, vectors.build([known.terms]))
    assert [one.text for one in found if one.kind == "number"] == numbers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("le 31 février", "fr"), ("2,3 mai", "fr"), ("13:30 mai", "fr"), ("le 31/13/2031", "fr"), ("3 maires", "fr"),
        ("3 mayores", "es"), ("3. Maierschlag", "de"), ("3 мартини", "ru"), ("3 aralar", "tr"), ("3 May", "fr"),
        ("version 10.2.2031.4", "de"),
    ],
)  # fmt: skip
def test_what_is_no_date_in_a_language_is_none(text: str, language: str) -> None:
    assert dates.cited(text, language) == frozenset()


@pytest.mark.parametrize("text", ["may 5 go", "June 2031", "February 31", "2031-13-01", "45 April"])
def test_what_is_no_day_is_not_cited(text: str) -> None:
    assert dates.cited(text) == frozenset()


def test_a_story_without_a_date_speaks_of_the_latest_year_it_names() -> None:
    assert read("The pact of 2019 was renewed in 2031.").year == 2031
    assert read("The pact of 2019.", published="2030-05-05").year == 2030
    assert read("The pact.").year is None


def test_a_date_is_days_that_can_be_subtracted() -> None:
    assert dates.ordinal("2031-05-04T10:00+02:00") == date(2031, 5, 4).toordinal()
    assert dates.ordinal("2031") is None


def contained(*texts: str) -> list[float]:
    """How much of the first text is in, or is made of, each other."""
    shingles = columns.read([read(text) for text in texts]).shingles
    others = np.arange(1, len(texts))
    found: list[float] = near.Copies(shingles).contained(np.zeros_like(others), others).tolist()
    return found


def test_a_cut_copy_is_contained_in_the_original() -> None:
    words = [f"word{n}" for n in range(100)]
    assert contained(" ".join(words), " ".join(words[20:60]), " ".join(reversed(words))) == [1.0, 0.0]


def test_a_phrase_in_common_is_no_copy() -> None:
    phrase = "according to the ministry of foreign affairs in the capital"
    one, other = (" ".join(f"{side}{n}" for n in range(60)) for side in ("left", "right"))
    assert contained(f"{one} {phrase}", f"{other} {phrase}") == [0.0]


def test_cosines_are_the_same_whichever_way_they_are_asked_for() -> None:
    terms = [{"herring": 2, "quota": 1, "the": 9}, {"herring": 1, "trawler": 1}, {"quota": 1, "herring": 1, "bank": 1}]
    built = vectors.build(terms)
    first, second, cosine = vectors.pairs(built, least=0.0)
    assert cosine.tolist() == pytest.approx(vectors.cosines(built, first, second).tolist())
    assert all(0 < value < 1 for value in cosine)


def test_common_words_weigh_less_than_rare_ones() -> None:
    built = vectors.build([{"the": 1, "said": 1, "moorings": 1}] * 2)
    assert built.weight("the") < built.weight("said") < built.weight("moorings")


def linked(
    number: int, pairs: Sequence[tuple[int, int, float]], days: Sequence[float] | None = None, **asked: Any
) -> list[int]:
    first, second, likeness = zip(*pairs, strict=True) if pairs else ((), (), ())
    columns = np.array(first, np.int64), np.array(second, np.int64), np.array(likeness, np.float64)
    return linkage.average(number, columns, days=None if days is None else np.array(days, np.float64), **asked)


def test_linkage_joins_by_the_mean_over_all_pairs() -> None:
    chain = [(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)]
    assert linked(4, chain, least=0.5) == [0, 0, 2, 2]
    assert linked(4, chain, least=0.2) == [0, 0, 0, 0]


def test_two_clusters_are_joined_less_easily_than_a_story_and_a_cluster() -> None:
    pairs = [(0, 1, 0.9), (2, 3, 0.9), *((a, b, 0.3) for a in (0, 1) for b in (2, 3, 4))]
    assert linked(5, pairs, least=0.28, wary=0.3) == [0, 0, 2, 2, 0]


def test_clusters_as_like_each_other_as_each_is_in_itself_are_joined_as_easily() -> None:
    pairs = [(a, b, 0.3 if (a < 4) == (b < 4) else 0.29) for a in range(8) for b in range(a + 1, 8)]
    assert set(linked(8, pairs, least=0.28, wary=0.3)) == {0}


def test_an_event_of_many_days_keeps_its_last_stories() -> None:
    pairs = [(a, b, 0.3) for a in range(8) for b in range(a + 1, 8)]
    found = [
        linked(8, pairs, least=0.15, days=days, fade=compare.fading())
        for days in (range(0, 16, 2), [*range(0, 14, 2), 60])
    ]
    assert [len(set(labels)) for labels in found] == [1, 2]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)), max_size=40, unique_by=lambda p: p[:2]),
    st.floats(0.05, 0.9),
)
def test_every_cluster_is_labelled_with_its_smallest_member(pairs: list[tuple[int, int, float]], least: float) -> None:
    labels = linked(10, [(a, b, s) for a, b, s in pairs if a < b], least=least)
    assert all(labels[label] == label <= story for story, label in enumerate(labels))


def test_an_event_keeps_the_id_it_shares_most_stories_with() -> None:
    before = {StoryId("a"): EventId("x"), StoryId("b"): EventId("x"), StoryId("c"): EventId("y")}
    assert ids.keep([named("a", "b", "c")], before) == ["x"]


def test_of_two_halves_the_larger_keeps_the_id_and_the_other_gets_a_new_one() -> None:
    before = dict.fromkeys(named("a", "b", "c"), EventId("e-a"))
    assert ids.keep([named("a"), named("b", "c")], before) == ["e-a-2", "e-a"]


def test_between_equals_the_older_event_keeps_its_id() -> None:
    before = {StoryId("a"): EventId("x"), StoryId("b"): EventId("y")}
    assert ids.keep([named("a", "b")], before) == ["x"]


@given(
    st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=5), max_size=8),
    st.dictionaries(st.integers(0, 30), st.sampled_from(["x", "y", "e-1", "e-2"])),
)
def test_no_two_events_have_one_id(events: list[list[int]], before: dict[int, str]) -> None:
    kept = ids.keep(
        [[StoryId(str(story)) for story in event] for event in events],
        {StoryId(str(story)): EventId(event) for story, event in before.items()},
    )
    assert len(set(kept)) == len(events)


@pytest.mark.parametrize(("first", "second", "less"), [("2031-03-10", None, True), ("2031-03-10", "2031-03-10", False)])
def test_an_undated_story_is_less_like_a_dated_one(first: str | None, second: str | None, less: bool) -> None:
    one = read(
        "The commissioner of Tarn met the pilots on the fees for the northern channel.", name="a", published=first
    )
    two = read("The pilots heard the commissioner of Tarn speak of the channel fees.", name="b", published=second)
    evidence = compare.gather(compare.weigh(columns.read([one, two])))
    assert len(evidence.first) == 1
    with_rule = compare.likeness(evidence)[0]
    without = compare.likeness(evidence, replace(compare.WEIGHTS, half=1.0))[0]
    assert bool(with_rule < without) == less
    assert with_rule > 0
