"""Rows of numbers in flat arrays: row i of many holds what stands from start[i] to start[i + 1]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

_SKETCHED = 2000  # rows sketched at a time
FEW = 128  # rows of which a full table is quicker than looking numbers up: a call of numpy costs more than its work
_AT_ONCE = 1 << 15  # numbers looked up at a time, so that what is worked on stays near

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Small = NDArray[np.int32]
Singles = NDArray[np.float32]
Code = TypeVar("Code", bound=np.integer)


class Kind(Protocol):
    """Rows of one kind."""

    @property
    def start(self) -> Ints: ...
    @property
    def held(self) -> NDArray[np.integer]: ...


def spans(start: Ints, lengths: Ints) -> Ints:
    """The places start[i], start[i] + 1, ... of each row in turn, lengths[i] of them."""
    end: Ints = lengths.cumsum()
    return (start - (end - lengths)).repeat(lengths) + np.arange(int(end[-1]) if len(end) else 0)


def starts(lengths: Ints | NDArray[np.bool_]) -> Ints:
    """Where each of rows of such lengths begins, and where the last ends."""
    begins = np.empty(len(lengths) + 1, np.int64)
    begins[0] = 0
    lengths.cumsum(out=begins[1:])
    return begins


def sizes(start: Ints) -> Ints:
    """How long each row is. As a method says it: np.diff, and much else of numpy's own, costs 3 microseconds a call
    before it begins, and one more story is a thousand calls."""
    return start[1:] - start[:-1]


def places(told: NDArray[np.bool_]) -> Ints:
    """Where it is true."""
    return told.nonzero()[0]


def sketches(start: Ints, held: NDArray[np.integer], bits: int) -> NDArray[np.uint8]:
    """A line of so many bits, a power of two, for each row, from the lowest on: bit n is set where the row holds a
    number that is n modulo bits. What a row's line lacks the row lacks."""
    lengths = sizes(start)
    parts = [np.empty((0, bits // 8), np.uint8)]
    for begin in range(0, len(lengths), _SKETCHED):
        some = lengths[begin : begin + _SKETCHED]
        lines = np.zeros((len(some), bits), dtype=bool)
        numbers = held[start[begin] : start[begin + len(some)]]
        lines[np.arange(len(some)).repeat(some), numbers & (bits - 1)] = True
        parts.append(np.packbits(lines, axis=1, bitorder="little"))
    return np.concatenate(parts)


def changes(ascending: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which of some numbers is not the same as the one before."""
    told = np.ones(len(ascending), dtype=bool)
    np.not_equal(ascending[1:], ascending[:-1], out=told[1:])
    return told


def told_apart(codes: NDArray[Code]) -> tuple[Small, NDArray[Code]]:
    """The number of each of not too many codes, and the codes by number."""
    order = codes.argsort(kind="stable")
    ascending = codes[order]
    first = changes(ascending)
    held = np.empty(len(codes), np.int32)
    held[order] = first.cumsum() - 1
    return held, ascending[first]


def edges(first: Ints) -> Ints:
    """Where each number in a sorted column begins, and where the last ends; numbers are not below 0."""
    if not len(first):
        return np.empty(0, np.int64)
    told = np.ones(len(first) + 1, dtype=bool)
    np.not_equal(first[1:], first[:-1], out=told[1:-1])
    return places(told)


def runs(first: Ints) -> Iterator[tuple[int, int, int]]:
    """Each number in a sorted column, where it begins and where it ends."""
    bounds = edges(first)
    begins = bounds[:-1]
    yield from zip(first[begins].tolist(), begins.tolist(), bounds[1:].tolist(), strict=True)


def find(start: Ints, held: NDArray[np.integer], row: Ints, wanted: NDArray[np.integer]) -> Ints:
    """The place of each wanted number in the given row, whose numbers ascend; -1 where the row does not hold it."""
    found = np.full(len(row), -1, dtype=np.int64)
    if len(held):
        for at in range(0, len(row), _AT_ONCE):
            part = slice(at, at + _AT_ONCE)
            found[part] = _found(start, held, row[part], wanted[part])
    return found


def _found(start: Ints, held: NDArray[np.integer], row: Ints, wanted: NDArray[np.integer]) -> Ints:
    """By halves: low ends at the first number that is not less than what is wanted."""
    low, left = start[row], start[row + 1] - start[row]
    end = low + left
    last = len(held) - 1
    while left.any():
        half = left >> 1
        middle = low + half
        less = held[np.minimum(middle, last)] < wanted
        less &= left > 0
        low = np.where(less, middle + 1, low)
        left = np.where(less, left - half - 1, half)
    there = low < end
    there &= held[np.minimum(low, last)] == wanted
    return np.where(there, low, -1)


def owners(start: Ints) -> Ints:
    """The row that each place belongs to."""
    return np.arange(len(start) - 1).repeat(sizes(start))


def table(start: Ints, held: NDArray[np.integer], values: NDArray[np.floating] | float, width: int) -> Singles:
    """A few rows in full, a number a column: what stands at each."""
    full = np.zeros((len(start) - 1, width), dtype=np.float32)
    full[owners(start), held] = values
    return full


def overlaps(kinds: Sequence[Kind], first: Ints, second: Ints) -> list[Ints]:
    """What `overlap` gives of several kinds of rows of the same stories; of a few in a table of all kinds."""
    if len(kinds[0].start) > FEW:
        return [overlap(kind.start, kind.held, first, second) for kind in kinds]
    ends = [0, *accumulate(int(kind.held.max()) + 1 if len(kind.held) else 0 for kind in kinds)]
    stories = len(kinds[0].start) - 1
    row = np.arange(stories * len(kinds)).repeat(np.concatenate([sizes(kind.start) for kind in kinds])) % stories
    column = np.concatenate([kind.held + begin for kind, begin in zip(kinds, ends, strict=False)])
    full = np.zeros((stories, ends[-1]), np.float32)
    full[row, column] = 1.0
    parts = [full[:, begin:end] for begin, end in pairwise(ends)]
    return [(part @ part.T)[first, second].astype(np.int64) for part in parts]


def overlap(start: Ints, held: NDArray[np.integer], first: Ints, second: Ints) -> Ints:
    """How many numbers both rows of each pair hold, for many; looks the numbers of the first up in the second."""
    if not len(held):
        return np.zeros(len(first), np.int64)
    lengths = sizes(start)[first]
    found = find(start, held, second.repeat(lengths), held[spans(start[first], lengths)]) >= 0
    return np.bincount(np.arange(len(first)).repeat(lengths)[found], minlength=len(first))
