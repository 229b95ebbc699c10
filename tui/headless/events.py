"""events, why, merge, split, rules and find-event: what makes one event, and the reader's word on it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from store import intake
from store.errors import InputError
from store.export import sheets
from store.library import Library
from store.model import (
    Act,
    Event,
    Fit,
    Listed,
    Moved,
    Nearness,
    Placement,
    Raw,
    Rejected,
    Rule,
    RuleKind,
    StoryId,
    Why,
    outlet_key,
)
from store.sheets import INFERRED
from tui.desk import counted
from tui.headless import documents, say
from tui.headless.reading import tell_nowhere

SHORT = 8  # characters of an id that are shown; any prefix that fits one story is understood
_TITLES = 3  # stories that are named of those that moved
_TITLE = 70  # characters of a title in a list of rules


def events(library: Library, options: Namespace) -> int:
    """Events, newest first, each with who reports it, how many found it out, and why its stories belong together."""
    found = library.matching(" ".join(options.query), today=date.today())
    tell_nowhere(library, " ".join(options.query))
    for event in found:
        if options.json:
            placed = library.archive.placements([s.id for s in event.stories])
            say.record(_event_record(library, event, placed, in_full=options.why))
        else:
            _say_event(event)
    if not found and not options.json:
        say.note(
            "No event fits."
            if options.query or library.lost or library.events()
            else "No stories yet: diplo-reader add FOLDER"
        )
    return 0


def _say_event(event: Event) -> None:
    number, every = len(event.stories), len(event.stories) + event.left_out
    stories = counted(every, "story", "stories")
    told = [
        event.published[:10] if event.published else "no date",
        f"{number} of {stories}" if event.left_out else stories,
    ]
    if number > 1:
        outlets, origins = len(event.outlets), counted(len(event.origins), "origin", "origins")
        told.append(f"{counted(outlets, 'outlet', 'outlets')}, {origins}" if outlets else origins)
    say.line(f"{event.headline}  [{' · '.join(told)}]")
    for story in event.stories:
        own = story.head.reporter or "-"
        runs = story.origin and story.copy_of and outlet_key(story.origin) != outlet_key(own)
        how = f"{f', runs {story.origin}' if runs else ''}{' (inferred)' if story.inferred else ''}"
        say.line(f"    {story.id[:SHORT]}  {own}{how}: {story.why}")


def _event_record(
    library: Library, event: Event, placed: Mapping[StoryId, Placement], *, in_full: bool
) -> dict[str, object]:
    return {
        "id": event.id,
        "storyline": event.storyline,
        "storyline_why": next((s.storyline_why for s in event.stories if s.storyline_why), ""),
        "headline": event.headline,
        "published": event.published,
        "outlets": list(event.outlets),
        "origins": list(event.origins),
        "left_out": event.left_out,
        "stories": [_story_record(library, s, placed.get(s.id), in_full=in_full) for s in event.stories],
    }


def _story_record(library: Library, story: Listed, at: Placement | None, *, in_full: bool) -> dict[str, object]:
    record: dict[str, object] = {
        "id": story.id,
        "title": story.head.title,
        "published": story.head.published,
        "outlet": story.head.reporter,
        "agency": story.head.agency,
        "origin": story.origin,
        "copy_of": story.copy_of,
        "inferred": story.inferred,
        "why": story.why,
        "nearest": at.nearest if at else None,
        "likeness": at.likeness if at else 0.0,
    }
    if in_full:
        record["shared"] = [asdict(s) for s in library.why(story.id).shared]
    return record


def why(library: Library, options: Namespace) -> int:
    """Why a story stands in its event; with a second story, why the two are one event or are not."""
    story = library.find(options.id)
    told = library.why(story, library.find(options.other) if options.other else None)
    named = [s for s in (story, told.other) if s]
    return documents.shown(
        options,
        document=lambda: sheets.why(told, {s.id: s.head.title for s in library.archive.stories(named)}),
        record=lambda: {**asdict(told), "rule": told.rule.value if told.rule else None},
        lines=_reasons(told),
    )


def _reasons(told: Why) -> Iterator[str]:
    yield told.sentence
    if told.inferred:
        yield f"    (inferred)  {INFERRED}"
    for apart in told.apart:
        yield f"    apart      {apart}"
    for shared in told.shared:
        inside = f"  (in {counted(shared.stories, 'story', 'stories')})" if shared.stories > 2 else ""
        yield f"    {shared.kind:10} {shared.weight:4.1f}  {shared.text}{inside}"


def merge(library: Library, options: Namespace) -> int:
    """Puts stories, and their events, together for good."""
    stories = list(dict.fromkeys(library.find(i) for i in options.ids))
    act = library.merging(stories)
    return _judged(library, options, act, stories[0], "They were one event already, and stay so.")


def split(library: Library, options: Namespace) -> int:
    """Takes a story out of its event for good."""
    story = library.find(options.id)
    return _judged(library, options, library.splitting(story), story, "It is kept out of its event.")


def _judged(library: Library, options: Namespace, act: Act, story: StoryId, unmoved: str) -> int:
    moved, lifted = library.judge(act), library.lifted(act)
    placed = library.archive.placements([story])
    members = library.archive.members(placed[story].event) if story in placed else (story,)
    if options.json:
        event = placed[story].event if story in placed else None
        lifts = [{"kind": one.rule.kind.value, "of": list(one.rule.of), "set": one.day} for one in lifted]
        say.record({"event": event, "stories": list(members), "moved": [asdict(m) for m in moved], "lifts": lifts})
        return 0
    say.line(moved_line(library, moved) if moved else unmoved)
    for one in lifted:
        say.line(f"This lifts: {one.told}")
    number = counted(len(members), "story", "stories")
    say.line(f"{library.story(story).head.title}: an event of {number} now")
    _tell_overruled(library)
    return 0


def moved_line(library: Library, moved: Sequence[Moved]) -> str:
    """Which stories stand in another event now: "2 stories moved to another event: “A”; “B”"."""
    titles = [f"“{s.head.title}”" for s in library.archive.stories([m.story for m in moved[:_TITLES]])]
    more = f" and {len(moved) - len(titles)} more" if len(moved) > len(titles) else ""
    return f"{counted(len(moved), 'story', 'stories')} moved to another event: {'; '.join(titles)}{more}"


def _tell_overruled(library: Library) -> None:
    for _, told in library.overruled():
        say.note(told[0].upper() + told[1:])


def rules(library: Library, options: Namespace) -> int:
    """What the reader said is together or apart, oldest first, and what of it does not hold."""
    standing = [r for r in library.marks.rules() if r.kind in (RuleKind.TOGETHER, RuleKind.APART)]
    overruled = dict(library.overruled())
    held = {s.id: s.head.title for s in library.archive.stories(_named(standing))}
    for rule in standing:
        if options.json:
            missing = [s for s in rule.of if s not in held]
            say.record(
                {"kind": rule.kind.value, "of": list(rule.of), "missing": missing, "holds": rule not in overruled}
            )
            continue
        titles = "; ".join(f"{s[:SHORT]} {_title(held.get(StoryId(s)))}" for s in rule.of)
        say.line(f"{rule.kind.value:8}  {titles}")
        if rule in overruled:
            say.line(f"          {overruled[rule]}")
    if not standing and not options.json:
        say.note("No rules yet: `diplo-reader merge ID ID` puts stories together, `split ID` sets one apart")
    return 0


def _named(standing: Iterable[Rule]) -> list[StoryId]:
    return list(dict.fromkeys(StoryId(s) for rule in standing for s in rule.of))


def _title(title: str | None) -> str:
    if title is None:
        return "(not in this library)"
    return title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"


def find_event(library: Library, options: Namespace) -> int:
    """The events a text belongs to, best first; nothing is stored."""
    found = library.find_event(_text(library, options.path))
    found = found[: options.limit]
    for number, fit in enumerate(found):
        say.record(asdict(fit)) if options.json else _say_fit(fit, first=number == 0)
    if not found and not options.json:
        empty = not library.lost and not library.archive.holds_any()
        say.note("No stories yet: diplo-reader add FOLDER" if empty else "It belongs to no event of this library.")
    return 0


def _say_fit(fit: Fit, *, first: bool) -> None:
    apart = fit.nearness is Nearness.ANOTHER
    sign = "nearest, but another event" if first and apart else "is there" if fit.held else fit.nearness.value
    say.line(f"{fit.likeness:.2f} {sign:13}  {fit.headline}  [{counted(fit.stories, 'story', 'stories')}]")
    say.line(f"     {fit.nearest[:SHORT]}  {fit.why}")


def _text(library: Library, path: str) -> Raw:
    """The first story in a file or on standard input, whatever its format. Raises InputError."""
    limit = library.settings.limit
    if path == "-":
        say.awaiting_input("a text")
        found = intake.read_stream(sys.stdin.buffer, limit=limit)
    else:
        found = intake.read(Path(path).expanduser(), limit=limit)
    first = next(iter(found), None)
    if first is None:
        raise InputError("There is no text to look for")
    if isinstance(first, Rejected):
        raise InputError(f"{first.source}: {first.reason}")
    return first
