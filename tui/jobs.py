"""Jobs: adding and exporting from the desk. The backroom does them; here is what the reader is told of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Sequence
from typing import Protocol

from store.library import Library
from store.model import Act, RuleKind, StoryId
from tui import present
from tui.backroom import Record, Work
from tui.desk import Desk, Row
from tui.pages import Block
from tui.screens.sheet import SheetScreen
from tui.sheets import Sheet


class Teller(Protocol):
    """What a job needs of the desk's screen."""

    @property
    def desk(self) -> Desk: ...
    def say(self, text: str) -> None: ...
    def complain(self, text: str) -> None: ...
    def warn(self, text: str) -> None: ...
    def at_work(self, text: str) -> None: ...


class Jobs:
    def __init__(self, teller: Teller, library: Library, work: Work) -> None:
        self.teller = teller
        self.library = library
        self.work = work

    async def add(self, paths: Sequence[str]) -> None:
        """Adds files and folders, with progress. Raises StoreError."""
        said: list[Record] = []

        def told(record: Record) -> None:
            if "stage" in record:
                self.teller.at_work(present.progress(record))
            else:
                said.append(record)

        try:
            status = await self.work.run(["add", "--json", "--", *paths], told)
        finally:
            self.teller.at_work("")
        tell = {"information": self.teller.say, "warning": self.teller.warn, "error": self.teller.complain}
        for text, severity in present.added(said, status):
            tell[severity](text)

    async def export(self, file: str) -> None:
        """Writes the selection, else all that is tagged, to a file. Raises StoreError."""
        desk = self.teller.desk
        chosen = [f"--story={s}" for s in desk.targets] if desk.selected else []
        said: list[Record] = []
        self.teller.at_work("exporting …")
        try:
            await asyncio.to_thread(self.library.flush)
            await self.work.run(["export", "--json", "-o", file, *chosen], said.append)
        finally:
            self.teller.at_work("")
        for record in said:
            if "complaint" in record:
                self.teller.complain(present.refused(str(record["complaint"]), file))
            elif "written" in record:
                self.teller.say(present.exported(record))

    # --- sheets

    async def fill(self, screen: SheetScreen, sheet: Sheet, arguments: Sequence[str], row: Row | None) -> None:
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
        return {s.id: f"{s.head.source or 'no outlet'}: {s.head.title}" for s in found}

    def sheet_file(self, name: str, headline: str) -> str:
        """Where a sheet is written unless the reader says otherwise: "why-grain-talks-resume.md" beside the reviews."""
        words = re.sub(r"[^a-z0-9]+", "-", headline.casefold())[:40].strip("-")
        return str(self.library.export_file().with_name(f"{name}-{words or 'event'}.md"))

    async def export_sheet(self, arguments: Sequence[str], file: str) -> None:
        """Writes a sheet to a file as Markdown. Raises StoreError."""
        said: list[Record] = []
        await self.work.run([*arguments[:1], "--json", "--markdown", "-o", file, *arguments[1:]], said.append)
        for record in said:
            if "complaint" in record:
                self.teller.complain(present.refused(str(record["complaint"]), file))
            elif "file" in record:
                self.teller.say(f"Written to {record['file']}")

    # --- rules

    async def settle(self, act: Act, *, undone: bool = False) -> None:
        """Has the rules of an act that was done, or undone, take effect, elsewhere. What stood together or apart by a
        rule that is gone is found by grouping all anew. Raises StoreError."""
        options: list[str] = []
        for change in act.rules:
            kind, of = change.rule.kind, change.rule.of
            if kind in (RuleKind.TOGETHER, RuleKind.APART):
                options += ["--regroup"] if undone else [f"--story={story}" for story in of]
            elif kind in (RuleKind.KEEP, RuleKind.UNLEARNED):
                outlet = of[0].removeprefix("outlet:")
                options.append(f"--outlet={outlet}" if outlet != of[0] else f"--reread={outlet}")
        if not options:
            return
        said: list[Record] = []
        self.teller.at_work("taking effect …")
        try:
            await asyncio.to_thread(self.library.flush)
            await self.work.run(["settle", "--json", *dict.fromkeys(options)], said.append)
        finally:
            self.teller.at_work("")
        for record in said:
            if "complaint" in record:
                self.teller.complain(str(record["complaint"]))
