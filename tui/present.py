"""From stories and marks to what stands on the screen: lines of a row, the lines above and below, messages.

Pages of text are made in pages.py. Plain Python: roles name what a piece is ("headline", "meta"); the widgets know how
each role looks. Text from outside passes through here as plain strings and is never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len, set_cell_size

from store.model import Event, Listed, Mark
from tui.desk import ORDERS, Desk, Layout, News, Order, Row, counted, news

LEAST_TITLE = 6  # columns: less of a title says nothing
UNREAD, STAR, NOTE, GONE = "●", "★", "✎", "×"
FOLDED, UNFOLDED = "▸", "▾"


@dataclass(frozen=True, slots=True)
class Piece:
    """link is an address as tui.addresses.link gives it."""

    text: str
    role: str = ""
    link: str = ""


Line = tuple[Piece, ...]
Severity = Literal["information", "warning", "error"]


# --- small words


def when(published: str | None, today: date, *, inferred: bool = False) -> str:
    """A date as short as it can be said: "17:53" today, "12 Apr", "12 Apr 25" in another year, "~12 Apr" inferred."""
    if inferred:
        return about(when(published, today))
    moment = _moment(published)
    if moment is None:
        return ""
    if moment.date() == today and len(published or "") > 10:
        return f"{moment:%H:%M}"
    return f"{moment.day} {moment:%b}" if moment.year == today.year else f"{moment.day} {moment:%b} {moment:%y}"


def about(date_text: str) -> str:
    """The text of a date that a story only implies."""
    return f"~{date_text}" if date_text else ""


def when_full(published: str | None, *, inferred: bool = False) -> str:
    """A date in full: "12 April 2025", "26 February 2025, 17:53"; "~12 April 2025" if inferred."""
    if inferred:
        return about(when_full(published))
    moment = _moment(published)
    if moment is None:
        return ""
    clock = f", {moment:%H:%M}" if len(published or "") > 10 else ""
    return f"{moment.day} {moment:%B} {moment.year}{clock}"


def _moment(published: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(published) if published else None
    except ValueError:
        return None


def source(story: Listed) -> str:
    """Outlet and agency as one: "Harbour Post (SNA)"."""
    outlet, agency = story.head.outlet, story.head.agency
    if outlet and agency and outlet != agency:
        return f"{outlet} ({agency})"
    return outlet or agency or story.head.source or ""


def tag_text(tags: Iterable[str]) -> str:
    return " ".join(f"#{t}" for t in tags)


def fit(text: str, width: int, lines: int = 1) -> tuple[str, ...]:
    """Words wrapped to at most so many lines of width columns; what does not fit ends in "…"."""
    if width < 2:
        return ("",)
    out: list[str] = []
    words = text.split()
    while words and len(out) < lines:
        line = words.pop(0)
        while words and cell_len(line) + 1 + cell_len(words[0]) <= width:
            line += " " + words.pop(0)
        if cell_len(line) > width or (words and len(out) == lines - 1):
            line = set_cell_size(" ".join((line, *words[:8])), width - 1).rstrip() + "…"
            if len(out) == lines - 1:
                words = []
        out.append(line)
    return tuple(out) or ("",)


# --- rows of the list


def row_height(row: Row, width: int) -> int:
    """Lines that row_lines will give: as the desk counts them too, which knows no more of a row than its columns."""
    if row.story and not row.alone:
        return 1
    return 2 if row.columns <= width - 2 else 3


@lru_cache(maxsize=1 << 12)
def _headline(headline: str, width: int, lines: int) -> tuple[str, ...]:
    if lines == 1 and len(headline) <= width and headline.isascii():
        return (headline or " ",)
    fitted = fit(headline, width, lines)
    return (*fitted, *[""] * (lines - len(fitted)))


def row_lines(row: Row, desk: Desk, width: int, today: date) -> tuple[Line, ...]:
    """The lines of one row, each exactly as many as row_height says, none wider than width."""
    if row.story and not row.alone:
        return (_story_line(row, desk.mark(row.story.id), width, today, selected=row.story.id in desk.selected),)
    return _event_lines(row, desk, width, today)


def _event_lines(row: Row, desk: Desk, width: int, today: date) -> tuple[Line, ...]:
    every = [desk.mark(s.id) for s in row.stories]
    marks = [m for m in every if not m.dismissed] or every
    unread = sum(not m.read for m in marks)
    headline = row.story.head.title if row.story else row.event.headline
    role = "headline" if unread else "read"
    sign = _sign(row, desk, unread)
    titles = _headline(headline, width - 2, row_height(row, width) - 1)
    lines = [(Piece(sign if n == 0 else "  ", "sign"), Piece(t, role)) for n, t in enumerate(titles)]
    meta = (
        _alone_meta(row.story, today)
        if row.story
        else _event_meta(row.event, unread, today, news(row.event, desk.mark))
    )
    pieces = [Piece("  "), *_flags(marks), Piece(meta, "meta")]
    if row.alone and marks[0].tags:
        pieces.append(Piece("  " + tag_text(marks[0].tags), "tag"))
    return (*lines, cut(pieces, width))


def _sign(row: Row, desk: Desk, unread: int) -> str:
    if desk.selected and all(s.id in desk.selected for s in row.stories):
        return "✓ "
    if row.story:
        return f"{UNREAD} " if unread else f"{GONE} " if desk.mark(row.story.id).dismissed else "  "
    return f"{FOLDED if row.event.id in desk.folded else UNFOLDED} "


def _event_meta(event: Event, unread: int, today: date, new: News) -> str:
    parts = ["WITHDRAWN"] if any(s.head.withdrawn for s in event.stories) else []
    parts += [_new_since(new)] if new.stories else []  # first: a narrow pane cuts the rest off
    parts.append(reporters(event))
    parts.append(f"{unread} unread" if unread else "all read")
    parts.append(when(event.published, today))
    return " · ".join(p for p in parts if p)


def _new_since(new: News) -> str:
    """What joined an event that had been read: "new since: 2 outlets"."""
    outlets, stories = len(new.outlets), len(new.stories)
    return f"new since: {counted(outlets, 'outlet', 'outlets') if outlets else counted(stories, 'story', 'stories')}"


def reporters(event: Event) -> str:
    """How many report an event, and how many of them found it out themselves: "7 outlets, 3 origins"."""
    outlets, origins = len(event.outlets), len(event.origins)
    if origins > outlets:  # a story without an outlet is one more origin and no outlet: stories are what can be counted
        outlets = 0
    told = counted(outlets, "outlet", "outlets") if outlets else counted(len(event.stories), "story", "stories")
    return told if (outlets or len(event.stories)) < 2 else f"{told}, {counted(origins, 'origin', 'origins')}"


def _alone_meta(story: Listed, today: date) -> str:
    said = (
        "WITHDRAWN" if story.head.withdrawn else "",
        source(story),
        when(story.head.published, today, inferred=story.head.published_inferred),
    )
    return " · ".join(p for p in said if p) or "no outlet, no date"


def _flags(marks: Sequence[Mark]) -> list[Piece]:
    pieces = [Piece(f"{STAR} ", "star")] if any(m.starred for m in marks) else []
    return [*pieces, Piece(f"{NOTE} ", "star")] if any(m.note for m in marks) else pieces


def _story_line(row: Row, mark: Mark, width: int, today: date, *, selected: bool) -> Line:
    story = row.story
    assert story is not None
    sign = "✓ " if selected else f"{GONE} " if mark.dismissed else "  " if mark.read else f"{UNREAD} "
    date_text = _moment_of(story, today) if width >= 34 else when(story.head.published, today)
    date_text = about(date_text) if story.head.published_inferred else date_text
    room = width - 4 - cell_len(date_text) - 1
    tags = fit(" " + tag_text(mark.tags), room // 2)[0] if mark.tags else ""
    flags = _flags([mark])
    if story.head.withdrawn:
        flags.append(Piece("WITHDRAWN ", "star"))
    left = room - sum(cell_len(p.text) for p in flags) - (cell_len(tags) + 1 if tags else 0)
    name = Piece(source(story) or "no outlet", ("read" if mark.read else "outlet") if source(story) else "faint")
    pieces = [*flags, *cut([name], left)]
    if tags:
        pieces.append(Piece(f" {tags}", "tag"))
    if room - sum(cell_len(p.text) for p in pieces) > LEAST_TITLE:
        pieces.append(Piece("  " + story.head.title, "faint"))
    line = cut(pieces, room)
    filled = sum(cell_len(p.text) for p in line)
    gap = Piece(" " * (room - filled + 1))
    return (Piece("  " + sign, "sign"), *line, gap, Piece(date_text, "meta"))


def _moment_of(story: Listed, today: date) -> str:
    """Day and, where it is known, time: the year stands in the event's row above."""
    published = story.head.published or ""
    moment = _moment(published)
    if moment is None or len(published) <= 10 or moment.date() == today:
        return when(published, today)
    return f"{moment.day} {moment:%b} {moment:%H:%M}"


