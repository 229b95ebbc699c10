"""The reader's own word on what belongs together: "together" and "apart", above whatever likeness says.

Of rules that cannot all hold the newer ones do; an older one gives way as far as it must, and that is told. A rule
about a story that is not here says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.model import Rule, RuleKind, StoryId

Likeness = Callable[[int, int], float]
# What is told of a rule where nothing more is known of it than that it holds.
SAID_TOGETHER = "you said that they are together"
SAID_APART = "you said that they are apart"
SAID_ALONE = "you said that it is apart"


@dataclass(frozen=True, slots=True)
class Overruled:
    """A rule that cannot hold beside newer ones, wholly or for the stories in `of`."""

    rule: Rule
    of: tuple[StoryId, ...]

    def __str__(self) -> str:
        named = " and ".join(s[:8] for s in self.of[:2]) + (f" and {len(self.of) - 2} more" if len(self.of) > 2 else "")
        other = "apart" if self.rule.kind is RuleKind.TOGETHER else "together"
        return f"the rule that {named} are {self.rule.kind.value} is not followed: newer rules hold them {other}"


@dataclass(frozen=True, slots=True)
class Settled:
    """What the rules come to. unit: story -> the name of all that must stay with it, itself where nothing must;
    apart: for each unit those that may not share its event."""

    unit: Mapping[StoryId, StoryId]
    apart: Mapping[StoryId, frozenset[StoryId]]
    overruled: tuple[Overruled, ...] = ()

    def tie(self, one: StoryId, other: StoryId) -> RuleKind | None:
        """What the rules, and what follows from them, say of two stories."""
        first, second = self.unit.get(one, one), self.unit.get(other, other)
        if first == second:
            return RuleKind.TOGETHER
        return RuleKind.APART if second in self.apart.get(first, frozenset()) else None


def settle(rules: Sequence[Rule], known: Collection[StoryId]) -> Settled:
    """Rules oldest first -> what holds of them among the stories known; newer ones are taken in first."""
    unit: dict[StoryId, StoryId] = {}
    members: dict[StoryId, list[StoryId]] = {}
    apart: defaultdict[StoryId, set[StoryId]] = defaultdict(set)
    overruled: list[Overruled] = []

    def of(story: StoryId) -> StoryId:
        members.setdefault(unit.setdefault(story, story), [story])
        return unit[story]

    def join(one: StoryId, other: StoryId) -> None:
        small, large = sorted((one, other), key=lambda u: len(members[u]))
        for story in members.pop(small):
            unit[story] = large
            members[large].append(story)
        for enemy in apart.pop(small, set()):
            apart[enemy].discard(small)
            apart[enemy].add(large)
            apart[large].add(enemy)

    for rule in reversed(rules):
        if rule.kind not in (RuleKind.TOGETHER, RuleKind.APART):
            continue
        here = [StoryId(s) for s in rule.of if s in known]
        left = _joined(here, of, apart, join) if rule.kind is RuleKind.TOGETHER else _parted(here, of, apart)
        if left:
            overruled.append(Overruled(rule, tuple(left)))
    return Settled(unit, {u: frozenset(others) for u, others in apart.items() if others}, tuple(reversed(overruled)))


def _joined(
    stories: Sequence[StoryId],
    of: Callable[[StoryId], StoryId],
    apart: Mapping[StoryId, set[StoryId]],
    join: Callable[[StoryId, StoryId], None],
) -> list[StoryId]:
    """Joins the stories as far as newer rules let them be; those that a rule holds off the first come back."""
    heads: list[StoryId] = []
    for story in stories:
        fitting = next((h for h in heads if of(h) == of(story) or of(story) not in apart.get(of(h), ())), None)
        if fitting is None:
            heads.append(story)
        elif of(fitting) != of(story):
            join(of(fitting), of(story))
    return heads if len(heads) > 1 else []


def _parted(
    stories: Sequence[StoryId], of: Callable[[StoryId], StoryId], apart: defaultdict[StoryId, set[StoryId]]
) -> list[StoryId]:
    left: list[StoryId] = []
    for at, one in enumerate(stories):
        for other in stories[at + 1 :]:
            if of(one) == of(other):
                left = left or [one, other]
            else:
                apart[of(one)].add(of(other))
                apart[of(other)].add(of(one))
    return left


def obey(labels: Sequence[int], stories: Sequence[StoryId], rules: Sequence[Rule], likeness: Likeness) -> list[int]:
    """The labels as the rules want them: first whole events become one, then stories held apart leave each other.

    labels holds for each of `stories` the smallest number in its event, and so does the result. likeness, of two
    stories by number, says with whom of those held apart the rest of an event stays. What no rule touches stays.
    """
    held = settle(rules, frozenset(stories))
    if not held.unit:
        return list(labels)
    number = {story: at for at, story in enumerate(stories)}
    units = [(number[s], number[u]) for s, u in held.unit.items()]
    joined = _united(labels, units)
    touched = {joined[number[s]] for s in held.unit if held.unit[s] in held.apart}
    members: dict[int, list[int]] = defaultdict(list)
    for at, label in enumerate(joined):
        if label in touched:
            members[label].append(at)
    for inside in members.values():
        for part in _divided(inside, stories, held, likeness):
            for at in part:
                joined[at] = min(part)
    return joined


def _united(labels: Sequence[int], ties: Iterable[tuple[int, int]]) -> list[int]:
    parent = {label: label for label in labels}

    def root(label: int) -> int:
        while parent[label] != label:
            parent[label] = parent[parent[label]]
            label = parent[label]
        return label

    for one, other in ties:
        first, last = sorted((root(labels[one]), root(labels[other])))
        parent[last] = first
    return [root(label) for label in labels]


def _divided(inside: Sequence[int], stories: Sequence[StoryId], held: Settled, likeness: Likeness) -> list[list[int]]:
    """One event in parts that the rules allow. Units held apart from most begin; every other goes where it is likest,
    as often as not the largest part."""
    units: dict[StoryId, list[int]] = defaultdict(list)
    for at in inside:
        units[held.unit.get(stories[at], stories[at])].append(at)
    enemies = {u: held.apart.get(u, frozenset()) & units.keys() for u in units}
    if not any(enemies.values()):
        return [list(inside)]
    parts: list[tuple[list[int], set[StoryId]]] = []
    for unit in sorted(units, key=lambda u: (-len(enemies[u]), units[u])):
        allowed = [part for part in parts if not enemies[unit] & part[1]]
        best = max(allowed, key=lambda part: (_mean(units[unit], part[0], likeness), len(part[0])), default=None)
        if best is None:
            parts.append((list(units[unit]), {unit}))
        else:
            best[0].extend(units[unit])
            best[1].add(unit)
    return [part for part, _ in parts]


def _mean(some: Sequence[int], others: Sequence[int], likeness: Likeness) -> float:
    """The mean likeness across, of at most some hundred pairs."""
    pairs = [(a, b) for a in some[:10] for b in others[:20]]
    return sum(likeness(a, b) for a, b in pairs) / max(len(pairs), 1)
