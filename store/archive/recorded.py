"""What the verdict on an arriving text asks of an archive: the names, addresses and revisions that are recorded."""

from __future__ import annotations

from store.archive.asking import Asking
from store.archive.verdicts import Held, Seen
from store.model import StoryId


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
