"""An act as the journal keeps it: which field of which stories went from what to what. Only the fields that differ are
kept, so that two programs that change different fields of one story never undo each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from store.model import MARK_FIELDS, UNMARKED, Act, Change, Mark, StoryId

Value = bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """One field of some stories, each at most once, set from old to new."""

    field: str
    old: Value
    new: Value
    stories: tuple[StoryId, ...]

    def on(self, mark: Mark) -> Mark:
        """mark after the switch. Of tags only those that were put on or taken off change."""
        value: Any = self.new
        if isinstance(self.old, tuple) and isinstance(self.new, tuple):
            kept = set(mark.tags) - (set(self.old) - set(self.new))
            value = tuple(sorted(kept | (set(self.new) - set(self.old))))
        return mark if getattr(mark, self.field) == value else replace(mark, **{self.field: value})


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as written: time is ISO 8601 in UTC, for people only; what counts is the order of the entries."""

    time: str
    act: str
    label: str
    switches: tuple[Switch, ...]

    @property
    def size(self) -> int:
        return sum(len(switch.stories) for switch in self.switches)


def entry_of(act: Act, *, time: str, name: str) -> Entry:
    """The entry of an act; a story that changes twice in one act keeps its order."""
    made: list[Switch] = []
    group: dict[tuple[str, Value, Value], list[StoryId]] = {}
    seen: set[StoryId] = set()
    known: dict[tuple[int, int], tuple[tuple[str, Value, Value], ...]] = {}
    for change in act.changes:
        if change.story in seen:
            made.extend(_closed(group))
            group, seen = {}, set()
        seen.add(change.story)
        pair = (id(change.before), id(change.after))  # a bulk act holds few marks many times
        if pair not in known:
            known[pair] = tuple(_differing(change))
        for key in known[pair]:
            group.setdefault(key, []).append(change.story)
    return Entry(time, name, act.label, (*made, *_closed(group)))


def act_of(entry: Entry) -> Act:
    """The act again, each mark showing the fields that changed and no other."""
    changes: list[Change] = []
    for switch in entry.switches:
        before, after = _alone(switch.field, switch.old), _alone(switch.field, switch.new)
        changes.extend(Change(story, before, after) for story in switch.stories)
    return Act(entry.label, tuple(changes))


def as_json(entry: Entry) -> dict[str, Any]:
    changes = [{"field": s.field, "old": s.old, "new": s.new, "stories": s.stories} for s in entry.switches]
    return {"time": entry.time, "act": entry.act, "label": entry.label, "changes": changes}


def from_json(held: Any) -> Entry:
    """Raises ValueError where it is no entry."""
    try:
        switches = tuple(
            Switch(c["field"], value(c["field"], c["old"]), value(c["field"], c["new"]), _stories(c["stories"]))
            for c in held["changes"]
        )
        return Entry(_text(held["time"]), _text(held["act"]), _text(held["label"]), switches)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not an act: {error}") from error


def value(field: Any, held: Any) -> Value:
    """A field's value as JSON holds it. Raises ValueError for a field or a value that no mark has."""
    if field not in MARK_FIELDS:
        raise ValueError(f"no field of a mark: {field!r}")
    if field == "tags":
        if not isinstance(held, list):
            raise ValueError("tags that are no list")
        return tuple(_text(tag) for tag in held)
    if type(held) is not type(getattr(UNMARKED, field)):
        raise ValueError(f"{field} cannot be {held!r:.40}")
    return held  # type: ignore[no-any-return]


def _alone(field: str, value: Any) -> Mark:
    return replace(UNMARKED, **{field: value})


def _differing(change: Change) -> Iterable[tuple[str, Value, Value]]:
    for field in MARK_FIELDS:
        old, new = getattr(change.before, field), getattr(change.after, field)
        if old != new:
            yield field, old, new


def _closed(group: dict[tuple[str, Value, Value], list[StoryId]]) -> Iterable[Switch]:
    return (Switch(*key, tuple(stories)) for key, stories in group.items())


def _stories(held: Any) -> tuple[StoryId, ...]:
    if not isinstance(held, list) or any(type(story) is not str for story in held):
        raise ValueError("stories that are no list of ids")
    return tuple(held)


def _text(held: Any) -> str:
    if type(held) is not str:
        raise ValueError(f"not text: {held!r:.40}")
    return held
