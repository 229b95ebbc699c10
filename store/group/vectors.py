"""Stories as weighted terms, and the pairs of stories worth comparing.

Weight = (1 + ln count) x idf, the heaviest 200 terms of a story, scaled to length 1. idf comes from the collection
itself; a small collection leans on the shares of common English words in `common.txt`, as if it held that many more
ordinary stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TERMS = 200  # a story; 60 terms lose 1.5 points of B3 F1
_RARE = 40  # terms of a story by which it is found, rarest first: 60 find 0.002 B3 F1 more at three times the cost
_COMMON = 300  # a term in more stories finds nobody; beyond 12,000 stories this grows with their square root
_SMALL = 1000  # in a collection no larger every term finds: one summit may fill half of it
_BACKGROUND = 3000.0  # ordinary stories that a collection is thought to hold beside its own
_ABROAD = 0.12  # share of stories in another language that hold one of its words in common_abroad.txt
_AT_ONCE = 2000  # stories weighed at a time
_UNSEEN = 0.001  # share of ordinary stories that hold a word not in common.txt


@cache
def background() -> dict[str, float]:
    """Share of ordinary news stories that hold a word, for the words common in English, and in other languages."""
    pairs = (line.split() for line in _lines("common.txt"))
    foreign = (word for line in _lines("common_abroad.txt") for word in line.split()[1:])
    return dict.fromkeys(foreign, _ABROAD) | {word: float(share) / 1000 for word, share in pairs}


def _lines(name: str) -> Iterator[str]:
    lines = files("store.group").joinpath(name).read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class Vectors:
    """Rows of terms in one flat array: story i holds terms[start[i]:start[i+1]] with weights beside them.

    vocabulary numbers the terms that at least two stories share; df and idf are indexed by that number;
    lonely is the idf of a term that one story holds alone.
    """

    vocabulary: dict[str, int]
    df: Ints
    idf: Floats
    start: Ints
    terms: Ints
    weights: Floats
    lonely: float

    def row(self, story: int) -> tuple[Ints, Floats]:
        part = slice(self.start[story], self.start[story + 1])
        return self.terms[part], self.weights[part]

    def weight(self, term: str) -> float:
        number = self.vocabulary.get(term)
        return self.lonely if number is None else float(self.idf[number])


class Collection(Protocol):
    """The library that some stories are part of."""

    def __len__(self) -> int: ...
    def held(self, terms: Iterable[str]) -> Mapping[str, int]: ...


class Whole(Collection, Protocol):
    """The same, with what stands in the leads and in the names of its stories."""

    @property
    def leads(self) -> Collection: ...
    @property
    def names(self) -> Collection: ...


def build(stories: Sequence[Mapping[str, int]], among: Collection | None = None) -> Vectors:
    """One row a story, from its terms and how often each stands there.

    among: the library that these stories are part of, where they are not all of it: it says how rare a term is.
    """
    number: dict[str, int] = {}
    parts = [_part(stories[at : at + _AT_ONCE], number) for at in range(0, len(stories), _AT_ONCE)]
    df = sum((np.bincount(part.terms, minlength=len(number)) for part in parts), np.zeros(len(number), np.int64))
    if among is not None:
        held = among.held(number)
        df = np.maximum(df, np.fromiter((held[term] for term in number), np.int64, len(number)))
    size = max(len(stories), len(among or ()))
    shared = sorted(term for term, n in zip(number, df.tolist(), strict=True) if n > 1)
    own = np.fromiter((number[term] for term in shared), np.int64, len(shared))
    idf = _idf(df[own], np.array([background().get(term, _UNSEEN) for term in shared]), size)
    lonely = float(_idf(np.array([1]), np.array([_UNSEEN]), size)[0])
    known = np.full(len(number), -1, dtype=np.int64)
    known[own] = np.arange(len(shared))
    weighed = [_weighed(part, known, np.append(idf, lonely)) for part in parts]
    nothing: list[tuple[Ints, Ints, Floats]] = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    lengths, terms, weights = (np.concatenate(column) for column in zip(*(weighed or nothing), strict=True))
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Vectors({term: at for at, term in enumerate(shared)}, df[own], idf, start, terms, weights, lonely)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the stories: how many terms each has, and then all of these by number, with how often each stands."""

    sizes: Ints
    terms: NDArray[np.int32]
    counts: NDArray[np.int32]


def _part(stories: Sequence[Mapping[str, int]], number: dict[str, int]) -> _Part:
    """number: of each term; what is new is added."""
    terms = [number.setdefault(term, len(number)) for story in stories for term in story]
    counts = np.fromiter((n for story in stories for n in story.values()), np.int32, len(terms))
    return _Part(np.array([len(s) for s in stories], dtype=np.int64), np.array(terms, dtype=np.int32), counts)


def _idf(df: NDArray[np.int64], share: Floats, stories: int) -> Floats:
    idf: Floats = np.log((stories + _BACKGROUND + 1) / (df + _BACKGROUND * share + 0.5))
    return np.maximum(idf, 0.0)


