"""Panes: fetches what the text and summary panes show, elsewhere, and drops answers that come too late."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TypeVar

from store.library import Library
from store.model import Sentence, Story, StoryId, Summary
from tui import pages, present
from tui.backroom import Record, Work
from tui.desk import Desk, Row
from tui.pages import Block, Stop
from tui.screens.main import Main

K = TypeVar("K")
V = TypeVar("V")
KEPT = 200  # summaries and stories kept in memory, for going back and forth without a wait


class Panes:
    """What stands in the text and summary panes for the row under the cursor."""

    def __init__(self, library: Library, work: Work, desk: Desk, main: Main) -> None:
        self.library = library
        self.work = work
        self.desk = desk
        self.main = main
        self.with_dropped = False
        self.terms: tuple[str, ...] = ()
        self._spot: Stop | None = None
        self._drawn: object = None
        self._on: object = None
        self._summarised: object = None
        self._stories: OrderedDict[StoryId, Story] = OrderedDict()
        self._summaries: OrderedDict[object, Summary] = OrderedDict()

    def forget(self) -> None:
        """Drops what is kept: the library's stories have changed."""
        self._stories.clear()
        self._summaries.clear()
        self._drawn = None

    def point(self, stop: Stop | None) -> None:
        """Marks a sentence in the text the next time it is drawn, which is due now."""
        self._spot = stop
        self._drawn = None

    def _key(self) -> object:
        desk = self.desk
        at = desk.row.key if desk.row else None
        return at, desk.version, desk.length, self.with_dropped, self.terms

    def stale(self) -> bool:
        """Whether the panes show something other than what they should."""
        return self._key() != self._drawn

    async def draw(self) -> None:
        """Shows the text at once and the summary when it is there."""
        key, row = self._key(), self.desk.row
        if row is None:
            self.main.text.show(())
            self.main.summary.show(())
        else:
            await self._draw_text(row)
            await self._draw_summary(row)
        self._drawn = key

    async def _draw_text(self, row: Row) -> None:
        same = self._on == row.key
        if row.story:
            story = await self._story(row.story.id)
            mark = self.desk.mark(story.id)
            blocks = pages.story_page(story, mark, row, with_dropped=self.with_dropped, terms=self.terms)
        else:
            line = await asyncio.to_thread(self.library.lists.events_of, row.event.storyline)
            blocks = pages.event_page(row.event, self.desk.mark, line)
        self._on = row.key
        self.main.text.show(blocks, keep_place=same)
        spot, self._spot = self._spot, None
        if spot and row.story and spot.story == row.story.id and spot.paragraph is not None:
            self.main.text.spot(spot.paragraph, spot.sentence)

    async def _draw_summary(self, row: Row) -> None:
        ids = tuple(s.id for s in row.stories)
        key = (ids, self.desk.length)
        summary = self._summaries.get(key)
        page = self.main.summary
        if summary is None:
            page.show(self._summary_blocks(None, row))
            summary = await self._summarise(ids)
            _keep(self._summaries, key, summary)
        page.show(self._summary_blocks(summary, row), keep_place=self._summarised == key)
        self._summarised = key

    def _summary_blocks(self, summary: Summary | None, row: Row) -> tuple[Block, ...]:
        outlets = {s.id: present.source(s) or present.fit(s.head.title, 24)[0] for s in row.stories}
        return pages.summary_page(summary, row, self.desk, outlets)

    async def _story(self, story: StoryId) -> Story:
        if story not in self._stories:
            _keep(self._stories, story, await asyncio.to_thread(self.library.story, story))
        return self._stories[story]

    async def _summarise(self, ids: tuple[StoryId, ...]) -> Summary:
        stories = [await self._story(s) for s in ids]
        settings = {"sentences": self.desk.length, "method": self.library.method}
        if len(stories) == 1:
            answer = await self.work.summarise({**settings, **_record(stories[0])})
        else:
            answer = await self.work.summarise({**settings, "stories": [_record(s) for s in stories]})
        return _summary(answer, ids)


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    while len(kept) > KEPT:
        kept.popitem(last=False)


def _record(story: Story) -> dict[str, object]:
    """A story for the summarise pipe; a subheading is sent empty, so that paragraphs keep their numbers."""
    kept = [p for p in story.passages if p.kept]
    paragraphs = [p.text if p.kind == "body" else "" for p in kept]
    title = None if story.head.title_made else story.head.title
    return {"id": story.id, "title": title, "paragraphs": paragraphs, "published": story.head.published}


def _summary(answer: Record, ids: tuple[StoryId, ...]) -> Summary:
    """A Summary from the pipe's answer; whatever in it is not of the expected shape is left out."""
    sentences = answer.get("sentences")
    known = {str(s): s for s in ids}
    out = []
    for entry in sentences if isinstance(sentences, list) else []:
        text, paragraph = entry.get("text"), entry.get("paragraph")
        story = known.get(str(entry.get("story")), ids[0] if len(ids) == 1 else None)
        if isinstance(text, str) and isinstance(paragraph, int):
            out.append(Sentence(text, paragraph, story))
    return Summary(str(answer.get("method") or answer.get("error") or ""), tuple(out))
