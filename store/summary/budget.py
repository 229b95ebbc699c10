"""How much a summary may hold. sumy hands a summariser's sentences, best first, to such an object and keeps what it
gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from store.summary.features import bare, hangs
from store.summary.leaning import leans
from store.summary.page import Placed
from store.summary.quotes import half

# Not the apostrophe in a word, nor what stands before a digit and belongs to its number.
_MARKS = re.compile(r"""[.,:;!?…¡¿"“”„«»‹›`()\[\]{}—–*•|।॥።។։。！？｡؟۔،؛]+(?!\d)|(?<!\w)['’‘‚-](?!\d)|['’‘-](?!\w)""")


# Of one story's sentences so many before may hold what another leans on, whose subject is the story's: with 3 the gain
# over the lead on titled stories is 0.02 less.
_FAR = 6


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
            return _standing(rated, _hangs_on)
        return _standing(rated, lambda sentence: int(bare(sentence.text))) if self.unspoken else iter(rated)


def _hangs_on(sentence: Placed) -> int:
    """In how many sentences before it one stands without which a sentence makes no sense; 0 for none."""
    if hangs(sentence.text):
        return 1
    return _FAR if sentence.lang == "en" and leans(sentence.text) else 0


def needs_another(sentence: Placed) -> bool:
    """Whether a sentence makes no sense without one before it."""
    return _hangs_on(sentence) > 0


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


def _standing(rated: list[Rated], hangs_on: Callable[[Placed], int]) -> Iterator[Rated]:
    """In order of rating, but a sentence that hangs on one before it only after such a one. Last, if they are all there
    is, those whose own never came and parts of quotations."""
    given: set[int] = set()
    waiting: dict[int, tuple[Rated, int]] = {}
    torn = [info.sentence.torn or half(info.sentence.text) for info in rated]
    whole = [info for info, part in zip(rated, torn, strict=True) if not part]
    story = {info.order: info.sentence.story for info in rated}
    for info in whole:
        opens = info.order == 0 or story.get(info.order - 1, info.sentence.story) != info.sentence.story
        back = 0 if opens else hangs_on(info.sentence)
        if back and given.isdisjoint(range(info.order - back, info.order)):
            waiting[info.order] = info, back
            continue
        following: Rated | None = info
        while following is not None:
            given.add(following.order)
            yield following
            near = range(following.order + 1, following.order + _FAR + 1)
            found = next((n for n in near if n in waiting and n - waiting[n][1] <= following.order), None)
            following = waiting.pop(found)[0] if found is not None else None
    yield from (info for info, _ in waiting.values())
    yield from (info for info, part in zip(rated, torn, strict=True) if part)
