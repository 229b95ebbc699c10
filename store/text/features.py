"""The line model's view of a text: each line's own numbers (table.py), its neighbours', its place, and what it
shares with the rest. Numbers only; the order of the columns is part of the trained weights, so a change here means
training again.

A text has few lines, so that what counts is how often numpy is called: whole tables at a time, no line by itself, and
the lines of several texts together (spans.py)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from store.text import vocabulary
from store.text.measured import OWN
from store.text.spans import APART, STEPS, Spans
from store.text.table import COMPARED, Counts, Matrix, Table
from store.text.vocabulary import Flags, Indices


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
    out[:, FIRST:_WINDOWED] = _beside(near, lines.spans, _NEXT)
    out[:, _WINDOWED:] = _windows(near[:, _AVERAGED], lines.spans, 3)
    return out


_SOUND = OWN
_TOPIC = slice(OWN + 1, OWN + 8)
_TWINS = slice(OWN + 8, OWN + 11)
_KIND = slice(OWN + 11, OWN + 20)
_PLACES = 28
_PLACE = slice(OWN + 20, OWN + 20 + _PLACES)
FIRST = OWN + 20 + _PLACES  # columns of a line itself in `context`
_NEAR = [0, 3, 4, 5, 8, 10, 14, 15, 17, 18, 26, 34, 35, 36, 37, 38, 42, _SOUND, OWN + 1, OWN + 2]
_NEXT = slice(1, -1)  # of STEPS
_AVERAGED = [0, 1, 7, 9, 10, 13, 14, 15, 17, 18]
_WINDOWED = FIRST + len(_NEAR) * (len(STEPS) - 2)
_WIDTH = _WINDOWED + len(_AVERAGED) * 6


def _beside(values: Matrix, spans: Spans, steps: slice) -> Matrix:
    """For each of some STEPS, values of the line so far below (above where negative); -1 beyond the text's ends."""
    count, width = values.shape
    known = np.empty((count + 1, width), values.dtype)
    known[:count], known[count] = values, -1.0
    return known.take(spans.beside[:, steps], axis=0).reshape(count, -1)


def _windows(values: Matrix, spans: Spans, reaches: int) -> Counts:
    """For each of the first REACHES, means over the lines up to so far above, and below, the line itself left out."""
    count, width = values.shape
    sums = np.zeros((count + 1, width))
    np.cumsum(values, axis=0, dtype=np.float64, out=sums[1:])
    means = np.empty((count, reaches, 2, width))
    low, high = sums.take(spans.low[:, :reaches], axis=0), sums.take(spans.high[:, :reaches], axis=0)
    np.divide(sums[:-1, None] - low, spans.above[:, :reaches], out=means[:, :, 0])
    np.divide(high - sums[1:, None], spans.below[:, :reaches], out=means[:, :, 1])
    return means.reshape(count, -1)


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
    own, spans, count = lines.own, lines.spans, len(lines.own)
    prose = (lines.prose & (lines.lengths >= 12)).nonzero()[0]
    told, texts = spans.text[prose], len(spans.counts)
    total = np.maximum(1, np.bincount(told, minlength=texts))
    each = np.empty((texts, 5))
    each[:, 0] = np.bincount(told, own[prose, 22], texts) / total
    each[:, 1] = np.bincount(told, own[prose, 23], texts) / total
    for column, number in ((2, 14), (3, 0), (4, 40)):
        each[:, column] = np.add.reduceat(own[:, number], spans.firsts) / spans.counts
    out = np.empty((count, 9))
    out[:, :5] = each[spans.text]
    out[:, 5] = _of_commonest(lines)
    shape = np.empty(count + 1)
    shape[:-1] = np.rint(own[:, 0]) * 8 + own[:, 3] + 2 * own[:, 14] + 4 * own[:, 10]
    shape[-1] = np.nan
    same = (shape[:-1, None] == shape[spans.beside[:, _NEXT]]).astype(np.float64)
    out[:, 6] = np.add.reduce(same, axis=1)
    out[:, 7] = (same[:, 1] + same[:, 4]) * (2 - same[:, 2] - same[:, 3]) / 4
    out[:, 8] = np.log1p(_since(own[:, 5] > 0, spans.from_top))
    return out


