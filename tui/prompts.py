"""Prompts: what each question of the desk asks, with what already in it, and what its answer does to the marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from textual.fuzzy import Matcher

from store.errors import InputError, QueryError
from store.library import Library
from store.model import Act
from store.queries import named
from store.query import Completion, as_typed, field_at, slip
from tui.desk import Desk, Making, acts, counted
from tui.widgets.prompt import Offer, Offers, Question, Telling

MOST = 50  # offers made at once; nobody reads further
LATELY = timedelta(days=30)
NAMED = 3  # new tags that an answer names
SHORT = 60  # characters of a line that are offered
NO_STORY = "Put the cursor on a story first"
NO_QUERIES = "No query is saved yet: {filter} filters, then {save-query} saves that"


def question(what: str, desk: Desk, library: Library) -> Question | str:
    """The question to ask, or why it cannot be asked now."""
    if what == "search":
        offers = partial(_for_search, library)
        hint = "Enter keeps, Esc gives up"
        return Question(what, "/", desk.search, hint, offers, fresh=True, before=desk.search)
    if what == "filter":
        return Question(
            what,
            "filter ",
            desk.filter,
            "is:unread is:starred tag:… outlet:… -word",
            lambda typed, cursor: _for_query(library, typed, cursor),
        )
    if what == "select":
        offers = partial(_for_query, library)
        return Question(what, "select ", "", "a query: what it finds of the list is selected", offers)
    if what == "queries":
        return _queries(library)
    if what == "save query":
        return _save_query(desk, library)
    if what == "delete query":
        asked = _queries(library)
        return (
            asked
            if isinstance(asked, str)
            else replace(asked, what=what, label="delete ", hint="Enter deletes; undo brings it back")
        )
    if what == "add":
        return Question(what, "add ", "", "a file or folder; Tab completes, Enter adds", _paths)
    if what == "export":
        chosen = counted(len(desk.selected), "selected story", "selected stories") if desk.selected else "all tagged"
        return Question(what, f"export {chosen} to ", str(library.export_file()), "Enter writes", _paths)
    if not desk.targets:
        return NO_STORY
    if what.startswith("restore"):
        return _restore(what, desk, library)
    return _about_stories(what, desk, library)


def _restore(what: str, desk: Desk, library: Library) -> Question | str:
    story = desk.story
    if story is None:
        return "Put the cursor on a story first"
    everywhere = what != "restore"
    if everywhere and not story.head.source:
        return "This story names no outlet: {restore} restores a line in this story alone"
    if not library.story(story.id).dropped:
        return "Nothing was cut out of this story"
    where = f"in all of {story.head.source}" if everywhere else "in this story"

    def offers(typed: str, _cursor: int) -> list[Offer]:
        dropped = {p.text: p.reason for p in library.story(story.id).dropped}
        found = _fuzzy(typed.strip(), dict.fromkeys(dropped, (0, 0))) if typed.strip() else list(dropped)
        return [Offer(text, len(text), text[:SHORT], dropped[text]) for text in found[:MOST]]

    return Question(
        what, f"restore {where}: ", "", "↓ or 1-9 chooses, Enter restores", offers, numbered=True, at_once=True
    )


def restoring(what: str, value: str, desk: Desk, library: Library) -> Act:
    """The act that an answer to "restore" asks for. Raises InputError."""
    if desk.story is None or not value.strip():
        raise InputError("Nothing was restored: choose a line with ↓")
    return library.keeping(desk.story.id, value, everywhere=what != "restore")


def again(wrong: QueryError, desk: Desk, library: Library, what: str = "filter") -> Question:
    """The question for a query once more, with what was typed, and what of it was not understood."""
    asked = question(what, desk, library)
    assert isinstance(asked, Question)
    span = slip(wrong.query, wrong.at)
    return replace(asked, value=wrong.query, error=str(wrong), wrong=span, fresh=False)


def _queries(library: Library) -> Question | str:
    """Which saved query to go to: a digit or Enter on one goes there at once."""
    known = library.queries()
    if not known:
        return NO_QUERIES

    def offers(typed: str, _cursor: int) -> list[Offer]:
        word = typed.strip().removeprefix("@")
        found = _fuzzy(word, dict.fromkeys(known, (0, 0))) if word else list(known)
        return [Offer(name, len(name), name, known[name][:SHORT]) for name in found[:MOST]]

    return Question("queries", "saved query ", "", "1-9 or ↓ goes there", offers, numbered=True, at_once=True)


def chosen_query(value: str, known: Collection[str]) -> str:
    """The name that an answer means: a name, its beginning, or its number in the list. Raises InputError."""
    names, typed = list(known), value.strip().removeprefix("@")
    if not names:  # another program deleted the last meanwhile
        raise InputError(NO_QUERIES)
    if not typed:
        raise InputError("No saved query was chosen: type its name or number, or choose one with ↓")
    if typed not in names and any(letter.isalnum() for letter in typed):
        typed = named(typed)  # as it was saved: "my gas" is @my-gas
    if typed not in names and typed.isdecimal() and 0 < int(typed[:3]) <= len(names):
        return names[int(typed[:3]) - 1]
    for found in (lambda name: name == typed, lambda name: typed and name.casefold().startswith(typed.casefold())):
        if name := next(filter(found, names), None):
            return name
    near = get_close_matches(typed, names, n=1)
    hint = f"did you mean @{near[0]}?" if near else f"there is {', '.join(f'@{name}' for name in names[:8])}"
    raise InputError(f"There is no saved query @{typed}: {hint}")


def _save_query(desk: Desk, library: Library) -> Question | str:
    text = in_force(desk)
    if not text:
        return "Nothing to save yet: {filter} filters, then {save-query} saves that"
    known = library.queries()
    present = next((name for name, query in known.items() if f"@{name}" == text or query == text), "")

    def offers(typed: str, _cursor: int) -> list[Offer]:
        return [Offer(n, len(n), n, f"replaces {q[:SHORT]}") for n, q in known.items() if typed and n.startswith(typed)]

    return Question("save query", f"save {text[:SHORT]} as @", present, "Enter saves", offers)


def in_force(desk: Desk) -> str:
    """The filter and what is searched for as one query."""
    words = as_typed(desk.search.strip())
    if not words or not desk.filter or words in desk.filter:
        return desk.filter or words
    return " ".join(f"({part})" if re.search(r"\bOR\b", part) else part for part in (desk.filter, words))


def _about_stories(what: str, desk: Desk, library: Library) -> Question | str:
    targets = desk.event_targets if what == "tags of the event" else desk.targets
    several = f" of {len(targets)} stories" if len(targets) > 1 else ""
    if what.startswith("tags"):
        known = library.marks.tags()
        value = "".join(f"{t} " for t in desk.shared_tags(targets))
        hint = "Tab or 1-9 takes one, Enter sets" if known else "words, with spaces between"
        lately = library.marks.tag_uses(datetime.now(UTC) - LATELY)
        offers, telling = _tags(known, lately), _telling_a_match(known)
        return Question(what, f"tags{several} ", value, hint, offers, numbered=True, about=targets, telling=telling)
    note = desk.shared_note(targets)
    if "\n" in note:
        return "This note has several lines: {note-editor} opens it in your editor"
    return Question(what, f"note{several} ", note, "Enter keeps, empty takes it off", about=targets)


def marking(asked: Question, value: str, desk: Desk) -> Making:
    """What was answered, to be done to the stories it was asked about."""
    if asked.what == "note":
        return acts.note(value)
    return desk.retagging(split_tags(asked.value), split_tags(value))


def new_tags(asked: Question, value: str, known: Collection[str]) -> str:
    """What an answer is told of tags that nothing has yet: empty where there are none. known: the tags before it."""
    if not asked.what.startswith("tags"):
        return ""
    new = [f"#{tag}" for tag in split_tags(value) if tag not in known]
    more = " …" if len(new) > NAMED else ""
    return f"new tag{'s' if len(new) > 1 else ''} {' '.join(new[:NAMED])}{more}; " if new else ""


def split_tags(text: str) -> tuple[str, ...]:
    """Tags as they are typed: words between spaces or commas, a leading # is not part of one."""
    return tuple(dict.fromkeys(w.lstrip("#") for w in re.split(r"[\s,]+", text) if w.strip("#")))


