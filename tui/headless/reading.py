"""list, show, search, tag, mark and export: the library from the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import InputError
from store.intake import clean_characters, one_line
from store.library import Library
from store.model import Exported, Listed, Mark, StoryId
from tui.desk import counted
from tui.headless import say
from tui.headless.flags import FLAGS

if TYPE_CHECKING:
    from store.query import Query

_OPERATORS = ("OR", "AND", "NOT")  # the last two are told how to be written
SHORT = 8  # characters of an id that are shown; any prefix that fits one story is understood


def list_(library: Library, options: Namespace) -> int:
    """Events and their stories, newest first."""
    events = library.matching(" ".join(options.query), today=date.today())
    tell_nowhere(library, " ".join(options.query))
    for event in events:
        if options.json:
            for story in event.stories:
                say.record(_record(story, library.marks.get(story.id)))
            continue
        say.line(f"{_day(event.published)}  {event.headline}")
        for story in event.stories:
            say.line(f"    {_line(story, library.marks.get(story.id))}")
    if not events and not options.json:
        say.note(
            "No story fits."
            if options.query or library.lost or library.events()
            else "No stories yet: diplo-reader add FOLDER"
        )
    return 0


def tell_nowhere(library: Library, text: str) -> None:
    """Says which value of a query nothing in the library has: what it finds is right all the same."""
    if wrong := library.nowhere(text, today=date.today()):
        told = str(wrong)
        say.note(f"{told[0].upper()}{told[1:]}")


def queries(library: Library, options: Namespace) -> int:
    """The saved queries with what each finds now; saves and deletes one."""
    from store.queries import tallies

    if options.delete is not None:
        if not library.delete_query(options.delete):
            names = ", ".join(f"@{name}" for name in library.queries())
            raise InputError(f"There is no saved query {options.delete!r}; there is {names or 'none yet'}")
        say.note(f"Deleted @{options.delete.removeprefix('@')}")
        return 0
    if options.save is not None:
        text = " ".join(options.query)
        if not text.strip():
            raise InputError("Say which query to save: queries --save NAME QUERY")
        say.note(f"Saved as @{library.save_query(options.save, text, today=date.today())}")
        return 0
    if options.query:
        raise InputError("To keep a query say under which name: queries --save NAME QUERY; to see what it finds: list")
    known = library.queries()
    for tally in tallies(library, known, today=date.today()):
        found = {"stories": tally.stories, "unread": tally.unread, "wrong": tally.wrong or None}
        if options.json:
            say.record({"name": tally.name, "query": known[tally.name], **found})
        else:
            told = tally.wrong or f"{counted(tally.stories, 'story', 'stories')}, {tally.unread:,} unread"
            say.line(f"@{tally.name}  {known[tally.name]}  [{told}]")
    if not known and not options.json:
        say.note("No saved queries yet: queries --save NAME QUERY, or ctrl+s at the desk")
    return 0


def search(library: Library, options: Namespace) -> int:
    """Stories that a query finds, those whose title or text holds its words best first."""
    text = " ".join(options.words)
    plain = all(word.isalnum() and word not in _OPERATORS for word in text.split()) or _parsed(library, text).is_plain
    if plain:  # the last word counts as far as it is typed
        words, ids = text, library.search(text, options.limit)
    else:
        tell_nowhere(library, text)
        words = " ".join(f'"{term}"' for term in _parsed(library, text).terms)
        fits = dict.fromkeys(s.id for e in library.matching(text, today=date.today()) for s in e.stories)
        best = [story for story in library.search(words, library.archive.count()) if story in fits]
        ids = tuple(dict.fromkeys((*best, *fits)))[: options.limit]
    found = library.archive.listed(ids)
    said = library.archive.snippets(words, [story.id for story in found])
    for story in found:
        if options.json:
            say.record({**_record(story, library.marks.get(story.id)), "snippet": said.get(story.id, "")})
        else:
            say.line(f"{_line(story, library.marks.get(story.id))}  {story.head.title}")
            say.line(f"{'':{SHORT}}   {said.get(story.id, '')}".rstrip())
    if not found and not options.json:
        say.note("No story holds these words." if plain else "No story fits.")
    return 0


def _parsed(library: Library, text: str) -> Query:
    """The language loads a parser: where words alone are asked for, nothing is asked of it."""
    from store.query import parse

    return parse(text, today=date.today(), saved=library.queries())


def show(library: Library, options: Namespace) -> int:
    """One story: head, text, and on request what was dropped."""
    story = library.story(library.find(options.id))
    mark = library.marks.get(story.id)
    placed = library.archive.placements([story.id]).get(story.id)
    if options.json:
        passages = [{"text": p.text, "kind": p.kind, "reason": p.reason} for p in story.passages]
        inferred = placed is not None and placed.inferred
        told = {"id": story.id, **asdict(story.head), "inferred": inferred, "passages": passages, "mark": asdict(mark)}
        say.record(told)
        return 0
    head = story.head
    say.line(head.title)
    published = f"~{head.published}" if head.published_inferred else head.published
    if placed and placed.inferred:
        published = "undated, its event (inferred)"
    agency = head.agency if head.agency != head.reporter else None
    said = [head.reporter, agency, published, head.place, head.byline and f"by {head.byline}", head.url]
    say.line(" · ".join(s for s in said if s))
    say.line(_mark_words(mark))
    for text in mark.highlights:
        say.line(f"  ▐ {one_line(text)}")
    for passage in story.passages:
        if passage.kept:
            say.line(f"\n{passage.text}")
        elif options.dropped:
            say.line(f"\n  | {passage.text}  [{passage.reason}]")
    return 0


def mark(library: Library, options: Namespace) -> int:
    """Sets a flag, or a note, on stories named by id or by query."""
    changes = [FLAGS[f] for f in options.flags]
    if options.note is not None:
        note = clean_characters(options.note).strip()
        changes.append(lambda m: replace(m, note=note))
    if not changes:
        raise InputError(f"Say what to set: {', '.join(FLAGS)}, or --note TEXT")

    def change(mark: Mark) -> Mark:
        for one in changes:
            mark = one(mark)
        return mark

    return _changed(library, options, "Marked", change)


def tag(library: Library, options: Namespace) -> int:
    """Adds tags, and takes those off that --remove names."""
    gone, added = _tags(options.remove), _tags(options.tags)
    if not gone and not added:
        raise InputError("Say which tags: TAG ..., or --remove TAG")
    return _changed(library, options, "Tagged", lambda m: replace(m, tags=tuple((set(m.tags) | added) - gone)))


def _tags(named: Iterable[str]) -> set[str]:
    """Tags as they are kept: on one line, without the # they are shown with."""
    return {tag for name in named if (tag := one_line(name).lstrip("#").strip())}


