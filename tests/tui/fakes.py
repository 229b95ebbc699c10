"""Fakes for the desk: marks in memory, work done in this process. No mocks: they do what the real ones promise."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from store.model import MARK_FIELDS, UNMARKED, Act, Event, EventId, Head, Listed, Mark, StoryId, StorylineId
from tui.backroom import Record


class MemoryMarks:
    """Marks that are forgotten with the test; only the fields that differ are applied, as in the real ones."""

    def __init__(self, *, read_only: bool = False) -> None:
        self.read_only = read_only
        self.why_read_only = "another desk has this library open" if read_only else ""
        self.known: dict[StoryId, Mark] = {}

    def get(self, story: StoryId) -> Mark:
        return self.known.get(story, UNMARKED)

    def all(self) -> Mapping[StoryId, Mark]:
        return dict(self.known)

    def live(self) -> Mapping[StoryId, Mark]:
        return self.all()

    def apply(self, act: Act) -> None:
        for change in act.changes:
            now = {f: getattr(self.get(change.story), f) for f in MARK_FIELDS}
            for name in MARK_FIELDS:
                if getattr(change.before, name) != getattr(change.after, name):
                    now[name] = getattr(change.after, name)
            self.known[change.story] = Mark(**now)

    def moot(self, act: Act) -> bool:
        before = dict(self.known)
        self.apply(act)
        same = {s: m for s, m in self.known.items() if m != before.get(s, UNMARKED)} == {}
        self.known = before
        return same and not act.rules


class Idle:
    """Work that is asked for and never done: for tests that do not look at summaries."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, ...]] = []
        self.asked: list[Record] = []
        self.status = 0
        self.says: list[Record] = []
        self.waits = False
        self.stopped = False
        self.made_ready = False

    async def summarise(self, request: Record) -> Record:
        self.asked.append(request)
        paragraphs = request.get("paragraphs") or ["A first sentence."]
        text = str(paragraphs[0]) if isinstance(paragraphs, list) else ""
        stories = request.get("stories")
        story = stories[0]["id"] if isinstance(stories, list) else request.get("id")
        return {"method": "lead", "sentences": [{"text": text, "paragraph": 0, "story": story}]}

    async def run(self, arguments: Sequence[str], told: Callable[[Record], None]) -> int:
        self.ran.append(tuple(arguments))
        for record in self.says:
            told(record)
        while self.waits and not self.stopped:
            told({"stage": "reading", "done": 1, "total": 2})
            await asyncio.sleep(0.01)
        return self.status

    async def make_ready(self) -> None:
        self.made_ready = True

    def stop(self) -> None:
        self.stopped = True

    def close(self) -> None:
        pass


def listed(name: str, event: str, **head: str) -> Listed:
    fields: Mapping[str, str] = {
        "title": f"Title of {name}",
        "published": "2025-05-03",
        "outlet": "Harbour Post",
        **head,
    }
    return Listed(StoryId(name), Head(**fields), EventId(event), StorylineId(event))  # type: ignore[arg-type]


def event(name: str, *stories: str, headline: str = "") -> Event:
    return Event(EventId(name), StorylineId(name), headline or f"Event {name}", tuple(listed(s, name) for s in stories))
