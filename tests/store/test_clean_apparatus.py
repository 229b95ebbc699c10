"""What a text carries beside its body, and lines that only doubt keeps."""

from __future__ import annotations

from store.text import apparatus
from store.text.clean import clean
from store.text.doubt import doubted
from store.text.lines import Line
from store.text.measured import measure
from tests.store.crossing import BODY

CHAPTERS = ("The bridge", "Who pays for it", "What the ferry was")
NOTES = (
    "Halpas, R. 2029. The Bridges of Vardania. Selm: Harbour Press.",
    "Marren, I. and Kovel, A. 2030. Customs and Trade on the River. Journal of Crossings 4, 12-19.",
)


def kept(*lines: str) -> list[str]:
    return [p.text for p in clean("\n\n".join(lines)).passages if p.kept]


def listed(*lines: str) -> list[int]:
    read = [measure(line) for line in lines]
    return apparatus.contents(lines, [line.prose for line in read], [line.said[-1:] for line in read])


def around(*lines: str) -> dict[int, str]:
    return dict(apparatus.around(lines, [True] * len(lines), [len(line.split()) for line in lines]))


def test_headings_that_come_again_over_their_parts_are_a_list_of_contents() -> None:
    parts = [line for i, head in enumerate(CHAPTERS) for line in (head, *BODY[2 * i : 2 * i + 2])]
    assert listed("Contents", *CHAPTERS, *parts) == [1, 2, 3]
    assert listed(*(f"{i}. {head}" for i, head in enumerate(CHAPTERS, 1)), *parts) == [0, 1, 2]


def test_lines_that_come_again_next_to_each_other_are_no_list_of_contents() -> None:
    assert listed(*CHAPTERS, *BODY, *CHAPTERS) == []
    assert listed(*BODY, *CHAPTERS, *BODY[:3]) == []


def test_fields_of_a_form_are_no_list_of_contents() -> None:
    record = ("Height", "Length", "Built in")
    assert listed(*(line for i in range(4) for line in (*record, *BODY[2 * i : 2 * i + 2]))) == []


def test_a_list_of_contents_goes_and_the_headings_over_the_parts_stay() -> None:
    parts = [line for i, head in enumerate(CHAPTERS) for line in (head, *BODY[2 * i : 2 * i + 2])]
    assert kept(*BODY[6:], *CHAPTERS, *parts) == [*BODY[6:], *parts]


def test_footnotes_below_a_text_go_with_their_heading() -> None:
    assert set(around(*BODY, "Footnotes", *NOTES)) == {8, 9, 10}
    assert kept(*BODY, "Footnotes", *NOTES) == list(BODY)


def test_footnotes_above_the_text_closes_nothing() -> None:
    assert around("Footnotes", *BODY) == {}
    assert around(*BODY[:4], "Footnotes", *BODY[4:]) == {}


BOX = ("Ilva Tarn", "Ilva is a reporter in Selm. She has covered the river and its ports for ten years.")


def test_a_paragraph_about_whom_the_line_above_names_is_about_the_author() -> None:
    assert around(*BOX, *BODY) == {0: "about the author", 1: "about the author"}
    assert around(*BODY[:4], *BOX, *BODY[4:]) == {4: "about the author", 5: "about the author"}


def test_whom_the_story_names_too_is_no_author() -> None:
    assert (
        around(*BOX, *BODY, "The ferry's last captain, Ilva Tarn, said that she would miss the river in the mornings.")
        == {}
    )


def test_many_people_who_are_introduced_are_what_the_text_is_about() -> None:
    people = [
        (f"{name} Tarn", f"{name} is a writer. She has lived in Selm for ten years, and studied there.")
        for name in ("Ilva", "Rena", "Karna", "Orla", "Mira")
    ]
    assert around(*(line for box in people for line in box), *BODY) == {}


def unsure(text: str, at: int, odds: float = 0.5) -> list[int]:
    texts = [*BODY[:at], text, *BODY[at:]]
    lines = [Line(line, gap=True) for line in texts]
    weighed = [odds if i == at else 6.0 for i in range(len(texts))]
    return doubted(lines, [measure(line) for line in texts], weighed, [True] * len(texts))


def test_doubt_keeps_a_paragraph_and_no_label() -> None:
    assert unsure("A museum of the river", 4) == [4]
    assert unsure("A museum of the river", 4, odds=1.5) == []
    assert unsure(BODY[0] + " " + BODY[1], 4) == []


def test_doubt_keeps_a_sentence_at_the_end_and_what_leads_on() -> None:
    assert unsure("Talks will be resumed in Selm on Monday.", 8) == []
    assert unsure("These are the points of the treaty:", 4) == []
    assert unsure("Signed: Selm, in the spring", 4) == []


def test_doubt_keeps_an_answer_however_short() -> None:
    asked = [*BODY[:4], "And what do the two of you talk about?", "Boats.", *BODY[4:]]
    lines = [Line(line, gap=True) for line in asked]
    weighed = [0.5 if line == "Boats." else 6.0 for line in asked]
    assert doubted(lines, [measure(line) for line in asked], weighed, [True] * len(asked)) == []
    assert unsure("Boats.", 4) == [4]


def test_doubt_keeps_the_rows_of_a_list() -> None:
    texts = [*BODY, "Selm", "Harbour", "Old mole", "Bridge"]
    lines = [Line(line, gap=True) for line in texts]
    weighed = [6.0] * len(BODY) + [0.5] * 4
    assert doubted(lines, [measure(line) for line in texts], weighed, [True] * 12) == []


def test_doubt_keeps_all_of_a_text_that_is_mostly_doubtful() -> None:
    texts = [*BODY, "A museum of the river"]
    lines = [Line(line, gap=True) for line in texts]
    weighed = [6.0] + [2.0] * 7 + [0.5]
    assert doubted(lines, [measure(line) for line in texts], weighed, [True] * 9) == []
