"""A library opened for a command or the desk; that of an older program is brought up to date, and that is told."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from store.library import Library
from tui.headless import say

if TYPE_CHECKING:
    from store.adding import Told
    from store.config import Settings
    from store.model import Progress

UPGRADE = "This library is brought up to date, once: its lists and its index are made anew. Marks are not touched."


def opened(folder: Path, settings: Settings, *, desk: bool = False) -> Library:
    """Raises what Library.open does."""
    with ExitStack() as stack:
        return Library.open(folder, settings, desk=desk, told=_Upgrade(stack))


class _Upgrade:
    """Says so once, and draws a bar for whoever watches; loads nothing where there is nothing to be told."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._begun = False
        self._told: Told = lambda _: None

    def __call__(self, progress: Progress) -> None:
        if not self._begun:
            self._begun = True
            say.note(UPGRADE)
            if sys.stderr.isatty():
                from tui.headless.adding import bar

                self._told = self._stack.enter_context(bar())
        self._told(progress)
