"""Summaries: the methods by name, and the questions asked of them. Every sentence of a summary is a sentence of a
story, whole and in its place. numpy, sumy and nltk are loaded by the first summary."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from store.errors import InputError
from store.model import Sentence, Story, StoryId, Summary

if TYPE_CHECKING:
    from store.summary.page import Page

# A sumy summariser: (document, how much) -> the document's sentences chosen, in order.
Summariser = Callable[[Any, Any], tuple[Any, ...]]


def _from(module: str) -> Callable[[str], Summariser]:
    """The summariser of a module, for a language, loaded when it is first asked for."""

    def make(lang: str) -> Summariser:
        made: Summariser = import_module(f"store.summary.{module}").make(lang)
        return made

    return make


SUMMARISERS: Mapping[str, Callable[[str], Summariser]] = MappingProxyType(
    {
        name: _from(name)
        for name in ("desk", "event", "lead", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "reduction")
    }
)
# The desk's own: `desk` for one story, `event` for several; either name stands for both.
DEFAULT = "desk"
OF_EVENTS = frozenset(("event", "lead"))  # know by themselves what to do with several stories
NEW = "new"  # what a reader who has read some of an event's stories does not know yet: summarise_new
METHODS = (*SUMMARISERS, NEW)
# Counts changes of what a summary may hold: part of the key under which one is kept.
VERSION = 12


def summarise(story: Story, *, method: str = DEFAULT, sentences: int = 3, words: int | None = None) -> Summary:
    """The sentences of one story that say most, in its order: at most so many, or, given words, as many as fit in them;
    one at least, unless the story has none."""
    return _summary((story,), "desk" if method == "event" else method, sentences, words, {}, of_event=False)


def summarise_event(
    stories: Sequence[Story],
    *,
    method: str = DEFAULT,
    sentences: int = 3,
    words: int | None = None,
    origins: Mapping[StoryId, str] | None = None,
) -> Summary:
    """The same for all stories of an event; of near-copies only the longest is read, and nothing of what was withdrawn
    or corrected since. Every method but `lead` starts
    from the story nearest the event's centre, whose sentences stand first, and says nothing twice; those that rate the
    sentences of one story weigh where and how a sentence is told beside their rating (see gathered). `lead` is that
    story's lead.

    origins names who reported each story first; a story it does not name is an origin of its own. What more origins say
    weighs more, and `support` of each sentence counts them.
    """
    if method == DEFAULT and len(stories) > 1:
        method = "event"
    elif method == "event" and len(stories) == 1:
        method = "desk"
    if len(stories) > 1:
        from store.summary.sources import originals
        from store.summary.withdrawn import standing

        left = originals(standing(stories, origins or {}))
        return _summary(left, method, sentences, words, origins or {}, of_event=True)
    return _summary(stories, method, sentences, words, origins or {}, of_event=False)


def summarise_new(
    stories: Sequence[Story],
    read: Collection[StoryId],
    *,
    sentences: int = 3,
    words: int | None = None,
    origins: Mapping[StoryId, str] | None = None,
) -> Summary:
    """The sentences of stories of an event that no story of it read before holds, newest first. Empty where nothing is
    new; where the stories have no sentences or none was read, it is the default summary, so that its method tells
    "nothing new" from "nothing there"."""
    if not any(story.id in read for story in stories):
        return summarise_event(stories, sentences=sentences, words=words, origins=origins)
    from store.summary import new
    from store.summary.budget import Budget
    from store.summary.page import Page
    from store.summary.withdrawn import standing

    stories = standing(stories, origins or {})
    page = Page(stories, origins or {})
    if not page.sentences:
        return Summary(DEFAULT, ())
    chosen = new.unread(page, [story.id in read for story in stories], Budget(sentences, words))
    return Summary(NEW, _placed(page, chosen))


def _summary(
    stories: Sequence[Story],
    method: str,
    sentences: int,
    words: int | None,
    origins: Mapping[StoryId, str],
    *,
    of_event: bool,
) -> Summary:
    """of_event: of several stories, though all but one of them may be copies."""
    if method not in SUMMARISERS:
        raise InputError(f"There is no summariser {method!r}. Choose one of: {', '.join(SUMMARISERS)}.")
    from store.summary.budget import Budget
    from store.summary.page import Page

    page = Page(stories, origins)
    budget = Budget(sentences, words, unspoken=method != "lead")  # the lead is the baseline: as it stands
    summariser = SUMMARISERS[method](page.lang)
    if of_event and method not in OF_EVENTS:
        from store.summary.gathered import Gathered

        summariser = Gathered(summariser)
    chosen = summariser(page, budget) if page.sentences else ()
    return Summary(method, _placed(page, chosen))


def _placed(page: Page, chosen: Sequence[Any]) -> tuple[Sentence, ...]:
    if len(page.stories) == 1:
        return tuple(Sentence(s.text, s.paragraph, page.id_of(s)) for s in chosen)
    from store.summary.accounts import Accounts

    accounts = Accounts(page)
    number = {id(sentence): place for place, sentence in enumerate(page.sentences)}
    return tuple(Sentence(s.text, s.paragraph, page.id_of(s), accounts.support(number[id(s)])) for s in chosen)
