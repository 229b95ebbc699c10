"""Plan: a list made ready apart from the desk, in whatever thread, to be taken over between two keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from store.late import late_comers
from store.library import Layout, Order, Skeleton
from store.model import EventId, Mark, StoryId
from tui.desk.arrangement import DISMISSED, GONE, HIDDEN, READ, STARRED, Arrangement
from tui.desk.filters import Filter
from tui.desk.shelf import Entries, Shelf

FIRST = 40  # rows that are on the screen at once when words were searched for; they stand far apart in the list
PAGE = 120  # entries of the first page: more than any screen shows, and as quick as one
BIGGEST_FIRST = (Order.OUTLETS, Order.ORIGINS)  # orders in which few entries have very many stories


class Reading(Protocol):
    """What a plan needs of the marks."""

    def get(self, story: StoryId) -> Mark: ...
    def live(self) -> Mapping[StoryId, Mark]: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What list is asked for. near and page: only the entries around that one."""

    layout: Layout = Layout.EVENTS
    order: Order = Order.NEWEST
    folded: frozenset[EventId] = frozenset()
    all_folded: bool = False
    filter: Filter | None = None
    page: bool = False
    near: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A list ready to be shown. began is the number of changes of marks the desk knew of when it was begun."""

    wanted: Wanted
    shelf: Shelf
    arrangement: Arrangement
    entries: Entries
    began: int


def flags_of(mark: Mark) -> int:
    return READ * mark.read | STARRED * mark.starred | DISMISSED * mark.dismissed


def make(shelf: Shelf, marks: Reading, wanted: Wanted, *, began: int = 0) -> Plan:
    """Reads the skeleton and what of the marks concerns it. Raises LibraryError."""
    skeleton = _page(shelf, wanted) if wanted.page else shelf.skeleton(wanted.layout, wanted.order)
    flags = _flags(shelf, marks, skeleton)
    if wanted.order is Order.UNREAD:
        skeleton = _unread_first(skeleton, flags)
    fits = wanted.filter.all(skeleton.top) if wanted.filter else None
    folded = shelf.unit_numbers(wanted.layout, wanted.folded).values()
    with_dismissed = wanted.filter is not None and wanted.filter.with_dismissed
    hides = 0 if with_dismissed else GONE
    arrangement = Arrangement(skeleton, flags, fits, folded, all_folded=wanted.all_folded, hides=hides)
    entries = Entries(shelf, wanted.layout, skeleton)
    hide_late_comers(arrangement, entries, wanted.layout, arrangement.ranks_flagged(DISMISSED))
    _count_as_dismissed(arrangement, wanted.filter)
    return Plan(wanted, shelf, arrangement, entries, began)


def _page(shelf: Shelf, wanted: Wanted) -> Skeleton:
    few_first = wanted.order in BIGGEST_FIRST and wanted.layout is not Layout.STORIES
    for size in (PAGE // 20, PAGE // 5, PAGE) if few_first else (PAGE,):
        skeleton = shelf.page(wanted.layout, wanted.order, near=wanted.near, size=size)
        if skeleton.whole:  # that is all there is
            break
        if len(skeleton.members) >= PAGE:
            break
    return skeleton


def refiltered(plan: Plan, wanted: Wanted, *, began: int) -> Plan:
    """The same list under another filter: what was read of the library is used again."""
    old = plan.arrangement
    fits = wanted.filter.all(old.skeleton.top) if wanted.filter else None
    with_dismissed = wanted.filter is not None and wanted.filter.with_dismissed
    arrangement = old.under(fits, hides=0 if with_dismissed else GONE)
    _count_as_dismissed(arrangement, wanted.filter)
    plan.entries.fetch(dict.fromkeys(arrangement.at(row)[0] for row in range(min(FIRST, len(arrangement)))))
    return Plan(wanted, plan.shelf, arrangement, plan.entries, began)


def remarked(plan: Plan, marks: Reading, *, began: int) -> Plan:
    """The same list under the marks there are now."""
    old = plan.arrangement
    flags = _flags(plan.shelf, marks, old.skeleton)
    fits = plan.wanted.filter.all(old.skeleton.top) if plan.wanted.filter else None
    arrangement = old.under(fits, hides=old.hides, flags=flags)
    entries = Entries(plan.shelf, plan.wanted.layout, old.skeleton)
    hide_late_comers(arrangement, entries, plan.wanted.layout, arrangement.ranks_flagged(DISMISSED))
    _count_as_dismissed(arrangement, plan.wanted.filter)
    return Plan(plan.wanted, plan.shelf, arrangement, entries, began)


def _flags(shelf: Shelf, marks: Reading, skeleton: Skeleton) -> bytearray:
    flags = bytearray(skeleton.top + 1)
    found: Iterable[tuple[int, Mark]]
    if skeleton.whole:
        found = shelf.numbered(marks.live())  # what changes meanwhile the desk takes in when it takes the plan
    else:
        ids = shelf.ids(skeleton.members)
        if len(ids) == len(skeleton.members):
            found = zip(skeleton.members, map(marks.get, ids), strict=True)
        else:
            found = shelf.numbered({s: marks.get(s) for s in ids})
    for number, mark in found:
        if number < len(flags):
            flags[number] = flags_of(mark)
    return flags


def _count_as_dismissed(arrangement: Arrangement, filter: Filter | None) -> None:
    """Has a filter that asks for the dismissed find those that came late to a dismissed event: no other shows them."""
    flags, fits = arrangement.flags, arrangement.fits
    if filter is None or fits is None or not filter.with_dismissed:
        return
    for n in (n for n, held in enumerate(flags) if held & HIDDEN and n < len(fits)):
        mark = Mark(read=bool(flags[n] & READ), starred=bool(flags[n] & STARRED), dismissed=True)
        fits[n] = fits[n] or filter.fits(n, mark)
        arrangement.change(k for k in (arrangement.rank(n),) if k is not None)


def _unread_first(skeleton: Skeleton, flags: bytearray) -> Skeleton:
    starts, members = skeleton.starts, skeleton.members
    done = READ | GONE
    read = [
        k
        for k in range(len(skeleton.units))
        if flags[members[starts[k]]] & done and all(flags[n] & done for n in members[starts[k] : starts[k + 1]])
    ]
    below = set(read)
    return skeleton.in_order([*(k for k in range(len(skeleton.units)) if k not in below), *read]) if read else skeleton


def hide_late_comers(arrangement: Arrangement, entries: Entries, layout: Layout, ranks: Collection[int]) -> None:
    """Sets and takes off HIDDEN in these entries."""
    flags = arrangement.flags
    changed = set()
    for k in sorted(ranks):
        members = arrangement.members(k)
        if layout is not Layout.STORIES and (len(members) < 2 or all(flags[n] & DISMISSED for n in members)):
            hidden: set[int] = set()
        else:
            hidden = late_comers(entries[k], flags, dismissed=DISMISSED)
            members = [*members, *(n for n in entries[k].numbers if n < len(flags))]
        for n in members:
            if bool(flags[n] & HIDDEN) != (n in hidden):
                arrangement.flag(n, flags[n] ^ HIDDEN)
                changed.add(n)
    if changed:
        arrangement.change(k for k in map(arrangement.rank, changed) if k is not None)
