"""Acts: what marking stories comes to, made of their marks alone. In whatever thread, whatever is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from store.model import Act, Mark, StoryId, changes_of
from store.text.passages import Span, toggled
from tui.desk.plan import Reading

Making = Callable[[Reading, Collection[StoryId]], Act | None]
"""Makes the act on these stories; None where nothing would change."""


def made(marks: Reading, label: str, stories: Collection[StoryId], change: Callable[[Mark], Mark]) -> Act | None:
    """The act that changes the marks of stories so."""
    after: dict[int, tuple[Mark, Mark | None]] = {}  # by identity: a bulk act meets few marks many times

    def differing() -> Iterator[tuple[StoryId, Mark, Mark]]:
        for story in stories:
            before = marks.get(story)
            if id(before) not in after:
                changed = change(before)
                after[id(before)] = before, changed if changed != before else None
            if new := after[id(before)][1]:
                yield story, before, new

    changes = changes_of(differing())
    return Act(f"{label} {counted(len(changes), 'story', 'stories')}", changes) if changes else None


def read(marks: Reading, stories: Collection[StoryId], on: bool = True) -> Act | None:
    return made(marks, "Read" if on else "Unread", stories, lambda m: replace(m, read=on))


def toggle_read(marks: Reading, stories: Collection[StoryId]) -> Act | None:
    """Read, or unread where all of them were read."""
    return read(marks, stories, not all(marks.get(s).read for s in stories))


def toggle_star(marks: Reading, stories: Collection[StoryId]) -> Act | None:
    on = not all(marks.get(s).starred for s in stories)
    return made(marks, "Starred" if on else "Unstarred", stories, lambda m: replace(m, starred=on))


def toggle_dismissed(marks: Reading, stories: Collection[StoryId]) -> Act | None:
    on = not all(marks.get(s).dismissed for s in stories)
    return made(marks, "Dismissed" if on else "Brought back", stories, lambda m: replace(m, dismissed=on))


def retag(before: Collection[str], after: Collection[str]) -> Making:
    """Adds the tags that are new in after and takes off those that are gone since before."""
    added, gone = set(after) - set(before), set(before) - set(after)

    def tagged(m: Mark) -> Mark:
        return replace(m, tags=tuple((set(m.tags) | added) - gone))

    return lambda marks, stories: made(marks, "Tagged", stories, tagged)


def note(text: str) -> Making:
    label = "Noted" if text else "Took the note off"
    return lambda marks, stories: made(marks, label, stories, lambda m: replace(m, note=text))


def highlight(marks: Reading, story: StoryId, paragraphs: Sequence[str], picked: Sequence[Span]) -> Act | None:
    """Highlights what was picked of a story's text, or takes it off where all of it was highlighted."""
    passages, on = toggled(marks.get(story).highlights, paragraphs, picked)
    label = "Highlighted in" if on else "Took a highlight off in"
    return made(marks, label, [story], lambda m: replace(m, highlights=passages))


def unseen(act: Act, away: Collection[StoryId]) -> str:
    """How many of an act's stories are among those out of sight, as it goes on from its label."""
    number = sum(story in away for story in act.stories) if away else 0
    if not number:
        return ""
    return ", not shown here" if len(act.changes) == 1 else f", {number:,} of them not shown here"


def counted(number: int, one: str, many: str) -> str:
    """ "1 story", "3 stories"."""
    return f"{number:,} {one if number == 1 else many}"
