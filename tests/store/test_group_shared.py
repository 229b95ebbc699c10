"""What two stories share, in words: names apart, numbers with what they count, people no places."""

from __future__ import annotations

import pytest

from store.group import shared, traits, vectors
from store.model import Head, Passage, Shared, Story, StoryId

FAR = "The clerk of the customs house read out the whole of the tariff before the delegates went to lunch. " * 5
TEXTS = (
    f"{FAR}A road was opened in Gorvale, Sandor Ardinan said after he had left it. Turnout was 37 per cent there.",
    f"{FAR}People in Gorvale, Sandor Ardinan wrote, voted late. Some 37 per cent of them came, and went home.",
)


def story(name: str, text: str) -> Story:
    return Story(StoryId(name), Head("A day at the customs house"), (Passage(text),))


def found(*texts: str) -> tuple[Shared, ...]:
    one, other = (story(name, text) for name, text in zip("ab", texts, strict=True))
    mine, theirs = traits.read(one), traits.read(other)
    vector = vectors.build([mine.terms, theirs.terms])
    return shared.in_full(shared.between(mine, theirs, vector), one, other, vector)


def texts(told: tuple[Shared, ...], *kinds: str) -> set[str]:
    return {s.text for s in told if s.kind in kinds}


def test_names_on_both_sides_of_a_comma_are_two() -> None:
    told = found(*TEXTS)
    assert texts(told, "place", "name") == {"Gorvale", "Sandor Ardinan"}
    assert texts(told, "place") == {"Gorvale"}
    near = found(*(text.removeprefix(FAR) for text in TEXTS))
    assert texts(near, "place", "name") == {"Gorvale", "Sandor Ardinan"}


def test_what_the_text_has_with_a_space_alone_stays_one_name() -> None:
    assert shared.parted("Gorvale Times", ["in Gorvale, Times of need", "the Gorvale Times wrote"]) == ["Gorvale Times"]
    assert shared.parted("Ilse Torm Gorvale", ["of Ilse Torm (Gorvale)"]) == ["Ilse Torm", "Gorvale"]
    assert shared.parted("Gorvale", ["in Gorvale, Times"]) == ["Gorvale"]
    assert shared.parted("", ["in Gorvale"]) == [""]


def test_a_possessive_stays_inside_a_run() -> None:
    said = "It was signed for Gorvale's Sandor Ardinan at dawn."
    assert texts(found(said, said), "name") == {"Gorvale's Sandor Ardinan"}


def test_a_number_is_told_with_what_it_is_per() -> None:
    told = found(*TEXTS)
    assert texts(told, "number") == {"37 per cent"}
    one, other = (traits.read(story(name, text)) for name, text in zip("ab", TEXTS, strict=True))
    assert [s.stories for s in shared.counted(told, [one, other]) if s.kind == "number"] == [2]
    brief = shared.between(one, other, vectors.build([one.terms, other.terms]))
    assert "both count 37" in shared.sentences(brief), "of which the text is not at hand"


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("They turned to Gita Torol. A letter to Gita Torol came back. An answer from Gita Torol is due.", False),
        ("The road to Gorvale is open. Boats from Gorvale wait. Rain fell in Gorvale.", True),
        ("Die Reise nach Gorvale war lang, und bei Gorvale lag Schnee.", True),
    ],
)
def test_a_person_to_whom_letters_go_is_no_place(text: str, placed: bool) -> None:
    name = "Gita Torol" if "Gita" in text else "Gorvale"
    assert shared.place(name, story("a", text)) is placed
