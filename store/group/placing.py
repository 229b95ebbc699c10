"""From stories to placements: the stages of grouping in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from store.group import compare, ids, linkage, storylines, traits, vectors
from store.group.compare import Compared
from store.group.traits import Traits
from store.group.vectors import Vectors
from store.group.why import Reasons
from store.model import EventId, Placement, Progress, Story, StoryId, StorylineId

# Mean likeness at which two groups are one event. Tuned on four labelled sets for precision: see bench/bench_group.py.
SAME = 0.2
_EVERY = 200  # stories between two words of progress


def place(
    stories: Sequence[Story], before: Mapping[StoryId, EventId], progress: Callable[[Progress], None]
) -> tuple[Placement, ...]:
    known = _read(stories, progress)
    progress(Progress("comparing stories", 0, len(known)))
    vector = vectors.build(known)
    compared = compare.compare(known, vector)
    events = _events(compared, len(known))
    progress(Progress("linking events", len(known), len(known)))
    lines = storylines.group(known, vector, events)
    placed = {p.story: p for p in _placements(known, vector, compared, events, lines, before)}
    return tuple(placed[story.id] for story in stories)


def _read(stories: Sequence[Story], progress: Callable[[Progress], None]) -> list[Traits]:
    """The traits of each story once, by id: from here on a story is its number, so that arrival decides no tie."""
    unique = {story.id: story for story in stories}
    known = []
    for done, story in enumerate(sorted(unique)):
        if done % _EVERY == 0:
            progress(Progress("reading stories", done, len(unique)))
        known.append(traits.read(unique[story]))
    return known


def _events(compared: Compared, stories: int) -> list[int]:
    columns = compared.first.tolist(), compared.second.tolist(), compared.likeness.tolist()
    return linkage.average(stories, zip(*columns, strict=True), least=SAME)


def _placements(
    stories: Sequence[Traits],
    vector: Vectors,
    compared: Compared,
    events: Sequence[int],
    lines: Sequence[int],
    before: Mapping[StoryId, EventId],
) -> list[Placement]:
    event_ids = _named(stories, events, before)
    line_ids: dict[int, StorylineId] = {}
    for number in sorted(range(len(stories)), key=lambda n: age(stories[n])):
        line_ids.setdefault(lines[number], StorylineId(f"s-{event_ids[events[number]].removeprefix('e-')}"))
    reasons = Reasons(stories, vector, compared, events)
    placements = []
    for number, story in enumerate(stories):
        nearest, likeness = reasons.nearest(number)
        inside = nearest is not None and events[nearest] == events[number]
        placements.append(
            Placement(
                story=story.story,
                event=event_ids[events[number]],
                storyline=line_ids[lines[number]],
                why=reasons.sentence(number),
                nearest=stories[nearest].story if inside and nearest is not None else None,
                likeness=likeness if inside else 0.0,
            )
        )
    return placements


def _named(stories: Sequence[Traits], events: Sequence[int], before: Mapping[StoryId, EventId]) -> dict[int, EventId]:
    members: dict[int, list[StoryId]] = {}
    for number in sorted(range(len(stories)), key=lambda n: age(stories[n])):
        members.setdefault(events[number], []).append(stories[number].story)
    return dict(zip(members, ids.keep(list(members.values()), before), strict=True))


def age(story: Traits) -> tuple[str, str]:
    """Oldest first; a story without a date comes last."""
    return (story.published or "~", story.story)
