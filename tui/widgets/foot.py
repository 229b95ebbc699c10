"""Foot: the keys that matter now, as many as there is room for, none of them cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_BY_THE_APP = {"palette": "command_palette"}  # commands whose keys Textual binds, with its actions
MOST = 8  # keys: more are not read


class Foot(Footer):
    """The first keys of what it is asked for: by the command's name, in this order, each with its short label."""

    def __init__(self, wanted: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self.wanted = wanted
        self._made: list[tuple[str, str, str, str]] = []
        self._shown: Mapping[str, str] = {}

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Called whenever the focus moves, which does not always change the keys: making them anew costs a frame."""
        if screen is self.screen and self._keys() != self._made:
            super().bindings_changed(screen)

    def look(self) -> None:
        """Shows other keys where others matter now: a look that costs next to nothing, to be had with every key."""
        if self.wanted() is not self._shown:
            self.refresh(recompose=True)

    def compose(self) -> ComposeResult:
        self._made, self._shown = self._keys(), self.wanted()
        made = (FooterKey(*key).data_bind(compact=Footer.compact) for key in self._made)
        yield from _fitting(made, self.app.size.width)

    def _keys(self) -> list[tuple[str, str, str, str]]:
        """Key, its name, label and action."""
        bound = {b.action: b for _, b, _, _ in reversed(self.screen.active_bindings.values())}
        action = {name: _BY_THE_APP.get(name, f"app.command('{name}')") for name in self.wanted()}
        known = ((bound.get(action[name]), label) for name, label in self.wanted().items())
        return [(b.key, self.app.get_key_display(b), label, b.action) for b, label in known if b]

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
