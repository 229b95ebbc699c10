"""Placing a few more stories: only the events near them are looked at again, all others stay as they are.

What is decided here with the events around in view is decided by the rules of the whole; what is not is the idf of the
day on which a story came, and two events that only later stories, near neither, would have drawn together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

from store.group import AGAIN, columns, packed, placing
from store.group.columns import Columns
from store.group.grouped import Grouped
from store.group.index import Index, Words
from store.group.resting import resting
from store.group.vectors import Whole
from store.model import EventId, Placement, Progress, Rule, Story, StoryId, StorylineId

_TOGETHER = 4  # new stories that are placed together: what is looked at for them is compared in full tables
_EVENTS = 4  # looked at for a new story
_MEMBERS = 12  # stories of one event that are looked at; its others stay with the larger part of these


_MISSING = 500  # stories that the index lacks and that are looked up without a word
_AT_ONCE = 200  # texts read again in one go
_UNSAVED = 500  # stories by which an index may fall behind: half a second's reading at the next start
_FEW = 0.1  # share of the library beyond which a batch is no small one
_SMALL = 1000  # stories that are grouped anew in a second or two


class Kept(Protocol):
    """What was kept of stories when they were read."""

    def moment(self) -> int: ...
    def keep(self, traits: Iterable[tuple[StoryId, bytes]], read_at: int) -> None: ...
    def of(self, ids: Iterable[StoryId] | None = None) -> Iterable[tuple[StoryId, bytes | None]]: ...


class Shelf(Protocol):
    """Where stories stand, as the archive tells it."""

    def stories(self, ids: Iterable[StoryId] | None = None) -> Iterable[Story]: ...
    @property
    def traits(self) -> Kept: ...
    def placements(self, ids: Iterable[StoryId]) -> Mapping[StoryId, Placement]: ...
    def members(self, event: EventId) -> tuple[StoryId, ...]: ...
    def event_of(self) -> Mapping[StoryId, EventId]: ...


class Growing:
    """The index of one library, for one process; kept in a file that may be lost."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index: Index | None = None
        self._words: Words | None = None
        self._unsaved = 0

    def extend(
        self,
        new: Sequence[StoryId],
        shelf: Shelf,
        known: int,
        progress: Callable[[Progress], None],
        standing: Sequence[Rule] = (),
    ) -> tuple[Placement, ...] | None:
        """What `extend` gives; None where all of the library should be grouped. known: how many stories there are
        besides the new ones. progress: is told where the index was lost, or lacks what another program added."""
        if known < _SMALL or len(new) > _FEW * known:
            return None
        if self._index is None:
            self._index = Index.load(self._path)
        here = set(new)
        missing: list[StoryId] = []
        if _besides(self._index, here) != known:
            missing = [s for s in shelf.event_of() if s not in self._index and s not in here]
        if missing:
            say = progress if len(missing) > _MISSING else lambda _: None
            self._index.add(columns.words(_telling(kept(shelf, missing), len(missing), say)))
        placed = extend(new, self._index, shelf, standing)
        self._unsaved += len(new) + len(missing)
        if self._unsaved >= _UNSAVED:
            self._save()
        return placed

    def at_hand(self, known: int, new: Collection[StoryId]) -> bool:
        """Whether `extend` goes on at once: the index is here, lacks no story, and needs not be saved after these."""
        if self._index is None or known < _SMALL or self._unsaved + len(new) >= _UNSAVED:
            return False
        return _besides(self._index, set(new)) == known

    def regroup(
        self,
        shelf: Shelf,
        before: Mapping[StoryId, EventId],
        progress: Callable[[Progress], None],
        standing: Sequence[Rule],
    ) -> list[Placement]:
        """Places of all stories of the shelf."""
        progress(Progress("reading stories", 0, 0))
        known = columns.arranged(kept(shelf))
        self.begin(known)
        return placing.place_known(known, before, progress, standing, in_full=False)

    def whole(self) -> Whole | None:
        """What the index says of words; None where there is none."""
        if self._index is not None and len(self._index):
            return self._index
        self._words = self._words or Words.load(self._path)
        return self._words

    def begin(self, stories: Columns) -> None:
        """Makes the index anew; it is read again when it is asked for: grouping all takes the memory it would take."""
        self._index, self._words = Index(), None
        self._index.add(stories)
        if self._save():
            self._index = None

    def _save(self) -> bool:
        """What cannot be saved is made again."""
        if self._index is not None:
            with suppress(OSError):
                self._index.save(self._path)
                self._unsaved = 0
                return True
        return False


