"""Acts on whole events, on selections and on what a query finds: each with its undo, and what the reader is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Label

from store.library import Layout, Library
from store.model import Event, Mark, StoryId
from tests.tui.test_app import ids, opened, settled
from tui.app import DiploApp
from tui.desk import Desk


def to_an_event(app: DiploApp) -> Event:
    """Puts the cursor on the second story of an event of three or more and gives the event."""
    event = next(e for e in app.desk.events if len(e.stories) > 2)
    assert app.desk.go_to(event.stories[1].id)
    return event


EVENT_ACTS: list[tuple[tuple[str, ...], Callable[[Mark], bool], str]] = [
    (("R",), lambda m: m.read, "Read"),
    (("X",), lambda m: m.dismissed, "Dismissed"),
    (("S",), lambda m: m.starred, "Starred"),
    (("T", *"grain", "enter"), lambda m: m.tags == ("grain",), "Tagged"),
]


@pytest.mark.parametrize(("keys", "holds", "label"), EVENT_ACTS)
async def test_an_event_act_hits_all_of_the_event_and_is_one_step_of_undo(
    sample_library: Library, keys: tuple[str, ...], holds: Callable[[Mark], bool], label: str
) -> None:
    async with opened(sample_library) as (app, pilot):
        event = to_an_event(app)
        await pilot.press(*keys)
        await settled(app, pilot)
        assert {s for s in ids(app) if holds(sample_library.marks.get(s))} == {s.id for s in event.stories}
        assert app._said.startswith(f"{label} {len(event.stories)} stories · ")
        assert "u takes it back" in app._said
        await pilot.press("u")
        await settled(app, pilot)
        assert not any(holds(sample_library.marks.get(s)) for s in ids(app))
        assert app._said.startswith(f"Undone: {label.lower()}")


@pytest.mark.parametrize(("keys", "holds", "label"), EVENT_ACTS)
async def test_an_event_act_under_a_filter_hits_the_whole_event_and_says_what_is_not_shown(
    sample_library: Library, keys: tuple[str, ...], holds: Callable[[Mark], bool], label: str
) -> None:
    marks = sample_library.marks
    async with opened(sample_library) as (app, pilot):
        event = to_an_event(app)
        await pilot.press("c", *"zq", "enter", "f", *"has:note", "enter")
        await settled(app, pilot)
        assert shown(app.desk) == {event.stories[1].id}
        await pilot.press(*keys)
        await settled(app, pilot)
        assert {s for s in ids(app) if holds(marks.get(s))} == {s.id for s in event.stories}
        number = len(event.stories)
        told = [app._said, *(toast.message for toast in app._notifications)]
        assert any(t.startswith(f"{label} {number} stories, {number - 1} of them not shown here · ") for t in told)
        await pilot.press("u")
        await settled(app, pilot)
        assert not any(holds(marks.get(s)) for s in ids(app))


async def test_undo_of_reading_all_below_goes_back_to_where_the_reader_was(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.desk.go(len(app.desk.rows) - 4)
        row = app.desk.row
        await pilot.press(")", "r")
        await settled(app, pilot)
        assert row and app.desk.row and app.desk.row.key != row.key
        await pilot.press("u")
        await settled(app, pilot)
        assert app.desk.row.key == row.key


@pytest.mark.parametrize("layout", list(Layout))
async def test_with_a_selection_an_event_act_hits_its_events(sample_library: Library, layout: Layout) -> None:
    async with opened(sample_library) as (app, pilot):
        events = [e for e in app.desk.events if len(e.stories) > 1][:2]
        app.desk.layout = layout
        app.hands.relist()
        await settled(app, pilot)
        app.desk.select([e.stories[0].id for e in events])
        wanted = {s.id for e in events for s in e.stories}
        if layout is Layout.STORYLINES:  # there an entry is a storyline
            lines = {e.storyline for e in events}
            wanted = {s.id for e in app.desk.events for s in e.stories if s.storyline in lines}
        assert set(app.desk.event_targets) == wanted
        await pilot.press("S")
        assert {s for s in wanted if sample_library.marks.get(s).starred} == wanted


async def test_the_tags_of_an_event_are_those_its_stories_share(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        event = to_an_event(app)
        await pilot.press("t", *"own", "enter", "T", *"all", "enter")
        first, second = (sample_library.marks.get(s.id).tags for s in event.stories[:2])
        assert (first, second) == (("all",), ("all", "own"))


# --- selections


async def star_and_undo(app: DiploApp, pilot: Pilot[None], wanted: set[StoryId]) -> None:
    """Stars the selection as one step, and takes it back."""
    marks = app.library.marks
    await pilot.press("s")
    assert {s for s in ids(app) if marks.get(s).starred} == wanted
    await pilot.press("u")
    assert not any(marks.get(s).starred for s in ids(app))


async def test_all_that_is_shown_above_and_below_can_be_selected(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        event = to_an_event(app)
        order = [s for row in app.desk.rows if row.story for s in (row.story.id,)]
        place = order.index(event.stories[1].id)
        await pilot.press("(")
        assert app.desk.selected == set(order[:place])
        await star_and_undo(app, pilot, set(order[:place]))
        await pilot.press("escape")
        app.desk.go_to(event.stories[1].id)
        await pilot.press(")")
        assert app.desk.selected == set(order[place + 1 :])
        await pilot.press("*")
        assert app.desk.selected == set(order)
        assert app._said.startswith(f"{len(order)} stories selected")
        await star_and_undo(app, pilot, set(order))
        await pilot.press("*")
        assert not app.desk.selected


async def test_what_a_query_finds_of_the_list_is_selected(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        everything = len(app.desk.rows)
        wanted = set(sample_library.archive.search_all("straits"))
        assert 0 < len(wanted) < len(ids(app))
        await pilot.press("%", *"straits", "enter")
        await settled(app, pilot)
        assert app.desk.selected == wanted and len(app.desk.rows) == everything
        await star_and_undo(app, pilot, wanted)


async def test_only_what_is_shown_is_selected(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        event = to_an_event(app)
        await pilot.press("s", "f", *"is:starred", "enter")
        await settled(app, pilot)
        await pilot.press("*")
        assert app.desk.selected == {event.stories[1].id}
        await pilot.press("escape", "%", *"-zzz", "enter")
        await settled(app, pilot)
        assert app.desk.selected == {event.stories[1].id}


async def test_a_wrong_query_to_select_by_selects_nothing_and_is_underlined(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("%", *"gas outlt:x", "enter")
        await settled(app, pilot)
        asked = app.main.prompt.question
        assert asked is not None and asked.what == "select" and asked.wrong == (4, 11)
        assert "did you mean `outlet:`" in asked.error
        assert app.main.prompt.query_one(Input).value == "gas outlt:x"
        assert not app.desk.selected


async def test_an_answer_is_for_the_stories_that_were_asked_about(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        event = to_an_event(app)
        await pilot.press("c", *"hm")
        app.desk.go(0)
        await pilot.press("enter")
        assert sample_library.marks.get(event.stories[1].id).note == "hm"


# --- filters


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("then", ["stay", "order", "load"])
async def test_a_row_stays_under_the_cursor_though_it_fits_no_more(
    sample_library: Library, layout: Layout, then: str
) -> None:
    async with opened(sample_library) as (app, pilot):
        app.desk.layout = layout
        app.hands.relist()
        await settled(app, pilot)
        await pilot.press("f", *"is:unread", "enter")
        await settled(app, pilot)
        number = next(n for n, r in enumerate(app.desk.rows) if n > 2 and r.story)
        app.desk.go(number)
        story = app.desk.story
        assert story is not None
        await pilot.press("m")
        if then == "order":
            await pilot.press("O")
        elif then == "load":
            await app.listing.load()
        await settled(app, pilot)
        assert sample_library.marks.get(story.id).read
        assert app.desk.story is not None and app.desk.story.id == story.id
        await pilot.press("k" if app.desk.cursor == len(app.desk.rows) - 1 else "j")
        await settled(app, pilot)
        assert story.id not in shown(app.desk)
        await pilot.press("u")
        await settled(app, pilot)
        assert story.id in shown(app.desk)


def shown(desk: Desk) -> set[StoryId]:
    return {s.id for row in desk.rows for s in row.stories}


async def test_an_events_row_stays_under_the_cursor_when_all_of_it_fits_no_more(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("f", *"is:unread", "enter")
        await settled(app, pilot)
        app.desk.go(next(n for n, r in enumerate(app.desk.rows) if r.story is None))
        row = app.desk.row
        assert row is not None
        await pilot.press("m")
        assert app.desk.row is not None and app.desk.row.key == row.key
        await pilot.press("]")
        await settled(app, pilot)
        assert row.stories[0].id not in shown(app.desk)


async def test_a_new_tag_is_told_as_one_and_a_known_one_is_not(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        to_an_event(app)
        await pilot.press("t", *"grain", "enter")
        await settled(app, pilot)
        assert app._said == "Tagged 1 story · new tag #grain; u takes it back"
        await pilot.press("j", "t", *"grain", "enter")
        await settled(app, pilot)
        assert app._said == "Tagged 1 story · u takes it back"
        await pilot.press("k", "t", *" gra port", "enter")
        await settled(app, pilot)
        assert app._said == "Tagged 1 story · new tags #gra #port; u takes it back"
        await pilot.press("c", *"seen", "enter")
        await settled(app, pilot)
        assert app._said == "Noted 1 story · u takes it back"


async def test_the_key_that_takes_the_one_match_of_a_beginning_is_told(sample_library: Library) -> None:
    def hint() -> str:
        return str(app.main.prompt.query_one("#prompt-hint", Label).content)

    async with opened(sample_library) as (app, pilot):
        to_an_event(app)
        await pilot.press("t", *"grain straits migrate", "enter", "j", "t", *"gra")
        await settled(app, pilot)
        assert hint() == " Tab takes #grain, Enter makes the new tag #gra · Esc gives up"
        await pilot.press("down")  # Enter takes it from now on
        assert "new tag" not in hint()
        await pilot.press("i")
        await settled(app, pilot)
        assert "Tab takes #grain," in hint()
        await pilot.press("n")
        await settled(app, pilot)
        assert "new tag" not in hint()
        await pilot.press("backspace", "tab", "enter")
        await settled(app, pilot)
        assert app.desk.story and sample_library.marks.get(app.desk.story.id).tags == ("grain",)
