"""Measures of many pairs at once are those of each pair alone."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import astuple
from datetime import date

import numpy as np
import pytest

from store.group import columns, compare, near, placing, traits, vectors
from store.group.columns import Rows
from store.group.cosines import HEAVIEST
from store.group.rows import Ints, starts
from store.group.vectors import Vectors
from store.model import Head, Passage, Story, StoryId


def library(stories: int, longest: int) -> Vectors:
    """Stories of few to many words out of so many twice."""
    drawing = np.random.default_rng(1)
    rows = [drawing.choice(2 * longest, size=1 + story % longest, replace=False) for story in range(stories)]
    return vectors.build([{f"word{n}": 1 + int(n) % 3 for n in row} for row in rows])


def all_pairs(stories: int) -> tuple[Ints, Ints]:
    first, second = np.triu_indices(stories, 1)
    return first.astype(np.int64), second.astype(np.int64)


def alone(built: Vectors, one: int, other: int) -> float:
    mine, theirs = (dict(zip(terms.tolist(), w.tolist(), strict=True)) for terms, w in map(built.row, (one, other)))
    return math.fsum(mine[term] * weight for term, weight in theirs.items() if term in mine)


@pytest.mark.parametrize("stories", [40, 160])
def test_a_cosine_is_the_sum_over_the_terms_of_both(stories: int) -> None:
    built = library(stories, 3 * HEAVIEST)
    first, second = all_pairs(stories)
    expected = [alone(built, *pair) for pair in zip(first.tolist(), second.tolist(), strict=True)]
    assert vectors.cosines(built, first, second).tolist() == pytest.approx(expected, abs=1e-6)


def test_cosines_of_stories_far_apart_are_those_of_stories_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    built = library(90, 30)
    first, second = all_pairs(90)
    expected = vectors.cosines(built, first, second).tolist()
    monkeypatch.setattr("store.group.cosines._TALL", 7)
    assert vectors.cosines(built, first, second).tolist() == expected


def test_terms_stand_heaviest_first() -> None:
    built = library(200, 100)
    assert all(bool((np.diff(built.row(story)[1]) <= 0).all()) for story in range(200))


def test_a_library_that_shares_no_word_has_no_cosines() -> None:
    built = vectors.build([{"herring": 1}, {"trawler": 1}])
    assert vectors.cosines(built, np.array([0]), np.array([1])).tolist() == [0.0]
    assert [column.tolist() for column in vectors.pairs(built, least=0.0)] == [[], [], []]


def test_two_stories_of_a_small_library_are_found_by_words_that_are_not_their_rarest() -> None:
    common = [f"common{n}" for n in range(30)]
    own = [[f"own{story}x{n}" for n in range(60)] for story in range(2)]
    stories = [dict.fromkeys(words + common, 1) for words in own] + [dict.fromkeys(words, 1) for words in own]
    stories += [dict.fromkeys(common, 1)] * 5
    first, second, _ = vectors.pairs(vectors.build(stories), least=0.01)
    assert (0, 1) in set(zip(first.tolist(), second.tolist(), strict=True))


@pytest.mark.parametrize("measured", [near._shared, near._merged])
@pytest.mark.parametrize("crowded", [0xFFFF, 0xF, 0x0])
def test_copies_are_measured_whatever_slots_their_shingles_share(
    crowded: int, measured: Callable[[Rows, Ints, Ints], Ints]
) -> None:
    drawing = np.random.default_rng(2)
    drawn = drawing.integers(0, 1 << 32, size=(12, 300), dtype=np.uint32) & np.uint32(crowded << 16 | crowded | 0xFF00)
    sets = [set(row.tolist()) for row in drawn]
    for at in range(1, len(sets)):
        sets[at] |= set(sorted(sets[at - 1])[::2])
    held = [np.array(sorted(some), dtype=np.uint32) for some in sets]
    shingles = Rows(starts(np.array([len(some) for some in held])), np.concatenate(held))
    first, second = all_pairs(len(sets))
    expected = [
        len(sets[a] & sets[b]) / min(len(sets[a]), len(sets[b]))
        for a, b in zip(first.tolist(), second.tolist(), strict=True)
    ]
    found = measured(shingles, first, second) / np.minimum(*(np.diff(shingles.start)[c] for c in (first, second)))
    assert found.tolist() == pytest.approx(expected)


def test_of_faint_pairs_the_likest_of_each_story_are_kept() -> None:
    first = np.repeat([3, 7, 8], [40, 5, 100])
    faded = np.random.default_rng(3).integers(30, 150, len(first)) / 1000
    faded[:3] = 0.9  # likest of all; they count among the others
    kept = compare._sure(first, faded)
    for story in (3, 7, 8):
        at = np.flatnonzero(first == story)
        ranked = sorted(at.tolist(), key=lambda n: (-faded[n], n))
        assert set(at[kept[at]].tolist()) == set(ranked[: compare._MOST_FAINT])


def test_a_copy_of_nothing_is_none() -> None:
    shingles = Rows(np.array([0, 0, 0]), np.empty(0, np.uint32))
    assert near.Copies(shingles).contained(np.array([0]), np.array([1])).tolist() == [0.0]


def _told(at: int) -> Story:
    """One of four stories that tell of the same people, days and figures."""
    rng = random.Random(at // 4)
    people = [f"{rng.choice(['Orsk', 'Velm', 'Tarn', 'Brul'])}{rng.choice('aeiou')}{rng.randrange(9)}n" for _ in "123"]
    day = date(2031, 3, 1 + rng.randrange(20))
    text = f"On Monday {people[0].title()} met {people[1].title()}, {20 + at // 4}, in Vardania about {at // 4} ships. "
    text += " ".join(random.Random(at).sample([f"word{n}" for n in range(60)], 12 + at % 7))
    dated = day.isoformat() if at % 5 else None
    return Story(StoryId(f"{at:03}"), Head(f"{people[2].title()} at the quay", published=dated), (Passage(text),))


def test_a_few_stories_are_compared_and_grouped_as_many_are(monkeypatch: pytest.MonkeyPatch) -> None:
    known = columns.read([traits.read(_told(at)) for at in range(30)])
    found = compare.pairs(compare.weigh(known))
    events = placing.group(known, found.first, found.second, found.content)
    for module in ("compare", "cosines", "linkage", "pairwise", "rows"):
        monkeypatch.setattr(f"store.group.{module}.FEW", 0)
    monkeypatch.setattr("store.group.near._FEW", -1)
    as_many = compare.pairs(compare.weigh(known))
    for one, other in zip(astuple(found), astuple(as_many), strict=True):
        assert one.tolist() == pytest.approx(other.tolist(), rel=1e-5, nan_ok=True)
    assert events == placing.group(known, as_many.first, as_many.second, as_many.content)
    assert len(found.first) > 40
    assert 1 < len(set(events)) < 30
