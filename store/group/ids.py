"""Names for events that outlive the grouping which first found them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count

from store.model import EventId, StoryId


def keep(
    events: Sequence[Sequence[StoryId]], before: Mapping[StoryId, EventId], *, taken: Container[EventId] = ()
) -> list[EventId]:
    """An id for each event (its stories oldest first), each id once and none of those taken.

    The event that shares most stories with an old one keeps its id; between equals the older of both is served first.
    All others are named after their oldest story that no other event is named after.
    """
    ids = _inherited(events, before)
    used = set(ids.values())
    for at, stories in enumerate(events):
        if at not in ids:
            ids[at] = next(name for name in _names(stories) if name not in used and name not in taken)
            used.add(ids[at])
    return [ids[at] for at in range(len(events))]


def _inherited(events: Sequence[Sequence[StoryId]], before: Mapping[StoryId, EventId]) -> dict[int, EventId]:
    claims: list[tuple[int, int, EventId]] = []
    age: dict[EventId, int] = {}
    for at, stories in enumerate(events):
        shared = Counter(before[story] for story in stories if story in before)  # in order of their oldest stories
        for old, number in shared.items():
            age.setdefault(old, len(age))
            claims.append((-number, at, old))
    claims.sort(key=lambda claim: (claim[0], age[claim[2]], claim[1]))
    ids: dict[int, EventId] = {}
    taken: set[EventId] = set()
    for _, at, old in claims:
        if at not in ids and old not in taken:
            ids[at] = old
            taken.add(old)
    return ids


def _names(stories: Sequence[StoryId]) -> Iterator[EventId]:
    """Names to try in turn; numbered ones are met only when every story has lent its name to an event it left."""
    yield from (EventId(f"e-{story}") for story in stories)
    yield from (EventId(f"e-{stories[0]}-{n}") for n in count(2))
