"""Indirect quotes: the clause of a sentence that somebody is reported to have said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.quotes.lists import one_of, read
from store.quotes.marks import stretches
from store.quotes.names import is_speaker
from store.quotes.speech import (
    ASK,
    CALL,
    ONLY_THAT,
    PARTICIPLES,
    SAY,
    THAT,
    WHENS,
    Verb,
    following,
    opening,
    subject,
    verbs,
)

LONGEST = 2000  # characters of a sentence that is searched
_WHEN = one_of(read()["when"])
_ACCORDING = re.compile(r"\b[Aa]ccording to |\b[Ii]n the words of |\b[Ii]n the view of |\APer (?!cent)")
_OBJECTS = {"him": "he", "her": "she", "it": "it", "them": "they"}
_TO_HIM = re.compile(
    r"(?:\b[Aa]ccording to (?P<object>him|her|it|them)|"
    r"\bIn (?P<owner>his|her|their) (?:own )?(?:words|telling|view))(?=[,.]|\Z)"
)
_FINITE = (
    r"(?:would|will|had|has|have|was|were|is|are|could|should|must|did|does|may|might|can|cannot|never|"
    r"(?:would|was|is|are|were|has|had|have|could|did|does)n[’']t)"
)
# A clause without "that": an article, a pronoun or a number, and a verb not far behind.
_STARTS = (
    r"(?:the|he|she|it|they|there|this|these|those|his|her|its|their|all|some|no|an?|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d[\d,.]*)"
)
_PLAIN = rf"(?=[ ]{_STARTS}[ ](?:(?!(?:which|who|that|whose|because)\b)[\w’'-]+[ ]){{0,7}}?{_FINITE}\b)"
_STATES = re.compile(rf"{_PLAIN}[ ](?P<clause>.{{8,}})", re.DOTALL)
_TELLS = re.compile(
    rf"(?:[ ](?!(?:that|of|about|how|to)\b)[\w’'&-]+){{1,6}}?{_PLAIN}[ ](?P<clause>.{{8,}})",
    re.DOTALL,
)
_GOES_ON = re.compile(rf"\s*(?:[.;]|\Z|,|{_WHEN}\b)")
_TO_THAT = re.compile(r"(?P<gap>[^,.;:“”\"]{0,90}?)(?:,[ ][^,;:“”\"]{1,60},)?[ ]that[ ,]+(?P<clause>.{8,})", re.DOTALL)
_TO_QUESTION = re.compile(
    r"(?P<gap>[^.;:“”\"]{0,90}?)[ ](?P<clause>(?:why|whether|how|what|who|if|where|when)[ ].{8,})", re.DOTALL
)
_GAP = re.compile(rf" (?:{_WHEN}|to|with|over|again|once)\b")
_NOT_CLAUSE = re.compile(rf"{one_of(read()['no_clause'])}\b|[,.;:]")
_GLOSS = re.compile(
    r"(?:(?<=[”\"»])(?:, (?:an?|which|who) |,? but (?:did|has|would) |, adding )"
    r"| and (?:has|have) \w+ed (?:an?|the) ).*\Z",
    re.DOTALL,
)
_AWAY = re.compile(r", (?:adding|saying|citing|referring|after|but|and|while|which|as|when|though|although|in|on|at)\b")
_HALF = re.compile(r"(?:As|While|If|When|Because|Although|With|To|After|Unless|Since|Once|Before|Until|For)\b[^,]*\Z")
_ANSWERED = re.compile(r",? (?:and|but|to which) (?:he|she|they) (?:said|replied|answered|responded)\b.*\Z", re.DOTALL)
_ASIDE = re.compile(r", (?:which|who|whose|an?|\d+,)\b")
_TOLD = frozenset(("told", "tells", "assured", "informed", "asked", "asks"))
_TELL = frozenset(("told", "tells"))
_NO_BARE = _TOLD | frozenset(("demanded", "requested", "urged", "holds", "held", "hold", "ruled", "promised"))
_ADDED = 16  # words that may stand behind "he said": when, where and to whom
_SHORT = 6  # words; a clause cut in two by ", he says," goes on behind it


@dataclass(frozen=True, slots=True)
class Clause:
    """What is reported, by whom as written ("" never) and with which verb; of a question, who was asked."""

    text: str
    who: str
    verb: str
    asked: str = ""


def clause(sentence: str) -> Clause | None:
    """The clause that a sentence reports; None where it reports none, or is too long to be one."""
    if len(sentence) > LONGEST:
        return None
    found = list(verbs(sentence))
    return next((c for c in _candidates(sentence, found) if len(c.text.split()) >= 2), None)


def _candidates(sentence: str, found: list[Verb]) -> Iterator[Clause]:
    yield from _according(sentence)
    for verb in found:
        yield from _behind(sentence, verb)
    for verb in found:
        yield from _before(sentence, verb)


def _according(sentence: str) -> Iterator[Clause]:
    own = _TO_HIM.search(sentence)
    if own:
        who = _OBJECTS.get(own["object"] or "") or {"his": "he", "her": "she", "their": "they"}[own["owner"]]
        text = sentence[own.end() :].lstrip(" ,.") if own.start() == 0 else sentence[: own.start()].rstrip(" ,")
        verb = "according to" if own["object"] else "in the words of"
        if len(text.split()) > 2:
            yield Clause(text, who, verb)
    for found in _ACCORDING.finditer(sentence):
        who = following(sentence[found.end() :])
        if not who:
            continue
        rest = sentence[sentence.find(who, found.end()) + len(who) :]
        before = sentence[: found.start()].rstrip(" ,")
        if not before:
            comma = rest.find(", ", 2 if _ASIDE.match(rest) else 0)
            if comma >= 0:
                yield Clause(rest[comma + 2 :], who, _source(found))
        elif len(before.split()) > 2:
            more = rest if rest.startswith(", ") and len(before.split()) < 2 * _SHORT and not _AWAY.match(rest) else ""
            yield Clause(before + more, who, _source(found))


def _source(found: re.Match[str]) -> str:
    return found[0].strip().casefold()


def _behind(sentence: str, verb: Verb) -> Iterator[Clause]:
    """ "The ship would sail, Pellin said on Monday." """
    if verb.text in ONLY_THAT or verb.text not in SAY | THAT:
        return
    rest = sentence[verb.end :]
    said = sentence[: verb.start].rstrip()
    if said.endswith(",") and verb.text in ("said", "says", "say") and (who := following(rest)):
        after = rest.lstrip()[len(who) :]
        if re.match(r"[.,;]|\s*\Z", after):
            yield Clause(_with_rest(said.rstrip(" ,"), after), who, verb.text)
    parted = rest.startswith(", ") and not _AWAY.match(rest) and len(rest.split()) > 2
    if not _GOES_ON.match(rest) or (not parted and (len(rest.split()) > _ADDED or " that " in rest[:60])):
        return
    who, start = subject(sentence[: verb.start], joined=False)
    before = sentence[:start].rstrip()
    if not who or not before.endswith((",", "”", '"', "»")):
        return
    if not parted and (len(before.split()) < 3 or is_speaker(before.rstrip(" ,"))):
        return
    if rest[:1] not in ",.;" and rest.strip(" .") and _bare(rest, verb):
        return
    half = before.rfind("; ")
    if half >= 0 and not re.search(r"[“”\"«»]", before[half:]):
        before = before[half + 2 :]
    yield Clause(_with_rest(before.rstrip(" ,"), rest), who, verb.text)


def _with_rest(before: str, rest: str) -> str:
    half = len(before.split()) < _SHORT or bool(_HALF.match(before))
    goes_on = rest.startswith(", ") and not _AWAY.match(rest) and half
    return before + rest if goes_on or rest.startswith(", that ") else before


def _before(sentence: str, verb: Verb) -> Iterator[Clause]:
    """ "Pellin said on Monday (that) the ship would sail." """
    text = _reported(sentence, verb)
    if not text:
        return
    if verb.text in PARTICIPLES:
        if not sentence[: verb.start].rstrip().endswith(","):
            return
        who = opening(sentence)
    else:
        who, _ = subject(sentence[: verb.start])
    if who:
        yield Clause(_GLOSS.sub("", text), who, verb.text, addressee(verb.text, sentence[verb.end :]))


def question(sentence: str) -> str:
    """Who is asked in a sentence that does not say what: "Brack asked the minister about the dues"."""
    asks = (verb for verb in verbs(sentence[:LONGEST]) if verb.text in ASK)
    return next((addressee(verb.text, sentence[verb.end :]) for verb in asks), "")


def addressee(verb: str, behind: str) -> str:
    """Who is asked: "asked him", "asked Minister Ana Vesk", "asked Kestria’s foreign minister, Ana Vesk, what"."""
    if verb not in ASK:
        return ""
    rest = behind[:250].lstrip()
    first = rest.split(maxsplit=1)[:1]
    if first and first[0].strip(",.") in _OBJECTS:
        return _OBJECTS[first[0].strip(",.")]
    question = re.search(r",? (?:why|whether|how|what|who|if|where|when|to|about)\b", rest)
    return following(rest[: question.start()] + ".") if question else following(rest)


def _reported(sentence: str, verb: Verb) -> str:
    rest = sentence[verb.end :]
    if verb.text in CALL and not rest.startswith((" on ", " for ")):
        return _called(rest)
    if verb.text in ASK and (found := _TO_QUESTION.match(rest)):
        return _ANSWERED.sub("", found["clause"])
    found = _TO_THAT.match(rest)
    if found and verb.text in SAY | THAT | PARTICIPLES and _may_part(found["gap"], verb):
        return found["clause"]
    if verb.text in _TELL and (found := _TELLS.match(rest)):
        return found["clause"]
    if verb.text in SAY | THAT and verb.text not in _NO_BARE and (found := _STATES.match(rest)):
        return found["clause"]
    return _bare(rest, verb)


def _may_part(gap: str, verb: Verb) -> bool:
    """Whether words between a verb and its "that" may stand there: a hearer, a time, a place."""
    return not gap.strip() or verb.text in _TOLD or bool(_GAP.match(gap))


def _bare(rest: str, verb: Verb) -> str:
    if verb.text not in SAY:
        return ""
    when = WHENS.match(rest)
    text = rest[when.end() if when else 0 :].lstrip()
    return "" if _NOT_CLAUSE.match(text) or len(text.split()) < 3 else text


def _called(rest: str) -> str:
    """ "called the fund “a capitulation”": words of the speaker's own must be in it."""
    if rest.startswith(" as "):
        return ""  # "whom she described as": the thing called stands before
    quoted = next(iter(stretches(rest[:300])), None)
    if quoted is None or quoted.start > 120 or re.search(r"[.;:]", rest[: quoted.start]):
        return ""
    more = re.match(r" (?:who|that|which) [^,;]{3,150}", rest[quoted.end :])
    return rest[: quoted.end + (more.end() if more else 0)].strip()
