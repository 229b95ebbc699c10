"""Stories as the documents sumy works on: every sentence knows its story and its paragraph; words come from our own
tokeniser, which keeps no state. Subheadings and dropped passages are left out; nothing is taken for a heading by its
looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import Protocol, TypeVar

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence

from store.model import Kind, Story, StoryId
from store.summary.endings import ends
from store.summary.graph import Ints
from store.summary.quotes import torn
from store.summary.sources import groups
from store.summary.stop_words import stop_words
from store.summary.told import Told, told
from store.text import words

NO_ORIGINS: Mapping[StoryId, str] = MappingProxyType({})

# A page of more sentences is read up to here (several stories: each to its share), so that time and memory are bounded;
# the longest of 1,000 news stories has 170.
MOST_SENTENCES = 5_000


_SAMPLE = 1_500  # characters of a story that tell its language


class _Sumy(Protocol):
    stop_words: frozenset[str]

    def __init__(self, stemmer: Callable[[str], str]) -> None: ...


_S = TypeVar("_S", bound=_Sumy)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What sumy asks of a tokeniser, for one language."""

    lang: str

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(words.sentences(paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(words.words(sentence.replace("’", "'")))


class Placed(SumySentence):  # type: ignore[misc]  # sumy has no types
    """A sentence that knows where it stands: story counts from 0 in the page's stories, paragraph in that story's; torn
    is true where it holds a part of a quotation that goes on in its neighbours, ends where it ends as a sentence does,
    or nothing in its story does."""

    __slots__ = ("ends", "lang", "paragraph", "story", "torn")

    def __init__(self, text: str, tokens: Tokens, *, story: int, paragraph: int, torn: bool, ends: bool) -> None:
        super().__init__(text, tokens)
        self.lang = tokens.lang
        self.story = story
        self.paragraph = paragraph
        self.torn = torn
        self.ends = ends

    @property
    def text(self) -> str:
        return str(self._text)


class Page(ObjectDocumentModel):  # type: ignore[misc]
    """One story, or several one after the other, ready to be summarised.

    origin holds for each story the number of its origin; a story that origins does not name is one of its own. langs
    holds for each its language, lang the language of most.
    """

    def __init__(self, stories: Sequence[Story], origins: Mapping[StoryId, str] = NO_ORIGINS) -> None:
        self.stories = tuple(stories)
        self.origin: Ints = groups(self.stories, origins)
        self.langs = tuple(_language(story) for story in stories)
        self.lang = Counter(self.langs).most_common(1)[0][0] if stories else "en"
        super().__init__(Paragraph(group) for group in self._read())

    @cached_property
    def stems(self) -> list[list[str]]:
        """The stems of each sentence's words, without stop words."""
        known = {lang: Stems(lang).__getitem__ for lang in self.langs}
        of = [known[lang] for lang in self.langs]
        return [[stem for stem in map(of[s.story], s.words) if stem] for s in self.sentences]

    @cached_property
    def said(self) -> Told:
        """What its sentences say."""
        return told(self.sentences, self.langs, [story.head.title for story in self.stories])

    def id_of(self, sentence: Placed) -> StoryId:
        return self.stories[sentence.story].id

    def _read(self) -> Iterator[list[Placed]]:
        for number, story in enumerate(self.stories):
            tokens = Tokens(self.langs[number])
            left = max(3, MOST_SENTENCES // len(self.stories))
            places, split = [], []
            for place, paragraph in _body(story):
                texts = words.sentences(paragraph, left)
                left -= len(texts)
                places.append(place)
                split.append(texts)
            for place, texts, parts, whole in zip(places, split, torn(split), ends(split), strict=True):
                yield [
                    Placed(text, tokens, story=number, paragraph=place, torn=part, ends=whole or at + 1 < len(texts))
                    for at, (text, part) in enumerate(zip(texts, parts, strict=True))
                ]


class Stems(dict[str, str]):
    """Each word met with its stem; "" for a stop word."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang
        self._stop = stop_words(lang)

    def __missing__(self, word: str) -> str:
        self[word] = stem = "" if word.lower() in self._stop else words.stem(word, self._lang)
        return stem


def _language(story: Story) -> str:
    """The language the story is in as its head says, else the likeliest of those we know well."""
    return story.head.language or words.language(" ".join(islice(story.body, 12))[:_SAMPLE])


def _body(story: Story) -> list[tuple[int, str]]:
    """Body paragraphs with their place among the story's paragraphs; the subheadings where there is nothing else."""
    kept = [(place, p) for place, p in enumerate(p for p in story.passages if p.kept) if p.text.strip()]
    return [(place, p.text) for place, p in kept if p.kind is Kind.BODY] or [(place, p.text) for place, p in kept]


def prepared(kind: type[_S], lang: str) -> _S:
    """A sumy summariser of that kind that stems and leaves out words as the language asks."""
    summariser = kind(lambda word: words.stem(word, lang))
    summariser.stop_words = stop_words(lang)
    return summariser
