"""quotes: who said what."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from store.errors import InputError
from store.export import sheets
from store.library import Library
from store.model import Event, Quote, Saying, StoryId
from tui.headless import documents, say
from tui.headless.reading import tell_nowhere


def quotes(library: Library, options: Namespace) -> int:
    """Who said what in the events that fit, or in the stories named; wordings of the same stand together."""
    found = [(title, _by(options.speaker, library.quotes(stories))) for title, stories in _asked(library, options)]
    groups = [(title, sayings) for title, sayings in found if sayings]
    stories = list({q.story: None for _, sayings in groups for s in sayings for q in s.quotes})
    heads = {s.id: s.head for s in library.archive.stories(stories)}
    sources = {story: f"{head.reporter or 'no outlet'}: {head.title}" for story, head in heads.items()}
    if documents.wanted(options):
        return documents.out(options, sheets.quotes(groups, sources))
    outlets = {story: head.reporter for story, head in heads.items()}
    for title, sayings in groups:
        if options.json:
            for saying in sayings:
                say.record(_record(saying, title, outlets))
        else:
            _say(title, sayings, outlets)
    if not groups and not options.json:
        say.note("Nobody is quoted." if found else "No story fits.")
    return 0


def _asked(library: Library, options: Namespace) -> list[tuple[str, Sequence[StoryId]]]:
    """What to look through, event by event, each under its headline."""
    if sum(map(bool, (options.query, options.story, options.event))) > 1:
        raise InputError("Give a query, --story or --event, and one of them only")
    if options.story:
        stories = list(dict.fromkeys(library.find(s) for s in options.story))
        return [(library.story(stories[0]).head.title, stories)]
    if options.event is not None:
        return [_event(library, options.event)]
    tell_nowhere(library, " ".join(options.query))
    return [_stories(event) for event in library.matching(" ".join(options.query), today=date.today())]


def _stories(event: Event) -> tuple[str, Sequence[StoryId]]:
    return event.headline, [s.id for s in event.stories]


def _event(library: Library, given: str) -> tuple[str, Sequence[StoryId]]:
    event = next((e for e in library.events() if e.id == given), None)
    if event is None:
        story = library.find(given)
        event = next(e for e in library.events() if any(s.id == story for s in e.stories))
    return _stories(event)


def _by(speaker: str | None, sayings: Sequence[Saying]) -> tuple[Saying, ...]:
    wanted = (speaker or "").casefold().split()
    return tuple(s for s in sayings if all(word in s.speaker.casefold() for word in wanted))


def _record(saying: Saying, title: str, outlets: dict[StoryId, str | None]) -> dict[str, object]:
    return {
        "speaker": saying.speaker,
        "event": title,
        "quotes": [
            {
                "text": q.text,
                "direct": q.direct,
                "verb": q.verb,
                "outlet": outlets.get(q.story),
                "story": q.story,
                "paragraph": q.paragraph,
            }
            for q in saying.quotes
        ],
    }


def _say(title: str, sayings: Sequence[Saying], outlets: dict[StoryId, str | None]) -> None:
    """For a person: each wording with its verb, and the outlets that have it with the number of the paragraph."""
    say.line(title)
    for speaker, of in groupby(sayings, key=lambda saying: saying.speaker):
        say.line(f"\n  {speaker}")
        for saying in of:
            for number, (_, same) in enumerate(groupby(saying.quotes, key=lambda quote: (quote.direct, quote.text))):
                first, *others = same
                say.line(f"    {'or: ' if number else ''}{_wording(first)}")
                has = ", ".join(f"{outlets.get(q.story) or '-'} {q.paragraph + 1}" for q in (first, *others))
                say.line(f"        {first.verb}  [{has}]")
    say.line()


def _wording(quote: Quote) -> str:
    return f"“{quote.text}”" if quote.direct else quote.text
