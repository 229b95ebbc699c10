"""Summaries that were made before, by key: a convenience that can be thrown away. Whoever asks makes the key from the
texts, so that a text that changed is simply not found."""

from __future__ import annotations

from store.archive.database import BUSY_SECONDS, Database
from store.archive.rows import bindable
from store.errors import LibraryError

MOST = 5_000  # answers; of about 1 KB each
_PATIENCE = 50  # milliseconds that writing waits for another writer: an answer not kept is made again


class Summaries:
    """Reading and keeping never fail: where the file cannot be read or written, nothing is found, nothing kept."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, key: str) -> str | None:
        try:
            with self._db.reading() as db:
                found = db.execute("SELECT answer FROM summaries WHERE key = ?", (key,)).fetchone()
        except LibraryError:
            return None
        return found[0] if found and isinstance(found[0], str) else None

    def keep(self, key: str, answer: str) -> None:
        """Keeps an answer, and drops the oldest beyond MOST."""
        try:
            with self._db.lent() as db:
                db.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
                try:
                    db.execute("INSERT OR REPLACE INTO summaries (key, answer) VALUES (?, ?)", (key, bindable(answer)))
                    db.execute("DELETE FROM summaries WHERE s <= (SELECT max(s) FROM summaries) - ?", (MOST,))
                finally:
                    db.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
        except LibraryError:
            return
