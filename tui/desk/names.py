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
LAYOUTS = {
    Layout.EVENTS: "one row an event",
    Layout.STORYLINES: "one row a storyline",
    Layout.STORIES: "one row a story",
}
