"""What grouping looks at in one story, read off once: words, names, numbers, quotations, dates and shingles.

A Traits value depends on its story alone, so it can be kept and used again whatever else is in the library.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from store.group import dates
from store.model import Story, StoryId

Shingles = NDArray[np.uint64]

# Acronyms with stops, numbers, words with an inner apostrophe; and the marks after which a capital means nothing.
# Grouping has its own splitter because it reads a hundred thousand stories: one regular expression, no sentences.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?:;“”\"«»„\n]")
_QUOTED = re.compile(r"“([^”“\n]{8,400})”|\"([^\"\n]{8,400})\"|«([^«»\n]{8,400})»|„([^“”\n]{8,400})[“”]")
_CHARACTERS = 60_000  # of a story's text; the longest of 11,703 labelled stories has 23,000
_SHINGLE = 5
_TITLE_COUNTS = 2  # a title's word counts as this many of the body's (1 and 3 measured within 0.002)
_NAME = 4  # words of a name
_LEAD = 60  # words of the body that its lead is taken to be
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {name: str(n) for n, name in enumerate(_UNITS, start=1)}


@dataclass(frozen=True, slots=True)
class Traits:
    """One story as grouping sees it.

    terms: normal forms of words and how often they stand in title (counted double) and body; lead: the same in title
    and first 60 words. names: term -> the run of capitals it was seen in at its longest. numbers: a number and the word
    after it, "23 pirate"; quotes: the terms of each quotation; both -> as written. cited: dates in the text. year: of
    publication, else the latest named. shingles: sorted hashes of five words in a row.
    """

    story: StoryId
    headline: str
    published: str | None
    day: int | None
    terms: Mapping[str, int]
    lead: Mapping[str, int]
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    quotes: Mapping[str, str]
    cited: frozenset[dates.Cited]
    year: int | None
    shingles: Shingles

    def surface(self, name: str) -> str:
        """How the story writes the one word of a name."""
        written = self.names[name].split()
        return next((w.removesuffix("'s").removesuffix("’s") for w in written if term(w) == name), name)


def read(story: Story) -> Traits:
    """The traits of a story; never fails, whatever the text."""
    title = "" if story.head.title_made else story.head.title
    body = "\n".join(story.body)[:_CHARACTERS]
    heading = [t for t in map(term, _TOKEN.findall(title)) if t]
    tokens = _TOKEN.findall(body)
    normal = list(map(term, tokens))
    counts = Counter(normal)
    for word in heading:
        counts[word] += _TITLE_COUNTS
    del counts[""]
    return Traits(
        story=story.id,
        headline=story.head.title,
        published=story.head.published,
        day=dates.ordinal(story.head.published),
        terms=counts,
        lead=Counter(heading + [t for t in normal[: 2 * _LEAD] if t][:_LEAD]),
        names=_names(tokens, normal),
        numbers=dict(_numbers(tokens, normal)),
        quotes=dict(_quotes(body)),
        cited=dates.cited(body),
        year=dates.year(story.head.published, f"{title}\n{body}"),
        shingles=_shingles(list(filter(None, normal))),
    )


@lru_cache(maxsize=200_000)
def term(word: str) -> str:
    """The normal form of a word: lower case, no possessive, no plural s. "" for a mark or a single letter.

    A Snowball stem instead was measured within 0.003 B3 F1 on four labelled sets, at three times the time.
    """
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if "." in word and not word[0].isdigit():
        word = word.replace(".", "")
    if len(word) < 2 and not word.isdigit():
        return ""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word[:40]


def _names(tokens: list[str], normal: list[str]) -> dict[str, str]:
    """Words with a capital inside a sentence, each with the longest run of them it is in (up to four words)."""
    longest: dict[str, str] = {}
    for start, end in _runs(tokens):
        for at in range(start, end):
            first = max(start, min(at - 1, end - _NAME))
            name = " ".join(tokens[first : min(end, first + _NAME)])
            if normal[at] and len(longest.get(normal[at], "")) < len(name):
                longest[normal[at]] = name
    return longest


def _runs(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Where words with a capital stand together; the first word after a mark begins no run."""
    start = -1
    after_word = False
    for at, token in enumerate(tokens):
        first = token[0]
        if after_word and first.isupper():
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1
        after_word = first.isalnum()
    if start >= 0:
        yield start, len(tokens)


def _numbers(tokens: list[str], normal: list[str]) -> Iterator[tuple[str, str]]:
    for at, token in enumerate(tokens[:-1]):
        number = token if token[0].isdigit() else _NUMBERS.get(normal[at])
        if number and normal[at + 1] and not tokens[at + 1][0].isdigit():
            yield f"{number} {normal[at + 1]}", f"{token} {tokens[at + 1]}"


def _quotes(body: str) -> Iterator[tuple[str, str]]:
    for match in _QUOTED.finditer(body):
        words = [t for t in map(term, _TOKEN.findall(match[match.lastindex or 0])) if t]
        if len(words) > 1:
            yield " ".join(words), match[match.lastindex or 0]


@lru_cache(maxsize=200_000)
def _code(word: str) -> int:
    return crc32(word.encode("utf-8", "replace"))


def _shingles(words: list[str]) -> Shingles:
    """Hashes of every five words in a row, by a polynomial over the words' checksums (the same on every machine)."""
    codes = np.array(list(map(_code, words)), dtype=np.uint64)
    if len(codes) < _SHINGLE:
        return np.empty(0, dtype=np.uint64)
    rolled = np.zeros(len(codes) - _SHINGLE + 1, dtype=np.uint64)
    for at in range(_SHINGLE):
        rolled = rolled * np.uint64(0x9E3779B97F4A7C15) + codes[at : at + len(rolled)]
    rolled ^= rolled >> np.uint64(29)
    return np.unique(rolled * np.uint64(0xBF58476D1CE4E5B9))
