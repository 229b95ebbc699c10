"""Sentences that stand alone below an article: comments, cookies, what other stories are about. One by one they read
like body; what lies between them and the article speaks against all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

# Chosen on development pages, articles and English newspapers, with weights that had not seen the site: of a hundred
# words kept in an article's container 0.6 were such islands' furniture, of whole pages 1.1; of the body 0.1 goes too.
_APART = 6  # dropped lines in a row
_DOUBTED = 1.0  # log odds, the mean of the island's words
_PARAGRAPHS = 4  # more of them are the article itself, going on below a wide block of links
_PARAGRAPH = 20  # words
_LABEL = 3  # times that a page says a line; what it says so often stands between an article's paragraphs too
# Below most of an article these lines alone set apart whatever follows, and speak against it.
_CLOSING = frozenset(("share prompt", "comment prompt", "copyright"))
_MOST = 0.7  # of the words that are kept
_DOUBTED_BELOW = 2.0


def islands(
    texts: Sequence[str],
    kept: Sequence[bool],
    *,
    words: Sequence[int],
    weighed: Sequence[float],
    reasons: Sequence[str],
) -> list[int]:
    """The kept lines that stand apart below the longest stretch of kept lines, and are doubted. Each comes with its
    number of words, its log odds, and what it says that it is."""
    closing = _closing(kept, words, reasons)
    if not closing and len(_stretches(kept, [1] * len(kept))) < 2:
        return []
    times = Counter(texts)
    stretches = _stretches(kept, [_APART if i in closing else times[text] < _LABEL for i, text in enumerate(texts)])
    sizes = [sum(words[i] for i in stretch) for stretch in stretches]
    below = sizes.index(max(sizes)) + 1
    found: list[int] = []
    for stretch, size in zip(stretches[below:], sizes[below:], strict=True):
        mean = sum(weighed[i] * words[i] for i in stretch) / max(1, size)
        few = sum(words[i] >= _PARAGRAPH for i in stretch) <= _PARAGRAPHS
        if (few and mean < _DOUBTED) or (mean < _DOUBTED_BELOW and any(i < stretch[0] for i in closing)):
            found.extend(stretch)
    return found


def _closing(kept: Sequence[bool], words: Sequence[int], reasons: Sequence[str]) -> set[int]:
    """The dropped lines that close an article and stand below most of what is kept."""
    said = [i for i, why in enumerate(reasons) if why in _CLOSING and not kept[i]]
    if not said or not any(kept):
        return set()
    least = _MOST * sum(own for own, keep in zip(words, kept, strict=True) if keep)
    told, first = 0, 0
    while told < least:
        told += words[first] * kept[first]
        first += 1
    return {i for i in said if i >= first}


def _stretches(kept: Sequence[bool], counts: Sequence[int]) -> list[list[int]]:
    """The kept lines, those together between which less is dropped; counts says how much each dropped line is."""
    found: list[list[int]] = []
    gap = _APART
    for i, keep in enumerate(kept):
        if not keep:
            gap += counts[i]
            continue
        if gap >= _APART:
            found.append([])
        found[-1].append(i)
        gap = 0
    return found
