"""Where the stories of an event give different values for one thing. Only sentences that speak of the same thing are
set against each other, and a value counts as another only where its story does not give the first one too, anywhere."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import TypeVar

from store.sheets import Disagreement, Version
from store.summary import figures, values
from store.summary.likeness import Likeness
from store.summary.page import Page
from store.summary.times import when
from store.summary.values import Value

T = TypeVar("T")

_AROUND, _FEWEST_AROUND = 0.5, 2  # of the stems beside a number that stand beside the other too, and stems at least
_SPELLING = 0.75  # likeness of two spellings of a name, by SequenceMatcher
_SHORTEST_NAME = 5  # letters: shorter words are alike by chance
_ALIKE = 0.5  # of the stems of both sentences, where the value itself does not say of what it is
_ALIKE_SIGN = 0.35  # the same for sums of money and percentages
_SWAPPED = 0.7  # of the stems of both sentences, that nothing but the place is another
_READ = 2_000  # characters of a sentence
_MOST = 12  # disagreements that are told
_KINDS = ("number", "date", "place", "name", "title")


@dataclass(frozen=True, slots=True)
class _Given:
    """A value and the sentence that gives it."""

    sentence: int
    value: Value


def disagreements(page: Page, likeness: Likeness, voice: Sequence[int]) -> tuple[Disagreement, ...]:
    """Numbers, days, places, names and offices that the voices give differently; those of most voices first. voice says
    whose each sentence is."""
    look = _Look(page, likeness, voice)
    found = [*look.numbers(), *look.dates(), *look.places(), *look.names(), *look.titles()]
    found.sort(key=lambda d: (-len({v for version in d.versions for v in version.voices}), _KINDS.index(d.kind)))
    return tuple(found[:_MOST])


class _Look:
    def __init__(self, page: Page, likeness: Likeness, voice: Sequence[int]) -> None:
        self._page, self._likeness, self._voice = page, likeness, voice
        self._texts = [sentence.text[:_READ] for sentence in page.sentences]
        self._full: dict[int, str] = defaultdict(str)
        for number, text in enumerate(self._texts):
            self._full[voice[number]] += f"{text}\n"
        for story, number in zip(page.stories, self._of_stories(), strict=True):
            self._full[number] += f"{story.head.title}\n{story.head.place or ''}\n"

    def _of_stories(self) -> list[int]:
        return [int(number) for number in self._page.origin]

    def numbers(self) -> Iterator[Disagreement]:
        said = self._everywhere(figures.every_number)
        given = self._given(lambda text, lang: figures.numbers(text, lang))

        def differ(one: _Given, other: _Given) -> bool:
            if figures.near(one.value.key, other.value.key):
                return False
            mine, theirs = one.value, other.value
            if mine.of in figures.PASSING and not self._day(one) == self._day(other) != "":
                return False
            least = min(len(mine.around), len(theirs.around))
            sign = mine.of in figures.SIGNS  # says less of what is counted than a word does
            if sign and not self._likeness.alike(one.sentence, other.sentence, _ALIKE_SIGN):
                return False
            if len(mine.around & theirs.around) < max(_FEWEST_AROUND + sign, _AROUND * least):
                return False
            if mine.fate and theirs.fate and mine.fate != theirs.fate:
                return False
            alone = not (mine.before and theirs.before)
            fits = alone or mine.before in theirs.around or theirs.before in mine.around
            return fits and self._apart(one, other, said)

        return self._told(given, differ)

    def dates(self) -> Iterator[Disagreement]:
        said = self._everywhere(lambda text: {d.key for d in values.dates(text)})

        def differ(one: _Given, other: _Given) -> bool:
            return self._likeness.alike(one.sentence, other.sentence, _ALIKE) and self._apart(one, other, said)

        return self._told(self._given(lambda text, _: values.dates(text)), differ)

    def places(self) -> Iterator[Disagreement]:
        folded = self._everywhere(str.casefold)

        def differ(one: _Given, other: _Given) -> bool:
            mine, theirs = (folded(self._voice[g.sentence]) for g in (one, other))
            if one.value.before != other.value.before or not self._likeness.alike(
                one.sentence, other.sentence, _SWAPPED
            ):
                return False
            return not set(one.value.key.split()) & set(theirs.split()) and other.value.key not in mine

        return self._told(self._given(lambda text, _: values.places(text)), differ)

    def names(self) -> Iterator[Disagreement]:
        """One name in two spellings: "Ilse Torm" and "Ilse Thorm"."""
        given = self._given(lambda text, _: [Value("name", "", _plain(n), n) for n in values.names(text)], alone=False)

        def differ(one: _Given, other: _Given) -> bool:
            mine, theirs = (self._full[self._voice[g.sentence]] for g in (one, other))
            return (
                _spelt_otherwise(one.value.key, other.value.key)
                and one.value.text not in theirs
                and other.value.text not in mine
            )

        return self._told(given, differ)

    def titles(self) -> Iterator[Disagreement]:
        """One person in two offices."""
        held: dict[str, dict[str, list[_Given]]] = defaultdict(lambda: defaultdict(list))
        for number, text in enumerate(self._texts):
            for name, office, written in values.offices(text):
                held[_plain(name)][office].append(_Given(number, Value("title", name, office, written)))
        for offices in held.values():
            by_office = {office: {self._voice[g.sentence] for g in given} for office, given in offices.items()}
            seen = Counter(v for voices in by_office.values() for v in voices)
            if len(offices) > 1 and max(seen.values()) == 1:
                yield self._disagreement("title", [g for given in offices.values() for g in given])

    # --- setting sentences against each other

    def _given(self, read: Callable[[str, str], Iterable[Value]], *, alone: bool = True) -> dict[int, list[_Given]]:
        """The values in each sentence; alone: only those that are the one of their kind in it."""
        found = {}
        for number, text in enumerate(self._texts):
            read_here = list(read(text, self._page.langs[self._page.sentences[number].story]))
            times = Counter(value.of for value in read_here)
            kept = [_Given(number, value) for value in read_here if not alone or times[value.of] == 1]
            if kept:
                found[number] = kept
        return found

    def _told(self, given: dict[int, list[_Given]], differ: Callable[[_Given, _Given], bool]) -> Iterator[Disagreement]:
        """The disagreements among these, each with all the values that stand against one another."""
        groups: list[dict[tuple[int, str, str], _Given]] = []
        for number, mine in given.items():
            for other in (int(n) for n in self._likeness.beside(number) if n > number):
                if other not in given or self._voice[other] == self._voice[number]:
                    continue
                for a in mine:
                    for b in given[other]:
                        if a.value.of == b.value.of and a.value.key != b.value.key and differ(a, b):
                            _join(groups, a, b)
        told: set[frozenset[str]] = set()
        for group in groups:
            members = list(group.values())
            keys = frozenset(g.value.key for g in members)
            if keys not in told:  # the same again, in other sentences
                told.add(keys)
                yield self._disagreement(members[0].value.kind, members)

    def _everywhere(self, read: Callable[[str], T]) -> Callable[[int], T]:
        """What is read in all the text of a voice, when it is asked for."""
        return cache(lambda voice: read(self._full[voice]))

    def _day(self, given: _Given) -> str:
        return when(self._page.stories[self._page.sentences[given.sentence].story].head.published)[:10]

    def _apart(self, one: _Given, other: _Given, said: Callable[[int], set[str]]) -> bool:
        mine, theirs = (said(self._voice[g.sentence]) for g in (one, other))
        return one.value.key not in theirs and other.value.key not in mine

    def _disagreement(self, kind: str, given: Sequence[_Given]) -> Disagreement:
        by_key: dict[str, list[_Given]] = defaultdict(list)
        for each in sorted(given, key=lambda g: g.sentence):
            by_key[each.value.key].append(each)
        versions = [self._version(same) for same in by_key.values()]
        versions.sort(key=lambda v: (-len(v.voices), v.voices))
        return Disagreement(kind, tuple(versions))

    def _version(self, same: Sequence[_Given]) -> Version:
        first = same[0]
        sentence = self._page.sentences[first.sentence]
        return Version(
            first.value.text,
            tuple(sorted({self._voice[g.sentence] for g in same})),
            sentence.text,
            self._page.id_of(sentence),
            sentence.paragraph,
            self._day(first),
        )


def _join(groups: list[dict[tuple[int, str, str], _Given]], one: _Given, other: _Given) -> None:
    """Puts two into the group that has one of them, or a new one; groups that meet become one."""
    keys = {(g.sentence, g.value.of, g.value.key): g for g in (one, other)}
    met = [group for group in groups if keys.keys() & group.keys()]
    for group in met:
        groups.remove(group)
        keys |= group
    groups.append(keys)


def _plain(name: str) -> str:
    """Without accents and marks, lower case: two names that differ by these are one."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in folded if c.isalpha() or c in " -").replace("-", " ").split())


def _spelt_otherwise(one: str, other: str) -> bool:
    """Whether two names of as many words differ in the spelling of one word, and by more than an ending."""
    mine, theirs = one.split(), other.split()
    if len(mine) != len(theirs) or one == other:
        return False
    unlike = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if len(unlike) != 1 or min(map(len, unlike[0])) < _SHORTEST_NAME:
        return False
    a, b = unlike[0]
    ending = a.startswith(b[:-2]) or b.startswith(a[:-2]) or a.replace("z", "s") == b.replace("z", "s")
    return not ending and a[0] == b[0] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= _SPELLING
