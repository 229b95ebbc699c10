"""A question for a summary as one value: what it is asked of, how, and the key under which its answer may be kept.
Loads nothing heavy, so that an answer that was kept costs no numpy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from store import summary
from store.model import Sentence, Story, StoryId, Summary
from store.summary.opening import opening

_ROUNDS = (
    4  # in which sentences are added to a summary that its text opens with; each may turn out to be of the opening
)
_NO_ORIGINS: Mapping[StoryId, str] = MappingProxyType({})


class Kept(Protocol):
    """Where answers are kept between runs; both may do nothing."""

    def get(self, key: str) -> str | None: ...
    def keep(self, key: str, answer: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One story, or several of one event; read are those the reader knows, for the method `new`. beside: the text of
    the one story stands beside its summary, so that sentences it opens with do not count, and as many others are given
    besides."""

    stories: tuple[Story, ...]
    method: str = summary.DEFAULT
    sentences: int = 3
    words: int | None = None
    origins: Mapping[StoryId, str] = field(default_factory=lambda: _NO_ORIGINS)
    read: frozenset[StoryId] = frozenset()
    beside: bool = False

    def answer(self, kept: Kept | None = None) -> Summary:
        """The summary, as it was kept, or made now and kept. Raises InputError for an unknown method."""
        if kept is None or not self.stories:
            return self._made()
        key = self.key
        found = _unpacked(kept.get(key), self.stories)
        if found is None:
            found = self._made()
            kept.keep(key, _packed(found, self.stories))
        return found

    @property
    def key(self) -> str:
        """A hash of everything the answer depends on, the version of the summaries included."""
        length = ["words", self.words] if self.words else ["sentences", self.sentences]
        asked = [summary.VERSION, self.method, length, self.beside, [self._of(story) for story in self.stories]]
        text = json.dumps(asked, ensure_ascii=False)
        return hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=20).hexdigest()

    def _of(self, story: Story) -> list[object]:
        head = story.head
        passages = [(p.kind.value, p.text) for p in story.passages if p.kept]
        beside = (
            [head.published, head.outlet, head.agency, self.origins.get(story.id), story.id in self.read]
            if len(self.stories) > 1 or self.method == summary.NEW
            else []
        )
        return [head.title, head.language, passages, beside]

    def _made(self) -> Summary:
        method, sentences, words = self.method, self.sentences, self.words
        if method == summary.NEW:
            return summary.summarise_new(
                self.stories, self.read, sentences=sentences, words=words, origins=self.origins
            )
        if len(self.stories) == 1:
            made = summary.summarise(self.stories[0], method=method, sentences=sentences, words=words)
            return self._fuller(made) if self.beside and words is None else made
        return summary.summarise_event(
            self.stories, method=method, sentences=sentences, words=words, origins=self.origins
        )

    def _fuller(self, made: Summary) -> Summary:
        """made, and for each of its sentences that opens the text another from further on, as far as there are any."""
        story, more = self.stories[0], made
        for _ in range(_ROUNDS):
            wanted = self.sentences + opening(story, more)
            if len(more.sentences) >= wanted:
                break
            more = summary.summarise(story, method=self.method, sentences=wanted)
        return more if opening(story, more) < len(more.sentences) else made


def _packed(made: Summary, stories: tuple[Story, ...]) -> str:
    """JSON; stories by their place, as the same text may come under another id."""
    place = {story.id: number for number, story in enumerate(stories)}
    sentences = [[s.text, s.paragraph, place[s.story], s.support] for s in made.sentences if s.story in place]
    return json.dumps([made.method, sentences], ensure_ascii=False)


def _unpacked(answer: str | None, stories: tuple[Story, ...]) -> Summary | None:
    """The summary, or None where there is none or it is damaged."""
    if answer is None:
        return None
    try:
        method, sentences = json.loads(answer)
        found = tuple(_sentence(one, stories) for one in sentences)
    except (ValueError, TypeError, IndexError):
        return None
    return Summary(method, found) if isinstance(method, str) else None


def _sentence(packed: Any, stories: tuple[Story, ...]) -> Sentence:
    text, paragraph, number, support = packed
    story = stories[number]
    if text not in story.paragraphs[paragraph] or number < 0 or paragraph < 0:
        raise ValueError("not a sentence of the story")
    return Sentence(text, paragraph, story.id, int(support))
