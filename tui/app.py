"""DiploApp: one library, one Desk, its screen. Carries out commands, fetches what the panes show, and never waits.

Everything slow runs elsewhere: stories come from the library in a thread, summaries and imports from the backroom.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from store.errors import StoreError
from store.library import Library
from tui import clipboard, commands, first, glyphs, keymap, present, widths
from tui.commands import BY_ID, LIST, Command
from tui.contrast import Colourless, Legible
from tui.crowds import Crowds
from tui.desk import Desk
from tui.hands import DeskHands
from tui.headless import crash
from tui.listing import Listing
from tui.saved import SavedQueries
from tui.screens.main import with_keys
from tui.starting import Starting
from tui.sweeping import Sweeping
from tui.typeahead import Typeahead
from tui.unwritten import Unwritten
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.answers import Answers
    from tui.backroom import Work
    from tui.filtering import Filtering
    from tui.jobs import Jobs
    from tui.panes import Panes
    from tui.screens.sheet import SheetScreen
    from tui.sheetwork import Sheetwork
    from tui.widgets.page import Page
    from tui.widgets.prompt import Prompt
    from tui.widgets.saved import Saved

NOTHING_SHOWN = (
    "No story fits the search and filter.\n\nPress {clear-filter} to clear both, {search} or {filter} to change them."
)
ALL_DISMISSED = (
    "Every story is dismissed.\n\nPress {undo} to bring the last back, or {filter} and is:dismissed to see them."
)
SAID_SECONDS = 6.0
FRAME = 0.02  # seconds in which what a key did is on the screen
widths.count_vowel_signs()
# Commands that need no more than the first frame has.
OF_THE_LIST = frozenset(f"{way}-{what}" for way in ("next", "previous") for what in ("event", "unread")) | frozenset(
    ("down", "up", "top", "bottom", "page-down", "page-up", "half-down", "half-up")
)


def _palette() -> type[Provider]:
    from tui.palette import Everything

    return Everything


def _legible(system: str | None) -> LineFilter:
    if system in ("standard", "windows"):
        from tui.sixteen import Sixteen

        return Sixteen()
    return Legible(system)


class DiploApp(App[None]):
    """The desk: every part of it hangs here; this file starts and ends it, draws it and takes in what happens to it."""

    TITLE = "diplo-reader"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    COMMANDS: ClassVar = {_palette}
    COMMAND_PALETTE_BINDING = "ctrl+p"

    panes: Panes
    jobs: Jobs
    filtering: Filtering
    answers: Answers
    sheetwork: Sheetwork

    def __init__(self, library: Library, work: Work, *, today: date, bring: Iterable[str] = (), name: str = "") -> None:
        settings = library.settings
        keys = keymap.commands(settings.key_preset, settings.keys, settings.key_lines)
        self.table = keys.table
        by_name = next(command for command in self.table if command.id == "palette")
        self.COMMAND_PALETTE_BINDING = ",".join(by_name.keys)  # type: ignore[misc]  # read once, by super().__init__
        self.ascii = glyphs.line_filter(settings.ascii, os.environ)
        # Without colours as with a terminal's own: nothing may be told by a ground alone.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._colours = Colourless() if self.no_color else _legible(self.console.color_system)
        self._one_width = widths.OneWidth()
        self.library = library
        self.work = work
        self.today = today
        self._shown_name = name or library.folder.name
        self._desk = Desk(library.marks)
        self.saved = SavedQueries(library, self._desk, today=today)
        self.main = with_keys(self.table)(self._desk, Rows(self._desk, today=today, id=LIST), self.saved)
        self.listing = Listing(self)
        self.hands = DeskHands(self)
        self.crowds = Crowds(self)
        self.unwritten = Unwritten(self)
        self.starting = Starting(self, bring=bring, about_keys=present.about_keys(keys.told, settings.file))
        self.working = ""
        self._said = ""
        self._hush: Timer | None = None
        self.typeahead = Typeahead(self)
        self.sweeping = Sweeping()
        self.crashed: Path | None = None

    # --- starting and stopping

    def get_driver_class(self) -> type[Driver]:
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":  # in a browser, on Windows
            return found
        from tui.escape import PromptEscape

        return PromptEscape

    def on_load(self) -> None:
        self.sweeping.begin()
        self.starting.put_back()

    def get_default_screen(self) -> Screen[None]:
        """Not pushed over a blank one: two screens would be laid out, and the first frame drawn twice."""
        return self.main

    def on_ready(self) -> None:
        self.call_after_refresh(self.run_job, self.starting.go_on, "start")

    async def furnish(self) -> None:
        """All that the first frame does without."""
        from tui.answers import Answers
        from tui.filtering import Filtering
        from tui.jobs import Jobs
        from tui.panes import Panes
        from tui.sheetwork import Sheetwork

        self.panes = Panes(self.library, self.work, self.desk, self.main)
        self.jobs, self.filtering = Jobs(self, self.library, self.work), Filtering(self)
        self.answers, self.sheetwork = Answers(self), Sheetwork(self)
        await self.main.furnish()
        await self.typeahead.catch_up()

    async def on_event(self, event: events.Event) -> None:
        # One that is forwarded comes back from a widget, and had its turn.
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.sweeping.pressed()
            if self.typeahead.takes(event):
                return
        await super().on_event(event)

    async def press(self, key: events.Key) -> None:
        """A key that was withheld."""
        await super().on_event(key)

    def on_unmount(self) -> None:
        self.sweeping.end()
        self.work.close()

    async def action_quit(self) -> None:
        self.unwritten.leave()

    def leave(self) -> None:
        """Leaves at once; what is not on the disk is tried once more then, and what is lost is told."""
        self.work.close()
        self.starting.remember()
        self.exit()

    # --- commands

    def action_command(self, name: str) -> None:
        self.carry_out(BY_ID[name])

    def carry_out(self, command: Command) -> None:
        """Carries out one command of the table and draws what has become of the desk."""
        if not self.main.furnished and command.id not in OF_THE_LIST:
            self.typeahead.defer(command)
            return
        if self.crowds.delays(command):
            self.typeahead.defer(command)
            self.say(f"{command.label[0].upper()}{command.label[1:]}: as soon as those are marked")
            return
        self.clear_notifications()  # what was told has been seen: the next key takes it away
        if command.id not in OF_THE_LIST:  # and that of a selection, or an undo, is true no longer
            self._said = ""
        try:
            commands.run(command, self.hands)
        except StoreError as error:
            self.complain(str(error))
        self.typeahead.carried_out(command)
        self.desk.placed = self.desk.placed or bool(self.desk.rows)  # whoever presses keys is on the row they see
        self.redraw()

    @property
    def desk(self) -> Desk:
        return self._desk

    @property
    def pane(self) -> str:
        return self.main.pane

    # --- telling

    def worded(self, text: str) -> str:
        """The text with the reader's own keys where it names a command: "{undo} takes it back"."""
        return commands.worded(text, self.main.key_names)

    def say(self, text: str) -> None:
        """Tells the reader in the status line, as a toast would lie over the text being read; what has no room there,
        or would stand behind a sheet, is a toast all the same, which shows all of it."""
        told = self.worded(text)
        fits = self.main.is_active and self.main.has_room(self.working, told)
        self._said = told if fits else ""
        if not fits:
            self.notify(told, timeout=SAID_SECONDS * 2, markup=False)
        if self._hush:
            self._hush.stop()
        self._hush = self.set_timer(SAID_SECONDS, self._silence)
        self._draw_status()

    @property
    def said(self) -> str:
        """What stands in the status line, said last."""
        return self._said

    def _silence(self) -> None:
        self._said = ""
        self._draw_status()

    def _draw_status(self) -> None:
        self.main.draw_status(self.working, self._said)

    def complain(self, text: str) -> None:
        self.notify(self.worded(text), severity="error", timeout=10, markup=False)

    def warn(self, text: str) -> None:
        self.notify(self.worded(text), severity="warning", timeout=10, markup=False)

    def at_work(self, text: str) -> None:
        """Says in the status line what runs in the background; empty when nothing does."""
        self.working = self.worded(text)
        self.redraw()

    # --- the terminal

    def get_key_display(self, binding: Binding) -> str:
        name = commands.key_name(binding.key)
        return name if name != binding.key or name.startswith("ctrl+") else super().get_key_display(binding)

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = [*super().get_line_filters(), self._colours, self._one_width]
        return [*filters, self.ascii] if self.ascii else filters

    def copy_to_clipboard(self, text: str) -> None:
        self._clipboard = text
        if self._driver:
            self._driver.write(clipboard.sequences(text, os.environ))
            if not self.is_headless:
                self.run_job(partial(asyncio.to_thread, clipboard.through_tmux_itself, text, os.environ), "clipboard")

    def _handle_exception(self, error: Exception) -> None:
        """What nobody foresaw ends the desk with a line and a log, never with a traceback on the reader's screen."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self._return_code = 3
        self.crashed = crash.note_down(error)
        self._close_messages_no_wait()

    # --- drawing

    def redraw(self) -> None:
        """Draws the list at once and has the panes fetch what the cursor is on."""
        self.draw_list()
        self.unwritten.watch()
        if not self.main.furnished:
            return
        self.count_queries()
        if self.panes.stale():
            self.workers.cancel_group(self, "ahead")
            self.run_job(self._draw_panes, "panes", exclusive=True)

    def draw_list(self) -> None:
        """Draws the list, and the lines above and below it."""
        nothing_at_all = not self.desk.events
        if nothing_at_all:
            none = first.empty(self.table, self.library.lost) if self.listing.loaded else "Opening the library …"
            self.main.rows.empty_text = none
        else:
            nothing = NOTHING_SHOWN if self.desk.filter or self.desk.search else ALL_DISMISSED
            self.main.rows.empty_text = self.worded(nothing)
        counts = self.desk.counts() if self.desk.whole else None
        only_read, unwritten = self.desk.marks.read_only, self.unwritten.acts
        arrived = self.desk.forget_arrivals()
        top = present.top_line(self._shown_name, counts, read_only=only_read, unwritten=unwritten, arrived=arrived)
        self.main.redraw(top, empty=nothing_at_all and self.listing.loaded)
        self._draw_status()

    def count_queries(self) -> None:
        if self.saved.stale:
            self.run_job(self._counting, "queries", exclusive=True)

    async def _counting(self) -> None:
        await self.saved.count()
        self.main.saved.redraw()

    async def _draw_panes(self) -> None:
        counted = len(self.desk.new_sentences)
        await self.panes.draw()
        if len(self.desk.new_sentences) != counted:
            self._draw_status()  # which tells what is new in the event under the cursor
        self.run_job(self.panes.look_ahead, "ahead", exclusive=True)

    # --- work in the background

    def run_job(self, job: Callable[[], Awaitable[None]], group: str, *, exclusive: bool = False) -> None:
        """Work beside the keys: what goes wrong in it is told. exclusive: gives up the job of this group that runs."""

        jobs = [job]

        async def work() -> None:  # a job cancelled before it began leaves no coroutine that nobody awaited
            await self.guarded(jobs.pop())  # out of the worker, which lies about until the collector comes

        _: Worker[None] = self.run_worker(work, group=group, exclusive=exclusive)

    def run_job_after_frame(self, job: Callable[[], Awaitable[None]], group: str, *, exclusive: bool = False) -> None:
        """The same when the reader has seen what the key did: a thread that is busy has the interpreter for 5 ms at a
        time, and would have the frame wait for it."""

        async def later() -> None:
            await asyncio.sleep(FRAME)
            await job()

        self.run_job(later, group, exclusive=exclusive)

    async def guarded(self, job: Callable[[], Awaitable[None]]) -> None:
        """Does it, and tells what goes wrong."""
        try:
            await job()
        except StoreError as error:
            self.complain(str(error))
        except Exception as error:
            if not (self._exit and type(error).__module__.startswith("textual.")):  # the screen went before the job
                self.complain(f"Something went wrong that should not; the details are in {crash.note_down()}")

    async def add(self, paths: tuple[str, ...]) -> None:
        """Adds files and folders and lists what came. Raises StoreError."""
        with self.listing.own_stories():
            try:
                await self.jobs.add(paths)
            finally:
                await self.listing.load()

    # --- what the widgets say

    def on_saved_chosen(self, message: Saved.Chosen) -> None:
        if message.name:
            self.filtering.go_to_query(message.name)
        else:
            self.hands.ask("queries")

    def on_rows_clicked(self, message: Rows.Clicked) -> None:
        self.desk.go(message.index)
        if message.twice:
            self.action_command("open")
        self.redraw()

    def on_page_followed(self, message: Page.Followed) -> None:
        self.hands.follow(message.target)

    def on_sheet_screen_export(self, message: SheetScreen.Export) -> None:
        self.sheetwork.export(message)

    def on_prompt_typed(self, message: Prompt.Typed) -> None:
        self.answers.typed(message)

    def on_prompt_given_up(self, message: Prompt.GivenUp) -> None:
        self.answers.given_up(message)

    def on_prompt_answered(self, message: Prompt.Answered) -> None:
        self.answers.answered(message)
