"""Rows of the list: what stands on each of their lines.

A row's own line is `sign headline … date`, its dates in one column with those of the stories below it. Where the
screen has room, an event and a story alone take a second line of headline and one of their own for who reports it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rich.cells import cell_len

from store.model import Event, Listed, Mark
from tui.desk import MOST_NEW, Desk, Row, counted, news
from tui.present.words import (
    FOLDED,
    GONE,
    NOTE,
    STAR,
    UNDATED,
    UNFOLDED,
    UNREAD,
    Line,
    Piece,
    about,
    cut,
    fit,
    moment_of,
    reporters,
    source,
    tag_text,
    when,
)

FEW_ROWS = 30  # of the terminal: below, a row is one line, and the saved queries are
LEAST_TITLE = 6  # columns: less of a title says nothing
WITH_TIMES = 46  # columns from which the stories of an event tell the hour
WITH_SOURCES = 48  # columns from which a row of one line has a column for who reports it
LEAST_NEWS = 6  # columns that a row without that column has for what is new in it
SOURCE = 19  # columns of that: "+1, 3 sentences ●1", "12 outlets ●12/12"
DATE = 6  # columns of "12 Apr"


def row_height(row: Row, width: int, *, one_line: bool = False) -> int:
    """Lines that row_lines will give: as the desk counts them too, which knows no more of a row than its columns."""
    if one_line or (row.story and not row.alone):
        return 1
    return 2 if row.columns <= width - 2 else 3


@lru_cache(maxsize=1 << 12)
def _headline(headline: str, width: int, lines: int) -> tuple[str, ...]:
    if lines == 1 and len(headline) <= width and headline.isascii():
        return (headline or " ",)
    fitted = fit(headline, width, lines)
    return (*fitted, *[""] * (lines - len(fitted)))


def row_lines(row: Row, desk: Desk, width: int, today: date, *, one_line: bool = False) -> tuple[Line, ...]:
    """The lines of one row, each exactly as many as row_height says, none wider than width."""
    if row.story and not row.alone:
        return (_story_line(row, desk.mark(row.story.id), width, today, selected=row.story.id in desk.selected),)
    return _entry_lines(row, desk, width, today, one_line=one_line)


def _entry_lines(row: Row, desk: Desk, width: int, today: date, *, one_line: bool) -> tuple[Line, ...]:
    """An event's own row, or that of a story alone."""
    every = [desk.mark(s.id) for s in row.stories]
    marks = [m for m in every if not m.dismissed] or every
    unread = sum(not m.read for m in marks)
    role = "headline" if unread else "read"
    sign = Piece(_sign(row, desk, unread), "sign")
    headline = row.story.head.title if row.story else row.event.headline
    day = _day(row, today)
    if one_line:
        return (_one_line(row, desk, sign, Piece(headline, role), [*_flags(marks)], unread, day, width),)
    titles = _headline(headline, width - 2, row_height(row, width) - 1)
    lines = [(sign if n == 0 else Piece("  "), Piece(t, role)) for n, t in enumerate(titles)]
    room = width - 2 - _columns(_flags(marks)) - cell_len(day) - 1
    told = _alone_told(row.story) if row.story else _event_told(row.event, desk, unread, room)
    if row.alone and marks[0].tags:
        told.append(Piece("  " + tag_text(marks[0].tags), "tag"))
    return (*lines, _justified([Piece("  "), *_flags(marks), *told], [Piece(day, "meta")] if day else [], width))


def _one_line(
    row: Row, desk: Desk, sign: Piece, headline: Piece, flags: list[Piece], unread: int, day: str, width: int
) -> Line:
    """Sign, headline, who reports it where there is room, the day: each in its column."""
    if row.story:
        who = [Piece(source(row.story), "meta")] if width >= WITH_SOURCES else []
        flags += [Piece("WITHDRAWN ", "star")] if row.story.head.withdrawn else []
    else:
        outlets = f"{counted(len(row.event.outlets), 'outlet', 'outlets')} " if row.event.outlets else ""
        who = [Piece(outlets, "meta")] if width >= WITH_SOURCES else []
        total = len(row.stories)
        many = f"{unread}/{total}" if 0 < unread < total else str(total)
        room = SOURCE - len(f" {UNREAD}{unread}") if width >= WITH_SOURCES else LEAST_NEWS
        if told := woke(row.event, desk, room):
            who, many = [Piece(f"{told} ", "sign")], str(unread)
        who += [*([Piece(UNREAD, "sign")] if unread else []), Piece(many, "meta")]
    last = [Piece(f" {day:>{DATE}}", "meta")] if day or width >= WITH_SOURCES else []
    if width >= WITH_SOURCES:  # a long date takes of who reports it, so that the column begins in one place
        room = SOURCE + 1 + DATE - _columns(last)
        who = list(cut(who, room))
        who.append(Piece(" " * (room - _columns(who))))
    right = [*who, *last]
    title = fit(headline.text, max(2, width - 2 - _columns(flags) - _columns(right) - bool(right)))[0]
    return _justified([sign, *flags, Piece(title, headline.role)], right, width)