def _besides(index: Index, stories: Collection[StoryId]) -> int:
    """How many others it holds."""
    return index.known - sum(story in index for story in stories)


def _telling(
    stories: Iterable[tuple[StoryId, bytes]], number: int, progress: Callable[[Progress], None]
) -> Iterator[tuple[StoryId, bytes]]:
    """The same, saying how far it is."""
    for done, story in enumerate(stories):
        if done % _AT_ONCE == 0:
            progress(Progress(AGAIN, done, number))
        yield story
    progress(Progress(AGAIN, number, number))


def extend(new: Sequence[StoryId], index: Index, shelf: Shelf, standing: Sequence[Rule] = ()) -> tuple[Placement, ...]:
    """Places of the new stories, and of those of others that change. The new ones are in the index afterwards.

    A few at a time, each as if those before stood on the shelf, unless they are many beside those known: about 2.5 ms a
    story beside what the shelf takes, in a library of any size.
    """
    with resting():
        read = columns.words(kept(shelf, new))
        together = _TOGETHER if len(read) <= _FEW * index.known else len(read)
        index.add(read)
        ahead = _Ahead(shelf)
        for start in range(0, len(read), together or 1):
            some = range(start, min(start + together, len(read)))
            ranked = zip_longest(*(index.near(read, at) for at in some))
            near = dict.fromkeys(found for row in ranked for found in row if found)
            ahead.put(_extend({read.ids[at]: None for at in some}, near, index, ahead, standing))
        return tuple(ahead.placed.values())


def _extend(
    here: Mapping[StoryId, None], near: Mapping[StoryId, None], index: Index, shelf: Shelf, standing: Sequence[Rule]
) -> Iterable[Placement]:
    """The same of a few stories that are in the index; near: stories that share rare words with them."""
    before = dict(shelf.placements(here.keys() | near.keys() | _ruled(standing, here)))
    chosen = list(dict.fromkeys(found for event in _events(near, before, here) for found in _some(event, near, shelf)))
    looked = [story for story in chosen if story not in here]
    before.update(shelf.placements(story for story in looked if story not in before))
    stories = [*here, *looked]
    old = {story: before[story].event for story in stories if story in before}
    taken = _Taken(set(old.values()), shelf)
    known = columns.arranged(kept(shelf, stories))
    found = placing.grouping(known, old, lambda _: None, standing, index=index, taken=taken, asked=here, in_full=False)
    return list(_changed(found, before, here))


