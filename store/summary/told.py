"""What the stories of an event say, as arrays: the sentences of a page, the stems in each, and its concepts, which are
pairs of neighbouring stems. numpy alone; time is linear in the text but for one sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store.summary.graph import Floats, Ints, totals
from store.summary.stop_words import stop_words
from store.text import words

# A concept counts 1 / (1 + fade x place) where it stands in the story's sentence `place` (0 the first). 0.2 to 1 were
# equal within noise on the development events.
_FADE = 0.5


class Spoken(Protocol):
    """A sentence of a page: story counts from 0 in the page's stories, ends tells it from a line."""

    story: int
    ends: bool

    @property
    def text(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Held:
    """Which sentence holds what: two parallel arrays sorted by sentence, each thing once in a sentence; size counts the
    things there are."""

    sentence: Ints
    thing: Ints
    size: int

    def shared(self, things: Ints, sentences: int) -> Ints:
        """How many of these things each sentence holds."""
        wanted = np.zeros(self.size, dtype=np.float64)
        wanted[things] = 1.0
        return totals(self.sentence, wanted[self.thing], sentences).astype(np.int64)

    def counted(self, sentences: int) -> Floats:
        """How many things each sentence holds."""
        return totals(self.sentence, np.ones(len(self.sentence)), sentences)

    def of(self, sentence: int) -> Ints:
        low, high = np.searchsorted(self.sentence, (sentence, sentence + 1))
        return self.thing[low:high]


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of a page: story, place in it (whole sentences before it), length in words, whether it gives a
    number, and the share of its stems that the stories' titles have, one entry a sentence. names holds the stems of its
    names and numbers."""

    story: Ints
    place: Ints
    length: Ints
    numbered: NDArray[np.bool_]
    titled: Floats
    stems: Held
    concepts: Held
    names: Held

    @property
    def size(self) -> int:
        return len(self.story)


class _Numbers(dict[str, int]):
    """Each word of a language met with the number of its stem times 8, and 1 more where it is a stop word, 2 where it
    is written as names and numbers are, 4 where it is a number. stems is shared by all languages of a page, as
    names are."""

    def __init__(self, lang: str, stems: dict[str, int]) -> None:
        super().__init__()
        self._lang = lang
        self._stop = stop_words(lang)
        self._stems = stems

    def __missing__(self, word: str) -> int:
        stem = self._stems.setdefault(words.stem(word, self._lang), len(self._stems))
        number = word[0].isdigit() or word[0] in "$€£¥₽₴₺"
        marked = number or (word[0].isupper() and self._lang != "de")  # German writes every noun so
        self[word] = found = 8 * stem + 4 * number + 2 * marked + (word.lower() in self._stop)
        return found


def told(sentences: Sequence[Spoken], langs: Sequence[str], titles: Sequence[str]) -> Told:
    """What is said in the sentences of a page, in their order; langs and titles are those of its stories."""
    stems: dict[str, int] = {}
    numbers = {lang: _Numbers(lang, stems).__getitem__ for lang in langs}
    number = [numbers[lang] for lang in langs]
    counts = np.fromiter((len(s.words) for s in sentences), dtype=np.int64, count=len(sentences))
    flat = chain.from_iterable(map(number[s.story], s.words) for s in sentences)
    marked = np.fromiter(flat, dtype=np.int64, count=int(counts.sum()))
    heads = [of(word) >> 3 for of, title in zip(number, titles, strict=True) for word in words.words(title)]
    stem, idle, named = marked >> 3, (marked & 1).astype(bool), (marked & 3) == 2
    at = np.repeat(np.arange(len(sentences)), counts)
    paired = (at[1:] == at[:-1]) & ~(idle[1:] & idle[:-1])
    _, concept = np.unique(stem[:-1][paired] * len(stems) + stem[1:][paired], return_inverse=True)
    inside = np.diff(at, prepend=-1) == 0  # the first word of a sentence is in capitals whatever it is
    names = np.zeros(len(stems), dtype=bool)
    names[stem[named & inside]] = True
    named &= names[stem]
    held = _once(at[~idle], stem[~idle], len(stems))
    story = np.fromiter((s.story for s in sentences), dtype=np.int64, count=len(sentences))
    return Told(
        story,
        _places(story, np.fromiter((s.ends for s in sentences), dtype=np.int64, count=len(sentences))),
        np.fromiter((len(s.text.split()) for s in sentences), dtype=np.int64, count=len(sentences)),
        totals(at, (marked & 4).astype(np.float64), len(sentences)) > 0,
        held.shared(np.array(heads, dtype=np.int64), len(sentences)) / np.maximum(held.counted(len(sentences)), 1.0),
        held,
        _once(at[:-1][paired], concept.ravel(), int(concept.max(initial=-1)) + 1),
        _once(at[named], stem[named], len(stems)),
    )


def _places(story: Ints, whole: Ints) -> Ints:
    """How many whole sentences of its story stand before each."""
    before: Ints = np.cumsum(whole) - whole
    first = np.flatnonzero(np.diff(story, prepend=-1))
    return before - np.repeat(before[first], np.diff(first, append=len(story)))


def _once(sentence: Ints, thing: Ints, size: int) -> Held:
    keys = np.unique(sentence * max(size, 1) + thing)
    return Held(keys // max(size, 1), keys % max(size, 1), size)


@dataclass(frozen=True, slots=True)
class Heard:
    """How much each concept weighs in each group of sentences (a story, or an origin): as in the first sentence that
    has it. Parallel arrays, sorted by group."""

    group: Ints
    concept: Ints
    weight: Floats
    groups: int


def heard(said: Told, group: Ints) -> Heard:
    """What is heard from each group; group says which one, from 0, each sentence belongs to."""
    found = said.concepts
    weight = 1 / (1 + _FADE * said.place[found.sentence])
    keys = group[found.sentence] * max(found.size, 1) + found.thing
    order = np.lexsort((-weight, keys))
    keys, weight = keys[order], weight[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    keys = keys[first]
    groups = int(group.max(initial=-1)) + 1
    return Heard(keys // max(found.size, 1), keys % max(found.size, 1), weight[first], groups)


def nearest(said: Told, origin: Ints) -> int:
    """The story nearest the event's centre: the one most like what the origins say, by cosine. Of equals, as two always
    are, the first that says anything. origin is that of each sentence. (Which of two has the better opening could not
    be told from how much of it the other confirms: tried in thirty ways on the development events.)"""
    every, own = heard(said, origin), heard(said, said.story)
    total = totals(every.concept, every.weight / _norms(every)[every.group], said.concepts.size)
    likeness = totals(own.group, total[own.concept] * own.weight, own.groups) / _norms(own)
    stories = np.unique(said.story)
    return int(stories[np.argmax(np.round(likeness[stories], 6))])


def _norms(own: Heard) -> Floats:
    norm = np.sqrt(totals(own.group, own.weight**2, own.groups))
    norm[norm == 0] = 1.0
    return norm
