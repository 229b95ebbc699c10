"""Which stories share rare words with a given one, kept between runs so that one more story costs no second look at
all. A throwaway: what is lost or damaged is made again from the stories."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from store.group import vectors
from store.group.packed import Codes
from store.group.rows import Floats, Ints, Small, changes, edges, owners, spans, starts
from store.model import StoryId

_BUCKETS = 1 << 22  # words are counted by checksum: of 400,000 words a tenth share a bucket with another
_FINDERS, _FEW = 40, 12_000  # rarest words of a story, by which it is found; twice as many while stories are few
_LEAST = 0.02  # share of finders, by weight and faded by days, below which no event was ever shared
_BESIDE = 0.3  # of the best share: what is fainter than that beside it is another event
_FADES = 10.0  # days
_FLOOR = 0.1
_TAIL = 2000  # stories looked up one by one until they are sorted in with the others
_UNDATED = -1
_ROOM = 10_000  # stories by which the days' room grows
_AT_ONCE = 2000  # stories whose rarest words are looked for together
_OWNER, _RARITY = 51, 22  # where in a number a story of these, and how many hold a word, stand
_STORY = 32  # bits of a story's number
_UNREADABLE = (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile)

Buckets = NDArray[np.int64]


class Worded(Protocol):
    """What is asked of some stories: see columns.Columns. A story's codes stand from starts[i] to starts[i + 1]."""

    def __len__(self) -> int: ...
    @property
    def ids(self) -> Sequence[StoryId]: ...
    @property
    def day(self) -> Floats: ...
    @property
    def starts(self) -> Ints: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def leading(self) -> NDArray[np.bool_]: ...
    @property
    def named(self) -> NDArray[np.bool_]: ...


class Counted:
    """How many stories hold a word in one part of theirs."""

    def __init__(self, df: Small | None = None) -> None:
        self.stories = 0
        self.df = np.zeros(_BUCKETS, dtype=np.int32) if df is None else df

    def __len__(self) -> int:
        return self.stories

    def add(self, buckets: Buckets, stories: int) -> None:
        """All words of some stories, each once a story."""
        np.add.at(self.df, buckets, 1)
        self.stories += stories

    def holders(self, codes: Codes) -> Small:
        """How many stories hold each word."""
        return self.df[_buckets(codes)]


@dataclass(frozen=True, slots=True)
class Words:
    """How many stories of a library hold each word: all that is asked of an index where nothing is to be found."""

    words: Counted
    leads: Counted
    names: Counted

    def __len__(self) -> int:
        return len(self.words)

    def holders(self, codes: Codes) -> Small:
        return self.words.holders(codes)

    @classmethod
    def load(cls, path: Path) -> Words | None:
        """Those of a saved index, a tenth of its work; None where there is none."""
        found = cls(Counted(), Counted(), Counted())
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                found._fill(kept, len(kept["day"]))
        except _UNREADABLE:
            return None
        return found if len(found) else None

    def _fill(self, kept: Mapping[str, NDArray[np.int32]], stories: int) -> None:
        for part, used, df in (
            (self.words, "used", "df"),
            (self.leads, "leads", "df_leads"),
            (self.names, "names", "df_names"),
        ):
            part.df[kept[used]] = kept[df]
            part.stories = stories


