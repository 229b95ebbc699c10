"""What a sentence says was done: its verbs, as far as endings, forms of old verbs and the words before them tell, and
whether it is done or still to come. English alone."""

from __future__ import annotations

from collections.abc import Sequence

_FORMS = (
    "found made gave given took taken held met left won lost began begun broke broken sent fell fallen rose risen cut"
    " set shot hit struck sold bought ran fled died kept led put came went saw seen became paid spoke spoken wrote"
    " written drew drawn grew threw thrown drove flew chose chosen froze frozen swore shook stood fought sought taught"
    " caught brought thought built spent lent meant felt hung sank sunk withdrew withdrawn"
)
_LEADING = (
    "has have had will would is are was were be been being to can could may might must should shall not never did does"
    " do"
)
_OTHERS = (
    "the a an in at on of by from with for as its his her their this that no more most one still also now only all"
)
_VERBS_OF_SAYING = "said says told tells added adds according reported reports"
OLD = frozenset(_FORMS.split())
_BEFORE = frozenset(_LEADING.split())
_NO_VERB = frozenset(_OTHERS.split())
_ARTICLES = frozenset(("a", "an", "the", "its", "his", "her", "their"))
_REPORTING = frozenset(_VERBS_OF_SAYING.split())
_SHORTEST = 5  # letters of a verb known by "-ed": not "red", "need"


def acts(tokens: Sequence[str]) -> list[int]:
    """The places of the verbs of a sentence that say what was done, in order; verbs of saying aside."""
    low = [token.lower() for token in tokens]
    return [
        at
        for at, word in enumerate(low)
        if tokens[at][0].islower()
        and word not in _BEFORE
        and word not in _REPORTING
        and word not in _NO_VERB
        and _verb(word, low[at - 1] if at else "")
    ]


def _verb(word: str, before: str) -> bool:
    if before in _BEFORE:
        return len(word) > 2
    return word in OLD or (word.endswith("ed") and len(word) >= _SHORTEST and before not in _ARTICLES)
