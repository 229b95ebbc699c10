"""Whether a raw text is new, the same as one held, or a revision of one: the rules of adding twice, without a database.

A story is known by its id, by ids it would have had (a later text's, an address learned later) and by the sources it
came from. Each source remembers the text last seen there, so a folder that holds two versions of a page is the same
folder the second time, and a file that is changed back is a revision again.

One text of two outlets is two stories, but a record that names another outlet than it did before, at the same place, is
a revision. One that names none is of the outlet's story that has its text, and does not take its place.
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
    def outlet(self, story: StoryId) -> str | None:
        """That of the newest revision that came with one, as outlet_key has it."""


@dataclass(frozen=True, slots=True)
class Held:
    """The revision of a story that is shown, and the address that came with it."""

    digest: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """apart: the id of its story where another outlet's has `story`; outlet: as outlet_key has it. Neither where an
    address tells which story it is."""

    story: StoryId
    digest: str
    source: str | None
    address: str | None
    apart: StoryId | None = None
    outlet: str | None = None

    @property
    def nameless(self) -> bool:
        return self.address is None and self.outlet is None

    @property
    def names(self) -> tuple[str, ...]:
        own = [f"id {story}" for story in (self.story, self.apart) if story]
        return tuple(own) if self.source is None else (*own, at(self.source))


def at(source: str) -> str:
    return f"at {source}"


def judge(arrival: Arrival, known: Known) -> tuple[Verdict, StoryId]:
    here = known.named(at(arrival.source)) if arrival.source is not None else None
    again = here is not None and here.digest == arrival.digest
    if here and again and _is(here.story, arrival, known):
        return Verdict.SAME, here.story
    story = _by_id(arrival, known)
    if story is not None:
        return _against(story, arrival, known, changed_here=here is not None and here.story == story), story
    if here and not again and _may_be(here.story, arrival, known):
        return Verdict.REVISED, here.story
    for twin in known.stories_with(arrival.digest):
        if _is(twin, arrival, known):
            return Verdict.SAME, twin
    taken = arrival.apart and known.held(arrival.story)
    return Verdict.ADDED, (taken and arrival.apart) or arrival.story


def _by_id(arrival: Arrival, known: Known) -> StoryId | None:
    """The story that has its id, or would have had it."""
    if arrival.apart and known.held(arrival.apart):
        return arrival.apart
    for story in (arrival.apart, arrival.story):
        other = known.named(f"id {story}") if story and not known.held(story) else None
        found = other.story if other else story
        if found and known.held(found) and _may_be_of(found, arrival, known):
            return found
    return None


def _against(story: StoryId, arrival: Arrival, known: Known, *, changed_here: bool) -> Verdict:
    held = known.held(story)
    if held and held.digest == arrival.digest:
        return Verdict.SAME
    if not changed_here and known.has_revision(story, arrival.digest):
        return Verdict.SAME  # an old version lying elsewhere
    if not changed_here and arrival.nameless and known.outlet(story):
        return Verdict.SAME  # it would take the outlet away
    return Verdict.REVISED


def _is(story: StoryId, arrival: Arrival, known: Known) -> bool:
    return _may_be(story, arrival, known) and _may_be_of(story, arrival, known)


def _may_be_of(story: StoryId, arrival: Arrival, known: Known) -> bool:
    """Two outlets are two stories, word for word alike though they be."""
    held = known.held(story)
    if arrival.outlet is None or (held and held.digest == arrival.digest):
        return True
    return known.outlet(story) in (None, arrival.outlet)


def _may_be(story: StoryId, arrival: Arrival, known: Known) -> bool:
    """Two addresses are two stories, word for word alike though they be, and though one file held both in turn."""
    held = known.held(story)
    if not (held and held.address and arrival.address) or held.address == arrival.address:
        return True
    return story == arrival.story or _renamed(story, arrival, known)


def _renamed(story: StoryId, arrival: Arrival, known: Known) -> bool:
    other = known.named(f"id {arrival.story}")
    return other is not None and other.story == story
