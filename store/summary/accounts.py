"""What several stories say of one thing: which sentences say the same, how many origins that makes, and where a newer
story gives another number or says the opposite."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from store.summary import stances, tolls
from store.summary.budget import key_of
from store.summary.graph import Floats, Ints
from store.summary.page import Page
from store.summary.stop_words import stop_words
from store.summary.support import Support
from store.summary.times import MONTHS, later, when
from store.text import words

# A sentence says what another does where it holds half of the other's stems that are no stop words, three at least. Of
# 53 pairs of sentences of the development events at 0.5 to 0.75 some 45 did, of 36 at 0.4 to 0.5 about half.
_SAME, _FEWEST = 0.5, 3
_LOOSE = 0.25  # of the stems of the shorter of two sentences, where both give a toll
_VERBATIM = 10  # words: two stories that have a sentence of so many word for word have it from one origin
# Stems that a sentence has in common with its opposite at least, what it is of and one more; the share of the shorter
# one's stems, on two sides of a matter; and of the longer one's, where the one only denies what the other affirms, or
# where no date tells. In 501 labelled events with dates 3 of 3,000 sentences were set aside so.
_SAME_MATTER, _MATTER, _OPPOSITE = 2, 0.3, 0.5
_ALSO = 0.35  # of the stems of a sentence that contradicts another are in that one

_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_SPELLED = {word: str(number) for number, word in enumerate(_NUMBERS.split(), 2)}
_NUMBER = re.compile(r"[$€£¥₽₴₺]?(\d[\d.,:]*)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_UNITS = frozenset(("a.m.", "p.m.", "am", "pm", *MONTHS))

Count = tuple[str, str]
Mask = NDArray[np.bool_]


class Accounts:
    """The sentences of a page against each other, each by its number in the page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._said = page.said
        self._days: list[str] = [when(story.head.published) for story in page.stories]
        self._sizes = self._said.stems.counted(self._said.size)
        self._counts: dict[int, frozenset[Count]] = {}
        self._found_tolls: dict[int, tolls.Tolls] = {}
        self._support = Support(page)
        self._sides: Mask | None = None

    def alike(self, number: int, *, counts: bool = True, among: Mask | None = None) -> Ints:
        """The sentences of all stories, or of those among some, that say what this one does, and not the opposite;
        itself among them. Without counts, those that give another number or say the opposite in its words too."""
        own, shared = self._said.stems.of(number), self._shared(number)
        enough = shared >= max(_SAME * len(own), min(_FEWEST, len(own)), 1)
        found = {*np.flatnonzero(enough if among is None else enough & among).tolist(), number}
        return np.array(sorted(n for n in found if n == number or not (counts and self.against(number, n))))

    def opposed(self, number: int, other: int) -> bool:
        """Whether two sentences say the opposite of each other."""
        return self._support.opposed(number, other)

    def opposites(self, number: int) -> list[int]:
        """The sentences of other stories that say the opposite in much the same words."""
        sided = self._sided()
        shared = self._shared(number)
        likely = shared >= np.maximum(_OPPOSITE * np.minimum(self._sizes, self._sizes[number]), _SAME_MATTER)
        likely &= (sided | sided[number]) & (self._said.story != self._said.story[number])
        return [n for n in np.flatnonzero(likely).tolist() if self.opposed(number, n)]

    def later(self, number: int, other: int) -> bool:
        """Whether one is of a story that is certainly newer."""
        return later(self._day(number), self._day(other))

    def against(self, number: int, other: int) -> bool:
        """Whether both give numbers, and not one that is the same, or say the opposite of each other."""
        return self.differ(number, other) or self._support.opposed(number, other)

    def support(self, number: int) -> int:
        """How many origins say it: of those sentences that bear it out, what one has word for word from another, or
        credits to its outlet, is of one origin with it."""
        saying = [
            n
            for n in self._support.of(number).tolist()
            if n == number or not (self.differ(number, n) or self._disagree(number, n))
        ]
        origins: dict[int, str] = {}
        told: set[str] = set()
        for n in sorted(saying, key=lambda n: n != number):
            text = self._page.sentences[n].text
            key = key_of(text) if len(self._page.sentences[n].words) >= _VERBATIM else f"{n}"
            origin = int(self._page.origin[int(self._said.story[n])])
            if origin not in origins and (key in told or self._credits(text, origins)):
                continue
            told.add(key)
            origins[origin] = text
        return len(origins)

    def _credits(self, text: str, origins: Mapping[int, str]) -> bool:
        """Whether a sentence names the outlet of one of these origins as who says it."""
        names = {
            name
            for story, at in zip(self._page.stories, self._page.origin, strict=True)
            if int(at) in origins
            for name in (story.head.outlet, story.head.agency)
            if name
        }
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names if len(name) > 1)

    def newer(self, number: int) -> int | None:
        """Of the sentences that set this one aside the newest; None without one."""
        shared = self._shared(number)
        return max(self._fresher(number, shared), key=lambda n: (self._day(n), int(shared[n]), -n), default=None)

    def outdated(self, number: int, by: Mask) -> bool:
        """Whether one of these sentences sets this one aside."""
        return bool(self._fresher(number, np.where(by, self._shared(number), 0)))

    def _fresher(self, number: int, shared: Ints) -> list[int]:
        """The sentences of newer stories that say the same but for a number, give a higher toll of the same thing, or
        say the opposite. shared: how many stems each has in common with this one."""
        if turned := self._overturned(number, shared):
            return turned
        if not self.counts(number) and not self._tolls(number):
            return []
        size, day = len(self._said.stems.of(number)), self._day(number)
        loose, enough = np.maximum(_LOOSE * np.minimum(self._sizes, size), _FEWEST), self._enough(size)
        return [
            n
            for n in np.flatnonzero(shared >= np.minimum(loose, enough) - bool(self._tolls(number))).tolist()
            if (shared[n] >= min(loose[n], enough[n]) or self._tolls(n).revised)
            and later(self._day(n), day)
            and self._outdone(number, n, bool(shared[n] >= enough[n]))
        ]

    def _shared(self, number: int) -> Ints:
        return self._said.stems.shared(self._said.stems.of(number), self._said.size)

    def _overturned(self, number: int, shared: Ints) -> list[int]:
        """The sentences of newer stories that say that it is otherwise by now. shared: the stems that each sentence has
        in common with this one."""
        sided = self._sided()
        shorter = np.minimum(self._sizes, self._sizes[number])
        near = shared >= np.maximum(_OPPOSITE * np.maximum(self._sizes, self._sizes[number]), _FEWEST)
        likely = near | (sided & (shared >= np.maximum(_MATTER * shorter, _SAME_MATTER)))
        if not sided[number]:
            likely = near & sided
        return [n for n in np.flatnonzero(likely).tolist() if self._overturns(n, number, bool(near[n]))]

    def _overturns(self, newer: int, number: int, near: bool) -> bool:
        """Whether one sentence says the opposite of another, is of another story, and newer: by date, or, where the
        dates do not tell, by its words ("open again")."""
        if self._said.story[newer] == self._said.story[number] or self.differ(newer, number):
            return False
        names = [set(self._said.names.of(n).tolist()) for n in (number, newer)]
        if all(names) and not names[0] & names[1]:  # of somebody, or somewhere, else
            return False
        mine, theirs = self._day(number), self._day(newer)
        one, other = (self._support.sayings.stance(n) for n in (number, newer))
        if later(theirs, mine):
            return stances.apart(one, other, standing=True) or (near and stances.denied(one, other))
        return near and not later(mine, theirs) and stances.apart(one, other, standing=True, turned=True)

    def _sided(self) -> Mask:
        """Which sentences are on a side of some matter."""
        if self._sides is None:
            known = {lang: stances.Taking(lang).__getitem__ for lang in self._page.langs}
            takes = [known[lang] for lang in self._page.langs]
            self._sides = np.array([any(map(takes[s.story], s.words)) for s in self._page.sentences], dtype=bool)
        return self._sides

    def _enough(self, size: int) -> Floats:
        """How many stems of a sentence of so many each other must have to say the same but for a number."""
        least: Floats = np.maximum(np.maximum(_SAME * (size - 1), _ALSO * self._sizes), _FEWEST)
        return least

    def _outdone(self, number: int, other: int, same: bool) -> bool:
        mine, theirs = self._tolls(number), self._tolls(other)
        if tolls.higher(mine, theirs):
            return True
        same = same and tolls.alike(mine, theirs) and self._disagree(number, other)
        return same and not self._support.opposed(number, other)  # who freed three of twelve has not held three

    def _tolls(self, number: int) -> tolls.Tolls:
        if number not in self._found_tolls:
            sentence = self._page.sentences[number]
            english = self._page.langs[sentence.story] == "en"
            self._found_tolls[number] = tolls.told(sentence.words) if english else tolls.NONE
        return self._found_tolls[number]

    def counts(self, number: int) -> frozenset[Count]:
        """The numbers in a sentence, each with the stem it counts."""
        if number not in self._counts:
            sentence = self._page.sentences[number]
            self._counts[number] = counts(sentence.words, self._page.langs[sentence.story])
        return self._counts[number]

    def _day(self, number: int) -> str:
        return self._days[int(self._said.story[number])]

    def differ(self, number: int, other: int) -> bool:
        """Whether both give numbers, and not one that is the same."""
        mine, theirs = ({value for value, _ in self.counts(n)} for n in (number, other))
        return bool(mine and theirs and not mine & theirs)

    def _disagree(self, number: int, other: int) -> bool:
        """Whether they give different numbers for one thing."""
        mine, theirs = (_by_stem(self.counts(n)) for n in (number, other))
        return any(not mine[stem] & theirs[stem] for stem in mine.keys() & theirs.keys())


def counts(tokens: Sequence[str], lang: str) -> frozenset[Count]:
    """Each number of a sentence, small ones spelled out in English too, with the stem of the next word that says
    something: ("12", "kill") of "12 were killed". Years, days of a month and hours are no counts."""
    stop, found, number = stop_words(lang), [], ""
    for token in tokens:
        low = token.lower()
        match = _NUMBER.match(low)
        if match or low in _SPELLED:
            value = match[1] if match else _SPELLED[low]
            number = "" if _YEAR.fullmatch(value) else value
        elif number and low not in stop:
            if low not in _NO_UNITS:
                found.append((number, words.stem(token, lang)))
            number = ""
    return frozenset(found)


def _by_stem(found: frozenset[Count]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for value, stem in found:
        values.setdefault(stem, set()).add(value)
    return values
