"""The line model's view of a text: each line's own numbers (measured.py), its neighbours', its place, and what it
shares with the rest. Numbers only; the order of the columns is part of the trained weights, so a change here means
training again."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from store.text.measured import OWN, Measured

Matrix = npt.NDArray[np.float32]
Counts = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


def lexical(lines: Sequence[Measured], weights: npt.NDArray[np.float32], bias: float) -> Matrix:
    """How much each line's words sound like body, as log odds."""
    sizes = [len(line.buckets) for line in lines]
    if not sum(sizes):
        return np.full(len(lines), bias, np.float32)
    flat = weights[np.concatenate([line.buckets for line in lines])]
    owner = np.repeat(np.arange(len(lines)), sizes)
    total = np.bincount(owner, flat, len(lines))
    return (bias + total / np.sqrt(np.maximum(1, sizes))).astype(np.float32)


def context(lines: Sequence[Measured], gaps: Sequence[bool], sounds: Matrix, used: Words | None = None) -> Matrix:
    """One row a line: its own numbers, its neighbours', its place in the text. sounds is what `lexical` gave, used what
    `words` gives, where it is at hand."""
    own = np.array([line.numbers for line in lines], np.float32)
    place = _place(lines, gaps)
    topic = _topic(lines, used or words(lines))
    base = np.hstack([own, sounds[:, None], topic, _twins(lines), _kind(lines, own), place])
    near = np.hstack([own[:, _NEAR], sounds[:, None], topic[:, :2]])
    around = _shifted(near, (-3, -2, -1, 1, 2, 3))
    return np.hstack([base, around, _windows(near[:, _AVERAGED], (2, 5, 12))]).astype(np.float32)


_NEAR = (0, 3, 4, 5, 8, 10, 14, 15, 17, 18, 26, 34, 35, 36, 37, 38, 42)
_AVERAGED = (0, 1, 7, 9, 10, 13, 14, 15, 17, 18)


def _shifted(values: Matrix, steps: Sequence[int]) -> Matrix:
    """For each step, values of the line so far below (above where negative); -1 beyond the text's ends."""
    reach = max(map(abs, steps))
    edge = np.full((reach, values.shape[1]), -1.0, np.float32)
    padded = np.vstack([edge, values, edge])
    return np.hstack([padded[reach + step : reach + step + len(values)] for step in steps])


def _windows(values: Matrix, reaches: Sequence[int]) -> npt.NDArray[np.float64]:
    """For each reach, means over the lines up to so far above, and below, the line itself left out."""
    count = len(values)
    sums = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    at = np.arange(count)
    out = []
    for reach in reaches:
        low, high = np.maximum(0, at - reach), np.minimum(count, at + reach + 1)
        out.append((sums[at] - sums[low]) / np.maximum(1, at - low)[:, None])
        out.append((sums[high] - sums[at + 1]) / np.maximum(1, high - at - 1)[:, None])
    return np.hstack(out)


@dataclass(frozen=True, slots=True)
class Words:
    """All long words of all lines, one after the other: whose line each is in, which word it is; words a line."""

    owner: Indices
    which: Indices
    sizes: Counts


def words(lines: Sequence[Measured]) -> Words:
    sizes = np.array([len(line.codes) for line in lines])
    _, which = np.unique(np.concatenate([line.codes for line in lines]), return_inverse=True)
    return Words(np.repeat(np.arange(len(lines)), sizes), which, np.maximum(1, sizes).astype(np.float64))


def _topic(lines: Sequence[Measured], used: Words) -> Matrix:
    """What of a line's words the prose elsewhere uses, the lines next to it use, and how often one like it recurs."""
    owner, which, sizes = used.owner, used.which, used.sizes
    mine = np.array([float(line.prose) for line in lines])[owner]
    uses = np.bincount(which, mine)[which] - mine if len(which) else mine
    count = len(lines)
    copies = Counter(line.folded for line in lines)
    openings = Counter(line.opening for line in lines)
    closings = Counter(line.closing for line in lines)
    alike = [(openings[line.opening], closings[line.closing], copies[line.folded]) for line in lines]
    return np.column_stack(
        [
            np.bincount(owner, uses > 0, count) / sizes,
            np.bincount(owner, uses > 2, count) / sizes,
            _shared_near(lines),
            np.log1p(np.bincount(owner, minlength=count)),
            np.log(np.array(alike)),
        ]
    ).astype(np.float32)


def _shared_near(lines: Sequence[Measured]) -> list[float]:
    """The largest share of words that a line has in common with one of the two above or the two below."""
    most = [0.0] * len(lines)
    for step in (1, 2):
        for i in range(len(lines) - step):
            one, other = lines[i].long_words, lines[i + step].long_words
            if one and other and not one.isdisjoint(other):
                share = len(one & other) / min(len(one), len(other))
                most[i], most[i + step] = max(most[i], share), max(most[i + step], share)
    return most


