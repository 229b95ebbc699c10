"""Storylines: events that go on from one another, by actors and by matter, over weeks rather than days; and what links
each event to the one before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from store.group import linkage, vectors
from store.group.columns import Columns
from store.group.common import shares
from store.group.rows import FEW, Floats, Ints, Singles, Small, edges, places, sizes, spans, starts, told_apart
from store.group.shared import common_run, short
from store.group.traits import Traits, code, coded
from store.group.traits import term as term_of
from store.group.vectors import Vectors

# Cosine of all words times the root of that of names from which two events are one storyline. Chosen on half of the 33
# topics of one labelled set, alone and in two collections around it (B3 F1 0.83 to 0.89); the other half has 0.84 to
# 0.85. All words alone, and the lesser of the cosines of names and of other words, did worse.
LINKED = 0.04
# More is asked in a small library, where all that is rare elsewhere is rare: of 21 sample events 0.06 joins three.
_SMALL = 30.0
_MENTIONS = 3  # of a name in one story, beyond which more say no more
_WORTH = 0.06  # cosine of all words below which events are not looked at
_FADES = 90.0  # days; between events, not stories
_UNDATED = 0.8
_ACTORS = 3  # names told in a reason
_MATTER = 6  # words out of which the matter is told
_COMMON = 0.1  # share of ordinary stories that hold a word that tells no matter
_AT_ONCE = 1000  # events whose words are summed together
_PAIRS = 500_000  # of events that are looked at together
_HEADLINE = 50
_REMEMBERED = 2000  # stories

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Lines:
    """labels: for each story the smallest story number in its storyline; why: for each event, by its label, what links
    it to the one before it (or, for the first, to the next); events that stand alone are absent."""

    labels: list[int]
    why: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Events:
    """Events by number: their labels, each story's event, the middle day of each (nan: none), rows of all words and of
    names alone (with a vocabulary of their own)."""

    heads: list[int]
    members: Ints
    day: Floats
    words: Vectors
    names: Vectors


def link(stories: Columns, vector: Vectors, events: Sequence[int], asked: Collection[int] | None = None) -> Lines:
    """The storylines, with reasons, which cost most: asked says of which events they are wanted, None of all."""
    known = _read(stories, vector, events)
    first, second, matter = vectors.pairs(known.words, least=_WORTH)
    least = LINKED * (1 + _SMALL / (len(known.heads) + _SMALL / 2))
    parts = (slice(at, at + _PAIRS) for at in range(0, max(len(first), 1), _PAIRS))
    found = [_linked(known, first[part], second[part], matter[part], least) for part in parts]
    first, second, score = (np.concatenate(column) for column in zip(*found, strict=True))
    lines = linkage.average(len(known.heads), (first, second, score), least=least)
    labels = [known.heads[lines[at]] for at in known.members.tolist()]
    line = np.array(lines, dtype=np.int64)
    same = line[first] == line[second]
    return Lines(labels, _reasons(known, first[same], second[same], score[same], stories, asked))


def _linked(known: _Events, first: Ints, second: Ints, matter: Floats, least: float) -> tuple[Ints, Ints, Floats]:
    """The pairs of events, with cosines of all words, that are one storyline, and how likely."""
    actors = vectors.cosines(known.names, first, second)
    apart = np.abs(known.day[first] - known.day[second])
    score = matter * np.sqrt(actors) * np.where(np.isnan(apart), _UNDATED, np.exp(-apart / _FADES))
    linked = score >= least
    return first[linked], second[linked], score[linked]


def _read(stories: Columns, vector: Vectors, events: Sequence[int]) -> _Events:
    held, heads = told_apart(np.array(events, dtype=np.int64))
    members, number = held.astype(np.int64), len(heads)
    return _Events(
        heads.tolist(),
        members,
        _days(stories, members, number),
        _words(vector, members, number),
        _names(stories, members),
    )


def _names(stories: Columns, members: Ints) -> Vectors:
    """A row of names an event: how many of its stories name somebody, and how often."""
    at = places(stories.named)
    event = members[stories.words.start.searchsorted(at, side="right") - 1]
    often = np.sqrt(np.minimum(stories.counts[at], _MENTIONS))
    size = max(len(stories.words.codes), 1)
    place, keys = told_apart(event * size + stories.words.held[at])
    counts = np.maximum(np.bincount(place, often, minlength=len(keys)).round(), 1).astype(np.int64)
    event = keys // size
    held = keys - event * size
    start = starts(np.bincount(event, minlength=int(members.max(initial=-1)) + 1))
    return vectors.weigh(stories.words.codes, start, held.astype(np.int32), counts)


def _days(stories: Columns, members: Ints, events: int) -> Floats:
    """The middle day of each event."""
    dated = places(~np.isnan(stories.day))
    order = dated[np.lexsort((stories.day[dated], members[dated]))]
    number = np.bincount(members[order], minlength=events)
    begin = starts(number)[:-1]
    days = np.concatenate([stories.day[order], [np.nan]])
    last = np.maximum(number - 1, 0)
    low, high = (days[np.minimum(begin + step, len(order))] for step in (last // 2, (last + 1) // 2))
    return np.where(number > 0, (low + high) / 2, np.nan)


def _words(vector: Vectors, members: Ints, events: int) -> Vectors:
    """The sum of each event's stories, at length 1; of many heaviest first."""
    order = members.argsort(kind="stable")
    begin = starts(np.bincount(members, minlength=events))
    parts = [
        _summed(vector, order[begin[at] : begin[min(at + _AT_ONCE, events)]], members)
        for at in range(0, events, _AT_ONCE)
    ]
    nothing = (np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))
    owner, terms, weights = (np.concatenate(column) for column in zip(nothing, *parts, strict=True))
    return replace(vector, start=starts(np.bincount(owner, minlength=events)), terms=terms, weights=weights)


