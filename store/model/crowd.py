"""Crowds: very many stories kept in little room, as the bits of their numbers in one table of names."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import overload

from store.model.ids import StoryId

MANY = 500  # stories from which on they are kept as a crowd: fewer take less room as they are
_SET = bytes.maketrans(b"01", b"\0\1")
_LEVEL = 1  # of zlib: most crowds are nearly all stories or few of them, which any level makes small


class _Names:
    """Story ids by number. Ids are only ever added, so that a number goes on meaning what it meant. A story's id is
    made from its content, so that one table serves every library that a program opens."""

    def __init__(self) -> None:
        self.ids: list[StoryId] = []
        self.numbers: dict[StoryId, int] = {}
        self._guard = threading.Lock()

    def add(self, stories: Iterable[StoryId]) -> None:
        with self._guard:
            for story in stories:
                if story not in self.numbers:
                    self.numbers[story] = len(self.ids)
                    self.ids.append(story)


_NAMES = _Names()


@dataclass(frozen=True, slots=True)
class Crowd(Sequence[StoryId]):
    """Stories, each once, in an order of its own. packed: their bits by number, little end first, as zlib has them.

    12 KB at most for any of 100,000 stories, where the ids take 7 MB; packing that many takes some 15 ms, going through
    them 5.
    """

    number: int
    packed: bytes

    @classmethod
    def of(cls, stories: Sequence[StoryId]) -> Crowd:
        _NAMES.add(stories)
        return cls.of_bits(bits_of(_NAMES.numbers, stories))

    @classmethod
    def of_bits(cls, bits: int) -> Crowd:
        """Of stories that have numbers."""
        data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
        return cls(bits.bit_count(), zlib.compress(data, _LEVEL))

    @property
    def bits(self) -> int:
        return int.from_bytes(zlib.decompress(self.packed), "little")

    def __len__(self) -> int:
        return self.number

    def __iter__(self) -> Iterator[StoryId]:
        return among(_NAMES.ids, self.bits)

    @overload
    def __getitem__(self, at: int) -> StoryId: ...
    @overload
    def __getitem__(self, at: slice) -> list[StoryId]: ...
    def __getitem__(self, at: int | slice) -> StoryId | list[StoryId]:
        return next(iter(self)) if at == 0 and self.number else list(self)[at]


def bits_of(numbers: Mapping[StoryId, int], stories: Iterable[StoryId]) -> int:
    """The bits of these stories, all of which have numbers there, from 0 on."""
    flags = bytearray(b"0") * len(numbers)
    for n in map(numbers.__getitem__, stories):
        flags[n] = 49  # "1"
    return int(flags[::-1] or b"0", 2)


def among(ids: Sequence[StoryId], bits: int) -> Iterator[StoryId]:
    """Those of the ids whose bits are set."""
    return compress(ids, f"{bits:b}".encode()[::-1].translate(_SET))


def shared(story: str) -> StoryId:
    """The id itself, or its like in the table, where there is one: of very many, each is held once."""
    number = _NAMES.numbers.get(StoryId(story))
    return StoryId(story) if number is None else _NAMES.ids[number]


def numbered(first: int, end: int) -> list[StoryId]:
    """The stories of these numbers in memory."""
    return _NAMES.ids[first:end]


def numbered_alike(ids: Sequence[StoryId], first: int) -> bool:
    """Whether these ids are, from this number on, numbered in this order; those without numbers are given the next."""
    _NAMES.add(ids)
    return _NAMES.ids[first : first + len(ids)] == list(ids)


def crowded(stories: Sequence[StoryId]) -> Sequence[StoryId]:
    """Stories, each at most once, in whichever form takes less room."""
    if isinstance(stories, Crowd):
        return stories
    return Crowd.of(stories) if len(stories) >= MANY else tuple(stories)
