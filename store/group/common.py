"""Which share of ordinary news stories holds a word: what a small collection cannot tell of itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from store.group.packed import Codes
from store.group.rows import Floats
from store.group.traits import code

UNSEEN = 0.001  # share of ordinary stories that hold a word not in common.txt
_ABROAD = 0.12  # share of stories in another language that hold one of its words in common_abroad.txt


@cache
def background() -> dict[str, float]:
    """Share of ordinary news stories that hold a word, for the words common in English, and in other languages."""
    pairs = (line.split() for line in _lines("common.txt"))
    foreign = (word for line in _lines("common_abroad.txt") for word in line.split()[1:])
    return dict.fromkeys(foreign, _ABROAD) | {word: float(share) / 1000 for word, share in pairs}


def shares(codes: Codes, unseen: float = UNSEEN) -> Floats:
    """The same of words by their codes."""
    known, share = _coded()
    at = known.searchsorted(codes)
    return np.where(known.take(at, mode="clip") == codes, share.take(at, mode="clip"), unseen)


@cache
def _coded() -> tuple[Codes, Floats]:
    held = sorted((code(word), share) for word, share in background().items())
    return np.array([c for c, _ in held], dtype=np.uint32), np.array([share for _, share in held])


def _lines(name: str) -> Iterator[str]:
    lines = files("store.group").joinpath(name).read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))
