"""What to do with a marks file that cannot be read: set it aside, say what is left, take what the reader chooses.
Nothing is ever deleted or emptied here, only renamed."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from store.errors import LibraryError, MarksDamaged, SchemaTooNew
from store.marks import history, journal
from store.marks.between import acts, acts_between, unknown
from store.marks.files import Files, Move, keep_as, moving, sync_folder, unwritable
from store.marks.held import Held
from store.marks.load import Unreadable, read_saved
from store.marks.memory import Memory
from store.marks.saved import Saved, lines_of

_UNUSED = re.compile(r"marks\.unused-(\d{8}T\d{6}Z)(?:-\d+)?(\..+)")


@dataclass(frozen=True, slots=True)
class Offer:
    """The marks as the backup and the journals make them up. source is the file they rest on; in_part says of marks
    that may not be all, because there is no backup, what they are made from; unknown, which acts are missing."""

    source: Path
    held: Held
    generation: int
    acts: int
    in_part: str = ""
    unknown: str = ""

    @property
    def told(self) -> str:
        """ "a backup with 3 marked stories is there"."""
        number = f"{len(self.held.marks)} marked stor{'y' if len(self.held.marks) == 1 else 'ies'}"
        if self.in_part:
            return f"there is no backup that can be read, but {number} can be put together {self.in_part}"
        return f"a backup with {number} is there{f' ({self.unknown})' if self.unknown else ''}"


def set_aside(files: Files, stamp: str) -> MarksDamaged | None:
    """The error that tells the reader; None where marks.json can be read after all (another program was at it)."""
    aside, reason = max(files.damaged(), default=None), "it is missing"
    try:
        with files.locked():
            try:
                read_saved(files.marks)
                return None
            except FileNotFoundError:
                pass
            except Unreadable as error:
                reason, aside = str(error), files.aside("damaged", stamp, ".json")
                files.marks.rename(aside)
                sync_folder(files.folder)
    except (LibraryError, OSError):  # a folder that cannot be written: what is there stays there
        aside = None
        with suppress(FileNotFoundError):
            reason = _reason(files)
    return _damaged(files, reason, aside)


def restore(files: Files, *, use_backup: bool, stamp: str) -> str:
    """Make marks.json again, from what is offered or empty; what was done, in a sentence, or "" where it can be read
    and is as we wrote it."""
    try:
        with files.locked(), moving() as move:
            return _restored(files, use_backup=use_backup, stamp=stamp, move=move)
    except OSError as error:
        raise unwritable(files.folder, error) from error


def _reason(files: Files) -> str:
    """Why marks.json cannot be read. Raises FileNotFoundError."""
    try:
        read_saved(files.marks)
    except (Unreadable, LibraryError) as error:
        return str(error)
    return "another program is writing it"


def offer(files: Files) -> Offer | None:
    """What can be had back: the backup and every act since; in a library without one yet, every act; else what the
    lines and acts tell that are left."""
    found = _journal(files)
    entries = found.entries[found.folded :] if found else []
    newest = found.header.generation if found and found.header else 0
    try:
        saved = read_saved(files.backup)
        source, held, generation = files.backup, saved.held, saved.generation
        since = [*acts_between(files, saved.generation, newest), *entries]
    except (FileNotFoundError, Unreadable, SchemaTooNew, LibraryError):
        if newest != 1:
            return _in_part(files, max(newest, 1))
        source, held, generation, since = files.journal, Held(), 1, entries
    memory = Memory(held)
    memory.take(since)
    missing = unknown(files, generation, newest) if source == files.backup else ""
    return Offer(source, memory.held, max(generation, newest), len(since), unknown=missing)


def _in_part(files: Files, generation: int) -> Offer | None:
    """Without a backup: the lines of the damaged files that are whole, and the acts that are known."""
    held, lines, known = Held(), [], acts(files)
    for path in (files.backup, *files.damaged()[-1:], files.marks):
        with suppress(OSError):
            read = lines_of(path.read_bytes())
            if read.marks or read.rules:
                held.marks.update(read.marks)
                held.rules.update(read.rules)
                lines.append(path)
    memory = Memory(held)
    memory.take(known)
    sources = [f"the lines of {path.name} that can be read" for path in lines]
    told = "act that is" if len(known) == 1 else "acts that are"
    sources += [f"the {len(known)} {told} known, since {known[0].time[:10]}"] if known else []
    if not sources:
        return None
    source = lines[-1] if lines else files.history if files.history.exists() else files.journal
    return Offer(
        source, memory.held, generation, len(known), f"from {' and '.join(sources)}; other marks are not known"
    )


def instead(files: Files) -> Offer | None:
    """What a restore takes in the place of a marks.json whose checksum does not fit: a flipped bit can leave it valid.
    None unless the backup is as we wrote it and both journals go on from it without a gap or a line that is damaged."""
    edition, end = journal.noted_end(files.end)  # first: it grows with the journal
    try:
        saved = read_saved(files.backup)
        old, new = journal.scan(files.old_journal), journal.scan(files.journal)
    except (OSError, Unreadable, SchemaTooNew, LibraryError):
        return None
    if not saved.sealed or not old.header or not new.header or old.bad or old.torn or new.bad or new.torn:
        return None
    cut = edition == new.header.edition and new.end < end
    follows = (old.header.generation, new.header.generation) == (saved.generation, saved.generation + 1)
    return offer(files) if follows and not cut else None


def _restored(files: Files, *, use_backup: bool, stamp: str, move: Move) -> str:
    from store.marks.storage import save

    try:
        saved = read_saved(files.marks)
        if use_backup and (unused := _unused(files, saved)):
            there = (files.marks, files.backup, files.journal, files.old_journal, files.history)
            _move_aside(files, stamp, there, "empty", move)
            for path, name in unused:
                move(path, name)
        elif saved.sealed or not use_backup or instead(files) is None:
            return ""
        else:
            move(files.marks, files.aside("changed", stamp, ".json"))
    except Unreadable:
        move(files.marks, files.aside("damaged", stamp, ".json"))
    except FileNotFoundError:
        pass
    offered = offer(files)
    if use_backup:
        if offered is None:
            raise MarksDamaged(
                f"There is no backup of the marks in {files.folder} that can be read.",
                aside=None,
                backup=None,
                backup_marks=0,
            )
        found = _journal(files)
        history.keep(files.history, found.entries if found else ())
        save(files.marks, offered.held, generation=offered.generation + 1)
        _move_aside(files, stamp, (files.backup, files.old_journal, files.journal), "restored", move)
        journal.note_end(files.end, journal.create(files.journal, generation=offered.generation + 1))
        keep_as(files.marks, files.backup)
        number, source = len(offered.held.marks), offered.source.name
        made = offered.in_part or f"from {source} and {offered.acts} act(s) since"
        missing = f" But {offered.unknown}." if offered.unknown else ""
        return f"{number} marked stor{'y is' if number == 1 else 'ies are'} back, {made}.{missing}"
    kept = _move_aside(files, stamp, (files.backup, files.old_journal, files.journal, files.history), "unused", move)
    save(files.marks, Held(), generation=1)
    journal.note_end(files.end, journal.create(files.journal, generation=1))
    if not kept:
        return "The marks begin empty."
    back = "`diplo-reader restore` takes that back for as long as nothing is marked"
    return f"The marks begin empty. What there was is kept in {', '.join(kept)}; {back}."


def _unused(files: Files, saved: Saved) -> list[tuple[Path, Path]]:
    """What was put aside when the marks began empty last, and what it was called, as long as they are empty still."""
    found = _journal(files)
    if saved.held.marks or saved.held.rules or found is None or found.entries:
        return []
    aside = {path: match for path in files.folder.iterdir() if (match := _UNUSED.fullmatch(path.name))}
    newest = max((match[1] for match in aside.values()), default="")
    return [(path, files.folder / f"marks{match[2]}") for path, match in aside.items() if match[1] == newest]


def _move_aside(files: Files, stamp: str, paths: tuple[Path, ...], why: str, move: Move) -> list[str]:
    kept = []
    for path in paths:
        if path.exists():
            aside = files.aside(why, stamp, "." + path.name.partition(".")[2])
            move(path, aside)
            kept.append(aside.name)
    return kept


def _journal(files: Files) -> journal.Scan | None:
    try:
        return journal.scan(files.journal)
    except (OSError, SchemaTooNew):
        return None


def _damaged(files: Files, reason: str, aside: Path | None) -> MarksDamaged:
    offered = offer(files)
    told = f"The marks in {files.marks} cannot be read: {reason}."
    if aside:
        told += f" The file was set aside as {aside.name}."
    if offered:
        told += f" {offered.told[0].upper()}{offered.told[1:]}: take that, or begin empty."
    else:
        told += " There is no backup that can be read: begin empty, or put a marks.json of your own in its place."
    return MarksDamaged(
        told + " Nothing is deleted either way.",
        aside=aside,
        backup=offered.source if offered else None,
        backup_marks=len(offered.held.marks) if offered else 0,
    )
