"""The stories of an event compared: what several independent origins say, what one alone says, what each leaves out,
and where they disagree. Nothing is written: every claim is a sentence of a story."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from store.model import Story, StoryId, distinct
from store.sheets import Alone, Claim, Differences, Voice
from store.summary.accounts import Accounts
from store.summary.disagreements import disagreements
from store.summary.event import costs, weights
from store.summary.features import hangs
from store.summary.graph import Floats
from store.summary.likeness import Likeness
from store.summary.page import Page

_TITLE = 28  # characters that stand for a name
_SHARED = 8  # claims that are told of those several say
_ALONE = 3  # of what one alone says
_SHORTEST, _LONGEST = 6, 60  # words of a sentence that is told
_FADE = 0.3  # a sentence counts 1 / (1 + fade x its place in the story)
_KNOWN = 0.7  # of the stems of a sentence that another voice has somewhere, from which on it may well say it too
_REPEATED = 0.5  # of a claim's stems that are in one told before


def compare(headline: str, stories: Sequence[Story], origins: Mapping[StoryId, str]) -> Differences:
    """origins names who reported each story first; stories of one origin speak with one voice. One that names none is
    a voice of its own."""
    page = Page(stories, origins)
    if not page.sentences:
        return Differences(headline, _voices(page, origins))
    work = _Comparing(page)
    shared = work.shared()
    claims = tuple(work.claim(number) for number in shared)
    alone = tuple(work.alone(voice, shared) for voice in range(work.voices))
    return Differences(
        headline,
        _voices(page, origins),
        claims,
        disagreements(page, work.likeness, work.voice.tolist()),
        _of_two(*alone, shared=len(claims)) if len(alone) == 2 else alone,
    )


def _of_two(first: Alone, second: Alone, *, shared: int) -> tuple[Alone, Alone]:
    """One voice of two is half of them: what it alone says, the other leaves out."""
    middle = shared + len(first.claims)
    of_second = range(middle, middle + len(second.claims))
    return replace(first, leaves_out=tuple(of_second)), replace(second, leaves_out=tuple(range(shared, middle)))


def _voices(page: Page, origins: Mapping[StoryId, str]) -> tuple[Voice, ...]:
    found: list[Voice] = []
    for number in range(int(page.origin.max(initial=-1)) + 1):
        told = [story for story, voice in zip(page.stories, page.origin, strict=True) if voice == number]
        outlets = distinct(name for s in told if (name := s.head.reporter))
        name = origins.get(told[0].id, "")
        if not name or name in {story.id for story in page.stories}:  # copies of nobody known share an id
            name = outlets[0] if outlets else _titled(told[0])
        name = name or f"unnamed {number + 1}"
        if name in {voice.name for voice in found}:
            name = f"{name} ({number + 1})"
        found.append(Voice(name, outlets, tuple(s.id for s in told)))
    return tuple(found)


def _titled(story: Story) -> str:
    """What one calls a story that names nobody: the beginning of its title, in quotation marks."""
    title = " ".join(story.head.title.split()).strip('“”"')
    return f"“{title if len(title) <= _TITLE else title[: _TITLE - 1].rsplit(' ', 1)[0] + '…'}”" if title else ""


class _Comparing:
    """The sentences of a page by their numbers; voice says whose each is."""

    def __init__(self, page: Page) -> None:
        self.page, self.said = page, page.said
        self.likeness = Likeness(page)
        self.voice = page.origin[self.said.story]
        self.voices = int(page.origin.max(initial=-1)) + 1
        self._accounts = Accounts(page)
        self._worth = np.bincount(
            self.said.concepts.sentence, weights(page)[self.said.concepts.thing], self.said.size
        ) / costs(page)
        stems = self.said.stems
        self._has = np.zeros((self.voices, stems.size), dtype=bool)  # which stems each voice has anywhere
        self._has[self.voice[stems.sentence], stems.thing] = True
        self._fit = [self._tellable(number) for number in range(self.said.size)]
        self._saying = {n: self._voices_of(n) for n in range(self.said.size) if self._fit[n]} if self.voices > 1 else {}

    def claim(self, number: int) -> Claim:
        sentence = self.page.sentences[number]
        voices = self._saying.get(number, (int(self.voice[number]),))
        return Claim(sentence.text, self.page.id_of(sentence), sentence.paragraph, voices)

    def shared(self) -> list[int]:
        """What several voices say, that of most first, each thing once, in the wording that is worth most."""
        several = [n for n, voices in self._saying.items() if len(voices) > 1]
        several.sort(key=lambda n: (-len(self._saying[n]), -self._worth[n], n))
        return self._unlike(several, _SHARED)

    def alone(self, voice: int, shared: Sequence[int]) -> Alone:
        own = [n for n in self._saying if self.voice[n] == voice and self._only(n)]
        own.sort(key=lambda n: (-self._novelty(n), n))
        chosen = self._unlike(own, _ALONE)
        most = [(at, n) for at, n in enumerate(shared) if 2 * len(self._saying[n]) >= self.voices]
        left_out = tuple(at for at, n in most if self._missing(n, voice))
        return Alone(voice, tuple(self.claim(n) for n in chosen), left_out)

    def _voices_of(self, number: int) -> tuple[int, ...]:
        saying = self.likeness.holding(number, self._accounts.alike(number))
        return tuple(int(v) for v in np.unique(self.voice[saying]))

    def _tellable(self, number: int) -> bool:
        sentence, length = self.page.sentences[number], int(self.said.length[number])
        return _SHORTEST <= length <= _LONGEST and not sentence.torn and not hangs(sentence.text)

    def _unlike(self, numbers: Sequence[int], most: int) -> list[int]:
        """The first of these of which none repeats another."""
        chosen: list[int] = []
        told: set[int] = set()
        for number in numbers:
            own = set(self.said.stems.of(number).tolist())
            if len(own & told) < _REPEATED * len(own):
                chosen.append(number)
                told |= own
            if len(chosen) == most:
                break
        return chosen

    def _only(self, number: int) -> bool:
        """Whether nobody else comes near to saying it."""
        voice = self.voice[number]
        if len(self._saying[number]) > 1 or (self.voice[self.likeness.near(number)] != voice).any():
            return False
        return not (np.delete(self._knowing(number), voice) >= _KNOWN).any()

    def _missing(self, number: int, voice: int) -> bool:
        """Whether a voice certainly leaves out what this sentence says."""
        if voice in self._saying[number] or (self.voice[self.likeness.near(number)] == voice).any():
            return False
        return bool(self._knowing(number)[voice] < _KNOWN)

    def _knowing(self, number: int) -> Floats:
        """The share of a sentence's stems that each voice has somewhere."""
        own = self.said.stems.of(number)
        shares: Floats = self._has[:, own].sum(axis=1) / max(len(own), 1)
        return shares

    def _novelty(self, number: int) -> float:
        """How near its story's top it stands and how much of it only its voice has."""
        own = self.said.stems.of(number)
        new = int((self._has[:, own].sum(axis=0) == 1).sum())
        early = 1 + _FADE * float(self.said.place[number])
        return math.sqrt(new) / early
