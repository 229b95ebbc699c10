"""What one line says of a story."""

from __future__ import annotations

from dataclasses import dataclass

from store.text import dates


@dataclass(frozen=True, slots=True)
class Credit:
    """What one line says about the story. published and updated are ISO 8601 as in dates.Found; partial is the day of
    publication where the line gives half a date for it."""

    published: str | None = None
    updated: str | None = None
    place: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    likely: str | None = None  # words that look like a name, where a topic may stand too
    likely_place: str | None = None  # a word that may be a place, if the story is told there
    reason: str = "date line"
    partial: dates.Partial | None = None
    labelled: bool = False  # the line says itself that its date is that of publication
    below: bool = False  # it stands below the text's first line
