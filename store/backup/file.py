"""The file of a backup: what is in it, what makes it ours, and opening it."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.archive import snapshot as archives
from store.errors import LibraryError, SchemaTooNew
from store.marks import pack
from store.model import Progress

FORMAT = 1
MANIFEST, ARCHIVE, SETTINGS = "manifest.json", "archive.sqlite3", "settings.toml"
MARKS = "marks/"
CHUNK = 1 << 20  # bytes at a time
_MOST_MANIFEST = 1_000_000  # bytes; ours has about a thousand

Told = Callable[[Progress], None]

BROKEN = (
    zlib.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    EOFError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds, or what was brought back from one. notes are for the reader."""

    file: Path
    stories: int
    marked: int
    rules: int
    notes: tuple[str, ...] = ()


def read_manifest(held: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    """Raises LibraryError where it is not a backup of ours, SchemaTooNew where a newer program made it."""
    try:
        if held.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
            raise ValueError("a manifest of that size")
        manifest = json.loads(held.read(MANIFEST))
        number, schemas, files, counts = (manifest[k] for k in ("backup", "schemas", "files", "counts"))
        newer = number > FORMAT or schemas["marks"] > pack.SCHEMA or schemas["archive"] > archives.SCHEMA
        whole = all(type(n) is str and type(f["size"]) is int and type(f["sha256"]) is str for n, f in files.items())
        if not whole or any(type(counts[k]) is not int for k in ("stories", "marked", "rules")):
            raise ValueError("of another shape")
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, *BROKEN) as error:
        raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged ({why(error)}).") from error
    if newer:
        raise SchemaTooNew(f"{file} was made by a newer diplo-reader. Use the newer program; nothing was changed.")
    return manifest  # type: ignore[no-any-return]


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        held = zipfile.ZipFile(file)
    except OSError as error:
        raise LibraryError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (ValueError, *BROKEN) as error:
        raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged ({why(error)}).") from error
    with held:
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in held.infolist()):
            raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged (packed in another way).")
        yield held


def percent(told: Told, stage: str) -> Callable[[int, int], None]:
    return lambda done, total: told(Progress(stage, 100 * done // max(total, 1), 100))


def why(error: Exception) -> str:
    return f"{error}".strip("'\"")[:120] or type(error).__name__
