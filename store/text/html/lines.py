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
                out.append(Passage(line.text, Kind.DROPPED, line.reason))
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


def lines_of(blocks: Iterable[tuple[str, str]]) -> Lines:
    """Lines of blocks' texts and reasons."""
    return Lines(tuple(Line(line, reason, at) for at, (text, reason) in enumerate(blocks) for line in text.split("\n")))
