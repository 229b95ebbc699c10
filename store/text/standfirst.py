"""Lines over a body that the body says again: standfirsts, summaries, the first words of the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from store.text.lines import sentences

_WORD = re.compile(r"[^\W_]+")
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\W*$")
_LONGEST = 600  # characters
_FEWEST_WORDS = 6
_REACH = 40  # paragraphs below that are searched
_SHARED_WITH_NEXT = 0.5  # of the shorter one's long words, where a line tells the paragraph below it in other words

_SHARED_IF_LESS_ALIKE = 0.6  # where only the first word is the same


def words(text: str) -> tuple[str, ...]:
    """The words of text, case folded. Each pass asks for the same paragraphs again, so that those of usual length are
    remembered."""
    return _remembered(text) if len(text) <= _USUAL else tuple(_WORD.findall(text.casefold()))


_USUAL = 2000  # characters


@lru_cache(maxsize=1024)
def _remembered(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


@lru_cache(maxsize=256)
def long_words(text: str) -> frozenset[str]:
    """The words of more than three letters."""
    return frozenset([w for w in words(text) if len(w) > 3])


def repeated(paragraphs: Sequence[str]) -> list[int]:
    """Which of the first two paragraphs are standfirsts that the rest repeats; two paragraphs at least stay.

    None, where a third would be one too: that is a text that repeats itself."""
    found: list[int] = []
    for at in range(min(3, len(paragraphs) - 2)):
        line, below = paragraphs[at], tuple(paragraphs[at + 1 : at + 1 + _REACH])
        asked = _is_repeated if sum(map(len, below)) <= _REMEMBERED else _is_repeated.__wrapped__
        if len(line) > _LONGEST or not asked(line, below):
            break
        found.append(at)
    return found if len(found) < 3 else []


_REMEMBERED = 20_000  # characters


@lru_cache(maxsize=64)  # each pass asks again
def _is_repeated(line: str, below: tuple[str, ...]) -> bool:
    """Whether the paragraphs below say line again: its words in a row, or most of them right below it."""
    whole = words(_ELLIPSIS.sub("", line) if "..." in line or "…" in line else line)
    if len(whole) < _FEWEST_WORDS:
        return False
    own = f" {' '.join(whole)} "
    first = f" {' '.join(words(sentences(line)[0]) or whole)} "  # "... The talks": the first holds no word
    said = (own, first) if len(first) > 60 else (own,)
    rarest = [sorted({*each.split()}, key=len, reverse=True) for each in said]
    told = "\n".join(below).casefold()
    for paragraph in below if any(each[0] in told for each in rarest) else ():
        folded = paragraph.casefold()
        if not any(all(map(folded.__contains__, each)) for each in rarest):
            continue
        other = f" {' '.join(words(paragraph))} "
        if any(map(other.__contains__, said)):
            return True
    return _retold(line, below[0])


def _retold(line: str, below: str) -> bool:
    start, next_start = _first_words(line), _first_words(below)
    if start[:1] != next_start[:1]:
        return False
    own, other = long_words(line), long_words(below)
    smaller = min(len(own), len(other))
    shared = _SHARED_WITH_NEXT if start == next_start else _SHARED_IF_LESS_ALIKE
    return smaller >= 8 and len(own & other) >= shared * smaller


def _first_words(text: str) -> list[str]:
    return [word[0] for word in islice(_WORD.finditer(text.casefold()), 3)]
