"""Hands: the few things a command may do to the screen beside changing the desk. Its panes, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from store.model import Act, StoryId
from tui.desk import Desk, Making

LIST, TEXT, SUMMARY = "list", "text", "summary"
PANES = (LIST, TEXT, SUMMARY)
Then = Callable[[Act | None, str], None]
"""Told of an act, None where nothing was to be changed, and of how much of it was to stories out of sight."""


class Hands(Protocol):
    """What a command may do beside changing the desk."""

    @property
    def desk(self) -> Desk: ...
    @property
    def pane(self) -> str: ...
    def focus_pane(self, pane: str) -> None: ...
    def scroll(self, lines: int) -> None:
        """Scrolls the text, or moves the summary's cursor, whichever has the focus."""

    def page(self, pages: float, pane: str | None = None) -> bool:
        """Scrolls a pane by its height; false when it already stood at that end."""

    def jump(self) -> None:
        """Goes where the block under the page's cursor points."""

    def opened(self, story: StoryId) -> None:
        """Says that the reader opened a story."""

    def read_through(self) -> None:
        """Says that the reader came to the end of the text."""

    @property
    def picking(self) -> bool:
        """Whether there is a cursor in the text."""

    def pick(self, by: int = 0, *, extend: bool = False) -> None:
        """Puts a cursor into the text; takes so many sentences more into what is picked; extend: until told again."""

    def stop_picking(self) -> None: ...
    def highlight(self) -> None:
        """Highlights what is picked, or takes it off."""

    def edit_note(self) -> None:
        """Opens the reader's editor on the note."""

    def act(self, stories: Sequence[StoryId], make: Making, then: Then | None = None) -> None:
        """Does to stories what make makes of their marks, and tells it or goes on with then: at once to a few, to many
        beside the keys."""

    def undo(self, then: Callable[[Act | None], None], *, again: bool = False) -> None:
        """Takes the last act back, or does the last undone again, in the same way."""

    def did(self, act: Act | None, unseen: str = "", *, nothing: str = "Nothing to change") -> None:
        """Tells the reader what an act did, what is told of how much of that was out of sight, and that it can be
        undone."""

    def select_later(self, find: Callable[[], bytearray]) -> None:
        """Selects the stories that are found so, as flags by number, beside the keys."""

    def say(self, text: str) -> None: ...
    def ask(self, what: str) -> None:
        """Opens the prompt for "search", "filter", "tags", "note", "export", "add" and the like (see tui.prompts)."""

    def clear_filter(self, *, search_first: bool = False) -> None:
        """Clears search and filter; search_first: the filter only where there is no search."""

    def change_length(self, by: int) -> None: ...
    def toggle(self, what: str) -> None:
        """Turns "dropped" lines, "new" alone or "zen" on and off."""

    def browse(self) -> None: ...
    def copy(self) -> None: ...
    def judge(self, how: str) -> None:
        """Puts the selected stories together ("merge"), or sets the cursor's story apart ("split"), for good."""

    def settle(self, act: Act, *, undone: bool = False) -> None:
        """Has the rules of an act that was done, or undone, take effect."""

    def stop_work(self) -> None: ...
    def relist(self) -> None:
        """Lists the library in the desk's order and layout."""

    def sheet(self, name: str) -> None:
        """Opens a sheet of the event under the cursor (see tui.sheets)."""

    def widen(self, by: int) -> None:
        """Makes the list, or the summary in it, wider (1) or narrower (-1)."""

    def palette(self) -> None: ...
    def help(self) -> None: ...
    def leave(self) -> None: ...
