"""The sheet of who said what: laid out by speaker, narrowed to some, followed to the sentence."""

from __future__ import annotations

from store.library import Library
from tests.tui import background
from tests.tui.fakes import Idle
from tests.tui.test_app import opened, settled
from tests.tui.test_sheet import texts
from tui import quoted
from tui.backroom import Record
from tui.commands import TEXT
from tui.screens.sheet import SheetScreen
from tui.sheets import SHEETS
from tui.widgets.page import Page


def quote(text: str, outlet: str, *, direct: bool = True, paragraph: int = 1, story: str = "s1") -> Record:
    return {"text": text, "direct": direct, "verb": "said", "outlet": outlet, "story": story, "paragraph": paragraph}


HALPAS: Record = {
    "speaker": "Joren Halpas",
    "quotes": [
        quote("Not a crown", "Harbour Post"),
        quote("Not a crown", "Aldine", paragraph=4, story="s2"),
        quote("Vardania would not pay a crown", "Envoy", direct=False, story="s3"),
    ],
}
PELLIN: Record = {"speaker": "Rusa Pellin", "quotes": [quote("We dredge the channel", "Aldine", story="s2")]}


def test_each_wording_stands_once_with_the_outlets_that_have_it_and_other_wordings_are_indented() -> None:
    laid = [block for block in quoted.blocks([HALPAS]) if block.text]
    assert [(block.indent, block.text) for block in laid] == [
        (0, "Joren Halpas  1 saying"),
        (2, "“Not a crown”"),
        (2, "said · Harbour Post ¶2, Aldine ¶5"),
        (6, "Vardania would not pay a crown"),
        (6, "said · Envoy ¶2"),
    ]


def test_enter_on_a_wording_leads_to_where_it_stands() -> None:
    stops = [block.stop for block in quoted.blocks([HALPAS]) if block.stop]
    assert [(stop.story, stop.paragraph, stop.sentence) for stop in stops] == [
        ("s1", 1, "Not a crown"),
        ("s3", 1, "Vardania would not pay a crown"),
    ]


def test_sayings_of_one_speaker_stand_under_one_heading() -> None:
    laid = SHEETS["quotes"].blocks([PELLIN, PELLIN, HALPAS], str)
    assert [block.text for block in laid if block.role == "subheading"] == [
        "Rusa Pellin  2 sayings",
        "Joren Halpas  1 saying",
    ]


def test_a_record_of_another_shape_is_laid_out_without_a_stop() -> None:
    laid = quoted.blocks([{"speaker": "X", "quotes": [{"text": "so", "direct": False}, "odd"]}])
    assert [block.text for block in laid] == ["X  1 saying", "so", " · no outlet"]
    assert not any(block.stop for block in laid)


async def test_the_quotation_mark_asks_for_the_event_and_f_narrows_to_a_speaker(sample_library: Library) -> None:
    work = Idle()
    work.says = [HALPAS, PELLIN]
    async with opened(sample_library, work=work) as (app, pilot):
        assert app.desk.row is not None
        event = app.desk.row.event.id
        await pilot.press("quotation_mark")
        await background.done(app)
        await pilot.pause()
        assert work.ran[-1] == ("quotes", "--json", "--event", event)
        screen = app.screen
        assert isinstance(screen, SheetScreen)
        whole = texts(screen)
        assert "“Not a crown”" in whole and "“We dredge the channel”" in whole
        await pilot.press("f", "p", "e", "l", "l", "enter")
        await settled(app, pilot)
        assert "“We dredge the channel”" in texts(screen) and "“Not a crown”" not in texts(screen)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("enter")
        await background.done(app)
        assert work.ran[-1][-2:] == ("--speaker", "pell")
        await pilot.press("f", "escape")
        await settled(app, pilot)
        assert texts(screen) == whole


async def test_enter_in_the_sheet_jumps_to_the_words_in_the_story(sample_library: Library) -> None:
    work = Idle()
    async with opened(sample_library, work=work) as (app, pilot):
        assert app.desk.row is not None
        story = app.desk.row.event.stories[-1].id
        first = sample_library.story(story).paragraphs[0]
        work.says = [{"speaker": "X", "quotes": [quote(first[:20].strip(), "Aldine", paragraph=0, story=story)]}]
        await pilot.press("quotation_mark")
        await background.done(app)
        await pilot.pause()
        await pilot.press("j", "enter")
        await settled(app, pilot)
        assert app.desk.story is not None and app.desk.story.id == story
        spotted = [
            b for b in app.screen.query_one(f"#{TEXT}", Page)._blocks if any(role == "spot" for *_, role in b.spans)
        ]
        assert [b.paragraph for b in spotted] == [0]
