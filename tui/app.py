"""DiploApp: one library, one Desk, its screen. Carries out commands, fetches what the panes show, and never waits.

Everything slow runs elsewhere: stories come from the library in a thread, summaries and imports from the backroom.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, SuspendNotSupported, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from store import queries
from store.errors import InputError, QueryError, StoreError
from store.library import Library
from store.model import Act, StoryId
from tui import addresses, clipboard, commands, first, glyphs, keymap, present, prompts
from tui.backroom import Work
from tui.commands import BY_ID, LIST, TEXT, Command
from tui.contrast import Legible
from tui.desk import Desk, Filter, counted
from tui.headless import crash
from tui.jobs import Jobs
from tui.pages import Stop
from tui.panes import Panes
from tui.saved import SavedQueries
from tui.screens.address import AddressScreen
from tui.screens.main import with_keys
from tui.screens.sheet import SheetScreen
from tui.sheets import SHEETS
from tui.widgets.page import Page
from tui.widgets.prompt import Prompt
from tui.widgets.rows import Rows
from tui.widgets.saved import Saved

NOTHING_SHOWN = "No story fits the search and filter.\n\nPress F to clear both, / or f to change them."
ALL_DISMISSED = "Every story is dismissed.\n\nPress u to bring the last back, or f and is:dismissed to see them."
POLL_SECONDS = 0.5  # what other programs do is to be seen within a second
FIRST_FRAME = 0.2  # seconds left to the first frame, which is all the reader sees, before the rest is listed
LONG = 20_000  # entries of a list that takes longer than a moment to put in order
SAID_SECONDS = 6.0


class DiploApp(App[None]):
    """The desk. Its Hands are itself (see commands.Hands)."""

    TITLE = "diplo-reader"
    CSS_PATH = "style.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, library: Library, work: Work, *, today: date, bring: Iterable[str] = (), name: str = "") -> None:
        settings = library.settings
        self.table, self._about_keys = keymap.commands(settings.key_preset, settings.keys)
        palette = next(command for command in self.table if command.id == "palette")
        self.COMMAND_PALETTE_BINDING = ",".join(palette.keys)  # type: ignore[misc]  # read once, by super().__init__
        self.ascii = glyphs.line_filter(settings.ascii, os.environ)
        super().__init__()
        self._legible = Legible(self.console.color_system)
        self.library = library
        self.work = work
        self.today = today
        self._bring = tuple(bring)
        self._shown_name = name or library.folder.name
        self._desk = Desk(library.marks)
        self.saved = SavedQueries(library, self._desk, today=today)
        rows, saved = Rows(self._desk, today=today, id=LIST), Saved(self.saved, id="saved")
        self.main = with_keys(self.table)(self._desk, rows, saved)
        self.panes = Panes(library, work, self._desk, self.main)
        self.jobs = Jobs(self, library, work)
        self._sheet: tuple[SheetScreen, list[str]]
        self._working = ""
        self._loaded = False
        self._filter: Filter | None = None
        self._said = ""
        self._told: set[str] = set()
        self._hush: Timer | None = None
        self.crashed: Path | None = None

    # --- starting and stopping

    def on_mount(self) -> None:
        state = self.library.remembered()
        self._wear(str(state.get("theme") or self.library.settings.theme))
        self.desk.restore(state)
        self.main.rows.above = above if isinstance(above := state.get("above"), int) else None
        if not self.desk.filter and not self.desk.search:
            self._load_page()
        self.push_screen(self.main)
        self.call_after_refresh(self._start, state)

    async def _start(self, state: Mapping[str, object]) -> None:
        if not self.desk.whole or not self._loaded:
            if self._loaded:
                await asyncio.sleep(FIRST_FRAME)
            await self._guard(self._load)
        self.redraw()
        self.main.set_share(share if isinstance(share := state.get("share"), int) else None)
        self.panes.with_dropped = state.get("dropped") is True
        if state.get("pane") in commands.PANES:
            self.focus_pane(str(state["pane"]))
        if self.desk.filter or self.desk.search:
            self._apply_filter()
        self.desk.remember_done(await asyncio.to_thread(self.library.marks.done))
        if not state.get("guided"):
            self.notify(first.guide(self.table), title="Five lines to begin with", timeout=60, markup=False)
            self._remember()  # at once: it never comes back
        self._tell_notices()
        for told in self._about_keys:
            self.warn(told)
        if self.desk.marks.read_only:
            self.say(f"Read-only: {self.library.marks.why_read_only}")
        self.set_interval(POLL_SECONDS, self._poll)
        if self._bring:
            self._run(lambda: self._add(self._bring), "add")

    def _tell_notices(self) -> None:
        """Shows each thing the library has to say about its files once."""
        for notice in self.library.notices:
            if notice not in self._told:
                self._told.add(notice)
                self.warn(notice)

    def _wear(self, theme: str) -> None:
        if theme in self.available_themes:
            self.theme = theme
        else:
            known = ", ".join(sorted(self.available_themes))
            self.complain(f"There is no theme {theme!r}; in the settings, choose one of {known}")

    def _load_page(self) -> None:
        """Shows the rows around the cursor at once; those of the whole list follow."""
        try:
            self.desk.take(self.desk.plan(self.library.lists, page=True)())
            self._loaded = True
        except StoreError as error:
            self.complain(str(error))

    async def _load(self) -> None:
        """Lists the library as it now is, in a thread: the desk goes on answering keys meanwhile."""
        self.panes.forget()
        self.desk.take(await asyncio.to_thread(self.desk.plan(self.library.lists, self._filter)))
        # What is loaded stays: without this the collector walks all of it now and then, in mid-key.
        gc.freeze()
        self._loaded = True
        self.redraw()

    def relist(self) -> None:
        """Lists anew, in another order or layout: a page at once where the whole takes time, then the whole."""
        if len(self.desk.events) > LONG and self._filter is None:
            self._load_page()
        self._run(lambda: self._guard(self._load), "list", exclusive=True)

    def _remember(self) -> None:
        if self._loaded:
            self.library.remember(
                {
                    **self.desk.state(),
                    "above": self.main.rows.above,
                    "dropped": self.panes.with_dropped,
                    "theme": self.theme,
                    "pane": self.pane,
                    "share": self.main.share,
                    "guided": True,
                }
            )

    def on_unmount(self) -> None:
        self.work.close()

    async def action_quit(self) -> None:
        self.leave()

    async def _poll(self) -> None:
        """Takes in what other programs did to this library since the last look."""
        try:
            changed = await asyncio.to_thread(self.library.poll)
            await asyncio.to_thread(self.library.flush)
        except StoreError as error:
            if str(error) not in self._told:  # once, not once a second
                self._told.add(str(error))
                self.complain(str(error))
            return
        self._tell_notices()
        if changed.stories:
            await self._load()
        elif changed.marks:
            self.desk.others_marked(changed.marks)
            self.redraw()
        else:  # another program may have saved a query
            self.main.saved.redraw()
            self._count_queries()

    # --- commands

    def action_command(self, name: str) -> None:
        self.carry_out(BY_ID[name])

    def carry_out(self, command: Command) -> None:
        """Carries out one command of the table and draws what has become of the desk."""
        self.clear_notifications()  # what was told has been seen: the next key takes it away
        try:
            commands.run(command, self)
        except StoreError as error:
            self.complain(str(error))
        self.redraw()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """What the palette offers: the whole key table, and the themes."""
        for command in self.table:
            if command.id != "palette":
                keys = " ".join(commands.key_name(k) for k in command.keys)
                label = command.label[0].upper() + command.label[1:]
                yield SystemCommand(label, f"{command.group} · {keys}", partial(self.carry_out, command))
        for name, query in self.library.queries().items():
            yield SystemCommand(f"Saved query @{name}", query, partial(self.go_to_query, name))
        for field, what in (("tag", "Stories tagged"), ("outlet", "Stories of")):
            for found in self.library.completions(f"{field}:", len(field) + 1):
                stories = counted(found.stories or 0, "story", "stories")
                name = found.word.partition(":")[2].strip('"')
                yield SystemCommand(f"{what} {name}", stories, partial(self.go_to, found.line.strip()))
        yield SystemCommand("Change the theme", "Colours, light and dark", self.action_change_theme)

    # --- Hands

    @property
    def desk(self) -> Desk:
        return self._desk

    @property
    def pane(self) -> str:
        return self.main.pane

    def focus_pane(self, pane: str) -> None:
        if pane != TEXT:
            self.panes.stop_picking()
        self.main.focus_pane(pane)

    @property
    def picking(self) -> bool:
        return self.panes.picking is not None

    def pick(self, by: int = 0, *, extend: bool = False) -> None:
        new = not self.picking
        picking = self.panes.pick()
        if picking is None:
            self.say("There is no text to highlight here")
            return
        if extend:
            picking.toggle_extending()
        if not new:
            picking.move(by, extend=bool(by))
        self._picked()

    def _picked(self) -> None:
        self.panes.show_pick()
        if self.panes.picking:
            picked = counted(len(self.panes.picking), "sentence", "sentences")
            self.say(f"{picked} · j k V choose, H highlights, Esc leaves")

    def stop_picking(self) -> None:
        self.panes.stop_picking()

    def highlight(self) -> None:
        picking = self.panes.picking
        if picking:
            self.did(self.desk.highlight(picking.story, picking.paragraphs, picking.spans))
            picking.done()

    def edit_note(self) -> None:
        """Opens the reader's editor on the note of what an act would hit, and waits for it."""
        from tui import editor  # it brings the intake with it, which the first frame does not need

        targets = self.desk.targets
        if not targets:
            self.say(prompts.NO_STORY)
            return
        notes = {self.desk.mark(s).note for s in targets}
        about = self.desk.story.head.title if self.desk.story and len(targets) == 1 else f"{len(targets)} stories"
        note, failed = "", ""
        try:
            with self.suspend():
                try:  # inside: what leaves suspend by an error leaves the terminal suspended
                    note = editor.edited(notes.pop() if len(notes) == 1 else "", about)
                except InputError as error:
                    failed = str(error)
        except SuspendNotSupported:
            self.say("No editor can be opened here: c writes a note of one line")
            return
        if failed:
            self.complain(failed)
            return
        self.did(self.desk.set_note(targets, note), "The note is as it was")

    def scroll(self, lines: int) -> None:
        if self.pane == TEXT and self.panes.picking:
            self.panes.picking.move(lines)
            self._picked()
            return
        widget = self.main.widget(self.pane)
        if isinstance(widget, Page):
            widget.move(lines)

    def page(self, pages: float, pane: str | None = None) -> bool:
        widget = self.main.widget(pane or self.pane)
        if isinstance(widget, Page):
            return widget.turn(pages)
        self.desk.move(widget.rows_per_page(pages))
        return True

    def jump(self) -> None:
        widget = self.main.widget(self.pane)
        if isinstance(widget, Page) and widget.stop:
            self._follow(widget.stop)

    def _follow(self, stop: Stop) -> None:
        here = self.desk.story.id if self.desk.story else None
        if stop.story != here and not self.desk.go_to(stop.story):
            self.say("That story is not shown under this filter: press F to clear it")
            return
        self.panes.point(stop if stop.sentence else None)
        self.focus_pane(TEXT if stop.sentence else LIST)
        self.redraw()

    def opened(self, story: StoryId) -> None:
        rule = self.library.settings.mark_read
        if rule == "open":
            self._count_as_read(story)
        elif not isinstance(rule, str):
            self.set_timer(rule, partial(self._read_long_enough, story))

    def read_through(self) -> None:
        if self.desk.story and self.library.settings.mark_read in ("open", "end"):
            self._count_as_read(self.desk.story.id)

    def _read_long_enough(self, story: StoryId) -> None:
        if self.desk.story and self.desk.story.id == story and self.pane != LIST:
            self._count_as_read(story)
            self.redraw()

    def _count_as_read(self, story: StoryId) -> None:
        if not self.desk.marks.read_only:
            self.desk.set_read([story])

    def did(self, act: Act | None, nothing: str = "Nothing to change") -> None:
        self.say(f"{act.label} · u takes it back" if act else nothing)

    def say(self, text: str) -> None:
        """Tells the reader in the status line: a toast would lie over the text being read."""
        self._said = text
        if self._hush:
            self._hush.stop()
        self._hush = self.set_timer(SAID_SECONDS, self._silence)
        self._draw_status()

    def _silence(self) -> None:
        self._said = ""
        self._draw_status()

    def _draw_status(self) -> None:
        self.main.draw_status(self._working, self._said)

    def complain(self, text: str) -> None:
        self.notify(text, severity="error", timeout=10, markup=False)

    def warn(self, text: str) -> None:
        self.notify(text, severity="warning", timeout=10, markup=False)

    def ask(self, what: str) -> None:
        question = prompts.question(what, self.desk, self.library)
        if isinstance(question, str):
            self.say(question)
        else:
            self.main.prompt.ask(question)

    def clear_filter(self, *, search_first: bool = False) -> None:
        if not (search_first and self.desk.search):
            self.desk.filter = ""
        self.desk.search = ""
        self._apply_filter()

    def change_length(self, by: int) -> None:
        self.desk.length = max(1, min(12, self.desk.length + by))
        self.say(f"Summary: {counted(self.desk.length, 'sentence', 'sentences')}")

    def toggle(self, what: str) -> None:
        if what == "zen":
            self.main.set_zen(not self.main.zen)
        elif what == "new":
            self.panes.only_new = not self.panes.only_new
            self.say("Summary: what is new to you" if self.panes.only_new else "Summary: of the whole")
        else:
            self.panes.with_dropped = not self.panes.with_dropped

    def browse(self) -> None:
        story = self.desk.story
        url = addresses.safe(story.head.url) if story else ""
        if not url:
            self.say("This story has no web address" if story else "Put the cursor on a story first")
        elif self.is_web or addresses.opens_here(os.environ):
            self.open_url(url)
            self.say(f"Opening {url}")
        else:
            self.push_screen(AddressScreen(url))

    def copy(self) -> None:
        story = self.desk.story
        if story is None:
            self.say("Put the cursor on a story first")
            return
        self.copy_to_clipboard(story.head.url or story.head.title)
        self.say("Copied the link" if story.head.url else "Copied the title")

    def get_key_display(self, binding: Binding) -> str:
        name = commands.key_name(binding.key)
        return name if name != binding.key else super().get_key_display(binding)

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = [*super().get_line_filters(), self._legible]
        return [*filters, self.ascii] if self.ascii else filters

    def copy_to_clipboard(self, text: str) -> None:
        self._clipboard = text
        if self._driver:
            self._driver.write(clipboard.sequences(text, os.environ))

    def stop_work(self) -> None:
        if self._working:
            self.work.stop()
            self.say("Stopping; what is stored stays")
        else:
            self.say("Nothing runs in the background")

    def sheet(self, name: str) -> None:
        sheet = SHEETS[name]
        row = self.desk.row if sheet.arguments else None
        if sheet.arguments and row is None:
            self.say("Put the cursor on a story first")
            return
        arguments = [name, *(sheet.arguments(row) if sheet.arguments and row else ())]
        title = f"{sheet.title} · {row.event.headline}" if row else sheet.title
        screen = SheetScreen(title, self.jobs.sheet_file(name, row.event.headline if row else "library"))
        self._sheet = (screen, arguments)
        mounted = self.push_screen(screen, self._sheet_closed)

        async def fill() -> None:
            await mounted
            await self.jobs.fill(screen, sheet, arguments, row)

        self._run(lambda: self._guard(fill), "sheet", exclusive=True)

    def _sheet_closed(self, stop: Stop | None) -> None:
        if stop:
            self._follow(stop)

    @on(SheetScreen.Export)
    def _export_sheet(self, message: SheetScreen.Export) -> None:
        _, arguments = self._sheet
        self._run(
            lambda: self._guard(lambda: self.jobs.export_sheet([*arguments, *message.options], message.file)), "export"
        )

    def judge(self, how: str) -> None:
        targets = self.desk.targets
        if how == "split":
            row = self.desk.row
            if row is None or (row.story is None and not row.alone):
                self.say("Put the cursor on one story of the event, then # sets it apart")
                return
            act = self.library.splitting(targets[0] if row.story is None else row.story.id)
        elif len(targets) < 2:
            self.say("Select the stories that are one event with v, then & puts them together")
            return
        else:
            act = self.library.merging(targets)
        self.desk.rule(act)
        self.desk.clear_selected()
        self.did(act)
        self.settle(act)

    def settle(self, act: Act, *, undone: bool = False) -> None:
        if act.rules:
            self._run(lambda: self._guard(lambda: self.jobs.settle(act, undone=undone)), "settle")

    def widen(self, by: int) -> None:
        self.main.widen(by)

    def palette(self) -> None:
        self.action_command_palette()

    def help(self) -> None:
        from tui.screens.help import Help

        self.push_screen(Help(self.table, self.pane))

    def leave(self) -> None:
        self.work.close()
        self._remember()
        self.exit()

    # --- drawing

    def redraw(self) -> None:
        """Draws the list at once and has the panes fetch what the cursor is on."""
        if not self.desk.events:
            self.main.rows.empty_text = first.empty(self.table) if self._loaded else "Opening the library …"
        else:
            self.main.rows.empty_text = NOTHING_SHOWN if self.desk.filter or self.desk.search else ALL_DISMISSED
        counts = self.desk.counts() if self.desk.whole else None
        top = present.top_line(self._shown_name, counts, read_only=self.desk.marks.read_only)
        self.main.redraw(top)
        self._draw_status()
        self._count_queries()
        if self.panes.stale():
            self.workers.cancel_group(self, "ahead")
            self._run(lambda: self._guard(self._draw_panes), "panes", exclusive=True)

    def _count_queries(self) -> None:
        if self.saved.stale:
            self._run(lambda: self._guard(self._counting), "queries", exclusive=True)

    async def _counting(self) -> None:
        await self.saved.count()
        self.main.saved.redraw()

    @on(Saved.Chosen)
    def _query_clicked(self, message: Saved.Chosen) -> None:
        if message.name:
            self.go_to_query(message.name)
        else:
            self.ask("queries")

    async def _draw_panes(self) -> None:
        await self.panes.draw()
        self._run(self.panes.look_ahead, "ahead", exclusive=True)

    def _run(self, job: Callable[[], Coroutine[None, None, None]], group: str, *, exclusive: bool = False) -> None:
        async def work() -> None:  # a job cancelled before it began leaves no coroutine that nobody awaited
            await job()

        _: Worker[None] = self.run_worker(work, group=group, exclusive=exclusive)

    async def _guard(self, job: Callable[[], Awaitable[None]]) -> None:
        """Background work: what goes wrong in it is told, and the desk stays."""
        try:
            await job()
        except StoreError as error:
            self.complain(str(error))
        except Exception:
            self.complain(f"Something went wrong that should not; the details are in {crash.note_down()}")

    def _handle_exception(self, error: Exception) -> None:
        """What nobody foresaw ends the desk with a line and a log, never with a traceback on the reader's screen."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self._return_code = 3
        self.crashed = crash.note_down(error)
        self._close_messages_no_wait()

    @on(Rows.Clicked)
    def _clicked(self, message: Rows.Clicked) -> None:
        self.desk.go(message.index)
        if message.twice:
            self.action_command("open")
        self.redraw()

    @on(Page.Followed)
    def _followed(self, message: Page.Followed) -> None:
        self._follow(message.target)

    # --- prompts

    @on(Prompt.Typed)
    def _typed(self, message: Prompt.Typed) -> None:
        if message.question.what == "search":
            self.desk.search = message.value.strip()
            self._apply_filter(quiet=True)

    @on(Prompt.GivenUp)
    def _given_up(self, message: Prompt.GivenUp) -> None:
        if message.question.what == "search":
            self.desk.search = message.question.value
            self._apply_filter()

    @on(Prompt.Answered)
    def _answered(self, message: Prompt.Answered) -> None:
        what, value = message.question.what, message.value.strip()
        if what in ("search", "filter"):
            before = self.desk.filter
            setattr(self.desk, what, value)
            self._apply_filter(otherwise=before)
        elif what == "select":
            self._run(lambda: self._guard(partial(self._selecting, value)), "filter", exclusive=True)
        elif what == "export":
            self._run(lambda: self._guard(lambda: self.jobs.export(value)), "export")
        elif what == "add":
            self._run(lambda: self._add((first.path(value),)), "add")
        else:
            try:
                if what == "queries":
                    self.go_to_query(prompts.chosen_query(value, self.library.queries()))
                elif what.endswith("query"):
                    self.did(self._query_act(what, value))
                elif what.startswith("restore"):
                    act = self.desk.rule(prompts.restoring(what, value, self.desk, self.library))
                    self.did(act)
                    self.settle(act)
                else:
                    self.did(prompts.mark(message.question, value, self.desk))
            except StoreError as error:
                self.complain(str(error))
        self.redraw()

    def _apply_filter(self, *, quiet: bool = False, otherwise: str = "") -> None:
        """Shows what search and filter let through, once a thread has looked the words up.

        A filter that does not parse is told, unless quiet, and otherwise takes its place.
        """
        self._run(lambda: self._guard(partial(self._filtering, quiet, otherwise)), "filter", exclusive=True)

    async def _filtering(self, quiet: bool, otherwise: str) -> None:
        try:
            filter, terms = await asyncio.to_thread(self._look_up, self.desk.filter, self.desk.search)
            plan = await asyncio.to_thread(self.desk.plan_filter(filter))
        except StoreError as error:
            if not quiet:
                self.desk.filter = otherwise
                if isinstance(error, QueryError):
                    self.main.prompt.ask(prompts.again(error, self.desk, self.library))
                else:
                    self.complain(str(error))
            self.redraw()
            return
        self.panes.terms = terms
        self._filter = filter
        self.desk.take_filter(plan)
        self.redraw()

    async def _selecting(self, text: str) -> None:
        """Selects what a query finds of the list."""
        try:
            asked, _ = await asyncio.to_thread(self._look_up, text, "")
        except QueryError as wrong:
            self.main.prompt.ask(prompts.again(wrong, self.desk, self.library, "select"))
            return
        if asked and self.desk.whole:
            self.desk.select_fitting(await asyncio.to_thread(asked.all, self.desk.top))
            self.say(commands.selected(len(self.desk.selected)))
        self.redraw()

    def go_to_query(self, name: str) -> None:
        """Shows what a saved query finds."""
        self.go_to(f"@{name}")

    def go_to(self, query: str) -> None:
        """Shows what a query finds."""
        self.desk.filter, self.desk.search = query, ""
        self._apply_filter()

    def _query_act(self, what: str, value: str) -> Act | None:
        """Saves the filter under a name, or deletes a saved query. Raises QueryError, InputError."""
        rules = self.library.marks.rules()
        if what == "delete query":
            name = prompts.chosen_query(value, self.library.queries())
            return self.desk.rule(Act(f"Deleted @{name}", rules=queries.deleting(rules, name)))
        name, text = queries.named(value), prompts.in_force(self.desk)
        if text == f"@{name}":
            return None
        self.library.check_query(name, text, today=self.today)
        changes = queries.saving(rules, name, text)
        return self.desk.rule(Act(f"Saved as @{name}", rules=changes)) if changes else None

    def _look_up(self, text: str, words: str) -> tuple[Filter | None, tuple[str, ...]]:
        found = self.library.filter(text, words, today=self.today)
        return found, found.terms if found else ()

    # --- background work

    async def _add(self, paths: tuple[str, ...]) -> None:
        await self._guard(lambda: self.jobs.add(paths))
        await self._load()

    def at_work(self, text: str) -> None:
        """Says in the status line what runs in the background; empty when nothing does."""
        self._working = text
        self.redraw()
