"""Library: one folder of stories and what the reader did with them; all that the desk and the command line talk to.

Imports nothing heavy: reading, grouping and summarising are loaded by the first act that needs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store import queries, session
from store.archive import Archive
from store.archive.lists import Lists
from store.archive.skeleton import Layout, Order, Shelved, Skeleton, held, in_batches
from store.config import Settings
from store.errors import LibraryError, UnknownStory
from store.marks import Marks
from store.model import (
    UNMARKED,
    Act,
    Added,
    Change,
    Event,
    EventId,
    Exported,
    Fit,
    Mark,
    Moved,
    Progress,
    Raw,
    Rule,
    RuleChange,
    RuleKind,
    Saying,
    Story,
    StoryId,
    Summary,
    Why,
)

if TYPE_CHECKING:
    from store import query
    from store.archive.furniture import Recurring
    from store.archive.mend import Mended
    from store.filtering import Asked
    from store.group import Groups
    from store.learning import Lines
    from store.sheets import Differences, Statistics, Timeline

__all__ = ["Changed", "Layout", "Library", "Order", "Shelved", "Skeleton", "held"]

ARCHIVE_FILE = "archive.sqlite3"
GROUPS_FILE = "groups.index"  # a throwaway
EVERY = 1 << 40  # a limit that none reaches
TERM = re.compile(r'"([^"]+)"?|([^\s"]+)')
Told = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Changed:
    """What other programs changed in this library since the last poll."""

    stories: bool
    marks: frozenset[StoryId]


class Library:
    """The facade. Methods raise StoreError only; those that read may be called from any thread."""

    def __init__(self, folder: Path, archive: Archive, marks: Marks, settings: Settings) -> None:
        self.folder = folder
        self.archive = archive
        self.marks = marks
        self.settings = settings
        self.moved: tuple[Moved, ...] = ()  # of the stories that the reader marked, by the last regrouping
        self._known_groups: Groups | None = None
        self._seen = self._stamp()
        self._changes = archive.changes()

    @classmethod
    def open(cls, folder: Path, settings: Settings, *, desk: bool = False) -> Library:
        """Opens or makes a library. desk: hold it for one desk; a second desk's marks are read-only.

        Raises MarksDamaged, ArchiveDamaged, SchemaTooNew, LibraryError.
        """
        archive = Archive.open(folder)
        try:
            marks = Marks.open(folder, desk=desk)
        except BaseException:
            archive.close()
            raise
        return cls(folder, archive, marks, settings)

    @staticmethod
    def mend(folder: Path, *, now: datetime) -> Mended:
        """Sets a damaged archive aside and saves its raw texts into a new one, to be read by `rebuild`."""
        return Archive.mend(folder, stamp=now.strftime("%Y%m%dT%H%M%S"))

    def close(self) -> None:
        """Writes what is not yet written. Raises LibraryError where that fails."""
        try:
            self.marks.close()
        finally:
            self.archive.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What the reader should know about how the library was found."""
        return self.marks.notices

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

    def tags(self) -> tuple[str, ...]:
        """Known tags, most used first."""
        return tuple(tag for tag, _ in sorted(self.marks.tags().items(), key=lambda counted: (-counted[1], counted[0])))

    def queries(self) -> dict[str, str]:
        """The reader's saved queries by name."""
        return queries.saved(self.marks.rules(RuleKind.QUERY))

    def save_query(self, name: str, text: str, *, today: date) -> str:
        """Keeps a query under a name, in place of another of that name; gives the name as it is kept. Raises
        QueryError, InputError."""
        kept = queries.named(name)
        self.check_query(kept, text, today=today)
        self._change_rules(f"Saved the query @{kept}", queries.saving(self.marks.rules(), kept, text))
        return kept

    def check_query(self, name: str, text: str, *, today: date) -> None:
        """Raises QueryError where the text is no query, or would call for itself under that name."""
        from store import query

        others = {n: q for n, q in self.queries().items() if n.casefold() != name.casefold()}
        query.parse(text, today=today, saved=self.queries())
        query.parse(f"@{name}", today=today, saved={**others, name: text})

    def delete_query(self, name: str) -> bool:
        """Takes a saved query away; false where there is none of that name."""
        changes = queries.deleting(self.marks.rules(), name)
        self._change_rules(f"Deleted the query @{name}", changes)
        return bool(changes)

    def _change_rules(self, label: str, changes: tuple[RuleChange, ...]) -> None:
        if changes:
            self.marks.apply(Act(label, rules=changes))
            self.marks.flush()

    def completions(self, typed: str, cursor: int) -> tuple[query.Completion, ...]:
        """How a query could go on at the cursor, likeliest first; tags, outlets and the like are those there are."""
        from store import query

        field = query.field_at(typed, cursor)
        counts: dict[str, int | None]
        if field == "saved":
            counts = dict.fromkeys(self.queries())
        elif field == "tag":
            counts = {tag: self.marks.tags()[tag] for tag in self.tags()}
        else:
            counts = dict(self.archive.values(field))
        return query.completions(typed, cursor, {field: counts})

    def filter(self, text: str, words: str = "", *, today: date) -> Asked | None:
        """The stories that a query and words searched for make together; None where both are empty. Words are only
        words, whatever stands in them, the last one as far as it is typed.

        The dismissed are left out unless the query asks for them. Raises QueryError.
        """
        if not text.strip() and not words.strip():
            return None
        from store import query
        from store.filtering import Asked

        asked = query.parse(text, today=today, saved=self.queries())
        terms = (*asked.terms, *(phrase or word for phrase, word in TERM.findall(words)))
        return Asked(
            self.archive,
            self.marks,
            asked.form,
            words,
            terms=terms,
            with_dismissed=query.asks_for_dismissed(asked.form),
        )

    def matching(self, text: str, *, today: date) -> tuple[Event, ...]:
        """The events, each with only those of its stories that fit the query, newest first. Raises QueryError.

        The dismissed are left out unless the query asks for them.
        """
        asked = self.filter(text, today=today)
        whole = self.lists.skeleton(Layout.EVENTS, Order.NEWEST)
        fits = asked.all(whole.top) if asked else bytearray(b"\1") * (whole.top + 1)
        with_dismissed = asked is not None and asked.with_dismissed
        some = [
            unit
            for unit, start, end in zip(whole.units, whole.starts, whole.starts[1:], strict=False)
            if any(fits[n] for n in whole.members[start:end])
        ]
        found = []
        for event, numbers in (entry for entry in self._shelved(some)):
            kept = tuple(
                s
                for s, n in zip(event.stories, numbers, strict=True)
                if n < len(fits) and fits[n] and (with_dismissed or not self.marks.get(s.id).dismissed)
            )
            if kept:
                found.append(replace(event, stories=kept))
        return tuple(found)

    def _shelved(self, units: Sequence[int]) -> Iterator[Shelved]:
        for some in in_batches(units, 500):
            entries = self.lists.shelved(Layout.EVENTS, some)
            yield from (entries[unit] for unit in some if unit in entries)

    def search(self, text: str, limit: int) -> tuple[StoryId, ...]:
        """Stories whose title or text holds the words, best first."""
        return self.archive.search(text, limit)

    # --- adding

    def add(
        self,
        paths: Sequence[str],
        *,
        now: datetime,
        stdin: BinaryIO | None = None,
        told: Told = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Added:
        """Reads files, folders and, for "-", stdin; stores what is new or revised; groups. Stops between batches; what
        was stored by then is grouped too."""
        from store.adding import Adding, arrivals

        work = Adding(self.archive, self.marks, now)
        work.take(arrivals(paths, stdin=stdin, limit=self.settings.limit, told=told), cancelled)
        try:
            moved = self._grouped((*work.done.added, *work.done.revised), told)
        except LibraryError as error:
            raise type(error)(f"{error} All that came is stored; the next add groups it.") from error
        return replace(work.done, moved=self._marked(moved or ()))

    def _grouped(self, new: Sequence[StoryId], told: Told) -> tuple[Moved, ...]:
        """Places what came, among the events near it where the library is large, else all anew; gives what moved."""
        from store.group import moves

        moved: tuple[Moved, ...] = ()
        if new:
            stories = list(self.archive.stories(new))
            others = self.archive.count() - len(stories)
            placed = self._groups().extend(stories, self.archive, others, rules=self.marks.rules())
            if placed is None:
                return self.regroup(told)
            first = {s: p.event for s, p in self.archive.placements(p.story for p in placed).items()}
            self.archive.place(placed)
            moved = moves.moved(first, {p.story: p.event for p in placed})
        if self.archive.unplaced():
            return self.regroup(told)
        self.moved = self._marked(moved)
        return moved

    def _groups(self) -> Groups:
        """What grouping remembers of this library."""
        from store.group import Groups

        self._known_groups = self._known_groups or Groups(self.folder / GROUPS_FILE)
        return self._known_groups

    def regroup(self, told: Told = lambda _: None) -> tuple[Moved, ...]:
        """Groups all stories anew and gives those that moved; events keep their ids as long as any of their stories.

        Another program may add meanwhile, and the last to place would place too few; so it looks again.
        """
        from store.group import moves

        number, first = -1, self.archive.event_of()
        while number != self.archive.count():
            stories = list(self.archive.stories())
            number = len(stories)
            before, rules = self.archive.event_of(), self.marks.rules()
            self.archive.place(self._groups().place(stories, before=before, rules=rules, progress=told))
        moved = moves.moved(first, self.archive.event_of())
        self.moved = self._marked(moved)
        return moved

    def _marked(self, moved: Iterable[Moved]) -> tuple[Moved, ...]:
        """Those that the reader must be told of."""
        from store.group import moves

        return moves.of_marked(moved, lambda story: self.marks.get(story) != UNMARKED)

    def rebuild(self, told: Told = lambda _: None) -> int:
        """Makes cleaned texts, heads, index and groups anew from the raw texts, without the lines that recur in an
        outlet's stories; marks are not touched."""
        from store import learning

        total = self.archive.count()
        learning.learn(self.archive, lambda done: told(Progress("learning", done, total)))
        done = self.archive.replace_all(self._anew(learning.Lines(self.archive, self.marks), total, told))
        self.regroup(told)
        return done

    def _anew(self, lines: Lines, total: int, told: Told) -> Iterator[Story]:
        from store.adding import ReadingFailed, read

        for number, (story, raw) in enumerate(self.archive.raws()):
            told(Progress("reading", number, total))
            try:
                yield read(raw, story, lines)
            except ReadingFailed:  # as it was read before is better than not at all
                yield self.archive.story(story)

    # --- lines

    def furniture(self) -> tuple[Recurring, ...]:
        """The lines that were learned to be furniture of an outlet, by outlet."""
        return self.archive.furniture.of()

    def reread(self, *, story: StoryId | None = None, outlet: str | None = None) -> int:
        """Reads one story, or an outlet's stories, anew by the rules there are now; how many there were."""
        from store import learning
        from store.adding import ReadingFailed, read

        lines = learning.Lines(self.archive, self.marks)
        wanted = [story] if story else [s.id for s in self.archive.listed() if s.head.source == outlet]
        found = []
        for each in wanted:
            with suppress(ReadingFailed):
                found.append(read(self.archive.raw(each), each, lines))
        self.archive.replace(found)
        return len(found)

    # --- the reader's word on events

    def merging(self, stories: Sequence[StoryId]) -> Act:
        """The act that would put stories, and their events, together. Raises InputError."""
        from store import judging

        return judging.merging(self.archive, self.marks, stories)

    def splitting(self, story: StoryId) -> Act:
        """The act that would take a story out of its event. Raises InputError."""
        from store import judging

        return judging.splitting(self.archive, self.marks, story)

    def keeping(self, story: StoryId, line: str, *, everywhere: bool) -> Act:
        """The act that has a line that was dropped read in this story, or in all of its outlet. Raises InputError."""
        from store import judging

        return judging.keeping(self.archive, self.marks, story, line, everywhere=everywhere)

    def settle(self, stories: Sequence[StoryId], *, reread: Sequence[StoryId] = (), outlets: Sequence[str] = ()) -> int:
        """Has rules that were made or taken back take effect: groups these stories anew, reads those and these outlets'
        anew; how many stories were touched."""
        from store import judging

        moved = judging.rejudge(self.archive, self.marks, stories) if stories else ()
        return len(moved) + sum(self.reread(story=s) for s in reread) + sum(self.reread(outlet=o) for o in outlets)

    def merge(self, stories: Sequence[StoryId]) -> tuple[Moved, ...]:
        """Makes one event of the events of these stories, now and on every grouping; gives what moved."""
        from store import judging

        return judging.merge(self.archive, self.marks, stories)

    def split(self, story: StoryId) -> tuple[Moved, ...]:
        """Takes a story out of its event, now and on every grouping; gives what moved."""
        from store import judging

        return judging.split(self.archive, self.marks, story)

    def overruled(self) -> tuple[tuple[Rule, str], ...]:
        """The rules that newer ones contradict, each with a sentence that says so."""
        from store import judging

        return judging.overruled(self.archive, self.marks)

    def why(self, story: StoryId, other: StoryId | None = None) -> Why:
        """Why a story stands in its event; with other, why the two are one event or are not. Under 0.1 s."""
        from store import judging

        return judging.why(self.archive, self.marks, story, other)

    def quotes(self, stories: Sequence[StoryId]) -> tuple[Saying, ...]:
        """Who said what in these stories, wordings of the same beside each other, by speaker in order of appearance."""
        from store import quotes

        found = [quote for story in self.archive.stories(stories) for quote in quotes.quotes(story)]
        return quotes.sayings(found)

    def differences(self, given: str) -> Differences:
        """The stories of an event compared; given is its id or that of a story of it. Raises UnknownStory."""
        from store import surveys

        return surveys.differences(self.archive, given)

    def storyline(self, given: str) -> Timeline:
        """A storyline by day; given is its id, or that of an event or story of it. Raises UnknownStory."""
        from store import surveys

        return surveys.storyline(self.archive, given)

    def statistics(self, *, now: datetime) -> Statistics:
        """The library and what the reader did with it, in figures."""
        from store import statistics

        return statistics.statistics(self.archive, self.marks, now=now)

    def find_event(self, text: Raw) -> tuple[Fit, ...]:
        """The events that a text belongs to or comes near to, best first; nothing is stored."""
        from store import judging
        from store.adding import read

        return judging.find(self.archive, read(text, StoryId("")))

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

    def poll(self) -> Changed:
        """Takes in what other programs did since the last look."""
        stamp, changes = self._stamp(), self._changes
        if stamp != self._seen:  # a summary that was kept touches the files too, and is no news
            self._seen, self._changes = stamp, self.archive.changes()
        return Changed(self._changes != changes, self.marks.poll())

    def _stamp(self) -> tuple[tuple[int, int], ...]:
        """Changes whenever the archive's files do; costs two looks at the folder."""
        found = []
        for name in (ARCHIVE_FILE, f"{ARCHIVE_FILE}-wal"):
            with suppress(OSError):
                about = (self.folder / name).stat()
                found.append((about.st_mtime_ns, about.st_size))
        return tuple(found)

    # --- summaries and exports

    @property
    def method(self) -> str:
        """The summary method the reader chose, else the one that is default."""
        from store import summary

        return self.settings.summary_method or summary.DEFAULT

    def summary(
        self,
        stories: Sequence[StoryId],
        *,
        method: str | None = None,
        sentences: int | None = None,
        words: int | None = None,
    ) -> Summary:
        """The summary of one story or of several that report one event; kept, so that the next asking is a look-up.

        The method `new` tells what the stories of their event that were read do not hold: of one story, the others.
        """
        from store import summary
        from store.summary.asked import Asked

        chosen = method or self.method
        read = self._read_beside(stories) if chosen == summary.NEW else frozenset()
        found = tuple(self.archive.stories(dict.fromkeys((*stories, *sorted(read)))))
        length = sentences or self.settings.summary_sentences
        asked = Asked(found, chosen, length, words, self._origins(found), read)
        return asked.answer(self.archive.summaries)

    def _read_beside(self, stories: Sequence[StoryId]) -> frozenset[StoryId]:
        """Of the events of these stories those that were read; of a story asked for alone only others."""
        events = {place.event for place in self.archive.placements(stories).values()}
        beside = {member for event in events for member in self.archive.members(event)}
        return frozenset(s for s in beside - (set(stories) if len(stories) == 1 else set()) if self.marks.get(s).read)

    def _origins(self, stories: Sequence[Story]) -> dict[StoryId, str]:
        """Who reported each first: as it was placed, else its agency or outlet."""
        placed = self.archive.placements([s.id for s in stories]) if len(stories) > 1 else {}
        origins = {s: place.origin for s, place in placed.items()}
        return {s.id: origins.get(s.id) or s.head.agency or s.head.source or "" for s in stories}

    def export(
        self,
        text: str = "is:tagged",
        *,
        stories: Collection[StoryId] | None = None,
        format: str = "markdown",
        today: date,
        told: Told = lambda _: None,
    ) -> Exported:
        """The stories that fit a query, or those named, as one document. Raises QueryError, UnknownStory."""
        from store import export

        chosen = self._chosen(text, stories, today)
        asked = sum(len(e.stories) for e in chosen)
        texts = {s.id: s for s in self.archive.stories([s.id for e in chosen for s in e.stories])}
        summaries = {}
        for number, event in enumerate(chosen):
            told(Progress("summarising", number, len(chosen)))
            summaries[event.id] = self.summary([s.id for s in event.stories])
        marks = {s: self.marks.get(s) for s in texts}
        named = text if stories is None else f"{len(stories)} chosen stories"
        review = export.review(chosen, texts, marks, summaries, query=named)
        return Exported(export.EXPORTERS[format](review), asked, review.stories, len(review.sections))

    def _chosen(self, text: str, stories: Collection[StoryId] | None, today: date) -> tuple[Event, ...]:
        if stories is None:
            return self.matching(text, today=today)
        wanted = set(stories)
        found = []
        for event in self.events():
            kept = tuple(s for s in event.stories if s.id in wanted)
            wanted -= {s.id for s in kept}
            if kept:
                found.append(replace(event, stories=kept))
        if wanted:
            raise UnknownStory(f"There is no story {sorted(wanted)[0]} in this library")
        return tuple(found)

    def export_file(self) -> Path:
        """Where an export goes unless the reader says otherwise."""
        return (self.settings.export_folder or Path()) / "press-review.md"

    # --- the reader's place

    def remembered(self) -> dict[str, object]:
        return session.recall(self.folder)

    def remember(self, state: dict[str, object]) -> None:
        session.remember(self.folder, state)
