"""One desk at a time on a library: a lock held for the desk's life, and a note of who holds it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from store.marks.files import lock_at

_LOCK, _HOLDER = "desk.lock", "desk.holder"


def take(folder: Path, *, since: str) -> Callable[[], None] | None:
    """Hold the desk of this library; how to let go of it, or None where another holds it.

    The system frees the lock of a process that died. Raises OSError where the folder cannot be written.
    """
    from filelock import Timeout

    lock = lock_at(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    holder = folder / _HOLDER
    with suppress(OSError):  # the note is a courtesy; the lock is what counts
        holder.write_text(json.dumps({"pid": os.getpid(), "host": platform.node(), "since": since}), encoding="utf-8")

    def let_go() -> None:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()

    return let_go


def who_holds(folder: Path) -> str:
    """Who holds the desk, in words: "process 4711 on kelmar, since 2031-05-01 10:15", by the clock of this machine."""
    try:
        held = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(held["since"]).astimezone()
        return f"process {int(held['pid'])} on {held['host']}, since {since:%Y-%m-%d %H:%M}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another program"
