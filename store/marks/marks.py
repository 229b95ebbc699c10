"""What the reader did: the marks in memory, every act on its way to the disk, and what other programs did meanwhile."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType

from store import strange
from store.errors import LibraryBusy, LibraryError, LibraryReadOnly, LibrarySlow
from store.marks import desk as desks
from store.marks import kept, repair
from store.marks.changes import DESK, OUTSIDE, Entry, act_of, entry_of
from store.marks.disk import Disk, News
from store.marks.files import AGAIN_SECONDS, Files, QuickLock, unwritable
from store.marks.history import judges, newest, not_taken_back, of_reader
from store.marks.known import Known
from store.marks.load import Loaded
from store.marks.memory import Memory
from store.marks.notes import Notes, noted
from store.marks.opening import Clock, load_or_ask, stamp_of, take_desk, time_of
from store.model import Act, Rule, StoryId

GROUP_SECONDS = 0.02  # acts of this long go to the disk together; an act is safe well within 50 ms
RETRY_SECONDS = 1.0  # between two tries at a disk that refuses
BEHIND_SECONDS, AGAIN_BEHIND = 0.05, 0.1  # the writer's thread waits for the lock, and between: others ask meanwhile
CHECKPOINT_SECONDS = 3.0  # at least, between two checkpoints that are written behind
AT_ONCE = 1_000  # changes of an act that is written before apply returns; more take the writer's time


class Marks(Known):
    """Safe to use from several threads, and on one library from several programs.

    When `apply` returns the act's line is in the journal, safe from a kill, unless the act is very large or another
    program is at the files just then; the writer's thread sees to that, and to the disk, within 50 ms. What `flush`
    returns from is on the disk. Neither `apply` nor reading a mark ever waits for the disk.
    """

    def __init__(self, files: Files, loaded: Loaded, clock: Clock, name: str) -> None:
        super().__init__(Memory(loaded.held), loaded.notices)  # its mutex guards the two lines of acts below, too
        self.read_only = False
        self._files = files
        self._clock = clock
        self._name, self._numbers = name, count(1)  # of acts: no two are alike, whatever the clock says
        self._by = ""
        self._heard: set[str] = set()  # acts that `done` or `judged` has told of
        self._pending: deque[Entry] = deque()  # applied, not yet in the journal
        self._changed: set[StoryId] = set()  # by other programs, not yet told by poll
        self._notes = Notes()  # guarded by the mutex, as memory is
        self._taking_over = threading.Lock()
        self._disk_guard = threading.Lock()  # the files, and what is known of them
        self._disk = Disk(files, loaded)
        self._quick = QuickLock(files.lock)  # taken under the guard alone
        self._waited: float | None = None  # for the lock, in vain, since then, and it was told
        self._wake = threading.Event()
        self._closing = False
        self._writer: threading.Thread | None = None
        self._let_go: Callable[[], None] | None = None
        self._beside = False  # a desk that another one was before

    @classmethod
    def open(cls, folder: Path, *, desk: bool = False, clock: Clock = time.time) -> Marks:
        """The marks of the library in folder, made if there are none; desk for a desk, of which there may be several.

        Raises MarksDamaged, SchemaTooNew, LibraryError.
        """
        files = Files(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(f"The library folder {folder} cannot be made: {error.strerror}.") from error
        name = os.urandom(4).hex()
        let_go, beside = take_desk(folder, clock, name) if desk else (None, False)
        try:
            marks = cls(files, load_or_ask(files, clock), clock, name)
        except BaseException:
            if let_go:
                let_go()
            raise
        marks._let_go, marks._beside, marks._by = let_go, beside, DESK if desk else ""
        marks.read_only = not os.access(folder, os.W_OK)
        if marks._disk.by_hand and not marks.read_only:
            with suppress(LibraryError):  # which the next act tells
                marks.checkpoint()
        return marks

    @classmethod
    def restore(cls, folder: Path, use_backup: bool, *, clock: Clock = time.time) -> str:
        """Take the backup that MarksDamaged offered, or begin empty, or take back what another hand did to marks that
        can be read; what was done, in a sentence."""
        if not folder.is_dir():
            raise LibraryError(f"There is no library in {folder}.")
        strange.refuse(folder)
        if done := repair.restore(Files(folder), use_backup=use_backup, stamp=stamp_of(clock)):
            return done
        if use_backup:
            with cls.open(folder, clock=clock) as marks:
                if act := marks._take_back_outside():
                    number = len({change.story for change in act.changes})
                    return f"What had changed in marks.json was taken back: {number} mark(s), {len(act.rules)} rule(s)."
        return f"The marks in {folder / 'marks.json'} can be read; nothing was restored."

    def _take_back_outside(self) -> Act | None:
        """Takes back the last act of another hand that still has an effect, and gives it."""
        acts = [act_of(entry).undone() for entry in self._entries() if entry.by == OUTSIDE and not entry.back]
        act = next((act for act in reversed(acts) if not self.moot(act)), None)
        if act:
            self._by = OUTSIDE
            self.apply(act)
            self.flush()
        return act

    @staticmethod
    def who_holds(folder: Path) -> str:
        """Who holds the desk of this library, in words."""
        return desks.who_holds(folder)

    @property
    def why_read_only(self) -> str:
        """Why the marks cannot be changed here, in words; "" where they can."""
        return f"the library's folder {self._files.folder} may not be written to" if self.read_only else ""

    @property
    def beside(self) -> str:
        """Which other desk was here first and is still open, in words; "" where there is none."""
        return f"another desk has this library open ({self.who_holds(self._files.folder)})" if self._beside else ""

    def take_over(self) -> bool:
        """Hold the library as its desk, where the one that did has gone; whether that came about just now."""
        if not self._beside or self.read_only or self._closing:
            return False
        with self._taking_over:
            if not self.beside:  # another thread took it meanwhile
                return False
            try:
                self._let_go = desks.take(self._files.folder, since=time_of(self._clock), acts=self._name)
            except OSError:
                return False
            self._beside = self._let_go is None
            return not self._beside

    def __enter__(self) -> Marks:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Reading

    def history(self) -> tuple[Act, ...]:
        """The last 200 acts of any program, and before them older ones of readers, of which there are 200 too, oldest
        first, from before this one was started too. Reads a file."""
        return tuple(act_of(entry) for entry in self._entries())

    def done(self) -> tuple[Act, ...]:
        """Of the last 200 acts that readers did at a desk those that they did not take back, oldest first: what undo
        goes through after a restart. Reads a file.

        The acts of other programs are left out: nobody expects undo to take back what cron did, or what is being done
        at another desk that is open. But what makes one event and what does not is said by a reader, wherever it is
        typed. Whether the effect of an act is still there is for undo to ask (`moot`), because undoing a later act may
        bring it back.
        """
        entries = self._entries()
        self._heard = {entry.act for entry in entries}
        other = desks.acts_of_holder(self._files.folder) if self._beside else ""
        mine = [entry for entry in entries if not other or not entry.act.startswith(f"{other}-")]
        return tuple(act_of(entry) for entry in not_taken_back(filter(of_reader, mine)))

    def judged(self) -> tuple[Act, ...]:
        """What other programs said of events since `done`, or this, was asked, oldest first. Reads a file."""
        entries = self._entries()
        new = [e for e in entries if e.act not in self._heard and e.by != DESK and judges(e) and not e.back]
        self._heard = {entry.act for entry in entries}
        return tuple(act_of(entry) for entry in new)

    def made_on(self, rule: Rule) -> str | None:
        """When a standing rule was made last, ISO in UTC; None where the acts that are kept do not reach back so far.
        Reads a file."""
        return self.times_of([rule]).get(rule)

    def times_of(self, rules: Collection[Rule]) -> dict[Rule, str]:
        """The same of several rules, standing or lifted, that are known to have been made."""
        wanted, acts = frozenset(rules), not_taken_back(self._entries())
        return {c.rule: entry.time for entry in acts for c in entry.rules if c.made and c.rule in wanted}

    def moot(self, act: Act) -> bool:
        """Whether doing the act would change nothing: another program, or a later act, did as much already."""
        entry = entry_of(act, time="", name="")
        with self._mutex:
            return self._memory.has(entry)

    def overruled(self) -> tuple[tuple[Act, ...], int]:
        """Since this was asked: what other programs wrote in the place of notes that were written here, oldest first,
        to be taken back as any act; and how many notes of others were overwritten here before they were seen, which
        undo brings back."""
        with self._mutex:
            entries, overwrote = self._notes.overruled()
        return tuple(map(act_of, entries)), overwrote

    def _entries(self) -> list[Entry]:
        with self._disk_guard:
            on_disk = self._disk.history()
            with self._mutex:
                return newest([*on_disk, *self._pending])

    # Changing

    def apply(self, act: Act) -> None:
        """Do an act: in memory at once, on the disk soon. Only what differs between before and after is changed."""
        if self.read_only:
            raise LibraryReadOnly(f"Nothing was changed: {self.why_read_only}.")
        if self._closing:
            raise LibraryError(f"The marks in {self._files.folder} are closed.")
        name, by = f"{self._name}-{next(self._numbers)}", self._by
        entry = entry_of(act, time=time_of(self._clock), name=name, by=by)
        with self._mutex:
            entry = self._notes.applied(entry)
            self._memory.take((entry,))
            self._pending.append(entry)
            self._start_writer()
        if len(act.changes) <= AT_ONCE:
            self._write_at_once()
        self._wake.set()

    def flush(self) -> None:
        """Wait until all that was applied is on the disk. Raises LibraryError where it cannot be; it is then kept in
        memory, and tried again by the next flush."""
        if self._pending or not self._disk.synced:
            with self._disk_guard:
                self._write()

    def attempt(self, seconds: float) -> None:
        """As flush, for a desk that must tell soon what hinders it: waits no longer than so long for another program or
        the writer's thread. Raises LibraryError, LibrarySlow where that thread is at the disk still; not where it is
        there with all there is."""
        if not self._pending and self._disk.synced:
            return
        until = time.monotonic() + seconds
        if self._disk_guard.acquire(timeout=seconds):
            try:
                self._write(seconds=max(0.0, until - time.monotonic()))
            finally:
                self._disk_guard.release()
        elif self._pending:
            raise LibrarySlow(f"The marks in {self._files.folder} are being written, which takes its time.")

    @property
    def unwritten(self) -> int:
        """How many acts are in memory alone: none, but for a moment after an act, unless something hinders writing."""
        return len(self._pending)

    @property
    def unheard(self) -> bool:
        """Whether other programs did anything that poll has not taken in: one look at the folder, from any thread."""
        return bool(self._changed) or self._disk.unheard

    def poll(self) -> frozenset[StoryId]:
        """Take in what other programs did; the stories whose marks are different. Cheap where nothing happened."""
        if self._disk_guard.acquire(blocking=False):  # a writer at work takes in what others did by itself
            try:
                self._hear(self._disk.news())
            except OSError as error:
                raise LibraryError(f"The marks in {self._files.folder} cannot be read: {error}.") from error
            finally:
                self._disk_guard.release()
        with self._mutex:
            changed, self._changed = frozenset(self._changed), set()
        return changed

    def checkpoint(self) -> None:
        """Write marks.json anew and cut the journal."""
        if not self.read_only:
            with self._disk_guard:
                self._write(fold=True)

    def close(self) -> None:
        """Everything to the disk; a desk also folds its journal. Closed all the same where it raises LibraryError,
        which says how many acts are lost."""
        if self._closing:
            return
        self._closing = True
        self._wake.set()
        if self._writer:
            self._writer.join()
        try:
            fold = self._let_go is not None or self._disk.due
            if not self.read_only and (self._pending or not self._disk.synced or (fold and self._disk.fresh)):
                with self._disk_guard:
                    self._write(fold=fold)
        except LibraryError as error:
            if lost := self.unwritten:
                acts = "1 act was not written and is" if lost == 1 else f"{lost} acts were not written and are"
                raise LibraryError(f"{error} {acts} lost.") from error
            if not self._disk.safe:
                raise  # else nothing is lost: the journal has every act, and the next to write makes the checkpoint
        finally:
            self._quick.close()
            if self._let_go:
                self._let_go()

    # The disk: called with self._disk_guard held

    def _write(self, *, fold: bool = False, seconds: float | None = None) -> None:
        """Waits so long for the lock, or as long as a program that is about to end."""
        if seconds is None and self._waited is not None:
            seconds = AGAIN_SECONDS
        began = time.monotonic()
        try:
            with self._files.locked(seconds, since=self._waited):
                self._waited = None
                self._hear(self._disk.news(writing=True))
                self._append()
                self._disk.sync()
                if fold and self._disk.fresh:
                    with self._mutex:
                        held = self._memory.snapshot()
                    self._notices.extend(self._disk.fold(held, stamp=stamp_of(self._clock)))
                    kept.bound(self._files, held)
        except LibraryBusy:
            if self._waited is None and threading.current_thread() is not self._writer:
                self._waited = began
            raise
        except OSError as error:
            raise unwritable(self._files.folder, error) from error

    def _write_at_once(self) -> None:
        """Into the journal, where nobody else is at the files or has written to them. Whatever hinders that hinders the
        writer's thread too, which tells."""
        if not self._disk_guard.acquire(blocking=False):
            return
        try:
            if self._quick.take():
                try:
                    if self._disk.still:
                        self._append()
                finally:
                    self._quick.let_go()
        except OSError:
            pass
        finally:
            self._disk_guard.release()

    def _append(self) -> None:
        with self._mutex:
            batch = tuple(self._pending)
        if batch:
            self._disk.append(batch)
            with self._mutex:
                for _ in batch:
                    self._pending.popleft()

    def _hear(self, news: News) -> None:
        """Into memory; what is still pending here comes after it in the journal, so it is applied again."""
        self._notices.extend(notice for notice in news.notices if notice not in self._notices)
        if news.held is None and not news.entries:
            return
        with self._mutex:
            if news.held is not None:
                self._changed |= self._memory.replace(news.held)
            self._changed |= self._memory.take(news.entries)
            self._notes.heard(news.entries, self._pending)
            touched = None if news.held is not None else noted(news.entries)
            for place, entry in enumerate(self._pending):
                self._pending[place] = after = self._notes.after(entry, touched, self._memory.get)
                self._memory.take((after,), again=news.held is None)

    # The writer's thread

    def _start_writer(self) -> None:
        if self._writer is None:
            self._writer = threading.Thread(target=self._write_behind, name="marks", daemon=True)
            self._writer.start()

    def _write_behind(self) -> None:
        folded = -CHECKPOINT_SECONDS
        while not self._closing:
            self._wake.wait()
            self._wake.clear()
            if not self._closing:
                time.sleep(GROUP_SECONDS)
            try:
                if self._pending or not self._disk.synced:
                    with self._disk_guard:
                        self._write(seconds=BEHIND_SECONDS)
                if self._disk.due and time.monotonic() - folded > CHECKPOINT_SECONDS:
                    with self._disk_guard:
                        self._write(fold=True, seconds=BEHIND_SECONDS)
                    folded = time.monotonic()
            except LibraryError as error:  # told by the next flush of the program
                if not self._closing:
                    self._wake.wait(AGAIN_BEHIND if isinstance(error, LibraryBusy) else RETRY_SECONDS)
                    self._wake.set()
