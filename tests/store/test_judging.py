"""The reader's word on events through the library: merge, split, what moved, why, and where a text belongs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

from store.config import Settings
from store.errors import InputError, UnknownStory
from store.group import finding, moves
from store.library import Library
from store.model import Act, EventId, Fit, Moved, Nearness, Raw, Rule, RuleChange, RuleKind, StoryId
from tests.conftest import NOW

BRIDGE = (
    "Vardania and Ostmark agreed on Sunday to reopen the bridge at Kelm for lorries from June 1, their transport "
    "ministers said after four hours of talks in the town hall. Minister Irena Halvek called it a beginning. "
)
STORIES = {
    "bridge-1": (
        "Bridge at Kelm to reopen for lorries",
        "2031-05-04",
        BRIDGE
        + "Drivers will show one paper instead of five, and both sides will share one customs booth of 40 square "
        "metres. The bridge was closed after the flood that took away its middle pillar.",
    ),
    "bridge-2": (
        "Vardania and Ostmark reopen Kelm bridge",
        "2031-05-05",
        "Lorries may cross the Kelm bridge again from June 1, Vardania and Ostmark decided. For Irena Halvek, the "
        "Vardanian transport minister, it is a beginning. Hauliers in Ostmark lost nine million crowns while it was "
        "closed, their chamber says, and customs officers will now share one booth of 40 square metres.",
    ),
    "bank": (
        "Quenland cuts its rate to three per cent",
        "2031-05-13",
        "The central bank of Quenland cut its rate to three per cent on Tuesday, the first cut in five years, and said "
        "that prices would rise more slowly. Governor Ada Moll spoke of a calm spring in Dunmere; the crown lost half "
        "a cent. Two of the nine members of the board voted against the cut and would have waited for the harvest.",
    ),
    "miners": (
        "Eleven miners saved at Orlo",
        "2031-05-10",
        "Rescuers in the Karst mountains brought eleven miners to the surface on Saturday night, thirty hours after a "
        "gallery of the Orlo mine fell in. Two were taken to the hospital of Dunmere with broken ribs. The head of the "
        "rescue service, Tomas Brill, said that his men drilled through forty metres of rock.",
    ),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "library", Settings())) as library:
        rows = [{"id": n, "title": t, "published": d, "text": x} for n, (t, d, x) in STORIES.items()]
        library.add(["-"], now=NOW, stdin=BytesIO("".join(json.dumps(r) + "\n" for r in rows).encode()))
        yield library


def ids(library: Library) -> dict[str, StoryId]:
    """The stories by the names they are given here."""
    titles = {s.head.title: s.id for e in library.events() for s in e.stories}
    return {name: titles[title] for name, (title, _, _) in STORIES.items()}


def events(library: Library) -> list[list[str]]:
    names = {story: name for name, story in ids(library).items()}
    return sorted(sorted(names[s.id] for s in e.stories) for e in library.events())


TOGETHER = [["bank"], ["bridge-1", "bridge-2"], ["miners"]]


def test_merging_makes_one_event_that_stays_one(library: Library) -> None:
    story = ids(library)
    assert events(library) == TOGETHER
    moved = library.merge([story["bank"], story["bridge-1"]])
    assert [m.story for m in moved] == [story["bank"]]
    merged = [["bank", "bridge-1", "bridge-2"], ["miners"]]
    assert events(library) == merged
    assert library.regroup() == ()
    assert events(library) == merged


def test_splitting_takes_a_story_out_and_it_stays_out(library: Library) -> None:
    story = ids(library)
    moved = library.split(story["bridge-2"])
    assert [m.story for m in moved] == [story["bridge-2"]]
    parted = [["bank"], ["bridge-1"], ["bridge-2"], ["miners"]]
    assert events(library) == parted
    library.regroup()
    assert events(library) == parted
    assert "by you on" in library.why(story["bridge-2"], story["bridge-1"]).sentence


def test_merging_takes_back_a_split_and_a_split_a_merger(library: Library) -> None:
    story = ids(library)
    library.split(story["bridge-2"])
    library.merge([story["bridge-1"], story["bridge-2"]])
    assert events(library) == TOGETHER
    assert [r.kind for r in library.marks.rules()] == [RuleKind.TOGETHER]
    library.merge([story["bank"], story["miners"], story["bridge-1"]])
    library.split(story["bank"])
    assert events(library) == [["bank"], ["bridge-1", "bridge-2", "miners"]]
    library.regroup()
    assert events(library) == [["bank"], ["bridge-1", "bridge-2", "miners"]]
    assert library.overruled() == ()


def test_what_stood_together_by_a_merger_alone_parts_when_its_story_is_split(library: Library) -> None:
    story = ids(library)
    library.merge([story["bridge-1"], story["bank"]])
    moved = library.split(story["bridge-1"])
    parted = [["bank"], ["bridge-1"], ["bridge-2"], ["miners"]]
    assert events(library) == parted
    assert {m.story for m in moved} <= {story["bridge-1"], story["bridge-2"], story["bank"]}
    assert library.regroup() == ()
    assert events(library) == parted


def test_rules_outlive_a_rebuild_and_new_stories(library: Library) -> None:
    story = ids(library)
    library.merge([story["bank"], story["miners"]])
    library.rebuild()
    more = {"id": "new", "title": "A new bridge", "published": "2031-05-05", "text": BRIDGE}
    library.add(["-"], now=NOW, stdin=BytesIO(json.dumps(more).encode()))
    found = [{s.id for s in e.stories} for e in library.events()]
    assert {story["bank"], story["miners"]} in found


def test_a_contradiction_is_told_and_the_newest_holds(library: Library) -> None:
    from store.model import Act, Rule, RuleChange

    story = ids(library)
    pair = tuple(sorted((story["bank"], story["miners"])))
    for kind in (RuleKind.TOGETHER, RuleKind.APART):
        library.marks.apply(Act("ruled", rules=(RuleChange(Rule(kind, pair)),)))
    library.regroup()
    assert events(library) == TOGETHER
    ((rule, told),) = library.overruled()
    assert rule.kind is RuleKind.TOGETHER
    assert "newer rules hold them apart" in told


@pytest.mark.parametrize("names", [[], ["bank"], ["bank", "bank"]])
def test_one_story_cannot_be_put_together_with_itself(library: Library, names: list[str]) -> None:
    with pytest.raises(InputError, match="two or more"):
        library.merge([ids(library)[n] for n in names])


def test_a_story_alone_cannot_be_split_off(library: Library) -> None:
    with pytest.raises(InputError, match="alone already"):
        library.split(ids(library)["bank"])


def test_a_marked_story_that_moves_is_told_of_and_others_are_not(library: Library) -> None:
    story = ids(library)
    library.mark("Starred", [story["bank"]], lambda m: replace(m, starred=True))
    every = (Moved(story["bank"], EventId("a"), EventId("b")), Moved(story["miners"], EventId("a"), EventId("b")))
    before = {m.story: m.before for m in every}
    after = {**{m.story: m.after for m in every}, StoryId("new"): EventId("b")}
    assert moves.moved(before, after) == every
    assert library._grouping.of_marked(every) == every[:1]


def test_adding_tells_which_marked_stories_moved(library: Library) -> None:
    from store.model import Act, Rule, RuleChange

    story = ids(library)
    library.mark("Read", [story["bank"]], lambda m: replace(m, read=True))
    pair = tuple(sorted((story["bank"], story["bridge-1"])))
    library.marks.apply(Act("ruled", rules=(RuleChange(Rule(RuleKind.TOGETHER, pair)),)))
    more = {"id": "new", "title": "Snow in Lannport", "published": "2031-01-05", "text": "Snow fell. " * 30}
    added = library.add(["-"], now=NOW, stdin=BytesIO(json.dumps(more).encode()))
    assert [m.story for m in added.moved] == [story["bank"]]


def test_why_two_stories_are_one_event_is_told_by_kind_and_by_weight(library: Library) -> None:
    story = ids(library)
    why = library.why(story["bridge-1"])
    assert (why.other, why.together, why.rule) == (story["bridge-2"], True, None)
    assert why.likeness > 0.1
    kinds = {(s.kind, s.text) for s in why.shared}
    assert {("name", "Irena Halvek"), ("date", "1 June"), ("number", "40 square")} <= kinds
    assert ("place", "Kelm") in kinds or ("name", "Kelm") in kinds
    assert [s.weight for s in why.shared] == sorted((s.weight for s in why.shared), reverse=True)
    assert all(s.stories == 2 for s in why.shared)
    assert "Irena Halvek" in why.sentence
    assert "1 June" in why.sentence


def test_what_keeps_two_stories_apart_is_told(library: Library) -> None:
    story = ids(library)
    why = library.why(story["bridge-1"], story["bank"])
    assert (why.together, why.other) == (False, story["bank"])
    assert why.apart[0] == "9 days apart"
    assert any(a.startswith("too few of the same words") for a in why.apart)
    assert why.sentence.startswith("apart from “Quenland".replace("“", '"'))


def test_why_of_a_story_alone_and_of_one_with_itself(library: Library) -> None:
    story = ids(library)
    alone = library.why(story["miners"])
    assert alone.sentence.startswith("alone")
    assert (alone.other, alone.together) == (None, False)
    with pytest.raises(InputError, match="one story"):
        library.why(story["miners"], story["miners"])
    with pytest.raises(UnknownStory):
        library.why(StoryId("none"))


def today() -> str:
    now = datetime.now().astimezone()
    return f"{now.day} {now:%B} {now.year}"


def test_why_names_the_merger_with_what_it_names_and_its_day(library: Library) -> None:
    story = ids(library)
    library.merge([story["bank"], story["bridge-1"]])
    said = f'put together with "{STORIES["bank"][0]}" by you on {today()}'
    nearest = library.why(story["bridge-1"])
    assert (nearest.other, nearest.rule) == (story["bridge-2"], RuleKind.TOGETHER)
    assert nearest.sentence.startswith(f"{said}; with")
    assert said in library.why(story["bridge-1"], story["bank"]).sentence
    library.merge([story["bank"], story["miners"], story["bridge-1"]])
    assert "and 1 more by you on" in library.why(story["miners"]).sentence


def test_why_names_the_split_in_its_event_of_old_and_alone(library: Library) -> None:
    story = ids(library)
    library.split(story["bridge-2"])
    said = f'set apart from "{STORIES["bridge-1"][0]}" by you on {today()}'
    assert library.why(story["bridge-2"]).sentence == f"alone: {said}"
    pair = library.why(story["bridge-2"], story["bridge-1"])
    assert pair.apart[0] == said and said in pair.sentence
    assert "by you" not in library.why(story["miners"]).sentence


def test_of_a_rule_older_than_the_acts_that_are_kept_no_day_is_told(library: Library) -> None:
    story = ids(library)
    rule = Rule(RuleKind.TOGETHER, tuple(sorted((story["bank"], story["bridge-1"]))))
    assert library.marks.made_on(rule) is None
    library.merge([story["bank"], story["bridge-1"]])
    made = library.marks.made_on(rule)
    assert made is not None and datetime.fromisoformat(made).tzinfo is not None


def test_a_text_finds_its_event_and_is_not_stored(library: Library) -> None:
    text = (
        "Kelm bridge opens. Irena Halvek said that lorries of Vardania and Ostmark may cross from June 1, after talks."
    )
    found = library.find_event(Raw(text))
    assert found[0].nearest in (ids(library)["bridge-1"], ids(library)["bridge-2"])
    assert (found[0].belongs, found[0].stories) == (True, 2)
    assert "Irena Halvek" in found[0].why
    assert library.archive.count() == len(STORIES)


@pytest.mark.parametrize(
    "text",
    ["", "zzz", "the and of", "\n" * 100_000, "x" * 100_000],
    ids=["empty", "unknown", "common", "lines", "long"],
)
def test_a_text_like_nothing_finds_nothing(library: Library, text: str) -> None:
    assert library.find_event(Raw(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Kelm bridge opens. Irena Halvek said that lorries of Vardania and Ostmark may cross from June 1, after talks.",
        "Irena Halvek opened a school in Dunmere. The Vardanian transport minister praised its teachers and its roof.",
        "Vardania and Ostmark play each other on Sunday. Nine million watched the last match of both sides at Kelm.",
        "Hauliers in Ostmark want a second bridge. Their chamber asked the ministers in Kelm for lorries by night.",
        "The central bank of Vardania left its rate at four per cent. Governor Ilse Torm spoke of a cold spring.",
        "Two miners of the Orlo mine left the hospital of Dunmere. Tomas Brill met them at the gate with his men.",
    ],
)
def test_a_text_is_said_to_belong_where_it_goes_when_it_is_added(library: Library, text: str) -> None:
    found = library.find_event(Raw(text))
    before = {story.id for event in library.events() for story in event.stories}
    library.add(["-"], now=NOW, stdin=BytesIO(text.encode()))
    [(event, new)] = [(e, s.id) for e in library.events() for s in e.stories if s.id not in before]
    assert {fit.event for fit in found if fit.belongs} == ({event.id} if len(event.stories) > 1 else set())
    for fit in found:
        assert library.why(new, fit.nearest).together == fit.belongs
        assert (fit.nearness is Nearness.ANOTHER) <= (not fit.belongs)


def test_the_event_where_a_text_would_stand_comes_before_a_likelier_one() -> None:
    fits = [
        Fit(EventId(name), name, likeness, belongs, StoryId(name), "")
        for name, likeness, belongs in (("a", 0.1, False), ("b", 0.3, False), ("c", 0.2, True))
    ]
    assert [fit.event for fit in finding.best_first(fits)] == ["c", "b", "a"]


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize(
    ("before", "act"),
    [
        ([("merge", "bank", "miners")], ("merge", "bank", "miners")),
        ([("split", "bridge-2")], ("merge", "bridge-1", "bridge-2")),
        ([("merge", "bank", "miners"), ("merge", "bank", "bridge-1", "miners")], ("merge", "bank", "miners")),
        ([("merge", "bridge-1", "miners"), ("merge", "bank", "bridge-1", "miners")], ("split", "bank")),
        ([("rule", "bridge-1", "bridge-2"), ("split", "bridge-2")], ("merge", "bridge-1", "bridge-2")),
    ],
)
def test_undo_has_the_rules_stand_again_that_stood_before(
    library: Library, before: list[tuple[str, ...]], act: tuple[str, ...], restarted: bool
) -> None:
    story = ids(library)
    for how, *names in before:
        if how == "rule":
            rule = Rule(RuleKind.TOGETHER, tuple(sorted(story[n] for n in names)))
            library.marks.apply(Act("Ruled", rules=(RuleChange(rule),)))
        elif how == "merge":
            library.merge([story[n] for n in names])
        else:
            library.split(story[names[0]])
    stood, overruled = library.marks.rules(), library.overruled()
    how, *names = act
    done = library.merging([story[n] for n in names]) if how == "merge" else library.splitting(story[names[0]])
    library.marks.apply(done)
    new = library.marks.rules()
    assert new[-1].kind is (RuleKind.TOGETHER if how == "merge" else RuleKind.APART)
    if restarted:
        done = library.marks.done()[-1]
    assert not library.marks.moot(done.undone()), "else undo would take back what was said before it"
    library.marks.apply(done.undone())
    assert (set(library.marks.rules()), library.overruled()) == (set(stood), overruled)
    assert not library.marks.moot(done)
    library.marks.apply(done)
    assert library.marks.rules() == new


def test_the_day_of_a_rule_is_that_on_which_it_was_said_and_not_that_of_an_undo(library: Library) -> None:
    story = ids(library)
    library.merge([story["bank"], story["miners"]])
    (rule,) = library.marks.rules()
    said = library.marks.made_on(rule)
    time.sleep(0.002)  # the clock of acts counts milliseconds
    act = library.merging([story["bank"], story["miners"]])
    for one in (act, act.undone()):
        library.marks.apply(one)
    assert [a.rules for a in library.marks.history()].count(act.rules) == 2
    assert library.marks.made_on(rule) == said


@pytest.mark.parametrize("mergers", [[("bank", "miners")], [("bank", "bridge-1"), ("bridge-1", "miners")]])
def test_a_merger_tells_which_older_word_it_lifts(library: Library, mergers: list[tuple[str, str]]) -> None:
    story = ids(library)
    apart = Rule(RuleKind.APART, tuple(sorted((story["bank"], story["miners"]))))
    library.marks.apply(Act("Ruled", rules=(RuleChange(apart),)))
    for pair in mergers:
        act = library.merging([story[n] for n in pair])
        library.judge(act)
    (one,) = library.lifted(act)
    assert (one.rule, one.day) == (apart, f"{datetime.now().astimezone():%Y-%m-%d}")
    assert one.told.startswith("apart ") and one.told.endswith(f", set {one.day}")
    assert all(f'"{STORIES[n][0]}"' in one.told for n in ("bank", "miners"))
    assert library.lifted(library.merging([story["bank"], story["miners"]])) == ()


def test_a_split_tells_which_mergers_it_lifts_and_what_is_said_again_is_not_lifted(library: Library) -> None:
    story = ids(library)
    library.merge([story["bank"], story["miners"], story["bridge-1"]])
    assert library.lifted(library.merging([story["bank"], story["miners"], story["bridge-1"]])) == ()
    (one,) = library.lifted(library.splitting(story["bank"]))
    assert one.rule.kind is RuleKind.TOGETHER and " and 1 more, set " in one.told
