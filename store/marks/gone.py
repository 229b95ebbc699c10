"""That the marks of a library began empty though stories were there, or without the journal that had been written:
whoever opens a library makes both before the first story comes, so that files were removed. Kept in a file of its own:
empty marks alone look like new ones, and the command that found it may have had no reader."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

_FILE = "marks.gone"
_OURS = ("marks.lock", _FILE)
_MOST = 5  # times that it came about: a disk that fails makes more of them each day


def any_file(folder: Path) -> bool:
    """Whether anything of the marks is there."""
    return any(path.name not in _OURS for path in folder.glob("marks.*"))


def note(folder: Path, *, now: datetime) -> str:
    """Keeps that they were gone, and says so."""
    said = (
        f"No file of the marks was left in {folder} on {now:%Y-%m-%d %H:%M}, though there are stories: the marks began "
        "empty. If you had marked any, put the files back, or `diplo-reader restore FILE` takes a backup."
    )
    keep(folder, said)
    return said


def keep(folder: Path, *said: str) -> None:
    """Keeps it for `told`, behind what was kept before."""
    with suppress(OSError):
        if said:
            line = " ".join(said)
            lines = [*(before for before in _lines(folder) if before != line), line]
            (folder / _FILE).write_text("\n".join(lines[-_MOST:]) + "\n", encoding="utf-8")


def told(folder: Path) -> str:
    """What was kept; empty where the marks were never gone."""
    return " ".join(_lines(folder))


def _lines(folder: Path) -> list[str]:
    try:
        return (folder / _FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def forget(folder: Path, aside: Path) -> None:
    """Puts away what was kept, once a backup has been taken back."""
    with suppress(OSError):
        (folder / _FILE).replace(aside / _FILE)
