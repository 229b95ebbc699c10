"""A storyline by day."""

from __future__ import annotations

from dataclasses import replace

from store.model import Event, EventId, Head, Listed, StoryId, StorylineId
from store.timeline import timeline


def listed(name: str, event: str, day: str | None, outlet: str, **more: str) -> Listed:
    made = Listed(
        StoryId(name), Head(f"Title of {name}", published=day, outlet=outlet), EventId(event), StorylineId("l")
    )
    return replace(made, **more)  # type: ignore[arg-type]


def event(name: str, *stories: Listed) -> Event:
    return Event(EventId(name), StorylineId("l"), f"Event {name}", stories)


DUES = event(
    "dues", listed("a", "dues", "2031-03-03T17:53", "Lark News"), listed("b", "dues", "2031-03-04", "Harbour Post")
)
TALKS = event(
    "talks",
    *(listed(f"t{n}", "talks", "2031-03-09", f"Outlet {n}", storyline_why="Kelm; 6 days later") for n in range(5)),
)


def test_days_stand_in_order_with_silence_bursts_and_new_origins() -> None:
    told = timeline("Straits", (TALKS, DUES))
    assert (told.events, told.stories, told.first_by, told.first_at) == (2, 7, "Lark News", "2031-03-03T17:53")
    assert [(d.day, d.stories, d.silent, d.burst) for d in told.days] == [
        ("2031-03-03", 1, 0, False),
        ("2031-03-04", 1, 0, False),
        ("2031-03-09", 5, 4, True),
    ]
    assert [d.new_origins for d in told.days[:2]] == [(), ("Harbour Post",)]
    assert len(told.days[2].new_origins) == 5


def test_an_event_begins_once_and_goes_on_under_the_days_own_title() -> None:
    days = timeline("Straits", (DUES,)).days
    assert [(h.headline, h.first, h.story) for day in days for h in day.happenings] == [
        ("Event dues", True, "a"),
        ("Title of b", False, "b"),
    ]


def test_why_an_event_is_in_the_storyline_is_told_where_it_begins() -> None:
    assert [h.why for h in timeline("Straits", (TALKS,)).days[0].happenings] == ["Kelm; 6 days later"]


def test_a_day_names_each_outlet_once_and_a_copy_brings_no_new_origin() -> None:
    copy = listed("c", "dues", "2031-03-05", "Tarn Bulletin", origin="Lark News", copy_of="a")
    day = timeline("Straits", (event("dues", *DUES.stories, copy),)).days[-1]
    assert (day.outlets, day.new_origins) == (("Tarn Bulletin",), ())


def test_stories_without_a_day_stand_apart() -> None:
    told = timeline("Straits", (event("x", listed("n", "x", None, "Lark News")),))
    assert (told.days, [h.story for h in told.undated]) == ((), ["n"])
    assert timeline("Straits", (event("y", listed("n", "y", "soon", "Lark News")),)).days == ()
