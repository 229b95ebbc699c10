"""marks.json for TinyDB: the one file that imports it. TinyDB's own storage writes in place and loses everything when
it is stopped in the middle."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from store.marks import saved
from store.marks.files import replace_file
from store.marks.held import Held


class MarksStorage(Storage):
    """Writes beside and puts in place; reads nothing that it would not write."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        try:
            return saved.parsed(self._path.read_bytes())
        except FileNotFoundError:
            return None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        replace_file(self._path, saved.pieces(data), first=partial(saved.first_line, data))


def save(path: Path, held: Held, *, generation: int) -> None:
    """All tables in one write: TinyDB's own inserts would be one write each, and a half-made file between."""
    with TinyDB(path, storage=MarksStorage) as db:
        tables: Any = saved.tables(held, generation=generation)  # whose documents are made as they are written
        db.storage.write(tables)
