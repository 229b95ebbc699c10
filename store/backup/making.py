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
from itertools import chain, count
from pathlib import Path

from store import session, strange
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
from store.marks import Marks, gone, pack

_LEVEL = 1  # raw and cleaned texts are packed already; the rest shrinks to a third all the same


def default_name(now: datetime) -> str:
    return f"diplo-reader-{now:%Y-%m-%d}.zip"


def make(
    folder: Path,
    file: Path,
    *,
    settings: Path | None,
    now: datetime,
    archive_gone: bool = False,
    told: Told = lambda _: None,
) -> Kept:
    """Write the library in folder to file, whoever uses it meanwhile. An older backup of that name is kept beside it
    under a number, a file that is no backup is not touched, and one that could not be finished is not left behind.
    archive_gone: it is known that there were stories here, and that the file which held them is not here any more.

    Raises LibraryError, MarksDamaged, ArchiveDamaged, SchemaTooNew.
    """
    strange.refuse(folder)
    if not (folder / "marks.json").exists() and not (folder / ARCHIVE).exists():
        raise LibraryError(f"There is no library in {folder}: nothing to back up.")
    file = _free(file, now)
    marks_gone = not gone.any_file(folder)
    notes: tuple[str, ...] = ()
    counts = {"marked": 0, "rules": 0}
    if not marks_gone:  # made anew, they would hide from the next check that they were lost
        with Marks.open(folder) as marks:  # mends a torn journal, and says so where the marks are damaged
            counts, notes = {"marked": len(marks.all()), "rules": len(marks.rules())}, marks.notices
    with _writing(file) as (new, work, kept):
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
    notes += tuple(f"The backup that was there is kept as {path.name}." for path in kept)
    lost = tuple(_lost(counts, archive_gone=archive_gone, marks_gone=marks_gone))
    return Kept(file, counts["stories"], counts["marked"], counts["rules"], notes, lost)


def _lost(counts: Mapping[str, int], *, archive_gone: bool, marks_gone: bool) -> Iterator[str]:
    older = "Keep your older backups; `diplo-reader restore FILE` takes one"
    if not counts["stories"] and (archive_gone or counts["marked"]):
        yield f"The archive of this library is gone or was emptied: this backup holds no story. {older}."
    if counts["stories"] and marks_gone:
        yield f"The marks of this library are gone: this backup holds none. {older}."


def _damaged(what: str) -> str:
    return f"The archive is damaged ({what}) and so is the copy in this backup; `diplo-reader check --repair` mends it."


def _free(file: Path, now: datetime) -> Path:
    """Where the backup goes: into a folder under today's name, beside today's others."""
    try:
        folder, there = file.is_dir(), file.exists()
    except OSError as error:  # a name too long
        raise LibraryError(f"{file} cannot be written: {error.strerror or error}.") from error
    if folder:
        first = file / default_name(now)
        return next(path for path in chain((first,), _numbered(first)) if not path.exists())
    if there:
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


def _numbered(file: Path) -> Iterator[Path]:
    return (file.with_stem(f"{file.stem}-{n}") for n in count(2))


def _keep(file: Path) -> Path:
    """Gives file a second name that nothing has yet, or that one alone where the disk knows no second names."""
    for path in _numbered(file):
        if os.path.lexists(path):
            continue
        try:
            os.link(file, path)
        except FileExistsError:  # somebody else took it meanwhile
            continue
        except OSError:
            file.rename(path)
        return path
    raise AssertionError("unreachable: count() does not end")


@contextmanager
def _writing(file: Path) -> Iterator[tuple[Path, Path, list[Path]]]:
    """A file to be written that becomes `file` when it is whole, a folder for what goes into it, and, once it is whole,
    the name under which the one that was there is kept."""
    work = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    kept: list[Path] = []
    try:
        work.mkdir(parents=True)
        yield work / "backup", work, kept
        if file.exists():
            kept.append(_keep(file))
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
