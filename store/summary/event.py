"""One summary of several stories: starts from the story nearest the event's centre and adds what it lacks.

Greedy coverage of weighted concepts (Gillick and Favre 2009, "A scalable global model for summarization"): a concept is
a pair of neighbouring stems, weighs more the more origins say it and the nearer to their top, and counts once. So what
is already said is worth nothing the second time, and only what says it in other pairs of words has to be looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sumy.summarizers._summarizer import AbstractSummarizer

from store.summary.accounts import Accounts
from store.summary.budget import Budget, key_of
from store.summary.features import hangs, spoken
from store.summary.graph import Floats, Ints, totals
from store.summary.page import Page
from store.summary.told import heard, nearest
from store.text import dateline, phrases

# Chosen on the development events of two and three stories and on clusters of ten made of other development stories;
# the neighbours are equal within noise.
_BASE = 1.4  # what the base story's concepts count for against another's ...
_FROM_BASE = 1.2  # ... and its sentences
_LENGTH = 0.8  # a sentence's worth is divided by its words to this power ...
_SHORTEST = 8  # ... of which it has at least so many, so that fragments do not win
_FRAGMENT = 6  # words; a shorter sentence does not fill what room is left
_REPEATED = 0.5  # a sentence of which this share is already said is left out
# ... and one of whose stems a sentence that is told has this share: of few origins, of more. Within 0.1 on all sets; of
# few 0.5 loses 0.5, of ten 0.6 loses 0.3.
_IN_OTHER_WORDS, _OF_MANY, _FEWEST = 0.6, 0.7, 4
# Of few origins, too, where each of the two has this share of the other's stems; or where they have this share of the
# names and numbers of the one that has fewer, so many at least, and this share of the shorter's stems; unless they give
# different numbers. Of the two the one that names more is told. ROUGE-2 on events 22.6 -> 22.7, on pairs 12.08 -> 12.05
# (with whichever comes first told: 22.3 and 11.9); of ten 14.5 -> 12.5, where it is left out.
_EACH_OTHER = 0.52
_NAMED, _NAMES_AT_LEAST, _OF_ONE = 0.6, 3, 0.4
# Of n > 3 origins a concept's weight is multiplied by (origins that have it) ^ (1 - 3 / n): what ten sources share
# matters, what one alone of ten has is noise; of three sources each is needed.
_FEW = 3
# Up to so many origins hardly anything is said often enough to tell; there names do: a sentence counts e ^ 0.1 times as
# much for each deviation by which its share of capitals exceeds its story's mean (ROUGE-2 21.6 -> 22.2 on the
# development events, 0.1 to 0.2 equal; 14.6 -> 14.5 for ten stories, where it is left out).
_NAMES = 0.1
# What only makes sense after its neighbour is worth less, and so, by e ^ -0.2 for the whole of it, is what somebody
# said word for word: who sums up tells it in other words. 22.3 -> 23.1 on the development events (22.8 where the other
# 41 chose among nineteen settings), +0.2 on CNN and titled read as events of one story, 0.0 on pairs, threes and tens.
_HANGING = 0.7
_SPOKEN = 0.2
_MOSTLY = 0.5  # of an opening's characters stand in a quotation, from where on it is one


class Event(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    def __call__(self, document: Page, sentences_count: Budget) -> tuple[Any, ...]:
        base = nearest(document.said, document.origin[document.said.story])
        choice = Choice(document, weights(document, base), sentences_count, base)
        chosen = choice.made() or [int(np.flatnonzero(document.said.story == base)[0])]
        first = opens(document, chosen, base)
        ahead = [first != base and document.said.story[number] == first for number in chosen]
        told = sorted(zip(ahead, chosen, strict=True), key=lambda one: (not one[0], choice.stands(one[1])))
        return tuple(document.sentences[number] for _, number in told)


def opens(page: Page, chosen: Sequence[int], base: int) -> int:
    """The story whose sentences are told first: the base, unless its text has lost its opening and that of another is
    among those chosen. An opening stands behind a dateline; where none does, it names somebody, hangs on nothing and
    is no quotation."""
    heads = sorted(number for number in chosen if not page.said.place[number])
    own = int(np.flatnonzero(page.said.story == base)[0])
    for sound in (_dated, _stands_alone):
        if sound(page, own):
            return base
        for number in heads:
            if sound(page, number):
                return int(page.said.story[number])
    return base


def _dated(page: Page, number: int) -> bool:
    sentence = page.sentences[number]
    return bool(page.stories[sentence.story].head.place) or dateline.read(sentence.text) is not None


def _stands_alone(page: Page, number: int) -> bool:
    text = page.sentences[number].text
    named = any(word[0].isupper() for word in page.sentences[number].words[1:])
    return named and not hangs(text) and spoken(text) <= _MOSTLY


def weights(page: Page, base: int | None = None) -> Floats:
    """What each concept of the page is worth."""
    said = page.said
    own = heard(said, page.origin[said.story])
    total = totals(own.concept, own.weight, said.concepts.size)
    if base is not None:
        basic = heard(said, np.where(said.story == base, 0, 1))
        first = basic.group == 0
        total += (_BASE - 1) * totals(basic.concept[first], basic.weight[first], said.concepts.size)
    count = len(np.unique(page.origin))
    if count > _FEW:
        total *= np.bincount(own.concept, minlength=said.concepts.size) ** (1 - _FEW / count)
    return total


def costs(page: Page) -> Floats:
    """What each sentence takes of the room there is."""
    cost: Floats = np.maximum(page.said.length, _SHORTEST) ** _LENGTH
    return cost


def named(page: Page) -> Floats:
    """What the names in each sentence make of its worth; 1 where stories are many, or capitals do not tell names."""
    story, found = page.said.story, np.zeros(page.said.size)
    if len(np.unique(page.origin)) > _FEW:
        return found + 1
    share = np.array([_capitals(sentence.words) for sentence in page.sentences])
    for number in np.unique(story):
        own = story == number
        spread = float(share[own].std())
        if spread and page.langs[number] != "de":
            found[own] = _NAMES * (share[own] - share[own].mean()) / spread
    return np.asarray(np.exp(found))


def told_well(page: Page, hanging: NDArray[np.bool_]) -> Floats:
    """What the way it is told makes of each sentence's worth; hanging says which need the sentence before them."""
    quoted = np.array([spoken(sentence.text) for sentence in page.sentences])
    return np.asarray(np.where(hanging, _HANGING, 1.0) * np.exp(-_SPOKEN * quoted))


