"""Tables of an article: whole or not at all. The block model sees cells, and a cell alone looks like a label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from store.text.html.blocks import BIT, Page

_LONGEST_CELL = 100  # characters; tables with longer cells lay out the page
_FEWEST_CELLS = 4
_FEWEST_ROWS = 2
_LINKED = 0.3
_REACH = 3  # blocks before and after a table among which one is kept: a caption or a source may stand between
_ELSEWHERE = sum(BIT[place] for place in ("nav", "aside", "footer", "form", ".related", ".ad", ".comment", ".side"))


def kept(page: Page, keep: Sequence[bool]) -> list[bool]:
    """keep, with all cells of those tables that stand within the article and are no lists of links."""
    whole = list(keep)
    for start, end in _tables(page):
        before, after = keep[max(0, start - _REACH) : start], keep[end : end + _REACH]
        if any(before) and any(after) and _is_data(page, start, end):
            whole[start:end] = [True] * (end - start)
    return whole


def _tables(page: Page) -> Iterator[tuple[int, int]]:
    """Start and end of the blocks of each table."""
    for table, group in groupby(range(len(page.blocks)), key=lambda at: _table(page, at)):
        if table >= 0:
            places = list(group)
            yield places[0], places[-1] + 1


def _table(page: Page, at: int) -> int:
    """The node of the table a block stands in, -1 for none."""
    node = page.nodes[page.blocks[at].node].row
    while node >= 0 and page.nodes[node].tag != "table":
        node = page.nodes[node].parent
    return node


def _is_data(page: Page, start: int, end: int) -> bool:
    cells = page.blocks[start:end]
    if len(cells) < _FEWEST_CELLS or len({page.nodes[cell.node].row for cell in cells}) < _FEWEST_ROWS:
        return False
    if any(len(cell.text) > _LONGEST_CELL for cell in cells) or page.nodes[cells[0].node].over & _ELSEWHERE:
        return False
    return sum(cell.linked for cell in cells) < _LINKED * sum(len(cell.text) for cell in cells)
