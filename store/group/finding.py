"""The events that a text belongs to, best first, each with what it shares with the nearest story; nothing is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from store.group import columns, placing, shared, traits, vectors, why
from store.group.vectors import Whole, background
from store.model import Event, EventId, Fit, Nearness, Story, StoryId

WORDS = 40  # by which stories are looked up
_RARE = 0.02  # share of ordinary stories that hold a word
# Mean likeness from which on grouping can be taken at its word: of 420 labelled stories asked about in a library of
# 5,829 that lacks them, 288 of which belong to an event there, 240 are rightly said to and 18 wrongly; 231 and 16 at
# 0.16, 245 and 27 without any bound. Without their dates 222 and 19, 205 and 15, 239 and 46.
_SURE = 0.14


def keywords(story: Story) -> tuple[str, ...]:
    """The words, as the text writes them, by which stories like it are found: rare and often said first."""
    read = traits.read(story)
    written = {t: read.surface(t) for t in read.names}
    rare = [t for t in read.terms if background().get(t, 0.0) < _RARE and not t.isdigit()]
    rare.sort(key=lambda t: (-min(read.terms[t], 3) * (2 if t in written else 1), background().get(t, 0.0), t))
    return tuple(written.get(t, t) for t in rare[:WORDS])


def fits(
    text: Story, events: Sequence[Event], stories: Mapping[StoryId, Story], among: Whole | None = None
) -> tuple[Fit, ...]:
    """How well a text fits each event, by the stories of it that are given; those unlike it are left out. It belongs
    where grouping puts it among these stories. among: the library that they are part of."""
    given = [text, *stories.values()]
    like = why.likenesses(given, among)
    words = vectors.build([traits.read(s).terms for s in given], among)
    stands = {s.id: event.id for event in events for s in event.stories if s.id in stories}
    known = columns.of(placing.read_all(given, lambda _: None))
    told = placing.grouping(known, stands, lambda _: None, index=among)
    here = known.ids.index(text.id)
    found: dict[EventId, Fit] = {}
    for event in events:
        members = [s.id for s in event.stories if s.id in stories]
        likeness = {s: like.get((min(s, text.id), max(s, text.id)), 0.0) for s in members}
        mean = sum(likeness.values()) / max(len(members), 1)
        if mean <= 0:
            continue
        nearest = max(members, key=lambda s: (likeness[s], s))
        pair = traits.read(text), traits.read(stories[nearest])
        both = shared.in_full(shared.between(*pair, words), text, stories[nearest], words)
        why_so = shared.sentences(both)
        belongs = told.nearest(here)[0] is not None and told.events[here] == event.id
        found[event.id] = Fit(
            event.id,
            event.headline,
            round(mean, 4),
            belongs,
            nearest,
            "; ".join(why_so) or shared.unnamed(mean, one_language=pair[0].language == pair[1].language),
            len(event.stories),
            _nearness(mean, placing.same(len(among or stories)), belongs=belongs),
        )
    return best_first(found.values())


def best_first(found: Iterable[Fit]) -> tuple[Fit, ...]:
    """Where grouping would put the text, then the likest: with many stories of an event the mean may be the lower."""
    return tuple(sorted(found, key=lambda f: (not f.belongs, -f.likeness, f.event)))


def _nearness(likeness: float, least: float, *, belongs: bool) -> Nearness:
    if belongs and likeness >= _SURE:
        return Nearness.BELONGS
    return Nearness.PERHAPS if belongs or likeness >= least else Nearness.ANOTHER


def likeliest(held: Mapping[str, frozenset[StoryId]], most: int) -> list[StoryId]:
    """The stories that hold most of the words, a word counting the more the fewer stories hold it."""
    scores: dict[StoryId, float] = defaultdict(float)
    for stories in held.values():
        for story in stories:
            scores[story] += 1 / (1 + len(stories)) ** 0.5
    return sorted(scores, key=lambda s: (-scores[s], s))[:most]