class Index:
    """Grows by `add`; not safe for two threads at once."""

    def __init__(self) -> None:
        self._ids: list[StoryId] = []
        self._number: dict[StoryId, int] = {}
        counts = np.zeros((_BUCKETS, 3), dtype=np.int32)  # side by side: the three of a word are asked together
        self._words, self.leads, self.names = (Counted(counts[:, part]) for part in range(3))
        self._day = np.empty(_ROOM, dtype=np.int32)  # room for more than there are
        # The stories that are found by each word, word by word: those of _used[i] from _begin[i] to _begin[i + 1].
        self._used: Buckets = np.empty(0, np.int64)
        self._begin = np.zeros(1, np.int64)
        self._holders = np.empty(0, np.int32)
        self._sorted = 0
        self._loose: list[tuple[Buckets, Ints]] = []  # words and stories not sorted in yet
        self._tail: dict[int, list[int]] = {}  # the same by word
        self._last: dict[StoryId, Buckets] = {}  # the rarest words of those added last

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def known(self) -> int:
        """How many stories it holds, each counted once however often it was revised."""
        return len(self._number)

    def __contains__(self, story: StoryId) -> bool:
        return story in self._number

    def add(self, stories: Worded) -> None:
        """Takes in stories; one that is here already is found by its new words from now on, and by its old ones."""
        buckets, start = _buckets(stories.codes), stories.starts
        for part, some in (
            (self._words, buckets),
            (self.leads, buckets[stories.leading]),
            (self.names, buckets[stories.named]),
        ):
            part.add(some, len(stories))
        known, whole = len(self._ids), len(self._ids) + len(stories)
        if whole > len(self._day):
            self._day = np.concatenate([self._day[:known], np.empty(whole + _ROOM, dtype=np.int32)])
        self._day[known:whole] = np.where(np.isnan(stories.day), _UNDATED, stories.day)
        self._ids += stories.ids
        self._number.update(zip(stories.ids, range(known, whole), strict=True))
        self._last = {}
        sort = whole - self._sorted > _TAIL
        for at in range(0, len(stories), _AT_ONCE):
            some = start[at : at + _AT_ONCE + 1]
            held, lengths = self._rarest(buckets[some[0] : some[-1]], some - some[0], known + at)
            self._loose.append((held, np.arange(known + at, known + at + len(lengths)).repeat(lengths)))
            if not sort:
                self._note(stories.ids[at : at + _AT_ONCE], known + at, held, lengths)
        if sort:
            self._sort()

    def _note(self, ids: Sequence[StoryId], first: int, held: Buckets, lengths: Ints) -> None:
        """Has some stories found by these words before they are sorted in; first: the number of the first."""
        begin = 0
        for number, (story, length) in enumerate(zip(ids, lengths.tolist(), strict=True), start=first):
            self._last[story] = own = held[begin : begin + length]
            begin += length
            for bucket in own.tolist():
                self._tail.setdefault(bucket, []).append(number)

    def _rarest(self, buckets: Buckets, start: Ints, first: int) -> tuple[Buckets, Ints]:
        """The rarest words of each of some stories, and how many; start: where the words of each begin; first: the
        number of the first story."""
        stories = len(start) - 1
        keys = owners(start) << _OWNER | self._words.df[buckets].astype(np.int64) << _RARITY | buckets
        keys.sort()
        keys = keys[changes(keys)]
        row = keys >> _OWNER
        lengths = np.bincount(row, minlength=stories)
        most = np.where(first + 1 + np.arange(stories) > _FEW, _FINDERS, 2 * _FINDERS)
        kept = np.arange(len(keys)) - starts(lengths)[row] < most[row]
        return keys[kept] & (_BUCKETS - 1), np.minimum(lengths, most)

    def near(self, stories: Worded, at: int, most: int = 24) -> list[StoryId]:
        """The stories that share most rare words with one of these about its day, nearest first; itself left out."""
        buckets = self._last.get(stories.ids[at])
        if buckets is None:
            codes = stories.codes[stories.starts[at] : stories.starts[at + 1]]
            buckets, _ = self._rarest(_buckets(codes), np.array([0, len(codes)]), len(self._ids) - 1)
        buckets = buckets[self._words.df[buckets] <= vectors.common(len(self._ids))]
        if not len(buckets):
            return []
        idf = self._idf(buckets)
        word, met = self._held(buckets)
        order = met.argsort(kind="stable")
        met = met[order]
        first = changes(met)
        numbers = met[first]
        score = np.bincount(first.cumsum() - 1, idf[word[order]], minlength=len(numbers))
        faded = score / max(float(idf.sum()), 1e-9) * self._left(float(stories.day[at]), numbers)
        likely = faded >= _LEAST
        numbers, faded = numbers[likely], faded[likely]
        best = (-faded).argsort(kind="stable")[: most + 1]
        best = best[[self._ids[n] != stories.ids[at] for n in numbers[best].tolist()]]
        if not len(best):
            return []
        best = best[faded[best] >= _BESIDE * faded[best[0]]]
        return list(dict.fromkeys(self._ids[n] for n in numbers[best].tolist()))[:most]

    def holders(self, codes: Codes) -> Small:
        """How many stories hold each word."""
        return self._words.holders(codes)

    def save(self, path: Path) -> None:
        """Raises OSError where it cannot be written."""
        self._sort()
        used, leads, names = (np.flatnonzero(df) for df in (self._words.df, self.leads.df, self.names.df))
        made = path.with_suffix(".new")
        with made.open("wb") as file:
            np.savez(
                file,
                ids=np.frombuffer("\n".join(self._ids).encode(), dtype=np.uint8),
                used=used.astype(np.int32),
                df=self._words.df[used],
                leads=leads.astype(np.int32),
                df_leads=self.leads.df[leads],
                names=names.astype(np.int32),
                df_names=self.names.df[names],
                day=self._day[: len(self._ids)],
                finders=self._used.astype(np.int32),
                found=np.diff(self._begin).astype(np.int32),
                holders=self._holders,
            )
        made.replace(path)

    @classmethod
    def load(cls, path: Path) -> Index:
        """What was saved there; an empty index where there is none, or one that cannot be read."""
        index = cls()
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                ids = bytes(kept["ids"]).decode().split("\n") if len(kept["ids"]) else []
                index._day, index._holders = kept["day"].astype(np.int32), kept["holders"].astype(np.int32)
                index._used, index._begin = kept["finders"].astype(np.int64), starts(kept["found"])
                if (len(ids), len(index._holders)) != (len(index._day), index._begin[-1]):
                    return cls()
                Words(index._words, index.leads, index.names)._fill(kept, len(ids))
        except _UNREADABLE:
            return cls()
        index._ids = cast(list[StoryId], ids)
        index._number = dict(zip(index._ids, range(len(ids)), strict=True))
        index._sorted = len(ids)
        return index

    def _sort(self) -> None:
        """Has every word's holders side by side."""
        words = [np.repeat(self._used, np.diff(self._begin)), *(held for held, _ in self._loose)]
        stories = [self._holders.astype(np.int64), *(numbers for _, numbers in self._loose)]
        keys = np.concatenate(words) << _STORY | np.concatenate(stories)
        keys.sort()
        word = keys >> _STORY
        bounds = edges(word)
        self._used, self._begin = word[bounds[:-1]], bounds if len(bounds) else np.zeros(1, np.int64)
        self._holders = (keys & ((1 << _STORY) - 1)).astype(np.int32)
        self._sorted = len(self._ids)
        self._loose, self._tail = [], {}

    def _held(self, buckets: Buckets) -> tuple[Ints, Ints]:
        """Which of these words finds a story, and its number; of each story in the order of the words."""
        at = self._used.searchsorted(buckets)
        at[at == len(self._used)] = 0
        there = self._used[at] == buckets if len(self._used) else np.zeros(len(at), dtype=bool)
        lengths = np.where(there, self._begin[at + 1] - self._begin[at], 0) if len(self._used) else 0 * at
        late = [self._tail.get(bucket, ()) for bucket in buckets.tolist()]
        words = [np.arange(len(at)).repeat(some) for some in (lengths, [len(held) for held in late])]
        met = self._holders[spans(self._begin[at], lengths)], np.array([*chain.from_iterable(late)], np.int64)
        return np.concatenate(words), np.concatenate(met)

    def _idf(self, buckets: Buckets) -> Floats:
        idf: Floats = np.log((len(self._ids) + 1) / (self._words.df[buckets] + 0.5))
        return np.maximum(idf, 0.0)

    def _left(self, day: float, numbers: Ints) -> Floats:
        if np.isnan(day):
            return np.ones(len(numbers))
        days = self._day[numbers]
        return np.where(days == _UNDATED, 1.0, _FLOOR + (1 - _FLOOR) * np.exp(-np.abs(days - day) / _FADES))


def _buckets(codes: Codes) -> Buckets:
    return (codes & np.uint32(_BUCKETS - 1)).astype(np.int64)
