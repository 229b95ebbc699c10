"""Acts on many stories go on beside the keys: what comes of them is what comes of acts on a few."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from store.errors import LibraryError
from store.library import Library
from store.marks import Marks
from store.model import Act, Mark
from tests.tui.test_app import ids, opened, settled
from tui.app import DiploApp
from tui.crowds import Crowds
from tui.desk import Reach
from tui.desk.targets import Targets

CROWD_ACTS: list[tuple[tuple[str, ...], Callable[[Mark], bool], str]] = [
    (("s",), lambda m: m.starred, "Starred"),
    (("r",), lambda m: m.read, "Read"),
    (("m",), lambda m: m.read, "Read"),
    (("x",), lambda m: m.dismissed, "Dismissed"),
    (("X",), lambda m: m.dismissed, "Dismissed"),
    (("t", *"grain", "enter"), lambda m: "grain" in m.tags, "Tagged"),
    (("c", *"seen", "enter"), lambda m: m.note == "seen", "Noted"),
]


async def at_rest(app: DiploApp, pilot: Pilot[None]) -> None:
    """Waits until nobody is being marked, though nothing may be shown then."""
    await pilot.pause()
    while app.crowds.busy:
        await pilot.pause(0.01)


@pytest.mark.parametrize(("keys", "holds", "label"), CROWD_ACTS)
async def test_an_act_on_a_crowd_is_kept_when_it_is_told_and_is_one_step_of_undo(
    sample_library: Library, keys: tuple[str, ...], holds: Callable[[Mark], bool], label: str
) -> None:
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = 3
        every = ids(app)
        await pilot.press("*", *keys)
        for _ in range(500):
            if app._said.startswith(f"{label} {len(every)} stories"):
                break
            await pilot.pause(0.01)
        with Marks.open(sample_library.folder) as on_disk:  # as after a kill
            assert {s for s in every if holds(on_disk.get(s))} == set(every)
        await at_rest(app, pilot)
        shown, unread, starred = app.desk.counts()
        assert shown == (0 if label == "Dismissed" else len(every))
        assert unread == (0 if label in ("Read", "Dismissed") else len(every))
        assert starred == (len(every) if label == "Starred" else 0)
        await pilot.press("u")
        await settled(app, pilot)
        assert not any(holds(sample_library.marks.get(s)) for s in every)
        assert app._said == f"Undone: {label.lower()} {len(every)} stories (ctrl+r does it again)"
        assert app.desk.counts() == (len(every), len(every), 0)
        await pilot.press("ctrl+r")
        await at_rest(app, pilot)
        assert all(holds(sample_library.marks.get(s)) for s in every)


@pytest.mark.parametrize("keys", [("s",), ("r",), ("x",), ("t", *"grain", "enter")])
async def test_what_a_crowd_was_made_of_goes_when_it_is_marked(sample_library: Library, keys: tuple[str, ...]) -> None:
    """Of 100,000 stories it is ten megabytes, and nothing collects garbage while keys come."""
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = 3
        gc.collect()
        gc.disable()
        try:
            await pilot.press("*", *keys)
            await at_rest(app, pilot)
            await pilot.pause(0.05)
            assert app.desk.marks.all()
            assert [held for held in gc.get_objects() if type(held) is Targets] == []
        finally:
            gc.enable()


async def test_undo_of_a_crowd_keeps_the_readers_place(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = 3
        await pilot.press("g", "j", "j", "j", "*", "s")
        await at_rest(app, pilot)
        assert all(sample_library.marks.get(s).starred for s in ids(app))
        await pilot.press("u")
        await at_rest(app, pilot)
        assert not any(sample_library.marks.get(s).starred for s in ids(app))
        assert app.desk.cursor == 3


@pytest.mark.parametrize("few", [3, 200])
@pytest.mark.parametrize(("act", "left"), [("x", 0), ("m", 9)])
async def test_undo_brings_the_cursor_back_to_where_it_was_in_a_list_that_went(
    sample_library: Library, few: int, act: str, left: int
) -> None:
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = few
        if left:  # under this filter the row stays until the cursor leaves it, the list around it goes
            await pilot.press("f", *"is:unread", "enter")
            await settled(app, pilot)
        await pilot.press("G", *"kkkkkkkkkkkkkkkkkkkk")
        await settled(app, pilot)
        before = app.desk.cursor, app.main.rows.scroll_offset.y
        assert before[1] > 0
        await pilot.press("*", act)
        await at_rest(app, pilot)
        assert len(app.desk.rows) <= left
        await pilot.press("u")
        await at_rest(app, pilot)
        await settled(app, pilot)
        assert (app.desk.cursor, app.main.rows.scroll_offset.y) == before


async def test_keys_are_answered_while_a_crowd_is_marked_and_other_acts_wait(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = 3
        go_on, flush = threading.Event(), sample_library.flush

        def flush_late() -> None:
            go_on.wait(10)
            flush()

        await pilot.press("*")
        monkeypatch.setattr(sample_library, "flush", flush_late)
        await pilot.press("s")
        while not app.crowds.busy:
            await pilot.pause(0.01)
        await pilot.press("j", "j")
        assert app.desk.cursor > 0 and "marking" in app.main.status.place
        await pilot.press("escape", "m")
        assert not any(sample_library.marks.get(s).read for s in ids(app))
        go_on.set()
        await settled(app, pilot)
        assert all(sample_library.marks.get(s).starred for s in ids(app))
        assert any(sample_library.marks.get(s).read for s in ids(app))


async def test_what_is_typed_behind_a_question_that_waits_for_a_crowd_is_its_answer(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, kept = threading.Event(), Crowds._kept

    def slow(crowds: Crowds, work: Callable[[], Act | None]) -> Act | None:
        go_on.wait(20)
        return kept(crowds, work)

    monkeypatch.setattr(Crowds, "_kept", slow)
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = 3
        every, before = ids(app), app.desk.length
        await pilot.press("*", "s", "j", "t", *"bend", "enter")
        assert app.desk.cursor == 1 and not app.main.prompt.display
        go_on.set()
        while not app.typeahead.at_rest or app.crowds.busy:
            await pilot.pause(0.01)
        await settled(app, pilot)
        await at_rest(app, pilot)
        assert all(sample_library.marks.get(s).starred and "bend" in sample_library.marks.get(s).tags for s in every)
        assert not any(sample_library.marks.get(s).note for s in every) and app.desk.length == before


async def test_a_row_stays_under_the_cursor_though_the_crowd_fits_no_more(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = 3
        app.filtering.go_to("is:unread")
        await settled(app, pilot)
        await pilot.press("j", "j", "*", "m")
        await settled(app, pilot)
        here = app.desk.row
        assert here is not None and len(app.desk.rows) <= len(here.event.stories) + 1
        await pilot.press("u")
        await settled(app, pilot)
        assert app.desk.counts()[1] == len(ids(app))


async def test_a_crowd_that_cannot_be_written_is_marked_all_the_same_and_that_is_told(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = 3
        told: list[str] = []
        monkeypatch.setattr(app, "complain", told.append)

        def full() -> None:
            raise LibraryError("the disk is full")

        await pilot.press("*")
        with monkeypatch.context() as broken:
            broken.setattr(sample_library, "flush", full)
            await pilot.press("s")
            await settled(app, pilot)
        assert "the disk is full" in told
        assert all(sample_library.marks.get(s).starred for s in ids(app))


async def test_a_filter_asked_for_while_a_crowd_is_marked_shows_the_marks_it_came_to(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        every = ids(app)
        made_before = app.desk.plan_filter(None)()
        plan = app.desk.plan(sample_library.lists)()
        app.crowds.few = 3
        await pilot.press("*", "s")
        await settled(app, pilot)
        for late in (made_before, plan):
            app.desk.take(late)
            assert app.desk.counts() == (len(every), len(every), len(every))


async def test_what_a_crowd_has_in_common_is_looked_up_beside_the_keys_and_what_is_typed_meanwhile_is_the_answer(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(sample_library) as (app, pilot):
        app.crowds.few = 3
        asked, go_on = list[str](), threading.Event()
        shared = app.desk.shared_tags

        def looked_up(stories: Targets) -> tuple[str, ...]:
            asked.append(threading.current_thread().name)
            go_on.wait(10)
            return shared(stories)

        monkeypatch.setattr(app.desk, "shared_tags", looked_up)
        await pilot.press("*", "t")
        await pilot.press(*"gr")
        assert not app.main.prompt.display
        go_on.set()
        await pilot.press(*"ain", "enter")
        while not app.typeahead.at_rest:
            await pilot.pause(0.01)
        await at_rest(app, pilot)
        assert asked and threading.main_thread().name not in asked
        assert all("grain" in sample_library.marks.get(s).tags for s in ids(app))


@pytest.mark.parametrize("layout", ["events", "stories"])
async def test_the_events_of_a_crowd_are_found_beside_the_keys(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    """As those of a few are: what the filter hides of an event is hit too, and told."""
    async with opened(sample_library) as (app, pilot):
        if layout == "stories":
            await pilot.press("E", "E")
            await settled(app, pilot)
        outlet = max(app.desk.events, key=lambda e: len(e.outlets)).outlets[0]
        await pilot.press("f", *f'outlet:"{outlet}"', "enter")
        await settled(app, pilot)
        few = set(app.desk.within(Reach.SHOWN))
        await pilot.press("*")
        wanted = set(app.desk.event_targets)
        assert wanted > few
        app.crowds.few = 2
        monkeypatch.setattr("tui.desk.desk.FEW", 2)
        monkeypatch.setattr("tui.desk.arrangement.FEW", 2)
        later = app.desk.event_targets
        assert isinstance(later, Targets) and later.least == len(few)
        await pilot.press("S")
        await at_rest(app, pilot)
        assert {s for s in wanted if sample_library.marks.get(s).starred} == wanted == set(later)
        assert app._said.startswith(f"Starred {len(wanted)} stories, {len(wanted - few)} of them not shown here")


async def test_very_many_above_or_below_are_selected_beside_the_keys(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("g", *"jjjjj")
        wanted = set(app.desk.within(Reach.BELOW)), set(app.desk.within(Reach.ABOVE))
        monkeypatch.setattr("tui.commands.selecting.AT_ONCE", 3)
        for key, stories in zip((")", "("), wanted, strict=True):
            await pilot.press(key)
            for _ in range(200):
                if app.desk.selected:
                    break
                await pilot.pause(0.01)
            assert set(app.desk.selected) == stories
            assert app._said == f"{len(stories)} stories selected · Esc drops them"
            await pilot.press("escape")
