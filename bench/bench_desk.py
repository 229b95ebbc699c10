"""How long each key keeps the screen's thread busy, by size of the library: handler, rows and repaint together.

    python bench/bench_desk.py [STORIES ...]        default 500 10000

Prints median and worst milliseconds a command, by the clock and of the thread's own work. Nothing is read or grouped.
--library DIR measures on a copy of a library that bench/generate.py has made.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median as med

from generate import fill

from store.config import Settings
from store.library import Library
from tui.app import DiploApp
from tui.commands import BY_ID

COMMANDS = (
    "down up top bottom page-down half-up next-event previous-event next-unread previous-unread out in back "
    "star undo redo toggle-read undo read undo read-event undo dismiss undo select select-range clear-filter "
    "dropped list-pane"
).split()
ROUNDS = 5


class Nobody:
    """Work that is never done, so that only the screen is timed."""

    async def make_ready(self) -> None:
        pass

    async def summarise(self, request: object) -> dict[str, object]:
        return {"method": "lead", "sentences": []}

    async def run(self, arguments: object, told: object) -> int:
        return 0

    def stop(self) -> None: ...
    def close(self) -> None: ...


class Watch:
    """Milliseconds of wall clock, and of this thread's own work, which other programs do not lengthen."""

    def __init__(self) -> None:
        self.wall, self.own = time.perf_counter(), time.thread_time()

    def read(self) -> tuple[float, float]:
        return (time.perf_counter() - self.wall) * 1000, (time.thread_time() - self.own) * 1000


async def measure(number: int, made: Path | None = None) -> None:
    with tempfile.TemporaryDirectory(dir=made and made.parent) as folder:
        for file in made.glob("*.sqlite3*") if made else ():
            shutil.copy(file, folder)
        library = Library.open(Path(folder), Settings(), desk=True)
        if made is None:
            fill(library.archive, number, texts=3)
        app = DiploApp(library, Nobody(), today=date(2025, 12, 31))  # type: ignore[arg-type]
        times: dict[str, list[tuple[float, float]]] = {}
        async with app.run_test(size=(120, 40)) as pilot:
            while not app.desk.whole or not app.desk.rows or app.panes.stale():
                await pilot.pause(0.05)
            for _ in range(ROUNDS):
                for name in COMMANDS:
                    watch = Watch()
                    app.carry_out(BY_ID[name])
                    app.main.rows.render_lines(app.main.rows.size.region)
                    times.setdefault(name, []).append(watch.read())
                    await pilot.pause()
        library.close()
    every = [t for taken in times.values() for t in taken]
    print(f"\n{made.name if made else f'{number:,} stories'} (ms)         median    worst   own work: median    worst")
    for name, taken in (*times.items(), ("all", every)):
        wall, own = ([t[n] for t in taken] for n in (0, 1))
        print(f"  {name:22} {med(wall):8.2f} {max(wall):8.2f}          {med(own):8.2f} {max(own):8.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--library"]:
        asyncio.run(measure(0, Path(sys.argv[2])))
    else:
        for size in [int(a) for a in sys.argv[1:]] or [500, 10_000]:
            asyncio.run(measure(size))
