"""Texts that are no plain report, short and very long, keep their body alone and among furniture. Written after the
rules, in another hand than the other tests' texts; all names invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, islice

import pytest

from store.text.clean import Cleaned, clean

TITLE = "Ambrel and the Quill Isles settle the quarrel over the Merrow Bank"
PAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a newspaper's": (
        (
            *("The Lorn Ledger", "News", "Politics", "Fisheries", "Letters", "Subscribe", TITLE, "Dessa Rho"),
            *("Cape Merrow correspondent", "Tue 14 Oct 2031 18.20 BST", "Share on Facebook", "Share on X"),
        ),
        (
            *("Explore more on these topics", "Fisheries", "Ambrel", "Most viewed"),
            "Why the lighthouse keeper will not come down",
            "The island where nobody locks a door",
            "I spent a winter with the herring fleet and lost a boot",
            "Ferry timetable: what changes on Monday",
            "Sign up for First Tide, our free morning email",
            *("Contact us", "Terms and conditions", "© 2031 Lorn Ledger Media"),
        ),
    ),
    "an agency's": (
        ("Home > World > Ambrel", TITLE, "Updated 3 hours ago", "Listen to this article", "2 min"),
        (
            "Related stories",
            "Quill governor to visit Ambrel in the spring",
            "Herring prices at a nine-year high, traders say",
            *("Follow us on Telegram", "Comments (12)", "Leave a comment", "Advertisement"),
        ),
    ),
}

SHORT: dict[str, str] = {
    "live blog with headings": """\
Negotiators from the Quill Isles and the Republic of Ambrel have been locked in a hotel at Cape Merrow since dawn.
10.32am
Ambrel delegation walks out
The Ambrel delegation has left the hotel by a side door. A spokeswoman would not say whether it will be back.
10.58am
'A tactical pause'
Our correspondent has this from a member of the Quill team: "It is a tactical pause. They have left their coats."
11.15am
Coats collected
The coats have gone.
11.47am
Oil is up by two per cent on the news from Cape Merrow, its highest since the spring.
12.20pm
They are back. Two cars with Ambrel plates have just driven through the gate, followed by a van of the caterers.
5.55pm
Agreed
It is done. The text will be read out at eight by the ministers of both sides, standing.""",
    "interview": """\
Professor Ylva Thorne has read every border treaty signed since the war. We asked her about the latest one.
Question: What struck you first?
Answer: How short it is. Nineteen articles, and four of them are about fish.
Question: Is that unusual?
Answer: Very. The last one had two hundred, and nobody could tell you what was in the middle.
Question: What would you have added?
Answer: A clause on the cable. Sooner or later an anchor will cut it, and then we shall see.
Question: Are you an optimist?
Answer: I am a reader.""",
    "interview without names": """\
The new head of the Ambrel coastguard has a small office above a chandler's shop. She talked while the kettle boiled.
You have been in the job for a month. What has surprised you?
The paper. I was told that we had gone digital. We have, and we print all of it.
There were three collisions in the strait in March. Why?
Fog twice, and once a captain who thought that the other one would turn.
And what do you talk about with the Isles every morning?
Buoys.""",
    "sanctions with dashes": """\
The Council of Ambrel decided on Thursday to extend its measures, and added six persons and three firms to the annex.
Persons:
- Captain Hale Strand, born 1 May 1971, commander of the patrol vessel Petrel
- Ines Korvat (alias "the Notary"), born 1966 or 1968, place of birth unknown
- Bo Tamsin, owner of Tamsin Freight, born 30 September 1959
- Dr. Emil Quade
Entities:
- Tamsin Freight and Forwarding, Port Lorn
- The Harbour Fund
- Lorn Savings Bank
The funds of those listed are frozen, and nobody in the Union may make money available to them.""",
    "sanctions as bare names": """\
Port Lorn has published the names of those who may no longer enter the Quill Isles.
The list, in the order in which it was read out in the chamber:
Hale Strand
Ines Korvat
Bo Tamsin
Adele Marsh
Emil Quade
Orsolya Finch
Corin Bell
The ban is for three years and may be renewed, the interior ministry of the Quill Isles said.""",
    "communique": """\
1. At the invitation of the Governor, the President of Ambrel paid a state visit to the Quill Isles in October.
2. The two leaders held talks in a cordial atmosphere and exchanged views on matters of common interest.
3. They welcomed the resumption of the ferry.
4. They noted with concern the decline of the herring.
5. The President invited the Governor to visit Ambrel at a time convenient to both. The invitation was accepted.""",
    "treaty in chapters": """\
