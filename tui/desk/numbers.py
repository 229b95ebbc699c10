"""Numbers: a set of numbers of stories, of however many. As one of Python's own, a million took 66 MB."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, MutableSet, Sequence
from itertools import compress


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

    def _set(self, numbers: Sequence[int]) -> None:
        flags = self._flags
        for number in numbers:
            flags[number] = 1
        self._count = flags.count(1)

    def _reach(self, numbers: Sequence[int]) -> None:
        lacking = max(numbers, default=-1) + 1 - len(self._flags)
        if lacking > 0:
            self._flags.extend(bytes(lacking))
