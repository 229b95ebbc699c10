"""A page's date as htmldate finds it, where the page's data name none: believed only if it stands on the page."""

from __future__ import annotations

import re
from datetime import date

from htmldate import find_date
from lxml.html import HtmlElement

from store.text import dates

_DATED = re.compile(r"(?:19|20)\d\d")
_LONGEST = 300  # characters; longer texts tell of other days than their own
_MOST_ELEMENTS = 20_000
_MOST_TRIED = 400


def searched(tree: HtmlElement, url: str | None) -> str | None:
    """An ISO date, or None. htmldate guesses where it finds nothing (a year in a copyright line becomes its first of
    January), so that a date which the page does not spell out is dropped."""
    if sum(1 for _, _ in zip(tree.iter(), range(_MOST_ELEMENTS), strict=False)) == _MOST_ELEMENTS:
        return None
    try:
        found = find_date(tree, extensive_search=False, original_date=True, url=url)
    except ValueError:  # where it takes out a script with a control character behind it, which lxml sets nowhere else
        return None
    return found if found and _stands(found, tree, url) else None


def _stands(found: str, tree: HtmlElement, url: str | None) -> bool:
    day = date.fromisoformat(found)
    spelt = re.compile(rf"{day.year}([-/._]?)0?{day.month}\1?0?{day.day}(?!\d)")
    if url and spelt.search(url):
        return True
    tried = 0
    for element in tree.iter():
        values = (
            [element.text, element.tail, *element.attrib.values()] if isinstance(element.tag, str) else [element.tail]
        )
        for value in values:
            if value and len(value) < _LONGEST and _DATED.search(value):
                tried += 1
                if any(other.iso[:10] == found for other in dates.dates(value)):
                    return True
        if tried > _MOST_TRIED:
            return False
    return False
