"""The reader's word on events ("together", "apart") and on lines, and the questions about events: why, and where a
text belongs.

The library calls it. Rules go to the marks, places to the archive; only the events concerned are looked at, whatever
the size of the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from store.archive import Archive
from store.archive.skeleton import Layout
from store.errors import InputError
from store.group import moves
from store.marks import Marks
from store.model import (
    Act,
    EventId,
    Fit,
    Lifted,
    Moved,
    Nearness,
    Placement,
    Rule,
    RuleChange,
    RuleKind,
    Story,
    StoryId,
    StorylineId,
    Why,
)

if TYPE_CHECKING:
    from store.group.vectors import Whole

_CANDIDATES = 60  # stories that are looked at for a text
_EVENTS = 10  # events that are offered for it
_OF_EVENT = 12  # stories of each that are compared
_TITLE = 60  # characters of a headline that a sentence names
_NAMED = 2  # stories of a rule that a sentence names
_OF_EVENTS = (RuleKind.TOGETHER, RuleKind.APART)
_HARDLY_MORE = 0.9  # of a text that a story must be to be the same
HELD = "this text is in the library already: it is this story"


def merging(archive: Archive, marks: Marks, stories: Sequence[StoryId]) -> Act:
    """The act that puts stories, and their events, together. Raises InputError."""
    named = sorted(set(stories))
    if len(named) < 2:
        raise InputError("Say which stories report one event: two or more")
    inside = frozenset(_members(archive, named))
    lifted = [r for r in marks.rules(RuleKind.APART) if inside.issuperset(r.of)]
    made = Rule(RuleKind.TOGETHER, tuple(named))
    return Act(f"Put {len(named)} stories together", rules=_changes(marks.rules(), lifted, [made]))


def _changes(standing: Sequence[Rule], lifted: Iterable[Rule], made: Sequence[Rule]) -> tuple[RuleChange, ...]:
    """Lifts rules and makes others. One that stands already is lifted before it is made again, and the newest is
    lifted first: so the act that takes this back has all that stood stand again, in the order in which it did."""
    gone = {*lifted, *made}
    back = (RuleChange(rule, made=False) for rule in reversed(standing) if rule in gone)
    return (*back, *(RuleChange(rule) for rule in made))


def keeping(archive: Archive, marks: Marks, story: StoryId, line: str, *, everywhere: bool) -> Act:
    """The act that has a line that was dropped read, in this story or in all of its outlet. Raises InputError."""
    held = archive.story(story)
    outlet = held.head.source
    if _folded(line) not in {_folded(passage.text) for passage in held.dropped}:
        raise InputError("No such line was dropped from this story: choose one of those offered")
    if everywhere and not outlet:
        raise InputError("This story names no outlet: restore the line in this story alone")
    rule = Rule(RuleKind.KEEP, (f"outlet:{outlet}" if everywhere else story,), _folded(line))
    if rule in marks.rules(RuleKind.KEEP):
        raise InputError("That line is restored already; `diplo-reader rebuild` has it take effect")
    return Act(f"Restored a line of {outlet if everywhere else 'this story'}", rules=(RuleChange(rule),))


def _folded(text: str) -> str:
    return " ".join(text.split())


def lets_go(act: Act) -> bool:
    """Whether an act takes back that stories are one event: what stood together by that alone is to be grouped anew."""
    return any(rule.kind is RuleKind.TOGETHER for rule in lifted(act))


def lifted(act: Act) -> list[Rule]:
    """The rules about events that an act takes back for good: one that it makes again stands as before."""
    left = {change.rule: change.made for change in act.rules}
    return [rule for rule, made in left.items() if not made and rule.kind in _OF_EVENTS]


def told_lifted(archive: Archive, marks: Marks, act: Act) -> tuple[Lifted, ...]:
    """What an act takes back of what was said before it, oldest first, in words. Reads a file where there is any."""
    rules = lifted(act)[::-1]
    times = marks.times_of(rules) if rules else {}
    told = []
    for rule in rules:
        day = _day_of(times[rule]).date().isoformat() if rule in times else None
        names = " and ".join(_title(archive, StoryId(s)) for s in rule.of[:_NAMED])
        more = f" and {len(rule.of) - _NAMED} more" if len(rule.of) > _NAMED else ""
        told.append(Lifted(rule, day, f"{rule.kind.value} {names}{more}{f', set {day}' if day else ''}"))
    return tuple(told)


def concerned(act: Act) -> list[StoryId]:
    """The stories that an act's rules about events name."""
    return _named(change.rule for change in act.rules)


