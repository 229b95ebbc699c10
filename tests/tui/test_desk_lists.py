"""The desk's lists: orders, layouts, how far an act reaches, and what joins an event after it was read or dismissed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.late import late_comers
from store.library import Shelved
from store.model import Event, StoryId
from tests.tui.fakes import MemoryMarks, event, listed
from tests.tui.test_desk import EVENTS, on, shown
from tui.desk import Desk, Layout, News, Order, Reach, news
from tui.desk.arrangement import DISMISSED

A, B, C, D, E, F = (StoryId(s) for s in "abcdef")


@pytest.fixture
def desk() -> Desk:
    made = Desk(MemoryMarks())
    made.load(EVENTS)
    return made


def joined(added: str, *, origin: str, **head: str) -> Event:
    """The event of a and b, and c that came later."""
    made = event("e1", "a", "b")
    old = tuple(replace(s, origin="Post", added="2025-05-03T10:00") for s in made.stories)
    return replace(made, stories=(*old, replace(listed("c", "e1", **head), origin=origin, added=added)))


@pytest.mark.parametrize(("order", "first"), [(Order.NEWEST, "e1"), (Order.OLDEST, "e3"), (Order.UNREAD, "e1")])
def test_the_list_stands_in_the_order_that_was_chosen(desk: Desk, order: Order, first: str) -> None:
    desk.order = order
    desk.load(EVENTS)
    assert shown(desk)[0] == first


def test_unread_first_puts_what_is_read_below_when_it_is_listed_anew(desk: Desk) -> None:
    desk.order = Order.UNREAD
    desk.set_read([A, B])
    desk.load(EVENTS)
    assert shown(desk) == ["c", "e3", "d", "e", "f", "e1", "a", "b"]


def test_a_flat_list_has_one_row_a_story_and_knows_the_event_of_each(desk: Desk) -> None:
    desk.layout = Layout.STORIES
    desk.load(EVENTS)
    assert sorted(shown(desk)) == list("abcdef")
    assert desk.go_to(E)
    assert desk.event is not None and desk.event.id == "e3"
    assert set(desk.event_targets) == {"d", "e", "f"}
    assert desk.targets == ("e",)


def test_a_storyline_is_one_entry_of_all_its_stories() -> None:
    one, other = EVENTS[0], replace(EVENTS[2], storyline=EVENTS[0].storyline)
    desk = Desk(MemoryMarks())
    desk.layout = Layout.STORYLINES
    desk.load((one, EVENTS[1], other))
    assert shown(desk) == ["e1", "d", "e", "f", "a", "b", "c"]


@pytest.mark.parametrize(("reach", "hit"), [(Reach.ABOVE, "abcd"), (Reach.BELOW, "f"), (Reach.SHOWN, "abcdef")])
def test_an_act_reaches_as_far_as_it_is_told(desk: Desk, reach: Reach, hit: str) -> None:
    desk.go_to(E)
    assert "".join(desk.within(reach)) == hit


def test_an_act_on_all_above_is_one_step_of_undo(desk: Desk) -> None:
    desk.go_to(E)
    desk.set_read(desk.within(Reach.ABOVE))
    assert desk.counts() == (6, 2, 0)
    assert desk.undo() is not None
    assert desk.counts() == (6, 6, 0)


def test_undoing_an_act_on_many_leaves_the_cursor_where_it_is(desk: Desk) -> None:
    desk.toggle_star(desk.within(Reach.SHOWN))
    desk.go_to(E)
    for done in (desk.undo(), desk.redo()):
        assert done is not None and on(desk) == "e"


def test_undo_goes_back_to_the_row_that_an_act_on_many_took_away(desk: Desk) -> None:
    desk.go_to(E)
    desk.above = 3
    desk.toggle_dismissed(desk.within(Reach.SHOWN))
    assert shown(desk) == []
    desk.above = 0
    desk.undo()
    assert (on(desk), desk.above) == ("e", 3)


def test_undoing_an_act_on_one_story_goes_to_it(desk: Desk) -> None:
    desk.toggle_dismissed([E])
    desk.go(0)
    desk.undo()
    assert on(desk) == "e"


def test_undoing_an_act_on_a_folded_event_goes_to_its_row_and_leaves_it_folded(desk: Desk) -> None:
    desk.go_to(D)
    desk.close()
    desk.close()
    for stories in ([D, E, F], [E]):  # of one story too: another program may have marked it
        desk.toggle_dismissed(stories)
        desk.go(0)
        desk.undo()
        assert on(desk) == "e3" and shown(desk)[-1] == "e3"


def test_undoing_an_act_on_an_event_stays_on_the_story_of_it_that_is_read(desk: Desk) -> None:
    desk.go_to(E)
    desk.set_read(desk.event_targets)
    desk.undo()
    assert on(desk) == "e"


def test_undo_goes_back_where_the_act_itself_moved_the_cursor(desk: Desk) -> None:
    desk.go_to(B)
    desk.set_read(desk.within(Reach.BELOW))
    assert desk.to_unread(1) and on(desk) == "a"
    desk.taken_on()
    desk.undo()
    assert on(desk) == "b"
    desk.set_read(desk.within(Reach.BELOW))
    desk.to_unread(1)
    desk.taken_on()
    desk.go_to(E)  # the reader has gone on: no undo takes them away
    desk.undo()
    assert on(desk) == "e"


def test_undo_stays_where_what_it_changes_is_not_shown(desk: Desk) -> None:
    desk.toggle_star([E])
    desk.show_only(lambda story, mark, event: story.id in "abc")
    desk.go_to(B)
    assert desk.undo() is not None and on(desk) == "b"


def test_what_is_folded_or_filtered_out_is_reached_only_where_it_is_shown(desk: Desk) -> None:
    desk.go(0)
    desk.close()
    assert set(desk.within(Reach.SHOWN)) == set("abcdef")
    desk.show_only(lambda story, mark, event: story.id in "bd")
    assert desk.within(Reach.SHOWN) == ("b", "d")


def test_read_stories_leave_a_filter_as_soon_as_the_cursor_is_elsewhere(desk: Desk) -> None:
    desk.show_only(lambda story, mark, event: not mark.read)
    desk.go_to(C)
    desk.set_read([A, B])
    assert on(desk) == "c" and shown(desk)[0] == "c"


def test_a_story_joining_a_dismissed_event_stays_away_unless_its_origin_is_new(desk: Desk) -> None:
    for origin, rows in (("Post", []), ("Wire", ["e1", "c"])):
        made = Desk(MemoryMarks())
        made.load((event("e1", "a", "b"),))
        made.toggle_dismissed([A, B])
        made.load((joined("2025-05-04T10:00", origin=origin),))
        assert shown(made) == rows
        assert made.counts()[0] == len(rows[1:])


def test_one_dismissed_story_hides_none_that_was_there_with_it() -> None:
    desk = Desk(MemoryMarks())
    desk.load((joined("2025-05-03T10:00", origin="Post"),))
    desk.toggle_dismissed([A])
    assert shown(desk) == ["e1", "b", "c"]
    desk.toggle_dismissed([B])
    assert shown(desk) == ["e1", "c"]


def test_bringing_a_dismissed_event_back_brings_what_joined_it() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e1", "a", "b"),))
    desk.toggle_dismissed([A, B])
    desk.load((joined("2025-05-04T10:00", origin="Post"),))
    assert shown(desk) == []
    desk.undo()
    assert shown(desk) == ["e1", "a", "b", "c"]


def test_what_joins_an_event_that_was_read_is_new_since_with_its_new_outlets() -> None:
    marks = MemoryMarks()
    desk = Desk(marks)
    made = joined("2025-05-04T10:00", origin="Wire", outlet="Tellmark Mail")
    desk.load((made,))
    assert news(made, desk.mark) == News()
    desk.set_read([A, B])
    assert news(made, desk.mark) == News(made.stories[2:], ("Tellmark Mail",))
    same = joined("2025-05-04T10:00", origin="Wire")
    assert news(same, desk.mark) == News(same.stories[2:], ())
    together = joined("2025-05-03T10:00", origin="Wire")
    assert news(together, desk.mark) == News()
    desk.set_read([C])
    assert news(made, desk.mark) == News()


def test_a_story_that_came_since_the_list_was_read_is_no_late_comer_yet() -> None:
    made = event("e", "a", "b", "c")
    entry = Shelved(made, [0, 1, 2])
    for known in (2, 3):  # the list knows two of the three, then all of them
        flags = bytearray([DISMISSED] * 2 + [0])[:known]
        assert late_comers(entry, flags, dismissed=DISMISSED) == set()
    later = replace(made, stories=(*made.stories[:2], replace(made.stories[2], added="2025-06-01")))
    assert late_comers(Shelved(later, [0, 1, 2]), bytearray([DISMISSED] * 2), dismissed=DISMISSED) == set()
    flags = bytearray([DISMISSED] * 2 + [0])
    assert late_comers(Shelved(later, [0, 1, 2]), flags, dismissed=DISMISSED) == {2}