def cut(pieces: Iterable[Piece], width: int) -> Line:
    """Pieces as far as they fit in width columns; a piece cut short ends in "…"."""
    out: list[Piece] = []
    for piece in pieces:
        room = width - sum(cell_len(p.text) for p in out)
        if room <= 0:
            break
        if cell_len(piece.text) > room:
            text = set_cell_size(piece.text, room - 1).rstrip() + "…" if room > 1 else "…"
            out.append(Piece(text, piece.role))
            break
        out.append(piece)
    return tuple(out)


# --- the lines above and below


def top_line(library: str, counts: tuple[int, int, int] | None, *, read_only: bool) -> str:
    """counts are not known while the library is still being listed."""
    total, unread, starred = counts or (0, 0, 0)
    parts = [counted(total, "story", "stories"), f"{unread:,} unread"] if counts else ["…"]
    parts += [f"{STAR} {starred:,}"] if starred else []
    parts += ["READ ONLY"] if read_only else []
    return f" {' · '.join(parts)}   {library}"


def status_line(desk: Desk, work: str) -> str:
    """Position, filter, selection, and what runs in the background."""
    total = len(desk.rows)
    parts = [f"{desk.cursor + 1:,}/{total:,}" if total else "0/0"] if desk.whole else ["…"]
    parts += [f"by {desk.layout.value}"] if desk.layout is not Layout.EVENTS else []
    parts += [ORDERS[desk.order]] if desk.order is not Order.NEWEST else []
    parts += [f"search: {desk.search}"] if desk.search else []
    parts += [f"filter: {desk.filter}"] if desk.filter else []
    parts += [f"{len(desk.selected)} selected"] if desk.selected else []
    parts += [work] if work else []
    return " " + "  │  ".join(parts)


