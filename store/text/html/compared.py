"""Blocks beside texts of other origin: what the extractor took, what the page's own data say, the title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from store.text.html.words import WORD, Matrix, Words

_SIZE = 4  # words of a shingle
_PROBES = 6  # places of a block that are looked up in another text


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the page beside its blocks: texts of other origin to compare with. "" where there is none."""

    title: str = ""
    description: str = ""
    article_body: str = ""
    taken: str | None = None  # what the extractor took for the article, a line a block


class Shingles:
    """A text to look blocks up in."""

    def __init__(self, text: str) -> None:
        self.rows: set[tuple[str, ...]] = set()
        self.lines: set[tuple[str, ...]] = set()
        for line in text.casefold().split("\n"):
            words = WORD.findall(line)
            self.lines.add(tuple(words))
            self.rows.update(zip(words, words[1:], words[2:], words[3:], strict=False))

    def share(self, words: Sequence[str]) -> float:
        """How much of words stands in this text, by samples; a line of few words must stand there as a line."""
        if len(words) < _SIZE:
            return float(tuple(words) in self.lines)
        last = len(words) - _SIZE
        step = max(1, -(-last // (_PROBES - 1)))
        places = [*range(0, last, step), last]
        return sum(tuple(words[at : at + _SIZE]) in self.rows for at in places) / len(places)


def compared(seen: Sequence[Words], told: Told) -> Matrix:
    """Shares of each block in the extractor's text and in the page's own data; likeness to the title; copies."""
    taken = Shingles(told.taken) if told.taken is not None else None
    body = Shingles(told.article_body) if len(told.article_body) > 200 else None
    description = Shingles(told.description) if told.description else None
    title = set(WORD.findall(told.title.casefold()))
    starts = [tuple(s.words[:30]) for s in seen]
    copies = Counter(starts)
    out = np.empty((len(seen), 7), np.float32)
    for at, block in enumerate(seen):
        words = block.words
        distinct = set(words[:40])
        common = len(distinct & title)
        out[at] = (
            taken.share(words) if taken else -1.0,
            body.share(words) if body else -1.0,
            description.share(words) if description else -1.0,
            common / max(1, len(distinct)),
            common / max(1, len(title)),
            copies[starts[at]],
            len(words),
        )
    return out
