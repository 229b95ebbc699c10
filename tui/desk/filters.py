"""What a filter is to the desk, and one made of a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from store.library import Layout, Order
from store.model import Event, Listed, Mark, StoryId
from tui.desk.shelf import Shelf

Shown = Callable[[Listed, Mark, Event], bool]
"""Whether a story is shown."""


class Filter(Protocol):
    """Which stories are shown, by their numbers, as their marks now are."""

    @property
    def with_dismissed(self) -> bool: ...
    def all(self, top: int) -> bytearray:
        """1 for each story that fits, by number up to top. May take long; not for the screen's thread."""

    def fits(self, number: int, mark: Mark) -> bool:
        """Whether one story fits under this mark; asked only after all()."""


class Tested:
    """A filter that looks at every story: for lists in memory."""

    with_dismissed = True

    def __init__(self, shelf: Shelf, mark: Callable[[StoryId], Mark], shown: Shown) -> None:
        self._shelf = shelf
        self._mark = mark
        self._shown = shown
        self._stories: dict[int, tuple[Listed, Event]] = {}

    def on(self, shelf: Shelf) -> Tested:
        """The same test on other lists."""
        return Tested(shelf, self._mark, self._shown)

    def all(self, top: int) -> bytearray:
        whole = self._shelf.skeleton(Layout.EVENTS, Order.NEWEST)
        for entry in self._shelf.shelved(Layout.EVENTS, whole.units).values():
            for story, number in zip(entry.event.stories, entry.numbers, strict=True):
                self._stories[number] = (story, entry.event)
        marks = {n: self._mark(story.id) for n, (story, _) in self._stories.items()}
        return bytearray(n in marks and self.fits(n, marks[n]) for n in range(top + 1))

    def fits(self, number: int, mark: Mark) -> bool:
        if number not in self._stories:
            return False
        story, event = self._stories[number]
        return self._shown(story, mark, event)
