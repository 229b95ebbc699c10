"""The words of a text's lines as arrays, all lines at once: which line says which word, and what is known of a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count, repeat
from operator import itemgetter
from zlib import crc32

import numpy as np
import numpy.typing as npt

from store.text import phrases

Indices = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

BUCKETS = 1 << 14  # of hashed words
_MASK = BUCKETS - 1

# What reports say, what captions say (in words and in the present tense), what pages say to their readers.
_SPOKEN, _SEEN, _SHOWN, _ASKED, _YOU = (
    frozenset(words.split())
    for words in (
        "said says told added according announced сказал сказала заявил заявила отметил сообщил сообщила сказав заявив "
        "повідомив dit déclaré affirmé dijo afirmó declaró señaló sagte erklärte betonte dedi söyledi belirtti قال "
        "قالت أعلن أكد",
        "pictured photographed pose poses posing seen photo photos photograph image images illustration screenshot "
        "getty shutterstock handout supplied courtesy file left right centre center foto fotos bild bilder legende "
        "archivbild archivfoto archivo imagen links rechts слева справа фото фотография fotoğraf صورة gallery caption",
        "attends attend arrives arrive speaks speak walks walk listens listen holds hold stands stand sits sit looks "
        "look waves wave gestures gesture shows show leaves leave takes take watches watch participates rides ride "
        "reacts react greets greet shakes addresses delivers carries carry hug hugs prepares performs perform "
        "celebrates celebrate plays play are is",
        "sign subscribe subscribed subscriber subscribers subscription newsletter newsletters inbox email emails "
        "privacy terms cookie cookies browser download click password login register registering registration account "
        "donate donation member members membership app affiliate commission advertising advertisement sponsored "
        "copyright follow submitting consent offers unlimited abonnieren abonnement anmelden datenschutz abonnez "
        "suscríbete suscripción подписаться подпишитесь підписатися abone",
        "you your yours our us my please click here free now",
    )
)

# Bits of what is known of a word, above those of its bucket.
FUNCTION, SPOKEN, YOU, SEEN, ASKED, SHOWN, LONG, PAIR = (1 << bit for bit in range(14, 22))


@cache
def _kinds() -> dict[str, int]:
    """What is known of certain words."""
    known: defaultdict[str, int] = defaultdict(int)
    lists = ((FUNCTION, phrases.function_words()), (SPOKEN, _SPOKEN), (YOU, _YOU), (SEEN, _SEEN))
    for kind, words in (*lists, (ASKED, _ASKED), (SHOWN, _SHOWN)):
        for word in words:
            known[word] |= kind
    return dict(known)


def _about(words: Sequence[str]) -> Indices:
    """For each word the bucket that it is hashed to (numbers are one word), and what is known of it.

    Hashing all words of a text takes less time than a dictionary of those of the texts before it, which is too large to
    be at hand."""
    count = len(words)
    try:
        about = np.fromiter(map(crc32, map(str.encode, words)), np.intp, count)
    except UnicodeEncodeError:  # half a character, from who knows where
        about = np.array([crc32(word.encode("utf-8", "replace")) for word in words], np.intp)
    about &= _MASK
    about[_are_digits("".join(map(_first, words)))] = _NUMBER
    known = np.fromiter(map(_kinds().get, words, repeat(0)), np.intp, count)
    sizes = np.fromiter(map(len, words), np.intp, count)
    about |= known
    about |= np.where(known & FUNCTION, 0, _BY_SIZE[np.minimum(sizes, 4)])
    return about


_first = itemgetter(0)


def _are_digits(characters: str) -> Flags:
    if characters.isascii():
        return np.frombuffer(characters.encode(), np.uint8) - np.uint8(ord("0")) < 10
    return np.fromiter(map(str.isdigit, characters), bool, len(characters))


_NUMBER = crc32(b"0") & _MASK
_BY_SIZE = np.array([0, 0, PAIR, 0, LONG])


@dataclass(frozen=True, slots=True)
class Words:
    """All words of all lines, one after the other: whose line each is in, its place there, which word it is (numbers
    without gaps), and what is known of it; and how many words each line has."""

    owner: Indices
    place: Indices
    which: Indices
    about: Indices
    sizes: Indices

    def share(self, kind: int) -> npt.NDArray[np.float64]:
        return self.times(kind) / np.maximum(1, self.sizes)

    def times(self, kind: int, among: Flags | None = None) -> Indices:
        """How many words of a kind each line has, among those that are asked for."""
        found = self.about & kind != 0
        return np.bincount(self.owner[found if among is None else found & among], minlength=len(self.sizes))

    def only(self, lines: Indices) -> Words:
        """Those of some lines, in order."""
        number = np.full(len(self.sizes), -1)
        number[lines] = np.arange(len(lines))
        owner = number[self.owner]
        kept = owner >= 0
        return Words(owner[kept], self.place[kept], self.which[kept], self.about[kept], self.sizes[lines])


def read(*texts: Sequence[Sequence[str]]) -> Words:
    """The words of the lines of some texts; no word of a text has the number of another text's word."""
    lines = texts[0] if len(texts) == 1 else [line for text in texts for line in text]
    sizes = np.array([len(line) for line in lines], np.intp)
    next_ = count().__next__
    known: list[str] = []
    which: list[Indices] = []
    for text in texts:
        number: defaultdict[str, int] = defaultdict(next_)
        told = chain.from_iterable(text)
        which.append(np.fromiter(map(number.__getitem__, told), np.intp, sum(map(len, text))))
        known += number
    said = which[0] if len(which) == 1 else np.concatenate(which)
    about = _about(known)
    first = sizes.cumsum() - sizes
    owner = np.arange(len(lines)).repeat(sizes)
    return Words(owner, np.arange(len(said)) - first[owner], said, about[said], sizes)


