"""summarise --id, --event: summaries of stories in the library."""

from __future__ import annotations

from argparse import Namespace

from store.errors import InputError
from store.library import Library
from store.model import Head, StoryId, Summary
from tui.headless import say
from tui.headless.piping import sentence_text

UNNAMED = "unnamed outlet"  # and without a title too


def summarise(library: Library, options: Namespace) -> int:
    """The summary of the stories named, or of all stories of an event; with --method new what is new in them."""
    if options.paths:
        raise InputError("Give files, or stories of the library by --id or --event, not both")
    if options.id and options.event is not None:
        raise InputError("Give --id or --event, not both")
    if not (options.event or "".join(options.id or ())).strip():
        raise InputError("No story is named: give --id or --event the beginning of a story's id, or an event's id")
    stories = _event(library, options.event) if options.event else [library.find(i) for i in options.id]
    stories = list(dict.fromkeys(stories))
    made = library.summary(stories, method=options.method, sentences=options.sentences, words=options.words)
    told = dict.fromkeys(s.story for s in made.sentences if s.story)
    heads = {story: library.story(story).head for story in told}
    if options.json:
        say.record({"stories": stories, **_record(made, heads)})
        return 0
    for sentence in made.sentences:
        head = heads.get(sentence.story) if sentence.story and len(stories) > 1 else None
        said = (head.reporter or head.title or UNNAMED) if head else None
        say.line(sentence_text(sentence.text + (f"  — {said}" if said else ""), sentence.support))
    if not made.sentences:
        say.note("Nothing new." if made.method == "new" else "Nothing to summarise.")
    return 0


def _event(library: Library, prefix: str) -> list[StoryId]:
    """All stories of the event that a story stands in."""
    story = library.find(prefix)
    return next(([s.id for s in e.stories] for e in library.events() if any(s.id == story for s in e.stories)), [story])


def _record(made: Summary, heads: dict[StoryId, Head]) -> dict[str, object]:
    sentences = [
        {
            "text": s.text,
            "story": s.story,
            "outlet": heads[s.story].source if s.story else None,
            "support": s.support,
            "paragraph": s.paragraph,
        }
        for s in made.sentences
    ]
    return {"method": made.method, "sentences": sentences}
