"""A block by itself: its words, the numbers of its own, and what its words sound like. The order of the numbers is part
of the trained weights, so a change here means training again."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from store.text import phrases
from store.text.html.blocks import Block

Matrix = npt.NDArray[np.float32]

BUCKETS = 1 << 13
WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"""[.!?…。؟۔]["”’»)\]]{0,2}\s""")
_ODD = re.compile(r"[|•·»›→©®™#@/\\_=<>{}\[\]]")
_CLOCK_OR_YEAR = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b")
_DIGIT = re.compile(r"\d")
_BULLET = re.compile(r"(?:[*+•·▪–—-]|\(?\d{1,2}[.)])\s")
_KINDS = ("share prompt", "navigation", "newsletter", "caption", "tags", "date line", "copyright")
_KIND_OF = {kind: tuple(float(kind == other) for other in _KINDS) for kind in _KINDS}
_NO_KIND = (0.0,) * len(_KINDS)


@dataclass(frozen=True, slots=True)
class Words:
    """A block's own words and what they sound like."""

    words: Sequence[str]
    buckets: npt.NDArray[np.int64]
    numbers: tuple[float, ...]


def own(block: Block) -> Words:
    """The words of one block and its numbers by itself."""
    text = block.text
    size = len(text)
    sample = text[:4000]
    folded = sample.casefold()
    words = WORD.findall(text.casefold() if size > 4000 else folded)
    pieces = sample.split()
    count = len(words)
    last = text[-12:].rstrip("\"”’»)] '")[-1:]
    cased = [t[0] for t in pieces[:200] if t[0].isalpha()]
    capitals = len([letter for letter in cased if letter.isupper()])
    function = phrases.function_words()
    stops = sum(map(function.__contains__, words[:200]))
    reason = phrases.reason(text)
    first = text[:1]
    numbers = (
        math.log1p(count),
        math.log1p(size),
        min(20.0, size / max(1, count)),
        float(last in ".。۔" and last != ""),
        float(last in "!?؟" and last != ""),
        float(last in ":;," and last != ""),
        float(last == "…"),
        float(last.isdigit()),
        math.log1p(len(_SENTENCE.findall(sample))),
        sample.count(",") / max(1, len(pieces)),
        float(first.islower()),
        float(first.isdigit()),
        float(first in "\"“‘'«„"),
        float(_BULLET.match(sample) is not None),
        capitals / max(1, len(cased)),
        len(_DIGIT.findall(sample[:300])) / max(1, min(size, 300)),
        stops / max(1, min(count, 200)),
        math.log1p(len(_ODD.findall(sample))),
        float(_CLOCK_OR_YEAR.search(sample) is not None),
        float("\n" in text),
        float(bool(reason)),
        *_KIND_OF.get(reason, _NO_KIND),
        float(phrases.opens(text)),
        float((last in ".!?…。؟۔:;" and last != "" and count >= 5) or count >= 28),
        min(1.0, block.linked / max(1, size)),
        math.log1p(block.links),
        min(1.0, block.strong / max(1, size)),
    )
    return Words(words, _hashed(words), numbers)


OPENS = 28  # column of the numbers that says whether a block heads links or teasers
PROSE = 29  # column of the numbers that says whether a block reads like sentences
LINKED = 30
OWN = 33


def _hashed(words: Sequence[str]) -> npt.NDArray[np.int64]:
    if len(words) > 24:
        words = [*words[:16], "…", *words[-8:]]
    seen = [_code(word) for word in words]
    single = {code % BUCKETS for code in seen}
    single.update([(a * 0x9E3779B1 + b) % BUCKETS for a, b in pairwise([1, *seen, 2])])
    return np.fromiter(single, np.int64, len(single))


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> int:
    return crc32(b"0" if word[0].isdigit() else word.encode("utf-8", "replace"))


def lexical(seen: Sequence[Words], weights: npt.NDArray[np.float32], bias: float) -> Matrix:
    """How much each block's words sound like body, as log odds."""
    sizes = [len(block.buckets) for block in seen]
    if not sum(sizes):
        return np.full(len(seen), bias, np.float32)
    flat = weights[np.concatenate([block.buckets for block in seen])]
    total = np.bincount(np.repeat(np.arange(len(seen)), sizes), flat, len(seen))
    return (bias + total / np.sqrt(np.maximum(1, sizes))).astype(np.float32)
