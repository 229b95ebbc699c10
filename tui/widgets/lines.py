"""Lines: the base of the two line-API widgets. Here a role ("headline", "meta") becomes a style from style.tcss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from tui.contrast import legible
from tui.present import Piece
from tui.widgets.bar import Bar

ROLES = (
    "headline", "read", "meta", "sign", "star", "tag", "outlet", "faint", "body", "subheading", "dropped", "note",
    "label", "link", "address", "sentence", "found", "spot", "highlight", "picked", "cursor", "cursor-away",
)  # fmt: skip

LINES_KEPT = 300  # drawn lines that are kept, of each widget: some 10 KB each


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws only the lines on the screen, whatever their number."""

    STYLED_BY_FOCUS: ClassVar[bool] = True
    """Whether style.tcss knows it by its focus."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._rules_of_roles: dict[str, RenderStyles] = {}
        self._styles_of_roles: dict[tuple[str, str], Style] = {}
        self._bases: dict[str, Style] = {}
        self._styled_for: object = None
        self._made_lines: dict[object, Strip] = {}
        self._shown: list[Strip] = []  # as drawn last
        self._edge: tuple[object, list[Segment]] = None, []
        self._wholes: dict[int, tuple[Strip, Strip]] = {}  # by the id of the line, which is kept beside

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
        pieces = tuple(pieces)
        key = pieces, width, under, pad
        if key not in self._made_lines:
            if len(self._made_lines) > LINES_KEPT:
                self._made_lines.clear()
            self._made_lines[key] = self._make(pieces, width, under, pad)
        return self._made_lines[key]

    def _make(self, pieces: Iterable[Piece], width: int, under: str, pad: int) -> Strip:
        base = self._base(under)
        segments = [Segment(" " * pad, base)] if pad else []
        segments += [Segment(p.text, base + self.role_style(p.role, under) + _linked(p.link)) for p in pieces if p.text]
        return Strip(segments).adjust_cell_length(width, base)

    # --- the parts that Textual does with more care than is needed here

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = Bar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Styles the widget by whether it has the focus, and not its scrollbars too."""
        if self.STYLED_BY_FOCUS:
            self.app.stylesheet.apply(self)

    # --- drawing

    def draw(self) -> None:
        """Has those lines drawn that look otherwise than they did. In a new size or theme Textual draws them all."""
        (width, height), top = self.scrollable_content_region.size, self.top_line
        was, self._shown = self._shown, [self.line_at(top + y, width) for y in range(height)]
        if len(was) != height:
            self.refresh()
            return
        changed = [y for y, (before, now) in enumerate(zip(was, self._shown, strict=True)) if before is not now]
        if changed:
            self.refresh(*(Region(0, first, self.size.width, number) for first, number in _runs(changed)))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self.draw()

    def reach(self, size: Size) -> None:
        """Says how many lines there are and how wide, as setting virtual_size does. That has the whole screen laid out
        anew, each time: here only where the scrollbar comes or goes."""
        if size != self.virtual_size:
            self.set_reactive(Lines.virtual_size, size)
            self._scroll_update(size)

    def line_at(self, line: int, width: int) -> Strip:
        """A line of all there are. The same line is the same strip, as far as that can be had."""
        raise NotImplementedError

    @property
    def top_line(self) -> int:
        """The line at the top of the widget."""
        return self.scroll_offset.y

    def render_line(self, y: int) -> Strip:
        return self.line_at(self.top_line + y, self.scrollable_content_region.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """As Textual has it, for widgets with no border but on the left: a line that was drawn before is taken as it
        was, its border and all. Textual does so only while nothing in the widget changes, and a line made anew costs
        it 0.2 ms."""
        size = self.outer_size
        if self.styles.gutter.totals != (self.styles.gutter.left, 0):
            return super().render_lines(crop)
        filters = self.get_line_filters()
        edge = self._edge_of(size, filters)
        width, top = self.scrollable_content_region.width, self.top_line
        strips = [self._whole(self.line_at(top + y, width), edge, size.width, filters) for y in crop.line_range]
        return strips if crop.column_span == (0, size.width) else [strip.crop(*crop.column_span) for strip in strips]

    def _edge_of(self, size: Size, filters: Sequence[LineFilter]) -> list[Segment]:
        """The border on the left, as Textual draws it."""
        key = (size.width, self.styles.border_left, self.background_colors, *filters)
        if key != self._edge[0]:
            self._wholes.clear()
            columns = self.styles.gutter.left
            drawn = super().render_lines(Region(0, 0, size.width, 1))[0] if columns else Strip([])
            self._edge = key, [*drawn.crop(0, columns)]
        return self._edge[1]

    def _whole(self, strip: Strip, edge: list[Segment], width: int, filters: Sequence[LineFilter]) -> Strip:
        """A line of the widget's own width, filtered, with its border."""
        kept = self._wholes.get(id(strip))
        if kept is None:
            if len(self._wholes) > LINES_KEPT:
                self._wholes.clear()
            ground = self.background_colors[1]
            whole = strip.adjust_cell_length(width - len(edge), self._base(""))
            for each in filters:
                whole = whole.apply_filter(each, ground)
            kept = strip, Strip([*edge, *whole], width) if edge else whole
            self._wholes[id(strip)] = kept
        return kept[1]

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
        self._made_lines.clear()
        self._wholes.clear()
        self._edge = None, []
        self.forget()

    def _look_now(self) -> object:
        """What the styles of lines are made of; None where that cannot be told yet."""
        if not self.is_attached:
            return None
        return self.app.theme, self.app.native_ansi_color, self.background_colors, self.rich_style

    def forget(self) -> None:
        """Drops drawn lines that a new theme or width has made stale."""


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Of ascending numbers the first of each run, and how many there are of it."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], len(found)


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
