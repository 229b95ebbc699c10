"""What is new in an event to somebody who has read some of its stories: sentences that none of those holds, newest
first. A sentence is held where one of a read story says the same, and the read stories have its numbers and names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from store.summary.accounts import Accounts
from store.summary.budget import Budget
from store.summary.event import costs, weights
from store.summary.features import hangs
from store.summary.page import Page, Placed
from store.summary.times import CALENDAR, MONTHS, when
from store.text import words

_FEWEST = 4  # words of a sentence worth telling


def unread(page: Page, read: Sequence[bool], budget: Budget) -> tuple[Placed, ...]:
    """The sentences of the page's stories that no read story holds, of newer stories first, within each those that say
    most; one that hangs on the one before brings that along. read says of each story whether it was read."""
    if not page.sentences:
        return ()
    news = _News(page, np.array(read, dtype=bool))
    chosen: list[int] = []
    for story in _newest_first(page):
        fresh = news.of(story)
        while (found := news.best(fresh, chosen, budget)) is not None:
            news.learn(found)
            chosen += found
    return tuple(page.sentences[number] for number in chosen)


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
        self._known = np.zeros(self._said.size, dtype=bool)
        self._stems: set[str] = set()
        self.learn(np.flatnonzero(read[self._said.story]).tolist())

    def of(self, story: int) -> list[int]:
        """The sentences of a story that are new."""
        own = np.flatnonzero((self._said.story == story) & ~self._known & (self._said.length >= _FEWEST)).tolist()
        return [number for number in own if not self._page.sentences[number].torn and self._is_new(number)]

    def best(self, fresh: list[int], chosen: list[int], budget: Budget) -> list[int] | None:
        """Of these the one that adds most, with those it hangs on; None where none is new any more and fits."""
        for number in sorted(fresh, key=self._worth, reverse=True):
            found = self._with_speaker(number, chosen)
            if self._worth(number) > 0 and self._is_new(number) and self._fit(found, chosen, budget):
                return found
        return None

    def learn(self, numbers: list[int]) -> None:
        """From now on what these sentences say is known."""
        held = self._said.concepts
        self._weight[held.thing[np.isin(held.sentence, numbers)]] = 0.0
        self._known[numbers] = True
        for number in numbers:
            sentence = self._page.sentences[number]
            lang = self._page.langs[sentence.story]
            self._stems.update(words.stem(token, lang) for token in sentence.words)

    def _is_new(self, number: int) -> bool:
        return not self._known[self._accounts.alike(number)].any() or not self._named(number) <= self._stems

    def _named(self, number: int) -> set[str]:
        """The stems of its numbers and names, dates aside; in German, where all nouns look like names, of numbers."""
        sentence = self._page.sentences[number]
        lang, tokens = self._page.langs[sentence.story], sentence.words
        around = zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
        return {
            words.stem(token, lang)
            for place, (before, token, after) in enumerate(around)
            if (lang != "de" and place and token[0].isupper() and token.lower() not in CALENDAR)
            or (not token[0].isalpha() and not {before.lower(), after.lower()} & MONTHS)
        }

    def _worth(self, number: int) -> float:
        return float(self._weight[self._said.concepts.of(number)].sum() / self._cost[number])

    def _with_speaker(self, number: int, chosen: list[int]) -> list[int]:
        """A sentence with those before it without which it makes no sense, of those not shown yet."""
        found = [number]
        while self._said.place[found[0]] and hangs(self._page.sentences[found[0]].text) and found[0] - 1 not in chosen:
            found.insert(0, found[0] - 1)
        return found

    def _fit(self, found: list[int], chosen: list[int], budget: Budget) -> bool:
        taken = self._said.length[[*chosen, *found]].tolist()
        start = len(chosen)
        return all(budget.fits(taken[:at], taken[at]) for at in range(start, len(taken)))
