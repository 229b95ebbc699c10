"""Where the reader was at the last start's end: one small JSON file, not precious, never in the way."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

FILE = "session.json"


def recall(folder: Path) -> dict[str, object]:
    """What was remembered; empty when there is nothing, or nothing that can be used."""
    try:
        state = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def remember(folder: Path, state: Mapping[str, object]) -> None:
    """Keeps state for the next start; a folder that cannot be written to costs only the reader's place."""
    temporary = folder / f"{FILE}.{os.getpid()}.tmp"
    with contextlib.suppress(OSError):
        temporary.write_text(json.dumps(state, ensure_ascii=False, indent=1), "utf-8", "backslashreplace")
        temporary.replace(folder / FILE)
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)
