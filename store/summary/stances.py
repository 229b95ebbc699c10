"""Which side of a matter a sentence is on: open or closed, denied or confirmed, done or not done. Two sentences of the
same words may say the opposite; where in doubt they are taken not to. The words stand in states.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from store.summary.stop_words import stop_words
from store.summary.times import CALENDAR
from store.text import words

_BESIDE = 5  # words that say something to each side of a state: what is in it stands among them
_REACH = 3  # such words that a word of denial turns round
_CLAIM = 9  # ... and those after "denied", which tell what was denied
_OF_PEOPLE = frozenset(("held", "office", "guilt", "life"))
_DENIED = "denied"  # the matter whose second side denies what follows
# Say nothing of what a sentence of news is about.
_COMMON = (
    "said says told tells added reporters statement announced official officials spokesman spokeswoman minister"
    " ministry government state people news agency today yesterday tomorrow reports report reported claims claim"
    " allegations one"
)
_IDLE = frozenset(_COMMON.split())
# A state is a new one that one of these stands beside, or that begins so: something has turned.
_AGAIN = frozenset(("again", "anew", "longer"))
_TURNED = (
    "reopen",
    "resum",
    "restart",
    "restor",
    "reinstat",
    "reimpos",
    "lift",
    "repeal",
    "rescind",
    "revok",
    "retract",
)
_BY = 2  # words between
# Before "to": what follows is not done.
_FAILING = "fail fails failed refuse refuses refused decline declines declined unable yet unwilling"
_UNDONE = frozenset(_FAILING.split())
_ONLY = frozenset(("only", "just", "least"))  # "not only" denies nothing
# "Withdrew its report that ...": what was said is taken back.
_TAKES = ("withdrew", "withdrawn", "withdraws")
_SAID = frozenset(("report", "reports", "claim", "claims", "statement", "story", "accusation", "allegation", "remark"))
_ENDS = frozenset(("but", "while", "although", "though", "whereas", "however"))  # a denial reaches no further

_DENIALS = MappingProxyType(
    {
        "en": "not no never none nobody nothing neither nor without cannot",
        "fr": "ne n' pas jamais aucun aucune sans ni",
        "es": "no nunca sin ningún ninguno ninguna nadie ni tampoco",
        "de": "nicht kein keine keinen keinem keiner keines nie niemals ohne",
        "ru": "не ни нет без никогда",
        "uk": "не ні немає без ніколи",
        "tr": "değil yok asla",
        "ar": "لا لم لن ليس ليست غير دون",
    }
)
DENIALS = MappingProxyType({lang: frozenset(listed.split()) for lang, listed in _DENIALS.items()})

_NONE: frozenset[str] = frozenset()

Side = tuple[str, int, bool]  # matter, 1 or -1, and whether it stands until it is otherwise


@dataclass(frozen=True, slots=True)
class State:
    """What a sentence says of one matter: on which side it is, the stems and names beside the word that says so, and
    whether it says that it was otherwise before ("open again")."""

    matter: str
    side: int
    standing: bool
    of: frozenset[str]
    names: frozenset[str] = frozenset()
    turned: bool = False

    def meets(self, other: State) -> bool:
        """Whether both speak of one thing in this matter: a word beside both, or, of what befalls people, a name."""
        if self.matter != other.matter:
            return False
        return bool(self.of & other.of or (self.matter in _OF_PEOPLE and self.names & other.names))


@dataclass(frozen=True, slots=True)
class Stance:
    """denied: for each word of denial the stems that it turns round, the next one first; affirmed: those that none
    does."""

    states: tuple[State, ...] = ()
    denied: tuple[tuple[str, ...], ...] = ()
    affirmed: frozenset[str] = frozenset()


def stance(tokens: Sequence[str], lang: str) -> Stance:
    """Where a sentence of these words stands; whether or not it takes a side."""
    low = [token.lower().replace("’", "'") for token in tokens]
    sides = _Sides.of(lang)
    found = [sides.of_word(word) for word in low]
    deny = DENIALS.get(lang, _NONE)
    denying = [
        (word in deny or word.endswith("n't") or (word in _UNDONE and after == "to"))
        and after not in _ONLY
        and before != "or"
        for before, word, after in zip(("", *low), low, (*low[1:], ""), strict=False)
    ]
    stop = stop_words(lang)
    told = [at for at, word in enumerate(low) if word not in stop and word not in _IDLE and word not in CALENDAR]
    stems = {at: words.stem(low[at], lang) for at in told}
    rejects = [
        any(matter == _DENIED and side < 0 for matter, side, _ in each)
        or (low[at].startswith(_TAKES) and not _SAID.isdisjoint(low[at + 1 : at + 1 + _REACH]))
        for at, each in enumerate(found)
    ]
    denied = [
        _reached(at, told, low, _REACH if denying[at] else _CLAIM)
        for at in range(len(low))
        if denying[at] or rejects[at]
    ]
    turned_round = [sum(at in reach for reach in denied) % 2 for at in range(len(low))]
    states = [
        State(
            matter,
            -side if turned_round[at] else side,
            standing,
            *_beside(at, told, stems, tokens, claim=matter == _DENIED, capitals=lang != "de"),
            _turns(low, at),
        )
        for at, each in enumerate(found)
        for matter, side, standing in each
    ]
    return Stance(
        tuple(state for state in states if not _past(state, states)),
        tuple(tuple(stems[at] for at in reach) for reach in denied if reach),
        frozenset(stems[at] for at in told if not turned_round[at]),
    )


class Taking(dict[str, bool]):
    """Each word met, as written, with whether it takes a side or denies."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def __missing__(self, word: str) -> bool:
        self[word] = found = _takes(word, self._lang)
        return found


