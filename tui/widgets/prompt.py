"""Prompt: one line at the foot of the desk that asks for a search, a filter, tags, a note, a file name or a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Label

Completer = Callable[[str], str | None]
"""From what is typed to a whole line that begins with it, None when there is no such."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: its name, the label before the input, what stands in it, a hint after it; fresh: typing replaces
    what stands in it."""

    what: str
    label: str
    value: str = ""
    hint: str = ""
    complete: Completer | None = None
    fresh: bool = False


class _Completions(Suggester):
    def __init__(self, complete: Completer) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value)


class Prompt(Horizontal):
    """Hidden until something is asked; Enter answers, Esc does not."""

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

    def compose(self) -> ComposeResult:
        yield Label("", id="prompt-label", markup=False)
        yield Input(id="prompt-input", compact=True, select_on_focus=False)
        yield Label("", id="prompt-hint", markup=False)

    def on_mount(self) -> None:
        self.question: Question | None = None
        self.display = False

    def ask(self, question: Question) -> None:
        self.question = question
        self.query_one("#prompt-label", Label).update(Content(question.label))
        self.query_one("#prompt-hint", Label).update(Content(question.hint))
        line = self.query_one(Input)
        line.suggester = _Completions(question.complete) if question.complete else None
        with line.prevent(Input.Changed):
            line.value = question.value
        line.cursor_position = len(question.value)
        if question.fresh:  # what stands there goes with the first key
            line.action_select_all()
        self.display = True
        self.screen.add_class("-asking")
        self.screen.set_focus(line)  # at once: a key typed right after must land here

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        if self.question:
            self.post_message(self.Typed(self.question, message.value))

    @on(Input.Submitted)
    def _answered(self, message: Input.Submitted) -> None:
        message.stop()
        question = self._close()
        if question:
            self.post_message(self.Answered(question, message.value))

    def on_key(self, event: events.Key) -> None:
        line = self.query_one(Input)
        if event.key == "escape":
            event.stop()
            question = self._close()
            if question:
                self.post_message(self.GivenUp(question))
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            line.action_cursor_right() if line.cursor_at_end else line.action_end()

    def _close(self) -> Question | None:
        question, self.question = self.question, None
        self.display = False
        self.screen.remove_class("-asking")
        return question
