"""Choosing sentences of several stories one by one: what each is worth is weighed again after each one taken, and what
was said, in whatever words, is not said again. The worth is somebody else's to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store.summary.accounts import Accounts
from store.summary.budget import Budget, key_of
from store.summary.corrections import struck
from store.summary.features import hangs, spoken
from store.summary.graph import Floats, Ints, totals
from store.summary.leaning import leans, pointed_to
from store.summary.page import Page, Placed
from store.summary.quotes import half
from store.summary.withdrawn import correcting
from store.text import dateline, phrases

FEW = 3  # origins up to which each is needed; of more, what one alone has is noise
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
# ... and, of few origins, one of whose stems other stories' sentences that are told have this share between them, where
# a stem weighs less the more sentences have it. 7 of 42 events and 127 of 567 pairs said something again (0.45 of a
# sentence's stems), 4 and 72 do. It costs 0.03 and 0.13 of ROUGE-2, the mean over settings
# drawn at random; 0.37 costs 0.04 and 0.15, and leaves 2 of the 42.
_HEARD = 0.4
_MOSTLY = 0.5  # of an opening's characters stand in a quotation, from where on it is one
_BOTH = 2  # numbers in a correction that says it all: the right one and the wrong one
_STEM = 6  # letters of a noun that tell it in the text
_NOBODY, _SEVERAL = -1, -2  # in place of the one story that told a stem


class Worth(Protocol):
    """What the sentences of a page are worth, in the order of the page."""

    def worth(self, open_: NDArray[np.bool_]) -> Floats:
        """Of each sentence, as things stand; 0 or less: not worth telling. open_ says which may be taken."""

    def take(self, number: int) -> None:
        """From now on this sentence is told."""


def told(page: Page, worth: Worth, budget: Budget, base: int) -> tuple[Placed, ...]:
    """The sentences chosen, those of the story they start from first; of that one's the first where none is worth
    telling."""
    choice = Choice(page, worth, budget, base)
    chosen = choice.made() or [int(np.flatnonzero(page.said.story == base)[0])]
    first = opens(page, chosen, base)
    ahead = [first != base and page.said.story[number] == first for number in chosen]
    order = sorted(zip(ahead, chosen, strict=True), key=lambda one: (not one[0], choice.stands(one[1])))
    return tuple(page.sentences[number] for number in choice.newest_first([number for _, number in order]))


def hanging_of(page: Page) -> NDArray[np.bool_]:
    """Which sentences of a page only make sense after the one before."""
    return np.array([hangs(s.text) for s in page.sentences], dtype=bool) & (page.said.place > 0)


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


class Choice:
    """The greedy choice from a page, starting from the base, which is one of its stories."""

    def __init__(self, page: Page, worth: Worth, budget: Budget, base: int) -> None:
        self._said = page.said
        self._sentences = page.sentences
        self._waiting: set[int] = set()  # for one that they lean on
        self._reach: dict[int, int] = {}  # sentences back in which what one leans on stands, of those looked at
        self._accounts = Accounts(page)
        self._budget = budget
        self._worth = worth
        self._base = base
        self._few = len(np.unique(page.origin)) <= FEW
        self._all = self._said.concepts.counted(self._said.size)
        self._sizes = self._said.stems.counted(self._said.size)
        self._names = self._said.names.counted(self._said.size)
        self._enough = np.maximum((_IN_OTHER_WORDS if self._few else _OF_MANY) * self._sizes, _FEWEST)
        self._known = np.zeros(self._said.concepts.size)  # 1 for a concept that is told
        self._stead: dict[int, int] = {}  # sentences taken, with the older ones that they take the place of
        sound = np.array([sentence.ends and not sentence.torn for sentence in page.sentences], dtype=bool)
        sound &= ~struck(page)
        hanging = hanging_of(page)
        self._free = sound & ~hanging
        self._follows = hanging & sound
        self._teller = np.full(self._said.stems.size, _NOBODY)
        stems = self._said.stems
        spread = np.bincount(stems.thing, minlength=stems.size)
        self._rarity = np.log1p(self._said.size / np.maximum(spread, 1))[stems.thing]
        self._rarities = np.maximum(totals(stems.sentence, self._rarity, self._said.size), 1e-9)
        self._opposites = np.zeros(self._said.size, dtype=bool)  # of what is told
        self._fresh = np.ones(self._said.size, dtype=bool)  # not told in other words
        self._whole = np.array([len(s.words) >= _FRAGMENT for s in page.sentences], dtype=bool)

    def made(self) -> list[int]:
        chosen: list[int] = []
        told: set[str] = set()
        while (number := self._best(chosen)) is not None:
            self._free[number] = False
            if phrases.reason(self._sentences[number].text):  # who reported it, what else to read
                continue
            found = self._told_for(number, chosen)
            for one in found:
                self._take(one)
                if (key := key_of(self._sentences[one].text)) not in told:
                    told.add(key)
                    chosen.append(one)
        return chosen

    def _told_for(self, number: int, chosen: list[int]) -> list[int]:
        """What is told where a sentence is worth most: that, or another in its place, and what it announces; nothing
        where that cannot stand there."""
        newer = self._accounts.newer(number)
        if newer is not None:  # its number is out of date
            instead = newer if self._free[newer] and self._fits(newer, chosen) else None
        else:
            fuller = self._fuller(number, chosen)
            torn = half(self._sentences[fuller].text, straight=True)
            instead = number if torn or self._without_its_own(fuller, chosen) else fuller
        if instead is None or half(self._sentences[instead].text, straight=True):
            return []
        if self._without_its_own(instead, chosen):
            with_it = self._with_its_own(instead, chosen)
            if not with_it:
                self._waiting.add(instead)
            return with_it
        if instead != number:
            self._stead[instead] = number
        if not self._announces(instead):
            return [instead]
        return [instead, instead + 1] if self._fits(instead + 1, [*chosen, instead]) else []

    def _with_its_own(self, number: int, chosen: list[int]) -> list[int]:
        """A sentence behind the one that it leans on, where that may stand and both fit."""
        before = number - 1
        sound = self._free[before] and self._fresh[before] and self._accounts.newer(before) is None
        if not sound or self._without_its_own(before, chosen):
            return []
        fit = self._fits(before, chosen) and self._fits(number, [*chosen, before])
        return [before, number] if fit else []

    def _without_its_own(self, number: int, chosen: list[int]) -> bool:
        """Whether a sentence leans on one before it, and none that may be it is told. Looked for in those alone that
        are to be taken."""
        if number not in self._reach:
            sentence, place = self._sentences[number], int(self._said.place[number])
            english = sentence.lang == "en" and not self._follows[number]
            self._reach[number] = min(leans(sentence.text), place) if english else 0
        if any(number - step in chosen for step in range(1, self._reach[number] + 1)) or not self._reach[number]:
            return False
        noun = pointed_to(self._sentences[number].text)
        return not (noun and any(noun[:_STEM] in self._sentences[one].text.lower() for one in chosen))

    def _announces(self, number: int) -> bool:
        """Whether a sentence says that something was put right, and the next one what: "It is 12, not 21"."""
        own, after = self._sentences[number], number + 1
        return (
            after < self._said.size
            and correcting(own.text)
            and sum(any(map(str.isdigit, word)) for word in own.words) < _BOTH
            and (own.story, own.paragraph) == (self._sentences[after].story, self._sentences[after].paragraph)
        )

    def stands(self, number: int) -> tuple[bool, int, int]:
        """Where a sentence is told: the base story's first, newer facts in the place of the older ones, and after each
        what hangs on it."""
        head = number
        while self._follows[head]:
            head -= 1
        old = self._stead.get(head)
        at, after = (number, 0) if old is None else (old, 1 + number - head)
        return bool(self._said.story[at] != self._base), at, after

    def newest_first(self, numbers: list[int]) -> list[int]:
        """The same sentences, none before a newer one that says the opposite; what hangs on one goes with it."""
        order = list(numbers)
        for number in numbers:
            newer = [n for n in self._accounts.opposites(number) if n in order and self._accounts.later(n, number)]
            for other in newer:
                if order.index(other) > order.index(number):
                    at = order.index(other)
                    end = next((e for e in range(at + 1, len(order)) if not self._follows[order[e]]), len(order))
                    moved = order[at:end]
                    del order[at:end]
                    place = order.index(number)
                    order[place:place] = moved
        return order

    def _take(self, number: int) -> None:
        self._worth.take(number)
        self._known[self._said.concepts.of(number)] = 1.0
        again = self._tell(number)
        if self._few:
            again |= self._heard(number)
        for other in self._accounts.opposites(number):
            self._opposites[other] |= self._accounts.later(other, number)  # is news, however it is put
        self._fresh &= ~again | self._opposites
        self._free[number] = False
        after = number + 1
        if after < self._said.size and self._follows[after]:
            self._free[after] = True
        self._free[list(self._waiting)] = True
        self._waiting.clear()

    def _heard(self, number: int) -> NDArray[np.bool_]:
        """Which sentences have little left that other stories' sentences did not tell, this one taken."""
        stems, story = self._said.stems, self._said.story
        own = stems.of(number)
        self._teller[own] = np.where(np.isin(self._teller[own], (_NOBODY, story[number])), story[number], _SEVERAL)
        teller = self._teller[stems.thing]
        known = (teller != _NOBODY) & (teller != story[stems.sentence])
        heard = totals(stems.sentence, self._rarity * known, self._said.size)
        return np.asarray(heard >= _HEARD * self._rarities)

    def _tell(self, number: int) -> NDArray[np.bool_]:
        """Which sentences say nothing but what this one does, in whatever words."""
        stems, names = self._said.stems, self._said.names
        shared = stems.shared(stems.of(number), self._said.size)
        told = np.asarray(shared >= self._enough)
        if not self._few:
            return told
        less = np.minimum(self._sizes, self._sizes[number])
        both = self._each_other(number, shared)
        named = names.shared(names.of(number), self._said.size)
        few = np.maximum(_NAMED * np.minimum(self._names, self._names[number]), _NAMES_AT_LEAST)
        of_one = (named >= few) & (shared >= np.maximum(_OF_ONE * less, _FEWEST))
        found = [n for n in np.flatnonzero((both | of_one) & ~told).tolist() if not self._accounts.against(number, n)]
        told[found] = True
        return told

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
        found = [n for n in np.flatnonzero(others).tolist() if not self._accounts.against(number, n)]
        return max(found, key=self._names.__getitem__, default=number)

    def _fits(self, number: int, chosen: list[int]) -> bool:
        return self._budget.fits(self._said.length[chosen].tolist(), int(self._said.length[number]))

    def _best(self, chosen: list[int]) -> int | None:
        """The sentence that adds most for its length, of those that fit and are not half said already."""
        held = self._said.concepts
        again = totals(held.sentence, self._known[held.thing], self._said.size)
        open_ = self._free & self._fresh & self._room(chosen) & (self._whole if chosen else True)
        open_ &= (again < _REPEATED * self._all) | self._opposites
        worth = np.where(open_, np.round(self._worth.worth(open_), 9), 0.0)
        number = int(np.argmax(worth)) if len(worth) else -1
        return number if number >= 0 and worth[number] > 0 else None

    def _room(self, chosen: list[int]) -> NDArray[np.bool_]:
        """Which sentences fit after those chosen."""
        if not chosen:
            return np.ones(self._said.size, dtype=bool)
        if self._budget.words is None:
            return np.full(self._said.size, len(chosen) < self._budget.sentences)
        return np.asarray(self._said.length <= self._budget.words - self._said.length[chosen].sum())
