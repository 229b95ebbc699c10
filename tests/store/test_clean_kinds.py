"""Texts that are no plain report keep their body, alone and inside a page. All countries, people, outlets invented."""

from __future__ import annotations

import pytest

from store.text.clean import clean

TITLE = "Vardania and Ostravia agree to reopen Old Bridge"
FIRST_HEADLINE = "Vardania opens Old Bridge"
ABOVE = ("Home", "World", TITLE, "By Anna Kovel", "May 3, 2031", "4 min read", "Share this article on Facebook")
BELOW = (
    "Read next",
    "Fish prices fall in Selm for a third week",
    "Ferry strike enters second day as talks stall",
    "Opera house opens with a new season and an old conductor",
    "Sign up to our daily newsletter",
    "© 2031 Selm Courier. All rights reserved.",
)

KINDS: dict[str, tuple[str, ...]] = {
    "interview with questions and answers": (
        "Ilko Marren has led the foreign ministry of Vardania for six years. He spoke to us in Selm before the vote.",
        "Q: Minister, will the border open this year?",
        "A: That is our hope, and we have put it in writing. The text was sent to both parliaments last week.",
        "Q: Who pays for the new crossing?",
        "A: Both sides, in equal parts. The first sum has been set aside in the budget for next year.",
        "Q: And if the parliament in Ostravia says no?",
        "A: Then we shall talk again, as neighbours do. There is no other way, and everybody in Selm knows it.",
        "Q: Thank you.",
        "A: Thank you for coming.",
    ),
    "interview with names": (
        "Courier: You have spent ten years on this treaty. Was it worth it?",
        "Marren: It was. A border that is closed costs us a third of our trade with Ostravia every year.",
        "Courier: Your critics say that the price is too high.",
        "Marren: My critics have never told me what the price of a closed border is.",
        "Courier: What happens next?",
        "Marren: The commission meets in June, and the bridge opens in the autumn if all goes well.",
        "Courier: And the hauliers?",
        "Marren: They will be compensated for every day that they had to wait at the crossing.",
    ),
    "list of sanctions": (
        "The government of Ostravia has published the names of the persons to whom the measures apply from Monday.",
        "The assets of the persons listed below are frozen, and they may not enter the territory of Ostravia:",
        "1. OSS, Bertil; born 4 March 1981 in Selm; deputy head of the customs service",
        "2. LUND, Karna; born 12 June 1975 in Vardograd; head of the state grain trust",
        "3. TARR, Milo; born 30 October 1969 in Dorvil; colonel of the border guard",
        "4. HALPAS, Rena; born 2 January 1990 in Selm; owner of Halpas Shipping Ltd",
        "5. ESKELD, Joran; born 17 July 1958 in Brusk; member of the council of state",
        "The measures were taken after the seizure of two ships in the strait of Tolmen, the foreign ministry said.",
    ),
    "communique with numbered articles": (
        "The ministers of Vardania and Ostravia, meeting in Selm on 3 May 2031, have agreed as follows:",
        "Article 1",
        "The crossing at Old Bridge shall be opened to goods on the first of June and to persons on the first of July.",
        "Article 2",
        "A joint commission of six members shall meet every second week and shall report to both governments.",
        "Article 3",
        "Either side may withdraw from this agreement by giving sixty days' notice in writing.",
        "Article 4",
        "This agreement enters into force on the day of its signature.",
        "Done at Selm in two copies, in Vardanian and Ostravian, both texts being equally authentic.",
    ),
    "live blog": (
        "The parliament of Ostravia is voting on the treaty. Follow the debate as it happens.",
        "18:42",
        "The treaty is adopted by 61 votes to 58, with one abstention. There is applause on the left.",
        "18:15",
        "Voting has begun. The speaker asked the members twice to return to their seats before he opened the vote.",
        "17:30",
        "The leader of the opposition, Rena Halpas, said that her party would vote against the treaty as it stands.",
        "16:05",
        "Foreign Minister Joran Eskeld told the house that the treaty cost less than a single year of a closed border.",
        "15:00",
        "The debate has been opened. Forty speakers are on the list, and the vote is expected in the evening.",
    ),
    "several articles": (
        FIRST_HEADLINE,
        "Vardania opened the crossing at Old Bridge to goods on Monday, the foreign ministry said in a statement.",
        "The first lorries crossed at dawn, and the customs office counted forty of them before noon.",
        "Ostravia names envoy to Selm",
        "Ostravia has named the diplomat Joran Eskeld as its envoy to Selm, a post that had been vacant for two years.",
        "Eskeld, who is 54, served in the capital of Tolmen before, where he spoke for the delegation.",
        "Grain talks adjourned",
        "The talks on the price of grain were adjourned on Tuesday after the delegation of Dorvil left the room.",
        "A new date has not been set, according to the secretary of the conference, who declined to say more.",
    ),
    "transcript": (
        "THE SPEAKER: The house will come to order. I call upon the foreign minister.",
        "MR MARREN: Mr Speaker, the government has laid the treaty before this house, and I ask for its consent.",
        "MRS HALPAS: Will the minister tell us what it costs?",
        "MR MARREN: It costs forty million crowns, half of which is borne by Ostravia.",
        "MRS HALPAS: And the other half?",
        "MR MARREN: By us, over four years. It is in the budget that the honourable member voted for.",
        "THE SPEAKER: Order. The honourable member will resume her seat.",
        "MRS HALPAS: I have no further questions.",
    ),
    "verse": (
        "The river keeps no books of who has crossed,",
        "nor does the bridge remember every name;",
        "the toll was paid, the toll was lent or lost,",
        "and still the water goes the way it came.",
        "A lantern on the customs house burns low,",
        "the guard has put his papers in the drawer;",
        "whoever waited here an hour ago",
        "is standing now upon the other shore.",
    ),
    "table": (
        "Trade fell last year, the statistics office said on Monday. The figures, in million crowns:",
        "Country Exports Imports",
        "Ostravia 1,204 988",
        "Tolmen 640 702",
        "Dorvil 311 295",
        "Brusk 87 140",
        "The office said that the fall was due to the closed crossing at Old Bridge, which handled a third of it.",
        "It expects trade to recover when the crossing opens in the summer, and will publish new figures in October.",
    ),
}


def kept(text: str) -> list[str]:
    return [p.text for p in clean(text).passages if p.kept]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_text_that_is_no_report_keeps_its_body(kind: str, gap: str) -> None:
    body = [line for line in KINDS[kind] if line != FIRST_HEADLINE]  # the title of the whole
    assert kept(gap.join(KINDS[kind])) == body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_text_that_is_no_report_keeps_its_body_inside_a_page(kind: str, gap: str) -> None:
    left = kept(gap.join((*ABOVE, *KINDS[kind], *BELOW)))
    assert [line for line in KINDS[kind] if line not in (*left, FIRST_HEADLINE)] == []
    assert [line for line in left if line not in KINDS[kind]] == []
