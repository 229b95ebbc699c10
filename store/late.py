"""Late: what came to an event after the reader had dismissed it, and counts as dismissed with it. Said here alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from store.model import Listed

if TYPE_CHECKING:
    from store.archive.lists import Lists
    from store.archive.skeleton import Shelved, Skeleton

_AT_ONCE = 500  # events read at once


def late(lists: Lists, whole: Skeleton, dismissed: bytearray) -> set[int]:
    """The numbers of all that came late. whole: the list by events; dismissed: 1 for each story the reader did."""
    starts, members = whole.starts, whole.members
    touched = []
    for k, unit in enumerate(whole.units):
        own = [dismissed[n] for n in members[starts[k] : starts[k + 1]]]
        if any(own) and not all(own):
            touched.append(unit)
    return {n for entry in _shelved(lists, touched) for n in late_comers(entry, dismissed, dismissed=1)}


def _shelved(lists: Lists, units: Sequence[int]) -> Iterator[Shelved]:
    from store.archive.skeleton import Layout

    for at in range(0, len(units), _AT_ONCE):
        yield from lists.shelved(Layout.EVENTS, units[at : at + _AT_ONCE]).values()


def late_comers(entry: Shelved, flags: bytearray, *, dismissed: int) -> set[int]:
    """The stories of an entry that came to an event after all that was there had been dismissed, and bring no origin
    that was not there: what the reader dismissed stays dismissed when one more outlet runs it.

    An entry may hold stories that came since the list was read, of which there are no flags yet: they are left out."""
    found: set[int] = set()
    known = (p for p in zip(entry.event.stories, entry.numbers, strict=True) if p[1] < len(flags))
    pairs = sorted(known, key=lambda p: (p[0].event, p[0].added))
    for _, group in groupby(pairs, key=lambda p: p[0].event):
        members = list(group)
        gone = [s for s, n in members if flags[n] & dismissed]
        if not gone:
            continue
        last = max(s.added for s in gone)
        if any(s.added <= last and not flags[n] & dismissed for s, n in members):
            continue
        origins = {_origin(s) for s in gone}
        found |= {n for s, n in members if not flags[n] & dismissed and _origin(s) in origins}
    return found


def _origin(story: Listed) -> str:
    return story.origin or story.head.agency or story.head.source or story.id
