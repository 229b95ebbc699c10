"""Grouping as a whole: place() on a few invented stories."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from store import group
from store.group import why
from store.model import EventId, Head, Passage, Placement, Progress, Story, StoryId

DATA = json.loads((Path(__file__).parents[1] / "data" / "group" / "harbour.json").read_text(encoding="utf-8"))


def made(name: str, *body: str, title: str = "", published: str | None = None) -> Story:
    return Story(StoryId(name), Head(title=title, published=published), tuple(Passage(p) for p in body))


STORIES = [made(s["id"], *s["body"], title=s["title"], published=s["published"]) for s in DATA["stories"]]


def together(placed: Iterable[Placement], what: str) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for placement in placed:
        groups[getattr(placement, what)].add(placement.story)
    return {frozenset(g) for g in groups.values()}


def sets(groups: list[list[str]]) -> set[frozenset[str]]:
    return {frozenset(g) for g in groups}


def of(name: str, placed: Iterable[Placement]) -> Placement:
    return next(p for p in placed if p.story == name)


def test_stories_of_one_event_stand_together_and_others_apart() -> None:
    assert together(group.place(STORIES), "event") == sets(DATA["events"])


def test_events_of_one_matter_make_a_storyline() -> None:
    assert together(group.place(STORIES), "storyline") == sets(DATA["storylines"])


def test_placements_come_in_the_order_given() -> None:
    assert [p.story for p in group.place(STORIES)] == [s.id for s in STORIES]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_arrival_changes_nothing(seed: int) -> None:
    shuffled = random.Random(seed).sample(STORIES, len(STORIES))
    assert set(group.place(shuffled)) == set(group.place(STORIES))


def test_nothing_is_placed_nowhere() -> None:
    assert group.place([]) == ()


def test_a_story_given_twice_is_placed_twice_alike() -> None:
    first, second = group.place([STORIES[0], STORIES[0]])
    assert first == second


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n\n",
        "…",
        "\x00",
        "a" * 300_000,
        "ha " * 100_000,
        "“" * 5000,
        "1,2,3," * 20_000,
        "ї 北京 🙂 العربية",
        "U.S." * 50_000,
    ],
)
def test_hostile_text_is_an_event_of_its_own(body: str) -> None:
    placed = group.place([*STORIES[:3], made("odd", body), made("empty")])
    assert {"odd"} in together(placed, "event")
    assert {"empty"} in together(placed, "event")


@pytest.mark.parametrize("published", ["", "soon", "2031-13-45", "99999-01-01", "2031"])
def test_a_date_that_is_none_counts_as_none(published: str) -> None:
    assert len(group.place([made("a", "One text.", published=published), STORIES[0]])) == 2


def test_a_story_without_a_date_joins_the_event_it_tells() -> None:
    undated = made("later", *DATA["stories"][1]["body"], title=DATA["stories"][1]["title"])
    placed = group.place([*(s for s in STORIES if s.id != "signing-b"), undated])
    assert of("later", placed).event == of("signing-a", placed).event
    assert {p.story for p in placed if p.inferred} == {"later"}


@pytest.mark.parametrize(("cited", "more"), [("on 11 March", True), ("on 11 July", False)])
def test_an_undated_story_is_nearer_to_the_day_it_cites(cited: str, more: bool) -> None:
    dated = made("a", "The commissioner of Tarn met the pilots on the channel fees.", published="2031-03-12")
    undated = made("b", f"The pilots heard the commissioner of Tarn {cited} speak of the fees.")
    silent = made("b", "The pilots heard the commissioner of Tarn today speak of the fees.")
    like, without = (why.likenesses([dated, other]).get((dated.id, other.id), 0.0) for other in (undated, silent))
    assert (like > without * 1.2) == more


def test_the_same_story_a_year_later_is_another_event() -> None:
    later = made("later", *DATA["stories"][6]["body"], title=DATA["stories"][6]["title"], published="2032-05-06")
    placed = group.place([*STORIES, later])
    assert of("later", placed).event != of("railway", placed).event


def test_an_event_is_named_after_its_oldest_story() -> None:
    assert of("signing-b", group.place(STORIES)).event == "e-signing-a"


def test_an_event_keeps_its_id_when_an_older_story_comes_in() -> None:
    before = {p.story: p.event for p in group.place(STORIES[1:])}
    placed = group.place(STORIES, before=before)
    assert of("signing-a", placed).event == before[StoryId("signing-b")]


def test_nothing_moves_when_nothing_is_new() -> None:
    placed = group.place(STORIES)
    assert group.place(STORIES, before={p.story: p.event for p in placed}) == placed


def test_an_event_split_in_two_leaves_its_id_with_one_part() -> None:
    placed = group.place(STORIES, before={s.id: EventId("all") for s in STORIES})
    assert together([p for p in placed if p.event == "all"], "event") == {
        frozenset({"signing-a", "signing-b", "signing-cut"})
    }


def test_why_names_what_both_share() -> None:
    why = of("signing-b", group.place(STORIES)).why
    assert why.startswith('with "Vardania and Oskland sign harbour pact in Tellin" (0.')
    assert "Halvek" in why
    assert 'both quote "The harbour belongs to those who work in…"' in why or "The harbour belongs to those" in why


def test_why_of_a_story_alone_says_what_kept_it_apart() -> None:
    why = of("bank-talks", group.place(STORIES)).why
    assert why.startswith("alone: nearest is ")
    assert "days apart" in why or "no date" in why


def test_why_stays_one_short_line_whatever_the_headline() -> None:
    stories = [made(s.id, *s.body, title="[/]\n" + "Talks " * 500, published="2031-05-05") for s in STORIES[:2]]
    for placement in group.place(stories):
        assert "\n" not in placement.why
        assert len(placement.why) < 400


def test_the_nearest_is_of_the_same_event_and_nobody_for_a_story_alone() -> None:
    placed = group.place(STORIES)
    event = {p.story: p.event for p in placed}
    assert all(event[p.nearest] == p.event for p in placed if p.nearest)
    assert {p.story for p in placed if p.nearest is None} == {"bank-talks", "vote", "flood"}
    assert all(0.0 <= p.likeness <= 1.0 for p in placed)


def test_progress_is_told_by_stage() -> None:
    told: list[Progress] = []
    group.place(STORIES, progress=told.append)
    assert [p.stage for p in told] == ["reading stories", "comparing stories", "linking events"]


def test_importing_the_room_imports_no_numpy() -> None:
    code = "import sys, store.group; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_event_that_fills_the_library_stays_one() -> None:
    words = " ".join(DATA["stories"][0]["body"]).split()
    told = [random.Random(n).sample(words, len(words) * 2 // 3) for n in range(150)]
    stories = [made(f"n{n:03}", " ".join(text), published="2031-05-05") for n, text in enumerate(told)]
    placed = group.place([*stories, *STORIES[3:]])
    assert len({p.event for p in placed if p.story.startswith("n")}) == 1
