"""Palette: what the command palette offers: every act, saved query, tag and outlet, and the themes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.command import DiscoveryHit, Hit, Hits, Provider

from store.library import Library
from tui import commands
from tui.desk import counted

if TYPE_CHECKING:
    from store.query import Completion
    from tui.app import DiploApp

FRAME = 0.03  # seconds in which it is on the screen
VALUED = {"tag": "Stories tagged", "outlet": "Stories of"}


class Everything(Provider):
    """Looks the library's values up once, in a thread, when the palette is opened: not at each key, nor on the screen's
    thread."""

    async def startup(self) -> None:
        app = self.app
        if TYPE_CHECKING:
            assert isinstance(app, DiploApp)
        await asyncio.sleep(FRAME)  # the palette first: two threads share one interpreter
        values = await asyncio.to_thread(in_use, app.library)
        self._offers = sorted(offers(app, values), key=lambda offer: offer.title)

    async def discover(self) -> Hits:
        for offer in self._offers:
            yield DiscoveryHit(offer.title, offer.callback, help=offer.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for offer in self._offers:
            if (match := matcher.match(offer.title)) > 0:
                yield Hit(match, matcher.highlight(offer.title), offer.callback, help=offer.help)


def in_use(library: Library) -> Sequence[tuple[str, Completion]]:
    """The tags and outlets there are, each with what is said of it. Reads every story's outlet: for a thread."""
    return [
        (what, found) for field, what in VALUED.items() for found in library.completions(f"{field}:", len(field) + 1)
    ]


def offers(app: DiploApp, values: Iterable[tuple[str, Completion]]) -> Iterable[SystemCommand]:
    """Everything there is to choose from."""
    for command in app.table:
        if command.id != "palette":
            keys = " ".join(commands.key_name(k) for k in command.keys)
            label = command.label[0].upper() + command.label[1:]
            yield SystemCommand(label, f"{command.group} · {keys}", partial(app.carry_out, command))
    for name, query in app.library.queries().items():
        yield SystemCommand(f"Saved query @{name}", query, partial(app.filtering.go_to_query, name))
    for what, found in values:
        stories = counted(found.stories or 0, "story", "stories")
        name = found.word.partition(":")[2].strip('"')
        yield SystemCommand(f"{what} {name}", stories, partial(app.filtering.go_to, found.line.strip()))
    yield SystemCommand("Change the theme", "Colours, light and dark", app.action_change_theme)