_OWNERS = 4  # lines that say the same four words that are remembered


def _twins(lines: Sequence[Measured]) -> Matrix:
    """How much of a line another line says too, how much longer that one is, and how far below it stands (negative
    where above): captions, pull quotes and teasers repeat what stands elsewhere."""
    said = Counter(chain.from_iterable(line.shingles for line in lines))
    repeated = {shingle for shingle, times in said.items() if times > 1}
    rows = np.zeros((len(lines), 3), np.float32)
    if not repeated:
        return rows
    own = [line.shingles & repeated for line in lines]
    owners: dict[int, list[int]] = {}
    for i, shingles in enumerate(own):
        for shingle in shingles:
            held = owners.setdefault(shingle, [])
            if len(held) < _OWNERS:
                held.append(i)
    for i, shingles in enumerate(own):
        if not shingles:
            continue
        seen = Counter(k for shingle in shingles for k in owners[shingle] if k != i)
        if seen:
            # Of lines that share as much, the first: sets have no order of their own.
            twin, shared = min(seen.items(), key=lambda item: (-item[1], item[0]))
            longer = math.log1p(lines[twin].words) - math.log1p(lines[i].words)
            far = math.copysign(math.log1p(abs(twin - i)), twin - i)
            rows[i] = (shared / len(lines[i].shingles), longer, far)
    return rows


def _kind(lines: Sequence[Measured], own: Matrix) -> Matrix:
    """What kind of text the whole is, by its sentences; what a line has of the text's own commonest words, whatever its
    language; lines since one that ended with a colon; whether two kinds of lines take turns, as in lists of links."""
    count = len(lines)
    prose = np.array([line.prose and line.words >= 12 for line in lines])
    total = max(1, int(prose.sum()))
    said, you = own[prose, 22].sum() / total, own[prose, 23].sum() / total
    stats = (said, you, own[:, 14].mean(), own[:, 0].mean(), own[:, 40].mean())
    common = _commonest(lines)
    share = [sum(map(common.__contains__, line.said)) / max(1, len(line.said)) for line in lines]
    shape = np.rint(own[:, 0]) * 8 + own[:, 3] + 2 * own[:, 14] + 4 * own[:, 10]
    padded = np.concatenate([[-1, -2, -3], shape, [-4, -5, -6]])
    at = np.arange(3, count + 3)
    same = [(padded[at] == padded[at + k]).astype(np.float32) for k in (-3, -2, -1, 1, 2, 3)]
    turns = (same[1] + same[4]) * (2 - same[2] - same[3]) / 4
    since_colon = np.log1p(_since(own[:, 5] > 0))
    return np.column_stack([*(np.full(count, s) for s in stats), share, sum(same), turns, since_colon]).astype(
        np.float32
    )


_COMMONEST = 30  # words


def _commonest(lines: Sequence[Measured]) -> set[str]:
    """The words that most of the prose is made of; of equally common ones the first."""
    counted = Counter(chain.from_iterable(line.said for line in lines if line.prose))
    # Most words occur once; sorting the rest is half the work.
    again = [item for item in counted.items() if item[1] > 1]
    ranked = sorted(again if len(again) >= _COMMONEST else counted.items(), key=itemgetter(1), reverse=True)
    return {word for word, _ in ranked[:_COMMONEST]}


def _place(lines: Sequence[Measured], gaps: Sequence[bool]) -> Matrix:
    """Where a line stands: in the text, among the prose, after the last opener, in its block of lines."""
    count = len(lines)
    words = np.array([line.words for line in lines], np.float64)
    prose = np.array([line.prose for line in lines])
    prose_words = np.where(prose, words, 0.0)
    through = np.cumsum(prose_words)
    total = max(1.0, float(through[-1]))
    at = np.arange(count)
    openers = np.array([line.opener for line in lines])
    known = np.array([bool(line.furniture) for line in lines])
    # A text with blank lines everywhere or nowhere says nothing with them.
    spaced = np.array(gaps, bool)
    telling = 0 < int(spaced[1:].sum()) < count - 1
    core = _core(lines)
    out = np.empty((_PLACES, count), np.float64)
    out[0] = at / count
    out[1], out[2] = at, count - 1 - at
    out[3] = (through - prose_words) / total
    out[4], out[5] = through - prose_words, total - through
    out[6:14] = _since_and_to(np.array([prose, prose & (words >= 20), openers, known]))
    out[14] = _runs(prose)
    out[15] = out[16] = 0.5
    out[17] = out[18] = -1.0
    if telling:
        _, inverse, sizes = np.unique(np.cumsum(spaced), return_inverse=True, return_counts=True)
        out[15], out[16] = spaced, np.append(spaced[1:], True)
        out[17], out[18] = sizes[inverse], np.bincount(inverse, words)[inverse] / sizes[inverse]
    out[19], out[20], out[21], out[22] = count, total, prose.mean(), known.mean()
    out[23] = total / max(1.0, float(words.sum()))
    out[24], out[25] = at >= core[0], at <= core[1]
    out[26], out[27] = np.abs(at - core[0]), np.abs(at - core[1])
    logged = _LOGGED if telling else _LOGGED_WITHOUT_GAPS
    out[logged] = np.log1p(out[logged])
    return out.T.astype(np.float32)


