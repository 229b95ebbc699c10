"""Where the reader is: what is shown, in which order, under the cursor, selected; what was done and can be undone.

Plain Python: no Textual, no files. Nothing here holds an object a story: a list is a skeleton of numbers (`plan`,
`arrangement`), its rows are made when they are looked at (`rows`, `shelf`). `place` moves about in it, `desk` acts.
"""

from store.library import Layout, Order
from tui.desk.desk import Counts, Desk, Reach, counted
from tui.desk.filters import Filter, Shown
from tui.desk.history import UNDO_DEPTH
from tui.desk.names import LAYOUTS, ORDERS
from tui.desk.news import News, news
from tui.desk.place import Marking
from tui.desk.rows import Row

__all__ = [
    "LAYOUTS",
    "ORDERS",
    "UNDO_DEPTH",
    "Counts",
    "Desk",
    "Filter",
    "Layout",
    "Marking",
    "News",
    "Order",
    "Reach",
    "Row",
    "Shown",
    "counted",
    "news",
]