def _justified(left: Sequence[Piece], right: Sequence[Piece], width: int) -> Line:
    """left cut where it must be, and right at the end of the line."""
    room = width - _columns(right) - (1 if right else 0)
    line = cut(left, room)
    gap = " " * (room - _columns(line) + (1 if right else 0)) if right else ""
    return cut((*line, Piece(gap), *right), width)


def _columns(pieces: Sequence[Piece]) -> int:
    return sum(cell_len(p.text) for p in pieces)


def _sign(row: Row, desk: Desk, unread: int) -> str:
    if desk.selected and all(s.id in desk.selected for s in row.stories):
        return "✓ "
    if row.story:
        return f"{UNREAD} " if unread else f"{GONE} " if desk.mark(row.story.id).dismissed else "  "
    return f"{FOLDED if desk.is_folded(row.event.id) else UNFOLDED} "


def _day(row: Row, today: date) -> str:
    if row.story is None:
        return when(row.event.published, today) or UNDATED
    return when(row.story.head.published, today, inferred=row.story.head.published_inferred) or UNDATED


def woke(event: Event, desk: Desk, room: int) -> str:
    """What came to an event since the reader read of it, in as many words as there is room for: outlets, else stories,
    and sentences as soon as they are counted. Empty where nothing came."""
    new = news(event, desk.mark)
    if not new.stories:
        return ""
    number = len(new.outlets) or len(new.stories)
    came = counted(number, "outlet", "outlets") if new.outlets else counted(number, "story", "stories")
    sentences = desk.new_sentences.get(new.key)
    if sentences is None:
        ways = [f"new since: {came}", f"+{came}", f"+{number}"]
    else:
        many = f"{sentences}+" if sentences >= MOST_NEW else str(sentences)
        said = f"{many} {'sentence' if sentences == 1 else 'sentences'}"
        ways = [f"new since: {came}, {said}", f"+{came}, {said}", f"+{number}, {said}", f"+{came}", f"+{number}"]
    return next((way for way in ways if len(way) <= room), ways[-1])


def _event_told(event: Event, desk: Desk, unread: int, room: int) -> list[Piece]:
    """Who reports an event, what is new in it, and how much of it is unread: of these, in a narrow pane, who reports it
    is cut short, or left out."""
    ends = [Piece(f" {UNREAD}", "sign"), Piece(str(unread), "meta")] if unread else []
    room -= _columns(ends)
    pieces = [Piece("WITHDRAWN · ", "star")] if any(s.head.withdrawn for s in event.stories) else []
    who, read = reporters(event), "" if unread else " · all read"
    ways = [f"{who}{read}", f"{who.partition(',')[0]}{read}", who.partition(",")[0]]
    if told := woke(event, desk, room - _columns(pieces)):
        pieces.append(Piece(told, "sign"))
        ways = [*(f" · {way}" for way in ways), ""]
    left = room - _columns(pieces)
    fitting = next((way for way in ways if cell_len(way) <= left), ways[-1])
    return [*cut((*pieces, Piece(fitting, "meta")), room), *ends]


def _alone_told(story: Listed) -> list[Piece]:
    pieces = [Piece("WITHDRAWN · ", "star")] if story.head.withdrawn else []
    return [*pieces, Piece(source(story) or "no outlet", "meta")]


def _flags(marks: Sequence[Mark]) -> list[Piece]:
    pieces = [Piece(f"{STAR} ", "star")] if any(m.starred for m in marks) else []
    return [*pieces, Piece(f"{NOTE} ", "star")] if any(m.note for m in marks) else pieces


def _story_line(row: Row, mark: Mark, width: int, today: date, *, selected: bool) -> Line:
    """A story below its event: who reports it, its tags, as much of its title as there is room for."""
    story = row.story
    assert story is not None
    sign = "✓ " if selected else f"{GONE} " if mark.dismissed else "  " if mark.read else f"{UNREAD} "
    date_text = _hour(story, today) if width >= WITH_TIMES else when(story.head.published, today)
    date_text = about(date_text) if story.head.published_inferred else date_text or UNDATED
    room = width - 4 - cell_len(date_text) - 1
    tags = fit(" " + tag_text(mark.tags), room // 2)[0] if mark.tags else ""
    flags = _flags([mark])
    if story.head.withdrawn:
        flags.append(Piece("WITHDRAWN ", "star"))
    left = room - _columns(flags) - (cell_len(tags) + 1 if tags else 0)
    pieces = [*flags, *cut([Piece(source(story), "read" if mark.read else "outlet")], left)]
    if tags:
        pieces.append(Piece(f" {tags}", "tag"))
    if room - _columns(pieces) > LEAST_TITLE:  # where no outlet is named there is more of it
        pieces.append(Piece(("  " if source(story) or tags else "") + story.head.title, "faint"))
    return (Piece("  " + sign, "sign"), *_justified(pieces, [Piece(date_text, "meta")], width - 4))


def _hour(story: Listed, today: date) -> str:
    """Day and, where it is known, time: the year stands in the event's row above."""
    published = story.head.published or ""
    moment = moment_of(published)
    if moment is None or len(published) <= 10 or moment.date() == today:
        return when(published, today)
    return f"{moment.day} {moment:%b} {moment:%H:%M}"
