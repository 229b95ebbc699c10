"""What the verdict on an arriving text asks of an archive: the names, addresses and revisions that are recorded."""

from __future__ import annotations

from store.archive import rows
from store.archive.asking import Asking
from store.archive.verdicts import Held, Seen
from store.model import StoryId, outlet_key


class Recorded(Asking):
    """Known, as verdicts.py has it; without what was judged and is not put yet, which pending.py knows."""

    def named(self, name: str) -> Seen | None:
        row = self._one("SELECT story, digest FROM names WHERE name = ?", (name,))
        return Seen(StoryId(row[0]), row[1]) if row else None

    def held(self, story: StoryId) -> Held | None:
        row = self._one("SELECT digest, address FROM stories WHERE id = ?", (story,))
        return Held(row[0], row[1]) if row else None

    def has_revision(self, story: StoryId, digest: str) -> bool:
        return self._one("SELECT 1 FROM revisions WHERE story = ? AND digest = ?", (story, digest)) is not None

    def stories_with(self, digest: str) -> list[StoryId]:
        query = "SELECT DISTINCT story FROM revisions WHERE digest = ? ORDER BY r"
        return [StoryId(story) for (story,) in self._rows(query, (digest,))]

    def outlet(self, story: StoryId) -> str | None:
        query = "SELECT packed FROM revisions JOIN stories ON story = id WHERE id = ? "
        newest = "ORDER BY revisions.digest = stories.digest DESC, r DESC"
        with self._reading_row():
            given = (rows.unpack_raw(packed).given.outlet for (packed,) in self._rows(query + newest, (story,)))
            return next((outlet_key(outlet) for outlet in given if outlet), None)