_COMMONEST = 30  # words


def _of_commonest(lines: Table) -> Counts:
    """The share of the words at each line's beginning that are of those most of the prose is made of; of equally common
    ones the first count."""
    words = lines.words
    if not len(words.which):
        return np.zeros(len(lines.own))
    said = words.place < COMPARED
    which, owner = words.which[said], words.owner[said]
    telling = lines.prose[owner]
    told_in = which[telling]
    times = np.bincount(told_in, minlength=int(which.max()) + 1)
    text = np.zeros(len(times), np.intp)
    text[told_in] = lines.spans.text[owner[telling]]
    # Most words occur once; sorting the rest is half the work.
    chosen = np.flatnonzero(times > 1)
    if np.bincount(text[chosen], minlength=len(lines.spans.counts)).min() < _COMMONEST:
        chosen = np.flatnonzero(times)
    first = np.empty(len(times), np.intp)
    first[told_in[::-1]] = np.arange(len(told_in), 0, -1)
    ordered = chosen[np.lexsort((first[chosen], -times[chosen], text[chosen]))]
    of = text[ordered]
    rank = np.arange(len(of)) - of.searchsorted(of)
    common = np.zeros(len(times), bool)
    common[ordered[rank < _COMMONEST]] = True
    return np.bincount(owner, common[which], len(lines.own)) / np.maximum(1, np.minimum(words.sizes, COMPARED))


def _place(lines: Table, gaps: Sequence[bool]) -> Counts:
    """Where a line stands: in the text, among the prose, after the last opener, in its block of lines."""
    words, prose, spans = lines.lengths, lines.prose, lines.spans
    count, at = spans.count, spans.at
    prose_words = np.where(prose, words, 0.0)
    through = prose_words.cumsum()
    before = through - prose_words
    each = np.empty((7, len(spans.counts)))
    each[0], each[1] = before[spans.firsts], np.add.reduceat(prose_words, spans.firsts)
    each[2] = np.add.reduceat(prose, spans.firsts, dtype=np.intp) / spans.counts
    each[3] = np.add.reduceat(lines.known, spans.firsts, dtype=np.intp) / spans.counts
    each[4] = np.maximum(1.0, each[1]) / np.maximum(1.0, np.add.reduceat(words, spans.firsts))
    each[5:] = _cores(lines)
    above, told, share, known, rich, first, last = each.take(spans.text, axis=1)
    total = np.maximum(1.0, told)
    out = np.empty((_PLACES, len(words)), np.float64)
    out[0] = at / count
    out[1], out[2] = at, count - 1 - at
    out[4] = before - above
    out[3], out[5] = out[4] / total, total - out[4] - prose_words
    out[6:14] = _since_and_to(np.array([prose, prose & (words >= 20), lines.opener, lines.known]), spans)
    out[14] = _runs(prose, spans)
    out[15:19] = _blocks(words, np.array(gaps, bool), spans)
    out[19], out[20] = count, total
    out[21], out[22], out[23] = share, known, rich
    out[24], out[25] = at >= first, at <= last
    out[26], out[27] = np.abs(at - first), np.abs(at - last)
    out[_LOGGED] = np.log1p(out[_LOGGED])
    return out


_LOGGED = [1, 2, 4, 5, *range(6, 15), 19, 20, 26, 27]


def _blocks(words: Counts, spaced: Flags, spans: Spans) -> Counts:
    """Whether a blank line stands above each line, and below it; how many lines its block between blank ones has, and
    of how many words. A text with blank lines everywhere or nowhere says nothing with them."""
    out = np.empty((4, len(words)))
    out[:2], out[2:] = 0.5, -1.0
    inner = np.add.reduceat(spaced, spans.firsts, dtype=np.intp) - spaced[spans.firsts]
    telling = (inner > 0) & (inner < spans.counts - 1)
    if not telling.any():
        return out
    begun = spaced.copy()
    begun[spans.firsts] = True
    block = begun.cumsum() - 1
    sizes = np.bincount(block)
    told = np.empty((4, len(words)))
    told[0], told[1, :-1] = spaced, spaced[1:]
    told[1, spans.firsts - 1] = 1.0  # of the last line of each text, for the first one is behind the last of all
    told[2], told[3] = np.log1p(sizes)[block], np.log1p(np.bincount(block, words) / sizes)[block]
    lines = telling[spans.text]
    out[:, lines] = told[:, lines]
    return out


