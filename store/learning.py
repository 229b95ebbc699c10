"""What the library teaches about lines: those that recur in an outlet's stories are its furniture, unless the reader
says otherwise. Between the archive (what recurs), the marks (the reader's rules) and the reading of texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from store.archive import Archive
from store.archive.furniture import Recurring
from store.marks import Marks
from store.model import Raw, RuleKind, Story, StoryId
from store.text import story as reading
from store.text.clean import NOTHING_KNOWN, line_key
from store.text.prose import is_prose

FEWEST = 3  # different stories of one outlet
OWN = 2  # sentences that each of two stories has and the other lacks; with fewer, one is a state or a copy of the other
BACKGROUND = 0.34  # of a sentence's names that its stories tell of besides: what they repeat is background
MOST = 500  # lines kept of one outlet, the most frequent
LONGEST = 1000  # characters; furniture is short
OUTLET = "outlet:"
_LEARNED = "of this outlet"  # what the reason of a line that was learned ends in


class Lines:
    """What is known of the lines of each outlet. One for one pass over stories: what was learned is read once."""

    def __init__(self, archive: Archive, marks: Marks) -> None:
        self._archive = archive
        self._known: dict[str, Mapping[str, str]] = {}
        self._outlets = archive.furniture.outlets()
        self._keep: dict[str, set[str]] = defaultdict(set)
        self._off: dict[str, set[str]] = defaultdict(set)
        for rule in marks.rules():
            if rule.kind is RuleKind.KEEP:
                self._keep[rule.of[0]].add(line_key(rule.text))
            elif rule.kind is RuleKind.UNLEARNED:
                self._off[rule.of[0]].add(line_key(rule.text) if rule.text else "")

    def read(self, raw: Raw, story: StoryId) -> Story:
        """The story in raw, without what was learned to be furniture and with what the reader wants to keep."""
        found = reading.read(raw, story)
        outlet = found.head.source or ""
        known, keep = self.known(outlet), self.keep(story, outlet)
        keys = {line_key(p.text) for p in found.passages} if known or keep else set()
        if keys.isdisjoint(known) and keys.isdisjoint(keep):
            return found
        return reading.read(raw, story, known=known, keep=keep)

    def known(self, outlet: str) -> Mapping[str, str]:
        """The lines learned of an outlet that are not switched off, each with its reason."""
        if outlet not in self._outlets:
            return NOTHING_KNOWN
        if outlet not in self._known:
            off = self._off[OUTLET + outlet]
            learned = () if "" in off else self._archive.furniture.of(outlet)
            self._known[outlet] = {r.key: f"in {r.stories} stories {_LEARNED}" for r in learned if r.key not in off}
        return self._known[outlet]

    def keep(self, story: StoryId, outlet: str) -> Collection[str]:
        """The lines that the reader wants to read, in this story or in all of its outlet."""
        return self._keep.get(story, set()) | self._keep.get(OUTLET + outlet, set())


def learn(archive: Archive, told: Callable[[int], None] = lambda _: None) -> None:
    """Counts the lines of each outlet's stories anew and keeps those that recur; told how many stories were read."""
    archive.furniture.replace(_recurring(archive, told))


def recurring(outlet: str, stories: Iterable[Story]) -> list[Recurring]:
    """The lines that recur in these stories of one outlet."""
    return list(_of_outlet(outlet, [_Lined.of(story) for story in stories]))


def _recurring(archive: Archive, told: Callable[[int], None]) -> list[Recurring]:
    by_outlet = sorted((s.head.source, s.id) for s in archive.listed() if s.head.source)
    found: list[Recurring] = []
    done = 0
    for outlet, group in groupby(by_outlet, key=lambda known: known[0]):
        stories = [story for _, story in group]
        if outlet and len(stories) >= FEWEST:
            found += recurring(outlet, archive.stories(stories))
        done += len(stories)
        told(done)
    return found


@dataclass(frozen=True, slots=True)
class _Lined:
    """A story as its lines: text by key, which of them are sentences, which were read or left out only by what was
    learned before, and how often each capitalised word stands."""

    lines: Mapping[str, str]
    prose: frozenset[str]
    read: frozenset[str]
    names: Counter[str]

    @classmethod
    def of(cls, story: Story) -> _Lined:
        lines = _lines(story)
        names = Counter(name for text in (story.head.title, *lines.values()) for name in _names(text))
        read = frozenset(line_key(p.text) for p in story.passages if p.kept or p.reason.endswith(_LEARNED))
        return cls(lines, frozenset(key for key, text in lines.items() if is_prose(text)), read, names)


def _of_outlet(outlet: str, stories: Sequence[_Lined]) -> Iterator[Recurring]:
    holding: dict[str, list[_Lined]] = defaultdict(list)
    for story in stories:
        for key in story.lines:
            holding[key].append(story)
    own = _names(outlet)
    found = []
    for key, held in holding.items():
        text = held[0].lines[key]
        if len(held) < FEWEST or not any(key in story.read for story in held) or not _differ(held):
            continue
        if key in held[0].prose and _told_besides(_names(text[1:]) - own, held) > BACKGROUND:
            continue
        found.append(Recurring(outlet, key, text, len(held)))
    return iter(sorted(found, key=lambda r: (-r.stories, r.key))[:MOST])


def _differ(stories: Sequence[_Lined]) -> bool:
    """Whether three of these are different stories, and not states of fewer."""
    kept: list[_Lined] = []
    for story in stories:
        if all(min(len(story.prose - other.prose), len(other.prose - story.prose)) >= OWN for other in kept):
            kept.append(story)
            if len(kept) == FEWEST:
                return True
    return False


def _told_besides(names: frozenset[str], stories: Sequence[_Lined]) -> float:
    """The share of a line's names that its stories also hold elsewhere; 0 where it names nobody."""
    if not names:
        return 0.0
    return sum(story.names[name] > 1 for story in stories for name in names) / (len(names) * len(stories))


_NAME = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]{2,}")


def _names(text: str) -> frozenset[str]:
    return frozenset(word for word in _NAME.findall(text) if word[0].isupper())


def _lines(story: Story) -> dict[str, str]:
    """Each line of a story by its key; a headline, and marks that no letter stands in, say nothing."""
    title = line_key(story.head.title)
    keyed = ((line_key(p.text), p.text) for p in story.passages if len(p.text) <= LONGEST)
    return {key: text for key, text in keyed if key != title and any(c.isalpha() for c in key)}
