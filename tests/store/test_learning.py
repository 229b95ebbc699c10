"""Lines that recur in an outlet's stories are its furniture, unless the reader says otherwise."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.config import Settings
from store.errors import InputError
from store.library import Library
from store.model import Act, Passage, Rule, RuleChange, RuleKind, StoryId
from tests.conftest import NOW

OUTLET = "Tarn Evening Sheet"
MOTTO = "Set by hand on the island of Tarn since the year of the great flood, and carried to the ferry before dawn."
BODIES = (
    "Vardania and Kestria agreed on Monday to share the cost of dredging the northern channel, officials said.\n\n"
    "The agreement runs for nine years and may be ended by either side with a notice of two years.",
    "The parliament of Ruvia voted to withdraw its ambassador from Ostmere after the fishing boats were fired at.\n\n"
    "Ninety members voted for the motion and forty-one against it, with eleven abstaining.",
    "Doctors in Solmark asked for more beds as the winter fever filled the last of the mountain hospitals.\n\n"
    "The health minister said two army tents would be put up beside the clinic in Upper Hald before Friday.",
)


def stories(*bodies: str, outlet: str = OUTLET) -> io.BytesIO:
    lines = [
        json.dumps({"id": str(n), "title": f"Title number {n} {outlet}", "text": text, "outlet": outlet})
        for n, text in enumerate(bodies)
    ]
    return io.BytesIO("\n".join(lines).encode())


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library", Settings())
    library.add(["-"], now=NOW, stdin=stories(*(f"{body}\n\n{MOTTO}" for body in BODIES)))
    yield library
    library.close()


def passages(library: Library, text: str) -> list[Passage]:
    return [p for s in library.archive.stories() for p in s.passages if p.text == text]


def one_story(library: Library) -> StoryId:
    return next(s.id for s in library.archive.stories())


def test_a_line_in_three_stories_of_one_outlet_is_dropped_by_rebuild_with_its_reason(library: Library) -> None:
    library.archive.furniture.replace(())
    library.reread(outlet=OUTLET)
    assert all(p.kept for p in passages(library, MOTTO)), "nothing in the line itself is furniture"
    library.rebuild()
    assert [(p.kept, p.reason) for p in passages(library, MOTTO)] == [(False, "in 3 stories of this outlet")] * 3
    assert [(r.text, r.stories) for r in library.furniture()] == [(MOTTO, 3)]
    library.rebuild()
    assert [p.kept for p in passages(library, MOTTO)] == [False] * 3, "what was dropped is not forgotten again"


def test_what_was_learned_holds_for_stories_that_come_later(library: Library) -> None:
    library.rebuild()
    late = "A court in Brannock gave the lighthouse back to the heirs of its keeper after sixty years of argument."
    library.add(["-"], now=NOW, stdin=stories(f"{late}\n\n{MOTTO}"))
    assert [p.kept for p in passages(library, MOTTO)] == [False] * 4
    assert [p.kept for p in passages(library, late)] == [True]


def test_a_line_in_two_stories_or_of_several_outlets_is_none(tmp_path: Path) -> None:
    with_motto = [f"{body}\n\n{MOTTO}" for body in BODIES]
    library = Library.open(tmp_path / "other", Settings())
    library.add(["-"], now=NOW, stdin=stories(*with_motto[:2]))
    library.add(["-"], now=NOW, stdin=stories(with_motto[2], outlet="Ruvia Times"))
    library.rebuild()
    assert all(p.kept for p in passages(library, MOTTO))
    library.close()


def test_what_one_event_repeats_is_no_furniture(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "other", Settings())
    updates = [f"{BODIES[0]}\n\nUpdate {n}: the text was signed in Haldervik by both ministers." for n in range(3)]
    library.add(["-"], now=NOW, stdin=stories(*updates))
    assert library.archive.count() == 3
    library.rebuild()
    assert library.furniture() == ()
    library.close()


def test_background_that_an_outlet_repeats_is_no_furniture(tmp_path: Path) -> None:
    background = "Kestria has charged dues on the Straits of Lann since March, and Vardania has refused to pay them."
    reports = (
        "Envoys of Vardania walked out of the hall in Haldervik when the map of the straits was shown to them.",
        "Insurers raised the price of a passage for ships of Vardania after a freighter was held at Cape Orrin.",
        "The president of Kestria will speak on Friday about the lights and dredgers at the mouth of the Lann.",
    )
    more = ("The Straits of Lann froze over.", "Kestria was silent.", "Nobody in Vardania answered the telephone.")
    library = Library.open(tmp_path / "other", Settings())
    texts = [
        f"{report}\n\n{told} It was the ninth day.\n\n{background}" for report, told in zip(reports, more, strict=True)
    ]
    library.add(["-"], now=NOW, stdin=stories(*texts))
    library.rebuild()
    assert all(p.kept for p in passages(library, background))
    assert background not in {r.text for r in library.furniture()}
    library.close()


def test_the_reader_keeps_a_line_in_one_story_and_takes_it_back(library: Library) -> None:
    library.rebuild()
    story = one_story(library)
    act = library.keeping(story, MOTTO, everywhere=False)
    library.marks.apply(act)
    library.settle((), reread=[story])
    assert sum(p.kept for p in passages(library, MOTTO)) == 1
    library.rebuild()
    assert sum(p.kept for p in passages(library, MOTTO)) == 1, "the rule survives a rebuild"
    assert library.search("carried before dawn", 9) == (story,)
    library.marks.apply(act.undone())
    library.settle((), reread=[story])
    assert sum(p.kept for p in passages(library, MOTTO)) == 0
    assert library.search("carried before dawn", 9) == ()


def test_the_reader_keeps_a_line_in_all_of_an_outlet(library: Library) -> None:
    library.rebuild()
    library.marks.apply(library.keeping(one_story(library), MOTTO, everywhere=True))
    assert library.settle((), outlets=[OUTLET]) == 3
    assert sum(p.kept for p in passages(library, MOTTO)) == 3


def test_only_a_line_that_was_dropped_can_be_kept(library: Library) -> None:
    story = one_story(library)
    with pytest.raises(InputError, match="No such line was dropped"):
        library.keeping(story, "What nobody wrote", everywhere=False)


@pytest.mark.parametrize("text", ["", MOTTO])
def test_what_was_learned_can_be_switched_off_for_an_outlet(library: Library, text: str) -> None:
    library.rebuild()
    off = Act("off", rules=(RuleChange(Rule(RuleKind.UNLEARNED, (f"outlet:{OUTLET}",), text)),))
    library.marks.apply(off)
    library.reread(outlet=OUTLET)
    assert all(p.kept for p in passages(library, MOTTO))
    library.marks.apply(off.undone())
    library.reread(outlet=OUTLET)
    assert not any(p.kept for p in passages(library, MOTTO))


def test_two_sentences_of_furniture_in_short_stories_are_learned(tmp_path: Path) -> None:
    plea = "Journalism of this kind costs more than the price of a ticket to the mainland, so please think of giving."
    library = Library.open(tmp_path / "other", Settings())
    library.add(["-"], now=NOW, stdin=stories(*(f"{body}\n\n{MOTTO}\n\n{plea}" for body in BODIES)))
    library.rebuild()
    assert {r.text for r in library.furniture()} == {MOTTO, plea}
    assert len(library.events()) == 3, "what they share no longer makes them one event"
    library.close()


def test_what_is_left_out_everywhere_for_its_own_sake_is_not_listed(library: Library) -> None:
    dated = [f"Published 6 April 2031\n\n{body}" for body in BODIES]
    library.add(["-"], now=NOW, stdin=stories(*dated, outlet="Ruvia Times"))
    library.rebuild()
    assert {r.outlet for r in library.furniture()} == {OUTLET}


ABOUT = (
    MOTTO,
    "The Sheet is written by nine people above the chandler's shop, and by whoever climbs the stairs with a story.",
    "Readers who hold a yearly share may vote on the price of the Sheet at the meeting in the chapel every autumn.",
    "Letters are answered in the order in which the boat brings them, and printed when there is room for them all.",
)


def test_short_stories_with_one_outlets_furniture_are_events_of_their_own_at_once(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "short", Settings())
    library.add(["-"], now=NOW, stdin=stories(*("\n\n".join((body, *ABOUT)) for body in BODIES)))
    assert len(library.events()) == len(BODIES)
    assert {r.text for r in library.furniture()} == set(ABOUT)
    library.close()


def test_short_stories_that_come_one_by_one_part_as_soon_as_there_are_three(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "short", Settings())
    for number, body in enumerate(BODIES):
        text = "\n\n".join((body, *ABOUT))
        record = {"id": str(number), "title": f"Title number {number}", "text": text, "outlet": OUTLET}
        library.add(["-"], now=NOW, stdin=io.BytesIO(json.dumps(record).encode()))
    assert len(library.events()) == len(BODIES)
    before = [(e.id, [s.id for s in e.stories]) for e in library.events()]
    library.rebuild()
    assert sorted(before) == sorted((e.id, [s.id for s in e.stories]) for e in library.events())
    library.close()


def test_three_states_of_one_report_stay_one_event_and_teach_nothing(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "states", Settings())
    late = ("Rain fell all day.", "The wind turned north at noon.", "Nobody was on the quay by night.")
    more = (
        "Boats stayed in harbour and the ferry was late.",
        "Two roofs were lost in Hald.",
        "Schools will open late.",
    )
    told = [f"{BODIES[0]}\n\n{a} {b}" for a, b in zip(late, more, strict=True)]
    library.add(["-"], now=NOW, stdin=stories(*told))
    assert len(library.events()) == 1
    assert library.furniture() == ()
    library.close()