@lru_cache(maxsize=65_536)
def _takes(word: str, lang: str) -> bool:
    low = word.lower().replace("’", "'")
    return (
        low in DENIALS.get(lang, _NONE)
        or low.endswith("n't")
        or low in _UNDONE
        or low.startswith(_TAKES)
        or bool(_Sides.of(lang).of_word(low))
    )


def opposed(one: Stance, other: Stance) -> bool:
    """Whether two are on the two sides of one matter, or one denies what the other affirms."""
    return apart(one, other) or denied(one, other)


def denied(one: Stance, other: Stance) -> bool:
    """Whether one of two denies what the other affirms."""
    return _denies(one, other) or _denies(other, one)


def apart(one: Stance, other: Stance, *, standing: bool = False, turned: bool = False) -> bool:
    """Whether two are on the two sides of one matter. standing: of one that is so until it is otherwise. turned: the
    other alone says that it was otherwise before."""
    for mine in one.states:
        if (standing and not mine.standing) or (turned and mine.turned):
            continue
        met = [theirs for theirs in other.states if mine.meets(theirs)]
        if not met or any(theirs.side == mine.side for theirs in met) or (turned and not any(t.turned for t in met)):
            continue
        if all(state.side == mine.side for state in one.states if state.meets(mine)):
            return True
    return False


def _denies(one: Stance, other: Stance) -> bool:
    """Whether the first thing one denies is affirmed by the other, with all or two of what is denied with it."""
    gone = {stem for reach in other.denied for stem in reach}
    return any(
        reach[0] in other.affirmed
        and reach[0] not in gone
        and len(other.affirmed.intersection(reach)) >= min(2, len(reach))
        for reach in one.denied
    )


def _reached(at: int, told: Sequence[int], low: Sequence[str], most: int) -> list[int]:
    """The words that say something that a denial at a place turns round."""
    found: list[int] = []
    for place in told:
        if place <= at:
            continue
        if len(found) == most or _ENDS.intersection(low[at:place]):
            break
        found.append(place)
    return found


def _beside(
    at: int, told: Sequence[int], stems: dict[int, str], tokens: Sequence[str], *, claim: bool, capitals: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """The stems beside a state, and those of names."""
    number = sum(place < at for place in told)
    after = number + (at in stems)
    near = (*told[max(0, number - _BESIDE) : number], *told[after : after + (_CLAIM if claim else _BESIDE)])
    named = {place for place in near if capitals and place and tokens[place][0].isupper()}
    return frozenset(stems[n] for n in near if n not in named), frozenset(stems[n] for n in named)


def _turns(low: Sequence[str], at: int) -> bool:
    return low[at].startswith(_TURNED) or not _AGAIN.isdisjoint(low[max(0, at - _BY) : at + _BY + 1])


def _past(state: State, states: Sequence[State]) -> bool:
    """Whether a state is one that has turned in the same sentence."""
    return not state.turned and any(s.turned and s.side != state.side and s.matter == state.matter for s in states)


class _Sides:
    """The sides that the words of a language take."""

    def __init__(self, lang: str) -> None:
        self._whole: dict[str, tuple[Side, ...]] = {}
        self._begun: dict[str, tuple[Side, ...]] = {}
        for standing in (True, False):
            for matter, listed in _tables().get(lang, {}).get("standing" if standing else "passing", {}).items():
                for side, some in zip((1, -1), listed.split("|"), strict=True):
                    for word in some.split():
                        into = self._begun if word.endswith("*") else self._whole
                        into[word.rstrip("*")] = (*into.get(word.rstrip("*"), ()), (matter, side, standing))
        self._lengths = sorted({len(word) for word in self._begun})

    @staticmethod
    @cache
    def of(lang: str) -> _Sides:
        return _Sides(lang)

    def of_word(self, word: str) -> tuple[Side, ...]:
        found = self._whole.get(word, ())
        for length in self._lengths:
            if length > len(word):
                break
            found = (*found, *self._begun.get(word[:length], ()))
        return found


@cache
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files("store.summary").joinpath("states.toml").read_text(encoding="utf-8"))
