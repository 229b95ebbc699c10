"""Whose copy a story runs, and who reported first what it tells: stories of one origin confirm each other no more than
one story would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from store.group import sources
from store.group.columns import Columns
from store.group.compare import Pairs
from store.group.credits import Source
from store.group.near import CONTAINED
from store.group.rows import Floats, Ints, places, sizes

MERELY = 0.5  # share of a story's shingles in another's text from which on both are one text


class Origins:
    """The origins of the stories of one grouping; numbers are those of the stories. said: what each says of its own."""

    def __init__(self, stories: Columns, pairs: Pairs, events: Sequence[int], said: Sequence[Source]) -> None:
        self._stories = stories
        self._events = events
        self._said = said
        self._wires = np.array([source.wire for source in said], dtype=bool)
        self._ranked: dict[tuple[bool, bool], Ints] = {}
        self._first, self._second, self._share = _copies(pairs, events)

    def originals(self) -> dict[int, int]:
        """Story -> the first of its event whose text it runs, whole, cut or reworked; stories that copy nobody are
        absent.

        Earlier is by date; on one day, or where the dates tell nothing, an agency's own piece, else the longer: a cut
        copy is shorter than what it was cut from.
        """
        found: dict[int, int] = {}
        if len(self._first):
            rank = self._ranks(wires=True).tolist()
            for original, copy in zip(*self._in_order(wires=True), strict=True):
                if copy not in found or rank[original] < rank[found[copy]]:
                    found[copy] = original
        return found

    def named(self) -> list[str]:
        """The origin of each story: the agency or outlet that it is credited to, else that of the text it copies, else
        its own outlet. Copies that name nobody share the id of the first of them; one that copies nobody gets "".

        A text is that of all who run half of it or more, so that a mark on one copy speaks for all. Who runs less, but
        enough for a copy, has the origin of that text unless somebody is credited; a chain of such has that of its
        first.
        """
        said, ids = self._said, self._stories.ids
        leader, parent = self._texts()
        members: dict[int, list[int]] = defaultdict(list)
        for number in self._ranks().argsort().tolist():
            members[leader[number]].append(number)
        heads = set(parent.values())
        named: dict[int, str] = {}

        def name(text: int) -> str:
            above = [text]  # the first that was named already or credits somebody, else the last
            while above[-1] not in named and not credit(above[-1]) and above[-1] in parent:
                above.append(parent[above[-1]])
            last = above[-1]
            found = named.get(last) or credit(last) or next((s for n in members[last] if (s := said[n].own)), None)
            found = found or (ids[members[last][0]] if len(members[last]) > 1 or last in heads else "")
            named.update(dict.fromkeys(above, found))
            return found

        def credit(text: int) -> str | None:
            return next((s for n in members[text] if (s := said[n].credited)), None)

        names = [source.credited or name(text) for source, text in zip(said, leader, strict=True)]
        return _spelt_alike(names, self._events)

    def _texts(self) -> tuple[list[int], dict[int, int]]:
        """A label for each story, the same for all that are made of one text; and for the labels of those that took a
        good part of another's text, that one's label."""
        parent = list(range(len(self._stories)))
        if not len(self._first):
            return parent, {}

        def root(number: int) -> int:
            while parent[number] != number:
                parent[number] = parent[parent[number]]
                number = parent[number]
            return number

        taken = self._of_the_later()
        merely = taken >= MERELY
        for one, other in zip(self._first[merely].tolist(), self._second[merely].tolist(), strict=True):
            low, high = sorted((root(one), root(other)))
            parent[high] = low
        leader = [root(number) for number in range(len(parent))]
        partly = places((taken >= CONTAINED) & ~merely).tolist()
        early, late = self._in_order(wires=True)
        copies = {number for number, mere in zip(late, merely.tolist(), strict=True) if mere}
        rank, above = self._ranks(wires=True).tolist(), dict[int, int]()
        for one, other in sorted(((early[k], late[k]) for k in partly), key=lambda pair: rank[pair[0]]):
            low, high = root(one), root(other)
            if other not in copies and low != high and leader[other] not in above:  # a text has one origin, no circle
                above[leader[other]] = leader[one]
                parent[high] = low
        return leader, above

    def _of_the_later(self) -> Floats:
        """How much of the later of both is in the earlier; where dates tell nothing, of the shorter in the longer."""
        _, late = self._in_order()
        size = sizes(self._stories.shingles.start)
        found: Floats = self._share * np.minimum(size[self._first], size[self._second]) / np.maximum(size[late], 1)
        return found

    def _in_order(self, *, wires: bool = False) -> tuple[list[int], list[int]]:
        """Of each copy and what it copies the earlier and the later story."""
        first, second, day = self._first, self._second, self._stories.day
        rank = self._ranks(wires=wires)
        later = rank[first] > rank[second]
        unknown = np.isnan(day[first]) | np.isnan(day[second])
        if unknown.any():
            rank = self._ranks(wires=wires, undated=True)
            later = np.where(unknown, rank[first] > rank[second], later)
        return np.where(later, second, first).tolist(), np.where(later, first, second).tolist()

    def _ranks(self, *, wires: bool = False, undated: bool = False) -> Ints:
        """Each story's place, originals first. The hour counts for nothing: a page's clock tells when it was put up."""
        kind = wires and bool(self._wires.any()), undated
        if kind not in self._ranked:
            stories = self._stories
            keys = [self._names, -sizes(stories.shingles.start)]
            keys += [~self._wires] if kind[0] else []
            keys += [] if undated else [np.where(np.isnan(stories.day), 0.0, stories.day)]
            self._ranked[kind] = _placed(np.lexsort(keys))
        return self._ranked[kind]

    @cached_property
    def _names(self) -> Ints:
        """Each story's place by its id."""
        ids = self._stories.ids
        return _placed(np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64))


def _placed(order: Ints) -> Ints:
    """The place of each number in an order."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place


def _spelt_alike(names: Sequence[str], events: Sequence[int]) -> list[str]:
    """One spelling of a name an event: that of its first story."""
    spelt: dict[tuple[int, str], str] = {}
    return [spelt.setdefault((event, sources.same(n)), n) if n else n for n, event in zip(names, events, strict=True)]


def _copies(pairs: Pairs, events: Sequence[int]) -> tuple[Ints, Ints, Floats]:
    """Pairs of one event of which one runs the other's text, and how much of the shorter is in the longer."""
    event = np.array(events, dtype=np.int64)
    at = places(pairs.copied >= np.float32(CONTAINED))
    at = at[event[pairs.first[at]] == event[pairs.second[at]]]
    return pairs.first[at].astype(np.int64), pairs.second[at].astype(np.int64), pairs.copied[at].astype(np.float64)
