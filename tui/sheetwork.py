"""Sheetwork: the sheets of an event, each asked of the backroom, shown, and written to a file where that is wanted."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from store.model import StoryId
from tui import present
from tui.backroom import Record
from tui.desk import Row
from tui.pages import Block, Stop
from tui.screens.sheet import SheetScreen, with_keys
from tui.sheets import SHEETS, Sheet

if TYPE_CHECKING:
    from tui.app import DiploApp


class Sheetwork:
    def __init__(self, app: DiploApp) -> None:
        self.app = app
        self.library = app.library
        self.work = app.work
        self._arguments: list[str] = []

    def open(self, name: str) -> None:
        """Shows a sheet of what the cursor is on."""
        sheet = SHEETS[name]
        row = self.app.desk.row if sheet.arguments else None
        if sheet.arguments and row is None:
            self.app.say("Put the cursor on a story first")
            return
        arguments = [name, *(sheet.arguments(row) if sheet.arguments and row else ())]
        about = sheet.about(row) if row else ""
        title = f"{sheet.title} · {about}" if row else sheet.title
        screen = with_keys(self.app.table)(title, self.file(name, about or "library"))
        self._arguments = arguments
        mounted = self.app.push_screen(screen, self._closed)

        async def fill() -> None:
            await mounted
            await self._fill(screen, sheet, arguments, row)
            await self.work.make_ready()  # for the next one

        self.app.run_job(fill, "sheet", exclusive=True)

    def _closed(self, stop: Stop | None) -> None:
        """Goes where the reader chose; what was still being read for the sheet is given up."""
        self.app.workers.cancel_group(self.app, "sheet")
        self.app.run_job(self.work.make_ready, "ready")
        self.app.hands.follow(stop)

    def export(self, message: SheetScreen.Export) -> None:
        """Writes the sheet that is shown to a file as Markdown."""
        self.app.run_job(partial(self._export, [*self._arguments, *message.options], message.file), "export")

    async def _fill(self, screen: SheetScreen, sheet: Sheet, arguments: Sequence[str], row: Row | None) -> None:
        """Runs the command of a sheet and lays out its answer. Raises StoreError."""
        known = {s.id: s for s in row.event.stories} if row else {}
        others: dict[StoryId, str] = {}

        def titles(story: str) -> str:
            held = known.get(StoryId(story))
            if held is None:
                return others.get(StoryId(story), story)
            return f"{present.source(held) or 'no outlet'}: {held.head.title}"

        said: list[Record] = []
        await asyncio.to_thread(self.library.flush)
        await self.work.run([*arguments[:1], "--json", *arguments[1:]], said.append)
        complaints = [str(record["complaint"]) for record in said if "complaint" in record]
        records = [record for record in said if not {"complaint", "stage"} & record.keys()]
        if complaints and not records:
            screen.show((Block(complaints[0], "faint"),))
            return
        others.update(await asyncio.to_thread(self._titled, sheet.stories(records) - known.keys()))
        blocks = await asyncio.to_thread(sheet.blocks, records, titles)  # the first plot loads what draws it
        screen.show(blocks or (Block(sheet.empty, "faint"),))
        if sheet.by:
            names = dict.fromkeys(str(record.get(sheet.by, "")) for record in records)
            parts = {name: sheet.blocks([r for r in records if r.get(sheet.by) == name], titles) for name in names}
            screen.can_narrow(sheet.by, parts)

    def _titled(self, stories: Collection[StoryId]) -> dict[StoryId, str]:
        found = self.library.archive.stories(list(stories))
        return {s.id: f"{s.head.reporter or 'no outlet'}: {s.head.title}" for s in found}

    def file(self, name: str, headline: str) -> str:
        """Where a sheet is written unless the reader says otherwise: "why-grain-talks-resume.md" beside the reviews."""
        words = re.sub(r"[^a-z0-9]+", "-", headline.casefold())[:40].strip("-")
        return str(self.library.export_file().with_name(f"{name}-{words or 'event'}.md"))

    async def _export(self, arguments: Sequence[str], file: str) -> None:
        """Writes a sheet to a file as Markdown. Raises StoreError."""
        said: list[Record] = []
        await self.work.run([*arguments[:1], "--json", "--markdown", "-o", file, *arguments[1:]], said.append)
        for record in said:
            if "complaint" in record:
                self.app.complain(present.refused(str(record["complaint"]), file))
            elif "file" in record:
                self.app.say(f"Written to {present.from_home(str(record['file']))}")
