"""Where a story stands among the others, why, and where a text would stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.model.ids import EventId, StoryId, StorylineId
from store.model.rules import RuleKind


@dataclass(frozen=True, slots=True)
class Shared:
    """What two stories both hold: a "name", "place", "number", "date", "quotation" or "phrase", as one of them writes
    it. stories is how many of the event hold it, as far as they were looked at."""

    kind: str
    text: str
    weight: float
    stories: int = 2


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a story stands among the others, and why, in one plain sentence.

    nearest is the story of the same event most like it (None for a story alone); likeness is in 0..1.
    copy_of is the earlier story whose copy this one runs, where it does. origin names who reported it first, an agency
    or an outlet: stories of one origin confirm each other no more than one story would. inferred: the story has no date
    of its own and was placed by what it cites and by its neighbours. storyline_why says what links its event to the
    storyline, empty where the event is a storyline of its own. shared: what the story and the nearest both hold, which
    no archive keeps.
    """

    story: StoryId
    event: EventId
    storyline: StorylineId
    why: str
    nearest: StoryId | None = None
    likeness: float = 0.0
    copy_of: StoryId | None = None
    origin: str = ""
    inferred: bool = False
    storyline_why: str = ""
    shared: tuple[Shared, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A story that stands in another event than before."""

    story: StoryId
    before: EventId
    after: EventId


@dataclass(frozen=True, slots=True)
class Why:
    """Why a story stands where it does: other is the nearest story of its event, or the one that was asked about.

    shared: heaviest first. apart: what keeps the two from being one event, strongest first. rule: the reader's own that
    decides, where one does. sentence says all of it in plain words. inferred: see Placement, of the story.
    """

    story: StoryId
    other: StoryId | None
    together: bool
    likeness: float
    sentence: str
    shared: tuple[Shared, ...] = ()
    apart: tuple[str, ...] = ()
    rule: RuleKind | None = None
    inferred: bool = False


class Nearness(StrEnum):
    """How sure it is that a text reports an event."""

    BELONGS = "belongs"
    PERHAPS = "perhaps"
    ANOTHER = "another event"


@dataclass(frozen=True, slots=True)
class Fit:
    """An event that a text may belong to. likeness is its mean likeness to the event's stories; belongs: grouping would
    put it there, and nearness how sure that is; nearest is the story of the event that is likest, and why says what
    they share. held: the story of the library that this text is, where it is one; its event then comes first."""

    event: EventId
    headline: str
    likeness: float
    belongs: bool
    nearest: StoryId
    why: str
    stories: int = 1
    nearness: Nearness = Nearness.ANOTHER
    held: StoryId | None = None
