"""Prompts: what each question of the desk asks, with what already in it, and what its answer does to the marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from store.library import Library
from store.model import Act
from tui.desk import Desk, counted
from tui.widgets.prompt import Completer, Question


def question(what: str, desk: Desk, library: Library) -> Question | str:
    """The question to ask, or why it cannot be asked now."""
    if what == "search":
        return Question(what, "/", desk.search, "Enter keeps, Esc gives up", fresh=True)
    if what == "filter":
        return Question(
            what,
            "filter ",
            desk.filter,
            "is:unread is:starred tag:… outlet:… -word",
            lambda typed: next(iter(library.completions(typed, desk.events)), None),
        )
    if what == "add":
        return Question(what, "add ", "", "a file or folder; Enter adds")
    if what == "export":
        chosen = counted(len(desk.selected), "selected story", "selected stories") if desk.selected else "all tagged"
        return Question(what, f"export {chosen} to ", str(library.export_file()), "Enter writes")
    if not desk.targets:
        return "Put the cursor on a story first"
    return _about_stories(what, desk, library)


def again(typed: str, desk: Desk, library: Library) -> Question:
    """The filter's question once more, with what was typed and did not parse."""
    asked = question("filter", desk, library)
    assert isinstance(asked, Question)
    return replace(asked, value=typed)


def _about_stories(what: str, desk: Desk, library: Library) -> Question:
    targets = desk.targets
    several = f" of {len(targets)} stories" if len(targets) > 1 else ""
    if what == "tags":
        known = library.tags()
        value = "".join(f"{t} " for t in desk.shared_tags(targets))
        hint = " ".join(list(known)[:6]) or "words, with spaces between"
        return Question(what, f"tags{several} ", value, hint, _last_word(known))
    notes = {desk.mark(s).note for s in targets}
    return Question(what, f"note{several} ", notes.pop() if len(notes) == 1 else "", "Enter keeps, empty takes it off")


def mark(asked: Question, value: str, desk: Desk) -> Act | None:
    """Does what was answered to the stories the desk is on; None when nothing changes. Raises LibraryReadOnly."""
    targets = desk.targets
    if asked.what == "note":
        return desk.set_note(targets, value)
    return desk.set_tags(targets, split_tags(asked.value), split_tags(value))


def split_tags(text: str) -> tuple[str, ...]:
    """Tags as they are typed: words between spaces or commas, a leading # is not part of one."""
    return tuple(dict.fromkeys(w.lstrip("#") for w in re.split(r"[\s,]+", text) if w.strip("#")))


def _last_word(known: Iterable[str]) -> Completer:
    """Completes the word being typed from known words, most used first."""
    words = tuple(known)

    def complete(text: str) -> str | None:
        _, _, last = text.rpartition(" ")
        if not last:
            return None
        found = next((w for w in words if w.casefold().startswith(last.casefold()) and w != last), None)
        return None if found is None else text + found[len(last) :]

    return complete
