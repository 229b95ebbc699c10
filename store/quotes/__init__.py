"""Who said what: every direct and indirect quote of a story, with speaker, verb and paragraph.

Rules, for English alone: a quote is given only where a verb of saying and a speaker stand beside it, because a quote
laid in the wrong mouth does more harm than one that is missed.
"""

from store.quotes.said import quotes
from store.quotes.wordings import Saying, sayings

__all__ = ["Saying", "quotes", "sayings"]
