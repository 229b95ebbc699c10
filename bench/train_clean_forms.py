"""Bodies that are no plain report, made up: live blogs, chronicles, interviews, transcripts, treaties, lists of names,
tables. Hardly a page that was collected has one, and a model that has seen none takes their short lines for furniture.
The sentences are those of bench/generate.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from generate import Made, stories
from generate_words import FAMILIES, GIVEN, STARTS, TOPICS, TOWNS

_SENTENCE = re.compile(r'(?<=[.!?]) (?=["A-ZÀ-Þ«„])|(?<=[.!?]["”»“]) (?=["A-ZÀ-Þ«„])')
_MONTHS = "January February March April May June July August September October November December".split()
_ASKED = (
    "What does the {topic} mean for {town}?",
    "Who asked for the {topic}?",
    "Is there a way back?",
    "And the {topic}?",
    "What will you tell {name}?",
    "Why now?",
    "You said the opposite in {town} two years ago. What has changed?",
    "How long will it take?",
    "Does {name} agree?",
    "What comes next?",
)
_REPLIED = (
    "Yes.",
    "Not at all.",
    "I do not know.",
    "That is for others to say.",
    "As long as it takes.",
    "No comment.",
)
_ASIDES = ("Order.", "(Applause.)", "I thank the speaker.", "Go ahead.", "(The sitting was suspended.)", "I give way.")
_ROLES = ("head of the customs service", "owner of {town} Freight", "born {year} in {town}", "deputy", "{town}", "")
_LISTS = ("names the following persons:", "lists in this order:", "was read out as follows:", "comprises:")


class Writer:
    """Draws what forms are filled with."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._stories = [made for made in stories(1500, seed=chance.randrange(1000)) if made.copy_of is None]
        self._told: set[str] = set()

    def begin(self) -> None:
        """Forget what this text has said, so that the next may say it."""
        self._told.clear()

    def story(self) -> Made:
        return self.chance.choice(self._stories)

    def paragraph(self) -> str:
        return self._new(lambda: self.chance.choice(self.story().paragraphs))

    def sentence(self) -> str:
        return self._new(lambda: self.chance.choice(_SENTENCE.split(self.chance.choice(self.story().paragraphs))))

    def _new(self, draw: Callable[[], str]) -> str:
        for _ in range(9):
            if (drawn := draw()) not in self._told:
                break
        self._told.add(drawn)
        return drawn

    def town(self) -> str:
        return self.chance.choice(STARTS) + self.chance.choice(TOWNS)

    def family(self) -> str:
        return self.chance.choice(STARTS) + self.chance.choice(FAMILIES)

    def name(self) -> str:
        return f"{self.chance.choice(GIVEN)} {self.family()}"

    def question(self) -> str:
        topic = self.chance.choice(TOPICS)[1]
        return self.chance.choice(_ASKED).format(topic=topic, town=self.town(), name=self.name())


def bodies(count: int, chance: Random) -> Iterator[list[str]]:
    """That many bodies, a line each of their lines, each form as often as the others."""
    writer = Writer(chance)
    for number in range(count):
        writer.begin()
        yield [*_FORMS[number % len(_FORMS)](writer)]


def _blog(w: Writer) -> Iterator[str]:
    c = w.chance
    style = c.choice(("{h:02}:{m:02}", "{t}:{m:02} {a}.m.", "{t}.{m:02}{a}m", "{h:02}:{m:02} GMT", "{h}h{m:02}"))
    headed, long = c.random() < 0.4, c.random() < 0.4
    if c.random() < 0.6:
        yield w.paragraph()
    for number in range(count := c.randint(3, 25)):
        minute = 1400 - (1000 // count) * number
        hour = minute // 60
        yield style.format(h=hour, t=(hour - 1) % 12 + 1, m=minute % 60, a="p" if hour > 11 else "a")
        if headed:
            yield w.story().title
        yield w.paragraph() if long else w.sentence()


def _chronicle(w: Writer) -> Iterator[str]:
    c = w.chance
    style = c.choice(("{d} {m} {y}", "{m} {d}, {y}", "{m} {y}", "{y}", "{y}: {s}", "{d} {m} {y}: {s}"))
    yield w.paragraph()
    years = sorted(c.sample(range(1950, 2030), c.randint(3, 10)))
    for year in years:
        said = w.sentence()
        yield style.format(d=c.randint(1, 28), m=c.choice(_MONTHS), y=year, s=said)
        if "{s}" not in style:
            yield said
    yield w.sentence()


def _interview(w: Writer) -> Iterator[str]:
    c = w.chance
    asks, replies = c.choice((("Q: ", "A: "), ("Question: ", "Answer: "), (f"{w.town()} Post: ", f"{w.family()}: ")))
    if c.random() < 0.25:
        asks = replies = ""
    yield w.paragraph()
    for _ in range(c.randint(3, 15)):
        yield asks + w.question()
        yield replies + (c.choice(_REPLIED) if c.random() < 0.3 else w.paragraph())


def _transcript(w: Writer) -> Iterator[str]:
    c = w.chance
    title = c.choice(("MR", "MS", "MRS", "MINISTER", "CAPT"))
    people = [f"{title} {w.family().upper()}" for _ in range(c.randint(1, 3))]
    turns = [*people, c.choice(("THE SPEAKER", "MODERATOR", "QUESTION", "CHAIR"))]
    if c.random() < 0.5:
        yield w.sentence()
    for number in range(c.randint(6, 40)):
        drawn = c.random()
        said = c.choice(_ASIDES) if drawn < 0.2 else w.question() if drawn < 0.4 else w.sentence()
        yield said if said[0] == "(" else f"{turns[number % len(turns)]}: {said}"


def _treaty(w: Writer) -> Iterator[str]:
    c = w.chance
    style = c.choice(("Article {n}", "Section {n}.", "{n}. {s}", "Article {n}. {s}", "({n}) {s}", "{n}) {s}"))
    yield f"{w.sentence().rstrip('.')}, and have agreed as follows:"
    for number in range(1, c.randint(3, 16)):
        said = w.sentence()
        yield style.format(n=number, s=said)
        if "{s}" not in style:
            yield said
    if c.random() < 0.5:
        yield f"Done at {w.town()} in two copies, both texts being equally authentic."


def _names(w: Writer) -> Iterator[str]:
    c = w.chance
    mark = c.choice(("{n}. ", "• ", "- ", "* ", "{n}) ", ""))
    role = c.choice(_ROLES)
    upper = c.random() < 0.3
    yield w.sentence()
    yield f"The annex to the decision on the {c.choice(TOPICS)[1]} {c.choice(_LISTS)}"
    for number in range(1, c.randint(4, 40)):
        name = f"{w.family().upper()}, {c.choice(GIVEN)}" if upper else w.name()
        told = role.format(town=w.town(), year=c.randint(1940, 2005))
        yield mark.format(n=number) + name + (f", {told}" if told else "")
    yield w.sentence()


def _table(w: Writer) -> Iterator[str]:
    c = w.chance
    between = c.choice((" ", "\t", " | ", "  "))
    yield w.paragraph()
    yield between.join(("District", "For", "Against"))
    for _ in range(c.randint(3, 25)):
        yield between.join((w.town(), f"{c.uniform(1, 99):.1f}", f"{c.uniform(1, 99):.1f}"))
    yield w.sentence()
    yield w.paragraph()


_FORMS: tuple[Callable[[Writer], Iterator[str]], ...] = (
    _blog,
    _chronicle,
    _interview,
    _transcript,
    _treaty,
    _names,
    _table,
)
