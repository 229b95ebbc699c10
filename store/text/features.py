"""The line model's view of a text: each line's own numbers (table.py), its neighbours', its place, and what it
shares with the rest. Numbers only; the order of the columns is part of the trained weights, so a change here means
training again.

A text has few lines, so that what counts is how often numpy is called: whole tables at a time, no line by itself."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from store.text import vocabulary
from store.text.measured import OWN
from store.text.table import COMPARED, Counts, Matrix, Table
from store.text.vocabulary import Indices


def lexical(lines: Table, weights: npt.NDArray[np.float32], bias: float) -> Matrix:
    """How much each line's words sound like body, as log odds."""
    owner, bucket = vocabulary.buckets(lines.words)
    count = len(lines.own)
    total = np.bincount(owner, weights[bucket], count)
    return (bias + total / np.sqrt(np.maximum(1, np.bincount(owner, minlength=count)))).astype(np.float32)


def context(lines: Table, gaps: Sequence[bool], sounds: Matrix) -> Matrix:
    """One row a line: its own numbers, its neighbours', its place in the text. sounds is what `lexical` gave."""
    own = lines.own
    out = np.empty((len(own), _WIDTH), np.float32)
    out[:, :OWN] = own
    out[:, _SOUND] = sounds
    out[:, _TOPIC] = _topic(lines)
    out[:, _TWINS] = _twins(lines)
    out[:, _KIND] = _kind(lines)
    out[:, _PLACE] = _place(lines, gaps).T
    near = out[:, _NEAR]
    _shift(near, _STEPS, out[:, FIRST:_WINDOWED])
    out[:, _WINDOWED:] = _windows(near[:, _AVERAGED], (2, 5, 12))
    return out


_SOUND = OWN
_TOPIC = slice(OWN + 1, OWN + 8)
_TWINS = slice(OWN + 8, OWN + 11)
_KIND = slice(OWN + 11, OWN + 20)
_PLACES = 28
_PLACE = slice(OWN + 20, OWN + 20 + _PLACES)
FIRST = OWN + 20 + _PLACES  # columns of a line itself in `context`
_NEAR = [0, 3, 4, 5, 8, 10, 14, 15, 17, 18, 26, 34, 35, 36, 37, 38, 42, _SOUND, OWN + 1, OWN + 2]
_STEPS = (-3, -2, -1, 1, 2, 3)
_AVERAGED = [0, 1, 7, 9, 10, 13, 14, 15, 17, 18]
_WINDOWED = FIRST + len(_NEAR) * len(_STEPS)
_WIDTH = _WINDOWED + len(_AVERAGED) * 6


def _shift(values: Matrix, steps: Sequence[int], out: Matrix) -> None:
    """For each step, values of the line so far below (above where negative); -1 beyond the text's ends."""
    count, width = values.shape
    out[:] = -1.0
    for at, step in enumerate(steps):
        column = slice(at * width, (at + 1) * width)
        if abs(step) < count:
            out[max(0, -step) : count - max(0, step), column] = values[max(0, step) : count - max(0, -step)]


def _windows(values: Matrix | Counts, reaches: tuple[int, ...]) -> Counts:
    """For each reach, means over the lines up to so far above, and below, the line itself left out."""
    count, width = values.shape
    # The last lines have as many below them as the first have above.
    begin, held = _reached(1 << count.bit_length(), reaches)
    low, above = begin[:count], held[:count]
    high, below = count - low[::-1], above[::-1]
    sums = np.zeros((count + 1, width))
    np.cumsum(values, axis=0, dtype=np.float64, out=sums[1:])
    means = np.empty((count, len(reaches), 2, width))
    np.divide(sums[:-1, None] - sums.take(low, axis=0), above, out=means[:, :, 0])
    np.divide(sums.take(high, axis=0) - sums[1:, None], below, out=means[:, :, 1])
    return means.reshape(count, -1)


