"""Sentences that lean on what was told before them in other ways than by their first word: "aware of this", "such a
step", "her list", "the latter", "that figure". English alone, and dear to look for: asked of those alone that are to be
taken. In doubt a sentence leans on nothing."""

from __future__ import annotations

import re

from store.text.words import stop_words

_COUNTS = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+|a few|several|some|many)"
_TIMES = r"(?:minute|hour|day|night|week|month|year|decade)s?"
# What a text points to by "this" and "that", one and many.
_NOUNS = (
    "account act advice agreement aim amount announcement answer approach arrangement assessment assertion attitude"
    " claim comment comparison concern conclusion condition deal decision demand description document episode estimate"
    " event explanation figure finding goal idea incident initiative instance issue judgement judgment letter matter"
    " measure meeting message motion move number objective offer opinion option pledge plan policy position possibility"
    " problem process promise proposal question reason remark reply request resolution result scenario scheme sentiment"
    " situation statement step suggestion sum target theory threat total trend view vision vow warning"
)
_ONE = "|".join(_NOUNS.split())
_MANY = "|".join(f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s" for noun in _NOUNS.split())
_PEOPLE = "men|women|leaders|ministers|brothers|sisters|suspects|victims|envoys|presidents|candidates"
_PARTIES = "sides|countries|groups|teams|companies|nations|governments|cases|incidents|attacks|capitals"
_PAPERS = (
    "letter|call|statement|video|interview|report|document|filing|lawsuit|tweet|speech|note|memo|complaint|message"
)
_OPENS = re.compile(
    rf"""(?:(?:One|Two|Three|Four|Some|Most|Many|All|None|Both|Each|Neither|Either)\sof\s(?:them|these|the\s(?:two|three))\b
    |Neither\b(?!\sof)|The\s(?:latter|former(?=\s(?:is|was|has|had|will|said))|same)\b
    |The\s(?:two|three|pair|duo|trio)\s(?:were|was|are|have|had|has|will|would|also|then|later|met|said|agreed|discussed
        |men|women|sides|leaders|countries)\b
    |(?:{_COUNTS}|An?)\s{_TIMES}\s(?:later|earlier|before|afterwards?)(?=,)
    |(?:Subsequently|Therefore|Likewise|Similarly|Consequently|Conversely|Accordingly),
    |(?:Since|By|Until)\sthen\b|(?:After|Before|Because\sof|Despite)\s(?:this|that)\b(?!\s[a-z])|To\sthat\send\b
    |At\sthat\s(?:time|point)\b|In\s(?:response|return|turn|contrast),|By\scontrast,|On\sthe\sother\shand\b
    |For\s(?:example|instance),|As\ssuch,|For\s(?:this|these|those)\sreasons?\b|In\sthe\s(?:{_PAPERS}),)""",
    re.VERBOSE | re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"""\b(?:(?:of|about|to|with|by|on|for|from|after|before|against|over|than|beyond|despite|do|did|does|done|doing)
        \s(?:this|that)(?=[.,;:!?”"]|$|\s(?:when|because|before|after|until|while|since|but|already|today)\b)
    |such\s(?:an?\s(?:{_ONE})|(?:{_MANY})(?!\sas\b))\b(?!\swith\b|\s(?:[a-z]+\s){{0,6}}that\b)
    |the\slatter\b|the\sformer(?=[.,;])
    |(?:this|that)\s(?:same\s)?(?P<one>{_ONE})\b|(?:these|those)\s(?:same\s)?(?P<many>{_MANY})\b(?!\s(?:who|that|which)\b)
    |that\s(?:same\s)?(?:day|night)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_PAIR = 2  # names
_NEAR = 3  # sentences in which what is pointed to stands
_ADVERB = 4  # letters: Lily is somebody
_OF_TWO = re.compile(rf"\bboth (?:the )?(?:(?P<people>{_PEOPLE})|{_PARTIES})\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b")
_NAME = re.compile(r"(?<!^)(?<![“\"‘'«] )\b[A-ZÀ-ÖØ-Þ][\w’'-]+")
# A run of names; one name alone behind such a word is that of a place.
_NAMES = re.compile(r"(?<!^)(?<![“\"‘'«] )\b[A-ZÀ-ÖØ-Þ][\w’'-]+(?P<full> [A-ZÀ-ÖØ-Þ][\w’'-]+)?")
_PLACE = re.compile(r"\b(?:of|in|at|from|near|to|into|over|across|between|for) \Z")
_SEVERAL = re.compile(r"[A-Z][a-z]+s (?:of|in|from|at|near|across|on) ")  # "Farmers of Vardania"
_SOMEBODY = re.compile(
    r"\b(?:an?|the|another|one|every|each|this|that|our|my|their|its|\d+-year-old|who|whose|anyone|someone|everyone"
    r"|nobody|anybody|somebody|I)\b",
    re.IGNORECASE,
)
# First words that name nobody, stop words aside.
_NOBODY = (
    "police officials officers sources investigators prosecutors witnesses authorities neighbours neighbors doctors"
    " relatives reporters voters critics people deputies detectives lawyers supporters friends according perhaps"
    " sometimes emergency asked speaking firefighters paramedics soldiers troops aides colleagues"
)
_FIRST = frozenset(_NOBODY.split()) | stop_words("en")
_LEADS_IN = re.compile(
    r"(?:In|At|After|Before|When|While|Asked|If|As|Despite|For|With|During|Speaking|Though|Although|Now|Still"
    r"|\S+ \S+ after)\b"
)


def leans(text: str) -> int:
    """How many of the sentences before it hold what a sentence leans on, though its first word does not tell: 0 where
    it stands on its own, 1 where it does not say of whom it speaks."""
    if _nobody_named(text):
        return 1
    return _NEAR if _OPENS.match(text) or _INSIDE.search(text) or _two_unnamed(text) else 0


def pointed_to(text: str) -> str:
    """What a sentence points to by "this" or "those"; "" for nothing."""
    found = _INSIDE.search(text)
    return (found["one"] or found["many"] or "").lower() if found else ""


def _two_unnamed(text: str) -> bool:
    """Whether a sentence speaks of both of two that it does not name."""
    both = _OF_TWO.search(text)
    if both is None:
        return False
    if both["people"]:
        return " and " not in text[: both.start()]
    return len(_NAME.findall(text)) < _PAIR


def _nobody_named(text: str) -> bool:
    """Whether a sentence says "he" or "her" of somebody whom it does not name or speak of before, nor in what its
    opening leads to."""
    pronoun = _PRONOUN.search(text)
    if pronoun is None:
        return False
    before = text[: pronoun.start()]
    first = before.split(None, 1)[0].strip("“”\"'‘’«»,") if before.strip() else ""
    many = _SEVERAL.match(text) or first.lower() in _FIRST or (first.endswith("ly") and len(first) > _ADVERB)
    if first[:1].isupper() and not many:
        return False
    if _SOMEBODY.search(before) or any(map(_of_somebody, _NAMES.finditer(before))):
        return False
    comma = text.find(",", pronoun.end())
    return comma < 0 or "," in before or not (_LEADS_IN.match(text) and _NAME.search(text, comma))


def _of_somebody(name: re.Match[str]) -> bool:
    return bool(name["full"]) or not _PLACE.search(name.string[: name.start()])