def _since(marks: Flags, places: Indices) -> Counts:
    """Lines since the last marked one (0 on it) along the last axis, 200 where there is none above; places are those of
    the lines, text by text as far apart."""
    last = np.maximum.accumulate(np.where(marks, places, -APART), axis=-1)
    since: Counts = np.minimum(APART, places - last).astype(np.float64)
    return since


def _since_and_to(marks: Flags, spans: Spans) -> Counts:
    """For each row of marks two: lines since the last marked one, and lines to the next."""
    out = np.empty((2 * len(marks), marks.shape[1]))
    out[::2] = _since(marks, spans.from_top)
    out[1::2] = _since(marks[:, ::-1], spans.from_bottom[::-1])[:, ::-1]
    return out


def _runs(marks: Flags, spans: Spans) -> Counts:
    """Length of the run of equal marks each line is in."""
    begun = np.ones(len(marks), bool)
    begun[1:] = marks[1:] != marks[:-1]
    begun[spans.firsts] = True
    run = begun.cumsum() - 1
    lengths: Counts = np.bincount(run)[run].astype(np.float64)
    return lengths


_COST_OF_A_LABEL = 9.0  # words of prose that one line without prose outweighs


def _cores(lines: Table) -> Counts:
    """For each text the places in it of the first and the last line of the stretch richest in prose: the best sum of
    words of prose less a cost a label."""
    gains = np.where(lines.prose & ~lines.known, lines.lengths, -_COST_OF_A_LABEL).tolist()
    firsts, counts = lines.spans.firsts.tolist(), lines.spans.counts.tolist()
    found = np.empty((2, len(counts)))
    for text, (first, count) in enumerate(zip(firsts, counts, strict=True)):
        found[:, text] = _core(gains[first : first + count])
    return found


def _core(gains: Sequence[float]) -> tuple[int, int]:
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
    count, spans = len(rows), lines.spans
    belief = (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)
    body = belief * lines.lengths
    through = body.cumsum()
    each = np.empty((4, len(spans.counts)))
    each[0] = np.add.reduceat(body, spans.firsts)
    each[1] = (through - body)[spans.firsts]
    each[2] = np.add.reduceat(belief, spans.firsts) / spans.counts
    each[3] = np.maximum(1.0, each[0]) / np.maximum(1.0, np.add.reduceat(lines.lengths, spans.firsts))
    told, over, mean, rich = each.take(spans.text, axis=1)
    total = np.maximum(1.0, told)
    above = through - body - over
    places = np.empty((11, count), np.float64)
    places[0] = odds
    places[1], places[2] = above / total, above
    places[3] = np.maximum(0.0, total - above - body)
    places[4:8] = _since_and_to(np.array([belief > 0.8, belief < 0.2]), spans)
    places[8], places[9], places[10] = mean, rich, total
    places[_LOGGED_PLACES] = np.log1p(places[_LOGGED_PLACES])
    out = np.empty((count, FIRST + 46), np.float32)
    out[:, :FIRST] = rows[:, :FIRST]
    out[:, FIRST : FIRST + 11] = places.T
    out[:, FIRST + 11 : FIRST + 14] = _believed(lines, belief)
    out[:, FIRST + 14 : FIRST + 22] = _beside(odds[:, None], spans, _ALL)
    held = np.empty((count, 3), np.float32)
    held[:, 0], held[:, 1], held[:, 2] = belief, body, lines.lengths
    out[:, FIRST + 22 :] = _windows(held, spans, 4)
    return out


_ALL = slice(None)
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
