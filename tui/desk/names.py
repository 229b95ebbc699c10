"""What orders and layouts are called."""

from __future__ import annotations

from store.library import Layout, Order

ORDERS = {
    Order.NEWEST: "newest first",
    Order.OUTLETS: "most outlets first",
    Order.ORIGINS: "most origins first",
    Order.UNREAD: "unread first",
    Order.OLDEST: "oldest first",
}
_OF_EVENTS = (Order.OUTLETS, Order.ORIGINS)  # a story alone has none to count
LAYOUTS = {
    Layout.EVENTS: "one row an event",
    Layout.STORYLINES: "one row a storyline",
    Layout.STORIES: "one row a story",
}


def standing(order: Order, layout: Layout) -> Order:
    """The order a list really stands in: by outlets and origins events are ordered, single stories by their dates."""
    return Order.NEWEST if layout is Layout.STORIES and order in _OF_EVENTS else order
