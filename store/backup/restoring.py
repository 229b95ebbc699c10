"""A backup taken back: nothing is changed before all of it has been read, nothing deleted then."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from store import session, strange
from store.archive import snapshot as archives
from store.backup.file import ARCHIVE, BROKEN, CHUNK, MARKS, SETTINGS, Kept, Told, opened, percent, read_manifest, why
from store.errors import LibraryError
from store.marks import desk, pack


def restore(folder: Path, file: Path, *, settings: Path | None, now: datetime, told: Told = lambda _: None) -> Kept:
    """Make the library in folder what file holds, once all of it has been read and found whole; what was there goes to
    a folder inside it.

    Raises LibraryError where file is no backup or is damaged, or where a desk or another program has the library open;
    SchemaTooNew where a newer program made it. Nothing is changed then.
    """
    stamp = f"{now:%Y%m%dT%H%M%S}"
    with opened(file) as held:  # before a folder is made for it
        read_manifest(held, file)
    strange.refuse(folder)
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


def _restore(folder: Path, file: Path, *, work: Path, stamp: str, settings: Path | None, told: Told) -> Kept:
    with opened(file) as held:
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
            f"{file} needs {_size(total)} and {work.parent} has {_size(free)} left. Nothing was changed."
        )
    told_so_far, done = percent(told, "reading the backup"), 0
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
                told_so_far(done, total)
            to.flush()
            os.fsync(to.fileno())
        if digest.hexdigest() != about["sha256"]:
            raise LibraryError(f"{file} is damaged: {name} is not what was packed. Nothing was changed.")


def _size(size: int) -> str:
    """Bytes in words, such that of two that differ each is told: a small disk has less than 1 MB."""
    return f"{size / 1e6:,.1f} MB" if size >= 1_000_000 else f"{size / 1e3:,.1f} KB"


def _place_of(name: str, work: Path) -> Path | None:
    if name in (ARCHIVE, session.FILE, SETTINGS):
        return work / name
    rest = name.removeprefix(MARKS)
    ours = name != rest and rest.startswith("marks.") and set(rest) <= set("abcdefghijklmnopqrstuvwxyz.")
    return work / "marks" / rest if ours else None


def _limited(part: IO[bytes], size: int) -> Iterator[bytes]:
    """No more than was said, whatever a hostile file unpacks to."""
    while size >= 0 and (chunk := part.read(CHUNK)):
        size -= len(chunk)
        yield chunk


@contextmanager
def _told_damaged(file: Path, name: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, *BROKEN) as error:
        raise LibraryError(f"{file} is damaged: {name} cannot be read ({why(error)}). Nothing was changed.") from error


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
