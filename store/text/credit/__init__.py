"""Lines that say who wrote a story, for whom, when and where: bylines, date lines, agency marks. Reads one line at a
time; which line counts is the head's business."""

from store.text.credit.beside import of_town, officer, placed, reporters
from store.text.credit.dated import read
from store.text.credit.said import Credit

__all__ = ["Credit", "of_town", "officer", "placed", "read", "reporters"]
