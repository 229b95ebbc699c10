"""Foot: the keys that matter now, as many as there is room for, none of them cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

_BY_THE_APP = {"palette": "command_palette"}  # commands whose keys Textual binds, with its actions
MOST = 8  # keys: more are not read


@dataclass(frozen=True, slots=True)
class Offer:
    """A key with its short label, and the cells of the foot's line in which it stands, from start to end."""

    key: str
    name: str
    label: str
    start: int
    end: int


class Foot(Widget):
    """The first keys of what it is asked for: by the command's name, in this order, each with its short label.

    One line drawn as a whole. Textual's Footer has a widget a key, which are mounted and laid out anew whenever other
    keys matter: two thirds of what a key cost that changes panes.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"foot--key", "foot--label", "foot--under"}
    DEFAULT_CSS = """
    Foot {
        dock: bottom; height: 1; color: $footer-foreground; background: $footer-background;
        .foot--key { color: $footer-key-foreground; text-style: bold; }
        .foot--label { color: $footer-description-foreground; }
        .foot--under { background: $block-hover-background; }
    }
    """

    def __init__(self, wanted: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        self.wanted = wanted
        self.offers: tuple[Offer, ...] = ()
        self._shown: tuple[Mapping[str, str], int] = {}, -1
        self._under: str | None = None

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._moved)
        self.look()

    def _moved(self, _screen: Screen[object]) -> None:
        self.look()

    def look(self) -> None:
        """Shows other keys where others matter now: a look that costs next to nothing, to be had with every key. Not
        while a line is asked for, which has the letters to itself: what it leaves would be taken for all there is."""
        if isinstance(self.screen.focused, Input):
            return
        wanted, width = self.wanted(), self.app.size.width
        if wanted is not self._shown[0] or width != self._shown[1]:
            self._shown = wanted, width
            self.offers = tuple(self._fitting(width))
            self.refresh()

    def render(self) -> Content:
        key, label, under = map(self.get_visual_style, ("foot--key", "foot--label", "foot--under"))
        parts: list[Content] = []
        for offer in self.offers:
            text = Content.assemble((offer.name, key), (f" {offer.label}", label))
            parts.append(text.stylize(under) if offer.key == self._under else text)
        return Content(" ").join([Content(""), *parts])  # under the lines above, which begin with a blank

    def _fitting(self, width: int) -> Iterator[Offer]:
        start = 1
        for number, (key, name, label) in enumerate(self._keys()):
            end = start + cell_len(name) + 1 + cell_len(label)
            if end > width or number == MOST:
                return
            yield Offer(key, name, label, start, end)
            start = end + 1

    def _keys(self) -> Iterator[tuple[str, str, str]]:
        """Key, its name and label."""
        bound = {b.action: b for _, b, _, _ in reversed(self.screen.active_bindings.values())}
        for command, label in self.wanted().items():
            if binding := bound.get(_BY_THE_APP.get(command, f"app.command('{command}')")):
                yield binding.key, self.app.get_key_display(binding), label

    # --- the mouse

    def _at(self, x: int) -> str | None:
        return next((o.key for o in self.offers if o.start <= x < o.end), None)

    def on_resize(self, _event: events.Resize) -> None:
        self.look()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._show_under(self._at(event.x))

    def on_leave(self, _event: events.Leave) -> None:
        self._show_under(None)

    def _show_under(self, key: str | None) -> None:
        if key != self._under:
            self._under = key
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if key := self._at(event.x):
            self.app.simulate_key(key)