@lru_cache(maxsize=32)
def _reached(count: int, reaches: tuple[int, ...]) -> tuple[Indices, Counts]:
    """For each line and reach the first line of its window, and how many lines of it are above, one at least."""
    at = np.arange(count)[:, None]
    low = np.maximum(0, at - np.array(reaches))
    return low, np.maximum(1.0, at - low)[:, :, None]


def _topic(lines: Table) -> Counts:
    """What of a line's words the prose elsewhere uses, the lines next to it use, and how often one like it recurs."""
    count = len(lines.own)
    sizes = lines.long
    mine = lines.prose[lines.owner]
    uses = np.bincount(lines.which, mine)[lines.which] - mine
    out = np.empty((count, 7))
    least = np.maximum(1, sizes)
    out[:, 0] = np.bincount(lines.owner, uses > 0, count) / least
    out[:, 1] = np.bincount(lines.owner, uses > 2, count) / least
    out[:, 2] = _shared_near(lines, sizes)
    out[:, 3] = np.log1p(sizes)
    out[:, 4:] = np.log(np.bincount(lines.alike.ravel())[lines.alike]).T
    return out


def _shared_near(lines: Table, sizes: Indices) -> Counts:
    """The largest share of words that a line has in common with one of the two above or the two below."""
    count = len(sizes)
    most = np.zeros(count)
    if not len(lines.owner):
        return most
    vocabulary = np.maximum.reduce(lines.which) + 1
    keys = lines.owner * vocabulary + lines.which
    for step in range(1, min(3, count)):
        there = keys + step * vocabulary
        at = np.minimum(keys.searchsorted(there), len(keys) - 1)
        shared = np.bincount(lines.owner[keys[at] == there], minlength=count)[:-step]
        share = shared / np.maximum(1, np.minimum(sizes[:-step], sizes[step:]))
        np.maximum(most[:-step], share, out=most[:-step])
        np.maximum(most[step:], share, out=most[step:])
    return most


_OWNERS = 4  # lines that say the same four words that are remembered


def _twins(lines: Table) -> Matrix:
    """How much of a line another line says too, how much longer that one is, and how far below it stands (negative
    where above): captions, pull quotes and teasers repeat what stands elsewhere."""
    rows = np.zeros((len(lines.own), 3), np.float32)
    said = lines.said
    if not said:
        return rows
    different = sorted(set(said))
    again = (
        Counter([line for _, line in said]) - Counter([line for _, line in different])
        if len(different) < len(said)
        else {}
    )
    shared: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for _, group in groupby(different, itemgetter(0)):
        here = [line for _, line in group]
        for line in here if len(here) > 1 else ():
            seen = shared[line]
            for other in here[:_OWNERS]:
                if other != line:
                    seen[other] = seen.get(other, 0) + 1
    lengths, sizes = lines.lengths.tolist(), lines.words.sizes.tolist()
    found = []
    for i, seen in shared.items():
        times = max(seen.values())
        twin = min([other for other, shares in seen.items() if shares == times])
        longer = math.log1p(lengths[twin]) - math.log1p(lengths[i])
        far = math.copysign(math.log1p(abs(twin - i)), twin - i)
        # Runs that a line says again count once.
        distinct = min(sizes[i], vocabulary.FOUND) - 3 - again.get(i, 0)
        found.append((times / distinct, longer, far))
    if found:
        rows[list(shared)] = found
    return rows


def _kind(lines: Table) -> Counts:
    """What kind of text the whole is, by its sentences; what a line has of the text's own commonest words, whatever its
    language; lines since one that ended with a colon; whether two kinds of lines take turns, as in lists of links."""
    own, count = lines.own, len(lines.own)
    prose = (lines.prose & (lines.lengths >= 12)).nonzero()[0]
    total = max(1, len(prose))
    out = np.empty((count, 9))
    out[:, 0] = np.add.reduce(own[prose, 22]) / total
    out[:, 1] = np.add.reduce(own[prose, 23]) / total
    for column, number in ((2, 14), (3, 0), (4, 40)):
        out[:, column] = np.add.reduce(own[:, number]) / np.float32(count)
    out[:, 5] = _of_commonest(lines)
    shape = np.empty(count + 6)
    shape[:3], shape[-3:] = (-1, -2, -3), (-4, -5, -6)
    shape[3:-3] = np.rint(own[:, 0]) * 8 + own[:, 3] + 2 * own[:, 14] + 4 * own[:, 10]
    same = (shape[3:-3] == shape[_beside(count)]).astype(np.float64)
    out[:, 6] = np.add.reduce(same)
    out[:, 7] = (same[1] + same[4]) * (2 - same[2] - same[3]) / 4
    out[:, 8] = np.log1p(_since(own[:, 5] > 0))
    return out


