"""A backup made: the library as it is at one moment, whoever uses it meanwhile."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from store import session
from store.archive import snapshot as archives
from store.backup.file import (
    ARCHIVE,
    CHUNK,
    FORMAT,
    MANIFEST,
    MARKS,
    SETTINGS,
    Kept,
    Told,
    opened,
    percent,
    read_manifest,
)
from store.errors import LibraryError, SchemaTooNew
from store.marks import Marks, pack

_LEVEL = 1  # raw and cleaned texts are packed already; the rest shrinks to a third all the same


def default_name(now: datetime) -> str:
    return f"diplo-reader-{now:%Y-%m-%d}.zip"


def make(folder: Path, file: Path, *, settings: Path | None, now: datetime, told: Told = lambda _: None) -> Kept:
    """Write the library in folder to file, whoever uses it meanwhile. An older backup of that name is replaced, a file
    that is no backup is not, and a file that could not be finished is not left behind.

    Raises LibraryError, MarksDamaged, ArchiveDamaged, SchemaTooNew.
    """
    if not (folder / "marks.json").exists() and not (folder / ARCHIVE).exists():
        raise LibraryError(f"There is no library in {folder}: nothing to back up.")
    file = _free(file, now)
    with Marks.open(folder) as marks:  # mends a torn journal, and says so where the marks are damaged
        counts = {"marked": len(marks.all()), "rules": len(marks.rules())}
        notes = marks.notices
    with _writing(file) as (new, work):
        parts: dict[str, Path | bytes] = {MARKS + name: data for name, data in pack.pack(folder).items()}
        counts["stories"] = 0
        if (folder / ARCHIVE).exists():
            archives.snapshot(folder, work / ARCHIVE, percent(told, "copying the archive"), upgrading=told)
            counts["stories"] = archives.stories_in(work / ARCHIVE)
            notes += tuple(map(_damaged, archives.damage_in(work / ARCHIVE)))
            parts[ARCHIVE] = work / ARCHIVE
        for name, place in ((session.FILE, folder / session.FILE), (SETTINGS, settings)):
            with suppress(OSError):
                if place:
                    parts[name] = place.read_bytes()
        _write(new, parts, {"made": now.isoformat(timespec="seconds"), "library": folder.name, "counts": counts}, told)
    return Kept(file, counts["stories"], counts["marked"], counts["rules"], notes)


def _damaged(what: str) -> str:
    return f"The archive is damaged ({what}) and so is the copy in this backup; `diplo-reader check --repair` mends it."


def _free(file: Path, now: datetime) -> Path:
    """Where the backup goes: into a folder under today's name, beside today's others."""
    if file.is_dir():
        first = file / default_name(now)
        numbered = (first.with_stem(f"{first.stem}-{n}") for n in range(2, 10_000))
        return first if not first.exists() else next(path for path in numbered if not path.exists())
    if file.exists():
        try:
            with opened(file) as held:
                read_manifest(held, file)
        except SchemaTooNew:
            raise
        except LibraryError as error:
            raise LibraryError(
                f"{file} is there already and is no backup of diplo-reader; it was not touched."
            ) from error
    return file


@contextmanager
def _writing(file: Path) -> Iterator[tuple[Path, Path]]:
    """A file to be written that becomes `file` when it is whole, and a folder for what goes into it."""
    work = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        work.mkdir(parents=True)
        yield work / "backup", work
        (work / "backup").replace(file)
    except OSError as error:
        full = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or error
        raise LibraryError(f"The backup {file} cannot be written: {full}. The library was not touched.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write(new: Path, parts: Mapping[str, Path | bytes], about: Mapping[str, object], told: Told) -> None:
    files = {}
    total = sum(p.stat().st_size if isinstance(p, Path) else len(p) for p in parts.values())
    told_so_far, done = percent(told, "packing"), 0
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as held:
        for name, part in parts.items():
            digest, size = hashlib.sha256(), 0
            with held.open(name, "w", force_zip64=True) as to:
                for chunk in _chunks(part):
                    to.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                    done += len(chunk)
                    told_so_far(done, total)
            files[name] = {"size": size, "sha256": digest.hexdigest()}
        schemas = {"marks": pack.SCHEMA, "archive": archives.SCHEMA}
        manifest = {"backup": FORMAT, "program": version("diplo-reader"), "schemas": schemas, **about, "files": files}
        held.writestr(MANIFEST, json.dumps(manifest, indent=1))
    with new.open("rb") as file:
        os.fsync(file.fileno())


def _chunks(part: Path | bytes) -> Iterator[bytes]:
    if isinstance(part, bytes):
        yield part
        return
    with part.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
