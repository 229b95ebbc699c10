"""Jobs: adding, exporting and settling rules from the desk. The backroom does them; here is what the reader is told."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from store.library import Library
from store.model import Act, RuleKind
from tui import present
from tui.backroom import Record, Work
from tui.desk import Desk

_LIFTED = 2  # rules that a message names


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
        targets = desk.targets if desk.selected else ()
        # In one word: to take 100,000 options apart takes argparse minutes.
        chosen = [f"--story={await asyncio.to_thread(','.join, targets)}"] if targets else []
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

    # --- rules

    async def tell_lifted(self, act: Act) -> None:
        """Says which of the reader's older words an act contradicts, which hold no longer. When they were said stands
        in a file. Raises StoreError."""
        from store import judging

        if not judging.lifted(act):
            return
        lifted = await asyncio.to_thread(self.library.lifted, act)
        told = "; ".join(one.told for one in lifted[:_LIFTED])
        more = f" and {len(lifted) - _LIFTED} more" if len(lifted) > _LIFTED else ""
        self.teller.say(f"{act.label} · this lifts: {told}{more} · {{undo}} takes it back")

    async def settle(self, act: Act, *, undone: bool = False) -> None:
        """Has the rules of an act that was done, or undone, take effect, elsewhere. What stood together or apart by a
        rule that is gone is found by grouping all anew. Raises StoreError."""
        from store import judging

        anew = undone or judging.lets_go(act)
        options: list[str] = []
        for change in act.rules:
            kind, of = change.rule.kind, change.rule.of
            if kind in (RuleKind.TOGETHER, RuleKind.APART):
                options += ["--regroup"] if anew else [f"--story={story}" for story in of]
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
