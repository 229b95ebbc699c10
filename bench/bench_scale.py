"""The desk at any size: start, keys, search, memory and adding, on a pseudo-terminal; newsboat with the same stories.

    python bench/bench_scale.py [--sizes 100 1000 10000 100000 1000000] [--libraries DIR] [--add] [--newsboat]

Libraries are made by bench/generate.py where they are not in DIR yet (minutes for the largest). Figures are medians;
ratios are of the same run, so that they hold on a busy machine too. POSIX, /proc for memory.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from additions import adding
from desk_acts import bytecode, missing, table, timed
from generate import fill
from newsboat_feed import newsboat
from pty_desk import OnTerminal

from store.archive import Archive
from store.config import Settings
from store.library import Layout, Library, Order

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("READY")
Bare().run()
"""
DESK = (sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main(sys.argv[1:]))")
STARTS = 7
QUESTIONS = {
    "rare word": "compressors",
    "common word": "talks",
    "two words": "grain tariff",
    "prefix": "tar",
    "phrase": '"the strait"',
    "outlet": "outlet:post",
    "dates": "since:2025-06 before:2025-07",
    "unread": "is:unread",
}


def library(folder: Path, number: int) -> Path:
    made = folder / f"lib{number}"
    if not made.exists():
        print(f"making {number:,} stories in {made} ...", flush=True)
        part = made.with_name(made.name + ".part")
        archive = Archive.open(part)
        fill(archive, number, texts=3 if number <= 100_000 else 1)
        archive.close()
        part.rename(made)
    return made


@contextmanager
def copied(made: Path) -> Iterator[Path]:
    """A copy whose marks may be changed; the archive itself is only linked to where that can be done."""
    with tempfile.TemporaryDirectory(dir=made.parent) as folder:
        for file in made.iterdir():
            shutil.copy(file, Path(folder) / file.name)
        yield Path(folder)


def headline(made: Path) -> bytes:
    """A word of the newest headline that the first frame must show."""
    archive = Archive.open(made)
    first = archive.lists.page(Layout.EVENTS, Order.NEWEST, near=None, size=1)
    event = archive.lists.shelved(Layout.EVENTS, first.units)[first.units[0]].event
    archive.close()
    return event.headline.split()[0].encode()


def started(line: Sequence[str], text: bytes, env: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first frame, by the clock and of CPU."""
    program = OnTerminal(line, env)
    try:
        return program.shown(text), program.worked()
    finally:
        program.end()


def starts(folder: Path, sizes: Sequence[int]) -> None:
    """First frame with rows, in turns, so that all meet the same weather; the first round is not counted."""
    found: dict[str, list[tuple[float, float]]] = {}
    lines = {"bare Textual": ((sys.executable, "-c", BARE), b"READY")}
    for size in sizes:
        made = library(folder, size)
        lines[f"{size:,} stories"] = ((*DESK, "--library", str(made)), headline(made))
    for _ in range(STARTS + 1):
        for name, (line, text) in lines.items():
            found.setdefault(name, []).append(started(line, text, bytecode(folder)))
    print("\nfirst frame with rows        s   x bare   x smallest        CPU s   x bare   x smallest   (medians)")
    bare, least = (_medians(found[name]) for name in list(lines)[:2])
    for name, taken in found.items():
        columns = zip(_medians(taken), bare, least, strict=True)
        print(f"  {name:18}" + "        ".join(f"{m:9.2f} {m / b:8.2f} {m / s:8.2f}" for m, b, s in columns))


def _medians(taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(wall for wall, _ in taken[1:]), statistics.median(cpu for _, cpu in taken[1:])


def keys(folder: Path, sizes: Sequence[int]) -> None:
    """Every act by its key."""
    if missing():
        print(f"not driven: {', '.join(sorted(missing()))}")
    found = []
    for size in sizes:
        with copied(library(folder, size)) as own:
            desk = OnTerminal((*DESK, "--library", str(own)), bytecode(folder))
            desk.shown(headline(own))
            found.append((size, list(timed(desk))))
            print(f"{size:>9,} stories: {desk.memory():.0f} MB at the end", flush=True)
            desk.end()
    print(table(found))


def searches(folder: Path, sizes: Sequence[int]) -> None:
    """From the words to the rows of the first page, without the screen."""
    from tui.desk import Desk

    print("\nsearch, ms from the question to the first page (median of 5; the first asking apart)")
    for size in sizes:
        opened = Library.open(library(folder, size), Settings())
        desk = Desk(opened.marks)
        desk.load(opened.lists)
        desk.lines.measure(40)
        for name, asked in QUESTIONS.items():
            times = []
            for _ in range(6):
                began = time.perf_counter()
                field = ":" in asked
                found = opened.filter(asked if field else "", "" if field else asked, today=date(2025, 12, 31))
                desk.take_filter(desk.plan_filter(found)())
                desk.lines.measure(40)
                _ = desk.rows[:30]
                times.append((time.perf_counter() - began) * 1000)
                shown = len(desk.rows)
                desk.take_filter(desk.plan_filter(None)())
            print(
                f"  {size:>9,}  {name:12} {statistics.median(times[1:]):8.1f}  first {times[0]:8.1f}  {shown:>9,} rows"
            )
        opened.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the desk at several sizes of library.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--libraries", type=Path, default=Path(tempfile.gettempdir()) / "diplo-reader-bench")
    parser.add_argument("--only", nargs="+", choices=("starts", "keys", "searches", "adding"), help="only these")
    parser.add_argument("--add", action="store_true", help="also add stories, at each size up to 100,000: long")
    parser.add_argument(
        "--newsboat", action="store_true", help="also measure newsboat, installed by apt where it can be"
    )
    options = parser.parse_args()
    options.libraries.mkdir(parents=True, exist_ok=True)
    for name, measure in {"starts": starts, "keys": keys, "searches": searches}.items():
        if not options.only or name in options.only:
            measure(options.libraries, options.sizes)
    if options.add or "adding" in (options.only or ()):
        adding(options.libraries, [s for s in options.sizes if 1000 <= s <= 100_000], DESK)
    if options.newsboat:
        newsboat(options.libraries, [s for s in options.sizes if s <= 100_000])


if __name__ == "__main__":
    main()
