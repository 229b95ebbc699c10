"""Arrangement: which entries and stories of a list are shown, in which row and on which line, whatever its length.

Everything is numbers in arrays: an entry is its rank (k), a story its number in the archive (n). Sums over blocks of
entries make finding a row or a line, and changing one entry, cost the same in any list.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, partial
from itertools import accumulate, pairwise
from operator import itemgetter, mul, sub

from store.library import Skeleton
from tui.desk.numbers import Later, Numbers, both, flagged

BLOCK = 256  # entries summed up together
FEW = 2_000  # stories that are put in the list's order at once: 1 ms
READ, STARRED, DISMISSED, HIDDEN = 1, 2, 4, 8  # bits of a story's flags; HIDDEN: came late to a dismissed event
GONE = DISMISSED | HIDDEN
ALL_FLAGS = READ | STARRED | GONE

Fits = bytearray
"""By story number, 1 for each story that fits the filter."""


class Arrangement:
    """The rows of a skeleton under flags, a filter and folds. Changes one entry at a time, or all at once when made."""

    def __init__(
        self,
        skeleton: Skeleton,
        flags: bytearray,
        fits: Fits | None,
        folded: Collection[int],
        *,
        all_folded: bool = False,
        folds: set[int] | None = None,
        hides: int = GONE,
        walk: _Walk | None = None,
    ) -> None:
        """folded holds numbers of entries, all_folded: of those that are not folded; folds the ranks of those that are,
        where they are known. hides is the flags that keep a story from being shown."""
        self.skeleton = skeleton
        self.flags = flags
        self.fits = fits
        self.hides = hides
        self.kept: frozenset[int] = frozenset()
        self.width, self.one_line = 40, False
        self._heights = _heights(self.width, one_line=False)
        self._tally: list[int] | None = None
        self._walk = walk or _Walk(skeleton)
        self._rank = self._walk.ranks
        self.folded = _folds(skeleton, frozenset(folded), all_folded) if folds is None else folds
        if skeleton.whole:
            self._walk.listed  # noqa: B018  # made where the list is, in a thread
        self._make()

    def under(self, fits: Fits | None, *, hides: int, flags: bytearray | None = None) -> Arrangement:
        """The same entries and folds under another filter, or other flags."""
        flags = flags or self.flags
        return Arrangement(self.skeleton, flags, fits, (), folds=set(self.folded), hides=hides, walk=self._walk)

    # --- making all of it

    def _make(self) -> None:
        number, total = len(self.skeleton.units), len(self.skeleton.members)
        few = total // 10  # below this it is quicker to set entries one by one
        found = total if self.fits is None else self.fits.count(1)
        marked = len(self.flags) - self.flags.count(0)
        if self.fits is not None and found < few:
            self.heads, self.fresh = bytearray(number), bytearray(number)
            self.extra = array("I", bytes(4 * number))
            self._touch(self._ranks_with(self.fits))
        elif total - found + marked < few:
            self.heads = bytearray(self.skeleton.columns)
            starts = self.skeleton.starts
            self.extra = array("I", [size if size > 1 else 0 for size in (b - a for a, b in pairwise(starts))])
            self.fresh = bytearray(b"\1") * number
            others = self._ranks_with(self.fits.translate(_INVERTED)) if self.fits is not None else set()
            self._touch(self._ranks_with(self.flags.translate(_FLAGGED)) | others)
        else:
            self._make_in_bulk()
        for k in self.folded:
            self.extra[k] = 0
        blocks = range(0, number, BLOCK)
        self._heads_in = [self._heads_of(at) for at in blocks]
        self._extra_in = [sum(self.extra[at : at + BLOCK]) for at in blocks]
        self._tall_in: list[int] = []
        self._row_sums = self._line_sums = None

    def _touch(self, ranks: set[int]) -> None:
        for k in ranks:
            self._set(k)

    def _make_in_bulk(self) -> None:
        """The same as setting each entry, with no more than a few steps of Python an entry."""
        shown = self._all_shown()
        counts = self._in_each(shown)
        some = bytearray(map(bool, counts))
        self.heads = both(some.translate(_ALL_BITS), self.skeleton.columns)
        self.extra = array("I", map(mul, counts, self._walk.several))
        if any(self.flags.count(value) for value in range(16) if value & READ):
            some = bytearray(map(bool, self._in_each(both(shown, self.flags.translate(_UNREAD)))))
        self.fresh = some

    def _all_shown(self) -> bytearray:
        """By story number, 1 for each that is shown, but for those kept."""
        shown = self.flags.translate(bytes(not flags & self.hides for flags in range(256)))
        return shown if self.fits is None else both(shown, self.fits)

    def shown_flags(self) -> bytearray:
        """By story number, 1 for each that stands in the list and is shown; under a folded entry too."""
        shown, listed = self._all_shown(), self._walk.listed
        if listed:
            shown = both(shown, listed)
        else:
            shown[0] = 0
        for n in self.kept:
            if self.rank(n) is not None:
                shown[n] = 1
        return shown

    def count_shown(self) -> int:
        """How many stories are shown, but for those kept."""
        shown, listed = self._all_shown(), self._walk.listed
        return both(shown, listed).count(1) if listed else shown.count(1, 1)

    def _in_each(self, marked: bytearray) -> list[int]:
        """How many stories of each entry are marked by a byte of 1."""
        sums = list(accumulate(self._walk.members(marked), initial=0))
        ends = self._walk.starts(sums)
        return list(map(sub, ends[1:-1], ends))

    _row_sums: list[int] | None
    _line_sums: list[int] | None

    def _ranks_with(self, marked: bytes | bytearray) -> set[int]:
        """The entries that hold a story marked by a byte of 1."""
        found: set[int] = set()
        rank, n = self._rank, marked.find(1)
        while n >= 0:
            if n < len(rank) and rank[n]:
                found.add(rank[n] - 1)
            n = marked.find(1, n + 1)
        return found

    def ranks_flagged(self, flag: int) -> set[int]:
        """The entries that hold a story with this flag."""
        return self._ranks_with(self.flags.translate(bytes(bool(value & flag) for value in range(256))))

    def _set(self, k: int) -> None:
        """Works one entry out from its stories."""
        shown = self.shown(k)
        self.heads[k] = self.skeleton.columns[k] if shown else 0
        several = self.size(k) > 1 and k not in self.folded
        self.extra[k] = len(shown) if several else 0
        flags = self.flags
        self.fresh[k] = any(not flags[n] & READ for n in shown)

    def _heads_of(self, at: int) -> int:
        some = self.heads[at : at + BLOCK]
        return len(some) - some.count(0)

    # --- one entry

    def size(self, k: int) -> int:
        starts = self.skeleton.starts
        return starts[k + 1] - starts[k]

    def members(self, k: int) -> Sequence[int]:
        starts = self.skeleton.starts
        return self.skeleton.members[starts[k] : starts[k + 1]]

    def is_shown(self, n: int) -> bool:
        if n in self.kept:
            return True
        return n < len(self.flags) and not self.flags[n] & self.hides and (self.fits is None or bool(self.fits[n]))

    def is_left(self, n: int) -> bool:
        """Whether a story was not dismissed, though the filter may hide it."""
        return n < len(self.flags) and not self.flags[n] & GONE

    def stands(self, n: int) -> bool:
        """Whether a story is in the list and shown; under a folded entry too."""
        return self.rank(n) is not None and self.is_shown(n)

    def shown(self, k: int) -> list[int]:
        """The stories of an entry that are shown."""
        return [n for n in self.members(k) if self.is_shown(n)]

    def rank(self, n: int) -> int | None:
        """The entry a story stands in."""
        k = self._rank[n] if 0 <= n < len(self._rank) else 0
        return k - 1 if k else None

    def change(self, ranks: Iterable[int]) -> None:
        """Works entries out anew, after their flags, folds or fit have changed."""
        ranks = set(ranks)
        for k in ranks:
            self._set(k)
        for block in {k // BLOCK for k in ranks}:
            self._heads_in[block] = self._heads_of(block * BLOCK)
            self._extra_in[block] = sum(self.extra[block * BLOCK : (block + 1) * BLOCK])
            if self._tall_in:
                self._tall_in[block] = self._tall(block * BLOCK)
        self._row_sums = self._line_sums = None

    def fold(self, ranks: Iterable[int]) -> None:
        """Folds exactly these entries."""
        wanted = set(ranks)
        changed = wanted ^ self.folded
        self.folded = wanted
        self.change(changed)

    # --- rows

    @property
    def _rows(self) -> list[int]:
        if self._row_sums is None:
            self._row_sums = [0, *accumulate(map(sum, zip(self._heads_in, self._extra_in, strict=True)))]
        return self._row_sums

    def __len__(self) -> int:
        """How many rows there are."""
        return self._rows[-1]

    def at(self, row: int) -> tuple[int, int]:
        """The entry of a row, and where in it the row stands: 0 its head, j its j-th story that is shown."""
        block = bisect_right(self._rows, row) - 1
        left, k = row - self._rows[block], block * BLOCK
        heads, extra = self.heads, self.extra
        while True:
            rows = (1 + extra[k]) if heads[k] else 0
            if left < rows:
                return k, left
            left -= rows
            k += 1

    def row_of(self, k: int) -> int:
        """The row of an entry's head, whether or not it is shown."""
        block = k // BLOCK
        some = self.heads[block * BLOCK : k]
        return self._rows[block] + len(some) - some.count(0) + sum(self.extra[block * BLOCK : k])

    # --- lines

    def measure(self, width: int, *, one_line: bool = False) -> None:
        """Sets the columns that a headline has; one that needs more takes a second line. one_line: no row does."""
        if (width, one_line) == (self.width, self.one_line) and self._tall_in:
            return
        self.width, self.one_line = width, one_line
        self._heights = _heights(width, one_line=one_line)
        self._tall_in = [self._tall(at) for at in range(0, len(self.heads), BLOCK)]
        self._line_sums = None

    def _tall(self, at: int) -> int:
        return sum(self.heads[at : at + BLOCK].translate(self._heights))

    @property
    def _lines(self) -> list[int]:
        if self._line_sums is None:
            self.measure(self.width, one_line=self.one_line)
            self._line_sums = [0, *accumulate(map(sum, zip(self._tall_in, self._extra_in, strict=True)))]
        return self._line_sums

    @property
    def lines(self) -> int:
        return self._lines[-1]

    def line_of(self, row: int) -> int:
        """The first line of a row; the end of all lines for the row behind the last."""
        if row >= len(self):
            return self.lines
        k, inside = self.at(row)
        block = k // BLOCK
        some = self.heads[block * BLOCK : k].translate(self._heights)
        line = self._lines[block] + sum(some) + sum(self.extra[block * BLOCK : k])
        return line + (self._heights[self.heads[k]] + inside - 1 if inside else 0)

    def row_at_line(self, line: int) -> int:
        """The row that stands on a line."""
        block = bisect_right(self._lines, max(0, line)) - 1
        if block >= len(self._heads_in):
            return len(self) - 1
        left, k = line - self._lines[block], block * BLOCK
        while k < len(self.heads):
            height = self._heights[self.heads[k]]
            if left < height + self.extra[k]:
                return self.row_of(k) + (left - height + 1 if left >= height else 0)
            left -= height + self.extra[k]
            k += 1
        return len(self) - 1

    # --- going on

    def next_fresh(self, k: int, step: int) -> int | None:
        """The next entry after k (step 1), or before it (-1), that shows an unread story."""
        found = self.fresh.find(1, max(0, k + 1)) if step > 0 else self.fresh.rfind(1, 0, max(0, k))
        return found if found >= 0 else None

    def unread(self, k: int) -> list[int]:
        return [n for n in self.shown(k) if not self.flags[n] & READ]

    def stories(self, first: int, last: int) -> list[int]:
        """The stories that are shown in the rows from first to last, in their order; a folded entry's are its row's."""
        found: list[int] = []
        row, last = max(0, first), min(last, len(self) - 1)
        if row > last:
            return found
        k, inside = self.at(row)
        end, inside_end = self.at(last)
        if end - k > 2 * BLOCK:  # the entries between are taken together
            head = self.row_of(end)
            between = self._shown_between(k + 1, end)
            return [*self.stories(row, self.row_of(k + 1) - 1), *between, *self.stories(head, head + inside_end)]
        while row <= last:
            if self.heads[k]:
                end = min(self.extra[k], inside + last - row)
                found += self.shown(k)[max(inside, 1) - 1 : end] if self.extra[k] else self.shown(k)
                row += end - inside + 1
            k, inside = k + 1, 0
        return found

    def _shown_between(self, first: int, end: int) -> list[int]:
        """The stories that are shown in the entries from first to before end."""
        starts = self.skeleton.starts
        members = self.skeleton.members[starts[first] : starts[end]]
        shown = self._all_shown()
        for n in self.kept:
            shown[n] = 1
        if 0 not in shown:  # which is told in a tenth of the time
            return members.tolist()
        return list(flagged(members, shown))

    def between(self, first: int, last: int) -> int:
        """How many stories the entries in the rows from first to last have, shown or not."""
        if not 0 <= first <= last < len(self):
            return 0
        starts = self.skeleton.starts
        return starts[self.at(last)[0] + 1] - starts[self.at(first)[0]]

    def flags_between(self, first: int, last: int) -> bytearray:
        """The stories that are shown in the rows from first to last, as flags by number: of a million rows 50 ms."""
        flags = bytearray(self.skeleton.top + 1)
        for n in self.stories(first, last):
            flags[n] = 1
        return flags

    def in_order(self, numbers: Numbers) -> Sequence[int]:
        """Those of these stories that stand in the list, in its order; of many it is found when it is looked at."""
        members, listed = self.skeleton.members, self._walk.listed
        if len(numbers) > FEW:
            chosen = bytearray(numbers.flags)
            chosen.extend(bytes(max(0, self.skeleton.top + 1 - len(chosen))))
            number = (both(chosen, listed) if listed else chosen[1 : self.skeleton.top + 1]).count(1)
            if number == len(members):
                return members
            return Later(number, partial(flagged, members, chosen), number=number)
        if len(numbers) > len(members) // 8:
            return numbers.among(members)
        ranks = sorted({k for k in map(self.rank, numbers) if k is not None})
        return [n for k in ranks for n in self.members(k) if n in numbers]

    def flag(self, n: int, flags: int) -> None:
        """Sets the flags of a story; its entry is for `change`."""
        if self._tally:
            self._tally[self.flags[n]] -= 1
            self._tally[flags] += 1
        self.flags[n] = flags

    def count_flagged(self, test: Callable[[int], bool]) -> int:
        """How many stories have flags for which test is true; flagless stories are not looked at. All flags are counted
        once and kept count of: the counts stand above the list at each key."""
        if self._tally is None:
            self._tally = [self.flags.count(value) for value in range(ALL_FLAGS + 1)]
        return sum(number for value, number in enumerate(self._tally) if value and test(value))


