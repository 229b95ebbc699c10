"""Which stories share rare words with a given one, kept between runs so that one more story costs no second look at
all. A throwaway: what is lost or damaged is made again from the stories."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from store.group import origins, traits, vectors
from store.group.dates import CALENDAR
from store.group.origins import Source
from store.group.traits import Traits
from store.group.vectors import Floats, Ints
from store.model import Story, StoryId

_BUCKETS = 1 << 22  # words are counted by checksum: of 400,000 words a tenth share a bucket with another
_FINDERS = 40  # rarest words of a story, by which it is found
_LEAST = 0.02  # share of finders, by weight and faded by days, below which no event was ever shared
_BESIDE = 0.3  # of the best share: what is fainter than that beside it is another event
_FADES = 10.0  # days
_FLOOR = 0.1
_TAIL = 2000  # stories looked up one by one until they are sorted in with the others
_READ = 2000  # stories whose traits are remembered
_UNDATED = -1

Buckets = NDArray[np.int64]
T = TypeVar("T")


class Counted:
    """How many stories hold a word in one part of theirs."""

    def __init__(self) -> None:
        self.stories = 0
        self.df = np.zeros(_BUCKETS, dtype=np.int32)

    def __len__(self) -> int:
        return self.stories

    def add(self, words: Iterable[str]) -> None:
        self.df[np.unique(_buckets(words))] += 1
        self.stories += 1

    def held(self, terms: Iterable[str]) -> dict[str, int]:
        words = list(terms)
        return dict(zip(words, self.df[_buckets(words)].tolist(), strict=True)) if words else {}


class Index:
    """Grows by `add`; not safe for two threads at once."""

    def __init__(self) -> None:
        self._ids: list[StoryId] = []
        self._number: dict[StoryId, int] = {}
        self._df = np.zeros(_BUCKETS, dtype=np.int32)
        self.leads = Counted()
        self.names = Counted()
        self._finders: list[Buckets] = []
        self._day: list[int] = []
        self._holders = np.empty(0, dtype=np.int64)
        self._begin = np.zeros(_BUCKETS + 1, dtype=np.int64)
        self._sorted = 0
        self._tail: dict[int, list[int]] = {}
        self._remembered: dict[int, Traits] = {}
        self._sources: dict[int, Source] = {}

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def known(self) -> int:
        """How many stories it holds, each counted once however often it was revised."""
        return len(self._number)

    def __contains__(self, story: StoryId) -> bool:
        return story in self._number

    def read(self, story: Story) -> Traits:
        """The traits of a story, remembered for a while."""
        return _recalled(self._remembered, story, traits.read)

    def source(self, story: Story) -> Source:
        """What a story says of its own origin, remembered for a while."""
        return _recalled(self._sources, story, origins.read)

    def add(self, stories: Iterable[Traits]) -> None:
        """Takes in stories; one that is here already is found by its new words from now on, and by its old ones."""
        taken = []
        for story in stories:
            buckets = np.unique(_buckets(story.terms))
            self._df[buckets] += 1
            self.leads.add(story.lead)
            self.names.add(word for word in story.names if word not in CALENDAR)
            taken.append((story.story, story.day, buckets))
        for name, day, buckets in taken:  # once all are counted, so that the first of them too know what is rare
            number = len(self._ids)
            self._ids.append(name)
            self._number[name] = number
            self._day.append(_UNDATED if day is None else day)
            rarest = buckets[np.lexsort((buckets, self._df[buckets]))[:_FINDERS]]
            self._finders.append(rarest)
            for bucket in rarest.tolist():
                self._tail.setdefault(bucket, []).append(number)
        if len(self._ids) - self._sorted > _TAIL:
            self._sort()

    def near(self, story: Traits, most: int = 24) -> list[StoryId]:
        """The stories that share most rare words with this one about its day, nearest first; itself left out."""
        if not story.terms or not self._ids:
            return []
        buckets = np.unique(_buckets(story.terms))
        df = self._df[buckets]
        buckets = buckets[np.lexsort((buckets, df))[:_FINDERS]]
        buckets = buckets[self._df[buckets] <= vectors.common(len(self._ids))]
        idf = self._idf(buckets)
        holders = [self._held(bucket) for bucket in buckets.tolist()]
        met = np.concatenate([np.empty(0, np.int64), *holders])
        score = np.bincount(met, np.repeat(idf, [len(h) for h in holders]), minlength=len(self._ids))
        numbers = np.flatnonzero(score)
        faded = score[numbers] / max(float(idf.sum()), 1e-9) * self._left(story.day, numbers)
        best = np.lexsort((numbers, -faded))[: most + 1]
        best = best[[self._ids[n] != story.story for n in numbers[best].tolist()]]
        if not len(best):
            return []
        best = best[faded[best] >= max(_LEAST, _BESIDE * float(faded[best[0]]))]
        return list(dict.fromkeys(self._ids[n] for n in numbers[best].tolist()))[:most]

    def held(self, terms: Iterable[str]) -> dict[str, int]:
        """How many stories hold each term."""
        words = list(terms)
        return dict(zip(words, self._df[_buckets(words)].tolist(), strict=True)) if words else {}

    def save(self, path: Path) -> None:
        """Raises OSError where it cannot be written."""
        used, leads, names = (np.flatnonzero(df) for df in (self._df, self.leads.df, self.names.df))
        made = path.with_suffix(".new")
        with made.open("wb") as file:
            np.savez(
                file,
                ids=np.frombuffer("\n".join(self._ids).encode(), dtype=np.uint8),
                used=used.astype(np.int32),
                df=self._df[used],
                leads=leads.astype(np.int32),
                df_leads=self.leads.df[leads],
                names=names.astype(np.int32),
                df_names=self.names.df[names],
                day=np.array(self._day, dtype=np.int32),
                lengths=np.array([len(f) for f in self._finders], dtype=np.int32),
                finders=np.concatenate([np.empty(0, np.int64), *self._finders]).astype(np.int32),
            )
        made.replace(path)

    @classmethod
    def load(cls, path: Path) -> Index:
        """What was saved there; an empty index where there is none, or one that cannot be read."""
        index = cls()
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                ids = bytes(kept["ids"]).decode().split("\n") if len(kept["ids"]) else []
                day, lengths = kept["day"].tolist(), kept["lengths"]
                finders = np.split(kept["finders"].astype(np.int64), np.cumsum(lengths)[:-1]) if len(lengths) else []
                if not len(ids) == len(day) == len(finders):
                    return cls()
                index._df[kept["used"]] = kept["df"]
                index.leads.df[kept["leads"]] = kept["df_leads"]
                index.names.df[kept["names"]] = kept["df_names"]
                index.leads.stories = index.names.stories = len(ids)
        except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
            return cls()
        index._ids = [StoryId(story) for story in ids]
        index._number = {story: number for number, story in enumerate(index._ids)}
        index._day, index._finders = day, finders
        index._sort()
        return index

    def _sort(self) -> None:
        """Every bucket's holders side by side."""
        lengths = [len(f) for f in self._finders]
        finder = np.concatenate([np.empty(0, np.int64), *self._finders])
        order = np.argsort(finder, kind="stable")
        self._holders = np.repeat(np.arange(len(self._finders)), lengths)[order]
        self._begin = np.concatenate([[0], np.cumsum(np.bincount(finder, minlength=_BUCKETS))])
        self._sorted = len(self._finders)
        self._tail = {}

    def _held(self, bucket: int) -> Ints:
        sorted_ = self._holders[self._begin[bucket] : self._begin[bucket + 1]]
        tail = self._tail.get(bucket)
        return np.concatenate([sorted_, np.array(tail, dtype=np.int64)]) if tail else sorted_

    def _idf(self, buckets: Buckets) -> Floats:
        idf: Floats = np.log((len(self._ids) + 1) / (self._df[buckets] + 0.5))
        return np.maximum(idf, 0.0)

    def _left(self, day: int | None, numbers: Ints) -> Floats:
        if day is None:
            return np.ones(len(numbers))
        days = np.fromiter((self._day[n] for n in numbers.tolist()), dtype=np.float64, count=len(numbers))
        return np.where(days == _UNDATED, 1.0, _FLOOR + (1 - _FLOOR) * np.exp(-np.abs(days - day) / _FADES))


def _recalled(remembered: dict[int, T], story: Story, read: Callable[[Story], T]) -> T:
    key = hash(story)
    if key not in remembered:
        if len(remembered) >= _READ:
            remembered.clear()
        remembered[key] = read(story)
    return remembered[key]


def _buckets(terms: Iterable[str]) -> Buckets:
    codes = [crc32(term.encode("utf-8", "replace")) for term in terms]
    return np.array(codes, dtype=np.int64) % _BUCKETS


def of(stories: Sequence[Story]) -> Index:
    """An index of these stories."""
    index = Index()
    index.add(traits.read(story) for story in stories)
    return index
