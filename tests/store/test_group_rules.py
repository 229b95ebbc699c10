"""The reader's rules: what belongs together and what does not, above all likeness."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.group import place, rules
from store.model import Head, Passage, Rule, RuleKind, Story, StoryId

NAMES = [StoryId(letter) for letter in "abcdef"]


def together(*of: str) -> Rule:
    return Rule(RuleKind.TOGETHER, tuple(sorted(of)))


def apart(*of: str) -> Rule:
    return Rule(RuleKind.APART, tuple(sorted(of)))


def obeyed(events: str, *standing: Rule, likeness: dict[str, float] | None = None) -> str:
    """Events as groups of letters, "abc de f", by the rules; likeness of pairs as {"ac": 0.9}."""
    label = {letter: NAMES.index(StoryId(part[0])) for part in events.split() for letter in part}
    told = likeness or {}
    found = rules.obey(
        [label[n] for n in NAMES], NAMES, standing, lambda a, b: told.get(NAMES[min(a, b)] + NAMES[max(a, b)], 0.0)
    )
    groups: dict[int, str] = {}
    for name, event in zip(NAMES, found, strict=True):
        groups[event] = groups.get(event, "") + name
    assert all(NAMES[event] == group[0] for event, group in groups.items())
    return " ".join(groups[event] for event in sorted(groups))


def test_without_rules_nothing_moves() -> None:
    assert obeyed("abc de f") == "abc de f"


def test_stories_said_to_be_together_bring_their_whole_events() -> None:
    assert obeyed("abc de f", together("a", "d")) == "abcde f"


def test_together_is_transitive() -> None:
    assert obeyed("a b c d e f", together("a", "b"), together("b", "c")) == "abc d e f"


def test_a_story_said_to_be_apart_from_all_others_leaves_alone() -> None:
    assert obeyed("abcd e f", *(apart("b", other) for other in "acd")) == "acd b e f"


def test_of_two_held_apart_the_rest_stays_with_the_likelier() -> None:
    assert obeyed("abcd e f", apart("a", "b"), likeness={"bc": 0.4, "bd": 0.3, "ac": 0.1}) == "a bcd e f"


def test_what_is_together_with_one_is_apart_from_its_other() -> None:
    held = rules.settle([together("a", "b"), apart("b", "c")], frozenset(NAMES))
    assert held.tie(StoryId("a"), StoryId("c")) is RuleKind.APART
    assert held.tie(StoryId("a"), StoryId("b")) is RuleKind.TOGETHER
    assert held.tie(StoryId("a"), StoryId("d")) is None
    assert obeyed("abc d e f", together("a", "b"), apart("b", "c")) == "ab c d e f"


@pytest.mark.parametrize(
    ("standing", "events", "overruled"),
    [
        ([together("a", "b"), apart("a", "b")], "a b c d e f", [0]),
        ([apart("a", "b"), together("a", "b")], "ab c d e f", [0]),
        ([together("a", "b"), together("b", "c"), apart("a", "c")], "a bc d e f", [0]),
        ([together("b", "c"), together("a", "b"), apart("a", "c")], "ab c d e f", [0]),
        ([together("a", "b", "c"), apart("b", "c")], "ab c d e f", [0]),
        ([together("a", "b"), apart("c", "d")], "ab c d e f", []),
    ],
)
def test_of_rules_that_contradict_each_other_the_newest_holds_and_the_other_is_told(
    standing: list[Rule], events: str, overruled: list[int]
) -> None:
    assert obeyed("a b c d e f", *standing) == events
    told = rules.settle(standing, frozenset(NAMES)).overruled
    assert [standing.index(o.rule) for o in told] == overruled
    assert all("not followed" in str(o) for o in told)


def test_a_rule_about_a_story_that_is_not_here_says_nothing() -> None:
    assert obeyed("ab c d e f", together("a", "z"), together("z", "c"), apart("b", "z")) == "ab c d e f"


def test_a_rule_of_another_kind_is_not_ours() -> None:
    assert obeyed("ab c d e f", Rule(RuleKind.KEEP, ("a", "b"), "a line")) == "ab c d e f"


@given(
    st.lists(
        st.tuples(st.sampled_from([RuleKind.TOGETHER, RuleKind.APART]), st.sets(st.sampled_from("abcdef"), min_size=2)),
        max_size=8,
    ),
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
)
def test_what_is_settled_is_obeyed_whatever_the_rules(
    drawn: list[tuple[RuleKind, set[str]]], events: list[int]
) -> None:
    standing = [Rule(kind, tuple(sorted(of)[: 2 if kind is RuleKind.APART else 6])) for kind, of in drawn]
    labels = [events.index(event) for event in events]
    found = rules.obey(labels, NAMES, standing, lambda a, b: 0.0)
    held = rules.settle(standing, frozenset(NAMES))
    event = dict(zip(NAMES, found, strict=True))
    for one in NAMES:
        for other in NAMES:
            if (tie := held.tie(one, other)) and one != other:
                assert (event[one] == event[other]) is (tie is RuleKind.TOGETHER)
    assert rules.obey(found, NAMES, standing, lambda a, b: 0.0) == found
    if standing and standing[-1].kind is RuleKind.APART:
        assert event[StoryId(standing[-1].of[0])] != event[StoryId(standing[-1].of[1])]
    if standing and standing[-1].kind is RuleKind.TOGETHER:
        assert all(event[StoryId(a)] == event[StoryId(b)] for a, b in pairwise(standing[-1].of))


TEXTS = {
    "a": "The bridge at Kelm opens for lorries on the first of June, Vardania said after talks with Ostmark.",
    "b": "Vardania and Ostmark open the bridge at Kelm for lorries in June, after long talks on customs.",
    "c": "The central bank of Quenland cut its rate to three per cent, the first cut in five years.",
}


def placed(*standing: Rule) -> list[str]:
    stories = [
        Story(StoryId(n), Head(t[:30], published="2031-05-04"), (Passage(t * 2),)) for n, t in sorted(TEXTS.items())
    ]
    found = place(stories, rules=standing)
    names = {p.event: "" for p in found}
    for p in found:
        names[p.event] += p.story
    return sorted(names.values())


def test_grouping_obeys() -> None:
    assert placed() == ["ab", "c"]
    assert placed(apart("a", "b")) == ["a", "b", "c"]
    assert placed(together("b", "c")) == ["abc"]
