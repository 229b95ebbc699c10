"""Differences, storylines and statistics laid out as pages for their sheets, from what the headless commands say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from store.model import StoryId
from tui import plots
from tui.backroom import Record
from tui.desk import counted
from tui.pages import BLANK, Block, Stop
from tui.present import when_full

_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_SNIPPET = 60  # characters of a claim that is left out
_REASON = 72  # characters of why an event is linked; the export has the rest
_NEW = 3  # new origins that are named
_BAR, _DAY = 10, 7  # columns
_SPAN = 34  # columns of a storyline in one line, which fits into a desk of 60
_LONGEST = 36_600  # days
_SILENCE = 2  # days that are worth telling of


# --- differences


def differences(told: Record) -> tuple[Block, ...]:
    """First where they disagree, then what they share, then each voice: what a reader has least time for comes last."""
    voices = _records(told.get("voices"))
    names = [str(voice.get("name", "")) for voice in voices]
    blocks = [*_voices(voices, names)]
    if len(voices) < 2:
        return (*blocks, Block("One origin reports it: there is nothing to compare.", "faint"))
    blocks += _disagreements(_records(told.get("disagreements")), names)
    shared, alone = _records(told.get("shared")), _records(told.get("alone"))
    blocks += _shared(shared, names)
    claims = [*shared, *(claim for each in alone for claim in _records(each.get("claims")))]
    number = len(shared)
    for each in alone:
        blocks += _alone(each, names, claims, number)
        number += len(_records(each.get("claims")))
    return tuple(blocks)


def _voices(voices: Sequence[Record], names: Sequence[str]) -> Iterator[Block]:
    copies = sum(len(_strings(voice.get("stories"))) for voice in voices)
    yield Block(f"{counted(copies, 'story', 'stories')} of {counted(len(voices), 'origin', 'origins')}", "label")
    for name, voice in zip(names, voices, strict=True):
        stop = next((Stop(StoryId(story)) for story in _strings(voice.get("stories"))), None)
        text = f"{name}{plots.run_by(voice)}"
        yield Block(text, "body", ((len(name), len(text), "faint"),), indent=2, stop=stop)
    yield BLANK


def _disagreements(found: Sequence[Record], names: Sequence[str]) -> Iterator[Block]:
    if found:
        yield Block("where they disagree", "label")
    for disagreement in found:
        versions = _records(disagreement.get("versions"))
        for version in versions:
            value, day = str(version.get("value", "")), str(version.get("day") or "")
            who = _named(version, names) + (f", {plots.short_day(day)}" if day else "")
            text = f"{value}  {who}"
            spans = ((0, len(value), "subheading"), (len(value), len(text), "faint"))
            yield Block(
                text, "body", spans, indent=4, margin="  ≠" if version is not versions[0] else "", stop=_stop(version)
            )
            yield Block(str(version.get("text", "")), "body", indent=6)
        yield BLANK
    if not found:
        yield Block("No number, day, place, name or office was found to be given in two ways.", "faint")
        yield BLANK


def _shared(shared: Sequence[Record], names: Sequence[str]) -> Iterator[Block]:
    if not shared:
        yield Block("No sentence of one origin says what one of another says.", "faint")
        yield BLANK
    label = ""
    for number, claim in enumerate(shared):
        said = len(_numbers(claim.get("voices")))
        if label != (label := _how_many(said, len(names))):
            yield Block(label, "label")
        who = "" if said == len(names) else f"  — {_named(claim, names)}"
        text = f"{claim.get('text', '')}{who}"
        spans = ((len(text) - len(who), len(text), "faint"),) if who else ()
        yield Block(text, "sentence", spans, indent=4, margin=f"{_mark(number):>3}", stop=_stop(claim))
    if shared:
        yield BLANK


def _how_many(said: int, voices: int) -> str:
    if said == voices:
        return "both say" if voices == 2 else f"all {voices} say"
    return "most say" if 2 * said > voices else "several say"


def _alone(alone: Record, names: Sequence[str], told: Sequence[Record], first: int) -> Iterator[Block]:
    """What one voice alone says, from the number of its first claim on, and what it leaves out of all that is told."""
    claims, left_out = _records(alone.get("claims")), _numbers(alone.get("leaves_out"))
    voice = alone.get("voice")
    name = names[voice] if isinstance(voice, int) and voice < len(names) else ""
    yield Block(f"only {name}" if claims else name, "label")
    for number, claim in enumerate(claims, first):
        mark = _mark(number) if len(names) == 2 else "+"  # of two, the other's line below names it by its number
        yield Block(str(claim.get("text", "")), "sentence", indent=4, margin=f"{mark:>3}", stop=_stop(claim))
    missing = "; ".join(f"{_mark(n)} {_short(str(told[n].get('text', '')))}" for n in left_out if n < len(told))
    yield Block(f"leaves out {missing or 'nothing, as far as can be told'}", "faint", indent=4, margin="  -")
    yield BLANK


def _mark(number: int) -> str:
    return _CIRCLED[number] if number < len(_CIRCLED) and not plots.ascii_only() else str(number + 1)


def _named(record: Record, names: Sequence[str]) -> str:
    return ", ".join(names[v] for v in _numbers(record.get("voices")) if v < len(names))


def _short(text: str, most: int = _SNIPPET) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(";,:") + " …"


def _stop(record: Record) -> Stop | None:
    story, paragraph = record.get("story"), record.get("paragraph")
    if not isinstance(story, str):
        return None
    return Stop(StoryId(story), paragraph if isinstance(paragraph, int) else None, str(record.get("text", "")))


# --- storylines


def storyline(told: Record) -> tuple[Block, ...]:
    """A row a day, its bar and what was told; gaps and turning points stand out."""
    days = _records(told.get("days"))
    events, stories = (n if isinstance(n, int) else 0 for n in (told.get("events"), told.get("stories")))
    said = [counted(events, "event", "events"), counted(stories, "story", "stories"), counted(len(days), "day", "days")]
    blocks = [Block(" · ".join(said), "meta")]
    if told.get("first_at"):
        by = told.get("first_by") or "no outlet"
        blocks.append(Block(f"first report: {by}, {when_full(str(told['first_at']))}", "meta"))
    blocks += _span(days)
    blocks.append(BLANK)
    most = max((_count(day, "stories") for day in days), default=1)
    year = ""
    for day in days:
        silent = _count(day, "silent")
        if silent >= _SILENCE:
            blocks.append(Block(f"{counted(silent, 'day', 'days')} of silence", "faint", indent=_DAY, margin="    ┆"))
        if year != (year := str(day.get("day", ""))[:4]):
            blocks.append(Block(year, "label"))
        blocks += _day(day, most)
    undated = _records(told.get("undated"))
    if undated:
        blocks += [BLANK, Block("no date", "label"), *(_happening(each) for each in undated)]
    return tuple(blocks)


def _span(days: Sequence[Record]) -> Iterator[Block]:
    """The whole storyline in one line: a column a day, or several days, between its first and its last."""
    dated = [(date.fromisoformat(str(day["day"])), _count(day, "stories")) for day in days]
    if len(dated) < 2:
        return
    first, last = dated[0][0], dated[-1][0]
    counts = [0] * min((last - first).days + 1, _LONGEST)
    for day, count in dated:
        counts[min((day - first).days, _LONGEST - 1)] += count
    ends = [plots.short_day(day.isoformat()) for day in (first, last)]
    drawn = plots.spark(plots.pressed(counts, _SPAN))
    text = f"{ends[0]} |{drawn}| {ends[1]}"
    yield Block(text, "meta", ((len(ends[0]) + 2, len(ends[0]) + 2 + len(drawn), "sign"),))


def _day(day: Record, most: int) -> Iterator[Block]:
    drawn = plots.bar(_count(day, "stories"), most, _BAR)
    outlets = _strings(day.get("outlets"))
    said = [counted(_count(day, "stories"), "story", "stories")]
    said += [outlets[0] if len(outlets) == 1 else counted(len(outlets), "outlet", "outlets")] if outlets else []
    text = f"{drawn} {' · '.join(said)}"
    turn = _turning(day)
    full = f"{text}  {turn}" if turn else text
    spans = ((0, len(drawn), "sign"), (len(drawn), len(text), "faint"), (len(text), len(full), "tag"))
    yield Block(full, "body", spans, indent=_DAY, margin=f"{plots.short_day(str(day.get('day', ''))):>6}")
    for happening in _records(day.get("happenings")):
        yield _happening(happening)
        if happening.get("why"):
            yield Block(f"linked: {_reason(str(happening['why']))}", "faint", indent=_DAY + 2)


def _reason(why: str) -> str:
    """As many of its clauses as there is room for: "3 days later than" without the rest says nothing."""
    clauses = why.split("; ")
    while len(clauses) > 1 and len("; ".join(clauses)) > _REASON:
        clauses.pop()
    return _short("; ".join(clauses), _REASON)


def _turning(day: Record) -> str:
    new = _strings(day.get("new_origins"))
    told = ["burst"] if day.get("burst") else []
    if new:
        more = f" and {len(new) - _NEW} more" if len(new) > _NEW else ""
        told.append(f"new: {', '.join(new[:_NEW])}{more}")
    return " · ".join(told)


def _happening(happening: Record) -> Block:
    stop = Stop(StoryId(story)) if isinstance(story := happening.get("story"), str) else None
    text = str(happening.get("headline", ""))
    role = "subheading" if happening.get("first") else "link"
    return Block(text, role, indent=_DAY + 2, margin=f"{'':{_DAY}}·", stop=stop)


# --- statistics


def statistics(told: Record) -> tuple[Block, ...]:
    """What is unread, when, which tags are in use, and who covers what was starred."""
    stories, unread = _count(told, "stories"), _count(told, "unread")
    blocks = [Block(f"{unread} of {counted(stories, 'story', 'stories')} unread", "subheading"), BLANK]
    days = [(str(day.get("name", "")), _count(day, "count")) for day in _records(told.get("unread_by_day"))]
    drawn = plots.histogram(days)
    if drawn:
        blocks.append(Block("unread by day of publication", "label"))
        indent = max(len(left) for left, _ in drawn) + 2
        blocks += [_column(left, line, indent) for left, line in drawn]
        blocks.append(BLANK)
    blocks += _bars("unread by outlet", _records(told.get("unread_by_outlet")))
    blocks += _usage(_records(told.get("tags")), len(_strings(told.get("weeks"))))
    starred = _count(told, "starred_events")
    if starred:
        blocks += _bars(f"who covers the {counted(starred, 'event', 'events')} starred", _records(told.get("coverage")))
    else:
        blocks.append(Block("Star events to see which outlets cover them.", "faint"))
    return tuple(blocks)


def _column(left: str, line: str, indent: int) -> Block:
    """A line of the histogram: its bars in the colour of all bars, its axis faint."""
    bars = tuple((found.start(), found.end(), "sign") for found in re.finditer("[█#]+", line))
    return Block(line, "faint", bars, indent=indent, margin=f"  {left}", margin_role="faint")


_NAME = 22  # columns of an outlet's or a tag's name


def _bars(title: str, counts: Sequence[Record]) -> Iterator[Block]:
    if not counts:
        return
    yield Block(title, "label")
    most = max(_count(each, "count") for each in counts)
    for each in counts:
        drawn = plots.bar(_count(each, "count"), most, 2 * _BAR)
        text = f"{drawn} {_count(each, 'count')}"
        yield Block(
            text,
            "body",
            ((0, len(drawn), "sign"),),
            indent=_NAME + 3,
            margin=f"  {_cut(str(each.get('name')))}",
            margin_role="body",
        )
    yield BLANK


def _usage(tags: Sequence[Record], weeks: int) -> Iterator[Block]:
    if not tags:
        yield Block("No tag was put on in the last eight weeks.", "faint")
        yield BLANK
        return
    yield Block(f"stories by the week their tag was put on, of the last {weeks}", "label")
    for usage in tags:
        counts = _numbers(usage.get("weeks"))
        text = f"|{plots.spark(counts)}| {sum(counts)}"
        yield Block(
            text,
            "body",
            ((1, weeks + 1, "sign"),),
            indent=_NAME + 3,
            margin=f"  {_cut(str(usage.get('tag')))}",
            margin_role="body",
        )
    yield BLANK


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


# --- reading records


def _records(value: object) -> list[Record]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _strings(value: object) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _numbers(value: object) -> list[int]:
    return [v for v in value if isinstance(v, int)] if isinstance(value, list) else []


def _count(record: Record, name: str) -> int:
    found = record.get(name)
    return found if isinstance(found, int) else 0