def _capitals(words: Sequence[str]) -> float:
    """The share of words in capitals, the first aside."""
    return sum(word[0].isupper() for word in words[1:]) / (len(words) - 1) if len(words) > 1 else 0.0


class Choice:
    """The greedy choice: what each sentence would add is weighed again after each one taken."""

    def __init__(self, page: Page, weight: Floats, budget: Budget, base: int) -> None:
        self._said = page.said
        self._sentences = page.sentences
        self._accounts = Accounts(page)
        self._budget = budget
        self._weight = weight
        self._all = self._said.concepts.counted(self._said.size)
        self._few = len(np.unique(page.origin)) <= _FEW
        share = _IN_OTHER_WORDS if self._few else _OF_MANY
        self._enough = np.maximum(share * self._said.stems.counted(self._said.size), _FEWEST)
        self._sizes = self._said.stems.counted(self._said.size)
        self._names = self._said.names.counted(self._said.size)
        self._base = base
        self._stead: dict[int, int] = {}  # sentences taken, with the older ones that they take the place of
        factor = np.where(self._said.story == base, _FROM_BASE, 1.0)
        torn = np.array([sentence.torn for sentence in page.sentences], dtype=bool)
        hanging = np.array([hangs(s.text) for s in page.sentences], dtype=bool) & (self._said.place > 0)
        self._factor = factor * named(page) * told_well(page, hanging) / costs(page)
        self._free = ~torn & ~hanging
        self._fresh = np.ones(self._said.size, dtype=bool)  # not told in other words
        self._whole = np.array([len(s.words) >= _FRAGMENT for s in page.sentences], dtype=bool)
        self._follows = hanging & ~torn

    def made(self) -> list[int]:
        chosen: list[int] = []
        told: set[str] = set()
        while (number := self._best(chosen)) is not None:
            self._free[number] = False
            if phrases.reason(self._sentences[number].text):  # who reported it, what else to read
                continue
            newer = self._accounts.newer(number)
            if newer is not None:  # its number is out of date
                if not self._free[newer] or not self._fits(newer, chosen):
                    continue
                self._stead[newer] = number
                number = newer
            elif (fuller := self._fuller(number, chosen)) != number:
                self._stead[fuller] = number
                self._free[number] = False
                number = fuller
            self._take(number)
            if (key := key_of(self._sentences[number].text)) not in told:
                told.add(key)
                chosen.append(number)
        return chosen

    def stands(self, number: int) -> tuple[bool, int, int]:
        """Where a sentence is told: the base story's first, newer facts in the place of the older ones, and after each
        what hangs on it."""
        head = number
        while self._follows[head]:
            head -= 1
        old = self._stead.get(head)
        at, after = (number, 0) if old is None else (old, 1 + number - head)
        return bool(self._said.story[at] != self._base), at, after

    def _take(self, number: int) -> None:
        self._weight[self._said.concepts.of(number)] = 0.0
        self._fresh &= ~self._tell(number)
        self._free[number] = False
        after = number + 1
        if after < self._said.size and self._follows[after]:
            self._free[after] = True

    def _tell(self, number: int) -> NDArray[np.bool_]:
        """Which sentences say nothing but what this one does, in whatever words."""
        stems, names = self._said.stems, self._said.names
        shared = stems.shared(stems.of(number), self._said.size)
        if not self._few:
            return np.asarray(shared >= self._enough)
        less = np.minimum(self._sizes, self._sizes[number])
        both = self._each_other(number, shared)
        named = names.shared(names.of(number), self._said.size)
        few = np.maximum(_NAMED * np.minimum(self._names, self._names[number]), _NAMES_AT_LEAST)
        of_one = (named >= few) & (shared >= np.maximum(_OF_ONE * less, _FEWEST))
        told = shared >= self._enough
        found = [n for n in np.flatnonzero((both | of_one) & ~told).tolist() if not self._accounts.differ(number, n)]
        told[found] = True
        return np.asarray(told)

    def _each_other(self, number: int, shared: Ints) -> NDArray[np.bool_]:
        more = np.maximum(self._sizes, self._sizes[number])
        return np.asarray(shared >= np.maximum(_EACH_OTHER * more, _FEWEST))

    def _fuller(self, number: int, chosen: list[int]) -> int:
        """Of a sentence and those of other stories that say the same the one with most names and numbers; itself where
        none has more."""
        if not self._few:
            return number
        if self._said.place[number]:
            same = self._tell(number)
        else:
            same = self._each_other(number, self._said.stems.shared(self._said.stems.of(number), self._said.size))
        others = same & self._free & self._fresh & self._room(chosen)
        others &= (self._said.story != self._said.story[number]) & (self._names > self._names[number])
        found = [n for n in np.flatnonzero(others).tolist() if not self._accounts.differ(number, n)]
        return max(found, key=self._names.__getitem__, default=number)

    def _fits(self, number: int, chosen: list[int]) -> bool:
        return self._budget.fits(self._said.length[chosen].tolist(), int(self._said.length[number]))

    def _best(self, chosen: list[int]) -> int | None:
        """The sentence that adds most for its length, of those that fit and are not half said already."""
        open_ = self._free & self._fresh & self._room(chosen) & (self._whole if chosen else True)
        held = self._said.concepts
        weight = self._weight[held.thing]
        again = totals(held.sentence, (weight == 0).astype(np.float64), self._said.size)
        gain = totals(held.sentence, weight, self._said.size)
        worth = np.where(open_ & (again < _REPEATED * self._all), np.round(self._factor * gain, 9), 0.0)
        number = int(np.argmax(worth)) if len(worth) else -1
        return number if number >= 0 and worth[number] > 0 else None

    def _room(self, chosen: list[int]) -> NDArray[np.bool_]:
        """Which sentences fit after those chosen."""
        if not chosen:
            return np.ones(self._said.size, dtype=bool)
        if self._budget.words is None:
            return np.full(self._said.size, len(chosen) < self._budget.sentences)
        return np.asarray(self._said.length <= self._budget.words - self._said.length[chosen].sum())


def make(_lang: str) -> Event:
    return Event()
