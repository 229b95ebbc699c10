"""Why two stories are one event, or are not, on demand and as data: what they share, and what kept them apart.

Likeness is measured among the stories given, but by how rare words are in the whole library, where that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from store.group import columns, compare, occasions, pairwise, placing, shared, traits, vectors
from store.group.dates import CALENDAR
from store.group.reasons import ALONE
from store.group.rules import SAID_APART, SAID_TOGETHER, Settled
from store.group.traits import Traits
from store.group.vectors import Vectors, Whole
from store.model import EventId, Placement, RuleKind, Story, StoryId, Why

LOOKED_AT = 50  # stories of an event; two seconds for all of a thousand would tell no more
_COMPARED = 16  # of these, where the library has not measured a likeness
_TOLD = 3  # things of one kind in a sentence
_HEADLINE = 60
_NEAR_DAYS = 1.0
_ALIKE = 0.3  # cosine of words from which on it is not they that keep two stories apart
_LEADING = 3  # places that a story is about


@dataclass(frozen=True, slots=True)
class _Looked:
    """Stories that were read, and some of them compared with each other."""

    compared: tuple[StoryId, ...]
    stories: Mapping[StoryId, Story]
    traits: Mapping[StoryId, Traits]
    vector: Vectors
    likeness: Mapping[tuple[StoryId, StoryId], float]
    contained: Mapping[tuple[StoryId, StoryId], float]
    least: float  # from which a story joins an event

    def like(self, one: StoryId, other: StoryId) -> float:
        return self.likeness.get((min(one, other), max(one, other)), 0.0)

    def words(self, one: StoryId, other: StoryId) -> float:
        """The cosine of their words, whatever their days."""
        order = list(self.traits)
        mine, theirs = (self.vector.row(order.index(story)) for story in (one, other))
        known = dict(zip(mine[0].tolist(), mine[1].tolist(), strict=True))
        both = zip(theirs[0].tolist(), theirs[1].tolist(), strict=True)
        return float(sum(known.get(term, 0.0) * weight for term, weight in both if term >= 0))


def explain(
    story: Story,
    other: Story | None,
    around: Sequence[Story],
    *,
    placed: Mapping[StoryId, Placement],
    held: Settled,
    among: Whole | None = None,
) -> Why:
    """Why a story stands in its event; with other, why the two are one event or are not.

    around: the other stories of the events of both; of more than 50 the first are looked at. placed: where all of these
    stand. held: what the reader's rules come to. among: the library that all these are part of: likeness is measured as
    if all of it were here. About 60 ms for an event of 50.
    """
    event = placed[story.id].event
    near = [story, *([other] if other else []), *around][:LOOKED_AT]
    inside = [s.id for s in near if s.id != story.id and placed[s.id].event == event]
    if other is None and not inside:
        return Why(story.id, None, False, 0.0, placed[story.id].why or ALONE)
    known = other.id if other else placed[story.id].nearest
    measured = known in inside and placed[story.id].nearest == known
    compared = [s for s in near if s.id in (story.id, known)] if measured else near[:_COMPARED]
    looked = _look(near, compared, among)
    chosen = known if known in looked.stories else max(inside, key=lambda s: (looked.like(story.id, s), s))
    assert chosen is not None
    likeness = _likeness(story.id, chosen, placed, looked)
    together = placed[chosen].event == event
    rule = held.tie(story.id, chosen)
    members = [looked.traits[s] for s in (story.id, *inside)]
    pair = looked.traits[story.id], looked.traits[chosen]
    both = shared.between(*pair, looked.vector)
    both = shared.in_full(both, story, looked.stories[chosen], looked.vector)
    both = shared.counted(both, members if together else pair)
    apart = () if together else tuple(_apart(story.id, chosen, placed, looked, held))
    made = Why(story.id, chosen, together, round(likeness, 4), "", both, apart, rule)
    return Why(*(made.story, chosen, together, made.likeness, _sentence(made, looked), both, apart, rule))


def _look(near: Sequence[Story], compared: Sequence[Story], among: Whole | None = None) -> _Looked:
    known = {s.id: s for s in near}
    read = {s: traits.read(known[s]) for s in sorted(known)}
    some = [read.get(s.id) or traits.read(s) for s in sorted(compared, key=lambda s: s.id)]
    found = compare.pairs(compare.weigh(columns.read(some), among))
    pairs = [(some[a].story, some[b].story) for a, b in zip(found.first.tolist(), found.second.tolist(), strict=True)]
    return _Looked(
        tuple(t.story for t in some),
        known,
        read,
        vectors.build([t.terms for t in read.values()], among),
        dict(zip(pairs, found.likeness.tolist(), strict=True)),
        dict(zip(pairs, found.copied.tolist(), strict=True)),
        placing.same(len(among or some)),
    )


def likenesses(stories: Sequence[Story], among: Whole | None = None) -> Mapping[tuple[StoryId, StoryId], float]:
    """Of each pair that is worth comparing, the lesser id first; measured among these alone, or in the whole."""
    return _look((), stories, among).likeness


def _likeness(story: StoryId, other: StoryId, placed: Mapping[StoryId, Placement], looked: _Looked) -> float:
    """As the library measured it, where it did."""
    for one, two in ((story, other), (other, story)):
        if placed[one].nearest == two and placed[one].likeness:
            return placed[one].likeness
    return looked.like(story, other)


def _apart(
    one: StoryId, other: StoryId, placed: Mapping[StoryId, Placement], looked: _Looked, held: Settled
) -> Iterable[str]:
    rule = held.tie(one, other)
    if rule is RuleKind.APART:
        yield SAID_APART
    mine, theirs = looked.traits[one], looked.traits[other]
    if mine.day is not None and theirs.day is not None:
        if (gap := abs(mine.day - theirs.day)) > _NEAR_DAYS:
            yield f"{gap} days apart"
        yield from _occasions(mine, theirs, mine.day, theirs.day)
    elif (mine.day is None) != (theirs.day is None):
        yield "only one of them has a date"
    yield from _places(looked.stories[one], looked.stories[other], mine, theirs, looked.vector)
    yield from _numbers(mine, theirs)
    if looked.like(one, other) < looked.least:
        yield _unlike(one, other, looked)
    elif rule is not RuleKind.APART:
        yield from _events(one, other, placed, looked, held)


def _unlike(one: StoryId, other: StoryId, looked: _Looked) -> str:
    """Which of words, days and languages makes them less like than stories of one event are."""
    mine, theirs = looked.traits[one], looked.traits[other]
    if mine.language != theirs.language:
        return "told in two languages"
    likeness, words = looked.like(one, other), looked.words(one, other)
    measured = f"likeness {likeness:.2f}, one event from {looked.least:.2f}"
    if words < _ALIKE:  # what was not compared has no likeness to tell
        return f"too few of the same words ({measured})" if likeness else "too few of the same words"
    if mine.day is not None and theirs.day is not None and abs(mine.day - theirs.day) > _NEAR_DAYS:
        return f"their words are alike ({words:.2f}), but not their days"
    return f"their words are alike ({words:.2f}), but too little else is" + (f" ({measured})" if likeness else "")


def _occasions(mine: Traits, theirs: Traits, here: int, there: int) -> Iterable[str]:
    """The days of which both tell the same in the same words."""
    pair, gap = np.array([0]), np.array([float(abs(here - there))])
    if pairwise.another(columns.read([mine, theirs]), pair, pair + 1, gap)[0] > 0:
        first, second = (occasions.told(some.occasion, day) for some, day in ((mine, here), (theirs, there)))
        yield f"the same is told of {first} here, of {second} there"


def _places(one: Story, other: Story, mine: Traits, theirs: Traits, vector: Vectors) -> Iterable[str]:
    """Where each is about, if it is about nowhere that the other names."""
    here, there = _leading(one, mine, vector), _leading(other, theirs, vector)
    if here and there and not any(t in theirs.terms for t in here) and not any(t in mine.terms for t in there):
        yield f"one speaks of {next(iter(here.values()))}, the other of {next(iter(there.values()))}"


def _leading(story: Story, read: Traits, vector: Vectors) -> dict[str, str]:
    names = sorted((n for n in read.names if n not in CALENDAR), key=lambda n: (-vector.weight(n) * read.terms[n], n))
    places = [n for n in names[:12] if shared.place(read.surface(n), story)]
    return {n: read.surface(n) for n in places[:_LEADING]}


def _numbers(mine: Traits, theirs: Traits) -> Iterable[str]:
    """What both count, and count differently."""
    here, there = _counts(mine), _counts(theirs)
    for noun in sorted(here.keys() & there.keys())[:_TOLD]:
        if here[noun].keys().isdisjoint(there[noun].keys()):
            yield f"{min(here[noun].values())} here, {min(there[noun].values())} there"


def _counts(story: Traits) -> dict[str, dict[str, str]]:
    """Noun -> the numbers of it that a story gives, and how: {"pirate": {"23": "23 pirates"}}."""
    counts: dict[str, dict[str, str]] = {}
    for phrase, written in story.numbers.items():
        if shared.telling(phrase):
            number, noun = phrase.split(" ", 1)
            counts.setdefault(noun, {})[number] = written
    return counts


def _events(
    one: StoryId, other: StoryId, placed: Mapping[StoryId, Placement], looked: _Looked, held: Settled
) -> Iterable[str]:
    here, there = ([s for s in looked.stories if placed[s].event == placed[at].event] for at in (one, other))
    if any(held.tie(a, b) is RuleKind.APART for a in here for b in there):
        yield "you said that others of their events are apart"
        return
    mine, theirs = (_members(placed[s].event, placed, looked) for s in (one, other))
    mean = sum(looked.like(a, b) for a in mine for b in theirs) / max(len(mine) * len(theirs), 1)
    if len(mine) * len(theirs) > 1:
        yield f"alike by themselves, but not with all others of their events (mean likeness {mean:.2f})"
    else:
        yield "each was likelier elsewhere"


def _members(event: EventId, placed: Mapping[StoryId, Placement], looked: _Looked) -> list[StoryId]:
    return [s for s in looked.compared if placed[s].event == event]


def _sentence(why: Why, looked: _Looked) -> str:
    assert why.other is not None
    figure = f" ({why.likeness:.2f})" if why.likeness else ""  # none where the two were not compared
    name = f'"{shared.short(looked.stories[why.other].head.title, _HEADLINE)}"{figure}'
    pair = min(why.story, why.other), max(why.story, why.other)
    copied = looked.contained.get(pair, 0.0)
    said = [f"{copied:.0%} of the shorter text is in the other"] if copied else []
    if why.rule is RuleKind.TOGETHER and why.together:
        said.insert(0, SAID_TOGETHER)
    told = said + shared.sentences(why.shared)
    if why.together:
        alike = looked.traits[why.story].language == looked.traits[why.other].language
        return f"with {name}: " + "; ".join(told or [shared.unnamed(why.likeness, one_language=alike)])
    return f"apart from {name}: " + "; ".join([*why.apart, *(f"though {t}" for t in told[:1]), *told[1:]])
