"""Whose copy a story runs, and who reported first what it tells: stories of one origin confirm each other no more than
one story would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from store.group import sources
from store.group.columns import Columns
from store.group.compare import Pairs
from store.group.credits import Source
from store.group.near import CONTAINED
from store.group.rows import Floats, Ints

MERELY = 0.5  # share of a story's shingles in another's text from which on both are one text


def originals(stories: Columns, pairs: Pairs, events: Sequence[int], said: Sequence[Source]) -> dict[int, int]:
    """Story -> the first of its event whose text it runs, whole, cut or reworked; stories that copy nobody are absent.

    Earlier is by date; on one day, or where the dates tell nothing, an agency's own piece, else the longer: a cut copy
    is shorter than what it was cut from.
    """
    found: dict[int, int] = {}
    first, second, _ = _copies(pairs, events)
    if not len(first):
        return found
    wires = np.array([source.wire for source in said], dtype=bool)
    rank = _ranks(stories, wires)
    for original, copy in zip(*_in_order(stories, first, second, wires), strict=True):
        if copy not in found or rank[original] < rank[found[copy]]:
            found[copy] = original
    return found


def named(stories: Columns, said: Sequence[Source], pairs: Pairs, events: Sequence[int]) -> list[str]:
    """The origin of each story: the agency or outlet that it is credited to, else that of the text it copies, else its
    own outlet. Copies that name nobody share the id of the first of them; one that copies nobody gets "".

    A text is that of all who run half of it or more, so that a mark on one copy speaks for all. Who runs less, but
    enough for a copy, has the origin of that text unless somebody is credited; a chain of such has that of its first.
    """
    leader, parent = _texts(stories, pairs, events, [source.wire for source in said])
    members: dict[int, list[int]] = defaultdict(list)
    for number in np.argsort(_ranks(stories)).tolist():
        members[leader[number]].append(number)
    heads = set(parent.values())
    named: dict[int, str] = {}

    def name(text: int) -> str:
        above = [text]  # the first that was named already or credits somebody, else the last
        while above[-1] not in named and not credit(above[-1]) and above[-1] in parent:
            above.append(parent[above[-1]])
        last = above[-1]
        found = named.get(last) or credit(last) or next((s for n in members[last] if (s := said[n].own)), None)
        found = found or (stories.ids[members[last][0]] if len(members[last]) > 1 or last in heads else "")
        named.update(dict.fromkeys(above, found))
        return found

    def credit(text: int) -> str | None:
        return next((s for n in members[text] if (s := said[n].credited)), None)

    names = [said[number].credited or name(leader[number]) for number in range(len(stories))]
    return _spelt_alike(names, events)


def _texts(
    stories: Columns, pairs: Pairs, events: Sequence[int], wires: Sequence[bool]
) -> tuple[list[int], dict[int, int]]:
    """A label for each story, the same for all that are made of one text; and for the labels of those that took a good
    part of another's text, that one's label."""
    parent = list(range(len(stories)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    first, second, share = _copies(pairs, events)
    if not len(first):
        return parent, {}
    taken = _of_the_later(stories, first, second, share)
    merely = taken >= MERELY
    for one, other in zip(first[merely].tolist(), second[merely].tolist(), strict=True):
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    leader = [root(number) for number in range(len(stories))]
    partly = (taken >= CONTAINED) & ~merely
    known = np.array(wires, dtype=bool)
    early, late = _in_order(stories, first, second, known)
    copies = {number for number, mere in zip(late, merely.tolist(), strict=True) if mere}
    rank, above = _ranks(stories, known), dict[int, int]()
    for one, other in sorted(((early[k], late[k]) for k in np.flatnonzero(partly)), key=lambda pair: rank[pair[0]]):
        low, high = root(one), root(other)
        if other not in copies and low != high and leader[other] not in above:  # a text has one origin, no circle
            above[leader[other]] = leader[one]
            parent[high] = low
    return leader, above


def _of_the_later(stories: Columns, first: Ints, second: Ints, share: Floats) -> Floats:
    """How much of the later of both is in the earlier; where dates tell nothing, of the shorter in the longer."""
    _, late = _in_order(stories, first, second)
    sizes = np.diff(stories.shingles.start)
    found: Floats = share * np.minimum(sizes[first], sizes[second]) / np.maximum(sizes[late], 1)
    return found


def _spelt_alike(names: Sequence[str], events: Sequence[int]) -> list[str]:
    """One spelling of a name an event: that of its first story."""
    spelt: dict[tuple[int, str], str] = {}
    return [spelt.setdefault((event, sources.same(n)), n) if n else n for n, event in zip(names, events, strict=True)]


def _copies(pairs: Pairs, events: Sequence[int]) -> tuple[Ints, Ints, Floats]:
    """Pairs of one event of which one runs the other's text, and how much of the shorter is in the longer."""
    event = np.array(events, dtype=np.int64)
    at = np.flatnonzero(pairs.copied >= np.float32(CONTAINED))
    at = at[event[pairs.first[at]] == event[pairs.second[at]]]
    return pairs.first[at].astype(np.int64), pairs.second[at].astype(np.int64), pairs.copied[at].astype(np.float64)


def _in_order(
    stories: Columns, first: Ints, second: Ints, wires: NDArray[np.bool_] | None = None
) -> tuple[list[int], list[int]]:
    """Of each pair the earlier and the later story."""
    dated, timeless = _ranks(stories, wires), _ranks(stories, wires, undated=True)
    unknown = np.isnan(stories.day[first]) | np.isnan(stories.day[second])
    later = np.where(unknown, timeless[first] > timeless[second], dated[first] > dated[second])
    return np.where(later, second, first).tolist(), np.where(later, first, second).tolist()


def _ranks(stories: Columns, wires: NDArray[np.bool_] | None = None, *, undated: bool = False) -> Ints:
    """Each story's place, originals first. The hour counts for nothing: a page's clock tells when it was put up."""
    number = len(stories)
    day = np.zeros(number) if undated else np.where(np.isnan(stories.day), 0.0, stories.day)
    wire = np.zeros(number, dtype=bool) if wires is None else wires
    name = np.empty(number, dtype=np.int64)
    name[sorted(range(number), key=stories.ids.__getitem__)] = np.arange(number)
    rank = np.empty(number, dtype=np.int64)
    rank[np.lexsort((name, -np.diff(stories.shingles.start), ~wire, day))] = np.arange(number)
    return rank
