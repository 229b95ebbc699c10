"""What the sheets of an event show: values that a room or the library makes and an export writes. As model/: frozen,
slotted, standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from store.model import EventId, StoryId

INFERRED = "It has no date of its own: it was placed by what it cites and by its neighbours."


@dataclass(frozen=True, slots=True)
class Voice:
    """An independent origin of an event's reports. outlets are those that run it, in order of appearance; name is that
    of the agency or outlet, or a title in quotation marks where nobody is named; no two voices have the same."""

    name: str
    outlets: tuple[str, ...]
    stories: tuple[StoryId, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said, in one of its wordings; voices are the numbers of those that say it, in order."""

    text: str
    story: StoryId
    paragraph: int
    voices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What some voices give where others give another: value as written ("23 men"), and a sentence that gives it."""

    value: str
    voices: tuple[int, ...]
    text: str
    story: StoryId
    paragraph: int
    day: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """kind is "number", "date", "place", "name" or "title"; at least two versions, that of most voices first."""

    kind: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """What only one voice says, weightiest first, and what it leaves out of that which half of the voices say: numbers
    in `Differences.told`. Of two voices, each leaves out what the other alone says."""

    voice: int
    claims: tuple[Claim, ...]
    leaves_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """The stories of an event compared by voice. shared: what several voices say, that of most first."""

    headline: str
    voices: tuple[Voice, ...]
    shared: tuple[Claim, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    alone: tuple[Alone, ...] = ()

    @property
    def told(self) -> tuple[Claim, ...]:
        """Every claim by its number: the shared ones, then what one voice alone says, voice by voice."""
        return (*self.shared, *(claim for alone in self.alone for claim in alone.claims))


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on one day of its storyline: its stories of that day. why links it to the storyline."""

    event: EventId
    story: StoryId
    headline: str
    stories: int
    first: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a storyline. silent: days without a report right before it; new_origins: origins that had not reported
    before; burst: far more stories than its other days have."""

    day: str
    stories: int
    outlets: tuple[str, ...]
    happenings: tuple[Happening, ...]
    silent: int = 0
    new_origins: tuple[str, ...] = ()
    burst: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """A storyline by day, oldest first. first_by and first_at: who reported it first, and when as exactly as is known;
    undated are the stories that no day could be found for."""

    headline: str
    events: int
    stories: int
    days: tuple[Day, ...]
    first_by: str = ""
    first_at: str = ""
    undated: tuple[Happening, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How many stories have a tag that was put on in each week, oldest first."""

    tag: str
    weeks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """A library and its reader in figures. Most first; days and weeks oldest first, without holes, weeks by the day
    they begin. coverage: in how many of the starred events each outlet reports."""

    stories: int
    unread: int
    unread_by_outlet: tuple[Count, ...]
    unread_by_day: tuple[Count, ...]
    weeks: tuple[str, ...]
    tags: tuple[Usage, ...]
    starred_events: int
    coverage: tuple[Count, ...]
