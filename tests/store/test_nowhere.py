"""What a query asks for and nothing in the library has is told, with the nearest that something has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.library import Library
from store.query import near
from tests.conftest import TODAY


@pytest.fixture
def library(sample_library: Library) -> Library:
    story = next(s for e in sample_library.events() for s in e.stories)
    sample_library.mark("Tagged", [story.id], lambda mark: replace(mark, tags=("straits",)))
    return sample_library


def told(library: Library, query: str) -> str:
    wrong = library.nowhere(query, today=TODAY)
    if wrong is None:
        return ""
    assert wrong.query == query
    return f"{wrong.at} {wrong}"


def test_a_tag_that_nothing_has_is_told_with_the_nearest(library: Library) -> None:
    assert told(library, "is:unread tag:strait") == "14 no story has the tag `strait` - did you mean `tag:straits`?"
    assert told(library, "tag:other") == "4 no story has the tag `other` - there are loans, sea, straits"


def test_an_outlet_is_found_by_one_of_its_words(library: Library) -> None:
    name = next(name for name, _ in library.archive.values("outlet") if " " in name)
    word = max(name.split(), key=len)
    slip = word[0] + word[2] + word[1] + word[3:]
    assert told(library, f"outlet:{slip}") == f'7 no outlet is named `{slip}` - did you mean `outlet:"{name}"`?'


@pytest.mark.parametrize("field", ["event", "storyline", "id"])
def test_an_id_that_there_is_not_is_told_with_the_nearest(library: Library, field: str) -> None:
    story = next(s for e in library.events() for s in e.stories)
    known = {"event": story.event, "storyline": story.storyline, "id": story.id}[field]
    wrong = known[:7] + ("0" if known[7] != "0" else "1")
    assert f"did you mean `{field}:{known[:8]}`?" in told(library, f"{field}:{wrong}")
    assert "`zzzzz`; `list --json` gives the ids" in told(library, f"{field}:zzzzz")
    assert told(library, f"{field}:{known}") == ""


@pytest.mark.parametrize("query", ["-tag:other", "gas -(tag:other OR gas)", "tag:str*", "is:unread", "", "note:zzz"])
def test_what_need_not_be_there_is_not_told(library: Library, query: str) -> None:
    assert told(library, query) == ""


def test_behind_two_minuses_it_must_be_there_again(library: Library) -> None:
    assert told(library, "-(gas -tag:other)").startswith("11 no story has the tag")


def test_what_a_saved_query_asks_for_is_its_own_affair(library: Library) -> None:
    library.save_query("later", "tag:later", today=TODAY)
    assert told(library, "@later") == ""


def test_a_value_that_cannot_be_written_in_a_query_is_not_the_nearest() -> None:
    assert near("straits", ['the "straits"', "strait", ""]) == "strait"
    assert near("zzz", ["strait"]) is None