def splitting(archive: Archive, marks: Marks, story: StoryId) -> Act:
    """The act that takes a story out of its event. Raises InputError."""
    others = [s for s in _members(archive, [story]) if s != story]
    if not others:
        raise InputError("This story stands alone already")
    standing = marks.rules()
    lifted = [r for r in standing if r.kind is RuleKind.TOGETHER and story in r.of]
    kept = (tuple(s for s in rule.of if s != story) for rule in lifted)
    made = [Rule(RuleKind.TOGETHER, rest) for rest in kept if len(rest) > 1]
    made += [Rule(RuleKind.APART, (min(story, s), max(story, s))) for s in others]
    return Act("Set a story apart", rules=_changes(standing, lifted, list(dict.fromkeys(made))))


def overruled(archive: Archive, marks: Marks) -> tuple[tuple[Rule, str], ...]:
    """The rules that do not hold beside newer ones, each with a sentence that says so."""
    from store.group import rules

    standing = marks.rules()
    known = frozenset(archive.placements(_named(standing)))
    return tuple((o.rule, str(o)) for o in rules.settle(standing, known).overruled)


def why(archive: Archive, marks: Marks, story: StoryId, other: StoryId | None, *, whole: Whole | None = None) -> Why:
    """Why a story stands where it does, or what keeps two apart, by the measure of the whole library where that is
    given. Raises UnknownStory, InputError."""
    from store.group import rules
    from store.group import why as explaining

    if story == other:
        raise InputError("These are one story, not two")
    asked = [archive.story(s) for s in (story, other) if s]
    standing = marks.rules()
    held = rules.settle(standing, frozenset(archive.placements(_named(standing))))
    half = explaining.LOOKED_AT // len(asked)
    ids = dict.fromkeys(m for s in asked for m in _near(archive, s.id, half))
    placed = {**archive.placements([*ids, *(s.id for s in asked)])}
    for one in asked:
        placed.setdefault(one.id, _unplaced(one.id))
    around = archive.stories([i for i in ids if i in placed and i not in (story, other)])
    told = explaining.explain(
        asked[0], asked[1] if other else None, list(around), placed=placed, held=held, among=whole
    )
    overruled = {o.rule for o in held.overruled}
    told = replace(told, inferred=placed[story].inferred)
    return _as_said(archive, marks, told, [r for r in standing if r not in overruled])


def _as_said(archive: Archive, marks: Marks, told: Why, standing: Sequence[Rule]) -> Why:
    """The same, with the rule of the reader's that has the story stand where it does, what it names and when it was
    made: also where the story stands nearest to another of its event."""
    from store.group.rules import SAID_ALONE, SAID_APART, SAID_TOGETHER

    kind = RuleKind.TOGETHER if told.together else RuleKind.APART
    if told.rule not in (None, kind):
        return told
    inside = set(_members(archive, [told.story])) if told.together or told.other is None else {told.other}
    for rule in reversed(standing):
        others = [StoryId(s) for s in rule.of if s != told.story]
        named = [s for s in others if s in inside] if told.together or told.other else others
        if rule.kind is kind and told.story in rule.of and named:
            break
    else:
        return told
    how = "put together with" if kind is RuleKind.TOGETHER else "set apart from"
    phrase = f"{how} {_titles(archive, named, first=told.other)} by you{_on(marks.made_on(rule))}"
    sentence, apart = told.sentence, tuple(phrase if a == SAID_APART else a for a in told.apart)
    known = next((s for s in (SAID_TOGETHER, SAID_APART, SAID_ALONE) if s in sentence), None)
    sentence = sentence.replace(known, phrase) if known else f"{phrase}; {sentence}"
    return replace(told, sentence=sentence, apart=apart, rule=told.rule or kind)


def _titles(archive: Archive, stories: Sequence[StoryId], *, first: StoryId | None) -> str:
    """The headline of one of them, and how many more there are."""
    name = _title(archive, first if first and first in stories else stories[0])
    return f"{name} and {len(stories) - 1} more" if len(stories) > 1 else name


def _title(archive: Archive, story: StoryId) -> str:
    held = next(iter(archive.stories([story])), None)
    return f'"{_short(held.head.title)}"' if held else "a story that is no longer here"


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rsplit(" ", 1)[0] + "…"


def _on(time: str | None) -> str:
    """On which day, by the clock of this machine."""
    if time is None:
        return ""
    day = _day_of(time)
    return f" on {day.day} {day:%B} {day.year}"