@lru_cache(maxsize=256)
def _beside(count: int) -> Indices:
    """For each step, where the lines so far from each of so many stand, if three more stand at either end."""
    beside: Indices = np.arange(3, count + 3) + np.array(_STEPS)[:, None]
    return beside


_COMMONEST = 30  # words


def _of_commonest(lines: Table) -> Counts:
    """The share of the words at each line's beginning that are of those most of the prose is made of; of equally common
    ones the first count."""
    words = lines.words
    if not len(words.which):
        return np.zeros(len(lines.own))
    said = words.place < COMPARED
    which, owner = words.which[said], words.owner[said]
    told_in = which[lines.prose[owner]]
    times = np.bincount(told_in, minlength=int(which.max()) + 1)
    # Most words occur once; sorting the rest is half the work.
    chosen = np.flatnonzero(times > 1)
    if len(chosen) < _COMMONEST:
        chosen = np.flatnonzero(times)
    first = np.empty(len(times), np.intp)
    first[told_in[::-1]] = np.arange(len(told_in), 0, -1)
    common = np.zeros(len(times), bool)
    common[chosen[np.lexsort((first[chosen], -times[chosen]))[:_COMMONEST]]] = True
    return np.bincount(owner, common[which], len(lines.own)) / np.maximum(1, np.minimum(words.sizes, COMPARED))


def _place(lines: Table, gaps: Sequence[bool]) -> Counts:
    """Where a line stands: in the text, among the prose, after the last opener, in its block of lines."""
    words, prose = lines.lengths, lines.prose
    count = len(words)
    prose_words = np.where(prose, words, 0.0)
    through = prose_words.cumsum()
    total = max(1.0, float(through[-1]))
    at = _numbers(count)
    # A text with blank lines everywhere or nowhere says nothing with them.
    spaced = np.array(gaps, bool)
    telling = 0 < np.count_nonzero(spaced[1:]) < count - 1
    core = _core(lines)
    out = np.empty((_PLACES, count), np.float64)
    out[0] = at / count
    out[1], out[2] = at, count - 1 - at
    out[3] = (through - prose_words) / total
    out[4], out[5] = through - prose_words, total - through
    out[6:14] = _since_and_to(np.array([prose, prose & (words >= 20), lines.opener, lines.known]))
    out[14] = _runs(prose)
    out[15] = out[16] = 0.5
    out[17] = out[18] = -1.0
    if telling:
        block = spaced.cumsum() - spaced[0]
        sizes = np.bincount(block)
        out[15], out[16, :-1], out[16, -1] = spaced, spaced[1:], 1.0
        out[17], out[18] = sizes[block], (np.bincount(block, words) / sizes)[block]
    out[19], out[20] = count, total
    out[21], out[22] = np.count_nonzero(prose) / count, np.count_nonzero(lines.known) / count
    out[23] = total / max(1.0, float(np.add.reduce(words)))
    out[24], out[25] = at >= core[0], at <= core[1]
    out[26], out[27] = np.abs(at - core[0]), np.abs(at - core[1])
    logged = _LOGGED if telling else _LOGGED_WITHOUT_GAPS
    out[logged] = np.log1p(out[logged])
    return out


_LOGGED_WITHOUT_GAPS = [1, 2, 4, 5, *range(6, 15), 19, 20, 26, 27]
_LOGGED = [*_LOGGED_WITHOUT_GAPS, 17, 18]


