"""Rules that are made at the desk: a line restored, events put together, a story set apart; each can be undone."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from store.library import Library
from store.model import RuleKind
from tests.conftest import NOW
from tests.tui import background
from tests.tui.fakes import Idle
from tests.tui.test_app import opened, settled, story_row
from tui.app import DiploApp


def to_a_story_with_something_dropped(app: DiploApp) -> tuple[str, str]:
    for number, row in enumerate(app.desk.rows):
        if row.story and (dropped := app.library.story(row.story.id).dropped):
            app.desk.go(number)
            return row.story.id, dropped[0].text
    raise AssertionError("no sample has furniture")


async def test_capital_b_offers_what_was_dropped_and_restores_it(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        story, line = to_a_story_with_something_dropped(app)
        await pilot.press("B")
        await settled(app, pilot)
        first = app.main.prompt.offered[0]
        assert (first.line, bool(first.remark)) == (line, True)
        await pilot.press("down", "enter")
        await settled(app, pilot)
        (rule,) = sample_library.marks.rules(RuleKind.KEEP)
        assert (rule.of, rule.text) == ((story,), " ".join(line.split()))
        await background.done(app)
        assert ("settle", "--json", f"--reread={story}") in work.ran
        work.ran.clear()
        await pilot.press("u")
        await background.done(app)
        assert sample_library.marks.rules(RuleKind.KEEP) == ()
        assert ("settle", "--json", f"--reread={story}") in work.ran


async def test_ctrl_b_restores_a_line_in_all_of_the_outlet(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        for number, row in enumerate(app.desk.rows):
            if row.story and row.story.head.source and app.library.story(row.story.id).dropped:
                app.desk.go(number)
                break
        assert app.desk.story is not None
        outlet = app.desk.story.head.source
        await pilot.press("ctrl+b")
        await settled(app, pilot)
        await pilot.press("down", "enter")
        await settled(app, pilot)
        await background.done(app)
        (rule,) = sample_library.marks.rules(RuleKind.KEEP)
        assert rule.of == (f"outlet:{outlet}",)
        assert ("settle", "--json", f"--outlet={outlet}") in work.ran


async def test_ampersand_puts_the_selected_together_and_number_sign_sets_one_apart(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        alone = [n for n, row in enumerate(app.desk.rows) if row.alone][:2]
        for number in alone:
            app.desk.go(number)
            await pilot.press("v")
        chosen = sorted(app.desk.targets)
        await pilot.press("&")
        await background.done(app)
        (rule,) = sample_library.marks.rules(RuleKind.TOGETHER)
        assert list(rule.of) == chosen
        assert ("settle", "--json", *(f"--story={s}" for s in chosen)) in work.ran
        await pilot.press("u")
        await background.done(app)
        assert sample_library.marks.rules(RuleKind.TOGETHER) == ()
        assert work.ran[-1] == ("settle", "--json", "--regroup")

        app.desk.go(next(n for n, row in enumerate(app.desk.rows) if row.story and not row.alone))
        row = app.desk.row
        assert row is not None and row.story is not None
        await pilot.press("#")
        await background.done(app)
        assert {s for r in sample_library.marks.rules(RuleKind.APART) for s in r.of} == {
            s.id for s in row.event.stories
        }


async def test_what_cannot_be_done_says_what_to_do(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.desk.go(next(n for n, row in enumerate(app.desk.rows) if row.alone))
        await pilot.press("&")
        assert app._said == "Select two stories or events with v, then & makes them one"
        await pilot.press("#")
        assert app._said == "This story stands alone already: # has nothing to part it from"
        app.desk.go(next(n for n, row in enumerate(app.desk.rows) if row.story is None))
        await pilot.press("#")
        assert app._said == "Put the cursor on one story of the event, then # sets it apart"
        await pilot.press("ctrl+k")
        assert app._said == "No query is saved yet: f filters, then ctrl+s saves that"
        await pilot.press("ctrl+s")
        assert app._said == "Nothing to save yet: f filters, then ctrl+s saves that"
        assert not app._notifications and sample_library.marks.rules() == ()


async def test_what_cut_out_lines_do_is_told_and_where_there_are_none(sample_library: Library, tmp_path: Path) -> None:
    whole = {
        "id": "whole",
        "title": "Lamp fees at Kelm",
        "text": "Kelm lowers its lamp fees in May, its harbour office said.",
    }
    (tmp_path / "whole.jsonl").write_text(json.dumps(whole), "utf-8")
    sample_library.add([str(tmp_path / "whole.jsonl")], now=NOW)
    (story,) = sample_library.archive.search("lamp fees Kelm", 1)
    assert not sample_library.story(story).dropped
    async with opened(sample_library) as (app, pilot):
        app.desk.go_to(story)
        await pilot.press("B")
        assert app._said == "Nothing was cut out of this story" and app.main.prompt.question is None
        await pilot.press("b")
        assert app._said == "What cleaning took out: shown"
        await pilot.press("b")
        assert app._said == "What cleaning took out: hidden"


@pytest.mark.parametrize("key", ["&", "#", "ctrl+k", "ctrl+s", "o", "y"])
async def test_why_a_key_does_nothing_here_stands_in_the_status_line_at_eighty_columns(
    sample_library: Library, key: str
) -> None:
    async with opened(sample_library, size=(80, 24)) as (app, pilot):
        app.desk.go(next(n for n, row in enumerate(app.desk.rows) if row.alone))
        await pilot.press(key)
        assert app._said and not app._notifications


async def test_the_desk_takes_back_what_the_terminal_put_together_or_apart(sample_library: Library) -> None:
    event = next(e for e in sample_library.events() if len(e.stories) > 2)
    folder, settings = sample_library.folder, sample_library.settings
    sample_library.close()
    with closing(Library.open(folder, settings)) as terminal:
        terminal.split(event.stories[0].id)
        assert len(terminal.marks.rules(RuleKind.APART)) == len(event.stories) - 1
    work = Idle()
    with closing(Library.open(folder, settings, desk=True)) as library:
        async with opened(library, work=work) as (app, pilot):
            await pilot.press("u")
            await background.done(app)
            assert library.marks.rules() == () and app._said.startswith("Undone: set a story apart")
            assert ("settle", "--json", "--regroup") in work.ran
            await pilot.press("ctrl+r")
            assert len(library.marks.rules(RuleKind.APART)) == len(event.stories) - 1


async def test_the_open_desk_takes_back_what_the_terminal_has_just_set_apart(sample_library: Library) -> None:
    event = next(e for e in sample_library.events() if len(e.stories) > 2)
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        story_row(app)
        await pilot.press("s")
        with closing(Library.open(sample_library.folder, sample_library.settings)) as terminal:
            terminal.split(event.stories[0].id)
        await app.listing.poll()
        assert app._said.startswith("Set a story apart") and "another program" in app._said
        await pilot.press("u")
        await background.done(app)
        assert sample_library.marks.rules() == ()
        assert ("settle", "--json", "--regroup") in work.ran
        await pilot.press("u")
        assert app._said.startswith("Undone: starred 1 story"), "what was done before is undone next"


async def test_what_the_desk_itself_said_of_events_is_not_told_as_another_programs(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.desk.go(next(n for n, row in enumerate(app.desk.rows) if row.story and not row.alone))
        await pilot.press("#")
        await app.listing.poll()
        assert app._said.startswith("Set a story apart") and "another program" not in app._said


async def test_undo_at_the_desk_leaves_what_the_terminal_had_said_before(sample_library: Library) -> None:
    folder, settings = sample_library.folder, sample_library.settings
    alone = [e.stories[0].id for e in sample_library.events() if len(e.stories) == 1][:2]
    sample_library.close()
    with closing(Library.open(folder, settings)) as terminal:
        terminal.merge(alone)
        said = terminal.marks.rules()
    with closing(Library.open(folder, settings, desk=True)) as library:
        async with opened(library, work=Idle()) as (app, pilot):
            app.desk.select(alone)
            for key in ("&", "u", "ctrl+r"):
                await pilot.press(key)
                await background.done(app)
                assert library.marks.rules() == said
    with closing(Library.open(folder, settings, desk=True)) as library:
        async with opened(library, work=Idle()) as (app, pilot):
            for key, left in (("u", said), ("ctrl+r", said), ("u", said), ("u", ())):
                await pilot.press(key)
                await background.done(app)
                assert library.marks.rules() == left


async def test_an_older_word_that_a_merger_lifted_comes_back_with_its_undo(sample_library: Library) -> None:
    async with opened(sample_library, work=Idle()) as (app, pilot):
        app.desk.go(next(n for n, row in enumerate(app.desk.rows) if row.story and not row.alone))
        assert app.desk.row is not None
        together = [s.id for s in app.desk.row.event.stories]
        await pilot.press("#")
        await background.done(app)
        apart = sample_library.marks.rules(RuleKind.APART)
        app.desk.select(together)
        await pilot.press("&")
        await background.done(app)
        assert [r.kind for r in sample_library.marks.rules()] == [RuleKind.TOGETHER]
        told = " ".join([app._said, *(n.message for n in app._notifications)])
        assert " stories together · this lifts: apart " in told and ", set 20" in told and "u takes it back" in told
        await pilot.press("u")
        await background.done(app)
        assert sample_library.marks.rules() == apart
