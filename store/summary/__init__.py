"""Summaries: the methods by name, and the two questions asked of them. Every sentence of a summary is a sentence of a
story, whole and in its place. numpy, sumy and nltk are loaded by the first summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

from store.errors import InputError
from store.model import Sentence, Story, Summary

# A sumy summariser: (document, how much) -> the document's sentences chosen, in order.
Summariser = Callable[[Any, Any], tuple[Any, ...]]


def _from(module: str) -> Callable[[str], Summariser]:
    """The summariser of a module, for a language, loaded when it is first asked for."""

    def make(lang: str) -> Summariser:
        made: Summariser = import_module(f"store.summary.{module}").make(lang)
        return made

    return make


SUMMARISERS: Mapping[str, Callable[[str], Summariser]] = MappingProxyType(
    {name: _from(name) for name in ("lexrank", "lead", "desk", "event", "textrank", "lsa", "luhn")}
)
DEFAULT = "lexrank"


def summarise(story: Story, *, method: str = DEFAULT, sentences: int = 3, words: int | None = None) -> Summary:
    """The sentences of one story that say most, in its order: at most so many, or, given words, as many as fit in them;
    one at least, unless the story has none."""
    return _summary((story,), method, sentences, words)


def summarise_event(
    stories: Sequence[Story], *, method: str = DEFAULT, sentences: int = 3, words: int | None = None
) -> Summary:
    """The same for all stories of an event; of near-copies only the longest is read. The sentences stand in the order
    the stories are given. `event` puts the story it starts from first; `lead` is that story's lead."""
    if len(stories) > 1:
        from store.summary.sources import origins

        stories = origins(stories)
    return _summary(stories, method, sentences, words)


def _summary(stories: Sequence[Story], method: str, sentences: int, words: int | None) -> Summary:
    if method not in SUMMARISERS:
        raise InputError(f"There is no summariser {method!r}. Choose one of: {', '.join(SUMMARISERS)}.")
    from store.summary.budget import Budget
    from store.summary.page import Page

    page = Page(stories)
    budget = Budget(sentences, words, unspoken=method != "lead")  # the lead is the baseline: as it stands
    chosen = SUMMARISERS[method](page.lang)(page, budget) if page.sentences else ()
    return Summary(method, tuple(Sentence(s.text, s.paragraph, page.id_of(s)) for s in chosen))
