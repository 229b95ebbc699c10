"""Writing an export where it was asked for, without ever losing a word that somebody wrote."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from itertools import count
from pathlib import Path

from store.errors import ExportFailed, ExportRefused
from store.export.front import Origin, origin

FORCE = "--force"
NO_SUCH_NAME = {errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL}


def write(path: Path, text: str, *, force: bool = False) -> Path | None:
    """Writes text to path in one step: what stood there is replaced whole, or untouched.

    A file that is not our own, or that was edited since we wrote it, is replaced only with force, and then kept beside
    it as NAME.bak, NAME.bak2, ...; the path of what was kept is returned, else None. A symbolic link is followed.
    Raises ExportRefused; ExportFailed where the name would do and the disk or the folder does not take it.
    """
    try:
        return _write(path.resolve(), text.encode("utf-8", "replace"), force=force, shown=path)
    except (OSError, RuntimeError, ValueError) as wrong:  # a loop of links, a NUL in the name, a full disk
        reason = getattr(wrong, "strerror", None) or wrong
        of_the_disk = isinstance(wrong, OSError) and wrong.errno not in NO_SUCH_NAME
        failure = ExportFailed if of_the_disk else ExportRefused
        raise failure(f"{path} could not be written ({reason}); name another file with -o") from wrong


def _write(path: Path, data: bytes, *, force: bool, shown: Path) -> Path | None:
    old = _read(path, shown)
    if old == data:
        return None
    precious = old is not None and _refusal(old, shown)
    if precious and not force:
        raise ExportRefused(precious)
    new = _beside(path, data)
    try:
        kept = _keep(path) if precious else None
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return kept


def _read(path: Path, shown: Path) -> bytes | None:
    """What stands at path now, None when nothing does. Refuses what no export can replace."""
    if not path.parent.is_dir():
        raise ExportRefused(f"{shown}: there is no folder {path.parent}; make it first, or name another with -o")
    if path.is_dir():
        raise ExportRefused(f"{shown} is a folder; name a file in it, as {shown / 'review.md'}")
    if not path.exists():
        return None
    if not path.is_file():
        raise ExportRefused(f"{shown} is not a plain file; to write to standard output use -o -")
    if not os.access(path, os.W_OK):
        raise ExportFailed(f"{shown} is write-protected; name another file with -o")
    return path.read_bytes()


def _refusal(old: bytes, shown: Path) -> str:
    """Why these bytes must not be lost; empty when we can write them again ourselves, or there are none."""
    whose = origin(old.decode("utf-8", "surrogateescape"))
    if not old.strip() or whose is Origin.INTACT:
        return ""
    what = "was edited since it was exported" if whose is Origin.EDITED else "is there already and is not an export"
    return f"{shown} {what}; name another file with -o, or use {FORCE}, which keeps the old one as {shown.name}.bak"


def _beside(path: Path, data: bytes) -> Path:
    """A new file in the same folder that holds data and is on the disk, with the rights that path has or would get."""
    new = path.with_name(f".diplo-reader-{secrets.token_hex(8)}.part")
    _create(new, data)
    if path.exists():
        new.chmod(stat.S_IMODE(path.stat().st_mode))
    return new


def _keep(path: Path) -> Path:
    """Gives what stands at path a second name that nothing has yet; the name."""
    data = path.read_bytes()
    for n in count(1):
        kept = path.with_name(f"{path.name}.bak{n if n > 1 else ''}")
        with contextlib.suppress(FileExistsError):
            _create(kept, data)
            return kept
    raise AssertionError("unreachable: count() does not end")


def _create(new: Path, data: bytes) -> None:
    """A new file that holds data and is on the disk, or none at all. Raises FileExistsError."""
    with new.open("xb") as out:
        try:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        except BaseException:
            new.unlink()
            raise


def _sync_folder(folder: Path) -> None:
    """Makes the new name last through a power cut; some file systems cannot, and need not, be asked."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
