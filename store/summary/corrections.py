"""What was put right: "(Corrects the number of dead to 12 from 21)", "it is 12, not 21", "In a story of Friday we
reported that ...". What still gives the wrong number, or says what was wrong, does not stand in a summary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from store.model import Story
from store.summary.figures import SPELLED
from store.summary.page import Page
from store.summary.stop_words import stop_words
from store.summary.times import later, when
from store.summary.withdrawn import correcting, corrects
from store.text import words

_ONE = r"(?:\d[\d.,]{0,15}\d|\d|[a-z]{3,9}(?:-[a-z]{3,5})?)"
_UNIT = r"(?: ?(?:%|percent|per cent|million|billion|people|dead|votes))?"
# The wrong number of a correction stands in the group `wrong`.
_WRONG = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bto (?P<right>{_ONE}){_UNIT},? (?:and )?(?:from|not|instead of) (?P<wrong>{_ONE})\b",
        rf"\bfrom (?P<wrong>{_ONE}){_UNIT} to (?P<right>{_ONE})\b",
        rf"\b(?P<right>{_ONE}){_UNIT},? (?:(?:and )?not|instead of|rather than) (?P<wrong>{_ONE})\b",
        rf"\bnot (?P<wrong>{_ONE}){_UNIT},? but (?P<right>{_ONE})\b",
        r"\b(?:wrongly|mistakenly|incorrectly|erroneously) (?:said|stated|reported|gave|put)[^.]{0,80}?"
        r"(?P<wrong>\d[\d.,]{0,15}\d|\d)\b",
    )
)
# What a correction repeats in order to put it right; what it says of it is so, that it was reported.
_REPEATED = re.compile(
    r"(?:In|On) (?:an?|its|our|the|\w+day['’]s) (?:[\w.,’'-]+ ){0,4}(?:story|report|article|item|dispatch|version)"
    r"\b.{0,200}?\b(?:reported|said|stated|wrote|gave|identified|misstated|misidentified|attributed)\b(?P<wrong>.*)",
    re.IGNORECASE,
)
_SAME = 0.6  # of the stems of what is repeated, in a sentence no newer that says it
_SHARED = 2  # stems that a sentence with the wrong number has in common with the correction and the title above it
_READ = 1_000  # characters of a correction
_LONGEST = 12  # sentences of a correction
_MOST = 20  # corrections that are heeded


@dataclass(frozen=True, slots=True)
class Correction:
    """wrong: numbers that are not so; of: the stems of what they are of; day: when that was told."""

    wrong: frozenset[str]
    of: frozenset[str]
    day: str


def struck(page: Page) -> NDArray[np.bool_]:
    """Which sentences of a page give a number that a story no older puts right."""
    found = np.zeros(len(page.sentences), dtype=bool)
    told = zip(page.stories, page.langs, strict=True)
    each = ((correction, lang) for story, lang in told for correction in corrections(story, lang))
    for correction, lang in islice(each, _MOST):
        for at, sentence in enumerate(page.sentences):
            day = when(page.stories[sentence.story].head.published)
            if not later(day, correction.day) and _gives(sentence.words, lang, correction) and not _opens(page, at):
                found[at] = True
    for at, wrong in _repeated(page):
        found[at] = True
        found[_saying(page, at, wrong)] = True
    return found


def _repeated(page: Page) -> Iterator[tuple[int, frozenset[str]]]:
    """The sentences in which corrections repeat what was wrong, and the stems of that."""
    may = [corrects(story) for story in page.stories]
    of = (at for at, sentence in enumerate(page.sentences) if may[sentence.story])
    for at in islice(of, _MOST * _LONGEST):
        sentence = page.sentences[at]
        if match := _REPEATED.match(sentence.text):
            yield at, frozenset(_stems(words.words(match["wrong"]), page.langs[sentence.story]))


def _saying(page: Page, at: int, wrong: frozenset[str]) -> list[int]:
    """The sentences of other stories, no newer, that say what a correction repeats."""
    if len(wrong) < _SHARED:
        return []
    own = page.sentences[at].story
    day = when(page.stories[own].head.published)
    return [
        i
        for i, sentence in enumerate(page.sentences)
        if sentence.story != own
        and not later(when(page.stories[sentence.story].head.published), day)
        and len(wrong.intersection(_stems(sentence.words, page.langs[sentence.story]))) >= _SAME * len(wrong)
    ]


def corrections(story: Story, lang: str) -> Iterator[Correction]:
    """What a story puts right, in its text or in what stood beside it."""
    for passage in story.passages:
        if not correcting(passage.text):
            continue
        text = passage.text[:_READ]
        wrong = frozenset(
            number for pattern in _WRONG for match in pattern.finditer(text) if (number := _plain(match["wrong"]))
        )
        if wrong:
            opening = next((p for p in story.body if p != passage.text), "")
            of = frozenset(_stems(words.words(f"{text} {story.head.title} {opening[:_READ]}"), lang))
            yield Correction(wrong, of, when(story.head.published))


def _opens(page: Page, at: int) -> bool:
    """Whether a sentence is of a correction itself."""
    first = at
    own = page.sentences[at]
    while (
        first > at - _LONGEST
        and first
        and (page.sentences[first - 1].story, page.sentences[first - 1].paragraph)
        == (
            own.story,
            own.paragraph,
        )
    ):
        first -= 1
    return correcting(page.sentences[first].text)


def _gives(tokens: tuple[str, ...], lang: str, correction: Correction) -> bool:
    if not any(_plain(token) in correction.wrong for token in tokens):
        return False
    return len(correction.of.intersection(_stems(tokens, lang))) >= _SHARED


def _stems(tokens: list[str] | tuple[str, ...], lang: str) -> Iterator[str]:
    stop = stop_words(lang)
    return (words.stem(token, lang) for token in tokens if token.lower() not in stop and not _plain(token))


def _plain(token: str) -> str:
    """A number as it can be compared; "" for another word."""
    low = token.lower()
    if low in SPELLED:
        return f"{SPELLED[low]:g}"
    return low.strip("$€£¥₽₴₺%.,").replace(",", "") if any(map(str.isdigit, low)) else ""