def _weighed(part: _Part, known: Ints, idf: Floats) -> tuple[Ints, Ints, Floats]:
    """How many terms each row has; terms, sorted by number in each row; their weights. A term that no other story holds
    counts in the length alone; known says -1 for it, and its idf is the last."""
    stories = len(part.sizes)
    owner = np.repeat(np.arange(stories), part.sizes)
    terms = known[part.terms]
    weights = (1 + np.log(part.counts)) * idf[terms]
    kept = np.ones(len(terms), dtype=bool)
    for story in np.flatnonzero(part.sizes > TERMS).tolist():
        begin = int(np.searchsorted(owner, story))
        row = slice(begin, begin + int(part.sizes[story]))
        kept[begin + np.lexsort((terms[row], -weights[row]))[TERMS:]] = False
    length = np.sqrt(np.bincount(owner[kept], weights[kept] ** 2, minlength=stories))
    length[length == 0] = 1.0
    kept &= terms >= 0
    owner, terms, weights = owner[kept], terms[kept], weights[kept]
    order = np.argsort(owner * len(idf) + terms)
    return np.bincount(owner, minlength=stories), terms[order], weights[order] / length[owner]


def pairs(
    vectors: Vectors, *, least: float, days: Floats | None = None, within: float = np.inf
) -> tuple[Ints, Ints, Floats]:
    """Every pair (first < second) that shares a rare term and whose cosine is at least `least`, with the cosine.

    days: of the stories, nan for none; pairs of dated stories more than `within` days apart are left out.
    """
    stories = len(vectors.start) - 1
    here = np.bincount(vectors.terms, minlength=len(vectors.df)) <= common(stories)
    rare = [_rare(vectors, story, here) for story in range(stories)]
    finder = np.concatenate(rare) if rare else np.empty(0, np.int64)
    holder = np.repeat(np.arange(stories), [len(r) for r in rare])
    order = np.argsort(finder, kind="stable")
    holder, ends = holder[order], np.searchsorted(finder[order], np.arange(len(vectors.df) + 1))
    begin, end = ends[:-1].copy(), ends[1:]
    scratch, met = np.zeros(len(vectors.df)), np.zeros(stories, dtype=bool)
    found: list[tuple[Ints, Ints, Floats]] = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    for story in range(stories):
        terms = rare[story]
        begin[terms] += 1  # of each the holders up to this story are behind us
        postings = [holder[b:e] for b, e in zip(begin[terms].tolist(), end[terms].tolist(), strict=True) if b < e]
        others = _met(postings, story, met)
        if days is not None and len(others):
            others = others[~(np.abs(days[others] - days[story]) > within)]
        if len(others):
            cosines = _cosines(vectors, story, others, scratch)
            close = cosines >= least
            found.append((np.full(int(close.sum()), story), others[close], cosines[close]))
    first, second, cosine = zip(*found, strict=True)
    return np.concatenate(first), np.concatenate(second), np.concatenate(cosine)


def _met(postings: Sequence[Ints], story: int, met: NDArray[np.bool_]) -> Ints:
    """The stories in any of the postings, all later than this one. met is false throughout before and after."""
    if not postings:
        return np.empty(0, np.int64)
    holders = np.concatenate(postings)
    met[holders] = True
    others: Ints = np.flatnonzero(met[story + 1 :]) + (story + 1)
    met[holders] = False
    return others


def cosines(vectors: Vectors, first: Ints, second: Ints) -> Floats:
    """The cosine of each given pair; `first` is sorted."""
    result = np.zeros(len(first))
    scratch = np.zeros(len(vectors.df))
    filled = np.diff(vectors.start) > 0
    for story, begin, end in runs(first):
        at = begin + np.flatnonzero(filled[second[begin:end]])
        if len(at):
            result[at] = _cosines(vectors, story, second[at], scratch)
    return result


def runs(first: Ints) -> Iterator[tuple[int, int, int]]:
    """Each number in a sorted column, where it begins and where it ends."""
    edges = np.flatnonzero(np.diff(first, prepend=-1, append=-1)) if len(first) else np.empty(0, np.int64)
    begins = edges[:-1]
    yield from zip(first[begins].tolist(), begins.tolist(), edges[1:].tolist(), strict=True)


def common(stories: int) -> int:
    """How many stories may hold a term that others are found by."""
    return stories if stories <= _SMALL else max(_COMMON, int(_COMMON * (stories / 12_000) ** 0.5))


def _rare(vectors: Vectors, story: int, finding: NDArray[np.bool_]) -> Ints:
    terms, _ = vectors.row(story)
    df = vectors.df[terms]
    terms = terms[np.lexsort((terms, df))[:_RARE]]
    return terms[finding[terms]]


def _cosines(vectors: Vectors, story: int, others: Ints, scratch: Floats) -> Floats:
    """Cosine of one story with each of the others; none of them is empty. scratch is all zeros before and after."""
    terms, weights = vectors.row(story)
    scratch[terms] = weights
    lengths = vectors.start[others + 1] - vectors.start[others]
    first = np.cumsum(lengths) - lengths
    at = np.repeat(vectors.start[others] - first, lengths) + np.arange(int(lengths.sum()))
    cosines: Floats = np.add.reduceat(vectors.weights[at] * scratch[vectors.terms[at]], first)
    scratch[terms] = 0.0
    return cosines
