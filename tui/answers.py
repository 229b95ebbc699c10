"""Answers: what is done with what the reader types at a prompt."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store import queries
from store.errors import StoreError
from store.model import Act
from tui import first, prompts
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.app import DiploApp


class Answers:
    def __init__(self, app: DiploApp) -> None:
        self.app = app
        self.library = app.library
        self.desk = app.desk

    def typed(self, message: Prompt.Typed) -> None:
        if message.question.what == "search":
            self.desk.search = message.value.strip()
            self.app.filtering.apply(quiet=True)

    def given_up(self, message: Prompt.GivenUp) -> None:
        if message.question.what == "search":
            self.desk.search = message.question.before
            self.app.filtering.apply()

    def answered(self, message: Prompt.Answered) -> None:
        what, value = message.question.what, message.value.strip()
        if what in ("search", "filter"):
            setattr(self.desk, what, value)
            self.app.filtering.apply(typed=what)
        elif what == "select":
            self.app.run_job(partial(self.app.filtering.select, value), "filter", exclusive=True)
        elif what == "export":
            self.app.run_job(partial(self.app.jobs.export, value), "export")
        elif what == "add":
            self.app.run_job(partial(self.app.add, (first.path(value),)), "add")
        else:
            try:
                if what == "queries":
                    self.app.filtering.go_to_query(prompts.chosen_query(value, self.library.queries()))
                elif what.endswith("query"):
                    self.app.hands.did(self._query_act(what, value))
                elif what.startswith("restore"):
                    act = self.desk.rule(prompts.restoring(what, value, self.desk, self.library))
                    self.app.hands.did(act)
                    self.app.hands.settle(act)
                else:
                    asked, did = message.question, self.app.hands.did
                    also = prompts.new_tags(asked, value, self.library.marks.tags())
                    making = prompts.marking(asked, value, self.desk)
                    self.app.hands.act(asked.about, making, partial(did, also=also))
            except StoreError as error:
                self.app.complain(str(error))
        self.app.redraw()

    def _query_act(self, what: str, value: str) -> Act | None:
        """Saves the filter under a name, or deletes a saved query. Raises QueryError, InputError."""
        rules = self.library.marks.rules()
        if what == "delete query":
            name = prompts.chosen_query(value, self.library.queries())
            return self.desk.rule(Act(f"Deleted @{name}", rules=queries.deleting(rules, name)))
        name, text = queries.named(value), prompts.in_force(self.desk)
        if text == f"@{name}":
            return None
        self.library.check_query(name, text, today=self.app.today)
        changes = queries.saving(rules, name, text)
        return self.desk.rule(Act(f"Saved as @{name}", rules=changes)) if changes else None
