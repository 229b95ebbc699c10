"""Adding to a library that is grouped: the few new stories are placed, and all others stay where they are."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from store import group
from store.config import Settings
from store.group import columns, extending, placing, traits
from store.group.index import Index, Words
from store.library import Library
from store.model import EventId, Head, Passage, Placement, Progress, Rule, RuleKind, Story, StoryId, StorylineId
from tests.store.shelf import Shelf

EVENTS = 40
STORIES = 4  # an event


def _name(number: int) -> str:
    """A word for a number: "kabada"."""
    return "".join("bdfgklmnpr"[int(figure)] + "aeiouaeiou"[int(figure)] for figure in f"{number:04}")


def _stories(seed: int = 5) -> list[Story]:
    """Events of four stories of the same few names and words, among words that all of them share."""
    rng = random.Random(seed)
    made = []
    for event in range(EVENTS):
        day = date(2031, 1, 1) + timedelta(days=rng.randrange(60))
        own = [_name(event * 100 + n).title() for n in range(30)]
        for at in range(STORIES):
            words = rng.choices([_name(9000 + n) for n in range(300)], k=60) + rng.sample(own, 22)
            rng.shuffle(words)
            head = Head(" ".join(own[:4]), published=(day + timedelta(days=at % 2)).isoformat())
            made.append(Story(StoryId(f"{event:03}-{at}"), head, (Passage(" ".join(words)),)))
    return made


def _begun(stories: Sequence[Story]) -> tuple[Shelf, Index]:
    shelf, index = Shelf(), Index()
    shelf.put(stories)
    shelf.place(group.place(stories))
    index.add(read(stories))
    return shelf, index


def read(stories: Sequence[Story]) -> columns.Columns:
    return columns.read([traits.read(story) for story in stories])


def _events(placed: Mapping[StoryId, Placement]) -> set[frozenset[StoryId]]:
    groups: dict[EventId, set[StoryId]] = {}
    for placement in placed.values():
        groups.setdefault(placement.event, set()).add(placement.story)
    return {frozenset(some) for some in groups.values()}


TRUE = {frozenset(StoryId(f"{e:03}-{n}") for n in range(STORIES)) for e in range(EVENTS)}


def test_the_made_stories_are_grouped_as_they_were_made() -> None:
    assert _events({p.story: p for p in group.place(_stories())}) == TRUE


@pytest.mark.parametrize("seed", range(4))
def test_ten_batches_in_any_order_end_as_all_at_once(seed: int) -> None:
    stories = _stories()
    random.Random(seed).shuffle(stories)
    shelf, index = _begun(stories[:16])
    for start in range(16, len(stories), 16):
        batch = stories[start : start + 16]
        shelf.put(batch)
        shelf.place(extending.extend([s.id for s in batch], index, shelf))
    assert _events(shelf.placed) == TRUE


def test_stories_that_come_together_find_each_other_though_few_are_placed_at_a_time() -> None:
    stories = _stories()
    few = stories[-12:]
    random.Random(3).shuffle(few)
    shelf, index = _begun(stories[:-12])
    shelf.put(few)
    placed = extending.extend([s.id for s in few], index, shelf)
    assert sorted(p.story for p in placed) == sorted(s.id for s in few)
    shelf.place(placed)
    assert _events(shelf.placed) == TRUE


def test_one_more_story_joins_its_event_and_the_event_keeps_its_id() -> None:
    stories = _stories()
    shelf, index = _begun(stories[:-1])
    before = dict(shelf.placed)
    shelf.put(stories[-1:])
    changed = extending.extend([stories[-1].id], index, shelf)
    mates = [p for s, p in before.items() if s.startswith(f"{EVENTS - 1:03}")]
    assert {p.event for p in changed} == {p.event for p in mates}
    assert {p.storyline for p in changed} == {p.storyline for p in mates}
    assert {p.story for p in changed} <= {stories[-1].id, *(p.story for p in mates)}


def test_only_events_near_the_new_story_are_read() -> None:
    stories = _stories()
    shelf, index = _begun(stories[:-1])
    shelf.put(stories[-1:])
    shelf.looked.clear()
    extending.extend([stories[-1].id], index, shelf)
    assert len(shelf.looked) < len(stories) / 2


def test_events_that_a_new_story_is_not_like_stay_as_they_stand() -> None:
    mates = _stories()[:STORIES]
    alone = Story(StoryId("alone"), Head("Herring quota"), (Passage("Trawlers wait for the herring quota."),))
    known = columns.arranged((s.id, placing.read_one(s)) for s in (*mates, alone))
    stands = {s.id: EventId(f"e-{at // 2}") for at, s in enumerate(mates)}
    (asked, all_of_them) = (
        placing.grouping(known, stands, lambda _: None, index=_begun(_stories())[1], asked=new).placements()
        for new in ([alone.id], ())
    )
    assert {p.story: p.event for p in asked if p.story != alone.id} == stands
    assert len({p.event for p in all_of_them if p.story != alone.id}) == 1


def test_a_story_that_nothing_is_like_opens_an_event() -> None:
    shelf, index = _begun(_stories())
    alone = Story(StoryId("alone"), Head("Herring quota"), (Passage("Trawlers wait for the herring quota."),))
    shelf.put([alone])
    (placed,) = extending.extend([alone.id], index, shelf)
    assert (placed.story, placed.event, placed.nearest) == ("alone", "e-alone", None)


def test_a_new_event_takes_no_name_that_another_bears() -> None:
    shelf, index = _begun(_stories())
    elsewhere = shelf.placed[StoryId("000-0")]
    shelf.place([_renamed(p) for p in shelf.placed.values() if p.event == elsewhere.event])
    alone = Story(StoryId("alone"), Head("Herring quota"), (Passage("Trawlers wait for the herring quota."),))
    shelf.put([alone])
    (placed,) = extending.extend([alone.id], index, shelf)
    assert placed.event == "e-alone-2"


def _renamed(placement: Placement) -> Placement:
    return Placement(placement.story, EventId("e-alone"), placement.storyline, placement.why)


def test_a_rule_about_a_new_story_holds_at_once() -> None:
    stories = _stories()
    shelf, index = _begun(stories[:-1])
    shelf.put(stories[-1:])
    rules = [Rule(RuleKind.APART, (stories[-2].id, stories[-1].id))]
    shelf.place(extending.extend([stories[-1].id], index, shelf, rules))
    assert shelf.placed[stories[-1].id].event != shelf.placed[stories[-2].id].event


def test_an_index_is_the_same_after_it_was_saved(tmp_path: Path) -> None:
    stories = _stories()
    _, index = _begun(stories[:-1])
    index.save(tmp_path / "kept")
    again = Index.load(tmp_path / "kept")
    last = read(stories[-1:])
    codes = last.words.codes
    assert len(again) == len(index)
    assert again.near(last, 0) == index.near(last, 0) != []
    for one, other in ((again, index), (again.leads, index.leads), (again.names, index.names)):
        assert one.holders(codes).tolist() == other.holders(codes).tolist()
    assert index.leads.holders(codes).max() > 1
    assert len(again.leads) == len(again.names) == len(index)


@pytest.mark.parametrize("content", [b"", b"no index", b"PK\x03\x04" + b"\0" * 40])
def test_an_index_that_cannot_be_read_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kept").write_bytes(content)
    assert len(Index.load(tmp_path / "kept")) == 0
    assert len(Index.load(tmp_path / "none")) == 0


def test_the_nearest_stories_are_those_of_the_same_event() -> None:
    stories = _stories()
    _, index = _begun(stories)
    for story in stories[::7]:
        assert {s[:3] for s in index.near(read([story]), 0)[: STORIES - 1]} == {story.id[:3]}


@pytest.mark.parametrize("left", [None, b"no index"])
def test_an_index_that_was_lost_is_made_again_and_says_how_far_it_is(tmp_path: Path, left: bytes | None) -> None:
    stories = _stories()
    shelf, index = _begun(stories[:-1])
    others = [Story(StoryId(f"old{n}"), Head(_name(n)), (Passage(_name(n)),)) for n in range(1200)]
    shelf.put((*others, stories[-1]))
    shelf.place(Placement(s.id, EventId(f"e-{s.id}"), StorylineId(f"s-{s.id}"), "") for s in others)
    index.add(read(others))
    whole = extending.extend([stories[-1].id], index, shelf)
    if left is not None:
        (tmp_path / "kept").write_bytes(left)
    told: list[Progress] = []
    groups = group.Groups(tmp_path / "kept")
    placed = groups.extend([stories[-1].id], shelf, len(shelf.placed), progress=told.append)
    assert placed == whole
    number = len(shelf.placed)
    assert {(t.stage, t.total) for t in told} == {(group.AGAIN, number)}
    assert [t.done for t in told] == [*range(0, number, 200), number]
    told.clear()
    assert group.Groups(tmp_path / "kept").extend([stories[-1].id], shelf, number, progress=told.append)
    assert told == []  # it was kept


def test_a_story_that_stays_is_not_looked_up_and_keeps_its_reason() -> None:
    stories = _stories()
    shelf, index = _begun(stories[:-1])
    shelf.put(stories[-1:])
    before = dict(shelf.placed)
    changed = extending.extend([stories[-1].id], index, shelf)
    assert all(p.why for p in changed)
    assert {p.story for p in changed if p.story in before and p.nearest != stories[-1].id} == set()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[frozenset[str]], set[frozenset[str]], set[str]]:
    """Events of a library that grew by single files, those of the same one grouped anew, and its first events' ids."""
    folder = tmp_path_factory.mktemp("grown")
    stories = [s for seed in range(7) for s in _told(seed)]
    now = datetime(2031, 3, 1, tzinfo=UTC)
    random.Random(1).shuffle(stories)
    library = Library.open(folder / "library", Settings())
    try:
        library.add([_file(folder / "first.jsonl", stories[:-4])], now=now)
        first = set(library.archive.event_of().values())
        for number, story in enumerate(stories[-4:]):
            library.add([_file(folder / f"{number}.jsonl", [story])], now=now)
        after = _groups(library)
        library.regroup()
        return after, _groups(library), {str(e) for e in first - set(library.archive.event_of().values())}
    finally:
        library.close()


