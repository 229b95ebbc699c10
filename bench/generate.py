"""Libraries of any size from a grammar: invented countries, events of realistic sizes, a year of dates.

    python bench/generate.py 10000 > stories.jsonl              for `diplo-reader add` and `diplo-reader group`
    python bench/generate.py 10000 --labels > stories.jsonl     with "event" and "storyline", to measure grouping
    python bench/generate.py 100000 --library DIR               an archive, with places, without cleaning or grouping

The same number and seed give the same stories; the first thousand of ten thousand are not the thousand of one thousand,
because dates are spread over the year. Of events, 64 in a hundred have one story, most others two to ten, and one in
800 has 100 to 300. About one story in five runs an agency's copy, one in twelve is in another language, one in
sixteen has no date.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

from generate_words import (
    AGENCIES,
    FAMILIES,
    FILLER,
    GIVEN,
    HEADLINES,
    LANDS,
    MIDDLES,
    OTHER,
    PAPERS,
    QUOTES,
    SAID,
    STARTS,
    TOPICS,
    TOWNS,
)

from store.archive import Archive
from store.model import EventId, Head, Passage, Placement, Raw, Story, StoryId, StorylineId

T = TypeVar("T")
FIRST_DAY = datetime(2025, 1, 1)
DAYS = 365
SINGLE, HUGE = 0.64, 1 / 800  # of events: with one story; with a hundred or more
COPIED, FOREIGN, UNDATED = 0.2, 1 / 12, 1 / 16  # of stories
LINE = 4  # events of one storyline, on average
BATCH = 2000  # stories put into an archive in one transaction


@dataclass(frozen=True, slots=True)
class Made:
    """One story, and where it truly belongs."""

    id: str
    event: str
    storyline: str
    title: str
    paragraphs: tuple[str, ...]
    published: str | None
    outlet: str
    agency: str | None
    language: str
    copy_of: str | None

    @property
    def origin(self) -> str:
        return self.agency or self.outlet

    def record(self, *, labels: bool = False) -> dict[str, str]:
        """As JSON Lines have it; what is not known is left out."""
        credit = f"{self.agency} - " if self.agency else ""
        said = {
            "id": self.id,
            "url": f"https://{self.outlet.lower().replace(' ', '-')}.example/{self.id}",
            "title": self.title,
            "text": credit + "\n\n".join(self.paragraphs),
            "outlet": self.outlet,
        }
        said |= {"published": self.published} if self.published else {}
        return said | ({"event": self.event, "storyline": self.storyline} if labels else {})


def stories(number: int, *, seed: int = 0) -> Iterator[Made]:
    """That many stories, roughly in the order of their dates, the events of a storyline some days apart."""
    return islice(_endless(number, Random(seed)), number)


def _endless(number: int, chance: Random) -> Iterator[Made]:
    names = Names(chance, number)
    lines: deque[tuple[str, dict[str, str]]] = deque(maxlen=8 + number // 300)  # those that may go on
    event = line = done = 0
    while True:
        if not lines or chance.random() < 1 / LINE:
            line += 1
            lines.append((f"s{line}", names.facts()))
            storyline, facts = lines[-1]
        else:
            storyline, facts = chance.choice(lines)
            facts = facts | names.new_turn()
        event += 1
        began = FIRST_DAY + timedelta(days=DAYS * min(1.0, done / number), minutes=chance.randrange(1440))
        size = _size(chance)
        yield from _event(chance, names, facts, f"e{event}", storyline, began, size)
        done += size


def _size(chance: Random) -> int:
    drawn = chance.random()
    if drawn < HUGE:
        return chance.randint(100, 300)
    if drawn < 1 - SINGLE + HUGE:
        return min(10, 2 + int(chance.expovariate(0.6)))
    return 1


def _event(
    chance: Random, names: Names, facts: dict[str, str], event: str, line: str, began: datetime, size: int
) -> Iterator[Made]:
    wire: Made | None = None
    for number in range(size):
        when = began + timedelta(minutes=int(chance.expovariate(1 / 600)))
        said = facts | {"day": f"{when:%A}"}
        outlet = chance.choice(names.outlets)
        ident = f"{event}-{number}"
        published = None if chance.random() < UNDATED else when.isoformat(timespec="minutes")
        if wire and chance.random() < COPIED:
            yield Made(ident, event, line, wire.title, wire.paragraphs, published, outlet, wire.agency, "en", wire.id)
            continue
        language = chance.choice(tuple(OTHER)) if number and chance.random() < FOREIGN else "en"
        title, paragraphs = _written(chance, said, language)
        agency = chance.choice(AGENCIES) if chance.random() < COPIED else None
        made = Made(ident, event, line, title, paragraphs, published, outlet, agency, language, None)
        wire = wire or (made if agency and language == "en" else None)
        yield made


def _written(chance: Random, facts: dict[str, str], language: str) -> tuple[str, tuple[str, ...]]:
    """A title and paragraphs of two to three sentences; the lead always says what happened."""
    if language != "en":
        title, sentences = OTHER[language]
        return title.format_map(facts), tuple(s.format_map(facts) for s in sentences)
    chosen = [0, *sorted(chance.sample(range(1, len(SAID)), chance.randint(4, len(SAID) - 1)))]
    told = [chance.choice(SAID[n]).format_map(facts) for n in chosen]
    for _ in range(chance.randint(0, 4)):
        told.insert(chance.randint(1, len(told)), chance.choice(FILLER))
    title = chance.choice(HEADLINES).format_map(facts)
    return title[0].upper() + title[1:], tuple(" ".join(some) for some in _by(3, told))


class Names:
    """The world of one library: its countries, towns, people and papers. Larger libraries have a larger world."""

    def __init__(self, chance: Random, number: int) -> None:
        self.chance = chance
        self.lands = self._made(LANDS, 60 + min(240, number // 500))
        self.towns = self._made(TOWNS, 300 + min(5000, number // 20))
        self.families = self._made(FAMILIES, 400 + min(6000, number // 20))
        papers = [f"{town} {paper}" for town in self.towns[:60] for paper in PAPERS]
        self.outlets = chance.sample(papers, min(len(papers), 25 + number // 500))

    def _made(self, ends: list[str], number: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            middle = self.chance.choice(MIDDLES) if len(found) % 2 or number > 400 else ""
            found[self.chance.choice(STARTS) + middle + self.chance.choice(ends)] = None
        return list(found)

    def _person(self) -> str:
        return f"{self.chance.choice(GIVEN)} {self.chance.choice(self.families)}"

    def facts(self) -> dict[str, str]:
        """The facts of a new storyline's first event."""
        a, b = self.chance.sample(self.lands, 2)
        return {"a": a, "b": b, "minister": self._person(), "envoy": self._person()} | self.new_turn()

    def new_turn(self) -> dict[str, str]:
        """What is new in a storyline's next event: topic, towns, numbers."""
        did, topic, things, unit = self.chance.choice(TOPICS)
        town, town2 = self.chance.sample(self.towns, 2)
        numbers = {
            "n": f"{self.chance.randint(11, 9900):,}",
            "weeks": str(self.chance.randint(2, 30)),
            "percent": str(self.chance.randint(2, 40)),
        }
        words = {"did": did, "topic": topic, "topic_": topic.capitalize(), "things": things, "unit": unit}
        return words | numbers | {"town": town, "town2": town2, "quote": self.chance.choice(QUOTES)}


