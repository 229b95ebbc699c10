"""What can be measured on a line, on its neighbours and on the whole text: the line model's view. Numbers only; the
order of the columns is part of the trained weights, so a change here means training again."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from store.text import credit, phrases

Matrix = npt.NDArray[np.float32]

BUCKETS = 1 << 14  # of hashed words
_WORDS_SEEN = 24  # first words of a line that are hashed, and half as many last ones
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ODD = re.compile(r"[|•·»›→©®™#@/\\_=<>{}\[\]]")
_CLOCK_OR_YEAR = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b")
_ADDRESS = re.compile(r"https?:|www\.|\b[\w.]+@\w|\.(?:com|org|net)\b")
_BULLET = re.compile(r"(?:[*+•·▪–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_SENTENCE = re.compile(r"""[.!?…。؟۔]["”’»)\]]{0,2}\s+\W{0,2}(?=[^\W\da-z])""")
_DIGIT = re.compile(r"\d")
_END = re.compile(r"""(.)["”’'»)\]\s]*$""")
_SPOKEN = re.compile(
    r"\b(?:said|says|told|added|according|сказал|заявил|отметил|сказав|заявив|dit|déclaré|dijo|sagte|dedi|قال)\b"
)
_YOU = re.compile(r"\b(?:you|your|our|us|my|please|click|here|free|now)\b")

# Reasons of phrases that the model sees as one kind each; the rest share a column.
_KINDS = ("share prompt", "navigation", "newsletter", "caption", "tags", "date line", "copyright")


@dataclass(frozen=True, slots=True)
class Measured:
    """One line's own numbers, which no neighbour changes, and the words it is compared by."""

    numbers: tuple[float, ...]
    words: int
    long_words: frozenset[str]
    folded: str
    opening: str
    closing: str
    buckets: npt.NDArray[np.int64]
    prose: bool
    opener: bool
    furniture: str


def measure(text: str) -> Measured:
    """The numbers of one line by itself."""
    tokens = text.split()
    folded = text.casefold()
    words = _WORD.findall(folded[:20_000])
    count, size = len(tokens), len(text)
    letters = max(1, size)
    end = _END.search(text[-12:])
    last = end[1] if end else ""
    cased = [t for t in tokens[:400] if t[:1].isalpha()]
    capitals = sum(t[:1].isupper() for t in cased)
    function = phrases.function_words()
    stops = sum(map(function.__contains__, words[:400]))
    reason = phrases.reason(text)
    opener = phrases.opens(text)
    credited = not reason and credit.read(text) is not None
    sentences = len(_SENTENCE.findall(text[:20_000]))
    prose = count >= 28 or (count >= 5 and last in ".!?…。؟۔:;" and last != "")
    first = text[:1]
    numbers = (
        _log(count),
        _log(size),
        min(20.0, size / max(1, count)),
        float(last in ".。۔" and last != ""),
        float(last in "!?؟" and last != ""),
        float(last in ":;,–—-" and last != ""),
        float(last == "…" or text[-6:].count(".") >= 3),
        float(last.isdigit()),
        _log(sentences),
        text.count(",") / max(1, count),
        float(first.isupper()),
        float(first.islower()),
        float(first.isdigit()),
        float(first in "\"“‘'«„"),
        float(_BULLET.match(text) is not None),
        capitals / max(1, len(cased)),
        sum(t.isupper() and len(t) > 1 for t in tokens[:400]) / max(1, min(count, 400)),
        len(_DIGIT.findall(text[:2000])) / min(letters, 2000),
        stops / max(1, min(len(words), 400)),
        _log(len(_ODD.findall(text[:4000]))),
        float(_CLOCK_OR_YEAR.search(text[:2000]) is not None),
        float(_ADDRESS.search(folded[:2000]) is not None),
        float(_SPOKEN.search(folded[:4000]) is not None),
        _log(len(_YOU.findall(folded[:4000]))),
        float("(" in text),
        float(any(q in text for q in '"“”«»„')),
        float(bool(reason)),
        *(float(reason == kind) for kind in _KINDS),
        float(opener),
        float(credited),
        float(prose),
    )
    return Measured(
        numbers,
        count,
        frozenset(w for w in words[:600] if len(w) > 3 and w not in function),
        " ".join(words[:40]),
        " ".join(words[:2]),
        " ".join(words[-2:]),
        _hashed(words),
        prose,
        opener,
        reason or ("credit" if credited else ""),
    )


def _log(count: int) -> float:
    return math.log1p(count)


def _hashed(words: Sequence[str]) -> npt.NDArray[np.int64]:
    """Buckets of a line's words and pairs of words at its start and end; numbers count as one word."""
    if len(words) > _WORDS_SEEN + _WORDS_SEEN // 2:
        words = [*words[:_WORDS_SEEN], "…", *words[-_WORDS_SEEN // 2 :]]
    seen = [_code(word) for word in words]
    length = 1 if len(words) <= _SHORT_LINE else 2
    single = {(code * length) % BUCKETS for code in seen}
    single.update((a * _MIXED + b) % BUCKETS for a, b in zip([1, *seen], [*seen, 2], strict=True))
    return np.fromiter(single, np.int64, len(single))


_SHORT_LINE = 12  # words
_MIXED = 0x9E3779B1  # any large odd number, so that a pair is not its reverse


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> int:
    return crc32(b"0" if word[0].isdigit() else word.encode("utf-8", "replace"))


OWN = 37  # numbers of a line by itself


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
    base = np.hstack([own, sounds[:, None], topic, place])
    near = np.hstack([own[:, _NEAR], sounds[:, None], topic[:, :2]])
    around = _shifted(near, (-3, -2, -1, 1, 2, 3))
    return np.hstack([base, around, _windows(near[:, _AVERAGED], (2, 5, 12))]).astype(np.float32)


_NEAR = (0, 3, 4, 5, 8, 10, 14, 15, 17, 18, 26, 34, 35, 36)
_AVERAGED = (0, 1, 7, 9, 10, 13, 14, 15)


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


def _topic(lines: Sequence[Measured]) -> Matrix:
    """What of a line's words the prose elsewhere uses, the lines next to it use, and how often one like it recurs."""
    used: Counter[str] = Counter()
    for line in lines:
        if line.prose:
            used.update(line.long_words)
    copies = Counter(line.folded for line in lines)
    openings = Counter(line.opening for line in lines)
    closings = Counter(line.closing for line in lines)
    rows = []
    for i, line in enumerate(lines):
        own = line.long_words
        size = max(1, len(own))
        mine = 1 if line.prose else 0
        uses = [used.get(w, 0) - mine for w in own]
        elsewhere = sum(n > 0 for n in uses) / size
        often = sum(n > 2 for n in uses) / size
        around = (_shared(own, lines[k].long_words) for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(lines))
        alike = _log(openings[line.opening] - 1), _log(closings[line.closing] - 1), _log(copies[line.folded] - 1)
        rows.append((elsewhere, often, max(around, default=0.0), _log(len(own)), *alike))
    return np.array(rows, np.float32)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


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
    return np.hstack([rows[:, :FIRST], places, shifts, windows]).astype(np.float32)


FIRST = OWN + 1 + 7 + 28  # columns of a line itself in `context`
