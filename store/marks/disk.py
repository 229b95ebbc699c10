"""The files of the marks while a program runs: how far they were read, what others appended, the checkpoint.

Everything here but `news` is for the holder of the lock (Files.locked), and for one thread at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from store.errors import LibraryError
from store.marks import history, journal
from store.marks.changes import Entry
from store.marks.files import Files, keep_as, unwritable
from store.marks.held import Held
from store.marks.load import Loaded, Unreadable, create, load, mend, old_entries, read_saved
from store.marks.memory import Memory
from store.marks.outside import before, difference

MANY_RECENT = 4 * history.ACTS
LONG_JOURNAL = 1_000_000  # bytes: some 6,000 acts, replayed in about 30 ms

_NOWHERE = journal.Place("", 0, journal.UNREAD)


@dataclass(frozen=True, slots=True)
class News:
    """What others did: the acts that came, on top of held where everything was read anew."""

    entries: Sequence[Entry] = ()
    held: Held | None = None
    notices: tuple[str, ...] = ()


class Disk:
    def __init__(self, files: Files, loaded: Loaded) -> None:
        self._files = files
        self._recent: list[Entry] = []  # acts since the last checkpoint, for the history
        self._read_history: tuple[journal.Stamp, Sequence[Entry]] = journal.UNREAD, ()
        self._seen: set[str] = set()  # acts since the last checkpoint
        self._must_fold = False  # memory knows more than the files
        self._synced = True  # what was appended is on the disk
        self._by_hand = False  # the files say the same as memory, but not as we write it
        self._kept = ""  # the name under which the marks.json of another hand was kept, until a checkpoint is made
        self._generation: int
        self._place: journal.Place
        self._saved_stamp: journal.Stamp | None  # of the marks.json that we know, and what is in it
        self._saved_size: int
        self._saved_marks: int
        self._fresh: int  # acts in the journal that marks.json does not have
        self._know(loaded)

    @property
    def fresh(self) -> bool:
        """Whether marks.json is not what a checkpoint would make it."""
        return self._must_fold or self._by_hand or self._fresh > 0

    @property
    def safe(self) -> bool:
        """Whether the files hold every act that was handed to us, with or without a checkpoint."""
        return self._synced and not self._must_fold

    @property
    def by_hand(self) -> bool:
        """Whether marks.json was not as we left it when it was read."""
        return self._by_hand

    @property
    def due(self) -> bool:
        """Whether a checkpoint should wait no longer."""
        return (
            self._must_fold
            or self._by_hand
            or (self._fresh > 0 and self._place.offset > max(LONG_JOURNAL, self._saved_size // 2))
        )

    def history(self) -> list[Entry]:
        """The last acts that are on the disk, oldest first."""
        known = {entry.act: entry for entry in (*self._kept_acts(), *self._recent)}
        return history.newest(list(known.values()))

    def _kept_acts(self) -> Sequence[Entry]:
        """What the history's file has, read again only when it is another one."""
        stamp = journal.UNREAD
        with suppress(OSError):
            stamp = journal.stamp(self._files.history)
        if self._read_history[0] != stamp:
            self._read_history = stamp, history.kept(self._files.history)
        return self._read_history[1]

    def news(self, *, writing: bool = False) -> News:
        """What was appended since the last time. Who holds the lock also mends what it finds torn."""
        path = self._files.journal
        try:
            seen = journal.stamp(path)
            if seen == self._place.stamp:
                return News()
            found = journal.scan_on(path, self._place)
        except FileNotFoundError:
            found = None
        if found is None or (writing and (found.bad or found.torn or _is_old(found))):
            return self._anew(writing=writing)
        self._place = journal.Place(
            self._place.edition, found.end, journal.UNREAD if found.torn or _is_old(found) else seen
        )
        return News(self._unseen(found.entries))

    def append(self, entries: Sequence[Entry]) -> None:
        """Not on the disk before `sync`; but safe from a kill of this program."""
        self._place = journal.append(self._files.journal, self._place, journal.lines(entries))
        self._synced = False
        self._unseen(entries)

    @property
    def synced(self) -> bool:
        return self._synced

    @property
    def still(self) -> bool:
        """Whether nothing was written since we looked."""
        with suppress(OSError):
            return journal.stamp(self._files.journal) == self._place.stamp
        return False

    @property
    def unheard(self) -> bool:
        """Whether there is a journal in which more was written since we looked."""
        with suppress(OSError):
            return journal.stamp(self._files.journal) != self._place.stamp
        return False

    def sync(self) -> None:
        """All that was appended is on the disk. Where another program has put a journal of its own in place, it has
        taken ours into marks.json."""
        if not self._synced:
            journal.sync(self._files.journal)
            self._synced = True
            journal.note_end(self._files.end, self._place)

    def fold(self, held: Held, *, stamp: str) -> tuple[str, ...]:
        """The checkpoint: held becomes marks.json, the journal begins anew; what there was, is the backup."""
        files = self._files
        notices = self._own_up(held, stamp) if self._by_hand else self._back_up(held, stamp)
        self._generation += 1
        history.keep(files.history, self._recent)
        _save(files.marks, held, generation=self._generation)
        if files.journal.exists():
            keep_as(files.journal, files.old_journal)
        self._place = journal.create(files.journal, generation=self._generation)
        journal.note_end(files.end, self._place)
        self._synced = True
        self._saved_stamp = journal.stamp(files.marks)
        self._saved_size, self._saved_marks = self._saved_stamp[1], len(held.marks)
        self._fresh, self._must_fold, self._by_hand, self._kept = 0, False, False, ""
        self._seen.clear()
        self._recent.clear()
        return notices

    def _own_up(self, held: Held, stamp: str) -> tuple[str, ...]:
        """marks.json was not as we left it when it was read. The backup is then what we left, not what was found; what
        differs from that is an act in the journal, which undo takes back. Where that is not known, the backup stays
        as it is with all acts since, and a copy of it that no checkpoint replaces."""
        files = self._files
        if not self._kept and files.backup.exists():
            keep_as(files.backup, files.aside("kept", stamp, ".json"))
        kept = f"The file as it was found is kept as {self._keep_found(stamp)}."
        known, acts = before(files, self._generation), self._acts_in_journal()
        if known is None:
            self._place = journal.create(files.journal, generation=self._generation, fresh=[*old_entries(files), *acts])
            return (kept,)
        _save(files.backup, known, generation=self._generation)
        Memory(known).take(acts)
        entry = difference(known, held, time=stamp)
        if entry is None:
            return (kept,)
        self.append((entry,))
        self.sync()
        return (f"{kept} What it says beside what was known can be taken back: undo, or `diplo-reader restore`.",)

    def _acts_in_journal(self) -> list[Entry]:
        """Those that marks.json does not have."""
        try:
            found = journal.scan(self._files.journal)
        except FileNotFoundError:
            return []
        return found.entries[found.folded :]

    def _back_up(self, held: Held, stamp: str) -> tuple[str, ...]:
        """The marks.json that we know becomes the backup, or memory where another hand was at the file meanwhile: what
        it wrote is kept beside. An empty file does not cost us a backup that has marks."""
        files = self._files
        try:
            if journal.stamp(files.marks) != self._saved_stamp:
                found = read_saved(files.marks)  # of a program that was killed in its checkpoint, or of no program
                self._generation, self._saved_marks = max(self._generation, found.generation), len(found.held.marks)
                if not found.sealed:
                    return self._keep_changed(held, stamp)
        except FileNotFoundError:
            _save(files.backup, held, generation=self._generation)
            return ()
        except Unreadable:
            return self._keep_changed(held, stamp)
        if not self._saved_marks and _has_marks(files):
            keep_as(files.backup, files.aside("kept", stamp, ".json"))
        keep_as(files.marks, files.backup)
        return ()

    def _keep_changed(self, held: Held, stamp: str) -> tuple[str, ...]:
        kept = self._keep_found(stamp)
        _save(self._files.backup, held, generation=self._generation)
        return (f"{self._files.marks} had been changed by another program; that file was kept as {kept}.",)

    def _keep_found(self, stamp: str) -> str:
        """The name of a copy of marks.json as another hand left it, made once however often a checkpoint is tried."""
        if not self._kept:
            kept = self._files.aside("changed", stamp, ".json")
            keep_as(self._files.marks, kept)
            self._kept = kept.name
        return self._kept

    def _anew(self, *, writing: bool) -> News:
        """The journal is another file by now: another program's checkpoint, or something worse."""
        try:
            loaded = prepare(self._files) if writing else load(self._files)
        except FileNotFoundError:
            return News()
        except Unreadable as error:
            self._must_fold = True  # memory is the truth, and the next to write writes all of it
            if writing:
                self._place = journal.create(self._files.journal, generation=self._generation)
            return News(notices=(f"{self._files.marks} cannot be read ({error}); it is written anew from memory.",))
        mended = loaded.generation == self._generation
        if not mended:
            self._seen.clear()
            self._know(loaded)
            return News((), loaded.held, loaded.notices)
        self._place = loaded.place or _NOWHERE
        self._must_fold = True
        return News(self._unseen(loaded.fresh), None, loaded.notices)

    def _know(self, loaded: Loaded) -> None:
        self._generation = loaded.generation
        self._by_hand = loaded.by_hand
        self._place = loaded.place or _NOWHERE
        self._fresh = 0
        self._saved_stamp = loaded.stamp
        self._saved_size = loaded.stamp[1] if loaded.stamp else 0
        self._saved_marks = loaded.saved
        self._recent.clear()
        self._remember(loaded.scan.entries[: loaded.scan.folded])
        self._unseen(loaded.fresh)

    def _unseen(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries that are new to us, known from now on."""
        new = [entry for entry in entries if entry.act not in self._seen]
        self._seen.update(entry.act for entry in new)
        self._fresh += len(new)
        self._remember(new)
        return new

    def _remember(self, entries: Iterable[Entry]) -> None:
        self._recent.extend(entries)
        if len(self._recent) > MANY_RECENT:
            self._recent = history.newest(self._recent)


def _save(path: Path, held: Held, *, generation: int) -> None:
    """Loads TinyDB, which whoever only reads marks does without."""
    from store.marks.storage import save

    save(path, held, generation=generation)


def prepare(files: Files) -> Loaded:
    """Load for who holds the lock, making or mending what has to be."""
    try:
        try:
            loaded = load(files, alone=True)
        except FileNotFoundError:
            create(files)
            return load(files, alone=True)
        return loaded if loaded.whole and not loaded.old else mend(files, loaded)
    except OSError as error:
        raise unwritable(files.folder, error) from error


def _is_old(scan: journal.Scan) -> bool:
    return scan.header is not None and scan.header.schema < journal.SCHEMA


def _has_marks(files: Files) -> bool:
    """Whether a backup might hold marks; one that cannot be read might."""
    try:
        return bool(read_saved(files.backup).held.marks)
    except FileNotFoundError:
        return False
    except (Unreadable, LibraryError):
        return True
