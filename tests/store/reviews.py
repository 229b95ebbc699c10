"""Small reviews for the tests of export: invented stories of an invented quarrel over grain."""

from __future__ import annotations

from dataclasses import replace

from store.export import Review, review
from store.model import (
    UNMARKED,
    Event,
    EventId,
    Head,
    Listed,
    Mark,
    Passage,
    Sentence,
    Story,
    StoryId,
    StorylineId,
    Summary,
)

LINE = StorylineId("l1")
GRAIN, BORDER = EventId("e-grain"), EventId("e-border")

HEADS = {
    StoryId("g1"): Head(
        "Vardania and Kessaly resume grain talks",
        published="2025-04-12T09:30",
        place="Brinmouth",
        outlet="The Harbour Post",
        agency="VNA",
        url="https://harbourpost.example/grain-talks",
    ),
    StoryId("g2"): Head(
        "Grain talks resume after a month's silence",
        published="2025-04-13",
        outlet="Kessaly Ledger",
        url="https://ledger.example/2025/04/13/grain?from=front&part=2",
    ),
    StoryId("b1"): Head("Sorrel valley border post reopens", published="2025-04-14", agency="Orlan Wire"),
}
BODIES = {
    StoryId("g1"): ("Envoys of Vardania and Kessaly met in Brinmouth on Saturday.", "They will meet again in May."),
    StoryId("g2"): ("The talks had stood still since 9 March.", "A tariff of 12% stays in force."),
    StoryId("b1"): ("The border post in the Sorrel valley opened at dawn.", "Forty lorries crossed by noon."),
}
MARKS = {
    StoryId("g1"): Mark(
        read=True, tags=("grain", "to brief"), note="Ask the desk:\n- who was *not* there?\n- why May?"
    ),
    StoryId("g2"): Mark(read=True, tags=("grain",)),
    StoryId("b1"): Mark(starred=True, tags=("border",)),
}
SUMMARIES = {
    GRAIN: Summary(
        "lexrank",
        (
            Sentence("Envoys of Vardania and Kessaly met in Brinmouth on Saturday.", 0, StoryId("g1")),
            Sentence("A tariff of 12% stays in force.", 1, StoryId("g2")),
        ),
    ),
    BORDER: Summary("lexrank", (Sentence("Forty lorries crossed by noon.", 1),)),
}


def story(name: StoryId) -> Story:
    return Story(name, HEADS[name], tuple(Passage(text) for text in BODIES[name]))


def listed(name: StoryId, event: EventId) -> Listed:
    return Listed(name, HEADS[name], event, LINE, added="2025-04-20")


def two_events(*, query: str = "is:tagged") -> Review:
    """Two events of two stories and of one, all of them tagged, one with a note."""
    grain = Event(GRAIN, LINE, HEADS[StoryId("g1")].title, (listed(StoryId("g1"), GRAIN), listed(StoryId("g2"), GRAIN)))
    border = Event(BORDER, LINE, HEADS[StoryId("b1")].title, (listed(StoryId("b1"), BORDER),))
    return review([grain, border], {name: story(name) for name in HEADS}, MARKS, SUMMARIES, query=query)


def one_story(head: Head, *, mark: Mark = UNMARKED, sentence: str = "", headline: str | None = None) -> Review:
    """One event of one story with this head, this mark and a summary of this one sentence (none if empty)."""
    name, event = StoryId("s"), EventId("e")
    told = Listed(name, head, event, LINE, added="2025-04-20")
    summary = Summary("lead", (Sentence(sentence, 0, name),) if sentence else ())
    of_one = Event(event, LINE, head.title if headline is None else headline, (told,))
    return review([of_one], {name: Story(name, head)}, {name: mark}, {event: summary})


def hostile(text: str) -> Review:
    """One story that says this text wherever a story or its reader can say something."""
    head = Head(text, published=text, place=text, outlet=text, agency=text, byline=text, url=text)
    return replace(
        one_story(head, mark=Mark(tags=(text,), note=text), sentence=text, headline=text), title=text, query=text
    )
