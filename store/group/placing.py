"""From stories to placements: the stages of grouping in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from store.group import abroad, compare, ids, linkage, origins, rules, storylines, traits, vectors
from store.group.compare import WEIGHTS, Evidence, Weights
from store.group.index import Index
from store.group.reasons import Reasons
from store.group.traits import Traits
from store.model import EventId, Placement, Progress, Rule, Story, StoryId, StorylineId

# Merit at which a story joins an event (store.group.linkage); 0.10 finds more but joins events of unlike kinds.
SAME = 0.1235
# How much harder it is for two events to become one, the larger they are: with 0 the mean B3 F1 over four labelled sets
# is 0.015 lower at the same precision.
WARY = 0.3
_FAINT = 0.03  # likeness before time that moves no mean
_EVERY = 200  # stories between two words of progress

Settled = Callable[[StoryId, EventId, StoryId | None], bool]  # a story, its event, the nearest in that


def place(
    stories: Sequence[Story],
    before: Mapping[StoryId, EventId],
    progress: Callable[[Progress], None],
    standing: Sequence[Rule] = (),
    *,
    index: Index | None = None,
    taken: Collection[EventId] = (),
    read: Callable[[Sequence[Traits]], None] = lambda _: None,
    settled: Settled = lambda *_: False,
) -> tuple[Placement, ...]:
    """index: the whole library, where these stories are only some of it; taken: names of events elsewhere in it.
    read: is given what was read of the stories. settled: whether no reason is wanted for a story that stands so."""
    known = _read(stories, progress, index.read if index else traits.read)
    read(known)
    progress(Progress("comparing stories", 0, len(known)))
    vector = vectors.build([story.terms for story in known], index)
    evidence = compare.gather(known, vector, index)
    likeness = compare.likeness(evidence)
    events = abroad.joined(known, group(known, evidence))
    if standing:
        events = rules.obey(events, [story.story for story in known], standing, compare.lookup(evidence, likeness))
    progress(Progress("linking events", len(known), len(known)))
    text = {story.id: story for story in stories}
    lines = storylines.link(known, vector, events, lambda number: "\n".join(text[known[number].story].body))
    reasons = Reasons(known, vector, evidence, likeness, events)
    said = {story.id: (index.source if index else origins.read)(story) for story in stories}
    originals = origins.originals(known, evidence, events, said)
    sources = origins.named(known, said, evidence, events)
    found = _placements(known, reasons, events, lines, before, originals, sources, taken, settled)
    placed = {placement.story: placement for placement in found}
    return tuple(placed[story.id] for story in stories)


def _read(
    stories: Sequence[Story], progress: Callable[[Progress], None], read: Callable[[Story], Traits]
) -> list[Traits]:
    """The traits of each story once, by id: from here on a story is its number, so that arrival decides no tie."""
    unique = {story.id: story for story in stories}
    known = []
    for done, story in enumerate(sorted(unique)):
        if done % _EVERY == 0:
            progress(Progress("reading stories", done, len(unique)))
        known.append(read(unique[story]))
    return known


def group(stories: Sequence[Traits], evidence: Evidence, weights: Weights = WEIGHTS, least: float = SAME) -> list[int]:
    """A label for each story: the smallest story number in its event."""
    content = compare.content(evidence, weights)
    language = np.array([story.language for story in stories], dtype=str)
    near = (content >= _FAINT) & (language[evidence.first] == language[evidence.second])  # else see store.group.abroad
    pairs = zip(*(column[near].tolist() for column in (evidence.first, evidence.second, content)), strict=True)
    days = [story.day for story in stories]
    return linkage.average(
        len(stories), pairs, least=least, wary=WARY, days=days, fade=lambda gap: compare.fade(gap, weights)
    )


def _placements(
    stories: Sequence[Traits],
    reasons: Reasons,
    events: Sequence[int],
    lines: storylines.Lines,
    before: Mapping[StoryId, EventId],
    originals: Mapping[int, int],
    sources: Sequence[str],
    taken: Collection[EventId],
    settled: Settled,
) -> list[Placement]:
    event_ids = _named(stories, events, before, taken)
    line_ids: dict[int, StorylineId] = {}
    for number in sorted(range(len(stories)), key=lambda n: age(stories[n])):
        line_ids.setdefault(lines.labels[number], StorylineId(f"s-{event_ids[events[number]].removeprefix('e-')}"))
    placements = []
    for number, story in enumerate(stories):
        nearest, likeness = reasons.nearest(number)
        inside = nearest is not None and events[nearest] == events[number]
        beside = stories[nearest].story if inside and nearest is not None else None
        silent = settled(story.story, event_ids[events[number]], beside)
        placements.append(
            Placement(
                story=story.story,
                event=event_ids[events[number]],
                storyline=line_ids[lines.labels[number]],
                why="" if silent else reasons.sentence(number),
                nearest=beside,
                likeness=likeness if inside else 0.0,
                copy_of=stories[originals[number]].story if number in originals else None,
                origin=sources[number],
                inferred=inside and story.day is None,
                storyline_why=lines.why.get(events[number], ""),
                shared=() if silent else reasons.shared(number),
            )
        )
    return placements


def _named(
    stories: Sequence[Traits], events: Sequence[int], before: Mapping[StoryId, EventId], taken: Collection[EventId]
) -> dict[int, EventId]:
    members: dict[int, list[StoryId]] = {}
    for number in sorted(range(len(stories)), key=lambda n: age(stories[n])):
        members.setdefault(events[number], []).append(stories[number].story)
    return dict(zip(members, ids.keep(list(members.values()), before, taken=taken), strict=True))


def age(story: Traits) -> tuple[str, str]:
    """Oldest first; a story without a date comes last."""
    return (story.published or "~", story.story)
