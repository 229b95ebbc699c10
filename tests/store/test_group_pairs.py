"""Measures of many pairs at once are those of each pair alone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from store.group import compare, near, vectors
from store.group.columns import Rows
from store.group.cosines import HEAVIEST
from store.group.rows import Ints, starts
from store.group.vectors import Vectors


def library(stories: int, longest: int) -> Vectors:
    """Stories of few to many words out of so many twice."""
    random = np.random.default_rng(1)
    rows = [random.choice(2 * longest, size=1 + story % longest, replace=False) for story in range(stories)]
    return vectors.build([{f"word{n}": 1 + int(n) % 3 for n in row} for row in rows])


def all_pairs(stories: int) -> tuple[Ints, Ints]:
    first, second = np.triu_indices(stories, 1)
    return first.astype(np.int64), second.astype(np.int64)


def alone(built: Vectors, one: int, other: int) -> float:
    mine, theirs = (dict(zip(terms.tolist(), w.tolist(), strict=True)) for terms, w in map(built.row, (one, other)))
    return math.fsum(mine[term] * weight for term, weight in theirs.items() if term in mine)


def test_a_cosine_is_the_sum_over_the_terms_of_both() -> None:
    built = library(160, 3 * HEAVIEST)
    first, second = all_pairs(160)
    expected = [alone(built, *pair) for pair in zip(first.tolist(), second.tolist(), strict=True)]
    assert vectors.cosines(built, first, second).tolist() == pytest.approx(expected, abs=1e-6)


def test_cosines_of_stories_far_apart_are_those_of_stories_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    built = library(90, 30)
    first, second = all_pairs(90)
    expected = vectors.cosines(built, first, second).tolist()
    monkeypatch.setattr("store.group.cosines._TALL", 7)
    assert vectors.cosines(built, first, second).tolist() == expected


def test_terms_stand_heaviest_first() -> None:
    built = library(50, 100)
    assert all(bool((np.diff(built.row(story)[1]) <= 0).all()) for story in range(50))


def test_a_library_that_shares_no_word_has_no_cosines() -> None:
    built = vectors.build([{"herring": 1}, {"trawler": 1}])
    assert vectors.cosines(built, np.array([0]), np.array([1])).tolist() == [0.0]
    assert [column.tolist() for column in vectors.pairs(built, least=0.0)] == [[], [], []]


@pytest.mark.parametrize("crowded", [0xFFFF, 0xF, 0x0])
def test_copies_are_measured_whatever_slots_their_shingles_share(crowded: int) -> None:
    random = np.random.default_rng(2)
    drawn = random.integers(0, 1 << 32, size=(12, 300), dtype=np.uint32) & np.uint32(crowded << 16 | crowded | 0xFF00)
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
    found = near._shared(shingles, first, second) / np.minimum(*(np.diff(shingles.start)[c] for c in (first, second)))
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
