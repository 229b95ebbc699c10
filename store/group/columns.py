"""Stories side by side: the traits of all of them in a few flat arrays, which is what grouping compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from store.group import common, packed
from store.group.credits import Source
from store.group.dates import Cited
from store.group.packed import FIGURE, HEADER, NAMED, PLACE, TITLED, TOLD, Codes
from store.group.rows import FEW, Code, Floats, Ints, Small, changes, spans, starts, told_apart
from store.group.traits import AGE, Traits, code
from store.model import StoryId

_COUNTED = 0.2  # share of ordinary stories: a noun in more is counted everywhere
_SAID = 0.2  # the same: a word in more is in any sentence; 0.1 and 0.4 lose 0.0003 B3 F1
_AT_ONCE = 2000  # stories whose bytes are taken apart together
_DAY = 24  # where the day stands among the bytes of a story
_AT_A_TIME = 1 << 20  # codes looked up

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Rows:
    """What each story holds of one kind, ascending."""

    start: Ints
    held: Codes

    def row(self, story: int) -> Codes:
        return self.held[self.start[story] : self.start[story + 1]]


@dataclass(frozen=True, slots=True)
class Signs:
    """The same by numbers that tell the signs of all stories apart, from 0; codes: what sign a number is of."""

    start: Ints
    held: Small
    codes: Codes

    def row(self, story: int) -> Small:
        return self.held[self.start[story] : self.start[story + 1]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Stories by number. day: of publication, nan for none; year: see Traits, nan for none; language: as a number.

    words: each story's terms; beside them counts (title counted double), lead (how often in title and first words)
    and named (whether it is a name). nouns, numbers: what is counted, and each number of it; cited, shingles, weekdays,
    figures, places: see Traits; ages: of people. titled, days, led, occasions: what titles and leads tell of
    days (see store.group.occasions). told: bytes whose text names are written in.
    """

    ids: list[StoryId]
    published: list[str | None]
    told: list[bytes]
    day: Floats
    year: Floats
    language: Codes
    words: Signs
    counts: Bytes
    lead: Bytes
    named: NDArray[np.bool_]
    nouns: Rows
    numbers: Rows
    cited: Signs
    shingles: Rows
    weekdays: Codes
    titled: NDArray[np.bool_]
    figures: Rows
    places: Rows
    ages: Rows
    days: NDArray[np.uint64]
    led: NDArray[np.uint64]
    occasions: Rows

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def starts(self) -> Ints:
        """Where the words of each story begin in `codes`, `leading` and `named`, and where the last ones end."""
        return self.words.start

    @property
    def codes(self) -> Codes:
        return self.words.codes[self.words.held]

    @property
    def leading(self) -> NDArray[np.bool_]:
        """Which words stand in the lead."""
        return self.lead > 0

    def headline(self, story: int) -> str:
        return packed.head(self.told[story])[0]

    def source(self, story: int) -> Source:
        _, _, credited, own, _ = packed.head(self.told[story])
        return Source(credited or None, own or None)

    def told_of(self, story: int) -> tuple[list[str], list[str]]:
        """Names, each with its run of capitals, if any, and how often; numbers, each as written."""
        _, (names, numbers, _) = packed.unpack(self.told[story])
        return names, numbers

    def dates(self, story: int) -> Iterable[Cited]:
        """Cited by it."""
        return map(packed.day_of, self.cited.codes[self.cited.row(story)].tolist())

    def traits(self, story: int) -> Traits:
        """What reasons tell of a story. Of its terms it holds the names alone, or all where it has no names."""
        (headline, published, _, _, opening), (names, numbers, quotes) = packed.unpack(self.told[story])
        day, year = float(self.day[story]), float(self.year[story])
        return Traits(
            story=self.ids[story],
            headline=headline,
            published=published or None,
            day=None if day != day else int(day),
            terms=dict(zip(names[::3], map(int, names[2::3]), strict=True)),
            lead={},
            names={name: run for name, run in zip(names[::3], names[1::3], strict=True) if run},
            numbers=packed.pairs(numbers),
            quotes=packed.pairs(quotes),
            cited=frozenset(self.dates(story)),
            year=None if year != year else int(year),
            shingles=self.shingles.row(story),
            language=_letters(int(self.language[story])),
            opening=opening,
            weekdays=int(self.weekdays[story]),
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some stories alone, as Columns tell them: all that an index asks of a new one."""

    ids: list[StoryId]
    day: Floats
    starts: Ints
    codes: Codes
    leading: NDArray[np.bool_]
    named: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def words(stories: Iterable[tuple[StoryId, bytes]]) -> Words:
    """A tenth of the work of `of`."""
    ids: list[StoryId] = []
    days: list[int] = []
    told = [(np.empty(0, np.uint32), np.empty((3, 0), np.uint8))]
    sizes: list[int] = []
    for some in _by(_AT_ONCE, stories):  # whose bytes are let go
        ids += [story for story, _ in some]
        each = [_words(held) for _, held in some]
        days += [day for day, *_ in each]
        sizes += [len(codes) for _, codes, _ in each]
        told.append((np.concatenate([codes for _, codes, _ in each]), np.concatenate([b for *_, b in each], axis=1)))
    codes, beside = told[1] if len(told) == 2 else (np.concatenate(p, axis=-1) for p in zip(*told, strict=True))
    start = starts(np.array(sizes, dtype=np.int64))
    return Words(ids, _known(np.array(days, np.uint32)), start, codes, beside[1] > 0, (beside[2] & NAMED) > 0)


def _words(held: bytes) -> tuple[int, Codes, Bytes]:
    """Day, words and what stands beside them."""
    sizes = np.frombuffer(held, "<u4", HEADER).tolist()
    number = sizes[_CODES[0]]
    codes = np.frombuffer(held, "<u4", number, 4 * HEADER)
    beside = np.frombuffer(held, np.uint8, 3 * number, 4 * (HEADER + sum(sizes[at] for at in (*_CODES, _QUOTES))))
    return sizes[_DAY // 4], codes, beside.reshape(3, number)


def of(stories: Iterable[tuple[StoryId, bytes]]) -> Columns:
    """The stories in the order given."""
    return _columns(stories, arranged=False)


def arranged(stories: Iterable[tuple[StoryId, bytes]]) -> Columns:
    """Undated stories first, then by day and id, in whatever order they come: from here on a story is its number, so
    that arrival decides no tie."""
    first = list(islice(stories := iter(stories), FEW))
    if len(first) < FEW:
        return of(sorted(first, key=lambda one: (int.from_bytes(one[1][_DAY : _DAY + 4], "little"), one[0])))
    return _columns(chain(first, stories), arranged=True)


def _columns(stories: Iterable[tuple[StoryId, bytes]], *, arranged: bool) -> Columns:
    ids: list[StoryId] = []
    told: list[bytes] = []
    headers: list[NDArray[np.uint32]] = [np.empty((0, HEADER), np.uint32)]
    codes, octets = [[np.empty(0, np.uint32)] for _ in _CODES], [[np.empty(0, np.uint8)] for _ in range(3)]
    for some in _by(_AT_ONCE, stories):
        ids += [story for story, _ in some]
        told += [packed.text(bytes_) for _, bytes_ in some]
        _take_apart([bytes_ for _, bytes_ in some], headers, codes, octets)
    header = np.concatenate(headers)
    if not arranged:
        return _joined(ids, told, header, _Flat(header, codes, octets))
    days = header[:, 6].tolist()
    order = np.array(sorted(range(len(ids)), key=lambda at: (days[at], ids[at])), dtype=np.int64)
    places = order.tolist()
    flat = _Flat(header, codes, octets, order)
    return _joined([ids[at] for at in places], [told[at] for at in places], header[order], flat)


def read(stories: Sequence[Traits]) -> Columns:
    """The same of a few stories that were read just now."""
    return of((story.story, packed.pack(story, Source())) for story in stories)


_CODES = (1, 2, 3, 3, 4)  # words, shingles, numbers, nouns, cited: where a header says how many there are
_QUOTES = 5  # the same of quotations, which are not compared, and stand behind them


class _Flat:
    """The signs of all stories in their order, a kind at a time; what was taken is let go."""

    def __init__(
        self,
        header: NDArray[np.uint32],
        codes: Sequence[list[Codes]],
        octets: Sequence[list[Bytes]],
        order: Ints | None = None,
    ) -> None:
        self._sizes = header.astype(np.int64)
        self._codes_held = codes
        self._octets_held = octets
        self._order = order

    def codes(self, kind: int) -> Codes:
        held = np.concatenate(self._codes_held[kind])
        self._codes_held[kind].clear()
        return held if self._order is None else held[self._places(_CODES[kind], self._order)]

    def octets(self, kind: int) -> Bytes:
        """Counts, leads and signs beside each word."""
        held = np.concatenate(self._octets_held[kind])
        self._octets_held[kind].clear()
        return held if self._order is None else held[self._places(_CODES[0], self._order)]

    def _places(self, at: int, order: Ints) -> Ints:
        sizes = self._sizes[:, at]
        return spans((np.cumsum(sizes) - sizes)[order], sizes[order])


def _take_apart(
    stories: Sequence[bytes],
    headers: list[NDArray[np.uint32]],
    codes: Sequence[list[Codes]],
    octets: Sequence[list[Bytes]],
) -> None:
    """Adds what some stories hold to what others do."""
    if len(stories) < FEW:
        _take_few(stories, headers, codes, octets)
        return
    data = np.frombuffer(b"".join(stories), dtype="<u4")
    lengths = np.array([len(story) // 4 for story in stories], dtype=np.int64)
    begin = np.cumsum(lengths) - lengths
    header = data[begin[:, None] + np.arange(HEADER)]
    headers.append(header)
    place = begin + HEADER
    for some, at in zip(codes, _CODES, strict=True):
        sizes = header[:, at].astype(np.int64)
        some.append(data[spans(place, sizes)])
        place = place + sizes
    place = (place + header[:, _QUOTES]) * 4
    bytes_, words = data.view(np.uint8), header[:, _CODES[0]].astype(np.int64)
    for each in octets:
        each.append(bytes_[spans(place, words)])
        place = place + words


def _take_few(
    stories: Sequence[bytes],
    headers: list[NDArray[np.uint32]],
    codes: Sequence[list[Codes]],
    octets: Sequence[list[Bytes]],
) -> None:
    """The same story by story, which is quicker up to some fifty."""
    for story in stories:
        data = np.frombuffer(story, dtype="<u4")
        header = data[:HEADER]
        headers.append(header[None, :])
        sizes, place = header.tolist(), HEADER
        for some, at in zip(codes, _CODES, strict=True):
            some.append(data[place : place + sizes[at]])
            place += sizes[at]
        bytes_, place, words = data.view(np.uint8), (place + sizes[_QUOTES]) * 4, sizes[_CODES[0]]
        for each in octets:
            each.append(bytes_[place : place + words])
            place += words


def _joined(ids: list[StoryId], told: list[bytes], header: NDArray[np.uint32], flat: _Flat) -> Columns:
    size = header[:, 1:6].astype(np.int64)
    words = _numbered(size[:, 0], flat.codes(0))
    shingles = Rows(starts(size[:, 1]), flat.codes(1))
    counts, lead, signs = (flat.octets(kind) for kind in range(3))
    numbers, nouns = flat.codes(2), flat.codes(3)
    telling = (common.shares(nouns, 0.0) < _COUNTED) & (nouns > 0)
    row = np.arange(len(size)).repeat(size[:, 2])
    aged = nouns == code(AGE)
    ages = _distinct(len(size), row[aged], numbers[aged])
    telling &= ~aged
    row = row[telling]
    both = nouns.astype(np.uint64) << np.uint64(32) | numbers.astype(np.uint64)
    figure, place, said = (signs & FIGURE) > 0, (signs & PLACE) > 0, (signs & TOLD) > 0
    said[said] = common.shares(words.codes[words.held[said]], 0.0) < _SAID
    days = np.ascontiguousarray(header[:, 10:14]).view("<u8")
    return Columns(
        ids=ids,
        published=[packed.published(text) for text in told],
        told=told,
        day=_known(header[:, 6]),
        year=_known(header[:, 7]),
        language=header[:, 8],
        words=words,
        counts=counts,
        lead=lead,
        named=(signs & NAMED) > 0,
        nouns=_distinct(len(size), row, nouns[telling]),
        numbers=_distinct(len(size), row, both[telling]),
        cited=_numbered(size[:, 3], flat.codes(4)),
        shingles=shingles,
        weekdays=header[:, 9] & np.uint32(TITLED - 1),
        titled=(header[:, 9] & TITLED) > 0,
        figures=Rows(starts(figure)[words.start], words.held[figure].astype(np.uint32)),
        places=Rows(starts(place)[words.start], words.held[place].astype(np.uint32)),
        ages=ages,
        days=days[:, 0],
        led=days[:, 1],
        occasions=Rows(starts(said)[words.start], words.held[said].astype(np.uint32)),
    )


def _numbered(sizes: Ints, codes: Codes) -> Signs:
    """Codes ascend in each row, and so do numbers."""
    if len(codes) < _AT_A_TIME:
        return Signs(starts(sizes), *told_apart(codes))
    known = np.unique(codes)
    held = np.empty(len(codes), np.int32)
    for at in range(0, len(codes), _AT_A_TIME):
        held[at : at + _AT_A_TIME] = np.searchsorted(known, codes[at : at + _AT_A_TIME])
    return Signs(starts(sizes), held, known)


def _distinct(stories: int, row: Ints, codes: NDArray[Code]) -> Rows:
    """Of codes in any order, each once in a row."""
    if not len(codes):
        return Rows(np.zeros(stories + 1, np.int64), np.empty(0, np.uint32))
    held, known = told_apart(codes)
    keys = row * len(known) + held
    keys.sort()
    keys = keys[changes(keys)]
    row = keys // len(known)
    return Rows(starts(np.bincount(row, minlength=stories)), (keys - row * len(known)).astype(np.uint32))


def _known(column: Codes) -> Floats:
    return np.where(column > 0, column.astype(np.float64), np.nan)


def _letters(number: int) -> str:
    return number.to_bytes(4, "little").rstrip(b"\0").decode("ascii", "replace")


def _by(size: int, stories: Iterable[tuple[StoryId, bytes]]) -> Iterator[list[tuple[StoryId, bytes]]]:
    left = iter(stories)
    while some := list(islice(left, size)):
        yield some
