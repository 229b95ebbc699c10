"""Shelf: where the desk takes its entries from. The library's has any number of them; Held has a few, in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from store.library import Layout, Order, Shelved, Skeleton, held
from store.model import Event, EventId, StoryId, StorylineId

H = TypeVar("H")

KEPT = 400  # entries kept after they were on the screen
AROUND = (8, 24)  # entries fetched with one that is not kept: those above and below it come next
MOST = 200  # stories of entries that are fetched at once: 4 ms


class Shelf(Protocol):
    """What the desk needs of the library's lists. May be called from any thread."""

    def skeleton(self, layout: Layout, order: Order) -> Skeleton: ...
    def page(self, layout: Layout, order: Order, *, near: str | None, size: int) -> Skeleton: ...
    def shelved(self, layout: Layout, units: Sequence[int]) -> dict[int, Shelved]: ...
    def numbers(self, ids: Sequence[StoryId]) -> dict[StoryId, int]: ...
    def numbered(self, held: Mapping[StoryId, H]) -> Iterable[tuple[int, H]]: ...
    def ids(self, numbers: Sequence[int]) -> list[StoryId]: ...
    def beside(self, numbers: Sequence[int]) -> Sequence[int]: ...
    def unit_numbers(self, layout: Layout, ids: Collection[str]) -> dict[str, int]: ...


class Held:
    """Events in memory, newest first as they are given."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = tuple(events)
        self._numbers: dict[StoryId, int] = held(self._events)[2]
        self._ids = list(self._numbers)

    def skeleton(self, layout: Layout, order: Order) -> Skeleton:
        whole = held(self._entries(layout))[0]
        number = {own: self._numbers[s] for s, own in held(self._entries(layout))[2].items()}
        for place, n in enumerate(whole.members):
            whole.members[place] = number[n]
        entries = self._entries(layout)
        if order is Order.OLDEST:
            return whole.in_order(range(len(entries) - 1, -1, -1))
        if order in (Order.OUTLETS, Order.ORIGINS):
            events = {e.id: e for e in self._events} if layout is Layout.STORIES else {}
            whose = [events.get(e.id, e) for e in entries]
            counts = [len(e.outlets if order is Order.OUTLETS else e.origins) for e in whose]
            return whole.in_order(sorted(range(len(entries)), key=lambda k: -counts[k]))
        return whole

    def page(self, layout: Layout, order: Order, *, near: str | None, size: int) -> Skeleton:  # noqa: ARG002
        return self.skeleton(layout, order)

    def shelved(self, layout: Layout, units: Sequence[int]) -> dict[int, Shelved]:
        entries = self._entries(layout)
        found = {}
        for unit in units:
            event = entries[unit]
            if layout is Layout.STORIES:
                event = next(e for e in self._events if e.id == event.id)
            found[unit] = Shelved(event, [self._numbers[s.id] for s in event.stories])
        return found

    def _entries(self, layout: Layout) -> Sequence[Event]:
        if layout is Layout.EVENTS:
            return self._events
        if layout is Layout.STORIES:
            return [Event(e.id, e.storyline, s.head.title, (s,)) for e in self._events for s in reversed(e.stories)]
        lines: dict[StorylineId, list[Event]] = {}
        for event in self._events:
            lines.setdefault(event.storyline, []).append(event)
        return [
            Event(EventId(line), line, events[0].headline, tuple(s for e in reversed(events) for s in e.stories))
            for line, events in lines.items()
        ]

    def numbers(self, ids: Sequence[StoryId]) -> dict[StoryId, int]:
        return {i: self._numbers[i] for i in ids if i in self._numbers}

    def numbered(self, held: Mapping[StoryId, H]) -> Iterable[tuple[int, H]]:
        return [(self._numbers[s], what) for s, what in held.items() if s in self._numbers]

    def ids(self, numbers: Sequence[int]) -> list[StoryId]:
        return [self._ids[n] for n in numbers]

    def beside(self, numbers: Sequence[int]) -> Sequence[int]:
        wanted = set(numbers)
        found = ([self._numbers[s.id] for s in event.stories] for event in self._events)
        return [n for some in found if not wanted.isdisjoint(some) for n in some]

    def unit_numbers(self, layout: Layout, ids: Collection[str]) -> dict[str, int]:
        entries = self._entries(layout)
        names = ((str(e.stories[0].id) if layout is Layout.STORIES else str(e.id)) for e in entries)
        return {name: unit for unit, name in enumerate(names) if name in set(ids)}


class Entries:
    """The entries of one skeleton as they are shown: fetched a screen at a time, some kept."""

    def __init__(self, shelf: Shelf, layout: Layout, skeleton: Skeleton) -> None:
        self._shelf = shelf
        self._layout = layout
        self._units, self._starts = skeleton.units, skeleton.starts
        self._kept: OrderedDict[int, Shelved] = OrderedDict()

    def __getitem__(self, k: int) -> Shelved:
        """The entry of a rank; one that is gone from the library meanwhile is empty."""
        unit = self._units[k]
        if unit not in self._kept:
            self._fetch(k)
        self._kept.move_to_end(unit)
        return self._kept[unit]

    def fetch(self, ranks: Iterable[int]) -> None:
        """Has these entries at hand, in one look at the library; from whatever thread: nothing that is kept is let go.
        Of many stories in all, the first alone."""
        wanted, stories = [], 0
        for k in ranks:
            stories += self._starts[k + 1] - self._starts[k]
            if stories > MOST:
                break
            wanted += [self._units[k]] if self._units[k] not in self._kept else []
        self._kept.update((unit, entry) for unit, entry in self._shelf.shelved(self._layout, wanted).items())

    def _fetch(self, k: int) -> None:
        wanted = [u for u in self._units[self._around(k)] if u not in self._kept]
        found = self._shelf.shelved(self._layout, wanted)
        for unit in wanted:
            self._kept[unit] = found.get(unit) or _gone(unit)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _around(self, k: int) -> slice:
        """The entries that are fetched with this one: those that the screen shows next, and not all of them where they
        are of hundreds of stories each."""
        first, end = k, k + 1
        while end < min(k + AROUND[1], len(self._units)) and self._starts[end + 1] - self._starts[first] <= MOST:
            end += 1
        while first > max(0, k - AROUND[0]) and self._starts[end] - self._starts[first - 1] <= MOST:
            first -= 1
        return slice(first, end)


def _gone(unit: int) -> Shelved:
    """What stands for an entry that another program has just merged away; the next look at the library drops it."""
    name = f"gone {unit}"
    return Shelved(Event(EventId(name), StorylineId(name), "…", ()), ())