def _for_query(library: Library, typed: str, cursor: int) -> list[Offer]:
    found = library.completions(typed, cursor)
    return [Offer(c.line, c.cursor, c.word, _remark(c)) for c in found]


def _for_search(library: Library, typed: str, cursor: int) -> list[Offer]:
    """Values of fields alone: whoever types a word is not to be asked whether it is a field."""
    return _for_query(library, typed, cursor) if field_at(typed, cursor) else []


def _remark(completion: Completion) -> str:
    parts = (_stories(completion.stories), completion.headline[:SHORT])
    return ", ".join(part for part in parts if part)


def _stories(number: int | None) -> str:
    return "" if number is None else counted(number, "story", "stories")


def _tags(known: Counter[str], lately: Counter[str]) -> Offers:
    """Completes the tag being typed, likest first, then most used lately; those that stand there already are not
    offered, and those after them keep their numbers. known: stories that have each tag; lately: acts of the last month
    that put it on."""
    used = {tag: (lately[tag], number) for tag, number in known.items()}
    place = {tag: at for at, tag in enumerate(_by_use(used), 1)}

    def offers(typed: str, cursor: int) -> list[Offer]:
        start = _word_start(typed, cursor)
        word, rest = typed[start:cursor].lstrip("#"), typed[cursor:]
        there = set(split_tags(typed[:start] + " " + rest))
        found = _fuzzy(word, {tag: often for tag, often in used.items() if tag not in there})
        lines = ((tag, f"{typed[:start]}{tag} ") for tag in found)
        return [Offer(line + rest.lstrip(), len(line), tag, _stories(known[tag]), place[tag]) for tag, line in lines]

    return offers


