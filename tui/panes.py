"""Panes: fetches what the text and summary panes show, elsewhere, and drops answers that come too late."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from typing import TypeVar

from store.errors import StoreError
from store.library import Library
from store.model import Listed, Sentence, Story, StoryId, Summary
from store.summary.opening import opening
from tui import pages, present
from tui.backroom import Record, Work
from tui.desk import MOST_NEW, Desk, News, Row, news
from tui.pages import Block, Stop
from tui.picking import Picking
from tui.screens.main import Main

K = TypeVar("K")
V = TypeVar("V")
KEPT = 200  # summaries and stories kept in memory, for going back and forth without a wait
SETTLED = 0.25  # seconds the cursor rests before the rows beside it are summarised too
MOST_AHEAD = 30  # stories of an event that is summarised before the cursor comes to it


class Panes:
    """What stands in the text and summary panes for the row under the cursor."""

    def __init__(self, library: Library, work: Work, desk: Desk, main: Main) -> None:
        self.library = library
        self.work = work
        self.desk = desk
        self.main = main
        self.with_dropped = False
        self.only_new = False
        self.terms: tuple[str, ...] = ()
        self.picking: Picking | None = None
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
        self.desk.new_sentences.clear()
        self._drawn = None

    def point(self, stop: Stop | None) -> None:
        """Marks a sentence in the text the next time it is drawn, which is due now."""
        self._spot = stop
        self._drawn = None

    # --- picking in the text

    def pick(self) -> Picking | None:
        """The cursor in the text under the list's cursor, made where there is none yet; None where there is no text."""
        story = self.desk.story
        if story is None:
            return None
        if self.picking is None or self.picking.story != story.id:
            held = self._stories.get(story.id) or self.library.story(story.id)
            shown = self._on == (self.desk.row.key if self.desk.row else None)
            with suppress(ValueError):
                self.picking = Picking(held, *(self.main.text.reading if shown else (0, 0)))
        return self.picking

    def stop_picking(self) -> None:
        if self.picking:
            self.picking = None
            self.main.text.pick(())

    def show_pick(self) -> None:
        """Shows what is picked, the cursor in sight."""
        if self.picking:
            self.main.text.pick(self.picking.spans, self.picking.head)

    def _key(self) -> object:
        desk = self.desk
        at = desk.row.key if desk.row else None
        return at, desk.version, desk.length, self.with_dropped, self.only_new, self.terms

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
        if self.picking and row.story and self.picking.story == row.story.id:
            self.show_pick()
        else:
            self.picking = None
        spot, self._spot = self._spot, None
        if spot and row.story and spot.story == row.story.id and spot.paragraph is not None:
            self.main.text.spot(spot.paragraph, spot.sentence)

    async def _draw_summary(self, row: Row) -> None:
        key, page = self._summary_key(row), self.main.summary
        if key not in self._summaries:
            page.show(self._summary_blocks(None, row))
        summary = await self._summary(row)
        page.show(self._summary_blocks(summary, row), keep_place=self._summarised == key)
        self._summarised = key
        if (new := self._news(row)).stories:
            sentences = (await self._new_sentences(row, new)).sentences
            self.main.rows.draw_anew()
            told = pages.news_told(new, len(sentences), MOST_NEW, self.main.key_names)
            page.show((*told, *self._summary_blocks(summary, row)))

    async def look_ahead(self) -> None:
        """Has the summaries of the rows beside the cursor ready; to be cancelled when the cursor moves."""
        await asyncio.sleep(SETTLED)
        await self.count_new()
        for at in (self.desk.cursor + 1, self.desk.cursor - 1):
            if 0 <= at < len(self.desk.rows) and len(self.desk.rows[at].stories) <= MOST_AHEAD:
                with suppress(StoreError):  # told when the cursor comes there
                    await self._summary(self.desk.rows[at])

    def _known(self, row: Row) -> tuple[Listed, ...]:
        """In the mode that tells only what is new: the stories of the event that were read, but the row's own."""
        if not self.only_new:
            return ()
        return tuple(s for s in row.event.stories if s is not row.story and self.desk.mark(s.id).read)

    def _summary_key(self, row: Row) -> object:
        known = tuple(s.id for s in self._known(row))
        return tuple(s.id for s in row.stories), known, self.desk.length, self.main.beside

    def _news(self, row: Row) -> News:
        return news(row.event, self.desk.mark) if row.story is None else News()

    async def _new_sentences(self, row: Row, new: News) -> Summary:
        """What came to an event since the reader read of it, sentence by sentence, as far as MOST_NEW."""
        read = tuple(s for s in row.event.stories if self.desk.mark(s.id).read)
        key = "new", tuple(s.id for s in new.stories), tuple(s.id for s in read)
        if key not in self._summaries:
            _keep(self._summaries, key, await self._summarise(new.stories, read, MOST_NEW))
        self.desk.new_sentences[new.key] = len(self._summaries[key].sentences)
        return self._summaries[key]

    async def count_new(self) -> None:
        """Counts what is new in the events in sight that were woken, for their rows to tell."""
        for row in self.main.rows.in_sight():
            new = self._news(row) if len(row.event.stories) <= MOST_AHEAD else News()
            if new.stories and new.key not in self.desk.new_sentences:
                with suppress(StoreError):  # told when the cursor comes there
                    await self._new_sentences(row, new)
                    self.main.rows.draw_anew()

    async def _summary(self, row: Row) -> Summary:
        key = self._summary_key(row)
        if key not in self._summaries:
            summary = await self._summarise(row.stories, self._known(row))
            _keep(self._summaries, key, summary)
            return summary
        return self._summaries[key]

    def _summary_blocks(self, summary: Summary | None, row: Row) -> tuple[Block, ...]:
        outlets = {s.id: present.source(s) or present.fit(s.head.title, 24)[0] for s in row.stories}
        return pages.summary_page(summary, row, self.desk, outlets, self.main.key_names, self._opened(summary, row))

    def _opened(self, summary: Summary | None, row: Row) -> int:
        """How many sentences of a summary its text, beside it, opens with; 0 where they are all there is."""
        story = self._stories.get(row.story.id) if row.story and self.main.beside else None
        found = opening(story, summary) if story and summary and summary.method != "new" else 0
        return found if summary and found < len(summary.sentences) else 0

    async def _story(self, story: StoryId) -> Story:
        if story not in self._stories:
            _keep(self._stories, story, await asyncio.to_thread(self.library.story, story))
        return self._stories[story]

    async def _summarise(
        self, shown: tuple[Listed, ...], known: tuple[Listed, ...], sentences: int | None = None
    ) -> Summary:
        listed = list({s.id: s for s in (*shown, *known)}.values())
        records = [_record(await self._story(s.id), s) for s in listed]
        request: dict[str, object] = {"sentences": sentences or self.desk.length, "method": self.library.method}
        if known:
            read = {s.id for s in known}
            request |= {
                "method": "new",
                "stories": [{**r, "read": s.id in read} for r, s in zip(records, listed, strict=True)],
            }
        elif len(records) == 1:
            request |= {**records[0], "beside": self.main.beside}
        else:
            request |= {"stories": records}
        return _summary(await self.work.summarise(request), tuple(s.id for s in listed))


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    while len(kept) > KEPT:
        kept.popitem(last=False)


def _record(story: Story, listed: Listed) -> dict[str, object]:
    """A story for the summarise pipe; a subheading is sent empty, so that paragraphs keep their numbers."""
    kept, head = [p for p in story.passages if p.kept], story.head
    return {
        "id": story.id,
        "title": None if head.title_made else head.title,
        "paragraphs": [p.text if p.kind == "body" else "" for p in kept],
        "published": head.published,
        "language": head.language,
        "origin": listed.origin or head.agency or head.source,
    }


def _summary(answer: Record, ids: tuple[StoryId, ...]) -> Summary:
    """A Summary from the pipe's answer; whatever in it is not of the expected shape is left out."""
    sentences = answer.get("sentences")
    known = {str(s): s for s in ids}
    out = []
    for entry in sentences if isinstance(sentences, list) else []:
        text, paragraph, support = entry.get("text"), entry.get("paragraph"), entry.get("support", 1)
        story = known.get(str(entry.get("story")), ids[0] if len(ids) == 1 else None)
        if isinstance(text, str) and isinstance(paragraph, int):
            out.append(Sentence(text, paragraph, story, support if isinstance(support, int) else 1))
    return Summary(str(answer.get("method") or answer.get("error") or ""), tuple(out))
