"""What several stories say of one thing: which sentences say the same, how many origins that makes, and where a newer
story gives another number."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from store.summary import tolls
from store.summary.graph import Floats, Ints
from store.summary.page import Page
from store.summary.stop_words import stop_words
from store.summary.times import MONTHS, later, when
from store.text import words

# A sentence says what another does where it holds half of the other's stems that are no stop words, three at least. Of
# 53 pairs of sentences of the development events at 0.5 to 0.75 some 45 did, of 36 at 0.4 to 0.5 about half.
_SAME, _FEWEST = 0.5, 3
_LOOSE = 0.25  # of the stems of the shorter of two sentences, where both give a toll
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


class Accounts:
    """The sentences of a page against each other, each by its number in the page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._said = page.said
        self._days: list[str] = [when(story.head.published) for story in page.stories]
        self._sizes = self._said.stems.counted(self._said.size)
        self._counts: dict[int, frozenset[Count]] = {}
        self._found_tolls: dict[int, tolls.Tolls] = {}

    def alike(self, number: int, *, counts: bool = True) -> Ints:
        """The sentences of all stories that say what this one does; itself among them. Without counts, those that only
        give another number too."""
        own = self._said.stems.of(number)
        shared = self._said.stems.shared(own, self._said.size)
        enough = max(_SAME * len(own), min(_FEWEST, len(own)), 1)
        found = set(np.flatnonzero(shared >= enough).tolist())
        return np.array(sorted(n for n in found | {number} if n == number or not (counts and self.differ(number, n))))

    def support(self, number: int) -> int:
        """How many origins say it."""
        return len(np.unique(self._page.origin[self._said.story[self.alike(number)]]))

    def newer(self, number: int) -> int | None:
        """A sentence of a newer story that says the same but for a number, or gives a higher toll of the same thing; of
        several the newest; None without one."""
        if not self.counts(number) and not self._tolls(number):
            return None
        own, day = self._said.stems.of(number), self._day(number)
        shared = self._said.stems.shared(own, self._said.size)
        loose = np.maximum(_LOOSE * np.minimum(self._sizes, len(own)), _FEWEST)
        fresher = [
            n
            for n in np.flatnonzero(shared >= np.minimum(loose, self._enough(len(own)))).tolist()
            if later(self._day(n), day) and self._outdone(number, n, bool(shared[n] >= self._enough(len(own))[n]))
        ]
        return max(fresher, key=lambda n: (self._day(n), int(shared[n]), -n), default=None)

    def outdated(self, number: int, by: Ints) -> bool:
        """Whether one of these sentences gives a higher toll and is of a newer story."""
        return bool(self._tolls(number)) and any(
            later(self._day(n), self._day(number)) and self._outdone(number, n, False) for n in by.tolist()
        )

    def _enough(self, size: int) -> Floats:
        """How many stems of a sentence of so many each other must have to say the same but for a number."""
        least: Floats = np.maximum(np.maximum(_SAME * (size - 1), _ALSO * self._sizes), _FEWEST)
        return least

    def _outdone(self, number: int, other: int, same: bool) -> bool:
        mine, theirs = self._tolls(number), self._tolls(other)
        return tolls.higher(mine, theirs) or (same and tolls.alike(mine, theirs) and self._disagree(number, other))

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
