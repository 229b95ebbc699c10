"""Listing: keeps the list on the screen what the library holds: a page at once, the whole from a thread, and what
other programs do meanwhile."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store.errors import StoreError
from tui.desk import counted

if TYPE_CHECKING:
    from tui.app import DiploApp

LONG = 20_000  # entries of a list that takes longer than a moment to put in order


class Listing:
    def __init__(self, app: DiploApp) -> None:
        self.app = app
        self.library = app.library
        self.desk = app.desk
        self.loaded = False
        """Whether anything has been listed yet."""
        self._adding = 0
        self._complained: set[str] = set()
        self._rules = self.library.marks.rules_version

    def load_page(self) -> None:
        """Shows the rows around the cursor at once; those of the whole list follow."""
        try:
            self.desk.take(self.desk.plan(self.library.lists, page=True)())
            self.loaded = True
        except StoreError as error:
            self.app.call_later(self.app.complain, str(error))

    async def load(self) -> None:
        """Lists the library as it now is, in a thread: the desk goes on answering keys meanwhile."""
        self.app.panes.forget()
        self.desk.take(await asyncio.to_thread(self.desk.plan(self.library.lists, self.app.filtering.filter)))
        # What is loaded stays: without this the collector walks all of it now and then, in mid-key.
        gc.freeze()
        self.loaded = True
        self.app.redraw()
        self.app.starting.guide()

    def relist(self) -> None:
        """Lists anew, in another order or layout: a page at once where the whole takes time, then the whole."""
        if len(self.desk.events) > LONG and self.app.filtering.filter is None:
            self.load_page()
        self.app.run_job_after_frame(self.load, "list", exclusive=True)

    async def look(self) -> None:
        """Takes in at once what was marked elsewhere; everything else that others do has its turn in `poll`."""
        if self.library.marks.unheard:
            await self.poll()

    async def poll(self) -> None:
        """Takes in what other programs did to this library since the last look."""
        try:
            changed = await asyncio.to_thread(self.library.poll)
        except StoreError as error:
            if str(error) not in self._complained:  # once, not once a second
                self._complained.add(str(error))
                self.app.complain(str(error))
            return
        await self._take_over()
        await self.app.unwritten.look()
        self.app.starting.tell_notices()
        await self._hear_judgements()
        few = len(changed.marks) <= self.app.crowds.few
        if changed.marks and few:  # before the list, which may take a moment
            self.desk.others_marked(changed.marks)
            self.app.redraw()
        self._hear_notes()
        if changed.stories:
            before = self.desk.top if self.loaded and self.desk.whole and not self._adding else None
            await self.load()
            self._tell_arrivals(before)
        elif changed.marks and not few:
            await self.app.crowds.take_in()
            self.app.redraw()
        elif not changed.marks:  # another program may have saved a query
            self.app.main.saved.redraw()
            self.app.count_queries()

    @contextmanager
    def own_stories(self) -> Iterator[None]:
        """What comes in meanwhile the reader adds, and is told of it otherwise."""
        self._adding += 1
        try:
            yield
        finally:
            self._adding -= 1

    def _tell_arrivals(self, before: int | None) -> None:
        """Says how many stories another program brought, and nothing of a key that would go nowhere; before: the
        highest number that a story had."""
        if before is None or not self.desk.events:
            return
        shown, filtered, dismissed = self.desk.take_arrivals(before)
        if shown:
            self.app.say(f"{_stories(shown)} came in · {{arrivals}} goes there")
        elif filtered:
            self.app.say(f"{_stories(filtered)} came in, not shown under this filter: {{clear-filter}} clears it")
        elif dismissed:
            self.app.say(f"{_stories(dismissed)} came in, in what you put aside")
        if shown or filtered:
            self.app.draw_list()

    async def _take_over(self) -> None:
        """Holds the library where the desk that did has been left, so that no repair comes under this one."""
        if self.library.marks.beside:
            await asyncio.to_thread(self.library.marks.take_over)

    def _hear_notes(self) -> None:
        """Lets undo bring back a note that was overwritten, there or here, by who had not seen it."""
        acts, overwrote = self.library.marks.overruled()
        self.desk.others_judged(acts)
        if acts:
            self.app.say("Your note was changed in another program · {undo} brings it back")
        elif overwrote:
            self.app.say("Another program had just written a note there · {undo} brings that back")

    async def _hear_judgements(self) -> None:
        """Lets undo take back what was put together or set apart in another program."""
        marks = self.library.marks
        if self._rules == marks.rules_version:
            return
        self._rules = marks.rules_version
        judged = await asyncio.to_thread(marks.judged)
        self.desk.others_judged(judged)
        for act in judged[-1:]:
            self.app.say(f"{act.label}, in another program · {{undo}} takes it back")


def _stories(number: int) -> str:
    return counted(number, "story", "stories")