def _summed(vector: Vectors, stories: Ints, members: Ints) -> tuple[Ints, Small, Singles]:
    lengths = sizes(vector.start)[stories]
    at = spans(vector.start[stories], lengths)
    size = max(len(vector.df), 1)
    few = len(vector.start) <= FEW
    cell = members[stories].repeat(lengths) * size + vector.terms[at]
    if few:
        full = np.bincount(cell, vector.weights[at])
        keys = places(full != 0)
        sums = full[keys]
    else:
        keys, place = np.unique(cell, return_inverse=True)
        sums = np.bincount(place, vector.weights[at], minlength=len(keys))
    owner = keys // size
    terms = keys - owner * size
    length = np.sqrt(np.bincount(owner, sums**2))
    weights = (sums / np.maximum(length[owner], 1e-12)).astype(np.float32)
    if few:
        return owner, terms.astype(np.int32), weights
    order = vectors.heaviest_first(owner, weights)
    return owner[order], terms[order].astype(np.int32), weights[order]


# --- reasons


def _reasons(
    known: _Events, first: Ints, second: Ints, score: Floats, stories: Columns, asked: Collection[int] | None
) -> dict[int, str]:
    """One link an event, to the one before it that is likest; the first of a line has one to the next. Of the pairs of
    one line."""
    wanted = None if asked is None else np.array([head in asked for head in known.heads], dtype=bool)
    told: dict[int, str] = {}
    if wanted is not None and not (wanted[first] | wanted[second]).any():
        return told
    fullest = _fullest(stories, known)
    read = lru_cache(_REMEMBERED)(stories.traits)
    for event, other in zip(*_likest(known, first, second, score), strict=True):
        if wanted is not None and not wanted[event]:
            continue
        both = [read(fullest[e]) for e in (event, other)]
        shared = [*_actors(known, event, other, both), *_matter(known, event, other, both)]
        name = short(both[1].headline, _HEADLINE)
        told[known.heads[event]] = f"{', '.join(shared) or 'the same words'}; {_gap(known, event, other)} “{name}”"
    return told


