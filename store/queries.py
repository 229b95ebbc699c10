"""Saved queries: rules of the reader's by name, what changes them, and how many stories each finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from store.errors import InputError, QueryError
from store.late import late
from store.model import Rule, RuleChange, RuleKind

if TYPE_CHECKING:
    from store.archive.lists import Lists
    from store.archive.skeleton import Skeleton
    from store.filtering import Asked
    from store.marks import Marks

LONGEST_NAME = 40  # characters; it stands in a narrow pane
_NO_NAME = re.compile(r'[\s()"“”„‟«»,:@]+')


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stories a saved query finds; wrong says why it finds none, where it is no query any more."""

    name: str
    stories: int = 0
    unread: int = 0
    wrong: str = ""


def saved(rules: Iterable[Rule]) -> dict[str, str]:
    """The query of each name, by the alphabet; of two of one name the newer."""
    known: dict[str, tuple[str, str]] = {}
    for rule in rules:
        if rule.kind is RuleKind.QUERY and len(rule.of) == 1:
            known[rule.of[0].casefold()] = rule.of[0], rule.text
    return dict(known[name] for name in sorted(known))


def named(text: str) -> str:
    """What is typed as a name, as `@name` can be written. Raises InputError where nothing is left of it."""
    name = _NO_NAME.sub("-", text.strip().removeprefix("@")).strip("-")[:LONGEST_NAME]
    if not name:
        raise InputError("A saved query needs a name of letters or digits")
    return name


def saving(rules: Iterable[Rule], name: str, text: str) -> tuple[RuleChange, ...]:
    """Keeps a query under a name, in place of another of that name; nothing where it is kept so already."""
    rule = Rule(RuleKind.QUERY, (name,), text.strip())
    same = _of_name(rules, name)
    return () if same == (rule,) else (*(RuleChange(r, made=False) for r in same), RuleChange(rule))


def deleting(rules: Iterable[Rule], name: str) -> tuple[RuleChange, ...]:
    """Takes a saved query away; nothing where there is none of that name."""
    return tuple(RuleChange(rule, made=False) for rule in _of_name(rules, name))


def _of_name(rules: Iterable[Rule], name: str) -> tuple[Rule, ...]:
    wanted = name.removeprefix("@").casefold()
    return tuple(r for r in rules if r.kind is RuleKind.QUERY and len(r.of) == 1 and r.of[0].casefold() == wanted)


class Asking(Protocol):
    """What of a library is needed to count what its queries find."""

    @property
    def lists(self) -> Lists: ...
    @property
    def marks(self) -> Marks: ...
    def filter(self, text: str, words: str = "", *, today: date) -> Asked | None: ...


def tallies(
    library: Asking, known: Mapping[str, str], *, today: date, listed: Skeleton | None = None
) -> tuple[Tally, ...]:
    """What each finds now, unread and in all. listed: the lists as they are, where they were read already.

    Some milliseconds a query in a library of 10,000 stories: for a thread.
    """
    from store.archive.skeleton import Layout, Order

    whole = listed or library.lists.skeleton(Layout.EVENTS, Order.NEWEST)
    there = bytearray(whole.top + 1)
    for n in whole.members:
        there[n] = 1
    dismissed, read = bytearray(len(there)), bytearray(len(there))
    for n, mark in library.lists.numbered(library.marks.all()):
        if n < len(there):
            dismissed[n], read[n] = mark.dismissed, mark.read
    came_late = {}
    for n in late(library.lists, whole, dismissed):
        dismissed[n] = 1
        came_late[n] = replace(library.marks.get(library.lists.ids([n])[0]), dismissed=True)
    every, gone, done = (int.from_bytes(bits, "little") for bits in (there, dismissed, read))

    def tally(name: str, text: str) -> Tally:
        try:
            asked = library.filter(text, today=today)
        except QueryError as wrong:
            return Tally(name, wrong=str(wrong))
        fits = bytearray(b"\1") * len(there) if asked is None else asked.all(whole.top)
        if asked is not None and asked.with_dismissed:
            for n, mark in came_late.items():
                fits[n] = fits[n] or asked.fits(n, mark)
        bits = every & int.from_bytes(fits, "little")
        if asked is None or not asked.with_dismissed:
            bits &= ~gone
        return Tally(name, bits.bit_count(), (bits & ~done).bit_count())

    return tuple(tally(name, text) for name, text in known.items())
