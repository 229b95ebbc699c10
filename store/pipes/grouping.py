"""The pipe from clean stories to events and storylines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from textwrap import shorten

from store.model import Placement, Raw, Rejected, Story, StoryId
from store.pipes.records import Record, given_story, id_of, story_of, tried

HEADLINE = 80  # characters of the first paragraph that stand for a missing title in a reason


def group(inputs: Iterable[Record]) -> Iterator[Record]:
    """{id, title?, text, published?, outlet?, agency?}, already clean, to {id, event, storyline, why} and the reasons
    as data: nearest and likeness, what is shared, origin, copy_of, inferred, storyline_why."""
    return _grouped((id_of(record), tried(given_story, record)) for record in inputs)


def group_files(found: Iterable[tuple[str, Raw | Rejected]]) -> Iterator[Record]:
    """The same for files, which are cleaned first."""
    return _grouped(({"id": name}, tried(story_of, item)) for name, item in found)


def _grouped(found: Iterable[tuple[Record, Story | str]]) -> Iterator[Record]:
    from store import group as grouping

    taken = list(found)
    ids = _own_ids([said.get("id") for said, _ in taken])
    stories = [_named(story, i) for (_, story), i in zip(taken, ids, strict=True) if isinstance(story, Story)]
    known = {story.id: story for story in stories}
    said_ids = {own: said.get("id", number) for number, ((said, _), own) in enumerate(zip(taken, ids, strict=True), 1)}
    placed: dict[StoryId, Placement] = {p.story: p for p in grouping.place(stories)}
    for (said, story), own in zip(taken, ids, strict=True):
        if isinstance(story, str):
            yield {**said, "error": story}
        else:
            yield {**said, **_placed(placed[own], known, said_ids)}


def _placed(at: Placement, stories: Mapping[StoryId, Story], said_ids: Mapping[StoryId, object]) -> Record:
    """Where a story stands and why, as data; other stories by the ids they came with."""
    from store.group import shared

    both = shared.located(at.shared, stories[at.story], stories[at.nearest]) if at.nearest else ()
    return {
        "event": at.event,
        "storyline": at.storyline,
        "why": at.why,
        "nearest": said_ids[at.nearest] if at.nearest else None,
        "likeness": at.likeness,
        "shared": [{"kind": s.kind, "text": s.text, "weight": s.weight} for s in both],
        "origin": at.origin or None,
        "copy_of": said_ids[at.copy_of] if at.copy_of else None,
        "inferred": at.inferred,
        "storyline_why": at.storyline_why or None,
    }


def _own_ids(given: Sequence[object]) -> list[StoryId]:
    """Ids may be missing, of any type and come twice; inside, each story needs its own."""
    names: dict[str, None] = {}
    reserved = {str(one) for one in given}
    for number, one in enumerate(given, 1):
        name = "" if one is None else str(one)
        if not name or name in names:
            name = next(n for n in (f"{name}~{k}" for k in count(number)) if n not in names and n not in reserved)
        names[name] = None
    return [StoryId(name) for name in names]


def _named(story: Story, own: StoryId) -> Story:
    """The story under its own id, and under a headline that a reason can name it by."""
    title = story.head.title or shorten(" ".join(story.paragraphs[:1]), HEADLINE, placeholder="…")
    return Story(own, replace(story.head, title=title or "Untitled"), story.passages)
