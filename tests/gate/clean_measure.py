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


def best_lines(true: str, text: str) -> str:
    """The lines of text that are more of the true body than not: about the best that choosing whole lines can do.

    A line of fewer words than a shingle counts as body where the body has its words in a row.
    """
    body = _WORD.findall(true)
    want, said = _shingles(body), f" {' '.join(body)} "
    return "\n".join(line for line in text.split("\n") if _mostly(_WORD.findall(line), want, said))


def _mostly(words: list[str], want: Counter[tuple[str, ...]], said: str) -> bool:
    if len(words) < _SIZE:
        return bool(words) and f" {' '.join(words)} " in said
    have = _shingles(words)
    return 2 * sum(min(count, want[shingle]) for shingle, count in have.items()) >= have.total()


def _shingles(words: list[str]) -> Counter[tuple[str, ...]]:
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + _SIZE]) for i in range(max(1, len(words) - _SIZE + 1)))
