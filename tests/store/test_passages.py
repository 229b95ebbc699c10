"""Highlights: where they stand, and what a further pick makes of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.text.passages import Span, places, sentences, toggled

TEXT = (
    "Envoys met in Tellmark. They will meet again. Nobody knows why.",
    "They will meet again. The quay was shut.",
    "",
)


def pick(*which: tuple[int, int]) -> list[Span]:
    """The spans of these sentences: (paragraph, number)."""
    return [(p, *sentences(TEXT[p])[n]) for p, n in which]


def test_a_picked_sentence_is_highlighted_and_picked_again_it_is_not() -> None:
    once, on = toggled((), TEXT, pick((0, 0)))
    assert (once, on) == (("Envoys met in Tellmark.",), True)
    assert toggled(once, TEXT, pick((0, 0))) == ((), False)


def test_sentences_beside_one_another_become_one_passage_and_come_apart_again() -> None:
    one, _ = toggled((), TEXT, pick((0, 2)))
    both, _ = toggled(one, TEXT, pick((0, 0)))
    assert both == ("Envoys met in Tellmark.", "Nobody knows why.")
    whole, on = toggled(both, TEXT, pick((0, 1)))
    assert (whole, on) == ((TEXT[0],), True)
    assert toggled(whole, TEXT, pick((0, 1))) == (both, False)


def test_a_pick_half_highlighted_is_highlighted_whole() -> None:
    some, _ = toggled((), TEXT, pick((1, 1)))
    more, on = toggled(some, TEXT, [(1, 0, len(TEXT[1]))])
    assert (more, on) == ((TEXT[1],), True)


def test_a_pick_over_two_paragraphs_makes_two_passages() -> None:
    made, _ = toggled((), TEXT, [*pick((0, 2)), *pick((1, 1))])
    assert made == ("Nobody knows why.", "The quay was shut.")


def test_the_same_words_in_two_places_go_together() -> None:
    made, _ = toggled((), TEXT, pick((1, 0)))
    assert places(made[0], TEXT) == ((0, 24, 45), (1, 0, 21))
    assert toggled(made, TEXT, pick((0, 1))) == ((), False)


def test_what_the_text_no_longer_says_stays_at_the_end() -> None:
    made, _ = toggled(("Gone words.",), TEXT, pick((0, 0)))
    assert made == ("Envoys met in Tellmark.", "Gone words.")
    assert toggled(made, TEXT, pick((0, 0))) == (("Gone words.",), False)
    assert places("  ", TEXT) == ()


PICKS = st.lists(st.sampled_from([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]), max_size=12)


@given(PICKS)
def test_every_highlight_stands_in_the_text_and_none_is_kept_twice(picks: list[tuple[int, int]]) -> None:
    held: tuple[str, ...] = ()
    for one in picks:
        before, span = held, pick(one)
        held, on = toggled(held, TEXT, span)
        covered = any(s <= span[0][1] and span[0][2] <= e for h in held for p, s, e in places(h, TEXT) if p == one[0])
        assert covered is on, (before, one)
        assert len(set(held)) == len(held)
        assert all(places(h, TEXT) and h == h.strip() for h in held)
