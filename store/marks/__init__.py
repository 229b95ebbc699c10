"""What the reader did with each story: precious, readable JSON, one journal line an act."""

from store.marks.marks import Marks

__all__ = ["Marks"]
