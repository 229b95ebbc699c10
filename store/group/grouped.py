"""Where the stories of one grouping stand, by their numbers; what is told of each is made when it is asked for."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from store.group import ids
from store.group.columns import Columns
from store.group.origins import Origins
from store.group.reasons import Reasons
from store.group.resting import resting
from store.group.rows import FEW
from store.group.storylines import Lines
from store.model import EventId, Placement, StoryId, StorylineId


@dataclass(frozen=True, slots=True)
class Grouped:
    """labels: of the stories' events; events, lines: the names of these and of their storylines; links: what links an
    event to its storyline, by label."""

    stories: Columns
    labels: Sequence[int]
    events: Sequence[EventId]
    lines: Sequence[StorylineId]
    links: Mapping[int, str]
    reasons: Reasons
    originals: Mapping[int, int]
    sources: Sequence[str]
    in_full: bool

    def nearest(self, number: int) -> tuple[StoryId | None, float]:
        """The story most like one, of the same event, and their likeness."""
        nearest, likeness = self.reasons.nearest(number)
        if nearest is None or self.labels[nearest] != self.labels[number]:
            return None, 0.0
        return self.stories.ids[nearest], likeness

    def placement(self, number: int) -> Placement:
        nearest, likeness = self.nearest(number)
        return Placement(
            story=self.stories.ids[number],
            event=self.events[number],
            storyline=self.lines[number],
            why=self.reasons.sentence(number),
            nearest=nearest,
            likeness=likeness,
            copy_of=self.stories.ids[self.originals[number]] if number in self.originals else None,
            origin=self.sources[number],
            inferred=nearest is not None and bool(np.isnan(self.stories.day[number])),
            storyline_why=self.links.get(self.labels[number], ""),
            shared=self.reasons.shared(number) if self.in_full else (),
        )

    def placements(self) -> list[Placement]:
        """Of all stories."""
        placed: dict[int, Placement] = {}
        order: list[int] = np.argsort(self.labels, kind="stable").tolist()  # stories of one event tell of the same
        with resting(len(order) >= FEW):
            for number in order:
                placed[number] = self.placement(number)
            return [placed[number] for number in range(len(order))]


def grouped(
    stories: Columns,
    labels: Sequence[int],
    lines: Lines,
    reasons: Reasons,
    copies: Origins,
    before: Mapping[StoryId, EventId],
    taken: Container[EventId],
    *,
    in_full: bool,
) -> Grouped:
    """before: the events that the stories stood in, whose names live on; taken: names of others."""
    members: dict[int, list[StoryId]] = {}
    oldest: dict[int, int] = {}  # of each storyline the label of its first event
    for number in sorted(range(len(stories)), key=lambda n: _age(stories, n)):
        members.setdefault(labels[number], []).append(stories.ids[number])
        oldest.setdefault(lines.labels[number], labels[number])
    named = dict(zip(members, ids.keep(list(members.values()), before, taken=taken), strict=True))
    line = {told: StorylineId(f"s-{named[event].removeprefix('e-')}") for told, event in oldest.items()}
    return Grouped(
        stories,
        labels,
        [named[label] for label in labels],
        [line[label] for label in lines.labels],
        lines.why,
        reasons,
        copies.originals(),
        copies.named(),
        in_full,
    )


def _age(stories: Columns, story: int) -> tuple[str, str]:
    """Oldest first; a story without a date comes last."""
    return (stories.published[story] or "~", stories.ids[story])
