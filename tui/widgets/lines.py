"""Lines: the base of the two line-API widgets. Here a role ("headline", "meta") becomes a style from style.tcss."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.present import Piece

ROLES = (
    "headline", "read", "meta", "sign", "star", "tag", "outlet", "faint", "body", "subheading", "dropped", "note",
    "label", "link", "sentence", "found", "spot", "cursor", "cursor-away",
)  # fmt: skip


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws only the lines on the screen, whatever their number."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{role}" for role in ROLES}

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._styles_of_roles: dict[str, Style] = {}

    def role_style(self, role: str) -> Style:
        """Only what the role itself sets, to be laid over the line's own style; shares of colours are mixed here."""
        if role not in ROLES:
            return Style.null()
        if role not in self._styles_of_roles:
            rules = self.get_component_styles(f"lines--{role}")
            ground = self.background_colors[1]
            self._styles_of_roles[role] = (
                Style(
                    color=(ground + rules.color).rich_color if rules.has_rule("color") else None,
                    bgcolor=(ground + rules.background).rich_color if rules.has_rule("background") else None,
                )
                + rules.text_style
            )
        return self._styles_of_roles[role]

    def line(self, pieces: Iterable[Piece], width: int, *, under: str = "", pad: int = 0) -> Strip:
        """A strip of exactly width cells from pieces; under is the role of the whole line, pad a left margin."""
        base = self.rich_style + self.role_style(under)
        segments = [Segment(" " * pad, base)] if pad else []
        segments += [Segment(p.text, base + self.role_style(p.role)) for p in pieces if p.text]
        return Strip(segments).adjust_cell_length(width, base)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles_of_roles.clear()
        self.forget()

    def forget(self) -> None:
        """Drops drawn lines that a new theme or width has made stale."""
