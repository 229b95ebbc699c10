"""How like two stories are, for every pair worth comparing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from store.group import near, vectors
from store.group.traits import Traits
from store.group.vectors import Floats, Ints, Vectors

_LEAST = 0.05  # a cosine below this never brought two stories of one event together
_FADES = 20.0  # days after which likeness has fallen to 1/e: 10 and 40 are each 0.003 B3 F1 worse
_UNDATED = 0.7  # the fade where one of both has no date; 0.8 costs 0.01 of precision
_COPY_DAYS = 7.0  # a copy published later than this is taken for a repeated template


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of stories by number, first < second, each once, sorted; all columns as long as `first`.

    likeness is in 0..1 and what groups are made of; cosine is that of the weighted terms; contained the share of the
    shorter story's shingles found in the other (0 below near.CONTAINED); gap the days between both, nan if unknown.
    """

    first: Ints
    second: Ints
    likeness: Floats
    cosine: Floats
    contained: Floats
    gap: Floats


def compare(stories: Sequence[Traits], vector: Vectors) -> Compared:
    first, second, cosine = vectors.pairs(vector, least=_LEAST)
    copier, copied, contained = near.contained(stories)
    number = max(len(stories), 1)
    keys, at = np.unique(np.concatenate([first * number + second, copier * number + copied]), return_inverse=True)
    cosines, shares = np.zeros(len(keys)), np.zeros(len(keys))
    cosines[at[: len(first)]] = cosine
    shares[at[len(first) :]] = contained
    first, second = keys // number, keys % number
    gap = gaps(stories, first, second)
    fade = np.where(np.isnan(gap), _UNDATED, np.exp(-gap / _FADES))
    copies = np.where(~(gap > _COPY_DAYS), shares, 0.0)
    return Compared(first, second, np.maximum(cosines * fade, copies), cosines, shares, gap)


def gaps(stories: Sequence[Traits], first: Ints, second: Ints) -> Floats:
    days = np.array([np.nan if s.day is None else s.day for s in stories], dtype=np.float64)
    gap: Floats = np.abs(days[first] - days[second])
    return gap
