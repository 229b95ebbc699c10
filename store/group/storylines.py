"""Storylines: events that go on from one another, by actors and matter, over weeks rather than days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from store.group import dates, linkage, vectors
from store.group.traits import Traits
from store.group.vectors import Floats, Ints, Vectors

LINKED = 0.15
_ACTORS = 2  # names that linked events share at the least
_FADES = 90.0  # days; between events, not stories
_UNDATED = 0.8


def group(stories: Sequence[Traits], vector: Vectors, events: Sequence[int]) -> list[int]:
    """A label for each story: the smallest story number in its storyline."""
    heads = sorted(set(events))
    number = {head: at for at, head in enumerate(heads)}
    members = np.array([number[head] for head in events], dtype=np.int64)
    rows = _rows(vector, members, len(heads))
    first, second, cosine = vectors.pairs(rows, least=LINKED)
    gap = _gaps(stories, members, len(heads))
    apart = np.abs(gap[first] - gap[second])
    fade = np.where(np.isnan(apart), _UNDATED, np.exp(-apart / _FADES))
    pairs = zip(first.tolist(), second.tolist(), (cosine * fade).tolist(), strict=True)
    actors = _actors(stories, members, len(heads))
    linked = (pair for pair in pairs if len(actors[pair[0]] & actors[pair[1]]) >= _ACTORS)
    labels = linkage.average(len(heads), linked, least=LINKED)
    return [heads[labels[at]] for at in members.tolist()]


def _actors(stories: Sequence[Traits], members: Ints, events: int) -> list[set[str]]:
    actors: list[set[str]] = [set() for _ in range(events)]
    for story, event in zip(stories, members.tolist(), strict=True):
        actors[event] |= {name for name in story.names if name not in dates.CALENDAR}
    return actors


def _gaps(stories: Sequence[Traits], members: Ints, events: int) -> Floats:
    """The middle day of each event; nan where no story has one."""
    days: list[list[int]] = [[] for _ in range(events)]
    for story, event in zip(stories, members.tolist(), strict=True):
        if story.day is not None:
            days[event].append(story.day)
    return np.array([float(np.median(d)) if d else np.nan for d in days])


def _rows(vector: Vectors, members: Ints, events: int) -> Vectors:
    """The sum of each event's stories, its heaviest terms, at length 1."""
    lengths = np.diff(vector.start)
    owner = np.repeat(members, lengths)
    keys, at = np.unique(owner * len(vector.df) + vector.terms, return_inverse=True)
    sums = np.bincount(at, weights=vector.weights, minlength=len(keys))
    owner, terms = keys // max(len(vector.df), 1), keys % max(len(vector.df), 1)
    length = np.sqrt(np.bincount(owner, weights=sums**2, minlength=events))
    weights = sums / np.maximum(length[owner], 1e-12)
    start = np.searchsorted(owner, np.arange(events + 1))
    return Vectors(vector.vocabulary, vector.df, vector.idf, start, terms, weights, vector.lonely)
