"""What a library offers while a query is typed: values that are there, with how many stories have them."""

from __future__ import annotations

import pytest

from store.library import Library
from tests.conftest import TODAY


@pytest.mark.parametrize("field", ["event", "storyline"])
def test_events_and_storylines_are_chosen_by_headline_and_put_in_by_id(sample_library: Library, field: str) -> None:
    event = max(sample_library.events(), key=lambda e: len(e.stories))
    offered = sample_library.completions(f"gas -{field}:", len(field) + 6)
    assert len(offered) > 5 and all(c.headline and c.stories for c in offered)
    word = max(event.headline.split(), key=len)
    typed = f"{field}:{word[:-1].upper()}"
    found = sample_library.completions(typed, len(typed))
    wanted = event.id if field == "event" else event.storyline
    (only,) = [c for c in found if c.word == f"{field}:{wanted[:8]}"]
    assert word in only.headline or field == "storyline"
    matched = sample_library.matching(only.line, today=TODAY)
    assert sum(len(e.stories) for e in matched) == only.stories
    assert {e.id if field == "event" else e.storyline for e in matched} == {wanted}
    by_id = f"{field}:{wanted[:4]}"
    assert only.word in [c.word for c in sample_library.completions(by_id, len(by_id))]


def test_who_offers_whoever_signs_stories(sample_library: Library) -> None:
    offered = sample_library.completions("who:", 4)
    bylines = {s.head.byline for e in sample_library.events() for s in e.stories if s.head.byline}
    assert {c.word.removeprefix("who:").strip('"') for c in offered} == bylines
    assert [c.stories for c in offered] == sorted((c.stories or 0 for c in offered), reverse=True)


def test_what_a_row_names_as_outlet_is_offered_and_found_as_outlet(sample_library: Library) -> None:
    stories = [s for e in sample_library.events() for s in e.stories]
    unnamed = [s for s in stories if s.head.outlet is None and s.head.agency == "Aldine"]
    (offered,) = [c for c in sample_library.completions("outlet:ald", 10) if c.word == "outlet:Aldine"]
    assert offered.stories == len(unnamed) > 10
    found = {s.id for e in sample_library.matching("outlet:Aldine", today=TODAY) for s in e.stories}
    assert found >= {s.id for s in unnamed}
    named = [s.id for s in stories if s.head.outlet and s.head.agency == "Aldine"]
    assert named and not found & set(named)
    assert sample_library.nowhere("outlet:aldine", today=TODAY) is None


@pytest.mark.parametrize("field", ["outlets", "origins"])
def test_counts_are_offered_as_they_are_asked_for(sample_library: Library, field: str) -> None:
    assert f"{field}:>2" in [c.word for c in sample_library.completions(f"{field}:", len(field) + 1)]
