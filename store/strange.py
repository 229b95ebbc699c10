"""What stands in the place of a file of a library and is none: a pipe, a socket, a device. Whoever opened one would
wait for ever, so each is asked what it is before anything is opened; that costs one look at the folder."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.errors import LibraryError

_OURS = re.compile(
    r"(archive\.sqlite3(-wal|-shm|-end|-journal)?|groups\.index|session\.json|desk\.lock"
    r"|marks\.(json|journal|history|end|gone|lock)(\.bak|\.bad)?|marks\.(kept|damaged)-.*)(\.tmp)?"
)
_LOCKS = ("marks.lock", "desk.lock")
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def told(folder: Path) -> tuple[str, ...]:
    """What stands where files of the library belong, a sentence each; nothing where there is no folder."""
    return tuple(f"{path.name} is {kind}, where a file of the library belongs" for path, kind in _found(folder))


def refuse(folder: Path) -> None:
    """Raises LibraryError for the first there is."""
    for path, kind in _found(folder):
        raise LibraryError(
            f"{path} is {kind}, where a file of the library belongs; nothing was read or changed. "
            "`diplo-reader check --repair` sets it aside."
        )


def set_aside(folder: Path, stamp: str, *, locks: bool) -> Iterator[str]:
    """Gives them other names, the locks alone or all others; what was done, a sentence each. Raises LibraryError."""
    for path, kind in list(_found(folder)):
        if (path.name in _LOCKS) is not locks:
            continue
        aside = path.with_name(f"strange-{stamp}-{path.name}")
        try:
            path.rename(aside)
        except OSError as error:
            raise LibraryError(f"{path} cannot be set aside: {error.strerror or error}.") from error
        yield f"{path.name} is {kind}; it was set aside as {aside.name}."


def _found(folder: Path) -> Iterator[tuple[Path, str]]:
    try:
        paths = sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))
    except OSError:  # told by whoever opens what is in it
        return
    for path in paths:
        with suppress(OSError):
            mode = path.stat().st_mode
            for is_one, kind in _KINDS:
                if is_one(mode):
                    yield path, kind
