"""What lists are made of: entries kept in step with the stories, whole skeletons and pages of them, orders, layouts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.archive.archive import FILE
from store.archive.database import Database
from store.archive.skeleton import WIDEST, Layout, Order, Skeleton, columns
from store.archive.units import below_news
from store.model import EventId, Head, Passage, Placement, Raw, Story, StoryId, StorylineId
from tests.store.libraries import edited

ADDED = "2031-05-09T10:00"


def put(archive: Archive, name: str, published: str | None = None, added: str = ADDED, **head: str) -> None:
    story = Story(StoryId(name), Head(f"Title of {name}", published=published, **head), (Passage("Text."),))  # type: ignore[arg-type]
    archive.put([(story.id, Raw(f"Text of {name}"), name, story)], added=added)


def place(archive: Archive, event: str, *names: str, line: str = "", origin: str = "") -> None:
    line = line or event
    archive.place(
        [Placement(StoryId(n), EventId(event), StorylineId(line), "why", likeness=0.5, origin=origin) for n in names]
    )


def test_what_is_read_together_is_of_one_moment(archive: Archive, tmp_path: Path) -> None:
    with Database(tmp_path / FILE).reading() as db:
        [before] = db.execute("SELECT count(*), max(n) FROM stories").fetchall()
        put(archive, "late", "2031-05-09")
        assert db.execute("SELECT count(*), max(n) FROM stories").fetchall() == [before]
    assert archive.count() == before[0] + 1


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path)
    put(archive, "a1", "2031-05-01", outlet="Post")
    put(archive, "a2", "2031-05-04", outlet="Mail")
    put(archive, "b1", "2031-05-03", outlet="Post")
    put(archive, "c1", "2031-05-02", outlet="Post", agency="VNA")
    put(archive, "c2", "2031-05-02T07:00", outlet="Herald", agency="VNA")
    put(archive, "c3", "2031-05-02T08:00", outlet="Mail", agency="VNA")
    place(archive, "a", "a1", "a2", line="first")
    place(archive, "c", "c1", "c2", "c3", line="first")
    yield archive
    archive.close()


def said(archive: Archive, skeleton: Skeleton) -> list[list[str]]:
    return [
        [str(i) for i in archive.lists.ids(skeleton.members[skeleton.starts[k] : skeleton.starts[k + 1]])]
        for k in range(len(skeleton.units))
    ]


def test_entries_stand_newest_first_with_their_stories_oldest_first(archive: Archive) -> None:
    whole = archive.lists.skeleton(Layout.EVENTS, Order.NEWEST)
    assert said(archive, whole) == [["a1", "a2"], ["b1"], ["c1", "c2", "c3"]]
    assert [e.id for e in archive.events()] == ["a", "b1", "c"]


@pytest.mark.parametrize(
    ("order", "first"),
    [(Order.NEWEST, "a1"), (Order.OLDEST, "c1"), (Order.OUTLETS, "c1"), (Order.ORIGINS, "a1"), (Order.UNREAD, "a1")],
)
def test_each_order_has_its_own_first_entry(archive: Archive, order: Order, first: str) -> None:
    assert said(archive, archive.lists.skeleton(Layout.EVENTS, order))[0][0] == first


def test_a_storyline_is_one_entry_and_a_flat_list_has_one_for_each_story(archive: Archive) -> None:
    lines = archive.lists.skeleton(Layout.STORYLINES, Order.NEWEST)
    assert said(archive, lines) == [["a1", "c1", "c2", "c3", "a2"], ["b1"]]
    flat = archive.lists.skeleton(Layout.STORIES, Order.OLDEST)
    assert said(archive, flat) == [["a1"], ["c1"], ["c2"], ["c3"], ["b1"], ["a2"]]


def test_by_outlets_and_origins_a_story_stands_where_its_event_does(archive: Archive) -> None:
    by_outlets = archive.lists.skeleton(Layout.STORIES, Order.OUTLETS)
    assert said(archive, by_outlets) == [["c3"], ["c2"], ["c1"], ["a2"], ["a1"], ["b1"]]
    by_origins = archive.lists.skeleton(Layout.STORIES, Order.ORIGINS)
    assert said(archive, by_origins) == [["a2"], ["a1"], ["b1"], ["c3"], ["c2"], ["c1"]]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("order", Order)
def test_a_page_is_a_piece_of_the_whole_around_what_was_asked_for(
    archive: Archive, layout: Layout, order: Order
) -> None:
    whole = said(archive, archive.lists.skeleton(layout, order))
    assert said(archive, archive.lists.page(layout, order, near=None, size=2)) == whole[:2]
    near = {Layout.EVENTS: "b1", Layout.STORYLINES: "b1", Layout.STORIES: "b1"}[layout]
    page = said(archive, archive.lists.page(layout, order, near=near, size=2))
    at = whole.index(["b1"])
    assert page in (whole[at - 1 : at + 1], whole[at : at + 2])


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("order", Order)
def test_a_page_says_whether_it_is_all_there_is_wherever_it_lies(
    archive: Archive, layout: Layout, order: Order
) -> None:
    """At the end of a long list there are fewer entries than were asked for, and more above: a desk that was left there
    showed those few alone at its next start."""
    whole = archive.lists.skeleton(layout, order)
    entries = archive.lists.shelved(layout, whole.units)
    names = [
        str(entries[u].event.stories[0].id if layout is Layout.STORIES else entries[u].event.id) for u in whole.units
    ]
    for near in (None, *names):
        for size in range(1, 2 * len(names) + 3):
            page = archive.lists.page(layout, order, near=near, size=size)
            assert 0 < len(page.units) <= size
            assert page.whole <= (len(page.units) == len(names)), (near, size)
        assert page.whole


def test_shelved_entries_are_as_the_events_are(archive: Archive) -> None:
    whole = archive.lists.skeleton(Layout.EVENTS, Order.NEWEST)
    found = archive.lists.shelved(Layout.EVENTS, whole.units)
    assert tuple(found[u].event for u in whole.units) == archive.events()
    assert [list(found[u].numbers) for u in whole.units] == [
        list(whole.members[whole.starts[k] : whole.starts[k + 1]]) for k in range(3)
    ]


def test_an_event_that_lost_its_last_story_is_gone_and_one_that_gained_is_counted_anew(archive: Archive) -> None:
    place(archive, "c", "b1")
    whole = archive.lists.skeleton(Layout.EVENTS, Order.NEWEST)
    assert said(archive, whole) == [["a1", "a2"], ["c1", "c2", "c3", "b1"]]
    assert archive.lists.unit_numbers(Layout.EVENTS, ["b1"]) == {}


def test_a_revised_story_moves_to_its_new_date(archive: Archive) -> None:
    put(archive, "b1", "2031-05-08")
    assert said(archive, archive.lists.skeleton(Layout.EVENTS, Order.NEWEST))[0] == ["b1"]


@pytest.mark.parametrize(
    ("added", "order"),
    [("2031-05-04T20:00", "a1 u1 b1 c1"), ("2031-05-03T06:00", "a1 b1 u1 c1"), ("2031-06-01T06:00", "u1 a1 b1 c1")],
)
def test_an_undated_story_stands_below_the_news_of_the_day_it_came_in(archive: Archive, added: str, order: str) -> None:
    put(archive, "u1", added=added)
    assert [
        stories[0] for stories in said(archive, archive.lists.skeleton(Layout.EVENTS, Order.NEWEST))
    ] == order.split()


def test_an_undated_story_stands_by_the_date_of_its_event(archive: Archive) -> None:
    put(archive, "u1")
    place(archive, "c", "u1")
    assert said(archive, archive.lists.skeleton(Layout.EVENTS, Order.NEWEST))[2] == ["c1", "c2", "c3", "u1"]


@pytest.mark.parametrize(
    ("added", "stands"),
    [
        ("2031-05-09T10:00", "2031-05-08~"),
        ("2031-05-09", "2031-05-08~"),
        ("2031-03-01T00:00", "2031-02-28~"),
        ("yesterday", ""),
        ("0001-01-01", ""),
    ],
)
def test_where_a_story_without_a_date_stands(added: str, stands: str) -> None:
    assert below_news(added) == stands
    assert not stands or stands < added[:10]


@pytest.mark.parametrize(
    ("text", "wide"), [("Talks", 5), ("  a   b ", 3), ("会談", 4), ("e\u0301", 1), ("x" * 999, WIDEST), ("", 0)]
)
def test_how_many_columns_a_headline_takes(text: str, wide: int) -> None:
    assert columns(text) == wide


def test_an_archive_of_the_schema_before_is_listed_when_it_is_opened(archive: Archive, tmp_path: Path) -> None:
    before = said(archive, archive.lists.skeleton(Layout.EVENTS, Order.NEWEST))
    archive.close()
    emptied = (f"UPDATE stories SET {column} = NULL" for column in ("e", "l", "newest", "columns"))
    edited(tmp_path, *emptied, "DELETE FROM events", "DELETE FROM storylines")
    again = Archive.open(tmp_path)
    assert said(again, again.lists.skeleton(Layout.EVENTS, Order.NEWEST)) == before
    again.close()


def test_numbers_and_ids_are_each_others_inverse(archive: Archive) -> None:
    ids = [StoryId(i) for i in ("c2", "a1", "zz")]
    numbers = archive.lists.numbers(ids)
    assert archive.lists.ids([numbers[i] for i in ids[:2]]) == ids[:2]
    assert len(numbers) == 2