class _Ahead:
    """A shelf as it will be when what was placed so far stands there."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._members: dict[EventId, dict[StoryId, None]] = {}  # that have come to each event
        self.placed: dict[StoryId, Placement] = {}

    @property
    def traits(self) -> Kept:
        return self._shelf.traits

    def stories(self, ids: Iterable[StoryId] | None = None) -> Iterable[Story]:
        return self._shelf.stories(ids)

    def event_of(self) -> Mapping[StoryId, EventId]:
        return {**self._shelf.event_of(), **{story: p.event for story, p in self.placed.items()}}

    def placements(self, ids: Iterable[StoryId]) -> Mapping[StoryId, Placement]:
        wanted = list(ids)
        found = dict(self._shelf.placements(story for story in wanted if story not in self.placed))
        return found | {story: self.placed[story] for story in wanted if story in self.placed}

    def members(self, event: EventId) -> tuple[StoryId, ...]:
        came = self._members.get(event, {})
        stay = (story for story in self._shelf.members(event) if story not in self.placed)
        return (*stay, *came)

    def put(self, placements: Iterable[Placement]) -> None:
        for placement in placements:
            if old := self.placed.get(placement.story):
                self._members[old.event].pop(placement.story)
            self.placed[placement.story] = placement
            self._members.setdefault(placement.event, {})[placement.story] = None


def kept(shelf: Shelf, ids: Sequence[StoryId] | None = None) -> Iterator[tuple[StoryId, bytes]]:
    """What grouping reads of stories, of all for None. What the shelf has not kept is read from the texts, and kept."""
    missing = []
    for story, held in shelf.traits.of(ids):
        if held is not None and packed.fresh(held):
            yield story, held
        else:
            missing.append(story)
    for start in range(0, len(missing), _AT_ONCE):
        moment = shelf.traits.moment()
        made = [(story.id, placing.read_one(story)) for story in shelf.stories(missing[start : start + _AT_ONCE])]
        shelf.traits.keep(made, moment)
        yield from made


def _ruled(standing: Sequence[Rule], here: Collection[StoryId]) -> set[StoryId]:
    """Stories that a rule puts beside, or off, a new one."""
    return {StoryId(story) for rule in standing if any(StoryId(s) in here for s in rule.of) for story in rule.of}


def _events(
    near: Mapping[StoryId, None], before: Mapping[StoryId, Placement], here: Collection[StoryId]
) -> dict[EventId, None]:
    """The events to look at: those near, some for each new story, nearest first; and those that rules are about."""
    found = dict.fromkeys(before[story].event for story in near if story in before)
    ruled = (placement.event for story, placement in before.items() if story not in near)
    return dict.fromkeys((*list(found)[: _EVENTS * len(here)], *ruled))


def _some(event: EventId, near: Mapping[StoryId, None], shelf: Shelf) -> list[StoryId]:
    """An event's stories, of a large one those nearest and the newest to come."""
    members = shelf.members(event)
    if len(members) <= _MEMBERS:
        return list(members)
    nearest = [story for story in members if story in near][: _MEMBERS // 2]
    others = [story for story in reversed(members) if story not in near]
    return nearest + others[: _MEMBERS - len(nearest)]


class _Taken:
    """Names that no new event may have: those of events elsewhere. Asked of the shelf, for few names are tried."""

    def __init__(self, here: Collection[EventId], shelf: Shelf) -> None:
        self._here = here
        self._shelf = shelf

    def __contains__(self, name: object) -> bool:
        return name not in self._here and bool(self._shelf.members(EventId(str(name))))


def _changed(found: Grouped, before: Mapping[StoryId, Placement], here: Collection[StoryId]) -> Iterator[Placement]:
    """Places of the new stories, and of others that change. Storylines go on as events do; a story that stays in its
    event, beside the same one, stays as it was."""
    ids, events = found.stories.ids, found.events
    lines = _lines(found, before)
    stay = [story in before and before[story].event == event for story, event in zip(ids, events, strict=True)]
    reasons = {events[at]: before[ids[at]].storyline_why for at, stays in enumerate(stay) if stays}
    for at, (story, event) in enumerate(zip(ids, events, strict=True)):
        if story in here or not stay[at] or found.nearest(at)[0] in here:
            placement = found.placement(at)
            told = placement.storyline_why or reasons.get(event, "")
            yield replace(placement, storyline=lines[event], storyline_why=told)
        elif before[story].storyline != lines[event]:
            told = found.links.get(found.labels[at], "")
            yield replace(before[story], storyline=lines[event], storyline_why=told)


def _lines(found: Grouped, before: Mapping[StoryId, Placement]) -> dict[EventId, StorylineId]:
    """An event stays in its storyline; a new one joins that of most stories it was linked with."""
    of_event: dict[EventId, Counter[StorylineId]] = {}
    of_line: dict[StorylineId, Counter[StorylineId]] = {}
    stand = dict(zip(found.events, found.lines, strict=True))
    for story, event, line in zip(found.stories.ids, found.events, found.lines, strict=True):
        old = before.get(story)
        if old is not None:
            of_line.setdefault(line, Counter())[old.storyline] += 1
            if old.event == event:
                of_event.setdefault(event, Counter())[old.storyline] += 1
    lines = {}
    for event, line in stand.items():
        votes = of_event.get(event) or of_line.get(line)
        lines[event] = votes.most_common(1)[0][0] if votes else line
    return lines