def _day_of(time: str) -> datetime:
    return datetime.fromisoformat(time).astimezone()


def find(archive: Archive, text: Story, *, whole: Whole | None = None) -> tuple[Fit, ...]:
    """The events that a text belongs to, or comes near to, best first; by the measure of the whole library. The text's
    id is the one it would have in the library: where it is there already, no measure is asked."""
    from store.group import finding

    held = {word: archive.search_all(word) for word in finding.keywords(text)}
    likely = finding.likeliest(held, _CANDIDATES)
    placed = archive.placements(likely)
    chosen = list(dict.fromkeys(placed[s].event for s in likely if s in placed))[:_EVENTS]
    numbers = archive.lists.unit_numbers(Layout.EVENTS, chosen)
    events = [s.event for s in archive.lists.shelved(Layout.EVENTS, list(numbers.values())).values()]
    rank = {s: at for at, s in enumerate(likely)}
    ids = [
        s
        for event in events
        for s in sorted((m.id for m in event.stories), key=lambda s: (rank.get(s, _CANDIDATES), s))[:_OF_EVENT]
    ]
    stories = {s.id: s for s in archive.stories([*ids, text.id])}
    own = text.id if text.id in stories else next((s.id for s in stories.values() if _is_all_of(s, text)), None)
    stories.pop(text.id, None)
    found = finding.fits(replace(text, id=StoryId("")), events, {i: stories[i] for i in ids if i in stories}, whole)
    return found if own is None else _with_held(archive, found, own)


def _is_all_of(story: Story, text: Story) -> bool:
    """Whether a text is this story and hardly more: its paragraphs may be cut otherwise, its headline left."""
    body, whole = _line(story.paragraphs), _line((text.head.title, *text.paragraphs))
    return bool(body) and body in whole and len(whole) * _HARDLY_MORE <= len(body) + len(story.head.title)


def _line(texts: Sequence[str]) -> str:
    return " ".join(word for text in texts for word in text.split())


def _with_held(archive: Archive, found: Sequence[Fit], held: StoryId) -> tuple[Fit, ...]:
    """The same, with the event first in which the text stands already."""
    own = archive.placements([held])[held].event
    numbers = archive.lists.unit_numbers(Layout.EVENTS, [own])
    entry = next(iter(archive.lists.shelved(Layout.EVENTS, list(numbers.values())).values()), None)
    if entry is None:  # another program has just moved it
        return tuple(found)
    event = entry.event
    first = Fit(event.id, event.headline, 1.0, True, held, HELD, len(event.stories), Nearness.BELONGS, held)
    return first, *(fit for fit in found if fit.event != own)


def _members(archive: Archive, stories: Iterable[StoryId]) -> list[StoryId]:
    """The stories, and all that stand in one event with one of them."""
    named = list(stories)
    events = dict.fromkeys(p.event for p in archive.placements(named).values())
    return list(dict.fromkeys([*named, *(m for event in events for m in archive.members(event))]))


def _near(archive: Archive, story: StoryId, most: int) -> list[StoryId]:
    """The story it stands nearest to, then others of its event."""
    placed = archive.placements([story]).get(story)
    if placed is None:
        return []
    first = [placed.nearest] if placed.nearest else []
    return list(dict.fromkeys([*first, *(m for m in archive.members(placed.event) if m != story)]))[:most]


def _unplaced(story: StoryId) -> Placement:
    return Placement(story, EventId(story), StorylineId(story), "not grouped yet: `diplo-reader rebuild` groups")


def _named(rules: Iterable[Rule]) -> list[StoryId]:
    return list(dict.fromkeys(StoryId(s) for rule in rules if rule.kind in _OF_EVENTS for s in rule.of))


def rejudge(archive: Archive, marks: Marks, stories: Sequence[StoryId]) -> tuple[Moved, ...]:
    """Groups these stories, and all that stand with them, anew by the rules there are; gives what moved."""
    from store.group import rejudging

    ids = _members(archive, stories)
    placed = archive.placements(ids)
    taken = {EventId(f"e-{s}") for s in ids if archive.members(EventId(f"e-{s}"))} - {p.event for p in placed.values()}
    new = rejudging.rejudged(list(archive.stories(ids)), placed, marks.rules(), taken=taken)
    archive.place(new)
    return moves.moved({s: p.event for s, p in placed.items()}, {p.story: p.event for p in new})
