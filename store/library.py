"""Library: one folder of stories and what the reader did with them; all that the desk and the command line talk to.

Imports nothing heavy: reading, grouping and summarising are loaded by the first act that needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store import queries
from store.archive import Archive
from store.archive.skeleton import Layout, Order, Shelved, Skeleton, held
from store.config import Settings
from store.errors import LibraryError, QueryError
from store.holdings import Changed, Holdings
from store.marks import Marks
from store.model import (
    Act,
    Added,
    Event,
    Exported,
    Fit,
    Lifted,
    Moved,
    Progress,
    Raw,
    Rule,
    RuleChange,
    RuleKind,
    Saying,
    StoryId,
    Summary,
    Why,
)
from store.regrouping import Regrouping

if TYPE_CHECKING:
    from store import query
    from store.archive.furniture import Recurring
    from store.filtering import Asked
    from store.sheets import Differences, Statistics, Timeline

__all__ = ["Changed", "Layout", "Library", "Order", "Shelved", "Skeleton", "held"]

Told = Callable[[Progress], None]


class Library(Holdings):
    """The facade. Methods raise StoreError only; those that read may be called from any thread."""

    def __init__(self, folder: Path, archive: Archive, marks: Marks, settings: Settings) -> None:
        super().__init__(folder, archive, marks, settings)
        self._grouping = Regrouping(folder, archive, marks)

    # --- queries

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
        from store import matching

        return matching.completions(typed, cursor, archive=self.archive, marks=self.marks, saved=self.queries())

    def filter(self, text: str, words: str = "", *, today: date) -> Asked | None:
        """The stories that a query and words searched for make together; None where both are empty. Words are a query
        too, the last one as far as it is typed.

        The dismissed are left out unless the query asks for them. Raises QueryError.
        """
        if not text.strip() and not words.strip():
            return None
        from store import matching

        return matching.asked(text, words, archive=self.archive, marks=self.marks, saved=self.queries(), today=today)

    def nowhere(self, text: str, *, today: date) -> QueryError | None:
        """The first tag, outlet, event and the like that a query asks for and nothing here has; with the nearest."""
        from store import matching

        return matching.nowhere(text, archive=self.archive, marks=self.marks, saved=self.queries(), today=today)

    def matching(self, text: str, *, today: date) -> tuple[Event, ...]:
        """The events, each with only those of its stories that fit the query, newest first. Raises QueryError.

        The dismissed are left out unless the query asks for them.
        """
        from store import matching

        return matching.events(self.lists, self.marks, self.filter(text, today=today))

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
        from store.relearning import stories_parted

        work = Adding(self.archive, self.marks, now)
        arriving = arrivals(paths, stdin=stdin, limit=self.settings.limit, told=told)
        work.take(arriving, cancelled, self._grouping.at_once)
        came = (*work.done.added, *work.done.revised)
        try:
            moved = self._grouping.place(came, told, placed=work.moved)
            if parted := stories_parted(self.archive, self.marks, came):
                moved = (*moved, *self._grouping.place(parted, told))
        except LibraryError as error:
            raise type(error)(f"{error} All that came is stored; the next add groups it.") from error
        return replace(work.done, moved=self._grouping.of_marked(moved or ()))

    @property
    def moved(self) -> tuple[Moved, ...]:
        """Of the stories that the reader marked, those that the last regrouping moved."""
        return self._grouping.moved

    def regroup(self, told: Told = lambda _: None) -> tuple[Moved, ...]:
        """Groups all stories anew and gives those that moved; events keep their ids as long as any of their stories."""
        return self._grouping.all(told)

    def rebuild(self, told: Told = lambda _: None) -> int:
        """Makes cleaned texts, heads, index and groups anew from the raw texts, without the lines that recur in an
        outlet's stories; marks are not touched."""
        from store import rereading

        self.archive.verify()  # or what a damaged row says would be taken for what it said
        done = rereading.all_anew(self.archive, self.marks, told)
        self.regroup(told)
        return done

    # --- lines

    def furniture(self) -> tuple[Recurring, ...]:
        """The lines that were learned to be furniture of an outlet, by outlet."""
        return self.archive.furniture.of()

    def reread(self, *, story: StoryId | None = None, outlet: str | None = None) -> int:
        """Reads one story, or an outlet's stories, anew by the rules there are now; how many there were."""
        from store import rereading

        return rereading.some_anew(self.archive, self.marks, story=story, outlet=outlet)

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
        return self.judge(self.merging(stories))

    def split(self, story: StoryId) -> tuple[Moved, ...]:
        """Takes a story out of its event, now and on every grouping; gives what moved. Raises InputError."""
        return self.judge(self.splitting(story))

    def judge(self, act: Act) -> tuple[Moved, ...]:
        """Does an act of `merging` or `splitting` and has it take effect; gives what moved."""
        from store import judging

        self.marks.apply(act)
        self.marks.flush()
        if judging.lets_go(act):
            return self.regroup()
        return judging.rejudge(self.archive, self.marks, judging.concerned(act))

    def lifted(self, act: Act) -> tuple[Lifted, ...]:
        """What an act takes back of what was said before it, oldest first."""
        from store import judging

        return judging.told_lifted(self.archive, self.marks, act)

    def overruled(self) -> tuple[tuple[Rule, str], ...]:
        """The rules that newer ones contradict, each with a sentence that says so."""
        from store import judging

        return judging.overruled(self.archive, self.marks)

    def why(self, story: StoryId, other: StoryId | None = None) -> Why:
        """Why a story stands in its event; with other, why the two are one event or are not. Under 0.1 s."""
        from store import judging

        return judging.why(self.archive, self.marks, story, other, whole=self._grouping.whole())

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
        from store.intake.identity import story_id

        return judging.find(self.archive, read(text, story_id(text)), whole=self._grouping.whole())

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
        from store import condensing

        length = sentences or self.settings.summary_sentences
        chosen = method or self.method
        return condensing.condensed(self.archive, self.marks, stories, method=chosen, sentences=length, words=words)

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
        from store import reviewing

        chosen = self.matching(text, today=today) if stories is None else reviewing.holding(self.events(), stories)
        named = text if stories is None else f"{len(stories)} chosen stories"
        return reviewing.reviewed(
            chosen,
            archive=self.archive,
            marks=self.marks,
            summarise=self.summary,
            format=format,
            named=named,
            told=told,
        )

    def export_file(self) -> Path:
        """Where an export goes unless the reader says otherwise."""
        return (self.settings.export_folder or Path()) / "press-review.md"
