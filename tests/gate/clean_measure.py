"""The measure of the public article extraction benchmark: shingles of four words, counted."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")
_SIZE = 4


def compare(true: str, got: str) -> tuple[float, float, float]:
    """Precision and recall of got's shingles, and 1.0 where all words are the same. Averages of these make the F1."""
    words, other = _WORD.findall(true), _WORD.findall(got)
    want, have = _shingles(words), _shingles(other)
    hit = sum(min(count, have[shingle]) for shingle, count in want.items())
    precision = hit / have.total() if have else float(not want)
    recall = hit / want.total() if want else 1.0
    return precision, recall, float(words == other)


def _shingles(words: list[str]) -> Counter[tuple[str, ...]]:
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + _SIZE]) for i in range(max(1, len(words) - _SIZE + 1)))
