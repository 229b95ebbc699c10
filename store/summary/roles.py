"""Who does something to whom, as far as the order of words tells: "Tarsia accused Vardania" and "Vardania accused
Tarsia" are made of the same words. Knows no grammar but the English passive; where in doubt two sentences are taken to
say different things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.summary.times import CALENDAR

# What two do together, so that it does not matter who is named first; beginnings of words.
_MUTUAL = ("meet", "met", "talk", "spoke", "speak", "sign", "agree", "discuss", "share", "border", "clash", "fought")
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))

_SHORTEST = 2  # letters


@dataclass(frozen=True, slots=True)
class Role:
    """What is done, by whom and to whom, as stems; a name of several words is all of them."""

    done: str
    by: frozenset[str]
    to: frozenset[str]

    def reversed(self, other: Role) -> bool:
        """Whether the other is the same done by those who suffer it here, and not also as it is here."""
        return (
            self.done == other.done
            and bool(self.by & other.to and self.to & other.by)
            and not (self.by & other.by or self.to & other.to)
        )


def swapped(one: Iterable[Role], other: Sequence[Role]) -> bool:
    """Whether anything is done the other way round, and nowhere in the other as it is in the one."""
    return any(role.reversed(theirs) and not _among(role, other) for role in one for theirs in other)


def _among(role: Role, others: Sequence[Role]) -> bool:
    return any(role.done == o.done and role.by & o.by and role.to & o.to for o in others)


def roles(listed: Sequence[str], stems: Sequence[str], plain: Sequence[bool], lang: str) -> Iterator[Role]:
    """Each word in lower case that says something, with what stands next before and next after it; plain tells the
    words that say something, names among them."""
    units = _units(listed, plain)
    for before, (place, _), after in zip(units, units[1:], units[2:], strict=False):
        if listed[place][0].isupper() or (lang == "en" and listed[place].startswith(_MUTUAL)):
            continue
        by, to = (frozenset(stems[start:end]) for start, end in (before, after))
        beside = [word.lower() for word in listed[place + 1 : after[0]]]
        if lang == "en" and "by" in beside and listed[place - 1].lower() in _BE:
            by, to = to, by
        yield Role(stems[place], by, to)


def _units(listed: Sequence[str], plain: Sequence[bool]) -> list[tuple[int, int]]:
    """(start, end) of each word that says something; names of several words are one."""
    found: list[tuple[int, int]] = []
    named = False
    for at, word in enumerate(listed):
        if not plain[at] or word.lower() in CALENDAR:
            continue
        capital = word[0].isupper()
        if not capital and len(word) < _SHORTEST:  # "a accusé": no stop word of French, and says nothing
            continue
        if capital and named and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
        named = capital
    return found
