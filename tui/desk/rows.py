"""Rows and events of the desk as sequences, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

from store.model import Event, EventId, Listed, StoryId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list: an entry's own (story is None), a story below it, or an entry of one story (alone).

    An entry is an event, or what stands for one in another layout: a storyline, or a story alone in its row.
    """

    event: Event
    story: Listed | None = None
    alone: bool = False
    shown: tuple[Listed, ...] = ()
    """On an entry's own row: those of its stories that are shown."""
    columns: int = 1
    """Columns of a terminal that the headline takes, at most 255."""

    @property
    def stories(self) -> tuple[Listed, ...]:
        """What an act on this row hits: never a story that is not shown."""
        return (self.story,) if self.story else self.shown

    @property
    def leading(self) -> tuple[Listed, ...]:
        """The stories that what is done to one story may be done to, likeliest first: that of the row; of an entry's
        own row that whose headline it has, then the newest."""
        newest = self.stories[::-1]
        return tuple(sorted(newest, key=lambda s: s.head.title != self.event.headline))

    @property
    def key(self) -> tuple[EventId, StoryId | None]:
        return self.event.id, self.story.id if self.story else None


class OnDemand(Sequence[T], Generic[T]):
    """So many items, each made when it is asked for."""

    def __init__(self, number: Callable[[], int], make: Callable[[int], T]) -> None:
        self._number = number
        self._make = make

    def __len__(self) -> int:
        return self._number()

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return [self._make(i) for i in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._make(at % len(self))

    def __iter__(self) -> Iterator[T]:
        return (self._make(i) for i in range(len(self)))
