"""How much a summary may hold. sumy hands a summariser's sentences, best first, to such an object and keeps what it
gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from store.summary.features import bare, hangs
from store.summary.page import Placed

# Not the apostrophe in a word, nor what stands before a digit and belongs to its number.
_MARKS = re.compile(r"""[.,:;!?…¡¿"“”„«»‹›`()\[\]{}—–*•|।॥።។։。！？｡؟۔،؛]+(?!\d)|(?<!\w)['’‘‚-](?!\d)|['’‘-](?!\w)""")


class Rated(Protocol):
    """sumy's SentenceInfo: a sentence, its place in the document and what it is worth."""

    sentence: Placed
    order: int
    rating: float


@dataclass(frozen=True, slots=True)
class Budget:
    """At most so many sentences, or, where words is given, so many words (white space between them) and as many
    sentences as fit: it ends before the first that does not, so that no poor sentence is taken for being short. One
    sentence at least; none twice, whatever its case and marks; none without a letter or digit while there are
    others.

    unspoken: no part of a quotation that runs over several sentences while there are others: out of its quotation a
    claim reads as fact; and one that is only a quotation not before the sentence it follows is taken. coherent: that,
    and the same for every sentence that only makes sense after the one before it.
    """

    sentences: int
    words: int | None = None
    coherent: bool = False
    unspoken: bool = False

    def fits(self, taken: Sequence[int], length: int) -> bool:
        """Whether a sentence of so many words may follow those taken, given by their words."""
        if not taken:
            return True
        return len(taken) < self.sentences if self.words is None else sum(taken) + length <= self.words

    def __call__(self, rated: Sequence[Rated]) -> list[Rated]:
        chosen: list[Rated] = []
        taken: list[int] = []
        for info in self._ordered(list(_once(rated))):
            length = len(info.sentence.text.split())
            if not self.fits(taken, length):
                break
            chosen.append(info)
            taken.append(length)
        return chosen

    def _ordered(self, rated: list[Rated]) -> Iterator[Rated]:
        if self.coherent:
            return _standing(rated, hangs)
        return _standing(rated, bare) if self.unspoken else iter(rated)


def key_of(text: str) -> str:
    """What two sentences share that are one to a reader, whatever their case, white space and marks."""
    return " ".join(_MARKS.sub(" ", text).split()).casefold() or " ".join(text.split())


def _once(rated: Sequence[Rated]) -> Iterator[Rated]:
    seen: set[str] = set()
    spoken = [info for info in rated if any(map(str.isalnum, info.sentence.text))]
    for info in spoken or rated:
        key = key_of(info.sentence.text)
        if key not in seen:
            seen.add(key)
            yield info


def _standing(rated: list[Rated], hanging: Callable[[str], bool]) -> Iterator[Rated]:
    """In order of rating, but a sentence that hangs on the one before only after that one. Last, if they are all there
    is, those whose own never came and torn quotations."""
    given: set[int] = set()
    waiting: dict[int, Rated] = {}
    whole = [info for info in rated if not info.sentence.torn]
    story = {info.order: info.sentence.story for info in rated}
    for info in whole:
        opens = info.order == 0 or story.get(info.order - 1, info.sentence.story) != info.sentence.story
        if not opens and hanging(info.sentence.text) and info.order - 1 not in given:
            waiting[info.order] = info
            continue
        following: Rated | None = info
        while following is not None:
            given.add(following.order)
            yield following
            following = waiting.pop(following.order + 1, None)
    yield from waiting.values()
    yield from (info for info in rated if info.sentence.torn)
