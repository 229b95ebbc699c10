"""The file of a backup: what is in it, what makes it ours, and opening it."""

from __future__ import annotations

import json
import stat
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
    """What a backup holds, or what was brought back from one. notes are for the reader; lost says what the library had
    and this backup has not."""

    file: Path
    stories: int
    marked: int
    rules: int
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def read_manifest(held: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    """Raises LibraryError where it is not a backup of ours, SchemaTooNew where a newer program made it."""
    try:
        if held.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
            raise ValueError("a manifest of that size")
        data = held.read(MANIFEST)
    except (OSError, *BROKEN) as error:  # the system's too: a place in the file that is none
        raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged ({why(error)}).") from error
    except (KeyError, ValueError) as error:
        raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged (no {MANIFEST} in it).") from error
    try:
        manifest = json.loads(data)
        newer, wrong = _newer(manifest), _wrong(manifest)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        newer, wrong = False, True
    if wrong:
        raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged ({MANIFEST} is of another shape).")
    if newer:
        raise SchemaTooNew(f"{file} was made by a newer diplo-reader. Use the newer program; nothing was changed.")
    return manifest  # type: ignore[no-any-return]


def _newer(manifest: Any) -> bool:
    schemas = manifest["schemas"]
    return bool(manifest["backup"] > FORMAT or schemas["marks"] > pack.SCHEMA or schemas["archive"] > archives.SCHEMA)


def _wrong(manifest: Any) -> bool:
    """Whether something in it is not what we would have written there."""
    numbers = (manifest["backup"], *(manifest["schemas"][k] for k in ("marks", "archive")))
    counts = (manifest["counts"][k] for k in ("stories", "marked", "rules"))
    files = manifest["files"].items()
    return any(type(number) is not int for number in (*numbers, *counts)) or not all(
        type(name) is str and type(about["size"]) is int and type(about["sha256"]) is str for name, about in files
    )


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):  # a device or a pipe may never end
            kind = "a folder" if stat.S_ISDIR(mode) else "a device or a pipe"
            raise LibraryError(f"{file.absolute()} is {kind}, no backup: name the file that `backup` wrote.")
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
