"""What adding twice does: the same, a revision, or a new story. One `Desk` folder of sources, added as `add` would."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive import Archive, Verdict
from store.model import Given, Head, Passage, Raw, Story, StoryId

ADDED, SAME, REVISED = Verdict.ADDED, Verdict.SAME, Verdict.REVISED


@dataclass(frozen=True, slots=True)
class Came:
    text: str
    source: str | None = None
    url: str | None = None
    outlet: str | None = None


def digest(came: Came) -> str:
    return hashlib.sha256(f"{came.text}{came.outlet or ''}".encode()).hexdigest()


def story_id(came: Came) -> StoryId:
    return StoryId("u" + came.url if came.url else "t" + came.text)


def apart(came: Came) -> StoryId | None:
    return StoryId(f"t{came.text} {came.outlet}") if came.outlet and not came.url else None


def add(archive: Archive, *items: Came) -> list[tuple[Verdict, StoryId]]:
    """One `add`: every item is judged before any is put."""
    judged, batch = [], []
    for came in items:
        raw = Raw(came.text, source=came.source, given=Given(url=came.url, outlet=came.outlet))
        verdict, story = archive.verdict(raw, story_id(came), digest(came), apart(came))
        judged.append((verdict, story))
        if verdict is not SAME:
            batch.append((story, raw, digest(came), Story(story, Head(came.text), (Passage(came.text),))))
    archive.put(batch, added="2031-05-01")
    return judged


def verdicts(judged: list[tuple[Verdict, StoryId]]) -> list[Verdict]:
    return [verdict for verdict, _ in judged]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path)
    yield archive
    archive.close()


def shown(archive: Archive, story: StoryId) -> str:
    return archive.story(story).head.title


def test_the_same_folder_twice_adds_nothing(archive: Archive) -> None:
    folder = (Came("one", "/a"), Came("two", "/b"), Came("three", "/c", "http://x/3"))
    assert verdicts(add(archive, *folder)) == [ADDED] * 3
    assert verdicts(add(archive, *folder)) == [SAME] * 3
    assert archive.count() == 3


def test_a_changed_file_is_a_revision_that_keeps_its_id(archive: Archive) -> None:
    ((_, story),) = add(archive, Came("one", "/a"))
    assert add(archive, Came("one, corrected", "/a")) == [(REVISED, story)]
    assert shown(archive, story) == "one, corrected"


def test_a_file_changed_back_shows_the_first_text_again(archive: Archive) -> None:
    ((_, story),) = add(archive, Came("one", "/a"))
    add(archive, Came("two", "/a"))
    assert add(archive, Came("one", "/a")) == [(REVISED, story)]
    assert shown(archive, story) == "one"
    assert [raw.text for _, raw in archive.raws()] == ["one"]
    assert [raw.text for raw in archive.revisions(story)] == ["two", "one"]
    assert verdicts(add(archive, Came("one", "/a"))) == [SAME]


def test_a_renamed_file_is_the_same_and_its_new_place_is_remembered(archive: Archive) -> None:
    ((_, story),) = add(archive, Came("one", "/a"))
    assert add(archive, Came("one", "/b")) == [(SAME, story)]
    assert add(archive, Came("one, corrected", "/b")) == [(REVISED, story)]


def test_the_place_of_a_story_that_came_again_outlives_the_program(tmp_path: Path) -> None:
    first = Archive.open(tmp_path)
    ((_, story),) = add(first, Came("one", "/a"))
    first.verdict(Raw("one", source="/b"), story, digest(Came("one")))
    first.close()
    second = Archive.open(tmp_path)
    assert add(second, Came("two", "/b")) == [(REVISED, story)]
    second.close()


def test_two_files_with_the_same_text_are_one_story_in_one_batch_too(archive: Archive) -> None:
    ((one, story), again) = add(archive, Came("one", "/a"), Came("one", "/b"))
    assert (one, again) == (ADDED, (SAME, story))
    assert archive.count() == 1


def test_two_versions_of_a_page_in_one_folder_settle(archive: Archive) -> None:
    folder = (Came("draft", "/1.html", "http://x/a"), Came("final", "/2.html", "http://x/a"))
    assert verdicts(add(archive, *folder)) == [ADDED, REVISED]
    assert verdicts(add(archive, *folder)) == [SAME, SAME]
    assert shown(archive, StoryId("uhttp://x/a")) == "final"


def test_an_old_version_from_elsewhere_does_not_come_back(archive: Archive) -> None:
    ((_, story),) = add(archive, Came("draft", "/1"))
    add(archive, Came("final", "/1"))
    assert add(archive, Came("draft", "/old/1")) == [(SAME, story)]
    assert add(archive, Came("draft")) == [(SAME, story)]
    assert shown(archive, story) == "final"


def test_two_addresses_are_two_stories_though_their_words_are_the_same(archive: Archive) -> None:
    folder = (Came("wire copy", "/r#1", "http://x/a"), Came("wire copy", "/r#2", "http://y/b"))
    assert verdicts(add(archive, *folder)) == [ADDED, ADDED]
    assert verdicts(add(archive, *folder)) == [SAME, SAME]
    assert archive.count() == 2


def test_a_file_that_holds_a_page_of_another_address_is_another_story(archive: Archive) -> None:
    add(archive, Came("monday", "/latest.html", "http://x/monday"))
    tuesday = Came("tuesday", "/latest.html", "http://x/tuesday")
    assert verdicts(add(archive, tuesday)) == [ADDED]
    assert verdicts(add(archive, tuesday)) == [SAME]


def test_a_text_whose_address_is_learned_later_stays_one_story(archive: Archive) -> None:
    ((_, story),) = add(archive, Came("one", "/a.txt"))
    assert add(archive, Came("one", "/r#1", "http://x/1")) == [(SAME, story)]
    assert add(archive, Came("one, corrected", None, "http://x/1")) == [(REVISED, story)]
    assert verdicts(add(archive, Came("one, corrected", None, "http://y/2"))) == [ADDED]


def test_the_address_kept_and_the_text_changed_at_one_place_is_a_revision(archive: Archive) -> None:
    """A front page for an address: the id comes from the text, and the address is the same every time."""
    first, second = Came("one", "/a.html"), Came("two", "/a.html")
    made = []
    for came in (first, second):
        raw = Raw(came.text, source=came.source, given=Given(url="http://front.example/"))
        verdict, story = archive.verdict(raw, story_id(came), digest(came))
        archive.put([(story, raw, digest(came), Story(story, Head(came.text)))], added="x")
        made.append((verdict, story))
    assert made == [(ADDED, story_id(first)), (REVISED, story_id(first))]


def test_a_record_that_gets_an_id_later_is_the_same(archive: Archive) -> None:
    ((_, story),) = add(archive, Came("one"))
    assert add(archive, Came("one", "/r.jsonl#7")) == [(SAME, story)]
    assert add(archive, Came("one, corrected", "/r.jsonl#7")) == [(REVISED, story)]


def test_what_was_judged_and_never_put_is_added_by_the_next_program(tmp_path: Path) -> None:
    first = Archive.open(tmp_path)
    came = Came("one", "/a")
    assert first.verdict(Raw("one", source="/a"), story_id(came), digest(came))[0] is ADDED
    first.close()
    second = Archive.open(tmp_path)
    assert verdicts(add(second, came)) == [ADDED]
    second.close()


def test_two_programs_adding_one_story_make_one(tmp_path: Path) -> None:
    one, two = Archive.open(tmp_path), Archive.open(tmp_path)
    came = Came("text", "/a")
    raw, story = Raw("text", source="/a"), story_id(came)
    assert one.verdict(raw, story, digest(came))[0] is ADDED
    assert two.verdict(raw, story, digest(came))[0] is ADDED
    for archive in (one, two):
        archive.put([(story, raw, digest(came), Story(story, Head("text")))], added="x")
    assert one.count() == 1
    assert one.search("text", 5) == (story,)
    one.close()
    two.close()


def test_an_address_learned_in_a_batch_counts_at_once(archive: Archive) -> None:
    add(archive, Came("alpha", "/2"))
    folder = (Came("alpha", "/3", "http://x/1"), Came("beta", "/1", "http://y/2"), Came("alpha", "/2", "http://y/2"))
    assert verdicts(add(archive, *folder)) == [SAME, ADDED, REVISED]
    assert verdicts(add(archive, *folder)) == [SAME, SAME, SAME]


def held(archive: Archive) -> list[tuple[StoryId, str | None]]:
    return [(story, raw.given.outlet) for story, raw in archive.raws()]


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("placed", [True, False])
def test_one_text_of_three_outlets_is_three_stories(archive: Archive, at_once: bool, placed: bool) -> None:
    folder = [Came("wire", f"/r#{n}" if placed else None, outlet=n) for n in ("Post", "Courier", "Ledger")]
    made = add(archive, *folder) if at_once else [one for came in folder for one in add(archive, came)]
    assert made == [(ADDED, "twire"), (ADDED, "twire Courier"), (ADDED, "twire Ledger")]
    before = held(archive)
    assert before == [("twire", "Post"), ("twire Courier", "Courier"), ("twire Ledger", "Ledger")]
    again = add(archive, *reversed(folder))
    assert again == [(SAME, story) for _, story in reversed(made)]
    assert held(archive) == before


def test_one_outlet_by_two_of_its_names_is_one_story(archive: Archive) -> None:
    add(archive, Came("wire", outlet="Courier"))
    assert add(archive, Came("wire", outlet="The Halden Post")) == [(ADDED, "twire The Halden Post")]
    assert add(archive, Came("wire", outlet="courier.example")) == [(REVISED, "twire")]


def test_an_outlet_put_right_where_a_record_stands_is_a_revision(archive: Archive) -> None:
    add(archive, Came("wire", "/r#1", outlet="Post"))
    assert add(archive, Came("wire", "/r#1", outlet="Courier")) == [(REVISED, "twire")]
    assert add(archive, Came("wire", "/r#2", outlet="Post")) == [(ADDED, "twire Post")]
    assert held(archive) == [("twire", "Courier"), ("twire Post", "Post")]


def test_what_names_no_outlet_is_the_story_of_one_that_does(archive: Archive) -> None:
    add(archive, Came("wire", "/a", outlet="Post"), Came("wire", "/b", outlet="Courier"))
    assert add(archive, Came("wire", "/c")) == [(SAME, "twire")]
    assert held(archive) == [("twire", "Post"), ("twire Courier", "Courier")]


def test_a_story_of_no_outlet_takes_the_first_that_is_named(archive: Archive) -> None:
    add(archive, Came("wire", "/a"))
    made = add(archive, Came("wire", "/b", outlet="Post"), Came("wire", "/c", outlet="Courier"))
    assert made == [(REVISED, "twire"), (ADDED, "twire Courier")]
    assert verdicts(add(archive, Came("wire", "/a"), Came("wire", "/b", outlet="Post"))) == [SAME, SAME]


def test_a_story_keeps_its_outlet_when_its_place_names_none_any_more(archive: Archive) -> None:
    add(archive, Came("wire", "/a", outlet="Post"))
    assert add(archive, Came("wire", "/a")) == [(REVISED, "twire")]
    assert add(archive, Came("wire", "/b", outlet="Courier")) == [(ADDED, "twire Courier")]


def test_a_text_that_two_outlets_changed_alike_stays_of_both(archive: Archive) -> None:
    add(archive, Came("draft", "/a", outlet="Post"), Came("draft", "/b", outlet="Courier"))
    final = (Came("final", "/a", outlet="Post"), Came("final", "/b", outlet="Courier"))
    assert add(archive, *final) == [(REVISED, "tdraft"), (REVISED, "tdraft Courier")]
    elsewhere = (Came("final", "/c", outlet="Post"), Came("final", "/d", outlet="Courier"))
    assert add(archive, *elsewhere) == [(SAME, "tdraft"), (SAME, "tdraft Courier")]


def test_an_outlet_that_an_older_program_lost_to_another_comes_back(archive: Archive) -> None:
    """It took the second for a revision of the first."""
    first, second = Came("wire", "/r#1", outlet="Post"), Came("wire", "/r#2", outlet="Courier")
    for came in (first, second):
        raw = Raw(came.text, source=came.source, given=Given(outlet=came.outlet))
        archive.verdict(raw, story_id(came), digest(came))
        archive.put([(story_id(came), raw, digest(came), Story(story_id(came), Head("wire")))], added="x")
    assert held(archive) == [("twire", "Courier")]
    assert add(archive, first, second) == [(ADDED, "twire Post"), (SAME, "twire")]
    assert verdicts(add(archive, first, second)) == [SAME, SAME]


TEXTS = st.sampled_from(["alpha", "beta", "gamma"])
SOURCES = st.sampled_from([None, "/1", "/2", "/3"])
URLS = st.sampled_from([None, None, "http://x/1", "http://y/2"])
OUTLETS = st.sampled_from([None, "Post", "Courier"])
FOLDERS = st.lists(st.builds(Came, TEXTS, SOURCES, URLS), max_size=6, unique_by=lambda c: c.source or object())


@settings(max_examples=60, deadline=None)
@given(st.lists(FOLDERS, max_size=4))
def test_whatever_was_added_adding_it_at_once_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, folders: list[list[Came]]
) -> None:
    archive = Archive.open(tmp_path_factory.mktemp("library"))
    try:
        for folder in folders:
            placed = [came for came in folder if came.source]
            add(archive, *placed)
            before = list(archive.stories())
            assert all(verdict is SAME for verdict in verdicts(add(archive, *placed)))
            assert list(archive.stories()) == before
    finally:
        archive.close()


@settings(max_examples=60, deadline=None)
@given(st.permutations([Came(text, None, None, outlet) for text in "ab" for outlet in ("P", "Q", "R")] * 2), st.data())
def test_whatever_the_order_and_the_batches_each_outlet_keeps_its_copy(
    tmp_path_factory: pytest.TempPathFactory, came: list[Came], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(came)))
    archive = Archive.open(tmp_path_factory.mktemp("library"))
    try:
        add(archive, *came[:cut])
        add(archive, *came[cut:])
        pairs = [(raw.text, raw.given.outlet) for _, raw in archive.raws()]
        assert sorted(pairs) == sorted({(one.text, one.outlet or "") for one in came})
        assert all(verdict is SAME for verdict in verdicts(add(archive, *came)))
    finally:
        archive.close()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.builds(Came, TEXTS, SOURCES, URLS, OUTLETS), max_size=6, unique_by=id), max_size=4))
def test_whatever_outlets_were_named_adding_settles(
    tmp_path_factory: pytest.TempPathFactory, folders: list[list[Came]]
) -> None:
    """Not always at once: an outlet that stood at two places and was changed at one is told at the next look."""
    archive = Archive.open(tmp_path_factory.mktemp("library"))
    try:
        for folder in folders:
            placed = list({came.source: came for came in folder if came.source}.values())
            add(archive, *placed)
            add(archive, *placed)
            assert all(verdict is SAME for verdict in verdicts(add(archive, *placed)))
    finally:
        archive.close()
