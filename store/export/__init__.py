"""What goes out: a Review made into a document. EXPORTERS is the table; a new format is one file and one row."""

from collections.abc import Callable, Mapping

from store.export.file import write
from store.export.markdown import markdown
from store.export.review import Piece, Review, Section, review

EXPORTERS: Mapping[str, Callable[[Review], str]] = {"markdown": markdown}
DEFAULT = "markdown"

__all__ = ["DEFAULT", "EXPORTERS", "Piece", "Review", "Section", "review", "write"]
