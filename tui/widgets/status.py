"""Status: one line that tells where the reader is, what was just told, and the ways out."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

MARGIN = 1  # cells to each side of what is told, on the ground of the line, and on its own

APART = 2  # cells between what is told and the ways out, which are left out where there are no more


class StatusLine(Widget):
    """Drawn as a whole: widgets of their own would have the screen laid out anew whenever one takes more room, which
    costs more than all the rest of a key."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--said", "status--out"}

    def __init__(self, out: str, *, id: str) -> None:
        super().__init__(id=id)
        self.place = ""
        """Position, counts, filter, selection, what runs in the background."""
        self.said = ""
        self.out = out

    def tell(self, place: str, said: str) -> None:
        """Only what is new is drawn. What is said is cut where there is no room for it, the way out left out."""
        if (place, said) != (self.place, self.said):
            self.place, self.said = place, said
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        said, out = self.get_visual_style("status--said"), self.get_visual_style("status--out")
        line = Content(self.place)
        if self.said:
            pad = " " * MARGIN
            room = width - line.cell_length - 4 * MARGIN
            told = Content(self.said).truncate(max(room, 0), ellipsis=True)
            line = Content.assemble(line, pad, Content(f"{pad}{told.plain}{pad}").stylize(said), pad)
        left = width - line.cell_length - cell_len(self.out)
        return Content.assemble(line, " " * left, Content(self.out).stylize(out)) if left >= APART else line
