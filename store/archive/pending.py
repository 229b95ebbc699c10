"""What an `add` has judged and not yet put: an overlay on the archive, so that stories of one batch know each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.archive.verdicts import Arrival, Held, Known, Seen, Verdict
from store.model import StoryId


@dataclass(frozen=True, slots=True)
class Name:
    """A name learned for a story. The story is in the archive, or is about to be."""

    name: str
    seen: Seen
    address: str | None


@dataclass(slots=True)
class Pending:
    """Known, as the archive will be once everything judged is put."""

    archive: Known
    names: dict[str, Name] = field(default_factory=dict)
    revisions: dict[StoryId, list[Held]] = field(default_factory=dict)
    outlets: dict[str, str] = field(default_factory=dict)  # by digest, of what is not put yet
    by_digest: dict[str, list[StoryId]] = field(default_factory=dict)
    addresses: dict[StoryId, str] = field(default_factory=dict)  # learned for stories that had none

    def note(self, verdict: Verdict, story: StoryId, arrival: Arrival) -> None:
        for name in arrival.names:
            self.names[name] = Name(name, Seen(story, arrival.digest), arrival.address)
        if arrival.address:
            self.addresses.setdefault(story, arrival.address)
        if verdict is not Verdict.SAME:
            self.revisions.setdefault(story, []).append(Held(arrival.digest, arrival.address))
            self.by_digest.setdefault(arrival.digest, []).append(story)
            if arrival.outlet:
                self.outlets[arrival.digest] = arrival.outlet

    def settle(self, story: StoryId, digest: str) -> None:
        """Forget what is now in the archive."""
        left = [held for held in self.revisions.pop(story, []) if held.digest != digest]
        if left:
            self.revisions[story] = left
        if story in self.by_digest.get(digest, []):
            self.by_digest[digest].remove(story)
        if not self.by_digest.get(digest):
            self.by_digest.pop(digest, None)
            self.outlets.pop(digest, None)

    def named(self, name: str) -> Seen | None:
        mine = self.names.get(name)
        return mine.seen if mine else self.archive.named(name)

    def held(self, story: StoryId) -> Held | None:
        mine = self.revisions.get(story)
        held = mine[-1] if mine else self.archive.held(story)
        return held and Held(held.digest, held.address or self.addresses.get(story))

    def has_revision(self, story: StoryId, digest: str) -> bool:
        mine = any(held.digest == digest for held in self.revisions.get(story, []))
        return mine or self.archive.has_revision(story, digest)

    def stories_with(self, digest: str) -> list[StoryId]:
        return [*self.by_digest.get(digest, []), *self.archive.stories_with(digest)]

    def outlet(self, story: StoryId) -> str | None:
        mine = (self.outlets.get(held.digest) for held in reversed(self.revisions.get(story, [])))
        return next((outlet for outlet in mine if outlet), None) or self.archive.outlet(story)
