"""Whose copy a story runs: of two stories of one event that share much of their text, the later runs the earlier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from store.group.compare import Evidence, copies
from store.group.near import CONTAINED
from store.group.traits import Traits


def originals(stories: Sequence[Traits], evidence: Evidence, events: Sequence[int]) -> dict[int, int]:
    """Story -> the first of its event whose text it runs, whole, cut or reworked; stories that copy nobody are absent.

    Earlier is by date and, where the dates tell nothing, by length: a cut copy is shorter than what it was cut from.
    """
    shares = copies(evidence)
    found: dict[int, int] = {}
    for at in np.flatnonzero(shares >= CONTAINED).tolist():
        pair = int(evidence.first[at]), int(evidence.second[at])
        if events[pair[0]] == events[pair[1]]:
            original, copy = sorted(pair, key=lambda n: _rank(stories[n], undated=_undated(stories, pair)))
            if copy not in found or _rank(stories[original]) < _rank(stories[found[copy]]):
                found[copy] = original
    return found


def _undated(stories: Sequence[Traits], pair: tuple[int, int]) -> bool:
    return any(stories[n].day is None for n in pair)


def _rank(story: Traits, *, undated: bool = False) -> tuple[int, int, str]:
    """Originals first. The hour counts for nothing: a page's clock tells when it was put up."""
    day = 0 if undated or story.day is None else story.day
    return (day, -len(story.shingles), story.story)
