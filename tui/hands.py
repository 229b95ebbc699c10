"""DeskHands: what commands may do to the screen of a desk (see commands.Hands)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from store.errors import InputError
from store.model import Act, StoryId
from tui import present
from tui.commands import LIST, TEXT, Then, selected
from tui.desk import Desk, Making, Targets, acts, counted
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.app import DiploApp
    from tui.pages import Stop
    from tui.panes import Panes
    from tui.widgets.prompt import Question

MOST_MERGED = 2_000  # stories put together by a key: whoever selected all of a library meant another one
NO_STORY = "Put the cursor on a story first"


class DeskHands:
    def __init__(self, app: DiploApp) -> None:
        self.app = app
        self.library = app.library
        self.main = app.main

    @property
    def panes(self) -> Panes:
        return self.app.panes

    @property
    def desk(self) -> Desk:
        return self.app.desk

    def say(self, text: str) -> None:
        self.app.say(text)

    # --- panes and pages

    @property
    def pane(self) -> str:
        return self.main.pane

    def focus_pane(self, pane: str) -> None:
        if pane != TEXT:
            self.panes.stop_picking()
        self.main.focus_pane(pane)

    def scroll(self, lines: int) -> None:
        if self.pane == TEXT and self.panes.picking:
            self.panes.picking.move(lines)
            self._picked()
            return
        widget = self.main.widget(self.pane)
        if not isinstance(widget, Rows):
            widget.move(lines)

    def page(self, pages: float, pane: str | None = None) -> bool:
        widget = self.main.widget(pane or self.pane)
        if isinstance(widget, Rows):
            self.desk.move(widget.rows_per_page(pages))
            return True
        return widget.turn(pages)

    def jump(self) -> None:
        widget = self.main.widget(self.pane)
        if not isinstance(widget, Rows) and widget.stop:
            self.follow(widget.stop)

    def follow(self, stop: Stop | None) -> None:
        """Goes where a block of a page points, where it points anywhere."""
        if stop is None:
            return
        here = self.desk.story.id if self.desk.story else None
        if stop.story != here and not self.desk.go_to(stop.story):
            self.say("That story is not shown under this filter: press {clear-filter} to clear it")
            return
        self.panes.point(stop if stop.sentence else None)
        self.focus_pane(TEXT if stop.sentence else LIST)
        self.app.redraw()

    # --- picking in the text

    @property
    def picking(self) -> bool:
        return self.panes.picking is not None

    def pick(self, by: int = 0, *, extend: bool = False) -> None:
        new = not self.picking
        picking = self.panes.pick()
        if picking is None:
            on_story = self.desk.story is not None
            self.say("This story has no text" if on_story else "Move to a story: sentences are picked in its text")
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
            self.say(f"{picked} picked")

    def stop_picking(self) -> None:
        self.panes.stop_picking()

    def highlight(self) -> None:
        picking = self.panes.picking
        if picking:
            self.did(self.desk.highlight(picking.story, picking.paragraphs, picking.spans))
            picking.done()

    # --- reading

    def opened(self, story: StoryId) -> None:
        rule = self.library.settings.mark_read
        if rule == "open":
            self._count_as_read(story)
        elif not isinstance(rule, str):
            self.app.set_timer(rule, partial(self._read_long_enough, story))

    def read_through(self) -> None:
        if self.desk.story and self.library.settings.mark_read in ("open", "end"):
            self._count_as_read(self.desk.story.id)

    def _read_long_enough(self, story: StoryId) -> None:
        if self.desk.story and self.desk.story.id == story and self.pane != LIST:
            self._count_as_read(story)
            self.app.redraw()

    def _count_as_read(self, story: StoryId) -> None:
        if not self.desk.marks.read_only:
            self.desk.set_read([story])

    def browse(self) -> None:
        from tui import addresses
        from tui.screens.address import with_keys

        row = self.desk.row
        stories = row.leading if row else ()
        story = next((s for s in stories if addresses.safe(s.head.url)), None)
        url = addresses.safe(story.head.url) if story else ""
        if not stories:
            self.say(NO_STORY)
        elif not url:
            self.say("This story has no web address" if len(stories) == 1 else "No story here has a web address")
        elif self.app.is_web or addresses.opens_here(os.environ):
            self.app.open_url(url)
            self.say(f"Opening {url}")
        else:
            self.app.push_screen(with_keys(self.app.table)(url))

    def copy(self) -> None:
        row = self.desk.row
        stories = row.leading if row else ()
        if not stories:
            self.say(NO_STORY)
            return
        story = next((s for s in stories if s.head.url), stories[0])
        self.app.copy_to_clipboard(story.head.url or story.head.title)
        whose = f" of {present.source(story) or 'its first story'}" if len(stories) > 1 else ""
        self.say(f"Copied the link{whose}" if story.head.url else f"Copied the title{whose}")

    # --- marking

    def act(self, stories: Sequence[StoryId], make: Making, then: Then | None = None) -> None:
        where, hidden = self.desk.where, ""

        def do() -> Act | None:
            nonlocal hidden
            away = self.desk.out_of_sight(stories)  # before it is done: then more may be
            made = make(self.desk.marks, stories)
            if made:
                hidden = acts.unseen(made, away)
                self.desk.marks.apply(made)
            return made

        def done(act: Act | None) -> None:
            if act:
                self.desk.did(act, where)
            (then or self.did)(act, hidden)

        number = stories.least if isinstance(stories, Targets) else len(stories)
        if number > self.app.crowds.few or len(stories) > self.app.crowds.few:
            self.app.crowds.mark(number, do, done)
            return
        away, made = self.desk.out_of_sight(stories), make(self.desk.marks, stories)
        (then or self.did)(self.desk.do(made), acts.unseen(made, away) if made else "")

    def undo(self, then: Callable[[Act | None], None], *, again: bool = False) -> None:
        number, undo = self.desk.undoing(again=again)
        if number <= self.app.crowds.few:
            then(self.desk.redo() if again else self.desk.undo())
        else:
            self.app.crowds.mark(number, undo, lambda act: then(self.desk.gone_to(act)))

    def did(self, act: Act | None, unseen: str = "", *, nothing: str = "Nothing to change", also: str = "") -> None:
        self.say(f"{act.label}{unseen} · {also}{{undo}} takes it back" if act else nothing)

    def select_later(self, find: Callable[[], bytearray]) -> None:
        self.app.at_work("selecting …")
        self.app.run_job_after_frame(partial(self._select, find), "select", exclusive=True)

    async def _select(self, find: Callable[[], bytearray]) -> None:
        try:
            self.desk.select_fitting(await asyncio.to_thread(find))  # of what is shown by then
            self.say(selected(len(self.desk.selected)))
        finally:
            self.app.at_work("")

    def edit_note(self) -> None:
        """Opens the reader's editor on the note of what an act would hit, and waits for it."""
        from tui import editor  # it brings the intake with it, which the first frame does not need

        targets = self.desk.targets
        if not targets:
            self.say(NO_STORY)
            return
        about = self.desk.story.head.title if self.desk.story and len(targets) == 1 else f"{len(targets)} stories"
        note, failed = "", ""
        try:
            with self.app.suspend():
                try:  # inside: what leaves suspend by an error leaves the terminal suspended
                    note = editor.edited(self.desk.shared_note(targets), about)
                except InputError as error:
                    failed = str(error)
        except SuspendNotSupported:
            self.say("No editor can be opened here: {note} writes a note of one line")
            return
        if failed:
            self.app.complain(failed)
            return
        self.act(targets, acts.note(note), partial(self.did, nothing="The note is as it was"))

    def judge(self, how: str) -> None:
        targets = self.desk.targets
        if how == "split":
            row = self.desk.row
            if row is None or row.story is None:
                self.say("Put the cursor on one story of the event, then {split} sets it apart")
                return
            if row.alone and len(row.event.stories) < 2:
                self.say("This story stands alone already: {split} has nothing to part it from")
                return
            act = self.library.splitting(row.story.id)
        elif len(targets) < 2:
            self.say("Select two stories or events with {select}, then {merge} makes them one")
            return
        elif len(targets) > MOST_MERGED:
            self.say(f"{counted(len(targets), 'story', 'stories')} are too many for one event: {MOST_MERGED:,} at most")
            return
        else:
            act = self.library.merging(targets)
        self.desk.rule(act)
        self.desk.clear_selected()
        self.did(act)
        self.app.run_job(partial(self.app.jobs.tell_lifted, act), "lifted")
        self.settle(act)

    def settle(self, act: Act, *, undone: bool = False) -> None:
        if act.rules:
            self.app.run_job(partial(self.app.jobs.settle, act, undone=undone), "settle")

    # --- the screen

    def ask(self, what: str) -> None:
        from tui import prompts

        asking = partial(prompts.question, what, self.desk, self.library)
        if len(self.desk.selected) > self.app.crowds.few:  # what tags all of them share takes some looking
            self.app.typeahead.opening = True
            self.app.run_job(partial(self._ask_later, asking), "ask")
        else:
            self._put(asking())

    async def _ask_later(self, asking: Callable[[], Question | str]) -> None:
        try:
            self._put(await asyncio.to_thread(asking))
        finally:
            self.app.typeahead.opening = False
            self.app.run_job(self.app.typeahead.catch_up, "typed")

    def _put(self, question: Question | str) -> None:
        if isinstance(question, str):
            self.say(question)
        else:
            self.main.prompt.ask(question)

    def clear_filter(self, *, search_first: bool = False) -> None:
        self.app.filtering.clear(search_first=search_first)

    def relist(self) -> None:
        self.app.listing.relist()

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
            self.say("What cleaning took out: shown" if self.panes.with_dropped else "What cleaning took out: hidden")

    def widen(self, by: int) -> None:
        self.main.edges.widen(by)

    def sheet(self, name: str) -> None:
        self.app.sheetwork.open(name)

    def stop_work(self) -> None:
        if self.app.working:
            self.app.work.stop()
            self.say("Stopping; what is stored stays")
        else:
            self.say("Nothing runs in the background")

    def palette(self) -> None:
        self.app.action_command_palette()

    def help(self) -> None:
        from tui.screens import help

        self.app.push_screen(help.with_keys(self.app.table)(self.app.table, self.pane))

    def leave(self) -> None:
        self.app.unwritten.leave()
