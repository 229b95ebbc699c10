"""Every act of the key table leaves something, and undo takes just that back: a test makes the table of them complete,
so that no act is added without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from textual.pilot import Pilot

from store.library import Library
from store.model import UNMARKED, Mark, Rule, StoryId
from tests.tui import background
from tests.tui.test_acts import to_an_event
from tests.tui.test_app import opened, settled
from tui import editor
from tui.app import DiploApp
from tui.commands import BY_ID, COMMANDS

NAME = ("n", "o", "w", "enter")


@dataclass(frozen=True)
class Case:
    """first: what is pressed before the act, and may leave something; then: what is pressed after its own key."""

    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


ACTS: Mapping[str, Case] = {
    "open": Case(),
    "read": Case(),
    "read-event": Case(),
    "toggle-read": Case(),
    "dismiss": Case(),
    "dismiss-event": Case(),
    "star": Case(),
    "star-event": Case(),
    "tags": Case(then=(*"grain", "enter")),
    "tag-event": Case(then=(*"grain", "enter")),
    "repeat-tags": Case(first=("t", *"grain", "enter", "j")),
    "note": Case(then=(*"ask", "enter")),
    "note-editor": Case(),
    "highlight": Case(first=("H",)),
    "save-query": Case(first=("f", *"is:unread", "enter"), then=NAME),
    "delete-query": Case(first=("f", *"is:unread", "enter", "ctrl+s", *NAME), then=NAME),
    "restore": Case(then=("down", "enter")),
    "restore-everywhere": Case(then=("down", "enter")),
    "merge": Case(first=("v", "]", "v")),
    "split": Case(),
}
NO_MARKS = {"undo", "redo", "add"}  # the first two are tried with each act; what was added stays, and is no mark


def test_every_act_is_tried() -> None:
    acts = {command.id for command in COMMANDS if command.changes_marks}
    assert acts - ACTS.keys() == NO_MARKS
    assert ACTS.keys() <= BY_ID.keys()


State = tuple[dict[StoryId, Mark], tuple[Rule, ...]]


def state(library: Library) -> State:
    marked = {story: mark for story, mark in library.marks.all().items() if mark != UNMARKED}
    return marked, tuple(sorted(library.marks.rules(), key=str))


@contextmanager
def a_ready_editor(app: DiploApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An editor that writes one line; a headless driver has no terminal to lend."""

    @contextmanager
    def lent() -> Iterator[None]:
        yield

    monkeypatch.setattr(app, "suspend", lent)
    monkeypatch.setattr(editor, "edited", lambda _note, _about: "long")
    yield


async def press(app: DiploApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)
        await background.done(app, ("settle", "offers", "filter"))
        await pilot.pause()


@pytest.mark.parametrize("name", list(ACTS))
async def test_an_act_leaves_something_that_one_undo_takes_back_and_redo_does_again(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    case, key = ACTS[name], BY_ID[name].keys[0]
    async with opened(sample_library) as (app, pilot):
        with a_ready_editor(app, monkeypatch):
            event = to_an_event(app)
            if name.startswith("restore"):
                story = next(s for e in app.desk.events for s in e.stories if s.head.source and has_dropped(app, s.id))
                assert app.desk.go_to(story.id)
            app.redraw()
            await settled(app, pilot)
            await press(app, pilot, *case.first)
            before = state(sample_library)
            await press(app, pilot, key, *case.then)
            after = state(sample_library)
            assert after != before, app._said
            await press(app, pilot, "escape", "escape", "u")
            assert state(sample_library) == before
            assert app._said.startswith("Undone: ")
            await press(app, pilot, "ctrl+r")
            assert state(sample_library) == after
        assert len(event.stories) > 1


def has_dropped(app: DiploApp, story: StoryId) -> bool:
    return bool(app.library.story(story).dropped)
