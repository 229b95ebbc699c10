"""Lines that only the benefit of doubt keeps. It is meant for paragraphs, which a reader would miss; most labels,
headlines and single sentences that need it are furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.text.lines import Line

if TYPE_CHECKING:
    from store.text.measured import Measured

# Chosen on articles and English newspapers with weights that had not seen the site: of the words of such lines ten were
# furniture to one of the body inside it, four to one above it (in newspapers of other languages eight and two, in
# guides one to two and four to one). Longer lines, and sentences below the last sure one, are body as often as not.
_SURE = 4.5  # log odds, the doubt in them
_DOUBTED = 1.15
_WORDS = 20  # a longer line is a paragraph
_FAR = 3  # lines above the first sure one; nearer stands what opens the story
_LIST = 4  # lines in a row; fewer are links, more a list or a table, where one line speaks for the next
_MOSTLY_SURE = 0.6  # of the words; a text of which less is sure is unlike those that the model knows
_ROW = re.compile(r"[^\W\d_][^:.!?]{1,30}\s?: \S")  # "Headquarters: Selm"


def doubted(
    lines: Sequence[Line], measured: Sequence[Measured], weighed: Sequence[float], kept: Sequence[bool]
) -> list[int]:
    """The kept lines that are better dropped: short ones that are not in a list, head nothing and follow on nothing.
    weighed are the log odds that the lines are body."""
    unsure = [i for i, own in enumerate(weighed) if kept[i] and 0 < own < _DOUBTED]
    sure = [i for i, own in enumerate(weighed) if kept[i] and own > _SURE] if unsure else []
    told = sum(line.words for line, keep in zip(measured, kept, strict=True) if keep)
    if not sure or sum(measured[i].words for i in sure) < _MOSTLY_SURE * told:
        return []
    listed = _listed(measured, kept)
    found = []
    for i in unsure:
        line = measured[i]
        ends = i > sure[-1] and (line.prose or _follows(lines, kept, i))
        short = line.words <= _WORDS and not ends and i not in listed
        if (short or i < sure[0] - _FAR) and not (_leads_on(lines[i].text) or _answers(lines, kept, i)):
            found.append(i)
    return found


def _leads_on(text: str) -> bool:
    return ":" in text and (text.endswith(":") or _ROW.match(text) is not None)


def _follows(lines: Sequence[Line], kept: Sequence[bool], at: int) -> bool:
    """Whether a line is a sentence, if of two words, right below a kept one: "Thank you."."""
    return at > 0 and kept[at - 1] and lines[at].text.endswith((".", "!", "…"))


def _answers(lines: Sequence[Line], kept: Sequence[bool], at: int) -> bool:
    """Whether a line may answer the one above it, however few words it needs."""
    asked = at > 0 and kept[at - 1] and lines[at - 1].text.endswith("?")
    return asked and lines[at].text.endswith((".", "!", "…"))


def _listed(measured: Sequence[Measured], kept: Sequence[bool]) -> set[int]:
    """The kept lines that are several in a row and no sentences."""
    found: set[int] = set()
    start = 0
    for i in range(len(measured) + 1):
        if i < len(measured) and kept[i] and not measured[i].prose:
            continue
        if i - start >= _LIST:
            found.update(range(start, i))
        start = i + 1
    return found
