"""What the keys do that change how things are shown, or ask the reader something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tui.commands.hands import Hands
from tui.desk import LAYOUTS, ORDERS, Layout, Order

K = TypeVar("K", bound=StrEnum)


def next_order(hands: Hands) -> None:
    desk = hands.desk
    desk.order = following(Order, desk.order)
    of_events = desk.layout is Layout.STORIES and desk.order in (Order.OUTLETS, Order.ORIGINS)
    hands.say(ORDERS[desk.order].capitalize() + (", those of the story's event" if of_events else ""))
    hands.relist()


def next_layout(hands: Hands) -> None:
    desk = hands.desk
    desk.layout = following(Layout, desk.layout)
    hands.say(LAYOUTS[desk.layout].capitalize())
    hands.relist()


def fold_all(hands: Hands) -> None:
    if hands.desk.layout is Layout.STORIES:
        hands.say("A row a story: there is nothing to fold. {layout} shows events")
        return
    folded = hands.desk.turn_all()
    hands.say("All folded · {open} unfolds one, {fold-all} all" if folded else "All unfolded")
    hands.relist()


def following(kinds: type[K], one: K) -> K:
    """The kind after one, going round."""
    known = list(kinds)
    return known[(known.index(one) + 1) % len(known)]


@dataclass(frozen=True, slots=True)
class Asking:
    """An effect that asks for a line: what is typed behind its key is the answer, and no commands of its own."""

    what: str

    def __call__(self, hands: Hands) -> None:
        hands.ask(self.what)


def toggle(what: str) -> Callable[[Hands], None]:
    return lambda hands: hands.toggle(what)


def sheet(name: str) -> Callable[[Hands], None]:
    return lambda hands: hands.sheet(name)


def length(by: int) -> Callable[[Hands], None]:
    return lambda hands: hands.change_length(by)
