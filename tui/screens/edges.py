"""Edges: how wide the list and the summary are, in percent of the screen. Moved by keys, dragged with the mouse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.commands import LIST, SUMMARY

if TYPE_CHECKING:
    from tui.screens.main import Main

SIDE_BY_SIDE = 80  # columns: under it one pane is shown
THREE = 120  # columns from which on the list, the text and the summary are shown at once
STEP = 4  # percent a key
LEAST = 20  # columns of a pane that was sized
RANGE: Mapping[str, tuple[int, int]] = {LIST: (20, 64), SUMMARY: (16, 50)}  # percent
TEXT_LEAST = 20  # percent that the text keeps between the two


class Edges:
    """shares holds what the reader chose; where nothing, the style sheet says how wide a pane is."""

    def __init__(self, main: Main) -> None:
        self.main = main
        self.shares: dict[str, int] = {}
        self._dragged = ""

    def restore(self, state: object) -> None:
        """Takes the shares of an earlier start, as far as they are any."""
        held = state if isinstance(state, Mapping) else {}
        self.shares = {p: s for p in RANGE if isinstance(s := held.get(p), int) and not isinstance(s, bool)}

    def widen(self, by: int) -> None:
        """Makes the list, or the summary where the reader is in it, wider or narrower by so many steps."""
        pane = SUMMARY if self.main.pane == SUMMARY and self._three else LIST
        self.set(pane, self._now(pane) + STEP * by)

    def set(self, pane: str, share: int) -> None:
        """Gives a pane this share of the width, in percent, as far as that leaves something of the text."""
        least, most = RANGE[pane]
        if self._three:
            most = min(most, 100 - TEXT_LEAST - self._now(SUMMARY if pane == LIST else LIST))
        self.shares[pane] = max(least, min(share, most))
        self.fit()

    def fit(self) -> None:
        for pane, shown in ((LIST, self.main.size.width >= SIDE_BY_SIDE), (SUMMARY, self._three)):
            widget = self._widget(pane)
            if widget is None:
                continue
            if pane in self.shares and shown:
                widget.styles.width, widget.styles.min_width = f"{self.shares[pane]}%", LEAST
                widget.styles.max_width = "100%"
            else:
                for rule in ("width", "min_width", "max_width"):
                    widget.styles.clear_rule(rule)

    # --- dragging

    def grab(self, x: int, y: int) -> bool:
        """Whether there is an edge at this place of the screen: it goes with the mouse until it is let go."""
        main = self.main
        if main.size.width < SIDE_BY_SIDE or not main.rows.region.y <= y < main.rows.region.bottom:
            return False
        right_of_list = main.text if main.text.display else main.summary
        edges = {LIST: right_of_list.region.x, **({SUMMARY: main.summary.region.x} if self._three else {})}
        self._dragged = next((pane for pane, edge in edges.items() if x in (edge - 1, edge)), "")
        return bool(self._dragged)

    def drag(self, x: int) -> None:
        if self._dragged:
            width = self.main.size.width or 1
            self.set(self._dragged, round(100 * (x if self._dragged == LIST else width - x) / width))

    def let_go(self) -> bool:
        """Whether an edge was held."""
        held, self._dragged = bool(self._dragged), ""
        return held

    # --- what there is

    @property
    def _three(self) -> bool:
        return self.main.furnished and self.main.beside

    def _now(self, pane: str) -> int:
        widget = self._widget(pane)
        shown = widget.size.width if widget else 0
        return self.shares.get(pane, round(100 * shown / (self.main.size.width or 1)))

    def _widget(self, pane: str) -> Widget | None:
        if pane == LIST:
            return self.main.left
        return self.main.summary if self.main.furnished else None
