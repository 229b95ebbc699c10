"""From stories to placements: the stages of grouping in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence

import numpy as np

from store.group import abroad, columns, compare, credits, linkage, packed, rules, storylines, traits
from store.group.columns import Columns
from store.group.compare import WEIGHTS, Pairs, Weights
from store.group.dates import ordinal
from store.group.grouped import Grouped, grouped
from store.group.origins import Origins
from store.group.reasons import Reasons
from store.group.rows import Singles, Small
from store.group.vectors import Whole
from store.model import EventId, Placement, Progress, Rule, Story, StoryId

# Merit at which a story joins an event (store.group.linkage), by the stories there are: where all are of few matters,
# what is rare elsewhere is not. Measured on 60 and 70 made-up stories, on the four labelled sets alone and among 1,500
# others (best at 0.08 and 0.09; B3 F1 0.92 and 0.946 at 0.10, 0.914 and 0.933 at 0.112), and all in one with 6,000.
SAME = 0.112
_LEAST = {100: 0.13, 800: 0.1, 4000: 0.1, 12_000: SAME}
_LEASTS = np.log(list(_LEAST)), np.array([*_LEAST.values()])
# How much harder it is for two events to become one, the larger they are: with 0 the mean B3 F1 over four labelled sets
# is 0.015 lower at the same precision.
WARY = 0.5
_FAINT = 0.03  # likeness before time that moves no mean
_LIKE = 0.06  # likeness before time of some story of an event to a new one, without which the event is not looked at
_EVERY = 200  # stories between two words of progress


def place(
    stories: Sequence[Story],
    before: Mapping[StoryId, EventId],
    progress: Callable[[Progress], None],
    standing: Sequence[Rule] = (),
    *,
    read: Callable[[Columns], None] = lambda _: None,
) -> tuple[Placement, ...]:
    """Places in the order of the stories. read: is given what was read of them. Else see `grouping`."""
    known = columns.of(read_all(stories, progress))
    read(known)
    placed = {placement.story: placement for placement in place_known(known, before, progress, standing)}
    return tuple(placed[story.id] for story in stories)


def place_known(
    known: Columns,
    before: Mapping[StoryId, EventId],
    progress: Callable[[Progress], None],
    standing: Sequence[Rule] = (),
    *,
    in_full: bool = True,
) -> list[Placement]:
    """Places of stories that were read and are in order (see columns.arranged). Else see `grouping`."""
    return grouping(known, before, progress, standing, in_full=in_full).placements()


def grouping(
    known: Columns,
    before: Mapping[StoryId, EventId],
    progress: Callable[[Progress], None],
    standing: Sequence[Rule] = (),
    *,
    index: Whole | None = None,
    taken: Container[EventId] = (),
    asked: Collection[StoryId] = (),
    in_full: bool = True,
) -> Grouped:
    """Where stories stand that were read and are in order (see columns.arranged).

    asked: the stories that this is about, where it is about a few: events that none of them is like stay as they stand.

    index: the whole library, where these stories are only some of it; taken: names of events elsewhere in it. in_full:
    with what is shared as data, beside the sentence.
    """
    progress(Progress("comparing stories", 0, len(known)))
    weighed = compare.weigh(known, index)
    words, pairs = weighed.words, compare.pairs(weighed)
    del weighed
    least = same(max(len(known), len(index or ())))
    events = abroad.joined(known, *_grouped(known, pairs, least, before, frozenset(asked)))
    if standing:
        events = rules.obey(events, known.ids, standing, pairs.lookup())
    progress(Progress("linking events", len(known), len(known)))
    stay = index is not None and _all_known(known, events, before)  # then storylines stay too
    about = {event for story, event in zip(known.ids, events, strict=True) if story in asked} if asked else None
    lines = storylines.Lines(events, {}) if stay else storylines.link(known, words, events, about)
    ruled = frozenset(StoryId(story) for rule in standing for story in rule.of)
    reasons = Reasons(known, words, pairs, events, in_full=in_full, ruled=ruled)
    said = [known.source(number) for number in range(len(known))]
    copies = Origins(known, pairs, events, said)
    return grouped(known, events, lines, reasons, copies, before, taken, in_full=in_full)


def _grouped(
    known: Columns, pairs: Pairs, least: float, before: Mapping[StoryId, EventId], asked: Collection[StoryId]
) -> tuple[list[int], set[int] | None]:
    """As `group` gives it; with stories that were asked for, among these and the events that are like one of them, and
    the labels of all that was looked at."""
    if not asked:
        return group(known, pairs.first, pairs.second, pairs.content, least=least), None
    heads: dict[str, int] = {}
    stands = [heads.setdefault(s if s in asked else before.get(s, s), at) for at, s in enumerate(known.ids)]
    new, of = np.array([s in asked for s in known.ids], dtype=bool), np.array(stands, dtype=np.int64)
    told = (pairs.content >= _LIKE) & (new[pairs.first] | new[pairs.second])
    near = np.zeros(len(known), dtype=bool)
    near[of[pairs.first[told]]] = near[of[pairs.second[told]]] = True
    near = near[of] | new
    within = near[pairs.first] & near[pairs.second]
    found = group(known, pairs.first[within], pairs.second[within], pairs.content[within], least=least)
    labels: list[int] = np.where(near, found, of).tolist()
    return labels, {label for label, looked in zip(labels, near.tolist(), strict=True) if looked}


def same(stories: int) -> float:
    """The merit from which a story of so many joins an event."""
    return SAME if stories >= max(_LEAST) else float(np.interp(np.log(max(stories, 1)), *_LEASTS))


def _all_known(stories: Columns, events: Sequence[int], before: Mapping[StoryId, EventId]) -> bool:
    """Whether every event holds a story that stood in one."""
    return set(events) == {event for story, event in zip(stories.ids, events, strict=True) if story in before}


def read_one(story: Story) -> bytes:
    """What grouping keeps of a story."""
    return packed.pack(traits.read(story), credits.read(story))


def read_all(stories: Sequence[Story], progress: Callable[[Progress], None]) -> Iterator[tuple[StoryId, bytes]]:
    """Each story once, in the order of columns.arranged."""
    unique = {story.id: story for story in stories}
    for done, name in enumerate(sorted(unique, key=lambda s: (ordinal(unique[s].head.published) or 0, s))):
        if done % _EVERY == 0:
            progress(Progress("reading stories", done, len(unique)))
        yield name, read_one(unique[name])


def group(
    stories: Columns,
    first: Small,
    second: Small,
    content: Singles,
    weights: Weights = WEIGHTS,
    *,
    least: float = SAME,
    wary: float = WARY,
) -> list[int]:
    """A label for each story: the smallest story number in its event. content: of each pair (see compare.content)."""
    near = content >= _FAINT
    near &= stories.language[first] == stories.language[second]  # else see store.group.abroad
    return linkage.average(
        len(stories),
        (first[near], second[near], content[near]),
        least=least,
        wary=wary,
        days=stories.day,
        fade=compare.fading(weights),
    )
