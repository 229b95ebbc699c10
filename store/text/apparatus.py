"""What a text carries beside its body: a list of its own headings above it; sources, its author and a disclaimer below
it, each under a heading that says so; boxes that introduce the person named right above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, compress, pairwise

from store.text import endings

_EDGES = " \t:.–—-|*#•"
# Below most of a body these head what is left. References are often body in guides, and so stay.
_CLOSING = frozenset(
    (
        *("footnotes", "endnotes", "article sources"),
        *("about the author", "about the authors", "about author", "about the writer", "about the contributor"),
        *("about the contributors", "meet the author", "meet the writer", "the author", "author bio"),
        *("disclaimer", "disclaimers", "disclosure", "disclosures"),
    )
)
_LONGEST_CLOSING = 30  # characters
_MOST = 0.7  # of the words that are kept


def around(texts: Sequence[str], kept: Sequence[bool], words: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The kept lines that say where the text has its facts from, who wrote it and what it does not answer for, and
    which of these they are; words are how many each line has."""
    closed = _closed(texts, kept, words)
    for i in closed:
        if kept[i]:
            yield i, "after the article"
    for i in _boxes(texts, kept):
        if i not in closed:
            yield i, "about the author"


def _closed(texts: Sequence[str], kept: Sequence[bool], words: Sequence[int]) -> range:
    """The lines from a heading of sources, authors or the like, below most of what is kept, to the end."""
    heads = [i for i, text in enumerate(texts) if len(text) <= _LONGEST_CLOSING and _head(text) in _CLOSING]
    end = len(texts)
    if not heads:
        return range(end, end)
    above = list(accumulate(own * keep for own, keep in zip(words, kept, strict=True)))
    return range(next((head for head in heads if above[head] >= _MOST * above[-1]), end), end)


def _head(text: str) -> str:
    return text.strip(_EDGES).casefold()


_NUMBER = re.compile(r"\W{0,4}(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+){1,2}")
_WORD = re.compile(r"\w+")
_LONGEST_ENTRY = 120  # characters
_FEWEST = 3
_IN_ORDER = 0.8
_OFTEN = 3  # times that a heading is said, a second list among them; what comes more often is a field of a form
_APART = 2  # lines of the text for each entry


def contents(texts: Sequence[str], prose: Sequence[bool], ends: Sequence[Hashable]) -> list[int]:
    """Runs of lines each of which comes again further down, with or without its number, in the same order and with text
    between: a list of contents. ends is the last word of each line, case folded: only what ends alike is read. Of 207
    such lines in articles and newspapers on the development pages 7 were body."""
    short = [
        len(text) <= _LONGEST_ENTRY and (not own or text[-1] in "?:") for text, own in zip(texts, prose, strict=True)
    ]
    alike = Counter(compress(ends, short))
    # A list has that many lines at least, each of which comes again.
    if sum(times for times in alike.values() if times > 1) < 2 * _FEWEST:
        return []
    keys = [_key(text) if own and alike[end] > 1 else "" for text, own, end in zip(texts, short, ends, strict=True)]
    last = {key: i for i, key in enumerate(keys)}
    times = Counter(keys)
    found: list[int] = []
    start = 0
    for i in range(len(keys) + 1):
        if i < len(keys) and keys[i] and last[keys[i]] > i and times[keys[i]] <= _OFTEN:
            continue
        run = range(start, i)
        start = i + 1
        if len(run) >= _FEWEST:
            found.extend(_listed(run, [last[keys[j]] for j in run]))
    return found


def _listed(run: range, places: list[int]) -> Iterator[int]:
    """The lines of run that come again below it, if they do so in order and apart from each other."""
    pairs = list(zip(run, places, strict=True))
    below = [(line, place) for line, place in pairs if place >= run.stop]
    if len(below) < max(_FEWEST, _IN_ORDER * len(run)):
        return
    rising = sum(above < under for (_, above), (_, under) in pairwise(below))
    far = below[-1][1] - below[0][1]
    if rising >= _IN_ORDER * (len(below) - 1) and far >= _APART * len(below):
        yield from run


@lru_cache(maxsize=2048)  # each pass asks again
def _key(text: str) -> str:
    number = _NUMBER.match(text)
    return " ".join(_WORD.findall(text[number.end() if number else 0 :].casefold()))


_SHORTEST_BOX = 60  # characters
_LONGEST_NAME = 60
_MOST_BOXES = 4  # more people are what the text is about
_NAMED = re.compile(
    r"(?:(?:[Bb]y|About|Written by|Author|Posted by|Dr\.?|Prof\.?)\s?:?\s+)*(?P<first>[A-ZÀ-Þ][\w'’-]{1,24})"
    r"(?: [A-ZÀ-Þ][\w.'’-]{0,24}){1,3}(?:,? (?:MD|PhD|Ph\.D\.?|RN|MBA|MW|CFP®?|CFA))*"
)
_TITLES = ("Dr.", "Dr", "Mr", "Ms", "Mrs", "Mr.", "Ms.", "Mrs.", "Prof.", "Professor")


def _boxes(texts: Sequence[str], kept: Sequence[bool]) -> Iterator[int]:
    """Kept paragraphs about somebody whose name is the line above and whom no other paragraph names, and that line."""
    heads = {i: first for i in range(1, len(texts)) if kept[i] and (first := _introduced(texts[i], texts[i - 1]))}
    if len(heads) > _MOST_BOXES:
        return
    for i, first in heads.items():
        others = (t for j, t in enumerate(texts) if kept[j] and j not in (i, i - 1) and len(t) >= _SHORTEST_BOX)
        if endings.about_somebody(texts[i]) and not any(first in other for other in others):
            yield i
            if kept[i - 1]:
                yield i - 1


def _introduced(text: str, above: str) -> str:
    """The first name of somebody with whose name a paragraph begins, if the line above is that name."""
    if len(text) < _SHORTEST_BOX or len(above) > _LONGEST_NAME or not text[0].isupper():
        return ""
    opening = text.split(None, 2)
    first = opening[1] if opening[0] in _TITLES and len(opening) > 1 else opening[0]
    named = _NAMED.fullmatch(above) if first in above else None
    return first if named and named["first"] == first else ""
