"""What is new in an event to somebody who has read some of its stories: sentences that none of those holds, newest
first. A sentence is held where one of a read story says the same with the same numbers, days and names, denies what it
denies, and the read sentences like it leave no clause of it over; of a short one they have every word. What a newer
story, read or told, has set aside since is no news."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from store.summary.accounts import Accounts
from store.summary.budget import Budget, key_of, needs_another
from store.summary.corrections import struck
from store.summary.event import costs, weights
from store.summary.known import Sayings
from store.summary.page import Page, Placed
from store.summary.quotes import half
from store.summary.times import when

_FEWEST = 2  # stems of a sentence worth telling
_LINE = 4  # words; a line of fewer is a sentence only where it ends as one
_ENDS = tuple(".!?…。！？۔؟\"'”’»")


def unread(page: Page, read: Sequence[bool], budget: Budget) -> tuple[Placed, ...]:
    """The sentences of the page's stories that no read story holds: those that say most of the newest story, then of
    the next, each story's in the order of its text. One that hangs on the one before stands right behind it, and brings
    it along where it was not taken, known or not: "He" is whoever was named last. read says of each story whether it
    was read."""
    if not page.sentences:
        return ()
    news = _News(page, np.array(read, dtype=bool))
    chosen: list[int] = []
    order = _newest_first(page)
    for story in order:
        fresh = news.of(story, chosen, budget)
        while (found := news.best(fresh, chosen, budget)) is not None:
            news.learn(found)
            chosen += found
    rank = {story: at for at, story in enumerate(order)}
    first = chosen[:1] if chosen and news.hangs(chosen[0]) else []  # behind nobody who is named
    rest = sorted(chosen[len(first) :], key=lambda number: (rank[int(page.said.story[number])], number))
    return tuple(page.sentences[number] for number in (*first, *rest))


def _newest_first(page: Page) -> list[int]:
    """The stories, those without a date last; of one time, in the order given."""
    dated = [when(story.head.published) for story in page.stories]
    return sorted(range(len(dated)), key=lambda number: dated[number], reverse=True)


class _News:
    """The sentences of a page, by their numbers, against what is known by now."""

    def __init__(self, page: Page, read: NDArray[np.bool_]) -> None:
        self._page, self._said = page, page.said
        self._accounts = Accounts(page)
        self._weight = weights(page)
        self._cost = costs(page)
        self._sayings = Sayings(page)
        self._struck = struck(page)
        self._read = read[self._said.story] if self._said.size else read
        self._all = self._weight.copy()
        self._changed: set[int] = set()
        self._needs: dict[int, bool] = {}
        self._told = np.zeros(self._said.size, dtype=bool)
        known = np.flatnonzero(self._read).tolist()
        self._met = self._sayings.stems(known)
        self._texts = {self._text(number) for number in known}
        self._drop(known)

    def of(self, story: int, chosen: list[int], budget: Budget) -> list[int]:
        """The sentences of a story that no read story holds, of those that still fit: to look is dear."""
        own = np.flatnonzero((self._said.story == story) & ~self._read).tolist()
        fitting = [number for number in own if self._fit([number], chosen, budget) and self._sound(number)]
        return [number for number in fitting if not self._held(number)]

    def best(self, fresh: list[int], chosen: list[int], budget: Budget) -> list[int] | None:
        """Of these the one that adds most, with those it hangs on; None where none is new any more and fits."""
        for number in sorted(fresh, key=self._worth, reverse=True):
            if self._said_again(number):
                continue
            found = self._with_speaker(number, chosen)
            if self._fit(found, chosen, budget):
                if self._once(found, chosen):
                    return found
            elif not chosen and all(map(self._held, found[:-1])):  # nobody else was named
                return [number]
        return None

    def learn(self, numbers: list[int]) -> None:
        """From now on these sentences are told."""
        self._told[numbers] = True
        self._met |= self._sayings.stems(numbers)
        self._texts.update(map(self._text, numbers))
        self._drop(numbers)

    def _drop(self, numbers: list[int]) -> None:
        held = self._said.concepts
        self._weight[held.thing[np.isin(held.sentence, numbers)]] = 0.0

    def _sound(self, number: int) -> bool:
        sentence = self._page.sentences[number]
        whole = self._said.length[number] >= _LINE or sentence.text.endswith(_ENDS)
        whole = whole and sentence.ends and not sentence.torn and not self._struck[number]
        whole = whole and not half(sentence.text, straight=True)
        return bool(whole) and len(self._said.stems.of(number)) >= _FEWEST

    def _held(self, number: int) -> bool:
        """Whether the read stories say all that it does."""
        if self._text(number) in self._texts:
            return True
        held = [n for n in self._accounts.alike(number, counts=False, among=self._read).tolist() if n != number]
        own = self._sayings.of(number)
        agreeing = [
            other for other in held if own.agrees(self._sayings.of(other)) and not self._accounts.opposed(number, other)
        ]
        if held and not agreeing:
            self._changed.add(number)
        among = [[other] for other in agreeing] if own.short else [agreeing] if agreeing else []
        return any(own.covered(self._sayings.stems(some), self._met) for some in among)

    def _said_again(self, number: int) -> bool:
        """Whether a sentence told already says much the same; it may say more besides."""
        if self._told[number] or self._text(number) in self._texts:
            return True
        if self._accounts.outdated(number, self._told | self._read):
            return True
        own = self._sayings.of(number)
        names = {stem for name in own.names for stem in name}
        if not names <= self._met:
            return False
        told = self._accounts.alike(number, among=self._told).tolist()
        return any(own.agrees(self._sayings.of(other)) for other in told if other != number)

    def _text(self, number: int) -> str:
        return key_of(self._page.sentences[number].text)

    def _worth(self, number: int) -> float:
        """What its news weighs, for its length; all of it is news where it changes something known."""
        weight = self._all if number in self._changed else self._weight
        return float(weight[self._said.concepts.of(number)].sum() / self._cost[number])

    def _with_speaker(self, number: int, chosen: list[int]) -> list[int]:
        """A sentence with those before it without which it makes no sense, of those not shown yet."""
        found = [number]
        shown = {*chosen}
        while self.hangs(found[0]) and (before := found[0] - 1) not in shown:
            found.insert(0, before)
        return found

    def _once(self, found: list[int], chosen: list[int]) -> bool:
        told = [self._text(number) for number in (*chosen, *found)]
        return len(set(told)) == len(told)

    def hangs(self, number: int) -> bool:
        if number not in self._needs:
            self._needs[number] = bool(self._said.place[number]) and needs_another(self._page.sentences[number])
        return self._needs[number]

    def _fit(self, found: list[int], chosen: list[int], budget: Budget) -> bool:
        taken = self._said.length[[*chosen, *found]].tolist()
        start = len(chosen)
        return all(budget.fits(taken[:at], taken[at]) for at in range(start, len(taken)))
