"""Filtering: shows what search and filter let through, and selects what a query finds, once a thread has looked it
up."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from store.errors import QueryError, StoreError
from tui import commands, prompts
from tui.desk import Filter

if TYPE_CHECKING:
    from tui.app import DiploApp


class Filtering:
    def __init__(self, app: DiploApp) -> None:
        self.app = app
        self.library = app.library
        self.desk = app.desk
        self.filter: Filter | None = None
        """What the list is shown under; the desk's search and filter are how it was written."""
        self._in_force = self._shown = "", ""

    def apply(self, *, quiet: bool = False, typed: str = "") -> None:
        """Shows what search and filter let through, once a thread has looked the words up.

        What does not parse leaves the list as it is, and is told unless quiet: those in force before take its place
        then. typed: which of the two, "search" or "filter", was just answered; it is told too if it asks for a tag, an
        outlet or the like that nothing has.
        """
        self.app.run_job(partial(self._filtering, quiet, typed), "filter", exclusive=True)

    async def _filtering(self, quiet: bool, typed: str) -> None:
        written = self.desk.filter, self.desk.search
        try:
            if typed:
                await asyncio.to_thread(self._check, self.desk.search if typed == "search" else self.desk.filter)
            await self._show(written)
        except StoreError as error:
            if not quiet:
                await self._back(error, typed or ("search" if getattr(error, "query", "") == written[1] else "filter"))
            self.app.redraw()
            return
        if not quiet:
            self._in_force = written
        self.app.redraw()

    async def _show(self, written: tuple[str, str]) -> None:
        """Raises StoreError."""
        filter, terms = await asyncio.to_thread(self._look_up, *written)
        plan = await asyncio.to_thread(self.desk.plan_filter(filter))
        self.app.panes.terms = terms
        self.filter, self._shown = filter, written
        self.desk.take_filter(plan)

    async def _back(self, error: StoreError, what: str) -> None:
        """Puts the list back that was there before what is wrong was typed, and asks for it once more."""
        self.desk.filter, self.desk.search = self._in_force
        if self._shown != self._in_force:
            await self._show(self._in_force)
        if isinstance(error, QueryError):
            self.app.main.prompt.ask(prompts.again(error, self.desk, self.library, what))
        else:
            self.app.complain(str(error))

    def clear(self, *, search_first: bool = False) -> None:
        if not (search_first and self.desk.search):
            self.desk.filter = ""
        self.desk.search = ""
        self.apply()

    def go_to_query(self, name: str) -> None:
        """Shows what a saved query finds."""
        self.go_to(f"@{name}")

    def go_to(self, query: str) -> None:
        """Shows what a query finds."""
        self.desk.filter, self.desk.search = query, ""
        self.apply()

    async def select(self, text: str) -> None:
        """Selects what a query finds of the list."""
        try:
            await asyncio.to_thread(self._check, text)
            asked, _ = await asyncio.to_thread(self._look_up, text, "")
        except QueryError as wrong:
            self.app.main.prompt.ask(prompts.again(wrong, self.desk, self.library, "select"))
            return
        if asked and self.desk.whole:
            self.desk.select_fitting(await asyncio.to_thread(asked.all, self.desk.top))
            self.app.say(commands.selected(len(self.desk.selected)))
        self.app.redraw()

    def _check(self, text: str) -> None:
        """Raises QueryError for a value that nothing in the library has."""
        if wrong := self.library.nowhere(text, today=self.app.today):
            raise wrong

    def _look_up(self, text: str, words: str) -> tuple[Filter | None, tuple[str, ...]]:
        found = self.library.filter(text, words, today=self.app.today)
        return found, found.terms if found else ()
