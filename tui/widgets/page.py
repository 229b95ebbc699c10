"""Page: blocks of text wrapped to a measure, scrolled by the line, with places where a cursor can rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from store.text.passages import Span
from tui.pages import Block, Stop, within
from tui.present import Piece, fit, without_spaces, wrapped
from tui.widgets.lines import Lines

MEASURE = 90  # columns of text at most: longer lines tire the eye (Bringhurst: 45 to 75 characters, 90 the outer limit)
END = 10**9  # lines: further than any text goes
MOST_BESIDE = 3  # lines of what stands in the margin
LONG = 5_000  # characters of a paragraph whose lines are not kept for the next time
AT_ONCE = 20_000  # characters wrapped before the first frame, about 6 ms; the rest follows in slices between frames


@dataclass(frozen=True, slots=True)
class _Laid:
    """One wrapped line: its block, and the slice of the block's text that stands in it."""

    block: int
    start: int
    text: str


class Page(Lines):
    """Shows blocks. Wraps long texts a slice at a time, so that a 5 MB story opens as fast as a short one."""

    class Followed(Message):
        """Enter or a click on a block that points somewhere."""

        def __init__(self, target: Stop) -> None:
            super().__init__()
            self.target = target

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._laid: list[_Laid] = []
        self._next = 0
        self._starts: list[int] = []
        self._width = 0
        self._at: int | None = None
        self._at_end = False
        self.picking = False
        """Whether there is a cursor in the text, by the sentence."""

    # --- what it shows

    def show(self, blocks: Sequence[Block], *, keep_place: bool = False) -> None:
        """Shows blocks from their top, or from where the page stood when the same story was only drawn anew."""
        at, y = self._at, self.scroll_offset.y
        self._at_end = self._at_end and keep_place
        before, self._blocks = self._blocks, tuple(blocks)
        self.picking = False
        self._at = at if keep_place and at is not None and at < len(blocks) and self._blocks[at].stop else None
        if self._blocks != before:
            self._lay_out(at_least=y if keep_place else 0)
        self.scroll_to(y=y if keep_place else 0, animate=False)
        self.draw()

    def spot(self, paragraph: int, sentence: str) -> None:
        """Marks a sentence of a paragraph and scrolls to it."""
        for number, block in enumerate(self._blocks):
            if block.paragraph != paragraph:
                continue
            start = block.text.find(sentence)
            follower = self._blocks[number + 1] if number + 1 < len(self._blocks) else None
            if start < 0 and follower and follower.paragraph == paragraph:
                continue
            span = (start, start + len(sentence), "spot") if start >= 0 else (0, len(block.text), "spot")
            spans = (*(s for s in block.spans if s[2] != "spot"), span)
            self._unspot()
            self._blocks = (*self._blocks[:number], replace(block, spans=spans), *self._blocks[number + 1 :])
            self._bring(number, max(start, 0))
            self.draw()
            return

    def pick(self, spans: Sequence[Span], head: tuple[int, int] | None = None) -> None:
        """Shows what is picked, and nothing else picked; brings a paragraph into sight, at this place of its text."""
        by_paragraph: dict[int | None, list[tuple[int, int]]] = {}
        for paragraph, start, end in spans:
            by_paragraph.setdefault(paragraph, []).append((start, end))
        blocks = []
        for block in self._blocks:
            old = tuple(s for s in block.spans if s[2] != "picked")
            picked = by_paragraph.get(block.paragraph) if block.paragraph is not None else None
            new = (*old, *within(picked, block.offset, len(block.text), "picked")) if picked else old
            blocks.append(block if new == block.spans else replace(block, spans=new))
        self._blocks = tuple(blocks)
        self.picking = bool(spans)
        if head:
            self._bring(*self._where(*head))
        self.draw()

    def _where(self, paragraph: int, offset: int) -> tuple[int, int]:
        """The block that draws this place of a paragraph, and where in it that is."""
        own = [n for n, b in enumerate(self._blocks) if b.paragraph == paragraph and b.offset <= offset]
        return (own[-1], offset - self._blocks[own[-1]].offset) if own else (0, 0)

    @property
    def reading(self) -> tuple[int, int]:
        """The paragraph that stands at the top of the page, and where in it the page begins; (0, 0) above all."""
        for laid in self._laid[self.scroll_offset.y :]:
            block = self._blocks[laid.block]
            if block.paragraph is not None:
                return block.paragraph, block.offset + laid.start
        return 0, 0

    def _unspot(self) -> None:
        self._blocks = tuple(
            replace(b, spans=tuple(s for s in b.spans if s[2] != "spot")) if b.spans else b for b in self._blocks
        )

    def _bring(self, number: int, start: int) -> None:
        while self._next <= number:
            self._lay_slice()
        self._grow()
        first = self._starts[number]
        while first + 1 < len(self._laid) and self._laid[first + 1].block == number:
            if self._laid[first + 1].start > start:
                break
            first += 1
        height = self.scrollable_content_region.height
        if not self.scroll_offset.y <= first < self.scroll_offset.y + height - 2:
            self.scroll_to(y=max(0, first - height // 3), animate=False)

    # --- moving

    def move(self, by: int) -> None:
        """Moves the cursor among the stops where there are any, and beyond the first and the last, or where there are
        none, scrolls by lines; END goes to the last line, also while a long text is still being laid out."""
        self._at_end = by >= END
        stops = [n for n, b in enumerate(self._blocks) if b.stop]
        here = stops.index(self._at) if self._at in stops else -1 if by > 0 else len(stops)
        place = max(0, min(here + by, len(stops) - 1))
        on = bool(stops) and place != here
        if on:
            self._at = stops[place]
            self._bring(self._at, 0)
            self.draw()
        if not on or abs(by) >= END:
            self.scroll_to(y=self.scroll_offset.y + by, animate=False)

    def turn(self, pages: float) -> bool:
        """Scrolls by pages; false when the page already stood at that end."""
        self._at_end = False
        height = self.scrollable_content_region.height
        step = max(1, round(abs(pages) * (height - 1))) * (1 if pages > 0 else -1)
        if pages > 0:
            while self._next < len(self._blocks) and len(self._laid) < self.scroll_offset.y + step + height:
                self._lay_slice()
            self._grow()
        before = self.scroll_offset.y
        end = max(0, len(self._laid) - height)
        self.scroll_to(y=max(0, min(before + step, end)), animate=False)
        return self.scroll_offset.y != before

    @property
    def stop(self) -> Stop | None:
        """Where the block under the cursor points."""
        return self._blocks[self._at].stop if self._at is not None else None

    # --- laying out

    def _lay_out(self, at_least: int = 0) -> None:
        self._laid, self._starts, self._next = [], [], 0
        self._width = self.scrollable_content_region.width
        if not self._width:  # it has no place on the screen yet
            return
        budget = AT_ONCE
        while self._next < len(self._blocks) and (budget > 0 or len(self._laid) < at_least + self.size.height):
            budget -= self._lay_slice()
        self._reach()
        if self._next < len(self._blocks):
            self.set_timer(0.01, self._lay_more)

    def _lay_more(self) -> None:
        budget = AT_ONCE
        while self._next < len(self._blocks) and budget > 0:
            budget -= self._lay_slice()
        self._grow()
        if self._next < len(self._blocks):
            self.set_timer(0.01, self._lay_more)

    def _lay_slice(self) -> int:
        """Wraps the next block; gives how many characters that were."""
        number = self._next
        block = self._blocks[number]
        self._next += 1
        self._starts.append(len(self._laid))
        width = max(8, min(self._width - 2, MEASURE) - block.indent)
        at = 0
        for text in (_wrapped if len(block.text) < LONG else _wrap)(block.text, width):
            found = block.text.find(text, at) if text else at
            start = found if found >= 0 else at
            self._laid.append(_Laid(number, start, text))
            at = start + len(text)
        while block.side and len(self._laid) - self._starts[-1] < len(_beside(block.side, block.indent)):
            self._laid.append(_Laid(number, len(block.text), ""))
        return len(block.text) + 20

    def _grow(self) -> None:
        self._reach()
        self.draw()

    def _reach(self) -> None:
        self.reach(Size(self._width, len(self._laid) + 1))
        if self._at_end:
            self.scroll_to(y=len(self._laid), animate=False)

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._width:
            self._lay_out(at_least=self.scroll_offset.y)
            self.draw()

    # --- drawing

    def line_at(self, line: int, width: int) -> Strip:
        if width != self._width:  # the first frame of a new width comes before the page is told of it
            self._lay_out(at_least=self.scroll_offset.y)
        if line >= len(self._laid):
            return self.line((), width)
        laid = self._laid[line]
        block = self._blocks[laid.block]
        first = self._starts[laid.block] == line
        if block.side:
            beside = _beside(block.side, block.indent)
            number = line - self._starts[laid.block]
            margin = beside[number] if number < len(beside) else _beside("", block.indent)[0]
        else:
            margin = (block.margin if first else "")[: block.indent].ljust(block.indent)
        under = ("cursor" if self.has_focus else "cursor-away") if laid.block == self._at else ""
        pieces = (Piece(margin, "dropped" if block.role == "dropped" else block.margin_role), *_pieces(block, laid))
        return self.line(pieces, width, under=under, pad=1)

    def on_focus(self) -> None:
        if self._at is None and self.id == "summary":
            self.move(1)
        self.draw()

    def on_blur(self) -> None:
        self.draw()

    def on_click(self, event: events.Click) -> None:
        at = event.y + self.scroll_offset.y
        if 0 <= at < len(self._laid):
            number = self._laid[at].block
            stop = self._blocks[number].stop
            if stop:
                self._at = number
                self.post_message(self.Followed(stop))
                self.draw()


def _wrap(text: str, width: int) -> tuple[str, ...]:
    """The lines of a text, the blanks around them taken off."""
    if without_spaces(text):
        return tuple(wrapped(text, width))
    return tuple(content.plain.strip() for content in Content(text).wrap(width)) if text else ("",)


_wrapped = lru_cache(maxsize=512)(_wrap)


@lru_cache(maxsize=256)
def _beside(side: str, indent: int) -> tuple[str, ...]:
    """The lines of what stands in the margin, each as wide as that, the rule behind them."""
    room = indent - 3
    return tuple(" " * (room - cell_len(line)) + line + " ┆ " for line in fit(side, room, MOST_BESIDE))


def _pieces(block: Block, laid: _Laid) -> tuple[Piece, ...]:
    """The line's text in pieces by role: the spans that touch it over the block's own role."""
    end = laid.start + len(laid.text)
    cuts = {laid.start, end}
    spans = [s for s in block.spans if s[0] < end and s[1] > laid.start]
    for start, stop, _ in spans:
        cuts |= {max(start, laid.start), min(stop, end)}
    edges = sorted(cuts)
    out = []
    for a, b in pairwise(edges):
        role = next((r for s, e, r in reversed(spans) if s <= a and b <= e), block.role)
        out.append(Piece(laid.text[a - laid.start : b - laid.start], role, block.link))
    return tuple(out)
