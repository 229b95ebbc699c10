"""Who holds a library's desk: a lock for the life of the first desk that is open, and a note of who that is. Others
mark beside it; the lock keeps a repair or a restore from changing files under an open desk."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from store.marks.files import lock_at

_LOCK, _HOLDER = "desk.lock", "desk.holder"


def take(folder: Path, *, since: str, acts: str = "") -> Callable[[], None] | None:
    """Hold the desk of this library; how to let go of it, or None where another holds it. acts: how the names of the
    acts begin that are done there.

    The system frees the lock of a process that died. Raises OSError where the folder cannot be written.
    """
    from filelock import Timeout

    lock = lock_at(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    holder = folder / _HOLDER
    note = {"pid": os.getpid(), "host": platform.node(), "since": since, "acts": acts}
    with suppress(OSError):  # the note is a courtesy; the lock is what counts
        holder.write_text(json.dumps(note), encoding="utf-8")

    def let_go() -> None:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()

    return let_go


def who_holds(folder: Path) -> str:
    """Who holds the desk, in words: "process 4711 on kelmar, since 2031-05-01 10:15", by the clock of this machine."""
    try:
        held = _note(folder)
        since = datetime.fromisoformat(held["since"]).astimezone()
        return f"process {int(held['pid'])} on {held['host']}, since {since:%Y-%m-%d %H:%M}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another program"


def acts_of_holder(folder: Path) -> str:
    """How the names of the acts begin that are done at the desk that holds the library; empty where nobody says."""
    try:
        return str(_note(folder)["acts"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _note(folder: Path) -> Any:
    return json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
