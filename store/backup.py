"""A whole library in one file, and a library made of such a file again.

The file is a ZIP: manifest.json says which format it has, what is in it and the SHA-256 of each part; `marks/` holds
the files of the marks, `archive.sqlite3` the archive as it was at one moment (raw texts, cleaned texts, index), beside
them session.json and settings.toml. Nothing that is there is deleted, here or by who restores: it is set aside.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from store import session
from store.archive import snapshot as archives
from store.errors import LibraryError, SchemaTooNew
from store.marks import Marks, desk, pack
from store.model import Progress

FORMAT = 1
MANIFEST, ARCHIVE, SETTINGS = "manifest.json", "archive.sqlite3", "settings.toml"
_MARKS = "marks/"
_MOST_MANIFEST = 1_000_000  # bytes; ours has about a thousand
_CHUNK = 1 << 20
_LEVEL = 1  # raw and cleaned texts are packed already; the rest shrinks to a third all the same

Told = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds, or what was brought back from one. notes are for the reader."""

    file: Path
    stories: int
    marked: int
    rules: int
    notes: tuple[str, ...] = ()


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
        parts: dict[str, Path | bytes] = {_MARKS + name: data for name, data in pack.pack(folder).items()}
        counts["stories"] = 0
        if (folder / ARCHIVE).exists():
            archives.snapshot(folder, work / ARCHIVE, _percent(told, "copying the archive"))
            counts["stories"] = archives.stories_in(work / ARCHIVE)
            parts[ARCHIVE] = work / ARCHIVE
        for name, place in ((session.FILE, folder / session.FILE), (SETTINGS, settings)):
            with suppress(OSError):
                if place:
                    parts[name] = place.read_bytes()
        _write(new, parts, {"made": now.isoformat(timespec="seconds"), "library": folder.name, "counts": counts}, told)
    return Kept(file, counts["stories"], counts["marked"], counts["rules"], notes)


def restore(folder: Path, file: Path, *, settings: Path | None, now: datetime, told: Told = lambda _: None) -> Kept:
    """Make the library in folder what file holds, once all of it has been read and found whole; what was there goes to
    a folder inside it.

    Raises LibraryError where file is no backup or is damaged, or where a desk or another program has the library open;
    SchemaTooNew where a newer program made it. Nothing is changed then.
    """
    stamp = f"{now:%Y%m%dT%H%M%S}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        let_go = desk.take(folder, since=now.isoformat(timespec="seconds"))
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written: {error.strerror or error}. Nothing was changed.") from error
    if let_go is None:
        raise LibraryError(
            f"A desk has this library open ({desk.who_holds(folder)}): close it and try again. Nothing was changed."
        )
    work = _new_folder(folder, f"restoring-{stamp}")
    try:
        return _restore(folder, file, work=work, stamp=stamp, settings=settings, told=told)
    except OSError as error:
        raise LibraryError(f"{file} cannot be restored to {folder}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        let_go()


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
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, *_BROKEN) as error:
        raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged ({_why(error)}).") from error
    if newer:
        raise SchemaTooNew(f"{file} was made by a newer diplo-reader. Use the newer program; nothing was changed.")
    return manifest  # type: ignore[no-any-return]


_BROKEN = (
    zlib.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    EOFError,
    RuntimeError,
    OverflowError,
)


# --- making


def _free(file: Path, now: datetime) -> Path:
    """Where the backup goes: into a folder under today's name, beside today's others."""
    if file.is_dir():
        first = file / default_name(now)
        numbered = (first.with_stem(f"{first.stem}-{n}") for n in range(2, 10_000))
        return first if not first.exists() else next(path for path in numbered if not path.exists())
    if file.exists():
        try:
            with _opened(file) as held:
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
    percent, done = _percent(told, "packing"), 0
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as held:
        for name, part in parts.items():
            digest, size = hashlib.sha256(), 0
            with held.open(name, "w", force_zip64=True) as to:
                for chunk in _chunks(part):
                    to.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                    done += len(chunk)
                    percent(done, total)
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
        while chunk := file.read(_CHUNK):
            yield chunk


# --- restoring