The High Contracting Parties,
Desiring to settle the questions that have arisen between them concerning the Merrow Bank,
Have agreed as follows:
CHAPTER I
GENERAL PROVISIONS
Article 1
For the purposes of this Convention:
(a) "the Bank" means the waters within the line drawn on the annexed chart;
(b) "vessel" means any craft of more than five tons.
Article 2
The Bank shall be open to the vessels of both Parties.
CHAPTER II
OF HERRING
Article 3
No net of a mesh smaller than forty millimetres shall be used on the Bank.
Article 4
The Commission shall fix the catch for each season not later than the first of March.
Done at Cape Merrow this ninth day of October, in duplicate.
For the Republic of Ambrel: H. Strand
For the Quill Isles: D. Rho""",
    "briefing": """\
Following is the transcript of the daily briefing held at the Foreign Office in Port Lorn.
MS. ESKER: Good afternoon. I have two announcements, and then I'll take your questions.
First, the Minister leaves for Cape Merrow tonight. Second, the lift is broken again, so please use the stairs.
QUESTION: On the trip. Is she going to sign?
MS. ESKER: She is going to talk.
QUESTION: But she's taking the seal.
MS. ESKER: She takes the seal everywhere. It's heavy; I feel for whoever carries it.
QUESTION: Follow-up?
MS. ESKER: Go ahead.
(The briefing was concluded at 1:40 p.m.)""",
    "table": """\
The herring quota for the coming season was published in Port Lorn on Friday. In thousand tons:
Ambrel 41.0 (38.5)
Quill Isles 40.0 (40.0)
Lorn Bank fleet 12.5 (14.0)
Free boats 3.2 (2.9)
Total 97.7 (96.4)
Skippers called the figures generous. Scientists advising the Commission had asked for a cut of a fifth.""",
    "table of one cell a line": """\
Results of the vote on the Merrow Convention, by district, with nine tenths of the ballots counted:
District
For
Against
Saltern
47.9
52.1
Upper Quill
55.0
45.0
Turnout was 81 per cent, the highest since the founding of the republic, the returning officer said.
The count goes on in the outer islands, where two boats with ballot boxes were waiting for the tide.""",
    "timeline": """\
How the quarrel over the Merrow Bank unfolded:
1931: A chart drawn in Port Lorn puts the Bank inside Quill waters.
1948: Ambrel objects, in writing.
1962: The first seizure of a boat, the Sea Pink. Her crew is released after a week.
2009: The ferry is suspended.
None of the dates is disputed, which the mediators call a beginning.""",
    "speech": """\
Mr President,
Excellencies,
Ladies and gentlemen,
I was told to be brief, and I shall be, for what I have to say is short.
We have come to the end of a quarrel that is older than anybody in this hall.
Nobody won it.
I should like to thank the pilots of both sides, who went on speaking to each other when their ministers did not.
Thank you.""",
    "interview in Spanish": """\
La capitana Oriel Vance dirige la guardia costera de Ambrel desde hace un mes y recibe a este diario en el puerto.
Pregunta. ¿Qué es lo que más le ha sorprendido?
Respuesta. El papel. Me dijeron que todo era digital. Lo es, y luego lo imprimimos.
P. ¿Habla con sus colegas de las islas Quill?
R. Todas las mañanas, a las siete. Es la única línea entre los dos países que nunca se ha cortado.
P. ¿Y de qué hablan?
R. De boyas.""",
    "live blog in Russian": """\
