"""Typeahead: keys that come faster than the desk opens what they are for. Behind `/`, `f`, `t` or `c` they are words
and no commands of their own, however they come: typed, pasted, or all in one read over a slow line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from tui.app import DiploApp
    from tui.commands import Command

TO_LAND = 0.02  # seconds between withheld keys: each finds what the one before it has opened
OPENS_IN = 0.5  # seconds in which a key that asks has opened its line, or never will


class Typeahead:
    def __init__(self, app: DiploApp) -> None:
        self.app = app
        self.waiting: list[Command] = []
        """Asked for before there was all they need."""
        self.withheld: list[events.Key] = []
        """Typed behind the first of them, or behind a key that asks."""
        self.opening = False
        """Whether a thread makes the question that was asked for."""
        self._coming = False
        self._catching_up = False

    @property
    def at_rest(self) -> bool:
        return not (self.waiting or self.withheld or self.opening or self._coming or self._catching_up)

    def takes(self, event: events.Key) -> bool:
        """Whether a key is kept here until what was typed before it is there."""
        if self.withheld or self._coming or self._withholds():
            self.withheld.append(event)
            return True
        self._coming = self._asks(event)
        if self._coming:
            self.app.set_timer(OPENS_IN, self._came)
        return False

    def defer(self, command: Command) -> None:
        """Has a command wait for `catch_up`."""
        self.waiting.append(command)

    def carried_out(self, command: Command) -> None:
        if command.asks:
            self._came()

    async def catch_up(self) -> None:
        """Carries out what was asked for before it could be done, then what was typed behind it."""
        waiting, self.waiting = self.waiting, []
        for command in waiting:
            self.app.carry_out(command)
        if self._catching_up:
            return
        self._catching_up = True
        try:
            while self.withheld and not self._withholds():
                await self.app.press(self.withheld.pop(0))
                await asyncio.sleep(TO_LAND)
        finally:
            self._catching_up = False

    def _asks(self, event: events.Key) -> bool:
        """Whether a key, pressed where the desk's keys are, asks for a line."""
        app = self.app
        if app.screen is not app.main or not app.main.furnished or app.main.prompt.display:
            return False
        return any(command.asks and {event.key, event.character} & {*command.keys} for command in app.table)

    def _came(self) -> None:
        if self._coming:
            self._coming = False
            if self.withheld:
                self.app.run_job(self.catch_up, "typed")

    def _withholds(self) -> bool:
        furnished = self.app.main.furnished
        return self.opening or (bool(self.waiting) and (not furnished or any(command.asks for command in self.waiting)))
