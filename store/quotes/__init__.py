"""Who said what: every direct and indirect quote of a story, with speaker, verb and paragraph.

Rules: a quote is given only where a verb of saying and a speaker stand beside it, because a quote laid in the wrong
mouth does more harm than one that is missed. Indirect ones in English and the languages of reported.py; direct ones
also in those of abroad.py.
"""

from store.quotes.said import quotes
from store.quotes.wordings import sayings

__all__ = ["quotes", "sayings"]
