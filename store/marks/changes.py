"""An act as the journal keeps it: which field of which stories went from what to what, and which rules were made or
taken back. Only the fields that differ are kept, so that two programs that change different fields of one story never
undo each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from store.model import (
    MANY,
    MARK_FIELDS,
    UNMARKED,
    Act,
    Alike,
    Change,
    Changes,
    Crowd,
    Mark,
    Rule,
    RuleChange,
    RuleKind,
    StoryId,
    crowded,
)

DESK, OUTSIDE = "desk", "outside"  # who did an act: a reader at a desk; whoever changed marks.json itself

Value = bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """One field of some stories, each at most once, set from old to new."""

    field: str
    old: Value
    new: Value
    stories: Sequence[StoryId]

    def on(self, mark: Mark) -> Mark:
        """mark after the switch. Of tags and highlights only those that were put on or taken off change."""
        held, value = getattr(mark, self.field), self.new
        if isinstance(self.old, tuple) and isinstance(self.new, tuple):
            value = _merged(held, self.old, self.new)
            value = tuple(sorted(value)) if self.field == "tags" else value
        return mark if held == value else replace(mark, **{self.field: value})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as written: time is ISO 8601 in UTC, for people only; what counts is the order of the entries.

    by says who did it, DESK or OUTSIDE; undo takes back no other program's acts. back: Act.back.
    """

    time: str
    act: str
    label: str
    switches: tuple[Switch, ...]
    rules: tuple[RuleChange, ...] = ()
    by: str = ""
    back: bool = False

    def takes_back(self, other: Entry) -> bool:
        """Whether this is what the undo of the other wrote."""
        return (
            self.back
            and self.label == other.label
            and {(s.field, s.new, s.old, _set(s)) for s in self.switches}
            == {(s.field, s.old, s.new, _set(s)) for s in other.switches}
            and self.rules == tuple(RuleChange(r.rule, not r.made) for r in reversed(other.rules))
        )


def entry_of(act: Act, *, time: str, name: str, by: str = "") -> Entry:
    """The entry of an act; a story that changes twice in one act keeps its order."""
    switches = _of_many(act.changes) if isinstance(act.changes, Changes) else _of_each(act.changes)
    return Entry(time, name, act.label, tuple(switches), act.rules, by, act.back)


def _of_many(changes: Changes) -> Iterable[Switch]:
    for part in changes.parts:
        for field, old, new in _differing(part):
            yield Switch(field, old, new, part.stories)


def _of_each(changes: Iterable[Change]) -> Iterable[Switch]:
    made: list[Switch] = []
    group: dict[tuple[str, Value, Value], list[StoryId]] = {}
    seen: set[StoryId] = set()
    known: dict[tuple[int, int], tuple[tuple[str, Value, Value], ...]] = {}
    for change in changes:
        if change.story in seen:
            made.extend(_closed(group))
            group, seen = {}, set()
        seen.add(change.story)
        pair = (id(change.before), id(change.after))  # a bulk act holds few marks many times
        if pair not in known:
            known[pair] = tuple(_differing(change))
        for key in known[pair]:
            group.setdefault(key, []).append(change.story)
    return (*made, *_closed(group))


def act_of(entry: Entry) -> Act:
    """The act again, each mark showing the fields that changed and no other."""
    changes = Changes(tuple(Alike(_alone(s.field, s.old), _alone(s.field, s.new), s.stories) for s in entry.switches))
    return Act(entry.label, changes if len(changes) >= MANY else tuple(changes), entry.rules, entry.back)


def as_json(entry: Entry, stories: Callable[[Sequence[StoryId]], object] = list) -> dict[str, Any]:
    """stories: how these are told."""
    changes = [{"field": s.field, "old": s.old, "new": s.new, "stories": stories(s.stories)} for s in entry.switches]
    held: dict[str, Any] = {"time": entry.time, "act": entry.act, "label": entry.label, "changes": changes}
    if entry.rules:
        held["rules"] = [{**rule_as_json(r.rule), "made": r.made} for r in entry.rules]
    if entry.back:
        held["back"] = True
    return held | {"by": entry.by} if entry.by else held


def stories_of(held: Any) -> Sequence[StoryId]:
    """Raises ValueError where it is no list of texts."""
    return _texts(held)  # type: ignore[return-value]


def from_json(held: Any, stories: Callable[[Any], Sequence[StoryId]] = lambda told: crowded(stories_of(told))) -> Entry:
    """Raises ValueError where it is no entry."""
    try:
        switches = tuple(
            Switch(c["field"], value(c["field"], c["old"]), value(c["field"], c["new"]), stories(c["stories"]))
            for c in held["changes"]
        )
        rules = tuple(RuleChange(rule_from_json(r), _switch(r["made"])) for r in held.get("rules", ()))
        by = _text(held.get("by", ""))
        return Entry(
            _text(held["time"]),
            _text(held["act"]),
            _text(held["label"]),
            switches,
            rules,
            by,
            _switch(held.get("back", False)),
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not an act: {error}") from error


def value(field: Any, held: Any) -> Value:
    """A field's value as JSON holds it. Raises ValueError for a field or a value that no mark has."""
    if field not in MARK_FIELDS:
        raise ValueError(f"no field of a mark: {field!r}")
    if field in ("tags", "highlights"):
        return _texts(held)
    if type(held) is not type(getattr(UNMARKED, field)):
        raise ValueError(f"{field} cannot be {held!r:.40}")
    return held  # type: ignore[no-any-return]


def rule_as_json(rule: Rule) -> dict[str, Any]:
    return {"kind": rule.kind.value, "of": rule.of, "text": rule.text}


def rule_from_json(held: Any) -> Rule:
    """Raises ValueError, or TypeError or KeyError where it is no object of ours."""
    return Rule(RuleKind(held["kind"]), _texts(held["of"]), _text(held["text"]))


def _merged(held: tuple[str, ...], old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """new in its order, but for what was gone from held already, and behind it what held has beyond old and new."""
    if held in (old, new):
        return new
    kept = (text for text in new if text in held or text not in old)
    return (*kept, *(text for text in held if text not in old and text not in new))


def _set(switch: Switch) -> Crowd | frozenset[StoryId]:
    """The stories, whatever their order, to be compared: as many are always held in the same form."""
    return switch.stories if isinstance(switch.stories, Crowd) else frozenset(switch.stories)


def _alone(field: str, value: Any) -> Mark:
    return replace(UNMARKED, **{field: value})


def _differing(change: Change | Alike) -> Iterable[tuple[str, Value, Value]]:
    for field in MARK_FIELDS:
        old, new = getattr(change.before, field), getattr(change.after, field)
        if old != new:
            yield field, old, new


def _closed(group: dict[tuple[str, Value, Value], list[StoryId]]) -> Iterable[Switch]:
    return (Switch(*key, crowded(stories)) for key, stories in group.items())


def _texts(held: Any) -> tuple[str, ...]:
    if not isinstance(held, list) or any(type(text) is not str for text in held):
        raise ValueError(f"no list of texts: {held!r:.40}")
    return tuple(held)


def _switch(held: Any) -> bool:
    if type(held) is not bool:
        raise ValueError(f"neither true nor false: {held!r:.40}")
    return held


def _text(held: Any) -> str:
    if type(held) is not str:
        raise ValueError(f"not text: {held!r:.40}")
    return held
