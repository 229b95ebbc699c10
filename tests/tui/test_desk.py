"""The desk without a screen: rows, moving, filters, selections, acts, undo, the state that is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import UNMARKED, Act, Change, EventId, Mark, StoryId
from tests.tui.fakes import MemoryMarks, event
from tui.desk import UNDO_DEPTH, Desk

EVENTS = (event("e1", "a", "b"), event("e2", "c"), event("e3", "d", "e", "f"))


@pytest.fixture
def desk() -> Desk:
    made = Desk(MemoryMarks())
    made.load(EVENTS)
    return made


def on(desk: Desk) -> str:
    row = desk.row
    assert row is not None
    return row.story.id if row.story else row.event.id


def shown(desk: Desk) -> list[str]:
    return [r.story.id if r.story else r.event.id for r in desk.rows]


def test_an_event_of_several_stories_has_a_row_of_its_own_and_one_of_one_story_has_not(desk: Desk) -> None:
    assert shown(desk) == ["e1", "a", "b", "c", "e3", "d", "e", "f"]


def test_the_cursor_stops_at_both_ends(desk: Desk) -> None:
    desk.move(-3)
    assert on(desk) == "e1"
    desk.move(100)
    assert on(desk) == "f"


def test_opening_an_event_goes_to_its_first_unread_story(desk: Desk) -> None:
    desk.set_read([StoryId("a")])
    assert desk.open() is None
    assert on(desk) == "b"
    assert desk.open() == "b"


def test_closing_goes_out_to_the_event_then_folds_it_and_opening_unfolds_it(desk: Desk) -> None:
    desk.go(2)
    desk.close()
    assert on(desk) == "e1"
    desk.close()
    assert shown(desk)[:2] == ["e1", "c"]
    desk.open()
    assert shown(desk)[:3] == ["e1", "a", "b"]


def test_all_are_folded_but_those_unfolded_since_then_all_again_then_none(desk: Desk) -> None:
    desk.go(2)
    assert desk.turn_all()
    desk.load(desk.events)
    assert shown(desk) == ["e1", "c", "e3"] and on(desk) == "e1"
    desk.open()
    assert shown(desk) == ["e1", "a", "b", "c", "e3"]
    assert not desk.is_folded(EventId("e1")) and desk.is_folded(EventId("e3"))
    kept = Desk(desk.marks)
    kept.restore(desk.state())
    kept.load(desk.events)
    assert shown(kept) == shown(desk)
    assert desk.turn_all()
    desk.load(desk.events)
    assert shown(desk) == ["e1", "c", "e3"]
    assert not desk.turn_all()
    desk.load(desk.events)
    assert shown(desk) == ["e1", "a", "b", "c", "e3", "d", "e", "f"]


def test_next_unread_goes_round_once_and_unfolds(desk: Desk) -> None:
    desk.folded.add(EventId("e3"))
    desk.arrange()
    desk.go(3)
    desk.set_read([StoryId(s) for s in "abc"])
    assert desk.to_unread(1)
    assert on(desk) == "d"
    desk.set_read([StoryId(s) for s in "def"])
    assert not desk.to_unread(1)


def test_previous_unread_goes_up(desk: Desk) -> None:
    desk.go(3)
    assert desk.to_unread(-1)
    assert on(desk) == "b"


def test_next_and_previous_event_go_to_first_rows(desk: Desk) -> None:
    desk.go(1)
    assert desk.to_event(1)
    assert on(desk) == "c"
    assert desk.to_event(1)
    assert on(desk) == "e3"
    assert not desk.to_event(1)
    assert desk.to_event(-1)
    assert on(desk) == "c"


def test_acts_hit_the_selection_when_there_is_one_and_the_row_when_not(desk: Desk) -> None:
    assert desk.targets == ("a", "b")
    desk.go(1)
    assert desk.targets == ("a",)
    desk.toggle_selected()
    desk.go(3)
    desk.toggle_selected()
    assert set(desk.targets) == {"a", "c"}
    desk.clear_selected()
    assert desk.targets == ("d", "e", "f")


def test_a_range_is_selected_from_the_row_last_toggled(desk: Desk) -> None:
    desk.go(2)
    desk.toggle_selected()
    desk.go(5)
    desk.select_range()
    assert desk.selected == {"b", "c", "d"}


@pytest.mark.parametrize(("begin", "end", "chosen"), [(3, 4, "cdef"), (6, 4, "def"), (3, 0, "abc"), (2, 0, "ab")])
def test_a_range_that_ends_on_an_events_row_takes_all_its_stories(
    desk: Desk, begin: int, end: int, chosen: str
) -> None:
    desk.go(begin)
    desk.toggle_selected()
    desk.go(end)
    desk.select_range()
    assert desk.selected == set(chosen)


def test_a_range_that_ends_on_an_events_row_takes_what_is_shown_of_it_alone(desk: Desk) -> None:
    desk.toggle_dismissed([StoryId("e")])
    desk.arrange()
    desk.go(3)
    desk.toggle_selected()
    desk.go(4)
    desk.select_range()
    assert desk.selected == {"c", "d", "f"}


@pytest.mark.parametrize("dropped", [False, True])
def test_a_range_with_no_row_selected_before_takes_the_row_alone_and_goes_on_from_there(
    desk: Desk, dropped: bool
) -> None:
    if dropped:  # selected, and deselected again
        desk.toggle_selected()
        desk.go(0)
        desk.toggle_selected()
    desk.go(3)
    assert not desk.select_range()
    assert desk.selected == {"c"}
    desk.go(5)
    assert desk.select_range()
    assert desk.selected == {"c", "d"}


def test_a_range_begins_at_its_row_though_rows_above_it_went(desk: Desk) -> None:
    desk.go(3)
    desk.toggle_selected()
    desk.go(0)
    desk.close()
    desk.go_to(StoryId("d"))
    assert desk.select_range()
    assert desk.selected == {"c", "d"}


def test_a_range_whose_row_has_gone_begins_where_the_cursor_is(desk: Desk) -> None:
    desk.go(2)
    desk.toggle_selected()
    desk.go_to(StoryId("d"))
    desk.toggle_selected()
    desk.go_to(StoryId("c"))
    desk._anchor = EventId("e9"), StoryId("z")
    assert not desk.select_range()
    assert desk.selected == {"b", "c", "d"}


def test_toggling_an_event_row_takes_all_its_stories_and_again_none(desk: Desk) -> None:
    desk.toggle_selected()
    assert desk.selected == {"a", "b"}
    desk.go(0)
    desk.toggle_selected()
    assert desk.selected == set()


def test_dismissed_stories_leave_the_list_and_come_back_with_undo(desk: Desk) -> None:
    desk.go(3)
    desk.toggle_dismissed(desk.targets)
    desk.arrange()
    assert "c" not in shown(desk)
    desk.undo()
    assert "c" in shown(desk)
    assert on(desk) == "c"


def test_a_bulk_act_is_one_step_of_undo_and_redo_does_it_again(desk: Desk) -> None:
    desk.set_tags([StoryId(s) for s in "abcd"], (), ("straits",))
    assert desk.mark(StoryId("d")).tags == ("straits",)
    undone = desk.undo()
    assert undone is not None and undone.label == "Tagged 4 stories"
    assert all(desk.mark(StoryId(s)).tags == () for s in "abcd")
    desk.redo()
    assert all(desk.mark(StoryId(s)).tags == ("straits",) for s in "abcd")
    assert desk.redo() is None


def test_a_new_act_ends_what_could_be_redone(desk: Desk) -> None:
    desk.toggle_star([StoryId("a")])
    desk.undo()
    desk.toggle_star([StoryId("b")])
    assert desk.redo() is None
    assert not desk.mark(StoryId("a")).starred


def test_undo_is_at_least_a_hundred_deep(desk: Desk) -> None:
    assert UNDO_DEPTH >= 100
    for number in range(150):
        desk.set_note([StoryId("a")], f"note {number}")
    for _ in range(150):
        assert desk.undo() is not None
    assert desk.mark(StoryId("a")).note == ""
    assert desk.undo() is None


def test_undo_goes_on_with_acts_from_before_the_start_and_counts_what_is(desk: Desk) -> None:
    a, b = StoryId("a"), StoryId("b")
    desk.set_read([a, b])
    desk.toggle_dismissed([b])
    acts = [act for act in (desk.undo(), desk.undo()) if act]
    again = Desk(desk.marks)
    again.load(EVENTS)
    for act in reversed(acts):
        desk.marks.apply(act)
    again.others_marked([a, b])
    again.toggle_star([a])
    again.remember_done(reversed(acts))
    assert again.counts() == (5, 4, 1)
    assert [act.label for act in (again.undo(), again.undo(), again.undo()) if act] == [
        "Starred 1 story",
        "Dismissed 1 story",
        "Read 2 stories",
    ]
    assert again.undo() is None
    assert again.counts() == (6, 6, 0)


def test_undo_passes_over_an_act_whose_effect_is_gone(desk: Desk) -> None:
    a, b = StoryId("a"), StoryId("b")
    desk.set_read([a])
    desk.toggle_star([b])
    desk.marks.apply(Act("by another program", (Change(b, Mark(starred=True), UNMARKED),)))
    undone = desk.undo()
    assert undone is not None
    assert undone.label == "Read 1 story"


def test_editing_tags_of_several_stories_leaves_the_tags_that_were_not_shown(desk: Desk) -> None:
    a, b = StoryId("a"), StoryId("b")
    desk.set_tags([a], (), ("own", "shared"))
    desk.set_tags([b], (), ("shared",))
    assert desk.shared_tags([a, b]) == ("shared",)
    desk.set_tags([a, b], ("shared",), ("new",))
    assert desk.mark(a).tags == ("new", "own")
    assert desk.mark(b).tags == ("new",)


def test_an_act_that_changes_nothing_is_no_step_of_undo(desk: Desk) -> None:
    desk.set_read([StoryId("a")])
    assert desk.set_read([StoryId("a")]) is None
    desk.undo()
    assert not desk.mark(StoryId("a")).read


def test_under_a_filter_the_row_under_the_cursor_stays_until_the_cursor_leaves_it(desk: Desk) -> None:
    desk.show_only(lambda story, mark, event: not mark.read)
    desk.go(1)
    desk.set_read([StoryId("a")])
    desk.arrange()
    assert on(desk) == "a"
    desk.move(1)
    assert on(desk) == "b"
    assert "a" not in shown(desk)


def test_an_event_without_a_fitting_story_is_not_shown(desk: Desk) -> None:
    desk.show_only(lambda story, mark, event: story.id == "e")
    assert shown(desk) == ["e3", "e"]


def test_a_filter_keeps_no_row_that_does_not_fit_not_even_the_cursors(desk: Desk) -> None:
    desk.go(3)
    desk.show_only(lambda story, mark, event: story.id in "de")
    assert shown(desk) == ["e3", "d", "e"]
    assert on(desk) == "e3"
    desk.show_only(lambda story, mark, event: False)
    assert shown(desk) == [] and desk.targets == ()
    desk.show_only(None)
    assert on(desk) == "e3"


def test_acts_on_an_events_row_never_hit_what_is_not_shown(desk: Desk) -> None:
    desk.show_only(lambda story, mark, event: story.id in "de")
    desk.go(0)
    assert desk.targets == ("d", "e")
    assert desk.event_targets == ("d", "e", "f")
    desk.show_only(None)
    desk.toggle_dismissed([StoryId("d")])
    desk.arrange()
    desk.go_to(StoryId("e"))
    desk.close()
    assert desk.targets == ("e", "f")


def test_a_selection_keeps_only_what_a_new_filter_shows(desk: Desk) -> None:
    desk.select({StoryId("a"), StoryId("d")})
    desk.show_only(lambda story, mark, event: story.id in "de")
    assert desk.targets == ("d",)


def test_new_stories_leave_the_cursor_on_its_story(desk: Desk) -> None:
    desk.go(3)
    desk.load((event("e0", "x", "y"), *EVENTS))
    assert on(desk) == "c"


def test_until_the_reader_moves_the_cursor_stays_on_the_newest_event() -> None:
    desk = Desk(MemoryMarks())
    desk.load(EVENTS[1:])
    desk.load(EVENTS)
    assert on(desk) == "e1"


def test_a_story_that_joined_another_event_keeps_the_cursor(desk: Desk) -> None:
    desk.go(3)
    desk.load((event("e1", "a", "b", "c"), EVENTS[2]))
    assert on(desk) == "c"


def test_the_state_puts_the_next_desk_where_this_one_was(desk: Desk) -> None:
    desk.go(6)
    desk.folded.add(EventId("e1"))
    desk.arrange()
    desk.length, desk.last_tags, desk.filter = 5, ("straits",), "is:unread"
    state = desk.state()
    other = Desk(desk.marks)
    other.load(EVENTS)
    other.restore(state)
    assert on(other) == on(desk)
    assert (other.length, other.last_tags, other.filter, other.folded) == (5, ("straits",), "is:unread", {"e1"})


@pytest.mark.parametrize("state", [{}, {"folded": 3, "length": "x", "last_tags": None, "story": 7, "event": []}])
def test_a_state_that_cannot_be_used_is_passed_over(desk: Desk, state: dict[str, object]) -> None:
    desk.restore(state)
    assert desk.length == 3
    assert len(desk.rows) == 8


def test_an_empty_desk_answers_every_call() -> None:
    desk = Desk(MemoryMarks())
    desk.load(())
    desk.move(1)
    desk.toggle_selected()
    desk.select_range()
    desk.close()
    assert desk.open() is None
    assert not desk.to_unread(1) and not desk.to_event(1)
    assert desk.targets == () and desk.undo() is None
    assert desk.counts() == (0, 0, 0)


ACTS = st.lists(
    st.tuples(st.sampled_from("rmsxtcu"), st.sets(st.sampled_from("abcdef"), min_size=1)), min_size=1, max_size=30
)


@given(ACTS)
def test_undoing_everything_leaves_the_marks_as_they_were(acts: list[tuple[str, set[str]]]) -> None:
    desk = Desk(MemoryMarks())
    desk.load(EVENTS)
    for act, names in acts:
        stories = [StoryId(n) for n in sorted(names)]
        {
            "r": lambda s: desk.set_read(s),
            "m": lambda s: desk.toggle_read(s),
            "s": lambda s: desk.toggle_star(s),
            "x": lambda s: desk.toggle_dismissed(s),
            "t": lambda s: desk.set_tags(s, (), ("tag", s[0])),
            "c": lambda s: desk.set_note(s, "note"),
            "u": lambda s: desk.undo(),
        }[act](stories)
        assert 0 <= desk.cursor < max(1, len(desk.rows))
    after = {s: desk.mark(s) for e in EVENTS for s in (x.id for x in e.stories)}
    undone = 0
    while desk.undo():
        undone += 1
    assert all(desk.mark(x.id) == replace(desk.mark(x.id).__class__()) for e in EVENTS for x in e.stories)
    for _ in range(undone):
        desk.redo()
    assert {s: desk.mark(s) for s in after} == after
