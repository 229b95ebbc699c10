"""What a reader types into a search, as an FTS5 query. Nothing typed is ever FTS5 syntax: every term is quoted."""

from __future__ import annotations

import re

TERMS = 32  # of a query that are searched for; a pasted page is not a question
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


def fts_query(text: str) -> str | None:
    """All the words, "phrases in order", and the last word as far as it is typed. None where there is no word."""
    found = [(phrase, word) for phrase, word in _TERM.findall(text.replace("\0", " ")) if _wordy(phrase or word)]
    terms = [_quoted(phrase or word) for phrase, word in found[:TERMS]]
    if not terms:
        return None
    if found[len(terms) - 1][1] and not text[-1:].isspace():
        terms[-1] += "*"
    return " AND ".join(terms)


def fts_phrase(text: str) -> str | None:
    """One word or phrase, as it stands; a `*` at its end lets the last word go on."""
    words = text.replace("\0", " ")
    if not _wordy(words):
        return None
    return _quoted(words.rstrip("*")) + ("*" if words.endswith("*") else "")


def _wordy(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
