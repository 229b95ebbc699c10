"""Reading an archive: stories, their raw texts, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from store.archive import rows, schema
from store.archive.asking import AT_ONCE, Asking, holes
from store.archive.database import Database
from store.archive.lists import Lists
from store.archive.skeleton import Layout, in_batches
from store.errors import UnknownStory
from store.model import Event, EventId, Listed, Placement, Raw, Story, StoryId

BEHIND = (
    "{} lacks what was added to it last: its log, a file beside it, was removed or emptied, it is an older copy, or "
    "the power failed. Add the same again."
)
_HEAD = ", ".join(schema.HEAD)
_LISTED = ", ".join(rows.LISTED)


class Reading(Asking):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.lists = Lists(database, self._reading_row)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was wrong with its files when it was opened and cannot be mended, a sentence each."""
        return self._db.notes

    @property
    def behind(self) -> str:
        """That what was added last is not here, where that is known; else empty."""
        return BEHIND.format(self._db.path) if self._db.behind else ""

    @property
    def another(self) -> bool:
        """Whether there was another archive here, with texts in it, since which nothing was added."""
        return self._db.another

    def unread(self) -> bool:
        """Whether its stories are those that a mend saved, and no `rebuild` came to its end since: they are the first
        then, whatever was added after, and not in the index."""
        query = "SELECT 1 FROM search_docsize WHERE id = (SELECT min(n) FROM stories)"
        return self.holds_any() and self._one(query) is None

    def count(self) -> int:
        (number,) = self._one("SELECT count(*) FROM stories")
        return int(number)

    def tally(self) -> int:
        """How many stories there are by the count that is kept of them: at once, and wrong only where it is damaged."""
        kept = self._one("SELECT rows FROM sums WHERE name = 'stories'")
        return int(kept[0]) if kept else self.count()

    def holds_any(self) -> bool:
        """Whether there is a story; one look, however many there are."""
        return self._one("SELECT 1 FROM stories LIMIT 1") is not None

    def changes(self) -> int:
        """A number that grows with every change of stories or places, by whatever program."""
        (number,) = self._one("SELECT max(n) FROM changes")
        return int(number or 0)

    def story(self, story: StoryId) -> Story:
        for found in self.stories((story,)):
            return found
        raise UnknownStory(f"There is no story {story} in this library.")

    def stories(self, ids: Iterable[StoryId] | None = None) -> Iterator[Story]:
        """The stories asked for that are held, in the order asked for; all of them, in order of arrival, for None."""
        query = f"SELECT id, packed, {_HEAD} FROM stories JOIN passages USING (n)"
        if ids is None:
            yield from (self._story(row) for row in self._all(query))
            return
        for some in in_batches(list(ids), AT_ONCE):
            held = {row[0]: row for row in self._rows(f"{query} WHERE id IN ({holes(some)})", some)}
            yield from (self._story(held[story]) for story in some if story in held)

    def raws(self) -> Iterator[tuple[StoryId, Raw]]:
        """The raw text of every story, of the revision that is shown, in order of arrival."""
        query = "SELECT id, packed FROM stories JOIN revisions ON story = id AND revisions.digest = stories.digest"
        for story, packed in self._all(query):
            with self._reading_row():
                raw = rows.unpack_raw(packed)
            yield StoryId(story), raw

    def raw(self, story: StoryId) -> Raw:
        """The newest raw text of one story."""
        return self.revisions(story)[-1]

    def revisions(self, story: StoryId) -> tuple[Raw, ...]:
        """Every raw text the story has had, each once, oldest first, with the one that is shown last."""
        query = (
            "SELECT packed FROM revisions JOIN stories ON story = id WHERE id = ? "
            "ORDER BY revisions.digest = stories.digest, r"
        )
        with self._reading_row():
            found = tuple(rows.unpack_raw(packed) for (packed,) in self._rows(query, (story,)))
        if not found:
            raise UnknownStory(f"There is no story {story} in this library.")
        return found

    def listed(self, ids: Sequence[StoryId] | None = None) -> tuple[Listed, ...]:
        """Stories without their texts: those asked for that are held, in the order asked for; every one, in order of
        arrival, for None."""
        query = f"SELECT {_LISTED} FROM stories"
        with self._reading_row():
            if ids is None:
                return tuple(rows.read_listed(row) for row in self._rows(f"{query} ORDER BY n"))
            held: dict[str, Listed] = {}
            for some in in_batches(ids, AT_ONCE):
                found = self._rows(f"{query} WHERE id IN ({holes(some)})", some)
                held |= {row[0]: rows.read_listed(row) for row in found}
        return tuple(held[story] for story in ids if story in held)

    def events(self) -> tuple[Event, ...]:
        """Every event, in the order of the list: newest first. A story that has not been placed is one of its own."""
        order = [e for (e,) in self._rows("SELECT u FROM events ORDER BY newest DESC, u DESC")]
        found = self.lists.shelved(Layout.EVENTS, order)
        return tuple(found[e].event for e in order if e in found)

    def event_of(self) -> Mapping[StoryId, EventId]:
        """The event of every story that has been placed."""
        return dict(self._rows("SELECT id, event FROM stories WHERE event IS NOT NULL ORDER BY n"))

    def unplaced(self) -> bool:
        """Whether a story has not been placed; one look into an index."""
        return self._one("SELECT 1 FROM stories WHERE event IS NULL LIMIT 1") is not None

    def placements(self, ids: Iterable[StoryId]) -> dict[StoryId, Placement]:
        """Where those of the stories stand that have been placed."""
        query = f"SELECT id, {', '.join(schema.PLACE)} FROM stories WHERE event IS NOT NULL AND id IN "
        with self._reading_row():
            found = [
                rows.read_place(row)
                for some in in_batches(list(ids), AT_ONCE)
                for row in self._rows(f"{query}({holes(some)})", some)
            ]
        return {placement.story: placement for placement in found}

    def members(self, event: EventId) -> tuple[StoryId, ...]:
        """The stories of an event, in order of arrival; none for an event that there is not."""
        return tuple(
            StoryId(story) for (story,) in self._rows("SELECT id FROM stories WHERE event = ? ORDER BY n", (event,))
        )

    def _story(self, row: rows.Row) -> Story:
        with self._reading_row():
            story, packed, *head = row
            return Story(StoryId(story), rows.read_head(head), rows.unpack_passages(packed))
