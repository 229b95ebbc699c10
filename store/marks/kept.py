"""Copies of a backup that its marks were about to be lost from: made where a checkpoint found no mark left, or the file
changed by another hand. Whoever stars everything and takes it back each day would have one of some megabytes a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from store.errors import LibraryError
from store.marks.files import Files
from store.marks.held import Held
from store.marks.load import Unreadable, read_saved

NEWEST = 5  # copies that stay whatever is in them


def copies(files: Files) -> list[Path]:
    """Oldest first."""
    return sorted(files.folder.glob("marks.kept-*.json"), key=lambda path: path.stem)


def bound(files: Files, held: Held) -> tuple[Path, ...]:
    """Takes away the older copies all of whose marks and rules stand in held or in newer copies too; which. One that
    cannot be read stays. For holders of the lock."""
    old = copies(files)
    old, newest = old[:-NEWEST], old[-NEWEST:]
    if not old:
        return ()
    known = [held, *_readable(newest)]
    gone = []
    for path in reversed(old):
        (found,) = [*_readable([path])] or (None,)
        if found and _stands(found, known):
            with suppress(OSError):
                path.unlink()
                gone.append(path)
        elif found:
            known.append(found)
    return tuple(gone)


def _readable(paths: Iterable[Path]) -> Iterator[Held]:
    for path in paths:
        with suppress(OSError, Unreadable, LibraryError):
            yield read_saved(path).held


def _stands(found: Held, known: Iterable[Held]) -> bool:
    known = tuple(known)
    return all(any(k.marks.get(story) == mark for k in known) for story, mark in found.marks.items()) and all(
        any(rule in k.rules for k in known) for rule in found.rules
    )
