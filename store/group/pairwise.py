"""Evidence that is looked up pair by pair: counts, leading names and cited dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store.group import occasions
from store.group.columns import Columns
from store.group.rows import (
    FEW,
    Floats,
    Ints,
    Small,
    find,
    overlaps,
    owners,
    places,
    sizes,
    sketches,
    spans,
    starts,
    table,
)
from store.group.vectors import Vectors

Masks = NDArray[np.uint64]

_LEADING = 5  # names
_BITS = 2048  # of a sketch of a story's words
# Words both sentences hold, and which share of the shorter, from where on they tell the same: of labelled pairs alike
# in words that do so of different days 0.16 are one event, of others 0.52; shares of 0.3 and 0.5 are within 0.0002 F1.
_WORDS, _SHARE = 2, 0.4
# How sure that is, by the days between: a day apart half of them are one event all the same, three and more 0.13.
_SURELY = np.array([0.0, 0.15, 0.5, 1.0])
# The same where a lead names no day, from so many days between the days of publication on: 3 of 12 are one event, and
# from three days on most.
_UNNAMED_WORDS, _UNNAMED_SHARE, _UNNAMED_DAYS, _UNNAMED_SURELY = 3, 0.5, 5.0, 0.8
# The same of languages whose words of an occasion hold names, which those who follow an event up say again.
_NAMED_SHARE = 0.6
_NAMED_TOO = np.array([int.from_bytes(code.encode(), "little") for code in occasions.NAMED_TOO], dtype=np.uint32)
_DAYS: Ints = np.array([bin(mask).count("1") for mask in range(128)], dtype=np.int64)  # in a mask of days of the week
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Leading:
    """The names that each story is about, heaviest first, as numbers of words, and their shares of its whole; and a
    sketch of all words of each story, none where stories are few."""

    start: Ints
    held: Small
    share: Floats
    sketch: NDArray[np.uint8]

    def any(self, story: Ints) -> NDArray[np.bool_]:
        """Which stories are about any name."""
        there: NDArray[np.bool_] = self.start[story + 1] > self.start[story]
        return there


def facts(stories: Columns, first: Ints, second: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """agree, conflict and cited of compare.Evidence for each pair; and in rows weekdays, figures, places and ages: 1
    where all days of the week that the lead of one names are among those of the other, and so on, -1 where none is, 0
    where one names none."""
    told = (stories.figures, stories.places, stories.ages)
    nouns, numbers, cited, *alike = overlaps((stories.nouns, stories.numbers, stories.cited, *told), first, second)
    agree = np.minimum(numbers, nouns).astype(np.float64)
    days = stories.weekdays
    both = np.array([_DAYS[days[first] & days[second]], *alike])
    lengths = np.array([_DAYS[days], *(sizes(held.start) for held in told)])
    fewer = np.minimum(lengths[:, first], lengths[:, second])
    agreed = np.where(fewer > 0, 2 * both / np.maximum(fewer, 1) - 1, 0.0)
    return agree, nouns - agree, cited.astype(np.float64), agreed


def names(stories: Columns, leading: Leading, first: Ints, second: Ints) -> Floats:
    """The same of the leading names."""
    shares = _all_shares if len(stories) < FEW else _shares
    named: Floats = np.fmax(*shares(stories, leading, first, second))
    return named


def another(stories: Columns, first: Ints, second: Ints, gap: Floats) -> Floats:
    """How surely the leads of each pair tell the same of different days, 0 to 1; 0 where any day that one text names is
    named by the other, or might be. A lead that names none tells of the day before it was published, or so."""
    days, led, said = stories.days, stories.led, stories.occasions
    result = np.zeros(len(first))
    at = places((days[first] & days[second]) == 0)
    if len(at):
        one, other, gap = first[at], second[at], gap[at]
        size = sizes(said.start)
        fewer = np.minimum(size[one], size[other])
        known = (led[one] != 0) & (led[other] != 0)
        apart = (fewer >= _WORDS) & (known | (gap >= _UNNAMED_DAYS))
        apart &= ~((gap < _WEEK) & ((stories.weekdays[one] & stories.weekdays[other]) != 0))  # "on Friday", before it
        one, other, known, fewer, at = (column[apart] for column in (one, other, known, fewer, at))
    if len(at):
        (both,) = overlaps((said,), one, other)
        share = np.where(known, _SHARE, _UNNAMED_SHARE)
        share[(stories.language[one][:, None] == _NAMED_TOO).any(axis=1)] = _NAMED_SHARE
        same = (both >= np.where(known, _WORDS, _UNNAMED_WORDS)) & (both >= share * fewer)
        result[at[same & ~known]] = _UNNAMED_SURELY
        same &= known
        if same.any():
            one, other = one[same], other[same]
            surely = _SURELY[_between(led[one], led[other])]
            surely[stories.titled[one] & stories.titled[other]] = 1.0
            result[at[same]] = surely
    return result


def _between(one: Masks, other: Masks) -> Ints:
    """The days between the nearest of two masks, 3 for as many or more."""
    found = np.full(len(one), 3, np.int64)
    for days in (2, 1):
        shift, back = np.uint64(days), np.uint64(occasions.DAYS - days)
        beside = ((one << shift) | (one >> back) | (one >> shift) | (one << back)) & other
        found[beside != 0] = days
    return found


def lead(stories: Columns, vector: Vectors) -> Leading:
    """The names that each story is about."""
    idf = np.full(len(stories.words.codes), vector.lonely)
    idf[stories.words.codes.searchsorted(vector.codes)] = vector.idf
    at = places(stories.named)
    row = owners(stories.words.start)[at]
    held = stories.words.held[at]
    weight = np.sqrt(stories.counts[at]) * idf[held]
    order = np.lexsort((held, -weight, row))
    rank = np.arange(len(at)) - starts(np.bincount(row, minlength=len(stories)))[row]
    order = order[rank < _LEADING]
    row, held, weight = row[order], held[order], weight[order]
    whole = np.bincount(row, weight, minlength=len(stories))
    number = np.bincount(row, minlength=len(stories))
    sketch = (
        sketches(stories.words.start, stories.words.held, _BITS) if len(stories) >= FEW else np.empty((0, 0), np.uint8)
    )
    return Leading(starts(number), held, weight / np.maximum(whole[row], 1e-12), sketch)


def _shares(stories: Columns, leading: Leading, first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """What the second of each pair has of the leading names of the first, by weight, and the first of those of the
    second; nan if there are none."""
    return _share(stories, leading, first, second), _share(stories, leading, second, first)


def _share(stories: Columns, leading: Leading, one: Ints, other: Ints) -> Floats:
    lengths = sizes(leading.start)[one]
    at = spans(leading.start[one], lengths)
    there = _held(stories, leading, other.repeat(lengths), leading.held[at])
    pair = np.arange(len(one)).repeat(lengths)
    shares = np.bincount(pair, leading.share[at] * there, minlength=len(one))
    return np.where(lengths > 0, shares, np.nan)


def _held(stories: Columns, leading: Leading, story: Ints, word: Small) -> NDArray[np.bool_]:
    """Whether each story holds a word. Most do not, and their sketches say so."""
    words, bit = stories.words, word & (_BITS - 1)
    octet = leading.sketch.take(story * (_BITS // 8) + (bit >> 3), mode="clip")
    held: NDArray[np.bool_] = (octet >> (bit & 7).astype(np.uint8) & 1).view(bool)
    likely = places(held)
    held[likely] = find(words.start, words.held, story.take(likely), word.take(likely)) >= 0
    return held


def _all_shares(stories: Columns, leading: Leading, first: Ints, second: Ints) -> tuple[Floats, Floats]:
    """The same of a few stories, from tables of all with all."""
    words, width = stories.words, len(stories.words.codes)
    held = table(words.start, words.held, 1.0, width)
    shares = (table(leading.start, leading.held, leading.share, width) @ held.T).astype(np.float64)
    shares[leading.start[1:] == leading.start[:-1]] = np.nan
    return shares[first, second], shares[second, first]
