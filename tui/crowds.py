"""Crowds: acts on many stories. A thread marks them and arranges the list anew; the desk answers keys meanwhile, and
what would mark more waits for its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.model import Act
from tui import memory

if TYPE_CHECKING:
    from tui.app import DiploApp
    from tui.commands import Command

FEW = 200  # stories marked and drawn between two frames: some 2 ms
WAITING = frozenset({"quit", "order", "layout", "fold-all"})  # commands that wait for a crowd as those do that mark
SETTLED = 5.0  # seconds after which the marks are in marks.json too
Done = Callable[[Act | None], None]


class Crowds:
    def __init__(self, app: DiploApp) -> None:
        self.app = app
        self.busy = False
        self.few = FEW

    def delays(self, command: Command) -> bool:
        """Whether a command must wait until those are marked that are being marked."""
        return self.busy and (command.changes_marks or command.id in WAITING)

    def mark(self, number: int, work: Callable[[], Act | None], done: Done) -> None:
        """Has a thread do an act on so many stories, to the marks alone; done is called when it is on the disk and in
        the list."""
        self.busy = True
        self.app.at_work(f"marking {number:,} stories …")
        self.app.run_job_after_frame(partial(self._mark, work, done), "crowd")

    async def _mark(self, work: Callable[[], Act | None], done: Done) -> None:
        try:
            act = await asyncio.to_thread(self._kept, work)
            await self.take_in()
            done(act)
        finally:
            self.busy = False
            self.app.at_work("")
            self.app.run_job(self.app.typeahead.catch_up, "typed")
            self.app.set_timer(SETTLED, partial(asyncio.to_thread, memory.give_back))

    async def take_in(self) -> None:
        """Has the list show the marks that there are now."""
        desk = self.app.desk
        while not desk.take_marked(await asyncio.to_thread(desk.plan_marked())):
            pass

    def _kept(self, work: Callable[[], Act | None]) -> Act | None:
        act = work()
        try:
            self.app.library.flush()
        except StoreError as error:  # it is done, and is tried again; who polls tells if that fails too
            self.app.call_later(self.app.complain, str(error))
        return act
