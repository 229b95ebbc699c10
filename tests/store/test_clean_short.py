"""Short texts keep their body, whatever they stand among. All names invented."""

from __future__ import annotations

import pytest

from store.model import Kind
from store.text.clean import clean

TITLE = "Vardania and Ostravia reopen Old Bridge"
LEAD = "Vardania and Ostravia reopened Old Bridge at Selm on Monday, the foreign ministry in Vardograd said."
LAST = "Both parliaments must agree by June."
BELOW = (
    "Share",
    "Read next",
    "Fish prices fall in Selm for a third week",
    "Ferry strike enters its second day as talks stall.",
    "© 2031 Selm Courier. All rights reserved.",
)

BODIES: dict[str, tuple[str, ...]] = {
    "two sentences": (LEAD, LAST),
    "names": (
        LEAD,
        "1. Bertil Oss, harbour master",
        "2. Karna Lund",
        "3. Halpas Shipping Ltd",
        "4. the state grain trust",
        LAST,
    ),
    "bullets": (LEAD, "• Bertil Oss", "• Karna Lund", "• Milo Tarr", LAST),
    "questions": (
        LEAD,
        "Q: Is it safe?",
        "A: Yes.",
        "Q: Since when?",
        "A: Since May.",
        "Q: And the ferry?",
        "A: Stops.",
    ),
    "turns": (
        "MODERATOR: Good morning. The minister takes three questions.",
        "MINISTER KOVEL: Thank you.",
        "QUESTION: When does the bridge open?",
        "MINISTER KOVEL: Today.",
        "(Laughter.)",
        "QUESTION (in Ostravian): And the ferry?",
        "MINISTER KOVEL: It sails on, and we shall see for how long, since nobody has asked the captain yet.",
        "MODERATOR: Thank you all.",
    ),
    "clauses": (
        "The ministers met in Selm on Monday and reaffirmed the treaty on the strait of Tolmen.",
        "They agreed:",
        "(a) to open the bridge;",
        "(b) to move the ferry;",
        "(c) to meet again.",
        "Article 4",
        "The ministers shall appoint a joint commission.",
        "Article 5",
        "This treaty enters into force on signature.",
        "Done at Selm in two originals, in both languages.",
        "For Vardania: Anna Kovel",
        "For Ostravia: Bertil Oss",
    ),
    "table with tabs": (
        "The commission released the results of the vote on the bridge on Wednesday.",
        "Province\tYes\tNo",
        "Selm\t51.2\t48.8",
        "Brusk\t44.0\t56.0",
        "Dorvil\t60.3\t39.7",
        "Turnout was the highest for thirty years, the commission said.",
    ),
    "table with bars": (LEAD, "Province | Yes | No", "Selm | 51.2 | 48.8", "Brusk | 44.0 | 56.0", LAST),
    "live blog": (
        "14:32",
        "Envoys arrive",
        "The foreign minister of Vardania, Anna Kovel, has arrived at the lakeside hotel in Selm.",
        "She declined to answer questions.",
        "14:05",
        "Bridge quiet, monitors say",
        "Monitors reported no lorries on the bridge for a second night.",
        "13:20",
        "Good afternoon and welcome",
        "Welcome to our live coverage of the talks between Vardania and Ostravia.",
    ),
    "chronicle": (
        LEAD,
        "12 March 2019",
        "A flood closes the bridge at Selm.",
        "4 May 2020",
        "Ostravia closes its embassy.",
        "1 June 2023",
        "Talks fail in Dorvil.",
        LAST,
    ),
}


@pytest.mark.parametrize("kind", BODIES)
def test_short_text_keeps_its_body_and_loses_its_furniture(kind: str) -> None:
    text = "\n".join((TITLE, "By Mara Linde", *BODIES[kind], *BELOW))
    cleaned = clean(text)
    assert [p.text for p in cleaned.passages if p.kept] == list(BODIES[kind])
    assert cleaned.title == TITLE


def test_sentence_goes_on_behind_a_link_to_another_story() -> None:
    link = "Te puede interesar: Ostravia prohíbe exportar trigo"
    body = ("El puente de Selm reabrió el lunes, informó el Ministerio de Exteriores.", "Estaba cerrado desde 2019.")
    kept = [p.text for p in clean("\n".join((body[0], link, body[1], "Síguenos en Twitter"))).passages if p.kept]
    assert kept == list(body)


def test_first_paragraph_over_an_advertisement_is_no_standfirst() -> None:
    text = f"{TITLE}\n\nBy Mara Linde\n\n{LEAD}\n\nAdvertisement\n\n{LAST}\n\nThe ferry sails on until the autumn."
    passages = {p.text: p.kind for p in clean(text).passages}
    assert passages[LEAD] is Kind.BODY
    assert passages["Advertisement"] is Kind.DROPPED


def test_copyright_line_in_brackets_is_still_one() -> None:
    passages = clean(f"{TITLE}\n{LEAD}\n{LAST}\n(c) Selm Courier 2031").passages
    assert passages[-1].kind is Kind.DROPPED


def test_each_of_several_reports_keeps_its_text() -> None:
    reports = (
        "SELM: Vardania named a new envoy to Ostravia on Monday, the first for nine years. He sails in May.",
        "BRUSK: Ostravia banned exports of wheat for three months. Traders said that prices had risen.",
        "OLM: A court freed the printer of a map after ninety days.",
    )
    headlines = ("Vardania names envoy", "Ostravia bans wheat exports", "Olm court frees editor")
    lines = [line for pair in zip(headlines, reports, strict=True) for line in pair]
    kept = [p.text for p in clean("\n".join((*lines, "Subscribe to our newsletter"))).passages if p.kept]
    assert kept[-1] == reports[-1]
    assert reports[1] in kept
    assert any(reports[0].endswith(text) for text in kept)
