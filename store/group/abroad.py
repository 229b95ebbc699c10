"""Events told in several languages: joined where names, by their sound, and numbers leave little doubt. A false merger
is worse than a missed one, so what only shares people and a day stays apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from store.group import languages
from store.group.columns import Columns
from store.group.dates import CALENDAR, Cited

# Of 69 made-up stories in eight languages these join 0.56 of the pairs that report one event, and no other; of 184
# others, which nothing was chosen by and which count little, 0.16 and no other.
LEAST = 0.8  # share of the leading names of one that the other has, and what numbers and days in common add
_SHARE = 0.5  # of the leading names, without which numbers say nothing
_NAMES = 3  # names in common
_LOOSE = 4  # where one side writes names without capitals, so that every word may be one
_FEW, _TELLING = 2, 3  # the same where numbers in common have so many digits beyond their first ones, zeros not counted
_NUMBER, _NUMBERS = 0.15, 3  # what one adds, and how many do
_DATE, _DATES = 0.1, 2
_DAYS = 2  # between the nearest stories of two events
_LEADING = 8
_REACH = 60  # events in which one sound is a sign; a name in more is everywhere
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_sound = lru_cache(maxsize=200_000)(languages.sound)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class _Told:
    """One event. sounds: of its names, of all words where loose; leading: the commonest; days: of its stories."""

    event: int
    language: int
    loose: bool
    sounds: frozenset[str]
    leading: tuple[str, ...]
    numbers: frozenset[str]
    cited: frozenset[Cited]
    days: tuple[int, ...]


def joined(stories: Columns, events: Sequence[int], asked: Collection[int] | None = None) -> list[int]:
    """The labels of events, those in several languages as one: the smallest story number in it. asked: the labels of
    those that are joined, with others or each other; None for all."""
    if not len(stories) or (stories.language == stories.language[0]).all():
        return list(events)
    told = _read(stories, events, asked)
    found = sorted(((_likeness(told[a], told[b]), a, b) for a, b in _candidates(told)), key=lambda f: (-f[0], f[1:]))
    held = {t.event: {t.language: t.event} for t in told}
    name = {t.event: t.event for t in told}
    for score, a, b in found:
        one, other = name[told[a].event], name[told[b].event]
        if score < LEAST or one == other or held[one].keys() & held[other].keys():
            continue
        first, last = sorted((one, other))
        held[first] |= held.pop(last)
        for event in held[first].values():
            name[event] = first
    return [name.get(event, event) for event in events]


def _read(stories: Columns, events: Sequence[int], asked: Collection[int] | None) -> list[_Told]:
    """The events of which some day is known: others are near none."""
    members: dict[int, list[int]] = defaultdict(list)
    for story, event in enumerate(events):
        members[event].append(story)
    dated = {events[story] for story in np.flatnonzero(~np.isnan(stories.day)).tolist()}
    known = {event: _About.of(stories, inside) for event, inside in members.items() if event in dated}
    if asked is not None:
        known = _concerned(known, asked)
    return [_told(event, stories, members[event], about) for event, about in known.items()]


def _concerned(known: Mapping[int, _About], asked: Collection[int]) -> dict[int, _About]:
    """Of these events those asked for, and others that tell of the same days in a language that none asked for is in;
    those among them near which there is another in another language."""
    own = {about.language for event, about in known.items() if event in asked}
    days = sorted({day for event, about in known.items() if event in asked for day in about.days})
    some = {
        event: about
        for event, about in known.items()
        if event in asked or ((len(own) > 1 or about.language not in own) and _near(about.days, days))
    }
    return {
        event: about
        for event, about in some.items()
        if any(about.language != other.language and _near(about.days, other.days) for other in some.values())
    }


@dataclass(frozen=True, slots=True)
class _About:
    """The language of most stories of an event, and the days of all."""

    language: int
    days: tuple[int, ...]

    @classmethod
    def of(cls, stories: Columns, inside: Sequence[int]) -> _About:
        days, languages = stories.day[inside].tolist(), stories.language[inside].tolist()
        known = tuple(sorted({int(day) for day in days if day == day}))
        return cls(languages[0] if len({*languages}) == 1 else Counter(languages).most_common(1)[0][0], known)


def _told(event: int, stories: Columns, inside: Sequence[int], about: _About) -> _Told:
    told = [stories.told_of(story) for story in inside]
    loose = not any(run for names, _ in told for run in names[1::3])
    words: dict[str, int] = {}
    for names, _ in told:
        for word, run, often in zip(names[::3], names[1::3], names[2::3], strict=True):
            if loose or run:
                words[word] = words.get(word, 0) + int(often)
    counts: dict[str, int] = {}
    for word in words.keys() - CALENDAR:
        if len(heard := _sound(word)) > 2:
            counts[heard] = counts.get(heard, 0) + words[word]
    leading = sorted(counts, key=lambda s: (-counts[s], s))[:_LEADING]
    days = stories.day[inside].tolist()
    return _Told(
        event,
        about.language,
        loose,
        frozenset(counts),
        tuple(leading),
        frozenset(n for _, numbers in told for phrase in numbers[::2] if (n := _number(phrase))),
        frozenset(c for s, day in zip(inside, days, strict=True) for c in _cited(stories, s, day)),
        about.days,
    )


def _cited(stories: Columns, story: int, day: float) -> Iterator[Cited]:
    """Days other than its own, or those beside."""
    for date in stories.dates(story):
        if day != day or abs(date.near(int(day)) - int(day)) > 1:
            yield date


@lru_cache(maxsize=100_000)
def _number(phrase: str) -> str:
    """ "1,250 lorries" -> "1250"; "" for what is too small, or a year, to tell anything."""
    match = _DIGITS.match(phrase)
    if not match:
        return ""
    digits = match[0]
    digits = re.sub("[.,]", "", digits) if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    value = float(digits) if digits.count(".") < 2 and len(digits) < 30 else 0.0
    whole = value == int(value)
    return "" if whole and (value < 10 or 1900 <= value <= 2100) else f"{value:g}"


def _digits(number: str) -> int:
    """Of "12400" and "3.25" two beyond the first, of "300" none."""
    return max(len(number.replace(".", "").strip("0")) - 1, 0)


def _candidates(told: Sequence[_Told]) -> Iterator[tuple[int, int]]:
    """Pairs of unlike languages and near days that share a number and a name's sound."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(told):
        for sign in (*event.numbers, *event.leading):
            holders[sign].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for some in holders.values():
        if len(some) <= _REACH:
            shared.update(p for p in combinations(some, 2) if told[p[0]].language != told[p[1]].language)
    for a, b in sorted(shared):
        if _near(told[a].days, told[b].days):
            yield a, b


def _near(mine: Sequence[int], theirs: Sequence[int]) -> bool:
    return any(abs(a - b) <= _DAYS for a in mine for b in theirs)


def _likeness(one: _Told, other: _Told) -> float:
    """0 where there are too few signs; above LEAST where two events are one."""
    both = one.sounds & other.sounds
    alike = one.numbers & other.numbers
    least = _LOOSE if one.loose or other.loose else _NAMES
    if len(both) < (_FEW if sum(map(_digits, alike)) >= _TELLING else least):
        return 0.0
    share = max(
        (len(both & set(side.leading)) / len(side.leading) for side in (one, other) if side.leading and not side.loose),
        default=0.0,
    )
    numbers, dates = len(alike), len(one.cited & other.cited)
    if share < _SHARE or not (numbers or dates):
        return 0.0
    return share + _NUMBER * min(numbers, _NUMBERS) + _DATE * min(dates, _DATES)
