"""Where the reader is: what is shown, in which order, under the cursor, selected; what was done and can be undone.

Plain Python: no Textual, no files. Nothing here holds an object a story: a list is a skeleton of numbers (`plan`,
`arrangement`), its rows are made when they are looked at (`rows`, `shelf`). `place` moves about in it, `acts` says what
marking comes to, `desk` does it.
"""

from store.library import Layout, Order
from tui.desk.acts import Making, counted
from tui.desk.desk import Counts, Desk, Reach
from tui.desk.filters import Filter, Shown
from tui.desk.history import UNDO_DEPTH
from tui.desk.names import LAYOUTS, ORDERS
from tui.desk.news import MOST_NEW, News, news
from tui.desk.rows import Row
from tui.desk.shown import Marking
from tui.desk.targets import Targets

__all__ = [
    "LAYOUTS",
    "MOST_NEW",
    "ORDERS",
    "UNDO_DEPTH",
    "Counts",
    "Desk",
    "Filter",
    "Layout",
    "Making",
    "Marking",
    "News",
    "Order",
    "Reach",
    "Row",
    "Shown",
    "Targets",
    "counted",
    "news",
]