def _told(seed: int) -> list[Story]:
    """The made stories once more, about other names."""
    found = []
    for story in _stories(seed):
        body = " ".join(f"{w}{'xyzqvwt'[seed]}" if w[0].isupper() else w for w in story.body[0].split())
        head = replace(story.head, title=body[:60])
        found.append(Story(StoryId(f"{seed}-{story.id}"), head, (Passage(f"{body}."),)))
    return found


def _file(path: Path, stories: Iterable[Story]) -> str:
    rows = ({"id": s.id, "title": s.head.title, "published": s.head.published, "text": s.body[0]} for s in stories)
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


def _groups(library: Library) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for story, event in library.archive.event_of().items():
        groups.setdefault(event, set()).add(story)
    return {frozenset(some) for some in groups.values()}


def test_a_library_that_grew_by_single_stories_is_grouped_as_if_at_once(
    grown: tuple[set[frozenset[str]], set[frozenset[str]], set[str]],
) -> None:
    after, anew, lost = grown
    assert len(after) >= 7 * EVENTS * 0.9
    assert after == anew
    assert not lost


def test_a_saved_index_tells_of_words_without_the_rest_of_it(tmp_path: Path) -> None:
    stories = _stories()
    _, index = _begun(stories)
    index.save(tmp_path / "kept")
    words = Words.load(tmp_path / "kept")
    assert words is not None
    codes = read(stories[:3]).words.codes
    for told, known in ((words, index), (words.leads, index.leads), (words.names, index.names)):
        assert len(told) == len(known) == len(stories)
        assert told.holders(codes).tolist() == known.holders(codes).tolist()


@pytest.mark.parametrize("content", [b"", b"no index", b"PK\x03\x04" + b"\0" * 40])
def test_an_index_that_cannot_be_read_tells_of_no_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kept").write_bytes(content)
    assert Words.load(tmp_path / "kept") is None
    assert Words.load(tmp_path / "none") is None
