"""Whether one sentence bears another out: says of the same people that they did the same, with the same numbers, and
nothing that speaks against it. A confirmation too many misleads more than one too few."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from store.summary import acts, stances, tolls
from store.summary.graph import Floats, Ints, totals
from store.summary.known import Sayings
from store.summary.page import Page
from store.summary.roles import swapped
from store.summary.stop_words import stop_words
from store.text import words

# What each tells, about as a logistic regression on 295 pairs of sentences of stories of one event weighs them
# (labelled by hand, two thirds bear each other out). At 6.2, with what speaks against it below, 97 of 100 do, and they
# are 73 of 100 of those that half of the stems in common had found, of which 80 of 100 did; at 5.8 93 and 76, at 6.6 97
# and 59.
_HELD, _BACK = 3.2, 1.7  # the share of its stems that the other holds, rare ones weighing more; and the other way round
_ACT, _ACTS = 2.0, 0.7  # whether the other has its first verb; the share of its verbs that the other has ...
_NO_ACT = 0.6  # ... where it has none that can be told
_HEAD, _WORDS = 0.7, 5  # the share of its first words that the other has; so many
_EACH, _MOST = 0.3, 12  # for each stem that both have, up to so many
_ENOUGH = 6.2
_NEAR = 0.6  # of the other's stems, from where on another name in it is another's deed
_FRAMES = "said says told tells added adds according reported reports statement reporters"
_SAYING = frozenset(_FRAMES.split())  # say who told it, not what was done


class Support:
    """The sentences of a page, by their numbers."""

    def __init__(self, page: Page) -> None:
        self._page, self._said = page, page.said
        self.sayings = Sayings(page)
        stems = self._said.stems
        self._rarity = np.log1p(self._said.size / np.maximum(np.bincount(stems.thing, minlength=stems.size), 1))
        self._weights = totals(stems.sentence, self._rarity[stems.thing], self._said.size)

    def of(self, number: int) -> Ints:
        """The sentences that bear this one out, itself among them."""
        worth = self._shared(number)
        likely = np.flatnonzero(worth >= _ENOUGH - _ACT - _ACTS - _HEAD).tolist()
        found = {n for n in likely if n == number or self._bears_out(n, number, float(worth[n]))}
        return np.array(sorted(found | {number}))

    def bears_out(self, other: int, number: int) -> bool:
        """Whether the other sentence says what this one does."""
        return self._bears_out(other, number, float(self._shared(number)[other]))

    def opposed(self, number: int, other: int) -> bool:
        """Whether two sentences say the opposite of each other."""
        return stances.opposed(self.sayings.stance(number), self.sayings.stance(other))

    def _bears_out(self, other: int, number: int, worth: float) -> bool:
        return worth + self._done(number, other) >= _ENOUGH and not self._against(other, number)

    def _shared(self, number: int) -> Floats:
        """What the stems are worth that each sentence shares with this one."""
        stems, own = self._said.stems, self._said.stems.of(number)
        wanted = np.zeros(stems.size)
        wanted[own] = self._rarity[own]
        shared = totals(stems.sentence, wanted[stems.thing], self._said.size)
        both = np.minimum(stems.shared(own, self._said.size), _MOST)
        held, back = shared / max(float(self._weights[number]), 1e-9), shared / np.maximum(self._weights, 1e-9)
        return np.asarray(_HELD * held + _BACK * back + _EACH * both)

    def _done(self, number: int, other: int) -> float:
        """For what is done in both, and by whom, as the first words tell."""
        sentence, lang = self._page.sentences[number], self._lang(number)
        theirs = self.sayings.stems((other,))
        verbs = [words.stem(sentence.words[at], lang) in theirs for at in acts.acts(sentence.words)]
        stop = stop_words(lang)
        head = [w for w in sentence.words if w.lower() not in stop and w.lower() not in _SAYING][:_WORDS]
        first, every = (float(verbs[0]), sum(verbs) / len(verbs)) if verbs and lang == "en" else (_NO_ACT, _NO_ACT)
        return _ACT * first + _ACTS * every + _HEAD * _share([words.stem(w, lang) in theirs for w in head])

    def _against(self, other: int, number: int) -> bool:
        """Whether they contradict each other: opposites, other numbers, days or names, who does and who suffers it."""
        one, two = self.sayings.of(number), self.sayings.of(other)
        return (
            bool(one.months and two.months and not one.months & two.months)
            or bool(one.weekdays and two.weekdays and not one.weekdays & two.weekdays)
            or swapped(one.roles, two.roles)
            or self._another_toll(number, other)
            or self._others(number, other)
            or self.opposed(number, other)
        )

    def _another_toll(self, number: int, other: int) -> bool:
        """Whether one says how many were killed or hurt, and the other does not say as many."""
        if self._lang(number) != "en" or self._lang(other) != "en":
            return False
        mine, theirs = (dict(tolls.told(self._page.sentences[n].words).counts) for n in (number, other))
        return any(theirs.get(fate) != count for fate, count in mine.items())

    def _others(self, number: int, other: int) -> bool:
        """Whether all that the other lacks are names, and it has other names in their place."""
        mine, theirs = (set(self.sayings.of(n).content) for n in (number, other))
        lacking, more = mine - theirs, theirs - mine
        if not lacking or len(mine & theirs) < _NEAR * len(theirs):
            return False
        return lacking <= self._named(number) and bool(more & self._named(other))

    def _named(self, number: int) -> set[str]:
        """The stems of its names, and of its first word, whose capital tells nothing."""
        said, first = self.sayings.of(number), self._page.sentences[number].words[:1]
        return {stem for name in said.names for stem in name} | {words.stem(w, self._lang(number)) for w in first}

    def _lang(self, number: int) -> str:
        return self._page.langs[int(self._said.story[number])]


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 1.0
