"""Which kind of page a labelled one is, as far as its record tells, so that each is reported by itself.

The kinds differ in how hard they are, and not all of them are what this program reads: English newspapers and articles
are, guides and shops are not. What an article is, is told by the label alone and never by what the program makes of it.
Of the 119 pages that are called so about 95 look it to the eye: news, essays, posts of blogs, releases. The rest are
papers of science, advice and pages of companies or schools in running text, and one list of programs."""

from __future__ import annotations

import re
from typing import Any

ENGLISH = ("en", "us", "uk", "gb", "au", "ca", "ie", "nz", "za", "ind", "")
_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
# Nine of ten bodies of the English newspapers keep within each of these, four of five in speaking to the reader.
_WORDS = range(151, 3200)
_SPOKEN_TO = 0.006  # share of the words
_LABELS = 0.17  # share of the words that stand in lines short or without a full stop: lists, headings, tables
_SHORT = 80  # characters
_STOPS = '.!?"”’)'


def is_news(record: dict[str, Any]) -> bool:
    """Whether the page was collected as a newspaper's, which is what this program reads."""
    return bool(record["id"].startswith("fundus/"))


def set_of(record: dict[str, Any]) -> str:
    """papers, papers abroad, articles or guides."""
    if is_news(record):
        return "papers" if (record["lang"] or "") in ENGLISH else "papers abroad"
    return "articles" if _is_article(record["body"]) else "guides"


def _is_article(body: str) -> bool:
    """Whether a body is running text that tells of something, and does not tell its reader what to do."""
    words = len(body.split())
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    labels = sum(len(line.split()) for line in lines if len(line) < _SHORT or line[-1] not in _STOPS)
    spoken_to = len(_YOU.findall(body))
    return words in _WORDS and spoken_to < _SPOKEN_TO * words and labels < _LABELS * words