def _restore(folder: Path, file: Path, *, work: Path, stamp: str, settings: Path | None, told: Told) -> Kept:
    with _opened(file) as held:
        manifest = read_manifest(held, file)
        _unpack(held, file, manifest["files"], work, told)
    packed = work / "marks"
    packed.mkdir(exist_ok=True)
    marked, rules = pack.count(packed)
    new = work / ARCHIVE
    stories = archives.stories_in(new) if new.exists() else 0
    aside = _new_folder(folder, f"before-restore-{stamp}")
    with _all_or_nothing(folder, aside):
        if new.exists():
            archives.put_back(folder, new, aside)
        pack.put_back(folder, packed, aside)
    notes = [f"What was in {folder} before is kept in {aside.name}."] if any(aside.iterdir()) else []
    if not notes:
        aside.rmdir()
    for name, place in ((session.FILE, folder / session.FILE), (SETTINGS, settings)):
        notes += _place(work / name, place, folder, stamp)
    return Kept(file, stories, marked, rules, tuple(notes))


@contextmanager
def _all_or_nothing(folder: Path, aside: Path) -> Iterator[None]:
    """Where the marks cannot be put back, the archive that was there comes back too."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            (aside / ARCHIVE).replace(folder / ARCHIVE)
        with suppress(OSError):  # where copies of the marks are in it, they stay
            aside.rmdir()
        raise


def _place(new: Path, place: Path | None, folder: Path, stamp: str) -> list[str]:
    """The reader's place is taken over; settings only where there are none."""
    if not new.exists():
        return []
    if new.name == session.FILE:
        new.replace(folder / session.FILE)
        return []
    if place and place.exists() and place.read_bytes() == new.read_bytes():
        return []
    if place and not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(new, place)
        return [f"Your settings are back in {place}."]
    beside = folder / f"settings-of-backup-{stamp}.toml"
    new.replace(beside)
    return [f"Your settings were left as they are; those of the backup are in {beside}."]


def _unpack(held: zipfile.ZipFile, file: Path, files: Mapping[str, Any], work: Path, told: Told) -> None:
    """Raises LibraryError where a part is missing or is not what was packed."""
    total = sum(about["size"] for about in files.values())
    free = shutil.disk_usage(work).free
    if total > free:
        raise LibraryError(
            f"{file} needs {total // 1_000_000:,} MB and {work.parent} has {free // 1_000_000:,} MB left. "
            "Nothing was changed."
        )
    percent, done = _percent(told, "reading the backup"), 0
    for name, about in files.items():
        place = _place_of(name, work)
        if place is None:
            raise LibraryError(f"{file} holds {name!r:.80}, which no backup has. Nothing was changed.")
        digest = hashlib.sha256()
        place.parent.mkdir(exist_ok=True)
        with _told_damaged(file, name), held.open(name) as part, place.open("wb") as to:
            for chunk in _limited(part, about["size"]):
                digest.update(chunk)
                to.write(chunk)
                done += len(chunk)
                percent(done, total)
            to.flush()
            os.fsync(to.fileno())
        if digest.hexdigest() != about["sha256"]:
            raise LibraryError(f"{file} is damaged: {name} is not what was packed. Nothing was changed.")


def _place_of(name: str, work: Path) -> Path | None:
    if name in (ARCHIVE, session.FILE, SETTINGS):
        return work / name
    rest = name.removeprefix(_MARKS)
    ours = name != rest and rest.startswith("marks.") and set(rest) <= set("abcdefghijklmnopqrstuvwxyz.")
    return work / "marks" / rest if ours else None


def _limited(part: IO[bytes], size: int) -> Iterator[bytes]:
    """No more than was said, whatever a hostile file unpacks to."""
    while size >= 0 and (chunk := part.read(_CHUNK)):
        size -= len(chunk)
        yield chunk


@contextmanager
def _told_damaged(file: Path, name: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, *_BROKEN) as error:
        raise LibraryError(f"{file} is damaged: {name} cannot be read ({_why(error)}). Nothing was changed.") from error


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        held = zipfile.ZipFile(file)
    except OSError as error:
        raise LibraryError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (ValueError, *_BROKEN) as error:
        raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged ({_why(error)}).") from error
    with held:
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in held.infolist()):
            raise LibraryError(f"{file} is not a backup of diplo-reader, or is damaged (packed in another way).")
        yield held


def _new_folder(folder: Path, name: str) -> Path:
    number = 1
    while True:
        path = folder / (name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir()
            return path
        except FileExistsError:
            number += 1
        except OSError as error:
            raise LibraryError(
                f"{folder} cannot be written: {error.strerror or error}. Nothing was changed."
            ) from error


def _percent(told: Told, stage: str) -> Callable[[int, int], None]:
    return lambda done, total: told(Progress(stage, 100 * done // max(total, 1), 100))


def _why(error: Exception) -> str:
    return f"{error}".strip("'\"")[:120] or type(error).__name__
