"""Unwritten: what the reader did and the disk would not take. Told until it is written, and held on to at the door."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from store.errors import LibrarySlow, StoreError
from tui.desk import counted

if TYPE_CHECKING:
    from tui.app import DiploApp

TOLD_SECONDS = 60.0
SOON_SECONDS = 0.05  # after a key: what nothing hinders is written by then
TRY_SECONDS = 0.15  # at the disk, before what hinders is told: a reader learns of it within 0.3 s
SLOW_SECONDS = 2.0  # a disk, or a machine, that is only busy for shorter frightens nobody
SEEN_SECONDS = 2.0  # an alarm that stood for shorter is taken back without a word
NOT_KEPT = "Not kept yet"
LEAVE_SECONDS = 3.0  # at the disk, for who is leaving


class Unwritten:
    def __init__(self, app: DiploApp) -> None:
        self.app = app
        self.acts = 0
        """How many acts are known to be in memory alone, because writing them failed."""
        self._why = ""
        self._slow: float | None = None  # since when what is being written has only been slow
        self._alarmed = 0.0  # when the first of these acts was told
        self._toast = ""
        self._held = -TOLD_SECONDS  # when the reader was asked to stay, for these acts
        self._leaving = False
        self._watching = False

    def watch(self) -> None:
        """After a key: what it did is on the disk in a moment, or the reader is told. Waits for nothing."""
        if self.app.library.marks.unwritten > self.acts and not self._watching:
            self._watching = True
            self.app.run_job(self._watch, "unwritten")

    async def _watch(self) -> None:
        try:
            await asyncio.sleep(SOON_SECONDS)
            if self.app.library.marks.unwritten > self.acts:
                await self.look()
        finally:
            self._watching = False
        self.watch()  # an act that came while we looked

    async def look(self, seconds: float = TRY_SECONDS) -> None:
        """Tries so long to write what is not on the disk, and tells where that fails or is mended."""
        before, why, began = self._why, "", time.monotonic()
        try:
            await asyncio.to_thread(self.app.library.attempt, seconds)
            self._slow = None
        except LibrarySlow as error:
            self._slow = began if self._slow is None else self._slow
            if not self.acts and time.monotonic() - self._slow < SLOW_SECONDS:
                return
            why = str(error)
        except StoreError as error:
            self._slow, why = None, str(error)
        self._why = why
        acts = self.app.library.marks.unwritten if why else 0
        if why and why != before and not acts:  # all is in the files, though a power cut might take it
            self.app.complain(why)
        self._found(acts)

    def _found(self, acts: int) -> None:
        before, self.acts = self.acts, acts
        if acts > before:  # with every new act, since a key takes away what was told
            self._held = -TOLD_SECONDS
            self._alarmed = self._alarmed if before else time.monotonic()
            tried = "It is tried again until it is" if acts == 1 else "They are tried again until they are"
            self._tell(f"{tried} written, without a restart.")
            if self.app.said and not self.app.said.startswith(NOT_KEPT):  # no longer to be read as it stands
                self.app.say(f"{NOT_KEPT}: {self.app.said}")
        elif before and not acts:
            self._mended()
        if acts != before:
            self.app.draw_list()

    def _mended(self) -> None:
        """What was said of an act stands again as it did: the reader must know what it did more than where it is."""
        self._take_toast_away()
        said = self.app.said.removeprefix(f"{NOT_KEPT}: ")
        if time.monotonic() - self._alarmed >= SEEN_SECONDS:
            again = "verything is written to the disk again"
            self.app.say(f"{said} · e{again}" if said else f"E{again}")
        elif said != self.app.said:
            self.app.say(said)

    def leave(self) -> None:
        """Leaves the desk, but not at once with acts that are nowhere else: who asks again within a minute leaves."""
        held = self.acts and time.monotonic() - self._held < TOLD_SECONDS
        if held or not self.app.library.marks.unwritten:
            self.app.leave()
        elif not self._leaving:
            self._leaving = True
            self.app.at_work("writing what you did …")
            self.app.run_job(self._write_and_leave, "leave")

    async def _write_and_leave(self) -> None:
        try:
            await self.look(LEAVE_SECONDS)
        finally:
            self._leaving = False
            self.app.at_work("")
        if not self.acts:
            self.app.leave()
            return
        self._held = time.monotonic()
        lost = "it" if self.acts == 1 else "them"
        self._tell(f"Mend that and stay, or press {{quit}} again to leave and lose {lost}.")

    def _tell(self, todo: str) -> None:
        """In place of what was told before: a key takes it away, and the line above the list goes on saying it."""
        self._take_toast_away()
        alone = f"{counted(self.acts, 'act is', 'acts are')} in memory alone."
        self._toast = self.app.worded(f"{self._why} {alone} {todo}")
        self.app.notify(self._toast, severity="error", timeout=TOLD_SECONDS, markup=False)

    def _take_toast_away(self) -> None:
        """And no other: an act may have been told in one."""
        for toast in [t for t in self.app._notifications if t.message == self._toast]:
            self.app._unnotify(toast)
        self._toast = ""
