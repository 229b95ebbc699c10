"""Tables of which every cell stands on a line of its own, as they come when a page's text is copied, and long lists
whose items are written alike: "Anna Kovel, 34, Selm"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.text.lines import Line
from store.text.prose import is_prose

_FIGURE = re.compile(r"[-+−–]?\s?[$€£]?\s?\d[\d.,\s]*\s?(?:%|[mk]|[bm]n|млн|млрд|тыс)?|[–—-]|n/a", re.IGNORECASE)
_LONGEST_CELL = 40  # characters
_MOST_COLUMNS = 7
_FEWEST_ROWS = 3


def cells(lines: Sequence[Line]) -> list[range]:
    """The lines of each table, its head with them: rows of one name and as many figures each. The numbers of a list
    that count its items are no figures."""
    texts = [line.text for line in lines]
    figure = [len(text) <= _LONGEST_CELL and _FIGURE.fullmatch(text) is not None for text in texts]
    found: list[range] = []
    i = 1 if sum(figure) >= _FEWEST_ROWS else len(lines)
    while i < len(lines) - 1:
        begins = figure[i + 1] and not figure[i]
        sizes = range(2, _MOST_COLUMNS + 1) if begins else ()
        columns = next((n for n in sizes if _rows(texts, figure, i, n) >= _FEWEST_ROWS), 0)
        if columns:
            stop = i + columns * _rows(texts, figure, i, columns)
            if not _counts([texts[at] for at in range(i + 1, stop, columns)]):
                found.append(range(_head(texts, figure, i, columns), stop))
            i = stop
        else:
            i += 1
    return [table for table in found if table.start > 0]


def _rows(texts: Sequence[str], figure: Sequence[bool], start: int, columns: int) -> int:
    """How many rows of a name and figures follow on start."""
    rows, at = 0, start
    while (
        at + columns <= len(texts)
        and _are_names(texts[at : at + 1], figure[at : at + 1])
        and all(figure[at + 1 : at + columns])
    ):
        rows, at = rows + 1, at + columns
    return rows


def _are_names(texts: Sequence[str], figure: Sequence[bool]) -> bool:
    return not any(figure) and all(len(text) <= _LONGEST_CELL and not is_prose(text) for text in texts)


def _head(texts: Sequence[str], figure: Sequence[bool], start: int, columns: int) -> int:
    """Where the head of a table begins: a line for each of its columns, or all but the first, under a sentence."""
    for size in (columns, columns - 1):
        above = start - size
        if above > 0 and is_prose(texts[above - 1]) and _are_names(texts[above:start], figure[above:start]):
            return above
    return start


def _counts(texts: Sequence[str]) -> bool:
    """Whether numbers go on by one, as the ranks of a list do."""
    first = texts[0]
    return first.isdigit() and list(texts) == [str(int(first) + n) for n in range(len(texts))]


_FEWEST_ALIKE = 6
_LONGEST_ITEM = 160  # characters
_TOKEN = re.compile(r"\d[\d.,/:-]*|[^\W\d_]+|[,;:()|–—-]")


def alike(lines: Sequence[Line], reasons: Sequence[str]) -> list[range]:
    """Runs of lines of one make, each with a figure and a comma or the like in it, as headlines and menus are not."""
    may = [not reason and _may_be_of_a_make(line.text) for line, reason in zip(lines, reasons, strict=True)]
    if sum(may) < _FEWEST_ALIKE:
        return []
    makes = [_make(line.text) if own else "" for line, own in zip(lines, may, strict=True)]
    found: list[range] = []
    start = 0
    for end in range(1, len(makes) + 1):
        if end < len(makes) and makes[end] == makes[start]:
            continue
        if makes[start] and start and end - start >= _FEWEST_ALIKE:
            found.append(range(start, end))
        start = end
    return found


def _may_be_of_a_make(text: str) -> bool:
    """Whether there is what every line with a make has: cheaper to ask than for its tokens."""
    parted = "," in text or ":" in text or "(" in text or ";" in text
    return parted and len(text) <= _LONGEST_ITEM and _DIGIT.search(text) is not None


_DIGIT = re.compile(r"\d")


def _make(text: str) -> str:
    """What kinds of tokens a line is made of, in order, names and words of any number as one; "" for other lines."""
    if is_prose(text):
        return ""
    kinds: list[str] = []
    for token in _TOKEN.findall(text):
        kind = "0" if token[0].isdigit() else "a" if token[0].isalpha() else token
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
    return "".join(kinds) if "0" in kinds and not {",", ";", ":", "("}.isdisjoint(kinds) else ""
