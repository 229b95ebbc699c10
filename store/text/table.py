"""The lines of a text, or of several, together as arrays: what is measured on each, and the words they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from store.text import vocabulary
from store.text.measured import OWN, WORDS, Measured
from store.text.spans import Spans, spans
from store.text.vocabulary import Flags, Indices, Words

Matrix = npt.NDArray[np.float32]
Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of some texts as arrays, a row or an entry a line, as far as no neighbour changes them. alike holds
    which opening, which end and which words a line has, no number in two of them; owner and which hold all long words
    of all lines, one after the other: whose line each is in, which word it is; long says how many of them each line
    has. said holds the runs of four words that are said more than once, and in which line. No text has a number of
    another, so that what lines have in common is asked of all texts at once."""

    spans: Spans
    own: Matrix
    lengths: Counts
    prose: Flags
    opener: Flags
    known: Flags
    words: Words
    alike: Indices
    owner: Indices
    which: Indices
    long: Indices
    said: list[tuple[int, int]]

    def only(self, lines: Indices) -> Table:
        """Some of the lines, in order."""
        number = np.full(len(self.own), -1)
        number[lines] = np.arange(len(lines))
        owner = number[self.owner]
        kept = owner >= 0
        place = number.tolist() if self.said else []
        left = np.bincount(self.spans.text[lines])
        return Table(
            spans(left[left > 0].tolist()),
            self.own[lines],
            self.lengths[lines],
            self.prose[lines],
            self.opener[lines],
            self.known[lines],
            self.words.only(lines),
            self.alike[:, lines],
            owner[kept],
            self.which[kept],
            self.long[lines],
            [(run, place[line]) for run, line in self.said if place[line] >= 0],
        )


def table(*texts: Sequence[Measured]) -> Table:
    """The lines of some texts, none of which is empty, one after the other."""
    lines = texts[0] if len(texts) == 1 else [line for text in texts for line in text]
    words = vocabulary.read(*[[line.said for line in text] for text in texts])
    own = np.frombuffer(b"".join([line.numbers for line in lines]), np.float32).reshape(-1, OWN).copy()
    own[:, WORDS] = _of_words(words)
    unspaced = own[:, _UNSPACED] > 0
    owner, which = vocabulary.long_words(words, unspaced)
    return Table(
        spans([len(text) for text in texts]),
        own,
        np.array([float(line.words) for line in lines]),
        np.array([line.prose for line in lines], bool),
        np.array([line.opener for line in lines], bool),
        np.array([line.furniture != "" for line in lines], bool),
        words,
        np.array(_alike(texts), np.intp).reshape(-1, 3).T + np.array([[0], [len(lines)], [2 * len(lines)]]),
        owner,
        which,
        np.bincount(owner, minlength=len(lines)),
        vocabulary.runs_of_four(words),
    )


def _alike(texts: Sequence[Sequence[Measured]]) -> list[tuple[int, int, int]]:
    """For each line the number of its opening, of its end, and of its words."""
    found: list[tuple[int, int, int]] = []
    numbers = [count().__next__ for _ in range(3)]
    for lines in texts:
        opening, closing, copy = (defaultdict[tuple[str, ...], int](number) for number in numbers)
        found += [(opening[line.said[:2]], closing[line.said[-2:]], copy[line.said[:COMPARED]]) for line in lines]
    return found


_UNSPACED = 40  # the number that says so
COMPARED = 40  # first words of a line that make it the copy of another, and that are looked for among the commonest
_SEEN_BEHIND = 15  # last words of a line that may be a caption's
_SHOWN = 14  # first words that may


def _of_words(words: Words) -> Counts:
    """The columns of a line's own numbers that its words tell."""
    size = words.sizes[words.owner]
    outer = (words.place < COMPARED) | (words.place >= size - _SEEN_BEHIND)
    return np.column_stack(
        [
            words.times(vocabulary.FUNCTION) / np.maximum(1, words.sizes),
            words.times(vocabulary.SPOKEN) > 0,
            np.log1p(words.times(vocabulary.YOU)),
            np.log1p(words.times(vocabulary.SEEN, outer)),
            np.log1p(words.times(vocabulary.ASKED)),
            np.log1p(words.times(vocabulary.SHOWN, words.place < _SHOWN)),
        ]
    )