_FIRST, _LAST = 24, 12  # words of a line that are hashed
_ELLIPSIS = crc32("…".encode()) & _MASK
_SHORT_LINE = 12  # words
_MIXED = 0x9E3779B1 & _MASK  # any large odd number, so that a pair is not its reverse


def buckets(words: Words) -> tuple[Indices, Indices]:
    """For each bucket of a line's words and pairs of words at its start and end, whose line it is, and which bucket."""
    cut = words.sizes > _FIRST + _LAST
    lengths = np.where(cut, _FIRST + _LAST + 1, words.sizes)
    # Each line as 1, its words, 2; an ellipsis for what is left out.
    starts = (lengths + 2).cumsum() - lengths - 2
    row = np.full(len(words.sizes) and starts[-1] + lengths[-1] + 2, _ELLIPSIS)
    row[starts], row[starts + lengths + 1] = 1, 2
    size = words.sizes[words.owner]
    far = (words.place >= _FIRST) & cut[words.owner]
    behind = np.where(far, size - (_FIRST + _LAST + 1), 0)
    seen = ~far | (words.place >= size - _LAST)
    row[(starts[words.owner] + 1 + words.place - behind)[seen]] = words.about[seen] & _MASK
    line = (np.arange(len(words.sizes)) << _BITS).repeat(lengths + 2)
    ends = np.zeros(len(row), bool)
    ends[starts + lengths + 1] = True
    inner = ~ends
    pairs = (line[:-1] + (row[:-1] * _MIXED + row[1:] & _MASK))[inner[:-1]]
    inner[starts] = False
    weight = np.where(lengths <= _SHORT_LINE, 1, 2)
    single = (line + (row * weight.repeat(lengths + 2) & _MASK))[inner]
    found = _distinct(np.concatenate([single, pairs]))
    return found >> _BITS, found & _MASK


_BITS = 14


def _distinct(numbers: Indices) -> Indices:
    """The numbers in order, each once."""
    numbers.sort()
    first = np.ones(len(numbers), bool)
    first[1:] = numbers[1:] != numbers[:-1]
    return numbers[first]


def long_words(words: Words, unspaced: Flags) -> tuple[Indices, Indices]:
    """For each long word of a line whose line it is, and which word; of lines in scripts without spaces, pairs of
    characters too."""
    chosen = words.about & LONG != 0
    if unspaced.any():
        chosen |= (words.about & PAIR != 0) & unspaced[words.owner]
    most = int(words.which.max(initial=0)) + 1
    found = _distinct(words.owner[chosen] * most + words.which[chosen])
    owner = found // most
    return owner, found - owner * most


FOUND = 300  # first words of a line whose runs of four are looked for in other lines


def runs_of_four(words: Words) -> list[tuple[int, int]]:
    """Runs of four words that are said more than once, in no order: which run, and in which line."""
    least = np.minimum(words.sizes, FOUND) - 3
    at = (words.place < least[words.owner]).nonzero()[0]
    if not len(at):
        return []
    size = np.uint64(np.maximum.reduce(words.which) + 1)
    which = words.which.astype(np.uint64)
    runs = (((which[:-3] * size + which[1:-2]) * size + which[2:-1]) * size + which[3:])[at]
    order = runs.argsort()
    ordered = runs[order]
    same = ordered[1:] == ordered[:-1]
    several = np.zeros(len(runs), bool)
    several[1:] = same
    several[:-1] |= same
    chosen = order[several]
    return list(zip(runs[chosen].tolist(), words.owner[at[chosen]].tolist(), strict=True))
