"""Which lines of a page make a shorter one to learn from. Most pages that were collected are long guides, and a model
that has seen nothing else takes a report of five sentences for furniture. What is around a body stays as it was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

_FEWEST_LINES = 12  # of a body of which some are left out
_SOME = range(3, 15)  # lines of the body that stay
_FEW = range(2, 10)  # the same, where little is left of the furniture too
_ABOVE = 6  # lines of furniture that are left, at most
_BELOW = 10
_KEEPS_ASIDES = 0.5  # share of the pages of few lines that keep what stands between those of their body


def with_some(labels: Sequence[int], chance: Random) -> list[int]:
    """All furniture, and some lines of the body that follow on each other; none of a page with a short body."""
    body = [i for i, label in enumerate(labels) if label]
    if len(body) < _FEWEST_LINES:
        return []
    stays = set(_stretch(body, _SOME, chance))
    return [i for i, label in enumerate(labels) if not label or i in stays]


def with_few(labels: Sequence[int], chance: Random) -> list[int]:
    """A few lines of the body and a few of what stands above and below it; none of a page with next to no body."""
    body = [i for i, label in enumerate(labels) if label]
    if len(body) <= _FEW[0]:
        return []
    stays = _stretch(body, _FEW, chance)
    above = range(max(0, body[0] - chance.randint(0, _ABOVE)), body[0])
    inside = range(stays[0], stays[-1]) if chance.random() < _KEEPS_ASIDES else ()
    below = range(body[-1] + 1, min(len(labels), body[-1] + 1 + chance.randint(0, _BELOW)))
    return sorted({*above, *stays, *(i for i in inside if not labels[i]), *below})


def _stretch(body: Sequence[int], sizes: range, chance: Random) -> Sequence[int]:
    """Lines of the body in a row, most often from its beginning."""
    size = chance.randint(sizes[0], min(sizes[-1], len(body) - 1))
    start = chance.choice((0, 0, chance.randint(0, len(body) - size)))
    return body[start : start + size]
