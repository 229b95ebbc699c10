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

    def apply(self, *, quiet: bool = False, otherwise: str = "", typed: bool = False) -> None:
        """Shows what search and filter let through, once a thread has looked the words up.

        A filter that does not parse is told, unless quiet, and otherwise takes its place; so is one that was just typed
        and asks for a tag, an outlet or the like that nothing has.
        """
        self.app.run_job(partial(self._filtering, quiet, otherwise, typed), "filter", exclusive=True)

    async def _filtering(self, quiet: bool, otherwise: str, typed: bool) -> None:
        try:
            if typed:
                await asyncio.to_thread(self._check, self.desk.filter)
            filter, terms = await asyncio.to_thread(self._look_up, self.desk.filter, self.desk.search)
            plan = await asyncio.to_thread(self.desk.plan_filter(filter))
        except StoreError as error:
            if not quiet:
                self.desk.filter = otherwise
                if isinstance(error, QueryError):
                    self.app.main.prompt.ask(prompts.again(error, self.desk, self.library))
                else:
                    self.app.complain(str(error))
            self.app.redraw()
            return
        self.app.panes.terms = terms
        self.filter = filter
        self.desk.take_filter(plan)
        self.app.redraw()

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
