"""From a story, an event or a summary to a page: blocks of text, each wrapped as one paragraph by whoever draws it.

Plain Python. Text from outside passes through here as plain strings and is never markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from store.model import Event, Kind, Listed, Mark, Story, StoryId, Summary
from store.text.passages import places
from tui import addresses
from tui.desk import Desk, News, Row, counted
from tui.present import GONE, NOTE, STAR, UNDATED, UNREAD, reporters, source, tag_text, when_full


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page that is wrapped as one paragraph.

    spans are (start, end, role) in the text; indent is in columns; margin is printed left of the first line, inside
    the indent. paragraph says which of the story's paragraphs it is, and offset where in that it starts; stop says
    that the page's cursor can rest on it, and to what it then points; link is an address that a terminal may open (as
    tui.addresses.link gives it). side is wrapped in the indent, beside as many lines as it takes, left of a rule.
    """

    text: str
    role: str = "body"
    spans: tuple[tuple[int, int, str], ...] = ()
    indent: int = 0
    margin: str = ""
    paragraph: int | None = None
    stop: Stop | None = None
    link: str = ""
    offset: int = 0
    side: str = ""
    margin_role: str = "sign"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where Enter on a block leads: a sentence of a story, or a story alone."""

    story: StoryId
    paragraph: int | None = None
    sentence: str = ""


BLANK = Block("", "blank")


def story_page(
    story: Story,
    mark: Mark,
    row: Row | None = None,
    *,
    with_dropped: bool,
    terms: Sequence[str] = (),
) -> tuple[Block, ...]:
    """A story to be read: head, marks, paragraphs; with_dropped also what cleaning took out, in place."""
    event, listed = (row.event, row.story) if row else (None, None)
    head = story.head
    said = [
        head.reporter,
        head.agency if head.agency != head.reporter else None,
        when_full(head.published, inferred=head.published_inferred) or (UNDATED if head.reporter else None),
        head.place,
    ]
    line = " · ".join(s for s in said if s)
    line += f"{' · ' if line else ''}by {head.byline}" if head.byline else ""
    blocks = [Block(head.title, "headline")]
    if head.title_made:
        blocks.append(Block("no headline given; made from the first sentence", "faint"))
    blocks.append(Block(line or "no outlet and no date given", "meta"))
    if address := addresses.shown(head.url):
        blocks.append(Block(address, "address", link=addresses.link(head.url)))
    original = next((s for s in event.stories if s.id == listed.copy_of), None) if event and listed else None
    if original:
        name = source(original) or "the story"
        blocks.append(Block(f"runs the copy of {name}: {original.head.title}", "faint"))
    blocks += _mark_blocks(mark)
    standing = [span for text in mark.highlights for span in places(text, story.paragraphs)]
    for text in mark.highlights:
        if not any(text in paragraph for paragraph in story.paragraphs):
            blocks.append(Block(f"highlighted, but not in this text any more: {text}", "note", indent=2, margin="▐"))
    blocks.append(BLANK)
    number = 0
    for passage in story.passages:
        if passage.kept:
            role = "subheading" if passage.kind is Kind.SUBHEADING else "body"
            offset, own = 0, [(start, end) for n, start, end in standing if n == number]
            for text in _portions(passage.text):
                lit = within(own, offset, len(text), "highlight")
                blocks.append(Block(text, role, (*lit, *_found(text, terms)), paragraph=number, offset=offset))
                offset += len(text)
            blocks.append(BLANK)
            number += 1
        elif with_dropped:
            if blocks[-1] is BLANK and blocks[-2].role == "dropped":
                blocks.pop()  # what was cut out in a run stands as one
            blocks += [*(Block(t, "dropped", indent=SIDE, side=passage.reason) for t in _portions(passage.text)), BLANK]
    if not number:
        blocks.append(Block("This story has no text.", "faint"))
    return tuple(blocks)


def within(spans: Iterable[tuple[int, int]], start: int, length: int, role: str) -> tuple[tuple[int, int, str], ...]:
    """Spans of a paragraph as they stand in a portion of it."""
    end = start + length
    return tuple((max(a, start) - start, min(b, end) - start, role) for a, b in spans if a < end and b > start)


SIDE = 15  # columns of a reason, its rule and the spaces around it
PORTION = 8_000  # characters: a longer paragraph is drawn as several blocks, so that no one wrap takes over 3 ms


def _portions(text: str) -> Iterable[str]:
    """A text cut at spaces into stretches that can each be wrapped within a frame; nearly always one."""
    while len(text) > PORTION:
        end = text.rfind(" ", PORTION // 2, PORTION) + 1 or PORTION
        yield text[:end]
        text = text[end:]
    yield text


def _mark_blocks(mark: Mark) -> list[Block]:
    blocks = []
    flags = [
        f"{STAR} starred" if mark.starred else "",
        f"{GONE} dismissed" if mark.dismissed else "",
        tag_text(mark.tags),
    ]
    if any(flags):
        blocks.append(Block("  ".join(f for f in flags if f), "tag"))
    if mark.note:
        first, *more = mark.note.split("\n")
        blocks.append(Block(first, "note", indent=2, margin=NOTE))
        blocks += [Block(text, "note", indent=2) for text in more]
    return blocks


def _found(text: str, terms: Sequence[str]) -> tuple[tuple[int, int, str], ...]:
    """Where the words that were searched for stand."""
    spans = []
    for term in terms:
        pattern = r"\b" + r"\s+".join(re.escape(w) for w in term.split())
        spans += [(m.start(), m.end(), "found") for m in re.finditer(pattern, text, re.IGNORECASE)]
    return tuple(spans)


def event_page(event: Event, marks: Callable[[StoryId], Mark], siblings: Sequence[Event]) -> tuple[Block, ...]:
    """An event at a glance: who reports it, when, why they belong together; then the other events of its storyline."""
    stories = counted(len(event.stories), "story", "stories")
    told = reporters(event)  # as the row says it
    who = told if told.startswith(stories) else f"{stories}, {told}"
    days = sorted({s.head.day for s in event.stories if s.head.day})
    span = " to ".join(dict.fromkeys(when_full(d) for d in (days[0], days[-1]))) if days else "no date given"
    blocks = [
        Block(event.headline, "headline"),
        Block(f"{who} · {span}", "meta"),
        BLANK,
    ]
    for story in event.stories:
        mark = marks(story.id)
        sign = f"{UNREAD} " if not mark.read else "  "
        date_text = when_full(story.head.published, inferred=story.head.published_inferred)
        said = f"{source(story) or 'no outlet'} · {date_text or UNDATED}"
        blocks += [
            Block(story.head.title, "subheading", indent=2, margin=sign, stop=Stop(story.id)),
            Block(said + ("  " + tag_text(mark.tags) if mark.tags else ""), "meta", indent=2),
        ]
        if story.why:
            blocks.append(Block(_short(story.why), "faint", indent=2))
        blocks.append(BLANK)
    return (*blocks, *_storyline_blocks(event, siblings))


def _short(why: str) -> str:
    """The beginning of a reason: the whole of it stands beside the story."""
    return why if len(why) <= 110 else why[:110].rsplit(" ", 1)[0].rstrip(";,:") + " …"


def _storyline_blocks(event: Event, siblings: Sequence[Event]) -> tuple[Block, ...]:
    others = sorted((e for e in siblings if e.id != event.id), key=lambda e: e.newest)
    if not others:
        return ()
    blocks = [Block(f"Storyline: {counted(len(others), 'other event', 'other events')}", "label")]
    for other in others:
        stop = Stop(other.stories[0].id) if other.stories else None
        blocks.append(
            Block(
                f"{when_full(other.published) or 'undated'}  {other.headline}", "link", indent=2, margin="· ", stop=stop
            )
        )
    return tuple(blocks)


METHODS = {
    "desk": "Desk",
    "event": "Event",
    "new": "New to you",
    "lexrank": "LexRank",
    "textrank": "TextRank",
    "lsa": "LSA",
    "luhn": "Luhn",
    "kl": "KL-Sum",
    "sumbasic": "SumBasic",
    "reduction": "Reduction",
    "lead": "Lead",
}


_ALONE = "alone: "  # as the reason begins of a story that is an event by itself


def summary_page(
    summary: Summary | None,
    row: Row | None,
    desk: Desk,
    outlets: Mapping[StoryId, str],
    keys: Mapping[str, str] = MappingProxyType({}),
    opened: int = 0,
) -> tuple[Block, ...]:
    """The pane beside the text: the summary, then why the story is in its event, and who else reports it. opened: so
    many of its sentences the text beside it opens with, and are not told again."""
    if row is None:
        return (Block("Summary", "label"), Block("A story's summary stands here.", "faint"))
    if summary is None:
        blocks = [Block("Summary", "label"), Block("…", "faint"), BLANK]
    else:
        blocks = list(_sentence_blocks(summary, outlets if row.story is None else {}, keys, opened))
    if row.story and row.story.why:
        why = row.story.why.removeprefix(_ALONE)
        label = "Why here" if why == row.story.why else "Why alone"
        label += " (inferred)" if row.story.inferred else ""
        blocks += [Block(label, "label"), Block(why, "faint"), BLANK]
    if row.story:
        blocks += _coverage_blocks(row.event, row.story, desk)
    return tuple(blocks)


def news_told(
    new: News, sentences: int, most: int, keys: Mapping[str, str] = MappingProxyType({})
) -> tuple[Block, ...]:
    """What came to an event since the reader read of it, in numbers: sentences counts no further than most."""
    outlets, stories = len(new.outlets), len(new.stories)
    who = counted(outlets, "new outlet", "new outlets") if outlets else counted(stories, "new story", "new stories")
    said = counted(sentences, "new sentence", "new sentences")
    said = f"{most} new sentences or more" if sentences >= most else said if sentences else "no new sentence"
    only = f" · {keys['new']} tells only what is new" if "new" in keys else ""
    return Block("New since you read it", "label"), Block(f"{who}, {said}{only}", "faint"), BLANK


def _sentence_blocks(
    summary: Summary, outlets: Mapping[StoryId, str], keys: Mapping[str, str], opened: int
) -> Iterable[Block]:
    name = METHODS.get(summary.method, summary.method)
    label = f"Summary · {name} · {len(summary.sentences)}"
    more = f"  {keys['longer']} {keys['shorter']}" if {"longer", "shorter"} <= keys.keys() else ""
    yield Block(label + more, "label", ((len(label), len(label + more), "faint"),) if more else ())
    if opened:
        number = len(summary.sentences)
        open_it = f"{opened} of these {number} sentences {'opens' if opened == 1 else 'open'} the text"
        yield Block(f"{open_it}; the other {number - opened if number - opened > 1 else 'one'}:", "faint")
        yield BLANK
    for number, sentence in enumerate(summary.sentences[opened:], 1):
        said = outlets.get(sentence.story, "") if sentence.story else ""
        said += f"{' ' if said else ''}x{sentence.support}" if sentence.support > 1 else ""
        text = f"{sentence.text}  — {said}" if said else sentence.text
        spans = ((len(sentence.text), len(text), "faint"),) if said else ()
        stop = Stop(sentence.story, sentence.paragraph, sentence.text) if sentence.story else None
        yield Block(text, "sentence", spans, indent=3, margin=f"{number} ", stop=stop)
        yield BLANK
    if not summary.sentences:
        nothing = "Nothing new: the stories you have read hold all of it." if summary.method == "new" else ""
        yield Block(nothing or "Nothing to summarise.", "faint")


def _coverage_blocks(entry: Event, here: Listed, desk: Desk) -> list[Block]:
    """The other stories of its event, of those of its entry: a storyline holds those of other events too."""
    others = [story for story in entry.stories if story.event == here.event and story.id != here.id]
    blocks = [Block("Also reported by", "label")] if others else []
    for story in others:
        sign = "  " if desk.mark(story.id).read else f"{UNREAD} "
        text = " · ".join(p for p in (source(story), story.head.title) if p)
        blocks.append(Block(text, "link", indent=2, margin=sign, stop=Stop(story.id)))
    return blocks