# --- what long work says


def progress(record: Mapping[str, object]) -> str:
    """One line of how far an import has come."""
    done, total = record.get("done"), record.get("total")
    of = f" {done:,}" if isinstance(done, int) and done else ""
    of += f" of {total:,}" if isinstance(total, int) and total and of else ""
    return f"{record.get('stage')}{of} … (ctrl+x stops)"


STOPPED = 130  # the exit status of a command that was asked to stop, as shells have it


def added(records: Sequence[Mapping[str, object]], status: int) -> Iterable[tuple[str, Severity]]:
    """What an import did, for the reader: first the counts, then what was rejected and why."""
    if status < 0 or status == STOPPED:
        yield "Stopped. What was already added stays; add the same again to go on", "warning"
    for record in records:
        if "complaint" in record:
            yield str(record["complaint"]), "error"
        if "added" in record:
            names = ("added", "same", "revised", "rejected")
            yield ", ".join(f"{record.get(n, 0)} {n}" for n in names), "information"
        if moved := record.get("moved"):
            number = len(moved) if isinstance(moved, list) else 0
            yield f"{counted(number, 'story', 'stories')} you marked moved to another event", "information"
    rejected = [r for r in records if "reason" in r]
    for record in rejected[:3]:
        yield f"{record.get('source')}: {record['reason']}", "warning"
    if len(rejected) > 3:
        yield f"… and {len(rejected) - 3} more rejected; `diplo-reader add` lists them all", "warning"


def exported(record: Mapping[str, object]) -> str:
    """What an export wrote, and where."""
    written, asked = record.get("written"), record.get("asked")
    if not written:
        return "Nothing to export: tag stories with t, or select some with v"
    short = "" if written == asked else f" of {asked}"
    return f"Exported {written}{short} stories to {record.get('file')}"


def refused(complaint: str, file: str) -> str:
    """Why an export was not written; the desk has no --force to advise, but another name is quickly given."""
    if "--force" in complaint:
        return f"{file} is there already, and not as a review was last written to it: press e and give another name"
    return complaint