def _since(marks: npt.NDArray[np.bool_]) -> Counts:
    """Lines since the last marked one (0 on it) along the last axis, 200 where there is none above."""
    at = _numbers(marks.shape[-1])
    last = np.maximum.accumulate(np.where(marks, at, -_NONE_ABOVE), axis=-1)
    since: Counts = np.minimum(_NONE_ABOVE, at - last).astype(np.float64)
    return since


_NONE_ABOVE = 200  # lines


@lru_cache(maxsize=256)
def _numbers(count: int) -> Indices:
    return np.arange(count)


def _since_and_to(marks: npt.NDArray[np.bool_]) -> Counts:
    """For each row of marks two: lines since the last marked one, and lines to the next."""
    both = _since(np.concatenate([marks, marks[:, ::-1]]))
    out = np.empty_like(both)
    out[::2], out[1::2] = both[: len(marks)], both[len(marks) :, ::-1]
    return out


def _runs(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Length of the run of equal marks each line is in, negative where unmarked lines run; folded to a small range."""
    run = np.zeros(len(marks), np.intp)
    (marks[1:] != marks[:-1]).cumsum(out=run[1:])
    return np.bincount(run).astype(np.float64)[run]


_COST_OF_A_LABEL = 9.0  # words of prose that one line without prose outweighs


def _core(lines: Table) -> tuple[int, int]:
    """First and last line of the stretch richest in prose: the best sum of words of prose less a cost a label."""
    gains = np.where(lines.prose & ~lines.known, lines.lengths, -_COST_OF_A_LABEL).tolist()
    best, span, start = 0.0, (0, len(gains) - 1), 0
    total = 0.0
    for i, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, i
        total += gain
        if total > best:
            best, span = total, (start, i)
    return span


def again(rows: Matrix, odds: npt.NDArray[np.float32], lines: Table) -> Matrix:
    """Rows for the second look: a line's own columns of `context`, and what the first look thought around it."""
    count = len(rows)
    belief = (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)
    body = belief * lines.lengths
    total = max(1.0, float(np.add.reduce(body)))
    above = body.cumsum() - body
    places = np.empty((11, count), np.float64)
    places[0] = odds
    places[1], places[2] = above / total, above
    places[3] = np.maximum(0.0, total - above - body)
    places[4:8] = _since_and_to(np.array([belief > 0.8, belief < 0.2]))
    places[8] = float(belief.mean())
    places[9] = total / max(1.0, float(np.add.reduce(lines.lengths)))
    places[10] = total
    places[_LOGGED_PLACES] = np.log1p(places[_LOGGED_PLACES])
    out = np.empty((count, FIRST + 46), np.float32)
    out[:, :FIRST] = rows[:, :FIRST]
    out[:, FIRST : FIRST + 11] = places.T
    out[:, FIRST + 11 : FIRST + 14] = _believed(lines, belief)
    _shift(odds[:, None], (-4, -3, -2, -1, 1, 2, 3, 4), out[:, FIRST + 14 : FIRST + 22])
    held = np.empty((count, 3), np.float32)
    held[:, 0], held[:, 1], held[:, 2] = belief, body, lines.lengths
    out[:, FIRST + 22 :] = _windows(held, (2, 5, 12, 30))
    return out


_LOGGED_PLACES = [*range(2, 8), 10]


def _believed(lines: Table, belief: Matrix) -> Counts:
    """How much of a line's words lines thought to be body use, and lines thought not to be."""
    owner, which, count = lines.owner, lines.which, len(lines.own)
    sizes = np.maximum(1, lines.long)
    own = belief[owner].astype(np.float64)
    body = np.bincount(which, own)[which] - own
    rest = np.bincount(which, 1.0 - own)[which] - 1.0 + own
    out = np.empty((count, 3))
    for at, column in enumerate((np.minimum(1.0, body), np.minimum(1.0, rest), body / (body + rest + 1.0))):
        out[:, at] = np.bincount(owner, column, count) / sizes
    return out