_PLACES = 28
_LOGGED_WITHOUT_GAPS = [1, 2, 4, 5, *range(6, 15), 19, 20, 26, 27]
_LOGGED = [*_LOGGED_WITHOUT_GAPS, 17, 18]


def _since(marks: npt.NDArray[np.bool_]) -> Counts:
    """Lines since the last marked one (0 on it) along the last axis, 200 where there is none above."""
    at = np.arange(marks.shape[-1])
    last = np.maximum.accumulate(np.where(marks, at, -1), axis=-1)
    return np.where(last < 0, 200.0, np.minimum(200, at - last))


def _since_and_to(marks: npt.NDArray[np.bool_]) -> Counts:
    """For each row of marks two: lines since the last marked one, and lines to the next."""
    both = _since(np.concatenate([marks, marks[:, ::-1]]))
    out = np.empty_like(both)
    out[::2], out[1::2] = both[: len(marks)], both[len(marks) :, ::-1]
    return out


def _runs(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Length of the run of equal marks each line is in, negative where unmarked lines run; folded to a small range."""
    starts = np.flatnonzero(np.append(True, marks[1:] != marks[:-1]))
    lengths = np.diff(np.append(starts, len(marks)))
    return np.repeat(lengths, lengths) * 1.0


_COST_OF_A_LABEL = 9.0  # words of prose that one line without prose outweighs


def _core(lines: Sequence[Measured]) -> tuple[int, int]:
    """First and last line of the stretch richest in prose: the best sum of words of prose less a cost a label."""
    gains = [float(line.words) if line.prose and not line.furniture else -_COST_OF_A_LABEL for line in lines]
    best, span, start = 0.0, (0, len(lines) - 1), 0
    total = 0.0
    for i, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, i
        total += gain
        if total > best:
            best, span = total, (start, i)
    return span


def again(rows: Matrix, odds: npt.NDArray[np.float32], lines: Sequence[Measured], used: Words | None = None) -> Matrix:
    """Rows for the second look: a line's own columns of `context`, and what the first look thought around it."""
    count = len(lines)
    belief = (1.0 / (1.0 + np.exp(-odds)))[:, None]
    lengths = np.array([float(line.words) for line in lines])[:, None]
    body = belief * lengths
    total = max(1.0, float(body.sum()))
    above = np.cumsum(body) - body[:, 0]
    sure, out = belief[:, 0] > 0.8, belief[:, 0] < 0.2
    shifts = _shifted(odds[:, None], (-4, -3, -2, -1, 1, 2, 3, 4))
    topic = _believed(used or words(lines), belief[:, 0])
    windows = _windows(np.hstack([belief, body, lengths]).astype(np.float32), (2, 5, 12, 30))
    places = np.empty((11, count), np.float64)
    places[0] = odds
    places[1], places[2] = above / total, above
    places[3] = np.maximum(0.0, total - above - body[:, 0])
    places[4:8] = _since_and_to(np.array([sure, out]))
    places[8] = float(belief.mean())
    places[9] = total / max(1.0, float(lengths.sum()))
    places[10] = total
    places[_LOGGED_PLACES] = np.log1p(places[_LOGGED_PLACES])
    places = places.T
    return np.hstack([rows[:, :FIRST], places, topic, shifts, windows]).astype(np.float32)


_LOGGED_PLACES = [*range(2, 8), 10]


def _believed(used: Words, belief: Matrix | Counts) -> Matrix:
    """How much of a line's words lines thought to be body use, and lines thought not to be."""
    owner, which, sizes = used.owner, used.which, used.sizes
    if not len(which):
        return np.zeros((len(sizes), 3), np.float32)
    own = belief[owner].astype(np.float64)
    body = np.bincount(which, own)[which] - own
    rest = np.bincount(which, 1.0 - own)[which] - 1.0 + own
    columns = (np.minimum(1.0, body), np.minimum(1.0, rest), body / (body + rest + 1.0))
    means = [np.bincount(owner, column, len(sizes)) / sizes for column in columns]
    return np.column_stack(means).astype(np.float32)


FIRST = OWN + 1 + 7 + 3 + 9 + 28  # columns of a line itself in `context`
