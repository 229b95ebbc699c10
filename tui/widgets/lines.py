"""Lines: the base of the two line-API widgets. Here a role ("headline", "meta") becomes a style from style.tcss."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.contrast import legible
from tui.present import Piece

ROLES = (
    "headline", "read", "meta", "sign", "star", "tag", "outlet", "faint", "body", "subheading", "dropped", "note",
    "label", "link", "address", "sentence", "found", "spot", "highlight", "picked", "cursor", "cursor-away",
)  # fmt: skip


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws only the lines on the screen, whatever their number."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._rules_of_roles: dict[str, RenderStyles] = {}
        self._styles_of_roles: dict[tuple[str, str], Style] = {}
        self._bases: dict[str, Style] = {}
        self._styled_for: object = None

    def role_style(self, role: str, under: str = "") -> Style:
        """Only what the role itself sets, to be laid over a line of the role under. Shares of colours are mixed here,
        and what could not be read on its ground is made to be."""
        if role not in ROLES:
            return Style.null()
        key = (role, under)
        if key not in self._styles_of_roles:
            rules = self._rules_of(role)
            of_terminal = self.app.native_ansi_color
            style = _plain(role, under) if of_terminal else self._mixed(rules, self._ground(under))
            self._styles_of_roles[key] = style + rules.text_style
        return self._styles_of_roles[key]

    def _rules_of(self, role: str) -> RenderStyles:
        """What style.tcss says of a role. Not one of the COMPONENT_CLASSES: those are all styled anew, in each of these
        widgets, at the start and whenever the focus moves, most of them for nothing."""
        if role not in self._rules_of_roles:
            node = DOMNode(classes=f"lines--{role}")
            node._attach(self)
            self.app.stylesheet.apply(node)
            self._rules_of_roles[role] = node.styles
        return self._rules_of_roles[role]

    def _ground(self, under: str) -> Color:
        ground = self.background_colors[1]
        if under:
            rules = self._rules_of(under)
            return ground + rules.background if rules.has_rule("background") else ground
        return ground

    def _mixed(self, rules: RenderStyles, ground: Color) -> Style:
        own_ground = ground + rules.background if rules.has_rule("background") else None
        ink = rules.color if rules.has_rule("color") else self.styles.color if own_ground else None
        under = own_ground or ground
        return Style(
            color=legible(under + ink, under).rich_color if ink else None,
            bgcolor=own_ground.rich_color if own_ground else None,
        )

    def line(self, pieces: Iterable[Piece], width: int, *, under: str = "", pad: int = 0) -> Strip:
        """A strip of exactly width cells from pieces; under is the role of the whole line, pad a left margin."""
        base = self._base(under)
        segments = [Segment(" " * pad, base)] if pad else []
        segments += [Segment(p.text, base + self.role_style(p.role, under) + _linked(p.link)) for p in pieces if p.text]
        return Strip(segments).adjust_cell_length(width, base)

    def _base(self, under: str) -> Style:
        """What all of a line is drawn in: asked for at each line, worked out once."""
        if under not in self._bases:
            self._bases[under] = self.rich_style + self.role_style(under)
        return self._bases[under]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        look = self._look_now()
        if look is not None and look == self._styled_for:  # the focus came or went: a line looks as before
            return
        self._styled_for = look
        self._rules_of_roles.clear()
        self._styles_of_roles.clear()
        self._bases.clear()
        self.forget()

    def _look_now(self) -> object:
        """What the styles of lines are made of; None where that cannot be told yet."""
        if not self.is_attached:
            return None
        return self.app.theme, self.app.native_ansi_color, self.background_colors, self.rich_style

    def forget(self) -> None:
        """Drops drawn lines that a new theme or width has made stale."""


@lru_cache(maxsize=64)
def _linked(address: str) -> Style:
    return Style(link=address) if address else Style.null()


def _plain(role: str, under: str) -> Style:
    """Roles in a terminal's own colours, of which we know nothing: attributes alone. Nothing is dim on a line that is
    reversed: that is grey on grey in many terminals."""
    if role == "highlight":
        return Style(underline=True)
    if role in ("cursor", "spot", "found", "picked"):
        return Style(reverse=True)
    if role in ("read", "meta", "faint", "dropped", "address"):
        return Style(dim=under != "cursor")
    return Style(underline=True) if role == "cursor-away" else Style.null()
