"""How long each key keeps the screen's thread busy, by size of the library: handler, rows and repaint together.

    python bench/bench_desk.py [STORIES ...]        default 500 10000

Prints median and worst milliseconds a command. The stories are made up here; nothing is read or grouped.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from store.config import Settings
from store.library import Library
from store.model import EventId, Head, Passage, Placement, Raw, Story, StoryId, StorylineId
from tui.app import DiploApp
from tui.commands import BY_ID

WORDS = "envoy strait treaty border grain port minister convoy census railway charter delegate ferry".split()
COMMANDS = (
    "down up top bottom page-down half-up next-event previous-event next-unread previous-unread out in back "
    "star undo redo toggle-read undo read undo select select-range clear-filter dropped list-pane"
).split()
ROUNDS = 5


class Nobody:
    """Work that is never done, so that only the screen is timed."""

    async def summarise(self, request: object) -> dict[str, object]:
        return {"method": "lead", "sentences": []}

    async def run(self, arguments: object, told: object) -> int:
        return 0

    def stop(self) -> None: ...
    def close(self) -> None: ...


def fill(library: Library, number: int) -> None:
    items, places = [], []
    for n in range(number):
        story = StoryId(f"{n:016x}")
        text = " ".join(WORDS[(n + i * 7) % len(WORDS)] for i in range(300))
        title = " ".join(WORDS[(n * 3 + i) % len(WORDS)] for i in range(9)).capitalize()
        day = f"2025-{1 + n % 12:02}-{1 + n % 28:02}"
        head = Head(title, published=day, outlet=f"Outlet {n % 40}")
        items.append((story, Raw(text), story, Story(story, head, tuple(Passage(text) for _ in range(3)))))
        places.append(Placement(story, EventId(f"e{n // 4}"), StorylineId(f"s{n // 12}"), "both name the port"))
    library.archive.put(items, added="2025-12-31")
    library.archive.place(places)


async def measure(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), Settings(), desk=True)
        fill(library, number)
        app = DiploApp(library, Nobody(), today=date(2026, 1, 1))  # type: ignore[arg-type]
        times: dict[str, list[float]] = {}
        async with app.run_test(size=(120, 40)) as pilot:
            while not app.desk.rows or app.panes.stale():
                await pilot.pause(0.05)
            for _ in range(ROUNDS):
                for name in COMMANDS:
                    began = time.perf_counter()
                    app.carry_out(BY_ID[name])
                    app.main.rows.render_lines(app.main.rows.size.region)
                    times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
                    await pilot.pause()
        library.close()
    print(f"\n{number:,} stories              median    worst   (ms)")
    for name, taken in times.items():
        print(f"  {name:22} {statistics.median(taken):8.2f} {max(taken):8.2f}")
    every = [t for taken in times.values() for t in taken]
    print(f"  {'all':22} {statistics.median(every):8.2f} {max(every):8.2f}")


if __name__ == "__main__":
    for size in [int(a) for a in sys.argv[1:]] or [500, 10_000]:
        asyncio.run(measure(size))
