"""A library and its reader in figures."""

from __future__ import annotations

from dataclasses import replace

from store.library import Library
from store.model import Act, Change, StoryId
from tests.conftest import NOW


def test_unread_are_the_stories_neither_read_nor_dismissed(sample_library: Library) -> None:
    before = sample_library.statistics(now=NOW)
    assert before.unread == before.stories == sample_library.archive.count()
    by_outlet = {c.name: c.count for c in before.unread_by_outlet}
    stories = [s for s in sample_library.archive.listed() if s.head.outlet == "Aldine" or s.head.agency == "Aldine"]
    own = [s for s in stories if (s.head.outlet or s.head.agency) == "Aldine"]
    assert by_outlet["Aldine"] == len(own) > 2
    sample_library.mark("read", [own[0].id], lambda mark: replace(mark, read=True))
    sample_library.mark("dismissed", [own[1].id], lambda mark: replace(mark, dismissed=True))
    after = sample_library.statistics(now=NOW)
    assert after.unread == before.unread - 2
    assert {c.name: c.count for c in after.unread_by_outlet}["Aldine"] == len(own) - 2


def test_days_have_no_holes_and_end_with_the_newest_unread(sample_library: Library) -> None:
    days = sample_library.statistics(now=NOW).unread_by_day
    assert len(days) == 28
    assert days[-1].name == max(s.head.day or "" for s in sample_library.archive.listed())
    assert days[-1].count > 0
    assert sorted(d.name for d in days) == [d.name for d in days]


def test_starred_events_are_counted_once_and_each_outlet_once_an_event(sample_library: Library) -> None:
    event = max(sample_library.events(), key=lambda e: len(e.stories))
    ids: list[StoryId] = [s.id for s in event.stories]
    sample_library.mark("starred", ids, lambda mark: replace(mark, starred=True))
    told = sample_library.statistics(now=NOW)
    assert told.starred_events == 1
    assert {c.name: c.count for c in told.coverage} == dict.fromkeys(event.outlets, 1)


def test_a_tag_put_on_today_counts_in_the_last_week(sample_library: Library) -> None:
    from datetime import datetime

    story = sample_library.archive.listed()[0].id
    sample_library.mark("tagged", [story], lambda mark: replace(mark, tags=("straits",)))
    told = sample_library.statistics(now=datetime.now())
    weeks = {usage.tag: usage.weeks for usage in told.tags}["straits"]
    assert len(told.weeks) == len(weeks) == 8
    assert (weeks[-1], sum(weeks)) == (1, 1)


def test_tags_are_counted_by_stories_that_have_them_now(sample_library: Library) -> None:
    from datetime import datetime

    marks = sample_library.marks
    ids = [s.id for s in sample_library.archive.listed()]

    def weeks(tag: str) -> tuple[int, ...]:
        told = sample_library.statistics(now=datetime.now())
        return {usage.tag: usage.weeks for usage in told.tags}.get(tag, ())

    sample_library.mark("tagged", ids[:30], lambda mark: replace(mark, tags=("straits",)))
    assert weeks("straits")[-1] == 30, "one act, thirty stories"
    wrong = Act("tagged", tuple(Change(i, marks.get(i), replace(marks.get(i), tags=("toll",))) for i in ids[40:50]))
    marks.apply(wrong)
    assert weeks("toll")[-1] == 10
    marks.apply(wrong.undone())
    assert weeks("toll") == (), "taken back, it stands on none"
    sample_library.mark("taken off", ids[:10], lambda mark: replace(mark, tags=()))
    assert weeks("straits")[-1] == 20
