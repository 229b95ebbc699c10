"""The desk by its keys: each key does what the table says, at three sizes, and nothing read from outside acts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from store.config import Settings
from store.library import Layout, Library, Order
from store.model import StoryId
from tests.conftest import NOW, TODAY
from tests.tui import background
from tests.tui.fakes import Idle
from tui import pages, palette, panes, present
from tui.app import DiploApp
from tui.commands import COMMANDS, LIST, SUMMARY, TEXT
from tui.desk import Row
from tui.present import bars
from tui.screens.help import Help
from tui.widgets.page import Page
from tui.widgets.prompt import Prompt


@asynccontextmanager
async def opened(
    library: Library, *, size: tuple[int, int] = (120, 40), bring: tuple[str, ...] = (), work: Idle | None = None
) -> AsyncIterator[tuple[DiploApp, Pilot[None]]]:
    app = DiploApp(library, work or Idle(), today=TODAY, bring=bring)
    async with app.run_test(size=size) as pilot:
        await settled(app, pilot)
        yield app, pilot


async def settled(app: DiploApp, pilot: Pilot[None]) -> None:
    """Waits until nothing is on its way to the screen."""
    for _ in range(500):
        await pilot.pause()
        groups = ("start", "filter", "panes", "offers", "list", "crowd")
        busy = app.crowds.busy or any(w.group in groups and not w.is_finished for w in app.workers)
        if app.main.furnished and app.desk.rows and not busy and not app.panes.stale():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the desk does not come to rest")


def ids(app: DiploApp) -> list[StoryId]:
    return [s.id for e in app.desk.events for s in e.stories]


def story_row(app: DiploApp) -> StoryId:
    """Puts the cursor on the first story and gives it."""
    number = next(n for n, r in enumerate(app.desk.rows) if r.story)
    app.desk.go(number)
    story = app.desk.story
    assert story is not None
    return story.id


async def test_the_desk_lists_every_sample_story(sample_library: Library) -> None:
    async with opened(sample_library) as (app, _):
        assert len(ids(app)) == sample_library.archive.count() > 48


@pytest.mark.parametrize(
    ("keys", "rows"),
    [("j", 1), ("j j j k", 2), ("down", 1), ("down up", 0), ("G k", -2), ("end", -1), ("j g j", 1), ("G home", 0)],
)
async def test_keys_that_move_the_cursor(sample_library: Library, keys: str, rows: int) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press(*keys.split())
        assert app.desk.cursor == rows % len(app.desk.rows)


@pytest.mark.parametrize(("there", "back"), [("pagedown", "pageup"), ("ctrl+d", "ctrl+u")])
async def test_pages_of_the_list_and_back(sample_library: Library, there: str, back: str) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press(there)
        down = app.desk.cursor
        assert down > 3
        await pilot.press(back)
        assert app.desk.cursor < down


async def test_tab_numbers_and_in_and_out_change_the_pane(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        for key, pane in [
            ("tab", TEXT), ("tab", SUMMARY), ("tab", LIST), ("shift+tab", SUMMARY), ("1", LIST), ("2", TEXT),
            ("3", SUMMARY), ("h", TEXT), ("l", SUMMARY), ("escape", LIST), ("l", TEXT), ("left", LIST), ("right", TEXT),
        ]:  # fmt: skip
            await pilot.press(key)
            assert app.pane == pane, key
            assert app.focused is app.main.widget(pane)


async def test_opening_a_story_marks_it_read(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story = story_row(app)
        await pilot.press("enter")
        assert app.pane == TEXT
        assert sample_library.marks.get(story).read


async def test_moving_over_a_story_does_not_mark_it_read(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press(*"jjjjjkkk")
        assert not any(sample_library.marks.get(s).read for s in ids(app))


async def test_the_never_rule_leaves_an_opened_story_unread(sample_folder: Path) -> None:
    library = Library.open(sample_folder, Settings(mark_read="never"), desk=True)
    async with opened(library) as (app, pilot):
        story = story_row(app)
        await pilot.press("enter")
        assert not library.marks.get(story).read
    library.close()


async def test_r_marks_read_and_goes_to_the_next_unread(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        first = story_row(app)
        await pilot.press("r")
        assert sample_library.marks.get(first).read
        second = app.desk.story
        assert second is not None and second.id != first and not sample_library.marks.get(second.id).read


async def test_capital_r_marks_the_whole_event_read(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        event = next(e for e in app.desk.events if len(e.stories) > 1)
        app.desk.go_to(event.stories[0].id)
        await pilot.press("R")
        assert all(sample_library.marks.get(s.id).read for s in event.stories)


async def test_n_and_p_go_to_unread_stories(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("r", "r", "n")
        here = app.desk.story
        assert here is not None and not sample_library.marks.get(here.id).read
        await pilot.press("p")
        there = app.desk.story
        assert there is not None and there.id != here.id


async def test_brackets_go_from_event_to_event(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        first = app.desk.event
        await pilot.press("]")
        second = app.desk.event
        assert first is not None and second is not None and first.id != second.id
        await pilot.press("[")
        assert app.desk.event == first


def flag(name: str) -> Callable[[Library, StoryId], bool]:
    return lambda library, story: bool(getattr(library.marks.get(story), name))


@pytest.mark.parametrize(
    ("keys", "changed"),
    [
        (("m",), flag("read")),
        (("s",), flag("starred")),
        (("x",), flag("dismissed")),
        (("t", "p", "o", "r", "t", "enter"), flag("tags")),
        (("c", "h", "m", "enter"), flag("note")),
    ],
)
async def test_every_mark_can_be_set_undone_and_done_again(
    sample_library: Library, keys: tuple[str, ...], changed: Callable[[Library, StoryId], bool]
) -> None:
    async with opened(sample_library) as (app, pilot):
        story = story_row(app)
        await pilot.press(*keys)
        await pilot.pause()
        assert changed(sample_library, story)
        await pilot.press("u")
        assert not changed(sample_library, story)
        await pilot.press("ctrl+r")
        assert changed(sample_library, story)


async def test_tags_are_completed_from_those_known(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("t", *"straits", "enter", "n", "t", "s", "t")
        await pilot.pause(0.1)
        await pilot.press("tab", "enter")
        await pilot.pause()
        story = app.desk.story
        assert story is not None and sample_library.marks.get(story.id).tags == ("straits",)


async def test_a_point_repeats_the_last_tags(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("t", *"grain port", "enter", "n", ".")
        story = app.desk.story
        assert story is not None and sample_library.marks.get(story.id).tags == ("grain", "port")


async def test_taking_a_tag_out_of_the_line_takes_it_off(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story = story_row(app)
        await pilot.press("t", *"ab", "enter", "t", "backspace", "backspace", "backspace", "enter")
        assert sample_library.marks.get(story).tags == ()


async def test_acts_hit_the_whole_selection_as_one_step(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("v", "j", "V")
        chosen = set(app.desk.selected)
        assert len(chosen) >= 2
        await pilot.press("s")
        assert all(sample_library.marks.get(s).starred for s in chosen)
        await pilot.press("u")
        assert not any(sample_library.marks.get(s).starred for s in chosen)
        await pilot.press("escape")
        assert not app.desk.selected


async def test_capital_v_alone_selects_one_row_and_says_how_it_goes_on(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story = story_row(app)
        await pilot.press("V")
        assert app.desk.selected == {story}
        assert app._said == "This row is selected · V on another selects from here to there"
        await pilot.press("j", "V")
        assert len(app.desk.selected) >= 2 and story in app.desk.selected


async def test_searching_shows_only_what_holds_the_words_and_f_clears(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        everything = len(app.desk.rows)
        await pilot.press("/", *"ambassador")
        await settled(app, pilot)
        while_typing = len(app.desk.rows)
        assert 0 < while_typing < everything
        await pilot.press("enter")
        assert app.pane == LIST
        assert app.desk.search == "ambassador"
        await pilot.press("F")
        await settled(app, pilot)
        assert len(app.desk.rows) == everything


async def test_giving_up_a_search_shows_everything_again(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        everything = len(app.desk.rows)
        await pilot.press("/", *"ambassador", "escape")
        await settled(app, pilot)
        assert len(app.desk.rows) == everything


async def test_a_filter_shows_what_fits_it(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story = story_row(app)
        await pilot.press("s", "f", *"is:starred", "enter")
        await settled(app, pilot)
        assert {r.story.id for r in app.desk.rows if r.story} == {story}


async def test_a_filter_for_what_is_nowhere_keeps_the_list_and_is_told(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        rows = len(app.desk.rows)
        for ask in ("f", "%"):
            await pilot.press(ask, *"is:unread tag:nowhere", "enter")
            await settled(app, pilot)
            question = app.main.prompt.question
            assert question is not None and "no story has the tag `nowhere`" in question.error
            start, end = question.wrong
            assert question.value[start:end] == "nowhere"
            assert len(app.desk.rows) == rows and app.desk.filter == "" and not app.desk.selected
            await pilot.press("escape")
            await settled(app, pilot)


async def test_a_wrong_filter_keeps_the_list_and_is_told(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        before = len(app.desk.rows)
        await pilot.press("f", *"outlt:post", "enter")
        await settled(app, pilot)
        assert len(app.desk.rows) == before
        assert app.desk.filter == ""
        prompt = app.main.prompt
        assert prompt.display and prompt.query_one(Input).value == "outlt:post"
        assert prompt.question is not None
        assert "did you mean `outlet:`" in prompt.question.error
        assert prompt.question.wrong == (0, len("outlt:post"))
        await pilot.press("escape")
        assert app.pane == LIST


async def test_what_a_filter_could_go_on_as_is_offered_with_counts(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        most = sample_library.archive.values("outlet")[0]
        await pilot.press("f", *"is:unread outlet:")
        await settled(app, pilot)
        offers = app.main.prompt.offered
        assert offers[0].line.startswith("is:unread outlet:") and most[0] in offers[0].line
        assert offers[0].remark == f"{most[1]} {'story' if most[1] == 1 else 'stories'}"
        await pilot.press("down", "down", "enter")
        line = app.main.prompt.query_one(Input)
        assert app.main.prompt.display, "the first Enter takes what was chosen"
        assert line.value == offers[1].line
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.desk.filter == offers[1].line


async def test_names_of_files_are_completed(sample_library: Library, tmp_path: Path) -> None:
    here = tmp_path / "here"
    (here / "inbox [today]").mkdir(parents=True)
    (here / "index.txt").write_text("x")
    (here / ".hidden").write_text("x")
    async with opened(sample_library) as (app, pilot):
        await pilot.press("a")
        line = app.main.prompt.query_one(Input)
        line.value = f"{here}/"
        await settled(app, pilot)
        assert [o.word for o in app.main.prompt.offered] == ["inbox [today]/", "index.txt"]
        line.value = f"{here}/ind"
        line.action_end()
        await pilot.press("tab")
        assert line.value == f"{here}/index.txt"


async def test_a_slip_in_a_search_keeps_the_list_and_is_underlined(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("/", *"straits", "enter")
        await settled(app, pilot)
        shown = ids_shown(app)
        await pilot.press("/", *"(amba", "enter")
        await settled(app, pilot)
        prompt = app.main.prompt
        assert prompt.question and prompt.question.what == "search" and prompt.question.value == "(amba"
        assert "a bracket is not closed" in prompt.question.error and prompt.question.wrong == (0, 1)
        assert (ids_shown(app), app.desk.search) == (shown, "straits")
        await pilot.press("escape")
        await settled(app, pilot)
        assert (ids_shown(app), app.desk.search) == (shown, "straits")
        await pilot.press("/", *"outlt:aldine", "enter")
        await settled(app, pilot)
        assert prompt.question and "did you mean `outlet:`" in prompt.question.error
        await pilot.press("escape", "/", *"outlet:aldin", "enter")
        await settled(app, pilot)
        assert app.desk.search == "outlet:aldin"
        named = {s.id for e in sample_library.matching("outlet:aldine", today=TODAY) for s in e.stories}
        assert ids_shown(app) == named


def ids_shown(app: DiploApp) -> set[StoryId]:
    return {s.id for row in app.desk.rows for s in row.stories}


async def test_a_search_typed_again_begins_anew(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("/", *"ambassador", "enter", "/", *"grain", "enter")
        await settled(app, pilot)
        assert app.desk.search == "grain"


async def test_escape_takes_off_first_the_search_then_the_filter(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("f", *"is:unread", "enter", "/", *"grain", "enter")
        await settled(app, pilot)
        await pilot.press("escape")
        assert (app.desk.filter, app.desk.search) == ("is:unread", "")
        await pilot.press("escape")
        assert app.desk.filter == ""


async def test_what_was_told_goes_with_the_next_key(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.warn("a warning")
        await pilot.pause()
        assert "a warning" in {n.message for n in app._notifications}
        await pilot.press("j")
        assert len(app._notifications) == 0


async def test_plus_and_minus_change_the_length_of_the_summary(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        story_row(app)
        await pilot.press("+")
        await settled(app, pilot)
        assert work.asked[-1]["sentences"] == 4
        await pilot.press("-", "-")
        await settled(app, pilot)
        assert work.asked[-1]["sentences"] == 2


def row_of_several(app: DiploApp) -> Row:
    """Puts the cursor on an event of several stories and gives its row."""
    number = next(n for n, r in enumerate(app.desk.rows) if r.story is None and len(r.stories) > 1)
    app.desk.go(number)
    row = app.desk.row
    assert row is not None
    return row


async def test_capital_n_asks_what_the_stories_read_before_do_not_hold(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panes, "SETTLED", 60.0)  # no other row is asked about
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        row = row_of_several(app)
        app.redraw()
        await settled(app, pilot)
        assert "read" not in work.asked[-1]["stories"][0]  # type: ignore[index]
        await pilot.press("N")
        await settled(app, pilot)
        assert not any(request["method"] == "new" for request in work.asked)
        app.desk.set_read([row.stories[0].id])
        app.redraw()
        await settled(app, pilot)
        asked = next(request for request in work.asked if request["method"] == "new")
        told = {story["id"]: story["read"] for story in asked["stories"]}  # type: ignore[attr-defined]
        assert told == {s.id: s is row.stories[0] for s in row.stories}
        number = len(work.asked)
        await pilot.press("N")
        await settled(app, pilot)
        assert len(work.asked) == number  # the summary of the whole was kept


async def test_the_rows_beside_the_cursor_are_summarised_when_it_rests(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panes, "SETTLED", 0.0)
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        app.desk.go(3)
        app.redraw()
        await settled(app, pilot)
        await background.done(app)
        number = len(work.asked)
        for key in ("j", "k", "k"):
            monkeypatch.setattr(panes, "SETTLED", 60.0)
            await pilot.press(key)
            await settled(app, pilot)
        assert len(work.asked) == number


async def test_moving_on_gives_up_the_rows_beside(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panes, "SETTLED", 60.0)
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        await pilot.press("j", "j")
        await settled(app, pilot)
        assert sum(w.group == "ahead" and not w.is_finished for w in app.workers) == 1
        assert len(work.asked) <= 3


async def test_capital_o_goes_through_the_orders_and_stays_on_the_story(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story = story_row(app)
        first = app.desk.events[0].id
        await pilot.press("O")
        await settled(app, pilot)
        assert app.desk.order is Order.OUTLETS
        counts = [len(e.outlets) for e in app.desk.events]
        assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]
        assert app.desk.story is not None and app.desk.story.id == story
        await pilot.press("O", "O", "O")
        await settled(app, pilot)
        assert app.desk.order is Order.OLDEST and app.desk.events[-1].id == first


async def test_a_flat_list_has_every_order(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("O", "E", "E")
        await settled(app, pilot)
        assert app.desk.layout is Layout.STORIES and app._said == "One row a story"
        assert "most outlets first" in present.status_line(app.desk, "")
        by_id = {e.id: e for e in sample_library.events()}

        def counts(what: str) -> list[int]:
            return [len(getattr(by_id[row.event.id], what)) for row in app.desk.rows]

        assert counts("outlets") == sorted(counts("outlets"), reverse=True)
        assert counts("outlets")[0] > counts("outlets")[-1]
        await pilot.press("O")
        await settled(app, pilot)
        assert app._said == "Most origins first, those of the story's event"
        assert counts("origins") == sorted(counts("origins"), reverse=True)


async def test_capital_e_goes_through_the_layouts(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story = story_row(app)
        events = len(app.desk.events)
        await pilot.press("E")
        await settled(app, pilot)
        assert app.desk.layout is Layout.STORYLINES and len(app.desk.events) < events
        await pilot.press("E")
        await settled(app, pilot)
        assert len(app.desk.rows) == sample_library.archive.count()
        assert all(row.alone for row in app.desk.rows)
        assert app.desk.story is not None and app.desk.story.id == story


async def test_panes_changed_faster_than_their_focus_is_told_end_with_the_last(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("2")
        for pane in ("list-pane", "text-pane"):
            app.action_command(pane)
        await pilot.pause()
        assert app.pane == TEXT and app.focused is app.main.text


async def test_a_key_makes_the_status_line_once(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(sample_library) as (_, pilot):
        made = []

        def status_line(*given: object) -> str:
            made.append(given)
            return bars.status_line(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(present, "status_line", status_line)
        await pilot.press("j")
        assert len(made) == 1


async def test_capital_z_folds_all_events_and_unfolds_them(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        assert app.desk.event is not None
        rows, at = len(app.desk.rows), app.desk.event.id
        await pilot.press("Z")
        await settled(app, pilot)
        assert len(app.desk.rows) == len(app.desk.events)
        assert app.desk.event.id == at
        await pilot.press("Z")
        await settled(app, pilot)
        assert len(app.desk.rows) == rows


async def test_order_layout_and_the_place_on_the_screen_are_there_again_after_a_restart(sample_folder: Path) -> None:
    library = Library.open(sample_folder, Settings(), desk=True)
    async with opened(library, size=(120, 20)) as (app, pilot):
        await pilot.press("O", "E")
        await settled(app, pilot)
        await pilot.press("G", *"kkkkkkkkk")
        await settled(app, pilot)
        before = app.main.rows.scroll_offset.y, app.desk.cursor
        assert before[0] > 0
        await pilot.press("q")
    library.close()
    again = Library.open(sample_folder, Settings(), desk=True)
    async with opened(again, size=(120, 20)) as (app, _):
        assert (app.desk.order, app.desk.layout) == (Order.OUTLETS, Layout.STORYLINES)
        assert (app.main.rows.scroll_offset.y, app.desk.cursor) == before
    again.close()


async def test_b_shows_what_cleaning_took_out_and_hides_it_again(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        dropped = next(s for s in ids(app) if sample_library.story(s).dropped)
        app.desk.go_to(dropped)
        await pilot.press("b")
        await settled(app, pilot)
        page = app.main.text
        number = next(n for n, b in enumerate(page._blocks) if b.role == "dropped")
        assert page._blocks[number].side
        first, reason = page._starts[number], page._blocks[number].side.split()[0]
        shown = [page.render_line(y).text for y in range(first, page._starts[number + 1])]
        assert reason in shown[0] and {line.index("┆") for line in shown} == {pages.SIDE - 1}
        await pilot.press("b")
        await settled(app, pilot)
        assert not any(b.role == "dropped" for b in app.main.text._blocks)


async def test_z_shows_the_text_alone_and_back(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("z")
        await pilot.pause()
        left = app.main.query_one("#left")
        assert app.main.text.display and not left.display
        await pilot.press("z")
        await pilot.pause()
        assert left.display


async def test_enter_on_a_sentence_of_the_summary_marks_it_in_the_text(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        app.redraw()
        await settled(app, pilot)
        await pilot.press("3", "enter")
        await settled(app, pilot)
        assert app.pane == TEXT
        assert any(span[2] == "spot" for b in app.main.text._blocks for span in b.spans)


async def test_space_pages_through_the_text_and_on_to_the_next_unread(sample_library: Library) -> None:
    async with opened(sample_library, size=(120, 16)) as (app, pilot):
        story = max(ids(app), key=lambda s: sum(map(len, sample_library.story(s).paragraphs)))
        app.desk.go_to(story)
        app.redraw()
        await settled(app, pilot)
        await pilot.press("space")
        assert app.main.text.scroll_offset.y > 0
        assert app.desk.story is not None and app.desk.story.id == story
        for _ in range(100):
            await pilot.press("space")
            if app.desk.story and app.desk.story.id != story:
                break
        assert sample_library.marks.get(story).read
        assert app.desk.story is not None and app.desk.story.id != story


async def test_o_opens_only_web_addresses(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "fox")
    for far in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(far, raising=False)
    async with opened(sample_library) as (app, pilot):
        went: list[str] = []
        monkeypatch.setattr(app, "open_url", lambda url: went.append(url))
        linked = next(s for e in app.desk.events for s in e.stories if s.head.url)
        bare = next(s for e in app.desk.events for s in e.stories if not s.head.url)
        app.desk.go_to(bare.id)
        await pilot.press("o")
        assert went == []
        app.desk.go_to(linked.id)
        await pilot.press("o")
        assert went == [linked.head.url]


async def test_y_copies_the_link_or_the_title(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        linked = next(s for e in app.desk.events for s in e.stories if s.head.url)
        bare = next(s for e in app.desk.events for s in e.stories if not s.head.url)
        app.desk.go_to(linked.id)
        await pilot.press("y")
        assert app.clipboard == linked.head.url
        app.desk.go_to(bare.id)
        await pilot.press("y")
        assert app.clipboard == bare.head.title


async def test_e_exports_the_selection_by_the_headless_command(sample_library: Library, tmp_path: Path) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        story = story_row(app)
        await pilot.press("v", "e", "enter")
        await pilot.pause(0.1)
        assert work.ran[-1][0] == "export"
        assert f"--story={story}" in work.ran[-1]


async def test_a_adds_and_shows_what_was_rejected(sample_library: Library) -> None:
    work = Idle()
    work.says = [
        {"stage": "reading", "done": 1, "total": 2},
        {"source": "x.pdf", "reason": "binary"},
        {"added": 0, "same": 0, "revised": 0, "rejected": 1},
    ]
    async with opened(sample_library, work=work) as (app, pilot):
        await pilot.press("a", "x", "enter")
        await pilot.pause(0.1)
        assert work.ran[-1] == ("add", "--json", "--", "x")
        assert any("binary" in n.message for n in app._notifications)


async def test_paths_given_at_the_start_are_added_in_the_background(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work, bring=("folder",)) as (_, pilot):
        await pilot.pause(0.1)
        assert work.ran == [("add", "--json", "--", "folder")]


async def test_escape_with_nothing_to_drop_says_so_and_folds_nothing(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.desk.go(next(n for n, r in enumerate(app.desk.rows) if r.story is None))
        rows, at = len(app.desk.rows), app.desk.cursor
        await pilot.press("escape")
        assert (len(app.desk.rows), app.desk.cursor) == (rows, at)
        assert app._said == "Nothing to drop or to clear · h steps out of an event, and folds it"
        await pilot.press("h")
        assert len(app.desk.rows) < rows


async def test_a_range_waits_until_the_list_is_whole(sample_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("v", "j")
        chosen = set(app.desk.selected)
        monkeypatch.setattr(type(app.desk), "whole", False)
        await pilot.press("V")
        assert set(app.desk.selected) == chosen and "still being read" in app._said


async def test_capital_x_stops_an_import(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        await pilot.press("ctrl+x")
        assert not work.stopped and "Nothing runs" in app._said
        work.waits = True
        await pilot.press("a", "x", "enter")
        await pilot.pause(0.1)
        await pilot.press("ctrl+x")
        assert work.stopped


async def test_help_shows_every_command(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await pilot.press("?")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        text = "\n".join(b.text for b in app.screen.query_one(Page)._blocks)
        assert all(c.label in text for c in COMMANDS)
        await pilot.press("escape")
        assert not isinstance(app.screen, Help)


async def test_the_palette_finds_every_command(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        names = {c.title.casefold() for c in palette.offers(app, palette.in_use(sample_library))}
        assert {c.label.casefold() for c in COMMANDS if c.id != "palette"} <= names
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert app.screen.__class__.__name__ == "CommandPalette"


async def test_q_quits_at_once_with_everything_saved(sample_folder: Path) -> None:
    library = Library.open(sample_folder, Settings(), desk=True)
    async with opened(library) as (app, pilot):
        story = story_row(app)
        await pilot.press("s", "j", "j", "+", "q")
        cursor = app.desk.row.key if app.desk.row else None
    library.close()
    again = Library.open(sample_folder, Settings(), desk=True)
    assert again.marks.get(story).starred
    async with opened(again) as (app, _):
        assert app.desk.row is not None and app.desk.row.key == cursor
        assert app.desk.length == 4
    again.close()


async def test_the_mouse_picks_rows_opens_stories_and_follows_sentences(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        app.redraw()
        await settled(app, pilot)
        first = next(e for e in app.desk.events if len(e.stories) > 1)
        row = next(n for n, r in enumerate(app.desk.rows) if r.story == first.stories[1])
        y = app.desk.lines.line_of(row)
        await pilot.click("#list", offset=(6, y))
        assert app.desk.story == first.stories[1]
        await pilot.click("#list", offset=(6, y), times=2)
        await settled(app, pilot)
        assert app.pane == TEXT
        await pilot.click("#summary", offset=(6, 1))
        await settled(app, pilot)
        assert any(span[2] == "spot" for b in app.main.text._blocks for span in b.spans)


async def test_the_wheel_scrolls_the_text_without_moving_the_cursor(sample_library: Library) -> None:
    async with opened(sample_library, size=(120, 14)) as (app, pilot):
        story_row(app)
        app.redraw()
        await settled(app, pilot)
        here = app.desk.cursor
        app.main.text.scroll_down(animate=False)
        await pilot.pause()
        assert app.main.text.scroll_offset.y == 1
        assert app.desk.cursor == here


def test_every_command_has_a_test_that_presses_its_key() -> None:
    pressed = "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    missing = [
        c.id
        for c in COMMANDS
        if not any(f'"{k}"' in pressed or f" {k} " in pressed or f'"{k} ' in pressed for k in c.keys)
    ]
    assert missing == []


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_at_each_size_list_text_and_summary_can_be_seen(sample_library: Library, size: tuple[int, int]) -> None:
    async with opened(sample_library, size=size) as (app, pilot):
        story_row(app)
        for key, pane in [("1", LIST), ("2", TEXT), ("3", SUMMARY)]:
            await pilot.press(key)
            await pilot.pause()
            widget = app.main.widget(pane)
            assert widget.display and widget.region.width >= 28 and widget.region.height >= 15
        shown = sum(bool(app.main.widget(p).region) for p in (LIST, TEXT, SUMMARY))
        assert shown == {120: 3, 80: 2, 60: 1}[size[0]]


async def test_a_second_desk_says_so_and_what_it_marks_the_first_sees(sample_library: Library) -> None:
    second = Library.open(sample_library.folder, Settings(), desk=True)
    async with opened(second) as (app, pilot):
        await pilot.pause(0.2)
        assert any("nother desk has this library open" in toast.message for toast in app._notifications)
        story = story_row(app)
        await pilot.press("s")
        await pilot.pause()
        second.marks.flush()
        assert story in sample_library.poll().marks
        assert sample_library.marks.get(story).starred
    second.close()


async def test_an_empty_library_says_what_to_press(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "empty", Settings(), desk=True)
    app = DiploApp(library, Idle(), today=TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        assert "Press a and name a file or a folder" in app.main.rows.empty_text
        for command in COMMANDS:
            if command.id not in ("quit", "palette", "help"):
                await pilot.press(command.keys[0])
                if app.main.query_one(Prompt).display:
                    await pilot.press("escape")
        assert app.is_running
    library.close()


HOSTILE = [
    "Talks [/] stall",
    "[@click=app.quit]x[/] at the border",
    "Envoy \x1b]52;c;aGVsbG8=\x07 recalled",
    "Minister \u202egnorw\u202c answers",
    "[bold red]Talks[/bold red] [link=file:///etc/passwd]open[/link]",
    "Talks " + "very " * 400 + "long",
    "会談 " * 40,
    "محادثات السلام تتوقف",
    "e\u0301\u0301\u0301\u0301 combining",
]


async def test_hostile_headlines_are_only_text_in_every_widget(tmp_path: Path) -> None:
    file = tmp_path / "hostile.jsonl"
    import json

    records = [
        {
            "id": str(n),
            "title": h,
            "text": f"{h}\n\nThe envoys met in Solmark on day {n}. {h}",
            "outlet": h,
            "byline": h,
        }
        for n, h in enumerate(HOSTILE)
    ]
    file.write_text("\n".join(map(json.dumps, records)), "utf-8")
    library = Library.open(tmp_path / "library", Settings(), desk=True)
    assert len(library.add([str(file)], now=NOW).added) == len(HOSTILE)
    for size in ((120, 40), (60, 20)):
        async with opened(library, size=size) as (app, pilot):
            for _ in range(len(app.desk.rows)):
                for key in ("s", "t", "escape", "c", "escape", "y", "3", "1", "b", "j"):
                    await pilot.press(key)
            assert app.is_running
            screen = app.export_screenshot()
            assert "\x1b" not in screen and "\u202e" not in screen
            assert "click" not in {
                k
                for w in app.main.rows._drawn.values()
                for s in w
                for seg in s
                if seg.style and seg.style.meta
                for k in seg.style.meta
            }
    library.close()
