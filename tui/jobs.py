"""Jobs: adding and exporting from the desk. The backroom does them; here is what the reader is told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from store.library import Library
from tui import present
from tui.backroom import Record, Work
from tui.desk import Desk


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
