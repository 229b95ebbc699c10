"""Foot: the keys that matter now, as many as there is room for, none of them cut."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

MOST = 8  # keys: more are not read


class Foot(Footer):
    """The footer's first keys, in the order of the key table."""

    def compose(self) -> ComposeResult:
        yield from _fitting(super().compose(), self.app.size.width)

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self.recompose)


def _fitting(keys: Iterable[Widget], width: int) -> Iterable[Widget]:
    number = used = 0
    for key in keys:
        if not isinstance(key, FooterKey):
            continue
        used += cell_len(key.key_display) + cell_len(key.description) + 2  # a space between the two, one to the next
        number += 1
        if used > width or number > MOST:
            return
        yield key
