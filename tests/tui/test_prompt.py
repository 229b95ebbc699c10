"""The prompt by itself: what is offered, numbered, taken and underlined."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, Label, OptionList

from tests.tui import background
from tui.prompts import _tags
from tui.widgets.prompt import Offer, Offers, Prompt, Question


class Asking(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.prompt = Prompt()
        self.answers: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.prompt

    def on_prompt_answered(self, message: Prompt.Answered) -> None:
        self.answers.append(message.value)

    @property
    def line(self) -> Input:
        return self.prompt.query_one(Input)

    def shown(self) -> list[str]:
        options = self.prompt.query_one(OptionList).options
        return [str(option.prompt) for option in options]


async def rest(app: App[None], pilot: Pilot[None]) -> None:
    await background.done(app)
    await pilot.pause()


@asynccontextmanager
async def asked_for_tags(offers: Offers) -> AsyncIterator[tuple[Asking, Pilot[None]]]:
    app = Asking()
    async with app.run_test() as pilot:
        app.prompt.ask(Question("tags", "tags ", "", "", offers, numbered=True))
        yield app, pilot


TAGS = _tags(Counter({"grain": 9, "straits": 4, "2025": 2, "port": 1}), Counter({"port": 3, "straits": 1}))


async def test_a_digit_that_no_tag_has_types_nothing_and_is_told() -> None:
    async with asked_for_tags(TAGS) as (app, pilot):
        await rest(app, pilot)
        await pilot.press("7")
        await rest(app, pilot)
        assert app.line.value == ""
        assert "Nothing has the number 7 here" in str(app.prompt.query_one("#prompt-error", Label).content)
        await pilot.press("#", "7", "enter")
        await rest(app, pilot)
        assert app.answers == ["#7"]


async def test_a_digit_typed_faster_than_tags_are_offered_takes_one_too() -> None:
    def slow(typed: str, cursor: int) -> Sequence[Offer]:
        time.sleep(0.05)
        return TAGS(typed, cursor)

    async with asked_for_tags(slow) as (app, pilot):
        await pilot.press("2", "enter")
        await rest(app, pilot)
        assert app.answers == ["straits "]


async def test_a_digit_is_a_word_where_there_are_no_tags_yet() -> None:
    async with asked_for_tags(_tags(Counter(), Counter())) as (app, pilot):
        await rest(app, pilot)
        await pilot.press("7", "enter")
        await rest(app, pilot)
        assert app.answers == ["7"]


async def test_those_that_are_left_keep_their_numbers() -> None:
    async with asked_for_tags(TAGS) as (app, pilot):
        await rest(app, pilot)
        for digit in "13":
            await pilot.press(digit)
            await rest(app, pilot)
        assert app.line.value == "port grain "
        assert app.shown() == ["2 straits  4 stories", "4 2025     2 stories"]


async def test_digits_take_the_tags_used_most_of_late() -> None:
    async with asked_for_tags(TAGS) as (app, pilot):
        await rest(app, pilot)
        assert app.shown() == [
            "1 port     1 story",
            "2 straits  4 stories",
            "3 grain    9 stories",
            "4 2025     2 stories",
        ]
        await pilot.press("2")
        await rest(app, pilot)
        assert app.line.value == "straits "
        await pilot.press("1")
        await rest(app, pilot)
        assert app.line.value == "straits port "
        await pilot.press("enter")
        assert app.answers == ["straits port "]


async def test_a_digit_within_a_word_is_a_digit() -> None:
    async with asked_for_tags(TAGS) as (app, pilot):
        await rest(app, pilot)
        await pilot.press("g")
        await rest(app, pilot)
        await pilot.press("1")
        assert app.line.value == "g1"
        app.line.value = ""
        await pilot.press("#", "2")
        assert app.line.value == "#2"


async def test_what_was_not_understood_is_underlined_until_something_is_typed() -> None:
    app = Asking()
    async with app.run_test() as pilot:
        app.prompt.ask(Question("filter", "filter ", "is:unred x", error="did you mean `is:unread`?", wrong=(0, 8)))
        await pilot.pause()
        assert app.line.cursor_position == 8
        spans = app.prompt._wrong(app.line.value).spans
        assert [(s.start, s.end) for s in spans] == [(0, 8)]
        await pilot.press("backspace")
        assert app.prompt._wrong(app.line.value).spans == []


async def test_the_arrows_choose_and_the_first_enter_takes_what_was_chosen() -> None:
    def offers(typed: str, cursor: int) -> list[Offer]:
        return [Offer(f"{word} ", len(word) + 1, word) for word in ("ala", "alb", "alc") if word.startswith(typed)]

    app = Asking()
    async with app.run_test() as pilot:
        app.prompt.ask(Question("x", "x ", offers=offers))
        await pilot.press("a")
        await rest(app, pilot)
        assert app.shown() == ["ala", "alb", "alc"]
        await pilot.press("up", "up", "enter")
        await rest(app, pilot)
        assert (app.line.value, app.answers) == ("alb ", [])
        await pilot.press("enter")
        assert app.answers == ["alb "]
