"""Highlights at the desk: a cursor in the text, passages picked, lit, taken off, and undone."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.errors import InputError
from store.library import Library
from store.model import Head, Mark, Passage, Story, StoryId
from store.text.passages import sentences
from tests.tui.test_app import opened, settled, story_row
from tui import editor, pages
from tui.app import DiploApp
from tui.commands import LIST, TEXT
from tui.picking import Picking

STORY = Story(
    StoryId("s"),
    Head("Talks stall"),
    tuple(Passage(text) for text in ("One here. Two here.", "", "Three here. Four here. Five here.")),
)


def picked(app: DiploApp) -> list[str]:
    """What the text pane shows as picked."""
    blocks = app.main.text._blocks
    return [b.text[s:e] for b in blocks for s, e, role in b.spans if role == "picked"]


def lit(app: DiploApp) -> list[str]:
    return [b.text[s:e] for b in app.main.text._blocks for s, e, role in b.spans if role == "highlight"]


async def to_a_text(app: DiploApp, pilot: Pilot[None], *, words: int = 0) -> tuple[StoryId, list[str]]:
    """Opens the first story of so many words; gives it and its sentences."""
    story_row(app)
    app.desk.go(next(n for n, r in enumerate(app.desk.rows) if r.story and r.story.words >= words))
    assert app.desk.story is not None
    story = app.desk.story.id
    await pilot.press("enter")
    await settled(app, pilot)
    texts = app.library.story(story).paragraphs
    return story, [text[a:b] for text in texts for a, b in sentences(text)]


async def test_a_sentence_is_highlighted_shown_taken_off_and_undone(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story, said = await to_a_text(app, pilot)
        await pilot.press("H")
        assert picked(app) == [said[0]]
        assert app._said == "1 sentence picked"
        await pilot.press("j", "j", "k", "H")
        await settled(app, pilot)
        assert sample_library.marks.get(story).highlights == (said[1],)
        assert lit(app) == [said[1]] and picked(app) == [said[1]]
        assert app._said == "Highlighted in 1 story · u takes it back"
        await pilot.press("u")
        await settled(app, pilot)
        assert sample_library.marks.get(story).highlights == () and lit(app) == []
        await pilot.press("ctrl+r", "H")
        assert sample_library.marks.get(story).highlights == ()
        assert app._said.startswith("Took a highlight off")


async def test_a_pick_is_extended_by_v_and_by_shift_and_the_arrows(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story, said = await to_a_text(app, pilot)
        await pilot.press("v", "V", "j", "j")
        assert " ".join(picked(app)).split() == " ".join(said[:3]).split()
        await pilot.press("V", "j", "shift+down")
        assert " ".join(picked(app)).split() == " ".join(said[3:5]).split()
        await pilot.press("shift+up", "H")
        assert sample_library.marks.get(story).highlights == (said[3],)
        assert not app.desk.selected


async def test_escape_leaves_the_pick_then_the_text(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        await to_a_text(app, pilot)
        await pilot.press("H", "escape")
        assert not app.hands.picking and picked(app) == [] and app.pane == TEXT
        await pilot.press("escape")
        assert app.pane == LIST


async def test_h_in_the_list_opens_the_text_and_on_an_event_says_what_to_do(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story_row(app)
        await pilot.press("H")
        assert app.pane == TEXT and len(picked(app)) == 1
        await pilot.press("1")
        assert not app.hands.picking
        app.desk.go(next(n for n, r in enumerate(app.desk.rows) if r.story is None))
        await pilot.press("H")
        assert app.pane == LIST and "Open a story first" in app._said


async def test_the_pick_begins_with_what_stands_at_the_top_of_the_page(sample_library: Library) -> None:
    async with opened(sample_library, size=(60, 20)) as (app, pilot):
        story, said = await to_a_text(app, pilot, words=400)
        await pilot.press("pagedown")
        await settled(app, pilot)
        await pilot.press("H")
        assert picked(app) != [said[0]]
        await pilot.press(*["j"] * len(said))
        assert picked(app) == [said[-1]]
        assert app.main.text.scroll_offset.y > 0
        assert sample_library.marks.get(story).read


async def test_highlights_are_found_by_the_filter(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        story, _ = await to_a_text(app, pilot)
        await pilot.press("H", "H", "escape", "escape", "f", *"has:highlight", "enter")
        await settled(app, pilot)
        assert {s.id for r in app.desk.rows for s in r.stories} == {story}


# --- without a screen


def test_the_cursor_passes_over_what_has_no_sentence_and_stops_at_both_ends() -> None:
    picking = Picking(STORY)
    picking.move(2)
    assert list(picking.spans) == [(2, 0, 11)] and picking.head == (2, 0)
    picking.move(50)
    assert list(picking.spans) == [(2, 23, 33)]
    picking.move(-50)
    assert list(picking.spans) == [(0, 0, 9)]
    picking.move(3, extend=True)
    assert list(picking.spans) == [(0, 0, 19), (2, 0, 22)] and len(picking) == 4


def test_a_pick_begins_at_the_sentence_that_holds_the_place_or_the_first_of_all() -> None:
    assert Picking(STORY, 0, 12).spans == ((0, 10, 19),)
    assert Picking(STORY, 1, 0).spans == ((2, 0, 11),)
    assert Picking(STORY, 9, 0).spans == ((0, 0, 9),)
    with pytest.raises(ValueError, match="no text"):
        Picking(Story(StoryId("s"), STORY.head, (Passage(" "),)))


def test_a_highlight_is_lit_in_every_portion_of_a_long_paragraph() -> None:
    long = " ".join(f"word{n}" for n in range(pages.PORTION // 4))
    story = Story(StoryId("s"), STORY.head, (Passage(long),))
    mark = Mark(highlights=(long[pages.PORTION - 100 : pages.PORTION + 100],))
    blocks = [b for b in pages.story_page(story, mark, with_dropped=False) if b.paragraph == 0]
    shown = "".join(b.text[s:e] for b in blocks for s, e, role in b.spans if role == "highlight")
    assert len([b for b in blocks if b.spans]) == 2 and shown == mark.highlights[0]


def test_a_highlight_that_the_text_no_longer_holds_is_told() -> None:
    blocks = pages.story_page(STORY, Mark(highlights=("Six here.",), note="one\n\ntwo"), with_dropped=False)
    assert any("not in this text any more: Six here." in b.text for b in blocks)
    assert [b.text for b in blocks if b.role == "note"][:3] == ["one", "", "two"]


# --- notes in an editor


def script(folder: Path, body: str) -> dict[str, str]:
    file = folder / "an editor"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return {"VISUAL": f'"{file}" --wait'}


def test_the_editor_gets_the_note_and_gives_it_back_changed(tmp_path: Path) -> None:
    env = script(tmp_path, 'grep -q "Your note on: Talks stall" "$2" && sed -i "1s/^/# head\\n\\n  two  \\n/" "$2"')
    assert editor.edited("old", "Talks\nstall", env) == "# head\n\n  two\nold"
    assert editor.edited("", "Talks stall", {"EDITOR": "true"}) == ""


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ('printf "new" >> "$2"', "old\n\nnew"),
        ('truncate -s -1 "$2"; printf " new\n\nmore\n" >> "$2"', "old\n\n new\n\nmore"),
        ('sed -i "/>8/d" "$2"', "old"),
        ('sed -i "1d" "$2"; printf "new" >> "$2"', "new"),
        ('sed -i "s/$/\\r/" "$2"', "old"),
    ],
)
def test_what_is_written_below_our_lines_is_of_the_note_too(tmp_path: Path, written: str, note: str) -> None:
    assert editor.edited("old", "Talks stall", script(tmp_path, written)) == note


def test_an_editor_that_fails_leaves_the_note_and_says_where_the_text_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ended with status 3\. The note is as it was; what you wrote is in "):
        editor.edited("old", "x", script(tmp_path, "exit 3"))


@pytest.mark.parametrize("asked", ["no-such-editor -w", "'unclosed"])
def test_an_editor_that_is_not_there_is_told_with_what_to_do(asked: str) -> None:
    with pytest.raises(InputError, match=r"VISUAL is .*: set it to your editor"):
        editor.command({"VISUAL": asked, "EDITOR": "true"})


async def test_ctrl_e_writes_the_note_as_one_act_that_can_be_undone(
    sample_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", script(tmp_path, 'printf "one\\n\\ntwo\\n" > "$2"')["VISUAL"])
    async with opened(sample_library) as (app, pilot):
        story = story_row(app)
        await pilot.press("ctrl+e")
        assert app._said == "No editor can be opened here: c writes a note of one line"
        monkeypatch.setattr(DiploApp, "suspend", lambda _: nullcontext())
        await pilot.press("ctrl+e")
        assert sample_library.marks.get(story).note == "one\n\ntwo"
        await pilot.press("c")
        assert "ctrl+e opens it" in app._said and not app.main.prompt.display
        await pilot.press("ctrl+e")
        assert app._said == "The note is as it was"
        await pilot.press("u")
        assert sample_library.marks.get(story).note == ""


async def test_why_no_sentence_is_picked_on_the_row_of_an_event_is_told(sample_library: Library) -> None:
    async with opened(sample_library) as (app, pilot):
        app.desk.go(next(n for n, row in enumerate(app.desk.rows) if row.story is None))
        for key in ("v", "V", "shift+down"):
            app._said = ""
            await pilot.press("2", key)
            assert app._said == "Move to a story: sentences are picked in its text"
