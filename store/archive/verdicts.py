"""Whether a raw text is new, the same as one held, or a revision of one: the rules of adding twice, without a database.

A story is known by its id, by ids it would have had (a later text's, an address learned later) and by the sources it
came from. Each source remembers the text last seen there, so a folder that holds two versions of a page is the same
folder the second time, and a file that is changed back is a revision again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from store.model import StoryId


class Verdict(StrEnum):
    ADDED = "added"
    SAME = "same"
    REVISED = "revised"


@dataclass(frozen=True, slots=True)
class Seen:
    """A story under a name, and the digest of the text last seen under that name."""

    story: StoryId
    digest: str


class Known(Protocol):
    def named(self, name: str) -> Seen | None: ...
    def held(self, story: StoryId) -> Held | None: ...
    def has_revision(self, story: StoryId, digest: str) -> bool: ...
    def stories_with(self, digest: str) -> list[StoryId]: ...


@dataclass(frozen=True, slots=True)
class Held:
    """The revision of a story that is shown, and the address that came with it."""

    digest: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    story: StoryId
    digest: str
    source: str | None
    address: str | None

    @property
    def names(self) -> tuple[str, ...]:
        own = f"id {self.story}"
        return (own,) if self.source is None else (own, at(self.source))


def at(source: str) -> str:
    return f"at {source}"


def judge(arrival: Arrival, known: Known) -> tuple[Verdict, StoryId]:
    here = known.named(at(arrival.source)) if arrival.source is not None else None
    if here and here.digest == arrival.digest and _may_be(here.story, arrival, known):
        return Verdict.SAME, here.story
    story = _by_id(arrival, known)
    if story is not None:
        return _against(story, arrival, known, changed_here=here is not None and here.story == story), story
    if here and _may_be(here.story, arrival, known):
        return Verdict.REVISED, here.story
    for twin in known.stories_with(arrival.digest):
        if _may_be(twin, arrival, known):
            return Verdict.SAME, twin
    return Verdict.ADDED, arrival.story


def _by_id(arrival: Arrival, known: Known) -> StoryId | None:
    if known.held(arrival.story):
        return arrival.story
    other = known.named(f"id {arrival.story}")
    return other.story if other else None


def _against(story: StoryId, arrival: Arrival, known: Known, *, changed_here: bool) -> Verdict:
    held = known.held(story)
    if held and held.digest == arrival.digest:
        return Verdict.SAME
    if not changed_here and known.has_revision(story, arrival.digest):
        return Verdict.SAME  # an old version lying elsewhere
    return Verdict.REVISED


def _may_be(story: StoryId, arrival: Arrival, known: Known) -> bool:
    """Two addresses are two stories, word for word alike though they be, and though one file held both in turn."""
    held = known.held(story)
    if not (held and held.address and arrival.address) or held.address == arrival.address:
        return True
    return story == arrival.story or _renamed(story, arrival, known)


def _renamed(story: StoryId, arrival: Arrival, known: Known) -> bool:
    other = known.named(f"id {arrival.story}")
    return other is not None and other.story == story
