"""Targets: what is selected, and what an act hits, by numbers in the archive. Ids are looked up when asked for, so
that ten thousand stories are selected, and handed to an act, between two frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import overload

from store.model import StoryId
from tui.desk.numbers import Later, Numbers

Ids = Callable[[Sequence[int]], list[StoryId]]
FIRST = 200  # ids looked up at once for whoever asks for the first few of them


class Targets(Sequence[StoryId]):
    """The stories of these numbers, in this order."""

    def __init__(self, numbers: Sequence[int], ids: Ids) -> None:
        self.numbers = numbers
        self._ids = ids
        self._all: list[StoryId] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def least(self) -> int:
        """How many there are, or as many as are known without looking for all."""
        return self.numbers.least if isinstance(self.numbers, Later) else len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> StoryId: ...
    @overload
    def __getitem__(self, at: slice) -> list[StoryId]: ...
    def __getitem__(self, at: int | slice) -> StoryId | list[StoryId]:
        if isinstance(at, slice):
            return self._ids(self.numbers[at])
        return self._ids([self.numbers[at]])[0]

    def __iter__(self) -> Iterator[StoryId]:
        if self._all is None and len(self) > FIRST:
            yield from self._ids(self.numbers[:FIRST])
            yield from self._whole()[FIRST:]
        else:
            yield from self._whole()

    def _whole(self) -> list[StoryId]:
        if self._all is None:
            self._all = self._ids(self.numbers[:])
        return self._all

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


class Selection(Set[StoryId]):
    """The stories of a set of numbers."""

    def __init__(self, ids: Ids, number: Callable[[StoryId], int | None]) -> None:
        self.numbers = Numbers()
        self._ids = ids
        self._number = number

    def __contains__(self, story: object) -> bool:
        return bool(self.numbers) and isinstance(story, str) and self._number(StoryId(story)) in self.numbers

    def __iter__(self) -> Iterator[StoryId]:
        return iter(self._ids(list(self.numbers)))

    def __len__(self) -> int:
        return len(self.numbers)

    @classmethod
    def _from_iterable(cls, it: Iterable[StoryId]) -> Set[StoryId]:  # type: ignore[override]
        return set(it)
