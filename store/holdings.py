"""Holdings: one folder's archive and marks, opened together, read, marked, and watched for what other programs do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from store import session, strange
from store.archive import Archive
from store.archive.lists import Lists
from store.config import Settings
from store.marks import Marks, gone
from store.model import Act, Change, Event, EventId, Mark, Progress, Story, StoryId
from store.regrouping import GROUPS_FILE

if TYPE_CHECKING:
    from store.archive.mend import Mended

ARCHIVE_FILE = "archive.sqlite3"
UNREAD = "The stories here were saved from a damaged archive, and not read yet: `diplo-reader rebuild` reads them."

TAKEN_AWAY = (
    "{} was deleted or replaced while it was open here. What is shown is the one that was. Marks are kept. Leave, put "
    "the file back (`diplo-reader restore FILE` takes a backup, `diplo-reader add` the same files), and start anew."
)


@dataclass(frozen=True, slots=True)
class Changed:
    """What other programs changed in this library since the last poll."""

    stories: bool
    marks: frozenset[StoryId]


class Holdings:
    """Methods that read may be called from any thread."""

    def __init__(self, folder: Path, archive: Archive, marks: Marks, settings: Settings) -> None:
        self.folder = folder
        self.archive = archive
        self.marks = marks
        self.settings = settings
        self._file = self._identity()
        self._taken_away = ""
        self._seen = self._stamp()
        self._changes = archive.changes()
        self._was_gone = False
        self._unmarked = gone.told(folder)

    @classmethod
    def open(
        cls, folder: Path, settings: Settings, *, desk: bool = False, told: Callable[[Progress], None] = lambda _: None
    ) -> Self:
        """Opens or makes a library. desk: for a desk, of which there may be several. told: how far
        that of an older program is brought up to date; nothing else takes long.

        Raises MarksDamaged, ArchiveDamaged, SchemaTooNew, LibraryError.
        """
        strange.refuse(folder)
        was_gone = archive_gone(folder)
        archive = Archive.open(folder, told)
        try:
            without_marks = not gone.any_file(folder) and archive.holds_any()
            marks = Marks.open(folder, desk=desk)
        except BaseException:
            archive.close()
            raise
        opened = cls(folder, archive, marks, settings)
        opened._was_gone = was_gone
        if without_marks:
            opened._unmarked = gone.note(folder, now=datetime.now())
        return opened

    @staticmethod
    def mend(folder: Path, *, now: datetime, told: Callable[[Progress], None] = lambda _: None) -> Mended:
        """Sets a damaged archive aside and saves its raw texts into a new one, to be read by `rebuild`."""
        return Archive.mend(folder, stamp=now.strftime("%Y%m%dT%H%M%S"), told=told)

    def close(self) -> None:
        """Writes what is not yet written. Raises LibraryError where that fails."""
        try:
            self.marks.close()
        finally:
            self.archive.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What the reader should know about how the library was found."""
        unmarked = "" if self.marks.all() else self._unmarked
        found = (*self.marks.notices, *self.archive.notes, self.archive.behind, self.unread, self.lost)
        found += (unmarked, self._taken_away)
        return tuple(notice for notice in found if notice)

    @property
    def unread(self) -> str:
        """That the stories were saved by a mend that no `rebuild` has ended, else empty."""
        return UNREAD if self.archive.unread() else ""

    @property
    def lost(self) -> str:
        """That the archive is gone, and what to do, where it holds no story and should; else empty."""
        if self.archive.holds_any():
            return ""
        waiting = len(self.marks.all())
        if not waiting and not self._was_gone and not self.archive.another:
            return ""
        if waiting:
            though = (
                f"{waiting:,} {'is' if waiting == 1 else 'are'} marked. Marks are kept, and wait for their stories."
            )
        else:
            though = "there were stories here."
        return (
            f"The archive of this library is gone: it holds no story, though {though} "
            "`diplo-reader restore FILE` brings it back from a backup, `diplo-reader add` from the same files. "
            f"It was looked for in {self.folder / ARCHIVE_FILE}."
        )

    # --- reading

    @property
    def lists(self) -> Lists:
        """The lists of the desk, of any length."""
        return self.archive.lists

    def events(self) -> tuple[Event, ...]:
        """Every event, newest first."""
        return self.archive.events()

    def story(self, story: StoryId) -> Story:
        return self.archive.story(story)

    def find(self, prefix: str) -> StoryId:
        """The story whose id begins so; of an event's whole id, a story of that event. Raises UnknownStory."""
        members = self.archive.members(EventId(prefix.strip())) if prefix.strip().startswith("e-") else ()
        return members[0] if members else self.archive.find(prefix)

    def search(self, text: str, limit: int) -> tuple[StoryId, ...]:
        """Stories whose title or text holds the words, best first."""
        return self.archive.search(text, limit)

    def tags(self) -> tuple[str, ...]:
        """Known tags, most used first."""
        return tuple(tag for tag, _ in sorted(self.marks.tags().items(), key=lambda counted: (-counted[1], counted[0])))

    # --- marking

    def mark(self, label: str, stories: Iterable[StoryId], change: Callable[[Mark], Mark]) -> int:
        """Changes marks as one act and waits until that is on disk; gives how many stories changed."""
        pairs = ((s, self.marks.get(s)) for s in stories)
        changes = tuple(Change(s, before, change(before)) for s, before in pairs if change(before) != before)
        if changes:
            self.marks.apply(Act(label, changes))
            self.marks.flush()
        return len(changes)

    def flush(self) -> None:
        """Waits until all acts are on disk. Raises LibraryError where they cannot be written."""
        self.marks.flush()

    def attempt(self, seconds: float) -> None:
        """As flush, but waits no longer than so long for other programs. Raises LibraryError."""
        self.marks.attempt(seconds)

    def poll(self) -> Changed:
        """Takes in what other programs did since the last look."""
        if self._file and not self._taken_away and self._identity() != self._file:
            self._taken_away = TAKEN_AWAY.format(self.folder / ARCHIVE_FILE)
        stamp, changes = self._stamp(), self._changes
        if stamp != self._seen:  # a summary that was kept touches the files too, and is no news
            self._seen, self._changes = stamp, self.archive.changes()
        return Changed(self._changes != changes, self.marks.poll())

    def _identity(self) -> tuple[int, int]:
        """Which file the archive is, whatever is written into it; (0, 0) where there is none."""
        with suppress(OSError):
            about = (self.folder / ARCHIVE_FILE).stat()
            return about.st_dev, about.st_ino
        return 0, 0

    def _stamp(self) -> tuple[tuple[int, int], ...]:
        """Changes whenever the archive's files do; costs two looks at the folder."""
        found = []
        for name in (ARCHIVE_FILE, f"{ARCHIVE_FILE}-wal"):
            with suppress(OSError):
                about = (self.folder / name).stat()
                found.append((about.st_mtime_ns, about.st_size))
        return tuple(found)

    # --- the reader's place

    def remembered(self) -> dict[str, object]:
        return session.recall(self.folder)

    def remember(self, state: dict[str, object]) -> None:
        session.remember(self.folder, state)


def archive_gone(folder: Path) -> bool:
    """Whether stories were here, and the archive that held them was removed or cut to nothing."""
    file = folder / ARCHIVE_FILE
    were = (folder / GROUPS_FILE).exists() or any(folder.glob(f"{ARCHIVE_FILE}-end"))
    return were and not (file.exists() and file.stat().st_size)