def _by(size: int, items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


# --- an archive


def fill(archive: Archive, number: int, *, seed: int = 0, texts: int | None = None) -> None:
    """Puts that many stories into an archive, with their true places. texts: at most so many paragraphs of each."""
    for batch in _by(BATCH, stories(number, seed=seed)):
        items, places = [], []
        for made in batch:
            story = Story(_id(made.id), _head(made), tuple(Passage(p) for p in made.paragraphs[:texts]))
            raw = Raw("\n\n".join(p.text for p in story.passages))
            items.append((story.id, raw, story.id, story))
            places.append(_place(made, story.id))
        archive.put(items, added=(FIRST_DAY + timedelta(days=DAYS + 1)).isoformat())
        archive.place(places)


def _id(name: str) -> StoryId:
    """As long as a story's own."""
    return StoryId(blake2b(name.encode(), digest_size=8).hexdigest())


def _head(made: Made) -> Head:
    return Head(
        made.title,
        published=made.published,
        outlet=made.outlet,
        agency=made.agency,
        language=made.language,
    )


def _place(made: Made, story: StoryId) -> Placement:
    return Placement(
        story,
        EventId(made.event),
        StorylineId(made.storyline),
        "names the same ministers, the same town and the same number",
        likeness=0.5,
        copy_of=_id(made.copy_of) if made.copy_of else None,
        origin=made.origin,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes stories from a grammar, as JSON Lines or as an archive.")
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--labels", action="store_true", help='with "event" and "storyline" in each record')
    parser.add_argument("--library", type=Path, metavar="DIR", help="fill the archive in DIR instead")
    parser.add_argument("--paragraphs", type=int, metavar="N", help="of each story, in an archive; all of them")
    options = parser.parse_args()
    if options.library:
        archive = Archive.open(options.library)
        fill(archive, options.number, seed=options.seed, texts=options.paragraphs)
        archive.close()
        return
    for made in stories(options.number, seed=options.seed):
        sys.stdout.write(json.dumps(made.record(labels=options.labels), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
