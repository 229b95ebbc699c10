"""What a page's blocks came to: lines kept or left out, in order, and how those left out go back among the passages
that the line pass made of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.model import Kind, Passage
from store.text.clean import line_key


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page; reason is empty for those that are the article. block counts the page's blocks."""

    text: str
    reason: str = ""
    block: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page in their order."""

    lines: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return any(not line.reason for line in self.lines)

    @classmethod
    def all_kept(cls, text: str) -> Lines:
        """The lines of a text that is known to be an article."""
        return cls(tuple(Line(t.strip(), block=at) for at, t in enumerate(text.split("\n")) if t.strip()))

    def text(self, keep: Collection[str] = ()) -> str:
        """The article and the lines the reader wants to read (by their `line_key`), a blank line between blocks."""
        parts: list[str] = []
        last = None
        for line in self._read(keep):
            if parts:
                parts.append("\n" if line.block == last else "\n\n")
            parts.append(line.text)
            last = line.block
        return "".join(parts)

    def among(self, passages: Sequence[Passage], keep: Collection[str] = ()) -> tuple[Passage, ...]:
        """passages, which were made of `text(keep)`, with the lines left out in their places between them."""
        read = set(map(id, self._read(keep)))
        out: list[Passage] = []
        waiting = iter(passages)
        owed = 0  # letters of the lines so far that passages have not yet shown
        for line in self.lines:
            if id(line) not in read:
                kind = Kind.STANDFIRST if line.reason == "standfirst" else Kind.DROPPED
                out.append(Passage(line.text, kind, line.reason))
                continue
            owed += _letters(line.text)
            owed -= _take(out, waiting, owed)
        out.extend(waiting)
        return tuple(out)

    def _read(self, keep: Collection[str]) -> Iterator[Line]:
        return (line for line in self.lines if not line.reason or (keep and line_key(line.text) in keep))


def _take(out: list[Passage], waiting: Iterator[Passage], owed: int) -> int:
    """Move passages to out until they have as many letters as are owed; how many they had."""
    taken = 0
    while owed > taken and (passage := next(waiting, None)) is not None:
        out.append(passage)
        taken += _letters(passage.text)
    return taken


def _letters(text: str) -> int:
    """White space does not count, and hyphens that joining lines takes out."""
    return sum(map(len, text.split())) - text.count("-") - text.count("\u00ad")


@dataclass(slots=True)
class Shown:
    """A block to be shown: reason is empty where it is the article; cell and row say where in a table, or are -1."""

    text: str
    reason: str = ""
    row: int = -1
    cell: int = -1


def lines_of(blocks: Iterable[Shown]) -> Lines:
    """Lines of blocks, the cells of a table's row in one line."""
    whole: list[Shown] = []
    for block in blocks:
        above = whole[-1] if whole else None
        if (
            above
            and above.row == block.row >= 0
            and bool(above.reason) == bool(block.reason)
            and _are_cells(above, block)
        ):
            above.text, above.cell = f"{above.text} | {block.text}", block.cell
        else:
            whole.append(block)
    return Lines(
        tuple(Line(text, block.reason, at) for at, block in enumerate(whole) for text in block.text.split("\n"))
    )


_LONGEST_CELL = 100  # characters; tables with longer ones lay out the page


def _are_cells(above: Shown, block: Shown) -> bool:
    if above.cell == block.cell or "\n" in above.text or "\n" in block.text or len(block.text) > _LONGEST_CELL:
        return False
    return len(above.text) <= _LONGEST_CELL or " | " in above.text
