"""Lines that only make sense together: the turns of a talk, the items of a list that a sentence announces, the times of
a live blog, the headings of numbered articles, verse. What the line model thinks of one of them goes for its like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.text.lines import Line
from store.text.prose import SPEAKER, Draft, is_prose

if TYPE_CHECKING:
    from store.text.measured import Measured

NUMBERED = re.compile(
    r"^(?:(?:Article|Section|Chapter|Art\.|Artikel|Artículo|Статья|Стаття|Madde|§)\s)?"
    r"\(?(?:(?P<number>\d{1,3})|(?P<roman>[IVXLC]{1,6}))[.):]\s+\S"
)
_MARK = re.compile(
    r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?(?:[ap]\.?m\.?|[A-Z]{2,4}))?"
    r"|(?:article|section|chapter|artikel|artículo|статья|стаття|madde|المادة|§)\s?\(?(?:\d{1,3}|[IVXLC]{1,6})\)?\.?",
    re.IGNORECASE,
)
_LONGEST_MARK = 18  # characters
_FEWEST = 3
_LONGEST_LIST = 80  # lines
_LONGEST_ITEM = 160  # characters; longer lines that are not numbered are paragraphs again
_FEWEST_VERSES = 4
_VERSE_WORDS = range(3, 15)
_PAUSES = 0.3  # share of verses that end in a comma or semicolon, which no headline and no label does


def marks(lines: Sequence[Line], draft: Draft) -> list[int]:
    """Lines that are nothing but the time of a live blog's entry or the number of an article, over a text of their own:
    they go with the line below. A single time says when a page was made, times over headlines are other stories'."""
    found = [
        i
        for i in range(len(lines) - 1)
        if len(lines[i].text) <= _LONGEST_MARK and _MARK.fullmatch(lines[i].text)
        if not draft.reasons[i + 1] and is_prose(lines[i + 1].text)
    ]
    return found if len(found) >= _FEWEST else []


def backed(lines: Sequence[Line], measured: Sequence[Measured], draft: Draft, weighed: Sequence[float]) -> set[int]:
    """Doubtful lines that others speak for."""
    found = set(_of_a_kind(lines, draft, weighed))
    for group in (*_announced(lines, measured, draft, weighed), *_verses(lines, measured, draft)):
        found.update(i for i in group if weighed[i] <= 0)
    return found


def _of_a_kind(lines: Sequence[Line], draft: Draft, weighed: Sequence[float]) -> Iterator[int]:
    """Turns of a speaker and items of a numbered series, where half of them are kept anyway."""
    speakers = {i: m["who"] for i, line in enumerate(lines) if (m := SPEAKER.match(line.text))}
    turns = Counter(speakers.values())
    spoken = [i for i, who in speakers.items() if turns[who] >= _FEWEST and not draft.reasons[i]]
    items = {i: m for i, line in enumerate(lines) if not draft.reasons[i] and (m := NUMBERED.match(line.text))}
    numbered = [i for i, item in items.items() if item["number"]]
    for group in (spoken, numbered, [i for i, item in items.items() if item["roman"]]):
        kept = sum(weighed[i] > 0 for i in group)
        if kept >= _FEWEST and 2 * kept >= len(group):
            yield from group


def _announced(
    lines: Sequence[Line], measured: Sequence[Measured], draft: Draft, weighed: Sequence[float]
) -> Iterator[range]:
    """What stands under a sentence of the body that ends in a colon, up to the next paragraph."""
    for i, line in enumerate(lines):
        if line.text.endswith(":") and measured[i].prose and weighed[i] > 0 and not measured[i].opener:
            end = i + 1
            while end < min(len(lines), i + 1 + _LONGEST_LIST) and _is_item(
                lines[end], measured[end], draft.reasons[end]
            ):
                end += 1
            if end - i > 2:
                yield range(i + 1, end)


def _is_item(line: Line, measured: Measured, reason: str) -> bool:
    paragraph = len(line.text) > _LONGEST_ITEM and not NUMBERED.match(line.text)
    return not (reason or measured.opener or paragraph)


def _verses(lines: Sequence[Line], measured: Sequence[Measured], draft: Draft) -> Iterator[range]:
    start = 0
    for i in range(len(lines) + 1):
        if i < len(lines) and not draft.reasons[i] and measured[i].words in _VERSE_WORDS:
            continue
        run = [line.text for line in lines[start:i]]
        if len(run) >= _FEWEST_VERSES:
            pauses = sum(text[-1] in ",;،" for text in run)
            ends = sum(text[-1] in ",;:.!?—–،؟…" for text in run)
            if pauses >= _PAUSES * len(run) and 2 * ends > len(run):
                yield range(start, i)
        start = i + 1
