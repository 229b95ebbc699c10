"""How much a summary may hold. sumy hands a summariser's sentences, best first, to such an object and keeps what it
gives back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from store.summary.page import Placed


class Rated(Protocol):
    """sumy's SentenceInfo: a sentence, its place in the document and what it is worth."""

    sentence: Placed
    order: int
    rating: float


@dataclass(frozen=True, slots=True)
class Budget:
    """At most so many sentences, or, where words is given, so many words (white space between them) and as many
    sentences as fit. One sentence at least; none twice; none without a word while there are others.

    in_order: stop at the first that does not fit in place of trying the next best.
    """

    sentences: int
    words: int | None = None
    in_order: bool = False

    def __call__(self, rated: Sequence[Rated]) -> list[Rated]:
        chosen: list[Rated] = []
        left = self.words
        for info in _once(rated):
            length = len(info.sentence.text.split())
            fits = len(chosen) < self.sentences if left is None else length <= left
            if chosen and not fits:
                if left is None or self.in_order:
                    break
                continue
            chosen.append(info)
            left = None if left is None else left - length
        return chosen


def _once(rated: Sequence[Rated]) -> Iterator[Rated]:
    seen: set[str] = set()
    spoken = [info for info in rated if any(map(str.isalnum, info.sentence.text))]
    for info in spoken or rated:
        key = " ".join(info.sentence.text.split()).casefold()
        if key not in seen:
            seen.add(key)
            yield info
