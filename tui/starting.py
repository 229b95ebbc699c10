"""Starting: puts the reader back where they were, lists the library, tells what is to be told; and keeps the place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from tui import commands, first, sweeping, terminal

if TYPE_CHECKING:
    from tui.app import DiploApp

POLL_SECONDS = 0.5  # what other programs do is to be seen within a second
LOOK_SECONDS = 0.2  # and what they mark sooner: that costs one look at the folder
QUIET = 1.5  # seconds after which the reader is taken to read, and what is asked for first is loaded
FIRST_FRAME = 0.2  # seconds left to the first frame, which is all the reader sees, before the rest is listed


class Starting:
    def __init__(self, app: DiploApp, *, bring: Iterable[str], about_keys: Iterable[str]) -> None:
        self.app = app
        self.library = app.library
        self._bring = tuple(bring)
        self._in_terminal = terminal.standing()
        self._about_keys = tuple(about_keys)
        self._told: set[str] = set()
        self._state: Mapping[str, object] = {}
        self._guided = False
        self._chosen = self._theme = ""
        self._telling = False  # not before the place of the last time is put back: it would be kept half

    def put_back(self) -> None:
        """Readies what the first frame shows: the rows around the cursor."""
        app = self.app
        self._state = state = self.library.remembered()
        self._guided = bool(state.get("guided"))
        self._chosen = chosen_theme(state.get("theme"), self.library.settings.theme)
        theme = self._chosen or self.library.settings.theme
        if theme in app.available_themes:
            app.theme = theme
        self._theme = app.theme
        app.desk.restore(state)
        if not app.desk.filter and not app.desk.search:
            app.listing.load_page()
        app.draw_list()
        app.main.edges.restore(state.get("shares"))

    async def go_on(self) -> None:
        """What may come after the first frame, beside the keys."""
        app, state = self.app, self._state
        await app.furnish()
        if not app.desk.whole or not app.listing.loaded:
            if app.listing.loaded:
                await asyncio.sleep(FIRST_FRAME)
            await app.guarded(app.listing.load)
        app.redraw()
        app.panes.with_dropped = state.get("dropped") is True
        if state.get("pane") in commands.PANES:
            app.hands.focus_pane(str(state["pane"]))
        if app.desk.filter or app.desk.search:
            app.filtering.apply()
        app.desk.remember_done(await asyncio.to_thread(self.library.marks.done))
        self._tell()
        app.set_interval(POLL_SECONDS, app.listing.poll)
        app.set_interval(LOOK_SECONDS, app.listing.look)
        app.set_interval(sweeping.SECONDS, app.sweeping.look)
        if self._in_terminal:
            app.set_interval(POLL_SECONDS, self._leave_with_the_terminal)
        if self._bring:
            app.run_job(partial(app.add, self._bring), "add")
        app.run_job(self._learn, "learn")

    async def _learn(self) -> None:
        """Loads the query language and the sheets before they are asked for: a tenth of a second of whatever thread,
        and half a second of another process."""
        await asyncio.sleep(QUIET)
        await asyncio.to_thread(_learn_queries)
        await self.app.work.make_ready()

    def _leave_with_the_terminal(self) -> None:
        if terminal.gone():
            self.app.exit()

    def _tell(self) -> None:
        app = self.app
        self._telling = True
        self.guide()
        self.tell_notices()
        for told in self._about_keys:
            app.warn(told)
        theme = self.library.settings.theme  # each time, whatever was chosen at the desk since
        if theme not in app.available_themes:
            known = ", ".join(sorted(app.available_themes))
            app.complain(f"There is no theme {theme!r}; in the settings, choose one of {known}")
        if app.desk.marks.read_only:
            app.say(f"Read-only: {self.library.marks.why_read_only}")
        elif beside := self.library.marks.beside:
            app.say(f"{beside[0].upper()}{beside[1:]}: what you do at either is kept, and seen in the other")

    def guide(self) -> None:
        """Shows five lines of keys, once, as soon as there are stories: before, they would lie over what an empty
        library says to do."""
        if self._guided or not self._telling or not self.app.desk.events:
            return
        self._guided = True
        self.app.notify(first.guide(self.app.table), title="Five lines to begin with", timeout=60, markup=False)
        self.remember()  # at once: it never comes back

    def tell_notices(self) -> None:
        """Shows each thing the library has to say about its files once."""
        for notice in self.library.notices:
            if notice not in self._told:
                self._told.add(notice)
                self.app.warn(notice)

    def remember(self) -> None:
        """Keeps where the reader is for the next start."""
        app = self.app
        if app.listing.loaded and app.main.furnished:
            self.library.remember(
                {
                    **app.desk.state(),
                    "dropped": app.panes.with_dropped,
                    "theme": self._theme_to_keep(),
                    "pane": app.pane,
                    "shares": app.main.edges.shares,
                    "guided": self._guided,
                }
            )

    def _theme_to_keep(self) -> dict[str, str] | None:
        """The theme that was chosen at the desk, and what the settings said then; None where they say all of it."""
        settings = self.library.settings.theme
        chosen = self._chosen if self.app.theme == self._theme else self.app.theme
        return {"chosen": chosen, "settings": settings} if chosen and chosen != settings else None


def chosen_theme(kept: object, settings: str) -> str:
    """The theme that was chosen at the desk, of what was kept of it; empty where the settings say another since."""
    if not isinstance(kept, dict) or kept.get("settings") != settings:
        return ""
    chosen = kept.get("chosen")
    return chosen if isinstance(chosen, str) else ""


LATER = (
    "store.matching",
    "tui.prompts",
    "tui.surveys",
    "tui.quoted",
    "tui.screens.help",
    "tui.screens.sheet",
    "tui.palette",
)


def _learn_queries() -> None:
    """And what else the first key of its kind would wait for."""
    from store import query

    query.parse("is:unread", today=date.today(), saved={})
    for name in LATER:
        import_module(name)
