"""Where each of several texts begins and ends among the lines of them all. A call of numpy costs as much for one text
as for eight, so that several are looked at together; nothing that is said of a line depends on another text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.intp]
Counts = npt.NDArray[np.float64]

APART = 200  # lines that two texts are taken to stand apart at least: whatever is further away does not count
STEPS = (-4, -3, -2, -1, 1, 2, 3, 4)
REACHES = (2, 5, 12, 30)


@dataclass(frozen=True, slots=True)
class Spans:
    """The lines of some texts, none of which is empty.

    For each text its first line and how many it has. For each line the number of its text, its place in it, how many
    lines the text has; places that go on by APART more from one text to the next, counted from the top and from the
    bottom. For each of STEPS where the line so far away stands, the number of all lines where that is beyond the text's
    ends. For each line and each of REACHES the first line so far above it in its text, the line behind the last so far
    below it, and how many lines that is above and below, one at least."""

    firsts: Indices
    counts: Indices
    text: Indices
    at: Indices
    count: Indices
    from_top: Indices
    from_bottom: Indices
    beside: Indices
    low: Indices
    high: Indices
    above: Counts
    below: Counts


def spans(counts: Sequence[int]) -> Spans:
    """The spans of texts of so many lines, one after the other."""
    if len(counts) == 1 and counts[0] <= _USUAL:
        return _alone(counts[0])
    return _of(np.array(counts, np.intp))


_USUAL = 400  # lines


@lru_cache(maxsize=256)
def _alone(count: int) -> Spans:
    return _of(np.array([count], np.intp))


def _of(counts: Indices) -> Spans:
    behind = counts.cumsum()
    firsts = behind - counts
    text = np.arange(len(counts)).repeat(counts)
    place = np.arange(len(text))
    first, end = firsts[text], behind[text]
    here, next_ = place[:, None], place[:, None] + 1
    above, end = first[:, None], end[:, None]
    beside = here + _STEPS
    beside[(beside < above) | (beside >= end)] = len(place)
    low = np.maximum(above, here - _REACHES)
    high = np.minimum(end, next_ + _REACHES)
    return Spans(
        firsts,
        counts,
        text,
        place - first,
        counts[text],
        place + APART * text,
        (len(place) - 1 - place) + APART * (len(counts) - 1 - text),
        beside,
        low,
        high,
        np.maximum(1.0, here - low)[:, :, None],
        np.maximum(1.0, high - next_)[:, :, None],
    )


_STEPS, _REACHES = np.array(STEPS), np.array(REACHES)
