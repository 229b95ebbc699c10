"""Storylines: events that go on from one another, by actors and by matter, over weeks rather than days; and what links
each event to the one before it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from store.group import dates, linkage, vectors
from store.group.shared import common_run, short
from store.group.traits import Traits
from store.group.traits import term as term_of
from store.group.vectors import Floats, Ints, Vectors, background

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
_MATTER = 4  # words out of which the matter is told
_COMMON = 0.1  # share of ordinary stories that hold a word that tells no matter
_TEXT = 2000  # characters in which words are looked up as they are written
_HEADLINE = 50

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

Text = Callable[[int], str]


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


def group(stories: Sequence[Traits], vector: Vectors, events: Sequence[int]) -> list[int]:
    """A label for each story: the smallest story number in its storyline."""
    return link(stories, vector, events).labels


def link(stories: Sequence[Traits], vector: Vectors, events: Sequence[int], text: Text = lambda _: "") -> Lines:
    """The storylines, with reasons. text: what a story says, by its number, so that words can be told as written."""
    known = _read(stories, vector, events)
    first, second, matter = vectors.pairs(known.words, least=_WORTH)
    actors = vectors.cosines(known.names, first, second)
    apart = np.abs(known.day[first] - known.day[second])
    score = matter * np.sqrt(actors) * np.where(np.isnan(apart), _UNDATED, np.exp(-apart / _FADES))
    least = LINKED * (1 + _SMALL / (len(known.heads) + _SMALL / 2))
    linked = score >= least
    pairs = list(zip(first[linked].tolist(), second[linked].tolist(), score[linked].tolist(), strict=True))
    lines = linkage.average(len(known.heads), pairs, least=least)
    labels = [known.heads[lines[at]] for at in known.members.tolist()]
    return Lines(labels, _reasons(known, lines, pairs, stories, vector, text))


def _read(stories: Sequence[Traits], vector: Vectors, events: Sequence[int]) -> _Events:
    heads = sorted(set(events))
    number = {head: at for at, head in enumerate(heads)}
    members = np.array([number[head] for head in events], dtype=np.int64)
    days, words = _days(stories, members, len(heads)), _words(vector, members, len(heads))
    return _Events(heads, members, days, words, _names(stories, members, len(heads)))


def _names(stories: Sequence[Traits], members: Ints, events: int) -> Vectors:
    """A row of names an event: how many of its stories name somebody, and how often."""
    named: list[dict[str, float]] = [defaultdict(float) for _ in range(events)]
    for story, event in zip(stories, members.tolist(), strict=True):
        for name in story.names:
            if name not in dates.CALENDAR:
                named[event][name] += min(story.terms.get(name, 1), _MENTIONS) ** 0.5
    return vectors.build([{name: max(1, round(count)) for name, count in counts.items()} for counts in named])


def _days(stories: Sequence[Traits], members: Ints, events: int) -> Floats:
    days: list[list[int]] = [[] for _ in range(events)]
    for story, event in zip(stories, members.tolist(), strict=True):
        if story.day is not None:
            days[event].append(story.day)
    return np.array([float(np.median(d)) if d else np.nan for d in days])


def _words(vector: Vectors, members: Ints, events: int) -> Vectors:
    """The sum of each event's stories, its heaviest terms, at length 1."""
    owner = np.repeat(members, np.diff(vector.start))
    size = max(len(vector.df), 1)
    keys, at = np.unique(owner * size + vector.terms, return_inverse=True)
    sums = np.bincount(at, weights=vector.weights, minlength=len(keys))
    owner, terms = keys // size, keys % size
    length = np.sqrt(np.bincount(owner, weights=sums**2, minlength=events))
    weights = sums / np.maximum(length[owner], 1e-12)
    start = np.searchsorted(owner, np.arange(events + 1))
    return replace(vector, start=start, terms=terms, weights=weights)


# --- reasons


def _reasons(
    known: _Events,
    lines: Sequence[int],
    pairs: Sequence[tuple[int, int, float]],
    stories: Sequence[Traits],
    vector: Vectors,
    text: Text,
) -> dict[int, str]:
    """One link an event, to the one before it that is likest; the first of a line has one to the next."""
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other, score in pairs:
        if lines[one] == lines[other]:
            near[one].append((score, other))
            near[other].append((score, one))
    names, words = ({n: w for w, n in v.items()} if near else {} for v in (known.names.vocabulary, vector.vocabulary))
    order = _order(known)
    members: dict[int, list[int]] = defaultdict(list)
    for story, event in enumerate(known.members.tolist()):
        members[event].append(story)
    told = {}
    for event, others in near.items():
        earlier = [pair for pair in others if order[pair[1]] < order[event]]
        _, other = max(earlier or others, key=lambda pair: (pair[0], -order[pair[1]]))
        pair = [max(members[e], key=lambda s: len(stories[s].names)) for e in (event, other)]
        both = [stories[s] for s in pair]
        shared = _actors(known, event, other, names, both)
        heavy = [words[term] for term in _heaviest(known.words, event, other)]
        heavy = [word for word in heavy if not any(word in s.names for s in both)]
        shared += _matter(heavy, [text(s)[:_TEXT] for s in pair])
        name = short(stories[pair[1]].headline, _HEADLINE)
        told[known.heads[event]] = f"{', '.join(shared) or 'the same words'}; {_gap(known, event, other)} “{name}”"
    return told


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


def _actors(known: _Events, event: int, other: int, words: dict[int, str], pair: Sequence[Traits]) -> list[str]:
    """The names that both events are about, as written at their longest: "Ilse Torm", not "Ilse" and "Torm"."""
    mine, theirs = pair
    told: list[str] = []
    held: set[str] = set()
    for name in (words[term] for term in _heaviest(known.names, event, other)):
        if len(told) == _ACTORS:
            break
        if name in held:
            continue
        written = name.capitalize()
        if name in mine.names and name in theirs.names:
            written = common_run(name, mine, theirs)
        held |= {name, *map(term_of, written.split())}
        told.append(short(written, 30))
    return told


def _matter(heavy: Sequence[str], texts: Sequence[str]) -> list[str]:
    """A word or two that say what it is about: two that stand side by side in a text, else the heaviest."""
    terms = [word for word in heavy if word.isalpha() and background().get(word, 0.0) < _COMMON][:_MATTER]
    written: dict[str, str] = {}
    for text in texts:
        last = ("", "", 0)
        for match in _WORD.finditer(text):
            normal = term_of(match[0])
            if normal in terms:
                written.setdefault(normal, match[0].lower())
                if last[2] == match.start() - 1 and last[0] != normal:
                    return [f"{last[1]} {match[0].lower()}"]
                last = normal, match[0].lower(), match.end()
    return [written.get(word, word) for word in terms[:2]]