def _likest(known: _Events, first: Ints, second: Ints, score: Floats) -> tuple[list[int], list[int]]:
    """Each event of a line, and the one it is linked to."""
    order = np.array(_order(known), dtype=np.int64)
    event, other = np.concatenate([first, second]), np.concatenate([second, first])
    later = order[other] > order[event]
    ranked = np.lexsort((order[other], -np.concatenate([score, score]), later, event))
    at = ranked[edges(event[ranked])[:-1]]
    return event[at].tolist(), other[at].tolist()


def _fullest(stories: Columns, known: _Events) -> list[int]:
    """The story of each event that names most."""
    named = np.diff(np.searchsorted(np.flatnonzero(stories.named), stories.words.start))
    order = np.lexsort((-np.arange(len(stories)), named, known.members))
    fullest: list[int] = order[np.cumsum(np.bincount(known.members, minlength=len(known.heads))) - 1].tolist()
    return fullest


def _order(known: _Events) -> list[int]:
    """The rank of each event in time; those without a day come last."""
    ranked = sorted(range(len(known.heads)), key=lambda e: (np.isnan(known.day[e]), known.day[e], e))
    order = [0] * len(ranked)
    for rank, event in enumerate(ranked):
        order[event] = rank
    return order


def _gap(known: _Events, event: int, other: int) -> str:
    days = known.day[event] - known.day[other]
    if np.isnan(days):
        return "undated, like"
    number = round(abs(float(days)))
    if number == 0:
        return "same day as"
    return f"{number} day{'s' if number > 1 else ''} {'later than' if days > 0 else 'earlier than'}"


def _heaviest(rows: Vectors, one: int, other: int) -> list[int]:
    """The terms that both rows hold, by the product of their weights."""
    mine, theirs = rows.row(one), rows.row(other)
    both, at, there = np.intersect1d(mine[0], theirs[0], assume_unique=True, return_indices=True)
    terms: list[int] = both[np.argsort(-mine[1][at] * theirs[1][there], kind="stable")].tolist()
    return terms


def _actors(known: _Events, event: int, other: int, pair: Sequence[Traits]) -> list[str]:
    """The names that both events are about, as written at their longest: "Ilse Torm", not "Ilse" and "Torm"."""
    mine, theirs = pair
    written = {code(name): name for story in pair for name in story.names}
    told: list[str] = []
    held: set[str] = set()
    for number in _heaviest(known.names, event, other):
        name = written.get(int(known.names.codes[number]), "")
        if len(told) == _ACTORS:
            break
        if not name or name in held:
            continue
        text = common_run(name, mine, theirs) if name in mine.names and name in theirs.names else name.capitalize()
        held |= {name, *map(term_of, text.split())}
        told.append(short(text, 30))
    return told


def _matter(known: _Events, event: int, other: int, pair: Sequence[Traits]) -> list[str]:
    """A word or two that say what it is about: two that stand side by side in a text, else the heaviest."""
    names = {code(name) for story in pair for name in story.names}
    codes = known.words.codes[_heaviest(known.words, event, other)]
    heavy = [c for c, share in zip(codes.tolist(), shares(codes).tolist(), strict=True) if share < _COMMON]
    rank = {c: at for at, c in enumerate([c for c in heavy if c not in names][:_MATTER])}
    written: dict[int, str] = {}
    for story in pair:
        text = f"{story.headline}\n{story.opening}"
        words = _WORD.findall(text)
        each = list(map(coded, words))
        told = [at for at, word in enumerate(each) if word in rank]
        if any(b == a + 1 and each[a] != each[b] for a, b in pairwise(told)) and (both := _side_by_side(text, rank)):
            return [both]
        for at in told:
            written.setdefault(each[at], words[at].lower())
    return [written[word] for word in sorted(written, key=rank.__getitem__)[:2]]


def _side_by_side(text: str, wanted: Collection[int]) -> str | None:
    """The first two of some words that stand side by side in a text."""
    last = (-1, "", 0)
    for match in _WORD.finditer(text):
        word = coded(match[0])
        if word in wanted:
            if last[2] == match.start() - 1 and last[0] != word:
                return f"{last[1]} {match[0].lower()}"
            last = word, match[0].lower(), match.end()
    return None
