"""Opening the marks of a library: taking its desk, reading, mending what is torn, asking where they are damaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from store.errors import LibraryError, SchemaTooNew
from store.marks import desk as desks
from store.marks import repair
from store.marks.disk import prepare
from store.marks.files import Files
from store.marks.held import Held
from store.marks.load import Loaded, Unreadable, load

Clock = Callable[[], float]


def take_desk(folder: Path, clock: Clock, acts: str) -> tuple[Callable[[], None] | None, bool]:
    """How to let go of the desk, and whether another holds it. acts: how the names of ours begin."""
    try:
        let_go = desks.take(folder, since=time_of(clock), acts=acts)
    except OSError:  # nobody can hold a desk in a folder that cannot be written; flush will say so
        return None, False
    return let_go, let_go is None


def load_or_ask(files: Files, clock: Clock) -> Loaded:
    while True:
        try:
            loaded = load(files)
            return _mended(files, loaded) if loaded.old or not loaded.whole else loaded
        except FileNotFoundError:
            try:
                return _prepared(files)
            except LibraryError as error:
                return Loaded(Held(), 0, notices=(str(error),))
        except Unreadable as error:
            damaged = repair.set_aside(files, stamp_of(clock))
            if damaged:
                raise damaged from error


def _mended(files: Files, loaded: Loaded) -> Loaded:
    """In a folder that cannot be written what was read is as good; the next to write mends it."""
    try:
        return _prepared(files)
    except LibraryError as error:
        if isinstance(error, SchemaTooNew):
            raise
        notice = f"{files.journal} has lines that cannot be read, or lacks some. {error}"
        return loaded if loaded.whole else replace(loaded, notices=(*loaded.notices, notice))


def _prepared(files: Files) -> Loaded:
    with files.locked():
        return prepare(files)


def time_of(clock: Clock) -> str:
    return datetime.fromtimestamp(clock(), UTC).isoformat(timespec="milliseconds")


def stamp_of(clock: Clock) -> str:
    return datetime.fromtimestamp(clock(), UTC).strftime("%Y%m%dT%H%M%SZ")