def _folds(skeleton: Skeleton, folded: frozenset[int], all_folded: bool) -> set[int]:
    """The ranks of the entries that are folded: those with these numbers, or all others."""
    if not folded:
        return set(range(len(skeleton.units))) if all_folded else set()
    return {k for k, unit in enumerate(skeleton.units) if (unit in folded) != all_folded}


def _heights(width: int, *, one_line: bool) -> bytes:
    """Lines of an entry's own row, by the columns of its headline; 0 columns: it is not shown."""
    return bytes([0, *(1 if one_line else 2 if columns <= width else 3 for columns in range(1, 256))])


_FLAGGED = bytes([0, *[1] * 255])
_INVERTED = bytes([1, 0, *[0] * 254])
_ALL_BITS = bytes([0, *[255] * 255])
_UNREAD = bytes(not flags & READ for flags in range(256))


class _Walk:
    """Where the stories of a skeleton stand, made ready for looking all of them up at once; once for all arrangements
    of it. An itemgetter asks in a ninth of the time that a map of single looks takes; the number at its end is there
    because one of a single number gives no tuple."""

    def __init__(self, skeleton: Skeleton) -> None:
        self._skeleton = skeleton

    @cached_property
    def ranks(self) -> array[int]:
        """By story number, one more than the rank of its entry; 0 for a story of none."""
        ranks = array("I", bytes(4 * (self._skeleton.top + 1)))
        members = self._skeleton.members
        for k, (start, end) in enumerate(pairwise(self._skeleton.starts), 1):
            for n in members[start:end]:
                ranks[n] = k
        return ranks

    @cached_property
    def listed(self) -> bytes | None:
        """By story number, 1 for each that stands in the list; None where all numbers from 1 on do."""
        skeleton = self._skeleton
        every = len(skeleton.members) == skeleton.top and not self.ranks[0]
        return None if every else bytes(map(bool, self.ranks))

    @cached_property
    def members(self) -> itemgetter[tuple[int, ...]]:
        """What stands at the number of each story, in the order of the list."""
        return itemgetter(*self._skeleton.members, 0, 0)

    @cached_property
    def starts(self) -> itemgetter[tuple[int, ...]]:
        """What stands at the place where each entry begins, and at the end."""
        return itemgetter(*self._skeleton.starts, 0)

    @cached_property
    def several(self) -> bytes:
        """By rank, 1 for an entry of several stories."""
        return bytes(size > 1 for size in map(sub, self._skeleton.starts[1:], self._skeleton.starts))
