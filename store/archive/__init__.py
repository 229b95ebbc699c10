"""Stories, events and full-text search in one SQLite file that can always be made again."""

from store.archive.archive import Archive
from store.archive.verdicts import Verdict

__all__ = ["Archive", "Verdict"]
