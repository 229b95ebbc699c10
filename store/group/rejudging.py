"""Places after the reader said "together" or "apart": only the events that the word is about are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

from store.group import ids, rules, why
from store.group.reasons import RULED
from store.model import EventId, Placement, Rule, Story, StoryId

_EXPLAINED = 20  # stories whose reason is looked for anew; of more only that a rule holds them


def rejudged(
    stories: Sequence[Story],
    placed: Mapping[StoryId, Placement],
    standing: Sequence[Rule],
    *,
    taken: Collection[EventId] = (),
) -> tuple[Placement, ...]:
    """New places of those of the stories that do not stay as they are.

    stories: all of the events that the rules are about. taken: names of other events, which no new one may bear.
    """
    known = sorted((s for s in stories if s.id in placed), key=lambda s: s.id)
    names = [s.id for s in known]
    first: dict[EventId, int] = {}
    labels = [first.setdefault(placed[name].event, at) for at, name in enumerate(names)]
    found = rules.obey(labels, names, standing, _likeness(known))
    return tuple(_placed(known, found, placed, standing, taken))


def _likeness(stories: Sequence[Story]) -> rules.Likeness:
    """Measured when it is asked for, which few words of the reader's need."""

    @cache
    def looked() -> Mapping[tuple[StoryId, StoryId], float]:
        return why.likenesses(stories[: why.LOOKED_AT])

    return lambda one, other: looked().get((stories[min(one, other)].id, stories[max(one, other)].id), 0.0)


def _placed(
    stories: Sequence[Story],
    labels: Sequence[int],
    placed: Mapping[StoryId, Placement],
    standing: Sequence[Rule],
    taken: Collection[EventId],
) -> list[Placement]:
    event = _named(stories, labels, placed, taken)
    line = {event[s.id]: placed[s.id].storyline for s in stories if placed[s.id].event == event[s.id]}
    moved = {
        s.id: replace(
            placed[s.id], event=event[s.id], storyline=line.get(event[s.id], placed[s.id].storyline), copy_of=None
        )
        for s in stories
        if placed[s.id].event != event[s.id]
    }
    now = {**placed, **moved}
    changed = [s for s in stories if s.id in moved or _left(placed[s.id], event)]
    sizes = Counter(event.values())
    held = rules.settle(standing, frozenset(event))
    made = []
    for number, story in enumerate(changed):
        alone = replace(now[story.id], nearest=None, likeness=0.0)
        if sizes[event[story.id]] == 1:
            made.append(replace(alone, why=f"alone: {rules.SAID_ALONE}"))
        elif number >= _EXPLAINED:
            made.append(replace(alone, why=RULED))
        else:
            others = [s for s in stories if event[s.id] == event[story.id] and s.id != story.id]
            told = why.explain(story, None, others, placed={**now, story.id: alone}, held=held)
            made.append(replace(alone, why=told.sentence, nearest=told.other, likeness=told.likeness))
    return made


def _named(
    stories: Sequence[Story],
    labels: Sequence[int],
    placed: Mapping[StoryId, Placement],
    taken: Collection[EventId],
) -> dict[StoryId, EventId]:
    members: dict[int, list[StoryId]] = {}
    for _, name, label in sorted((s.head.published or "~", s.id, at) for s, at in zip(stories, labels, strict=True)):
        members.setdefault(label, []).append(name)
    before = {s.id: placed[s.id].event for s in stories}
    named = ids.keep(list(members.values()), before, taken=taken)
    return {story: event for some, event in zip(members.values(), named, strict=True) for story in some}


def _left(placement: Placement, event: Mapping[StoryId, EventId]) -> bool:
    """Whether the story that this one stood nearest to is in another event now."""
    nearest = placement.nearest
    return nearest is not None and nearest in event and event[nearest] != event[placement.story]