def _word_start(typed: str, cursor: int) -> int:
    return max(typed.rfind(" ", 0, cursor), typed.rfind(",", 0, cursor)) + 1


def _telling_a_match(known: Collection[str]) -> Telling:
    """Tells, where what is typed is no tag yet and one tag alone begins with it, which key takes that one."""

    def telling(typed: str, cursor: int, offers: Sequence[Offer]) -> str:
        word = typed[_word_start(typed, cursor) : cursor].lstrip("#")
        if not word or word in known or typed[cursor : cursor + 1].strip(" ,"):
            return ""
        begun = [o.word for o in offers if o.word.casefold().startswith(word.casefold())]
        if len(begun) != 1 or begun[0] != offers[0].word:
            return ""
        return f"Tab takes #{begun[0]}, Enter makes the new tag #{word}"

    return telling


def _by_use(used: Mapping[str, tuple[int, int]]) -> list[str]:
    return sorted(used, key=lambda tag: (-used[tag][0], -used[tag][1], tag))


def _fuzzy(word: str, used: Mapping[str, tuple[int, int]]) -> list[str]:
    by_use = _by_use(used)
    if not word:
        return by_use[:MOST]
    matcher = Matcher(word)
    begun = word.casefold()
    scored = sorted(
        ((matcher.match(tag), tag) for tag in by_use), key=lambda s: (not s[1].casefold().startswith(begun), -s[0])
    )
    return [tag for score, tag in scored if score > 0][:MOST]


def _paths(typed: str, cursor: int) -> list[Offer]:
    """Completes the name of a file or folder, folders first; hidden ones when their dot is typed."""
    folder, _, begun = typed[:cursor].rpartition("/")
    start = len(folder) + 1 if "/" in typed[:cursor] else 0
    try:
        there = [(not p.is_dir(), p.name) for p in Path(typed[:start] or ".").expanduser().iterdir()]
    except (OSError, RuntimeError, ValueError):
        return []
    fits = sorted(t for t in there if t[1].startswith(begun) and (begun or not t[1].startswith(".")))
    names = (name if is_file else f"{name}/" for is_file, name in fits[:MOST] if name.isprintable())
    return [Offer(typed[:start] + n + typed[cursor:], start + len(n), n) for n in names]
