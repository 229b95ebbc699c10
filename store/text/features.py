"""The line model's view of a text: each line's own numbers (measured.py), its neighbours', its place, and what it
shares with the rest. Numbers only; the order of the columns is part of the trained weights, so a change here means
training again."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

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


def context(lines: Sequence[Measured], gaps: Sequence[bool], sounds: Matrix) -> Matrix:
    """One row a line: its own numbers, its neighbours', its place in the text. sounds is what `lexical` gave."""
    own = np.array([line.numbers for line in lines], np.float32)
    place = _place(lines, gaps)
    topic = _topic(lines)
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


def _words(lines: Sequence[Measured]) -> tuple[Indices, Indices, Counts]:
    """All long words of all lines, one after the other: whose line each is in, which word it is; words a line."""
    sizes = np.array([len(line.codes) for line in lines])
    _, which = np.unique(np.concatenate([line.codes for line in lines]), return_inverse=True)
    return np.repeat(np.arange(len(lines)), sizes), which, np.maximum(1, sizes).astype(np.float64)


def _topic(lines: Sequence[Measured]) -> Matrix:
    """What of a line's words the prose elsewhere uses, the lines next to it use, and how often one like it recurs."""
    owner, which, sizes = _words(lines)
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
    said: Counter[int] = Counter()
    for line in lines:
        said.update(line.shingles)
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
    counted: Counter[str] = Counter()
    for line in lines:
        if line.prose:
            counted.update(line.said)
    common = {word for word, _ in counted.most_common(_COMMONEST)}
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


def _place(lines: Sequence[Measured], gaps: Sequence[bool]) -> Matrix:
    """Where a line stands: in the text, among the prose, after the last opener, in its block of lines."""
    count = len(lines)
    words = np.array([line.words for line in lines], np.float64)
    prose = np.array([line.prose for line in lines])
    prose_words = np.where(prose, words, 0.0)
    through = np.cumsum(prose_words)
    total = max(1.0, float(through[-1]))
    at = np.arange(count)
    since_prose, to_prose = _since(prose), _since(prose[::-1])[::-1]
    openers = np.array([line.opener for line in lines])
    known = np.array([bool(line.furniture) for line in lines])
    long = np.array([line.prose and line.words >= 20 for line in lines])
    runs = _runs(prose)
    # A text with blank lines everywhere or nowhere says nothing with them.
    spaced = np.array(gaps, bool)
    telling = 0 < int(spaced[1:].sum()) < count - 1
    block = np.cumsum(spaced) if telling else at
    _, inverse, sizes = np.unique(block, return_inverse=True, return_counts=True)
    block_words = np.bincount(inverse, words)[inverse] / sizes[inverse]
    core = _core(lines)
    return np.column_stack(
        [
            at / count,
            np.log1p(at),
            np.log1p(count - 1 - at),
            (through - prose_words) / total,
            np.log1p(through - prose_words),
            np.log1p(total - through),
            np.log1p(since_prose),
            np.log1p(to_prose),
            np.log1p(_since(long)),
            np.log1p(_since(long[::-1])[::-1]),
            np.log1p(_since(openers)),
            np.log1p(_since(openers[::-1])[::-1]),
            np.log1p(_since(known)),
            np.log1p(_since(known[::-1])[::-1]),
            np.log1p(runs),
            np.where(telling, spaced, 0.5),
            np.where(telling, np.append(spaced[1:], True), 0.5),
            np.log1p(sizes[inverse]) if telling else np.full(count, -1.0),
            np.log1p(block_words) if telling else np.full(count, -1.0),
            np.full(count, np.log1p(count)),
            np.full(count, np.log1p(total)),
            np.full(count, prose.mean()),
            np.full(count, known.mean()),
            np.full(count, total / max(1.0, float(words.sum()))),
            at >= core[0],
            at <= core[1],
            np.log1p(np.abs(at - core[0])),
            np.log1p(np.abs(at - core[1])),
        ]
    ).astype(np.float32)


def _since(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Lines since the last marked one (0 on it), 200 where there is none above."""
    at = np.arange(len(marks))
    last = np.maximum.accumulate(np.where(marks, at, -1))
    return np.where(last < 0, 200, np.minimum(200, at - last)).astype(np.float64)


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


def again(rows: Matrix, odds: npt.NDArray[np.float32], lines: Sequence[Measured]) -> Matrix:
    """Rows for the second look: a line's own columns of `context`, and what the first look thought around it."""
    count = len(lines)
    belief = (1.0 / (1.0 + np.exp(-odds)))[:, None]
    words = np.array([float(line.words) for line in lines])[:, None]
    body = belief * words
    total = max(1.0, float(body.sum()))
    above = np.cumsum(body) - body[:, 0]
    sure, out = belief[:, 0] > 0.8, belief[:, 0] < 0.2
    shifts = _shifted(odds[:, None], (-4, -3, -2, -1, 1, 2, 3, 4))
    topic = _believed(lines, belief[:, 0])
    windows = _windows(np.hstack([belief, body, words]).astype(np.float32), (2, 5, 12, 30))
    places = np.column_stack(
        [
            odds,
            above / total,
            np.log1p(above),
            np.log1p(np.maximum(0.0, total - above - body[:, 0])),
            np.log1p(_since(sure)),
            np.log1p(_since(sure[::-1])[::-1]),
            np.log1p(_since(out)),
            np.log1p(_since(out[::-1])[::-1]),
            np.full(count, float(belief.mean())),
            np.full(count, total / max(1.0, float(words.sum()))),
            np.full(count, np.log1p(total)),
        ]
    )
    return np.hstack([rows[:, :FIRST], places, topic, shifts, windows]).astype(np.float32)


def _believed(lines: Sequence[Measured], belief: Matrix | Counts) -> Matrix:
    """How much of a line's words lines thought to be body use, and lines thought not to be."""
    owner, which, sizes = _words(lines)
    if not len(which):
        return np.zeros((len(lines), 3), np.float32)
    own = belief[owner].astype(np.float64)
    body = np.bincount(which, own)[which] - own
    rest = np.bincount(which, 1.0 - own)[which] - 1.0 + own
    columns = (np.minimum(1.0, body), np.minimum(1.0, rest), body / (body + rest + 1.0))
    means = [np.bincount(owner, column, len(lines)) / sizes for column in columns]
    return np.column_stack(means).astype(np.float32)


FIRST = OWN + 1 + 7 + 3 + 9 + 28  # columns of a line itself in `context`
