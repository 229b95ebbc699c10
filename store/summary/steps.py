"""Ranking by steps: the best sentence is taken, and what is left is weighed again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from store.summary.graph import Floats

# What each sentence is worth as things stand, and what to do when one is taken.
Steps = tuple[Callable[[], Floats], Callable[[int], None]]

# Sentences that are taken by their worth; longer summaries go on with the others as they stand, so that time is linear
# in the text.
MOST_STEPS = 100


def steps(size: int, worth: Callable[[], Floats], take: Callable[[int], None]) -> list[float]:
    """0 for the sentence taken first, -1 for the next and so on. worth is asked before each step for all sentences; of
    equals the first is taken."""
    ranks = -float(MOST_STEPS) - np.arange(size)
    left = np.ones(size, dtype=bool)
    for step in range(min(size, MOST_STEPS)):
        number = int(np.argmax(np.where(left, worth(), -np.inf)))
        ranks[number], left[number] = -step, False
        take(number)
    return [float(rank) for rank in ranks]
