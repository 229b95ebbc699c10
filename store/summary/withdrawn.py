"""What its publisher has taken back or put right: stories that a notice withdraws, with their copies, and those that a
corrected version replaces. Such text neither stands in a summary nor counts as support."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from store.model import Story, StoryId
from store.summary.sources import copied
from store.summary.stop_words import stop_words
from store.summary.times import later, when
from store.text import words

_MOST = 20  # notices, and as many corrected versions, that are heeded
_OPENING, _READ = 2, 2_000  # paragraphs, and characters of each, that say what a notice is about
_ALIKE, _UNNAMED = 0.5, 0.6  # of a notice's words, those of its trade aside, are in a story: of its own outlet; of none
_FEWEST = 2  # such words
_PIECE = r"(?:story|article|item|dispatch|report|piece)"
_GONE = r"(?:withdrawn|retracted|killed|removed|cancell?ed)"
_NOTICE = re.compile(
    r"(?:(?-i:ADVISORY)\b.{0,150}\b(?:withdrawn|retracted|kill(?:ed)?|disregard)\b"
    r"|(?-i:ANNUL(?:ATION|ÉE?)|ANULACIÓN|ANULADA?|RÜCKZUG|ZURÜCKGEZOGEN|ОТОЗВАНО|АННУЛИРОВАНО|ВІДКЛИКАНО|İPTAL)\s*[:–-])",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    rf"\b(?:(?:kill|disregard|do not use) (?:the|this|our) (?:\w+ ){{0,3}}{_PIECE}"
    rf"|(?:we|we have) (?:withdrawn?|withdrew|retract(?:ed)?|killed) (?:the|this|a|an|our) (?:\w+ ){{0,3}}{_PIECE}"
    rf"|(?:the|this|our|that) (?:\w+ ){{0,3}}(?:story|article|item|dispatch) (?:[^.]{{0,150}} )?"
    rf"(?:is|was|has been|stands) {_GONE})\b",
    re.IGNORECASE,
)
# Who takes it back is named: a report may be a ministry's, so this is of whoever the same text names.
_TOLD_OF = re.compile(
    rf"\b(?:withdraws|withdrew|withdrawn|retracts|retracted|killed) (?:its|the|a|an)? ?(?:\w+ ){{0,3}}{_PIECE}\b",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\W{0,5}(?:(?:refile[- ])?correct(?:ed|s|ion)|clarification|rectificatif|berichtigung|korrektur|correcci[oó]n"
    r"|corrige|исправлени[ея]|исправляет|виправлення|d[uü]zeltme|تصحيح|تصويب)\b"
    r"(?=\s*[-–—:(|]|\s(?:to|in|number|name|date|day|figure|spelling)\b)|\s*\(correct(?:s|ed|ion)\b",
    re.IGNORECASE,
)
_HINTS = "withdr retract kill disregard remov cancel annul anula rückzug zurückgezogen отозвано аннулировано відкликано"
_MAY = (*_HINTS.split(), "do not use", "i̇ptal", "iptal")
_TRADE = (
    "kill killed mandatory withdrawn withdraws withdrew withdraw retracted retracts retract retraction advisory story"
    " article item dispatch report notice editors please disregard use correction corrected corrects refile headlined"
    " slugged titled published earlier version removed substitute follow follows monday tuesday wednesday thursday"
    " friday saturday sunday"
)
_OF_THE_TRADE = frozenset(_TRADE.split())


def standing(stories: Sequence[Story], origins: Mapping[StoryId, str]) -> tuple[Story, ...]:
    """The stories, in their order, that nothing among them takes back or puts right; all of them where all are gone.
    origins names who reported each first."""
    notices = [story for story in stories if takes_back(story)][:_MOST]
    corrected = [story for story in stories if corrects(story)][:_MOST]
    if not notices and not corrected:
        return tuple(stories)
    known = {id(story) for story in (*notices, *corrected)}
    others = [story for story in stories if id(story) not in known]
    gone = [story for story in others if any(_of(notice, story, origins) for notice in notices)]
    gone += copied(gone, others)
    for version in corrected:
        gone += copied([version], [story for story in others if _not_later(story, version)], whole=True)
    lost = set(map(id, gone))
    return tuple(story for story in stories if id(story) not in lost) or tuple(stories)


def takes_back(story: Story) -> bool:
    """Whether a story is a notice that one was taken back, its publisher's own or another's."""
    return story.head.withdrawn or any(
        _NOTICE.match(text) or _ADDRESSED.search(text) or _TOLD_OF.search(text)
        for text in _opening(story)
        if _may(text)
    )


def _own(story: Story) -> bool:
    return story.head.withdrawn or any(_NOTICE.match(text) or _ADDRESSED.search(text) for text in _opening(story))


def _may(text: str) -> bool:
    """Whether a text has any of the words of a notice: cheaper than to look for them in their places."""
    low = text.casefold()
    return any(word in low for word in _MAY)


def _opening(story: Story) -> tuple[str, ...]:
    return (story.head.title[:_READ], *(text[:_READ] for text in islice(story.body, _OPENING)))


def corrects(story: Story) -> bool:
    """Whether a story is the corrected version of one that was told before, or a correction alone."""
    return any(map(_CORRECTED.match, _opening(story)))


def correcting(text: str) -> bool:
    """Whether a sentence says that something told was put right."""
    return bool(_CORRECTED.match(text))


def _of(notice: Story, story: Story, origins: Mapping[StoryId, str]) -> bool:
    """Whether a notice is of this story: not newer, of its outlet or naming it, and of the same matter."""
    if not _not_later(story, notice):
        return False
    mine, theirs = _names(notice, origins), _names(story, origins)
    text = " ".join(_opening(notice))
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in theirs):
        return _alike(notice, story) >= _ALIKE
    if not _own(notice):
        return False
    if mine & theirs:
        return _alike(notice, story) >= _ALIKE
    return not (mine and theirs) and _alike(notice, story) >= _UNNAMED


def _names(story: Story, origins: Mapping[StoryId, str]) -> set[str]:
    return {name for name in (story.head.outlet, story.head.agency, origins.get(story.id)) if name and len(name) > 1}


def _not_later(story: Story, notice: Story) -> bool:
    return not later(when(story.head.published), when(notice.head.published))


def _alike(notice: Story, story: Story) -> float:
    """The share of what a notice speaks of, by its title or else its text, that a story's title and opening have."""
    held = set(_stems(iter(_opening(story)), story))
    for texts in ((notice.head.title,), tuple(islice(notice.body, _OPENING))):
        if len(spoken := set(_stems(iter(texts), notice))) >= _FEWEST:
            return len(spoken & held) / len(spoken)
    return 0.0


def _stems(texts: Iterator[str], story: Story) -> Iterator[str]:
    lang = story.head.language or "en"
    stop = stop_words(lang)
    for token in chain.from_iterable(map(words.words, texts)):
        low = token.lower()
        if low not in stop and low not in _OF_THE_TRADE and not low[0].isdigit():
            yield words.stem(low, lang)
