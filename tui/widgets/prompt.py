"""Prompt: one line at the foot of the desk that asks for a search, a filter, tags, a note, a file name or a folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len, set_cell_size
from rich.highlighter import Highlighter
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerError

from store.model import StoryId

SHOWN = 8  # offers in sight at once


@dataclass(frozen=True, slots=True)
class Offer:
    """A way the line could go on: the line it makes and the cursor in it, the word as it is shown, and a remark.
    number: by which it is taken, where that is not its place among the others; 0 for none."""

    line: str
    cursor: int
    word: str
    remark: str = ""
    number: int | None = None


Offers = Callable[[str, int], Sequence[Offer]]
"""From what is typed and the cursor in it to how it could go on, likeliest first. Called in a thread."""


Telling = Callable[[str, int, Sequence[Offer]], str]
"""From what is typed, the cursor in it and what is offered to what the keys do now; empty: what the hint says."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: its name, the label before the input, what stands in it, a hint after it; fresh: typing replaces
    what stands in it. error is shown above, and the part of the line from wrong[0] to wrong[1] underlined. numbered:
    the first nine offers carry numbers, and a digit typed where a word would begin takes one; at_once: to take one is
    to answer. about: the stories the answer is for. telling: what stands in place of the hint. before: what holds
    again where the question is given up."""

    what: str
    label: str
    value: str = ""
    hint: str = ""
    offers: Offers | None = None
    fresh: bool = False
    numbered: bool = False
    error: str = ""
    wrong: tuple[int, int] = (0, 0)
    at_once: bool = False
    about: Sequence[StoryId] = ()
    telling: Telling | None = None
    before: str = ""


class _Wrong(Highlighter):
    """Underlines the part of the line that was not understood, until something is typed."""

    def __init__(self) -> None:
        self.span = (0, 0)

    def highlight(self, text: Text) -> None:
        text.stylize("underline bold", *self.span)


def _keys(question: Question, instead: str = "") -> str:
    """The keys of a prompt, with its hint or what stands instead: they stand where the footer stood."""
    said = instead or question.hint
    told = ["Tab completes"] if question.offers and "Tab" not in said else []
    told += ["Esc gives up"] if "Esc" not in said else []
    hint = [said] if said else []
    return " " + " · ".join([*hint, *told] if "Enter" in said else [*told, *hint])


def _word_begins(at: tuple[str, int] | None) -> bool:
    """Whether a word would begin at the cursor."""
    if at is None:
        return False
    text, cursor = at
    return cursor == 0 or text[cursor - 1] in " ,"


class Prompt(Vertical):
    """Hidden until something is asked; Enter answers, Esc does not, Tab completes, the arrows choose an offer."""

    class Answered(Message):
        def __init__(self, question: Question, value: str) -> None:
            super().__init__()
            self.question = question
            self.value = value

    class Typed(Message):
        """The answer so far, for searching while typing. Not an Answered: it closes nothing."""

        def __init__(self, question: Question, value: str) -> None:
            super().__init__()
            self.question = question
            self.value = value

    class GivenUp(Message):
        def __init__(self, question: Question) -> None:
            super().__init__()
            self.question = question

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.question: Question | None = None
        self._wrong = _Wrong()
        self._offers: tuple[Offer, ...] = ()
        self._offered_for: tuple[str, int] | None = None
        self._numbering: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        yield Label("", id="prompt-error", markup=False)
        offers = OptionList(id="prompt-offers", markup=False, compact=True)
        offers.can_focus = False
        yield offers
        with Horizontal(id="prompt-line"):
            yield Label("", id="prompt-label", markup=False)
            yield Input(id="prompt-input", compact=True, select_on_focus=False, highlighter=self._wrong)
        yield Label("", id="prompt-hint", markup=False)

    def on_mount(self) -> None:
        self.display = False

    def ask(self, question: Question) -> None:
        self.question = question
        self.query_one("#prompt-label", Label).update(Content(question.label))
        self._say_wrong(question.error, question.wrong)
        self._show_offers(())
        line = self.query_one(Input)
        with line.prevent(Input.Changed):
            line.value = question.value
        line.cursor_position = question.wrong[1] if question.error else len(question.value)
        if question.fresh:  # what stands there goes with the first key
            line.action_select_all()
        self.display = True
        if question.numbered:
            self._look_soon()
        self._toasts_above(True)
        self.screen.set_focus(line)  # at once: a key typed right after must land here

    def _toasts_above(self, above: bool) -> None:
        """A class of the screen would say it too, and have all that is on it styled anew."""
        for rack in self.screen.query("ToastRack"):
            rack.set_class(above, "-asking")

    # --- what is offered

    @property
    def offered(self) -> tuple[Offer, ...]:
        return self._offers

    def _show_offers(self, offers: Sequence[Offer], made_for: tuple[str, int] | None = None) -> None:
        self._offers, self._offered_for = tuple(offers), made_for
        shown = self.query_one(OptionList)
        shown.clear_options()
        widest = max((cell_len(o.word) for o in offers), default=0)
        numbered = self.question is not None and self.question.numbered and _word_begins(made_for)
        for place, offer in enumerate(offers, 1):
            number = place if offer.number is None else offer.number
            before = f"{number if 0 < number < 10 else ' '} " if numbered else ""
            word = set_cell_size(offer.word, widest)
            shown.add_option(Option(f"{before}{word}  {offer.remark}".rstrip()))
        shown.highlighted = None
        shown.display = bool(offers)
        self._tell_keys(made_for)

    def _tell_keys(self, made_for: tuple[str, int] | None = None) -> None:
        if question := self.question:
            instead = question.telling(*made_for, self._offers) if question.telling and made_for else ""
            self.query_one("#prompt-hint", Label).update(Content(_keys(question, instead)))

    async def _look(self) -> None:
        """Offers what could come next, unless the reader has typed on or gone meanwhile."""
        question, line = self.question, self.query_one(Input)
        if question is None or question.offers is None:
            return
        text, cursor = line.value, line.cursor_position
        offers = await asyncio.to_thread(question.offers, text, cursor)
        if self.question is question and (line.value, line.cursor_position) == (text, cursor):
            self._show_offers([o for o in offers if o.line != text], (text, cursor))

    def _look_soon(self) -> None:
        _: Worker[None] = self.run_worker(self._look, exclusive=True, group="offers")

    def _numbered(self, text: str) -> tuple[int, tuple[str, int]] | None:
        """The number just typed where a word would begin, and the line and its cursor before that."""
        cursor = self.query_one(Input).cursor_position
        typed = text[cursor - 1 : cursor]
        before = (text[: cursor - 1] + text[cursor:], cursor - 1)
        asked = self.question is not None and self.question.numbered
        return (int(typed), before) if asked and typed in tuple("123456789") and _word_begins(before) else None

    async def _take_number(self, number: int, before: tuple[str, int], question: Question) -> None:
        """Takes the offer of a number typed before anything was offered: the key was faster."""
        line = self.query_one(Input)
        typed = (line.value, line.cursor_position)
        offers = await asyncio.to_thread(question.offers, *before) if question.offers else ()
        if self.question is question and (line.value, line.cursor_position) == typed:
            self._show_offers([o for o in offers if o.line != before[0]], before)
            self._take_offered(number, before)

    def _take_offered(self, number: int, before: tuple[str, int]) -> None:
        """Takes the offer of a number; a number that no offer has is taken off again, and told: a tag of that name
        begins with #. Where nothing is offered it is a word like any other."""
        numbered = ((o, at if o.number is None else o.number) for at, o in enumerate(self._offers, 1))
        if offer := next((o for o, own in numbered if own == number), None):
            self._take(offer)
            self._answer_at_once()
        elif self._offers:
            line = self.query_one(Input)
            with line.prevent(Input.Changed):
                line.value, line.cursor_position = before
            tags = self.question is not None and self.question.what.startswith("tags")
            own = f"; a tag of that name is typed #{number}" if tags else ""
            self._say_wrong(f"Nothing has the number {number} here{own}", (0, 0))
        else:
            self._look_soon()

    def _take(self, offer: Offer) -> None:
        line = self.query_one(Input)
        line.value = offer.line  # told as typed: what comes after it is offered next
        line.cursor_position = offer.cursor

    async def _complete(self) -> None:
        line = self.query_one(Input)
        if self._offered_for != (line.value, line.cursor_position):  # Tab was faster than the thread
            await self._look()
        chosen = self.query_one(OptionList).highlighted
        if self._offers:
            self._take(self._offers[chosen or 0])
        else:
            line.action_end()

    def _choose(self, step: int) -> None:
        shown = self.query_one(OptionList)
        at = shown.highlighted
        if at is None:
            shown.highlighted = 0 if step > 0 else len(self._offers) - 1
        else:
            shown.highlighted = (at + step) % len(self._offers)
        self._tell_keys()  # Enter takes what is chosen now

    def _say_wrong(self, error: str, wrong: tuple[int, int]) -> None:
        self._wrong.span = wrong if error else (0, 0)
        label = self.query_one("#prompt-error", Label)
        label.update(Content(error))
        label.display = bool(error)

    # --- what is typed

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        if self.question:
            self._say_wrong("", (0, 0))
            if numbered := self._numbered(message.value):
                if self._offered_for == numbered[1]:
                    self._take_offered(*numbered)
                else:
                    taking = partial(self._take_number, *numbered, self.question)
                    self._numbering = self.run_worker(taking, exclusive=True, group="offers")
                return
            self._look_soon()
            self.post_message(self.Typed(self.question, message.value))

    @on(Input.Submitted)
    async def _answered(self, message: Input.Submitted) -> None:
        message.stop()
        value = message.value  # as it was at Enter: a key typed right behind may have reached the line since
        if self._numbering and not self._numbering.is_finished:
            with suppress(WorkerError):
                await self._numbering.wait()
            value = self.query_one(Input).value
        chosen = self.query_one(OptionList).highlighted
        if self._offers and chosen is not None:  # the first Enter takes what was chosen, the next one answers
            self._take(self._offers[chosen])
            self._answer_at_once()
            return
        question = self._close()
        if question:
            self.post_message(self.Answered(question, value))

    def _answer_at_once(self) -> None:
        if self.question and self.question.at_once:
            self.query_one(OptionList).highlighted = None
            self.query_one(Input).post_message(Input.Submitted(self.query_one(Input), self.query_one(Input).value))

    async def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            question = self._close()
            if question:
                self.post_message(self.GivenUp(question))
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            await self._complete()
        elif event.key in ("down", "up") and self._offers:
            event.stop()
            event.prevent_default()
            self._choose(1 if event.key == "down" else -1)

    def _close(self) -> Question | None:
        question, self.question = self.question, None
        self.display = False
        self._toasts_above(False)
        return question
