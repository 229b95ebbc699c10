"""What becomes of an error nobody foresaw: it is written down for whoever mends it, and the reader is told where."""

from __future__ import annotations

import contextlib
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

import platformdirs

FILE = "diplo-reader.log"


def log_file() -> Path:
    """Where errors are written down; in the system's temporary folder where there is no home."""
    try:
        return platformdirs.user_log_path("diplo-reader", appauthor=False) / FILE
    except (OSError, RuntimeError, KeyError):
        return Path(tempfile.gettempdir()) / FILE


def note_down(error: BaseException | None = None) -> Path:
    """Appends an error, else the one being handled, to the log and gives the log's place."""
    text = "".join(traceback.format_exception(error)) if error else traceback.format_exc()
    for file in (log_file(), Path(tempfile.gettempdir()) / FILE):
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(f"--- {datetime.now().isoformat(timespec='seconds')}\n{text}\n")
            return file
    return Path("nowhere: no folder could be written to")
