"""Sentences that stand alone far below an article: comments, cookies, what other stories are about. One by one they
read like body; the furniture between them and the article speaks against all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

# Chosen on development pages, articles and English newspapers, with weights that had not seen the site: of a hundred
# words kept in an article's container 0.5 were such islands' furniture, of whole pages 1.0; of the body 0.1 goes too.
_APART = 6  # dropped lines in a row
_DOUBTED = 1.5  # log odds, the mean of the island's words
_PARAGRAPHS = 4  # more of them are the article itself, going on below a wide block of links
_PARAGRAPH = 20  # words
_LABEL = 3  # times that a page says a line; what it says so often stands between an article's paragraphs too


def islands(texts: Sequence[str], kept: Sequence[bool], words: Sequence[int], weighed: Sequence[float]) -> list[int]:
    """The kept lines that stand apart below the longest stretch of kept lines, and are doubted."""
    if len(_stretches(kept, [True] * len(kept))) < 2:
        return []
    times = Counter(texts)
    stretches = _stretches(kept, [times[text] < _LABEL for text in texts])
    sizes = [sum(words[i] for i in stretch) for stretch in stretches]
    below = sizes.index(max(sizes)) + 1
    return [
        i
        for stretch, size in zip(stretches[below:], sizes[below:], strict=True)
        if sum(weighed[i] * words[i] for i in stretch) < _DOUBTED * size
        and sum(words[i] >= _PARAGRAPH for i in stretch) <= _PARAGRAPHS
        for i in stretch
    ]


def _stretches(kept: Sequence[bool], counts: Sequence[bool]) -> list[list[int]]:
    """The kept lines, those together between which less is dropped; counts says which dropped lines count."""
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
