"""Numbers: a set of numbers of stories, of however many. As one of Python's own, a million took 66 MB.

Flags are bytes by number, 1 for each that is meant: of a million they are compared, joined and counted in milliseconds,
where a step of Python for each takes some fifty.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, MutableSet, Sequence
from itertools import compress, islice
from typing import overload

_STEP = 20_000  # numbers gone through between two chances for the screen's thread: 1 ms


class Numbers(MutableSet[int]):
    """A byte for each number up to the highest; in their order."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._flags = bytearray()
        self._count = 0
        self.update(numbers)

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and 0 <= number < len(self._flags) and bool(self._flags[number])

    def __iter__(self) -> Iterator[int]:
        return compress(range(len(self._flags)), self._flags)

    def __len__(self) -> int:
        return self._count

    def add(self, value: int) -> None:
        self._reach((value,))
        self._count += not self._flags[value]
        self._flags[value] = 1

    def discard(self, value: int) -> None:
        if value in self:
            self._flags[value] = 0
            self._count -= 1

    def clear(self) -> None:
        self._flags, self._count = bytearray(), 0

    def update(self, numbers: Iterable[int]) -> None:
        numbers = numbers if isinstance(numbers, Sequence) else tuple(numbers)
        try:
            self._set(numbers)
        except IndexError:
            self._reach(numbers)
            self._set(numbers)

    def issuperset(self, numbers: Sequence[int]) -> bool:
        try:
            return all(map(self._flags.__getitem__, numbers))
        except IndexError:
            return False

    def among(self, numbers: Sequence[int]) -> Sequence[int]:
        """Those of these numbers that are in the set, in their own order."""
        if self._count == len(numbers) and self.issuperset(numbers):  # each once: a set may be all of a list
            return numbers
        try:
            return array("I", compress(numbers, map(self._flags.__getitem__, numbers)))
        except IndexError:
            self._reach(numbers)
            return self.among(numbers)

    # --- by flags

    @property
    def flags(self) -> bytes:
        return bytes(self._flags)

    def has_flagged(self, flags: bytearray) -> bool:
        """Whether all that have a flag are in the set."""
        number = flags.count(1)
        if number > self._count or self._flags == flags:
            return number <= self._count
        return both(flags, self._flags).count(1) == number

    def add_flagged(self, flags: bytearray) -> None:
        self._flags = either(self._flags, flags) if self._count else bytearray(flags)
        self._count = self._flags.count(1)

    def keep_flagged(self, flags: bytearray) -> None:
        """Drops what has no flag."""
        if self._flags != flags:
            self._flags = both(self._flags, flags)
            self._count = self._flags.count(1)

    def _set(self, numbers: Sequence[int]) -> None:
        flags = self._flags
        for number in numbers:
            flags[number] = 1
        self._count = flags.count(1)

    def _reach(self, numbers: Sequence[int]) -> None:
        lacking = max(numbers, default=-1) + 1 - len(self._flags)
        if lacking > 0:
            self._flags.extend(bytes(lacking))


class Later(Sequence[int]):
    """Numbers that are worked out, in their order, when somebody looks at them, in whatever thread that is. least: as
    many as there are known to be."""

    def __init__(self, least: int, make: Callable[[], Iterable[int]], *, number: int | None = None) -> None:
        self.least = least
        self._make = make
        self._number = number
        self._all: array[int] | None = None

    @property
    def _made(self) -> array[int]:
        if self._all is None:
            self._all = array("I", self._make())
        return self._all

    def __len__(self) -> int:
        return len(self._made) if self._number is None else self._number

    def __iter__(self) -> Iterator[int]:
        return iter(self._made)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        if self._all is None and isinstance(at, slice) and not at.start and at.stop and 0 < at.stop < _STEP:
            return array("I", islice(self._make(), 0, at.stop, at.step))  # whoever asks for the first few
        return self._made[at]


def flagged(numbers: Sequence[int], flags: bytes | bytearray) -> Iterator[int]:
    """Those of these numbers that have a flag, in their own order; each has its place in the flags."""
    for at in range(0, len(numbers), _STEP):
        some = numbers[at : at + _STEP]
        yield from compress(some, map(flags.__getitem__, some))


def both(one: bytes | bytearray, other: bytes | bytearray) -> bytearray:
    """The bits that both have, as many bytes as the first."""
    size = min(len(one), len(other))
    bits = int.from_bytes(one[:size], "little") & int.from_bytes(other[:size], "little")
    return bytearray(bits.to_bytes(len(one), "little"))


def either(one: bytes | bytearray, other: bytes | bytearray) -> bytearray:
    """The bits that one of them has."""
    bits = int.from_bytes(one, "little") | int.from_bytes(other, "little")
    return bytearray(bits.to_bytes(max(len(one), len(other)), "little"))
