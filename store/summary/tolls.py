"""How many people a sentence says were killed, hurt or went missing, however it is put ("12 were killed", "the toll
rose to 41"), so that an older toll is known from a newer one. English alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.summary.figures import SPELLED, fate
from store.summary.times import CALENDAR, MONTHS

_YEAR = re.compile(r"(?:19|20)\d\d")
_FATES = frozenset(("dead", "hurt", "missing"))
_BEFORE, _AFTER = 4, 5  # words from a number to the word that says what became of those counted
_REVISING = frozenset(("lowered", "lowers", "revised", "revises", "corrected", "corrects", "reduced"))
_REACHED = frozenset(("to", "at", "reached", "reaches", "now", "passed", "topped", "was", "is"))
# Beside a number: it is a part of the toll, or one of another time.
_PART = frozenset(
    ("more", "another", "further", "other", "others", "additional", "them", "those", "including", "among", "previous")
)


@dataclass(frozen=True, slots=True)
class Tolls:
    """counts: the number for each fate; names: what the sentence names, by which two are seen to speak of one thing;
    revised: it says that an older number was too high or too low."""

    counts: tuple[tuple[str, float], ...]
    names: frozenset[str] = frozenset()
    revised: bool = False

    def __bool__(self) -> bool:
        return bool(self.counts)


NONE = Tolls(())


def told(tokens: Sequence[str]) -> Tolls:
    """The tolls of a sentence; none where it speaks of some year, whose toll may be another."""
    low = [token.lower() for token in tokens]
    values = [_value(word) for word in low]
    if all(value is None for value in values) or any(map(_YEAR.fullmatch, low)):
        return NONE
    found: dict[str, float] = {}
    toll = low.index("toll") if "toll" in low else len(low)
    for at, value in enumerate(values):
        beside = {*low[max(0, at - 2) : at], *low[at + 1 : at + 2]}
        if value is None or beside & _PART or MONTHS & {low[at - 1] if at else "", *low[at + 1 : at + 2]}:
            continue
        name = "dead" if at > toll and low[at - 1] in _REACHED else _fate(low, values, at)
        if name in _FATES:
            found[name] = max(value, found.get(name, 0.0))
    named = (t.lower() for t in tokens[1:] if t[0].isupper() and t.lower() not in CALENDAR)
    return Tolls(tuple(found.items()), frozenset(named), not _REVISING.isdisjoint(low))


def higher(one: Tolls, other: Tolls) -> bool:
    """Whether the other gives a higher number for one fate and no lower one, of something both name; or any other
    number that it says was revised."""
    theirs = dict(other.counts)
    both = [(count, theirs[name]) for name, count in one.counts if name in theirs]
    if other.revised:
        return bool(one.names & other.names) and any(a != b for a, b in both)
    return bool(one.names & other.names) and any(a < b for a, b in both) and all(a <= b for a, b in both)


def alike(one: Tolls, other: Tolls) -> bool:
    """Whether numbers of both may be of one thing: the one is no toll, or the other of the same fate."""
    return not one.counts or bool(dict(one.counts).keys() & dict(other.counts).keys())


def _fate(low: list[str], values: list[float | None], at: int) -> str:
    """What became of those counted: told right before the number, or after it and before the next one, or else shortly
    before it."""
    if at and low[at - 1].endswith("ed") and (found := fate(low[at - 1])) in _FATES:  # "killed 30 people and hurt 9"
        return found
    for place in range(at + 1, min(at + 1 + _AFTER, len(low))):
        if values[place] is not None:
            break
        if found := fate(low[place]):
            return found
    for place in range(at - 1, max(at - 1 - _BEFORE, -1), -1):
        if values[place] is not None:
            break
        if found := fate(low[place]):
            return found
    return ""


def _value(word: str) -> float | None:
    if word in SPELLED:
        return SPELLED[word]
    plain = word.replace(",", "")
    return float(plain) if plain.isascii() and plain.isdigit() and len(plain) < 9 else None