def _changed(library: Library, options: Namespace, label: str, change: Callable[[Mark], Mark]) -> int:
    stories = _named(library, options)
    changed = library.mark(label, stories, change)
    if options.json:
        say.record({"stories": len(stories), "changed": changed})
    else:
        say.line(f"{changed} of {counted(len(stories), 'story', 'stories')} changed")
    return 0


def _named(library: Library, options: Namespace) -> list[StoryId]:
    """The stories given by id or prefix, and those that fit the query."""
    if not options.id and not options.query:
        raise InputError("Say which stories: --id ID, or --query QUERY")
    stories = [library.find(i) for i in options.id or ()]
    if options.query:
        tell_nowhere(library, options.query)
        stories += [s.id for e in library.matching(options.query, today=date.today()) for s in e.stories]
    return list(dict.fromkeys(stories))


def export(library: Library, options: Namespace) -> int:
    """Writes the press review; the counts go to standard error, so that the document can go to standard output."""
    from store import export as exporting

    if options.story and options.query:
        raise InputError("Give a query or --story, not both")
    ids = _found(library, options.story) if options.story else None
    text = " ".join(options.query) or "is:tagged"
    tell_nowhere(library, text)
    made = library.export(text, stories=ids, format=options.format, today=date.today())
    counts = {"asked": made.asked, "written": made.written, "events": made.events}
    if not made.written:
        _told(
            options, {**counts, "file": None}, "Nothing to export: no story fits. Tag stories first, or give a query."
        )
        return 0
    if options.output == "-":
        say.document(made.text)
        say.note(_counted(made))
        return 0
    file = file_named(options.output)
    kept = exporting.write(file, made.text, force=options.force)
    if kept:
        say.note(f"The file that stood there is kept as {kept}")
    _told(options, {**counts, "file": str(file.absolute())}, f"{_counted(made)} -> {file}")
    return 0


def _found(library: Library, given: Iterable[str]) -> list[StoryId]:
    """The stories of these ids or prefixes, each once, several with commas between: the desk gives thousands, which
    are looked up all at once."""
    wanted = list(dict.fromkeys(StoryId(s.strip()) for some in given for s in some.split(",")))
    whole = library.lists.numbers(wanted)
    return list(dict.fromkeys(s if s in whole else library.find(s) for s in wanted))


def file_named(name: str) -> Path:
    """Where to export to; typed at the desk, ~ has met no shell that would put the home folder in for it."""
    with suppress(RuntimeError):
        return Path(name).expanduser()
    return Path(name)


def _told(options: Namespace, record: dict[str, object], text: str) -> None:
    if options.json and options.output != "-":
        say.record(record)
    else:
        say.note(text)


def _counted(made: Exported) -> str:
    asked, events = counted(made.asked, "story", "stories"), counted(made.events, "event", "events")
    return f"{asked} in, {made.written} written, in {events}"


# --- how a story stands on a line


def _line(story: Listed, mark: Mark) -> str:
    sign = " " if mark.read else "●"
    outlet = story.head.reporter or "-"
    return f"{story.id[:SHORT]} {sign} {_dated(story)} {outlet}  {_mark_words(mark)}".rstrip()


def _mark_words(mark: Mark) -> str:
    words = [w for w, on in (("★", mark.starred), ("dismissed", mark.dismissed)) if on]
    note = [f"“{one_line(mark.note)}”"] if mark.note else []
    return " ".join([*words, *(f"#{t}" for t in mark.tags), *note])


def _dated(story: Listed) -> str:
    """The day in eleven columns; behind a tilde where the story only implies it."""
    day = _day(story.head.published)
    return f"~{day}" if story.head.published_inferred else f"{day} "


def _day(published: str | None) -> str:
    """Ten columns."""
    return published[:10] if published else f"{'undated':10}"


def _record(story: Listed, mark: Mark) -> dict[str, object]:
    placed = {
        "event": story.event,
        "storyline": story.storyline,
        "storyline_why": story.storyline_why,
        "why": story.why,
        "origin": story.origin,
        "copy_of": story.copy_of,
        "inferred": story.inferred,
        "words": story.words,
    }
    return {"id": story.id, **asdict(story.head), **placed, "mark": asdict(mark)}
