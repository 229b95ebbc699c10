"""What a list of any length is made of: numbers in arrays, and the rows of the few events that are on the screen."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar
from unicodedata import category, east_asian_width

from store.model import Event, StoryId

T = TypeVar("T")
WIDEST = 255  # columns that are told apart; a list shows two lines of far fewer
_JOINED = re.compile("\u200d.|[\U0001f3fb-\U0001f3ff]")  # the parts of an emoji behind its first
_NO_WIDTH = ("Mn", "Me", "Cf")  # marks above and below a letter, and what is not seen


class Layout(StrEnum):
    """What one entry of the list is."""

    EVENTS = "events"
    STORYLINES = "storylines"
    STORIES = "stories"


class Order(StrEnum):
    """In which order the entries stand. UNREAD is NEWEST with what is read sorted below, which only marks can tell."""

    NEWEST = "newest"
    OUTLETS = "outlets"
    ORIGINS = "origins"
    UNREAD = "unread"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The entries of a list, in order: number, stories (numbers, oldest first) and columns of the headline of each.

    The stories of entry k are members[starts[k] : starts[k + 1]]. top is the highest number a story has in the archive.
    whole is false for a page of a longer list.
    """

    units: array[int]
    starts: array[int]
    members: array[int]
    columns: bytes
    top: int
    whole: bool = True

    def in_order(self, ranks: Iterable[int]) -> Skeleton:
        """The same entries, in the order of these ranks."""
        made = _Builder()
        for k in ranks:
            made.unit(self.units[k], self.columns[k], self.members[self.starts[k] : self.starts[k + 1]])
        return made.done(self.top, whole=self.whole)


class Shelved(NamedTuple):
    """An entry as it is shown; numbers are those of its stories, in the same order."""

    event: Event
    numbers: Sequence[int]


class _Builder:
    def __init__(self) -> None:
        self.units, self.starts, self.members = array("I"), array("I", [0]), array("I")
        self.columns = bytearray()

    def unit(self, number: int, columns: int, members: Iterable[int]) -> None:
        self.units.append(number)
        self.columns.append(max(1, min(columns, WIDEST)))
        self.members.extend(members)
        self.starts.append(len(self.members))

    def done(self, top: int, *, whole: bool) -> Skeleton:
        return Skeleton(self.units, self.starts, self.members, bytes(self.columns), top, whole)


def columns(text: str) -> int:
    """Columns of a terminal that the words of a text take on one line, at most WIDEST."""
    line = " ".join(text[: 2 * WIDEST].split())
    if line.isascii():
        return min(WIDEST, len(line))
    line = _JOINED.sub("", line).replace("\ufe0f", "")
    return min(WIDEST, sum(0 if category(c) in _NO_WIDTH else 2 if east_asian_width(c) in "WF" else 1 for c in line))


def build(rows: Iterable[tuple[int, int, int]], top: int, *, whole: bool) -> Skeleton:
    """From (entry, columns of its headline, story), the stories of an entry side by side."""
    made = _Builder()
    units, starts, members, widths = made.units, made.starts, made.members, made.columns
    last = -1
    for unit, columns, story in rows:
        if unit != last:
            if last >= 0:
                starts.append(len(members))
            last = unit
            units.append(unit)
            widths.append(max(1, min(columns or 1, WIDEST)))
        members.append(story)
    if last >= 0:
        starts.append(len(members))
    return made.done(top, whole=whole)


@dataclass(frozen=True, slots=True)
class Coded:
    """What stories say, each different saying once: codes holds its place in values, by story number. Story 0, and a
    number that no story has, say nothing: code 0."""

    codes: array[int]
    values: tuple[tuple[Any, ...], ...]

    def where(self, test: Callable[..., bool]) -> bytearray:
        """1 for each story, by number, of whose values test is true."""
        holds = bytes([0, *(bool(test(*value)) for value in self.values[1:])])
        return bytearray(map(holds.__getitem__, self.codes))


def code(rows: Iterable[Sequence[Any]], top: int) -> Coded:
    """From (number, values)."""
    codes, known = array("I", bytes(4 * (top + 1))), {(): 0}
    for number, *values in rows:
        said = tuple(values)
        if number <= top:
            codes[number] = known.setdefault(said, len(known))
    return Coded(codes, tuple(known))


def in_batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def held(events: Iterable[Event]) -> tuple[Skeleton, list[Shelved], dict[StoryId, int]]:
    """The skeleton of events that are in memory anyway: entry k is event k, stories numbered as they come."""
    shelved: list[Shelved] = []
    numbers: dict[StoryId, int] = {}
    made = _Builder()
    for event in events:
        mine = [numbers.setdefault(s.id, len(numbers)) for s in event.stories]
        headline = event.stories[0].head.title if len(mine) == 1 else event.headline
        made.unit(len(shelved), columns(headline), mine)
        shelved.append(Shelved(event, mine))
    return made.done(len(numbers), whole=True), shelved, numbers
