"""Near-copies: how much of the shorter of two stories is in the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from store.group.columns import Rows
from store.group.packed import Codes
from store.group.rows import FEW, Floats, Ints, changes, owners, places, runs, sizes, sketches, spans, table

CONTAINED = 0.3  # finds 0.99 of cut, reworked and partial wire copies; false on 0.002 of pairs told by one template
_SHARED = 8  # shingles two stories share at the least: twelve words in a row
_BITS = 1024  # of a sketch, one for all shingles of equal hash
_LINES = 256  # stories looked up at a time
_FEW = 12  # pairs that are looked up one by one
_TABLED = 40_000  # shingles, of a few stories, up to which a table of them is quicker than slots
_SLOTS, _LOW, _HALF = 1 << 16, np.uint32(0xFFFF), np.uint32(16)
_SURELY_NOT = 0.75  # of the least share: where sketches say less, shingles are not looked up
_ONES = np.array([bin(bits).count("1") for bits in range(1 << 16)], dtype=np.uint8)


class Copies:
    """Measures pairs of stories by their five-word shingles. A sketch of bits says which pairs are worth it: for texts
    of 300 words it errs by less than 0.1 of the shorter."""

    def __init__(self, shingles: Rows) -> None:
        self._shingles = shingles
        self._sizes = sizes(shingles.start)
        self._few = len(self._sizes) < FEW
        if self._few:
            lines = table(shingles.start, shingles.held & (_BITS - 1), 1.0, _BITS)
            self._both = (lines @ lines.T).astype(np.int64)
            self._ones = self._both.diagonal()
        else:
            self._sketch = sketches(shingles.start, shingles.held, _BITS).view(np.uint16)
            self._ones = _ONES[self._sketch].sum(axis=1, dtype=np.int64)

    def contained(self, first: Ints, second: Ints, *, least: float = CONTAINED) -> Floats:
        """Share of the shorter story's shingles that are in the other; 0 where it is less than least. `first` is
        sorted."""
        result = np.zeros(len(first))
        at = places(self._likely(first, second, least))
        one, other = first[at], second[at]
        if len(one) <= _FEW:
            shared = _merged(self._shingles, one, other)
        elif self._few and len(self._shingles.held) <= _TABLED:
            shared = _tabled(self._shingles, one, other)
        else:
            shared = _shared(self._shingles, one, other)
        share = shared / np.maximum(np.minimum(self._sizes[one], self._sizes[other]), 1)
        result[at] = np.where((shared >= _SHARED) & (share >= least), share, 0.0)
        return result

    def _likely(self, first: Ints, second: Ints, least: float) -> NDArray[np.bool_]:
        if self._few:
            both = self._both[first, second]
        else:
            both = _ONES[self._sketch[first] & self._sketch[second]].sum(axis=1, dtype=np.int64)
        one, other = self._ones[first], self._ones[second]
        free = np.maximum(_BITS - (one + other - both), 1)
        shared = np.maximum(both - (one - both) * (other - both) / free, 0)  # less what chance makes alike
        enough: NDArray[np.bool_] = shared >= _SURELY_NOT * least * np.minimum(one, other)
        return enough & (np.minimum(self._sizes[first], self._sizes[second]) >= _SHARED)


def _shared(shingles: Rows, first: Ints, second: Ints) -> Ints:
    """How many shingles both stories of each pair hold, none of which is empty; `first` is sorted."""
    shared = np.zeros(len(first), np.int64)
    looked = _Looked()
    begins, lengths = shingles.start[second], sizes(shingles.start)[second]
    for story, begin, end in runs(first):
        looked.put(shingles.row(story))
        for at in range(begin, end, _LINES):
            part = slice(at, min(at + _LINES, end))
            size = lengths[part]
            found = looked.up(shingles.held[spans(begins[part], size)])
            shared[part] = np.add.reduceat(found, size.cumsum() - size, dtype=np.int64)
    return shared


def _merged(shingles: Rows, first: Ints, second: Ints) -> Ints:
    """The same of a few pairs, which are not worth filling slots for."""
    shared = np.empty(len(first), np.int64)
    for at, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        mine, theirs = shingles.row(one), shingles.row(other)
        shared[at] = np.count_nonzero(mine.take(mine.searchsorted(theirs), mode="clip") == theirs)
    return shared


def _tabled(shingles: Rows, first: Ints, second: Ints) -> Ints:
    """The same of many pairs of a few stories, by a table of the shingles that any two of them share."""
    order = shingles.held.argsort(kind="stable")
    new = changes(shingles.held[order])
    shared = ~new
    shared[:-1] |= shared[1:]
    column = new[shared].cumsum() - 1
    full = np.zeros((len(shingles.start) - 1, int(column[-1]) + 1 if len(column) else 1), np.float32)
    full[owners(shingles.start)[order[shared]], column] = 1.0
    return (full @ full.T)[first, second].astype(np.int64)


class _Looked:
    """Looks shingles up among those of one story: each stands in the slot that its low bits name; those that find it
    taken in the slot of their high bits; those that find that taken too are few."""

    def __init__(self) -> None:
        at = np.arange(_SLOTS, dtype=np.uint32) ^ 1  # what stands elsewhere, for what is not there
        self._empty = at, at << _HALF
        self._low, self._high = (some.copy() for some in self._empty)
        self._held = self._pushed = self._left = np.empty(0, np.uint32)

    def put(self, shingles: Codes) -> None:
        """In the place of those before."""
        low, high = self._held & _LOW, self._pushed >> _HALF
        self._low[low], self._high[high] = self._empty[0][low], self._empty[1][high]
        self._held = shingles
        self._low[shingles & _LOW] = shingles
        self._pushed = shingles[self._low[shingles & _LOW] != shingles]
        self._high[self._pushed >> _HALF] = self._pushed
        self._left = self._pushed[self._high[self._pushed >> _HALF] != self._pushed]

    def up(self, shingles: Codes) -> NDArray[np.bool_]:
        """Whether each is there."""
        found: NDArray[np.bool_] = self._low.take(shingles & _LOW, mode="clip") == shingles
        if len(self._pushed):
            found |= self._high.take(shingles >> _HALF, mode="clip") == shingles
        if len(self._left):
            found |= np.isin(shingles, self._left)
        return found
