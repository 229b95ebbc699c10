"""add and rebuild: long work, with progress for whoever watches."""

from __future__ import annotations

import signal
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from types import FrameType

from store.adding import STDIN, Told
from store.group import AGAIN
from store.library import Library
from store.model import Added, Moved, Progress
from tui.desk import counted
from tui.headless import say
from tui.headless.events import moved_line


def add(library: Library, options: Namespace) -> int:
    """Adds; one line a rejected file, then the counts. Exit status 1 when something was rejected."""
    if STDIN in options.paths:
        say.awaiting_input("stories")
    with _asked_to_stop() as stop, progress(options) as told:
        done = library.add(options.paths, now=datetime.now(), stdin=sys.stdin.buffer, told=told, cancelled=stop)
    _report(done, json=options.json)
    _report_moved(library, done.moved, json=options.json)
    if stop.asked:
        say.note("Stopped. What was already added stays; add the same again to go on.")
        return 130
    return 1 if done.rejected else 0


def _report(done: Added, *, json: bool) -> None:
    for rejected in done.rejected:
        if json:
            say.record({"source": rejected.source, "reason": rejected.reason})
        else:
            say.note(f"{rejected.source}: {rejected.reason}")
    counts = {n: len(getattr(done, n)) for n in ("added", "same", "revised", "rejected")}
    if json:
        say.record(counts)
    else:
        say.line(", ".join(f"{number} {name}" for name, number in counts.items()))


def _report_moved(library: Library, moved: Sequence[Moved], *, json: bool) -> None:
    """Nothing that was read, tagged or starred moves silently."""
    if moved and json:
        say.record({"moved": [asdict(m) for m in moved]})
    elif moved:
        say.note(moved_line(library, moved))


def rebuild(library: Library, options: Namespace) -> int:
    """Makes the archive anew from its raw texts."""
    with progress(options) as told:
        done = library.rebuild(told)
    if options.json:
        say.record({"rebuilt": done})
    else:
        say.line(f"{counted(done, 'story', 'stories')} read and grouped anew; marks untouched")
    _report_moved(library, library.moved, json=options.json)
    return 0


class _Stop:
    """Whether a signal asked to stop: between two batches, never within one. A second ctrl+c stops at once."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def __call__(self) -> bool:
        return self.asked


@contextmanager
def _asked_to_stop() -> Iterator[_Stop]:
    """Takes the signals for as long as there is something to stop."""
    stop = _Stop()
    before = {number: signal.signal(number, stop.ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def progress(options: Namespace) -> Iterator[Told]:
    """Tells progress as JSON lines to a program, as a bar to a person after a second; else no more than what takes
    long and is rare."""
    if options.json:
        yield _Records()
    elif sys.stderr.isatty():
        with bar() as told:
            yield told
    else:
        yield _Rare()


class _Rare:
    """One line, once, where the index of events was lost, or is far behind."""

    def __init__(self) -> None:
        self._told = False

    def __call__(self, progress: Progress) -> None:
        if progress.stage == AGAIN and not self._told:
            self._told = True
            say.note(f"{AGAIN[0].upper()}{AGAIN[1:]}: {progress.total:,} stories.")


class _Records:
    """At most ten progress records a second."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= 0.1:
            self._last = now
            say.record({"stage": progress.stage, "done": progress.done, "total": progress.total})


@contextmanager
def bar() -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    began = time.monotonic()
    task = bar.add_task("reading", total=None)
    shown = False

    def told(progress: Progress) -> None:
        nonlocal shown
        if not shown and time.monotonic() - began > 1:
            bar.start()
            shown = True
        bar.update(task, description=progress.stage, completed=progress.done, total=progress.total or None)

    try:
        yield told
    finally:
        if shown:
            bar.stop()