Онлайн-трансляция переговоров на мысе Мерроу между Амбрелом и островами Квилл.
09:10
Делегация Амбрела прибыла в гостиницу на двух машинах. Журналистов внутрь не пускают.
10:45
Переговоры начались с опозданием на час, сообщил пресс-секретарь губернатора Дез Ро.
12:30
Объявлен перерыв. Министры обедают в разных залах.
15:05
Стороны договорились о возобновлении паромного сообщения, заявил министр рыболовства Тобиас Рэй.""",
}

WHO = ("The governor", "A deputy of the left", "Captain Vance", "The harbour board", "A fisherman from Saltern")
DID = (
    "asked for the ballot to be repeated",
    "left the chamber for a quarter of an hour",
    "read from a letter that nobody had seen before",
    "withdrew the second amendment",
    "thanked the pilots of both countries",
    "denied that money had changed hands",
    "spoke for eleven minutes about nets",
)
HOW = ("and there was laughter", "while the gallery was being cleared", "which the speaker allowed")
FIRST = ("Hale", "Ines", "Bo", "Adele", "Emil", "Orsolya", "Corin", "Maud", "Tobias", "Ylva", "Oriel")
LAST = ("STRAND", "KORVAT", "TAMSIN", "MARSH", "QUADE", "FINCH", "BELL")
VERSES = ("The water", "A lantern", "My father", "The herring", "Some captain")
WENT = ("went down", "came home", "lay still", "was gone", "turned round", "grew cold", "sang low")
WHERE = ("before the tide,", "behind the stone,", "upon the sand;", "among the ships")


def _told() -> Iterator[str]:
    for who, did, how in zip(cycle(WHO), cycle(DID), cycle(HOW), strict=False):
        yield f"{who} {did} {how}."


def _blog(count: int = 30) -> Iterator[str]:
    yield "The house is debating the Merrow Convention. Follow it here, newest first."
    for number, said in enumerate(islice(_told(), count)):
        minute = 22 * 60 - 11 * number
        yield f"{minute // 60:02}:{minute % 60:02}"
        yield said


def _interview(count: int = 30) -> Iterator[str]:
    yield "The governor of the Quill Isles has given no interview for six years. He gave us an hour."
    asked = ("Why now?", "And the herring?", "Who told you that?", "Was there a vote?", "Whom do you trust?")
    for question, said in zip(cycle(asked), islice(_told(), count), strict=False):
        yield f"Q: {question}"
        yield f"A: {said}"


def _sanctions(count: int = 70) -> Iterator[str]:
    yield "The annex to the decision of the Council names the following persons:"
    for number, first, last in zip(range(count), cycle(FIRST), cycle(LAST), strict=False):
        yield f"{number + 1}. {last}, {first}; d.o.b. {number % 28 + 1} March {1950 + number % 40}; Port Lorn"
    yield "The decision takes effect on the day of its publication, the Council said."


def _transcript(count: int = 60) -> Iterator[str]:
    yield "The house met at two o'clock, the Speaker in the chair."
    turns = ("MR WRAY", "MRS MARSH", "THE SPEAKER", "CAPT VANCE")
    short = ("Order.", "Hear, hear.", "I give way.", "The question is put.")
    for number, (who, said, aside) in enumerate(zip(cycle(turns), islice(_told(), count), cycle(short), strict=False)):
        yield f"{who}: {aside if number % 3 == 2 else said}"


def _convention(count: int = 30) -> Iterator[str]:
    yield "The Parties to this Convention have agreed as follows:"
    parties = ("The Commission", "Each Party", "The depositary", "No vessel", "The Secretary")
    when = ("without delay", "within thirty days", "once in each season")
    for number, party, at in zip(range(count), cycle(parties), cycle(when), strict=False):
        yield f"Article {number + 1}"
        yield f"{party} shall report to the harbour of Saltern on matter {number} {at}, unless both agree otherwise."


def _song(count: int = 64) -> Iterator[str]:
    for verse, went, where in islice(zip(cycle(VERSES), cycle(WENT), cycle(WHERE), strict=False), count):
        yield f"{verse} {went} {where}"


def _landings(count: int = 60) -> Iterator[str]:
    yield "The Commission published the landings of all boats on Friday. In tons, this season and the last:"
    for number, boat in zip(range(count), cycle(("Sea Pink", "Petrel", "Tern", "Gannet")), strict=False):
        yield f"{boat} {number} {37 * number % 900}.{number % 10} {53 * number % 900}.{number % 7}"
    yield "Skippers called the figures generous. The Commission meets again in March."


LONG: dict[str, Callable[[], Iterator[str]]] = {
    "live blog": _blog,
    "interview": _interview,
    "sanctions": _sanctions,
    "transcript": _transcript,
    "convention": _convention,
    "song": _song,
    "table": _landings,
}
BODIES = {name: text.split("\n") for name, text in SHORT.items()} | {f"long {n}": list(t()) for n, t in LONG.items()}


def lost(body: list[str], cleaned: Cleaned) -> list[str]:
    kept = {passage.text for passage in cleaned.passages if passage.kept}
    return [line for line in body if line not in kept and line != cleaned.title]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("name", BODIES)
def test_text_alone_loses_nothing_of_its_body(name: str, gap: str) -> None:
    assert lost(BODIES[name], clean(gap.join(BODIES[name]))) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", BODIES)
def test_text_within_a_page_loses_nothing_of_its_body(name: str, page: str) -> None:
    above, below = PAGES[page]
    cleaned = clean("\n".join((*above, *BODIES[name], *below)))
    missing = [line for line in lost(BODIES[name], cleaned) if line != cleaned.standfirst]
    assert missing == []


@pytest.mark.parametrize("name", [name for name in BODIES if not name.startswith("long")])
def test_furniture_around_such_a_text_goes(name: str) -> None:
    above, below = PAGES["an agency's"]
    cleaned = clean("\n".join((*above, *BODIES[name], *below)))
    kept = {passage.text for passage in cleaned.passages if passage.kept}
    assert sorted(kept & {*above, *below}) == []


def test_box_that_stands_there_three_times_is_no_body() -> None:
    box = "Videos from another site are shown here only if you allow it, and your data may go abroad."
    told = list(islice(_told(), 9))
    text = "\n".join((*told[:3], box, *told[3:6], box, *told[6:], box))
    reasons = {passage.text: passage.reason for passage in clean(text).passages}
    assert reasons[box] == "repeated line"
    assert not any(reasons[line] for line in told)
