"""Whom a story names as the first to report what it tells: an agency's sign, "AP reports", "citing the Halden Post",
"with inputs from". Knows single stories only; what a copy takes over from another is store.group.origins' business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from store.model import Story, outlet_key

_LEAD = 900  # characters of a body in which "citing X" tells where the whole story comes from, and not one quotation
_TAIL = 3  # last passages in which a sign stands
_LONGEST_SIGN = 180
_SIGN_END = 70  # characters at the end of a passage in which a sign stands
_ACTED = 4000  # characters in which somebody who is cited would act or speak again
_AROUND = 70  # characters around a word of reporting in which the reporter is named
_NAME_WORDS = 4
_ASIDE = 25  # characters between "reports" and "citing" in one breath

_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яёіїєґ]"
_NAME = (
    r"(?!(?:The|A|In|On|It|He|She|They|But)\b)"
    rf"(?:dpa\b|{_CAPITAL}[\w.&’'-]*\w|{_CAPITAL})(?: (?:{_CAPITAL}[\w.&’'-]*\w|of|de|du|la|Le)){{0,3}}"
)
_MEDIUM = (
    r"(?:news ?agency|news ?wire|news service|press agency|agency|newspaper|daily|weekly|broadcaster|magazine"
    r"|television|news site|website|news outlet|channel|tabloid|агентств\w*|газет\w*|телеканал\w*|издани\w*|видання"
    r"|agence(?: de presse)?|quotidien|journal|agencia(?: de noticias)?|diario|periódico"
    r"|(?:nachrichten)?agentur|zeitung|haber ajansı|gazetesi|وكالة(?: أنباء)?|صحيفة|قناة)"
)
_BEFORE = (
    r"citing|quoting|quoted by|cited by|as reported by|reported by|in a report by|with reference to|via"
    r"|со ссылкой на|ссылаясь на|сообщает|сообщил[аои]?|передает|передаёт|пишет"
    r"|з посиланням на|посилаючись на|повідомляє|передає|пише"
    r"|selon|d['’]après|rapporte|a rapporté|a indiqué à|según|informó|informa|citando a?"
    r"|unter Berufung auf|berichtet|berichtete|laut|meldet|meldete|نقلا عن|نقلاً عن|ذكرت|أفادت|بحسب"
)
_ARTICLE = r"(?:the |la |le |les |el |die |der |das |l['’]|a report (?:by|in|from) (?:the )?)?"
_ADJECTIVE = r"(?:(?:state|local|private|official|semi-official|national|public|[A-Z][a-z]+(?:n|ish|ese)) ){0,2}"
_CITED = re.compile(
    rf"(?<!\w)(?i:{_BEFORE})\s+(?i:{_ARTICLE})(?P<medium>{_ADJECTIVE}(?i:{_MEDIUM})\s+)?[«\"“]?(?!(?i:{_MEDIUM})\b)"
    rf"(?P<name>{_NAME})"
    rf"(?P<after>[»\"”]?\s+(?i:{_MEDIUM}))?"
)
# People and offices stand behind it too: only a name that is a medium by itself, or is called one, counts.
_ACCORDING = re.compile(
    r"(?<!\w)(?i:according to|по данным|по информации|по сообщению|за даними|за інформацією|за повідомленням)\s+"
    rf"(?i:{_ARTICLE})(?P<medium>{_ADJECTIVE}(?i:{_MEDIUM})\s+)?[«\"“]?(?!(?i:{_MEDIUM})\b)(?P<name>{_NAME})(?!\w)"
    r"(?!\s+(?:data|figures|poll|survey|tally|count|calculations?|estimates?|analysis|analysts?|economists?))"
    rf"(?P<after>[»\"”]?\s+(?i:{_MEDIUM}))?"
)
_REPORTS = re.compile(
    rf"(?:^|[\s,;(“\"])(?:[Tt]he )?(?P<medium>(?i:{_MEDIUM})\s+)?(?P<name>{_NAME})(?P<after>\s+(?i:{_MEDIUM}))?"
    r"(?:\s+(?:has |had )?(?:first )?(?:reports|reported|is reporting|quoted|wrote|сообщает|передает|пишет|повідомляє"
    r"|berichtet|bildirdi|aktardı|duyurdu))\b"
)
_TOLD = re.compile(
    rf"\b(?:told|tells|an interview (?:with|to|for)|speaking to|заявил|сказал)\s+(?i:{_ARTICLE})"
    rf"(?P<medium>(?i:{_MEDIUM})\s+)?(?P<name>{_NAME})(?P<after>\s+(?:(?i:{_MEDIUM})|in an interview\b))?"
)
_HABER = re.compile(
    rf"(?P<medium>)(?P<name>{_NAME})['’](?:n?[ıiuü]n|[ae]|y[ae]|[dt][ae]n)"
    r"(?P<after>\s+(?:haberine|aktardığına|bildirdiğine|dayan))"
)
_OPENING = re.compile(r"^.{0,100}?[(\[/](?P<name>[^()\[\]/\n]{2,30})[)\]/]\s*(?:--?|—|–|:)?\s")
_SIGN = re.compile(
    r"(?:[(\[/]\s*(?P<inside>[^()\[\]/\n]{2,60})\s*[)\]/]|(?:\s|^)(?:--?|—|–)\s?(?P<dash>[^-—–\n]{2,40}))\W*$"
)
_INPUTS = re.compile(
    r"(?:additional |further )?(?:with |from )?(?:agency |wire )?(?:inputs?|reporting|material|information)s?"
    r"\s+(?:from|by)\s+(?:the )?(?P<name>[^.;()\n]{2,60})",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:^|[\s(\[])(?:sources?|источник|джерело|quelle|fuente|fonte|kaynak|المصدر)\s?[:：]\s*"
    r"(?P<name>[^.;:()\[\]\n]{2,40})\W*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4})?,?\s*(?:by )?(?:the )?(?P<name>[^.,|;\d\n]{2,40})", re.IGNORECASE
)
# What speaks and is no medium: "citing the Foreign Ministry", "told President Orban".
_SPEAKERS = re.compile(
    r"\b(?:ministr\w*|minist\w+|president\w*|government|embassy|office|council|parliament|police|army|court|court's"
    r"|bank|committee|commission|union|party|university|institute|department|secretary|general|governor|mayor|prince"
    r"|king|queen|senator|congress|assembly|nations|nato|un|eu|us|kremlin|house|state|ambassador|prosecutors?|officials?"
    r"|sources?|media|agencies|wires|reporters|journalists|lawmakers|mr|mrs|ms|dr|sir|january|february|march|april|may"
    r"|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|минист\w*|мід|мид|президент\w*)\b",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"\b(?:times|post|news|courier|herald|gazette|tribune|observer|monitor|journal|daily|weekly|mail|standard|telegraph"
    r"|chronicle|echo|globe|press|dispatch|bulletin|today|wire|radio|tv|television|broadcasting|online|agency|agence"
    r"|agentur|agencia|ajansı|zeitung|pravda|gazeta|figaro|monde|país|presse)\b|[\w-]+\.(?:com|net|org|info|tv|[a-z]{2})\b",
    re.IGNORECASE,
)


def credited(story: Story) -> str | None:
    """The one that this story says it has its report from; None where it says nothing, and stands for itself.

    An agency that the head names comes first, then signs at the end, then whoever is cited in the lead.
    """
    head = story.head
    own = {same(n) for n in (head.outlet, head.source) if n}
    if head.agency:
        return canonical(head.agency)
    for name in chain(_signs(story), _cited(story)):
        if same(name) not in own:
            return canonical(name)
    return None


def own_name(story: Story) -> str | None:
    """Under which name a story's own report stands: its outlet's, else its host's; an agency's own piece is its own."""
    name = story.head.outlet or story.head.source
    return canonical(name) if name else None


@cache
def _agencies() -> dict[str, str]:
    """Each known way of writing an agency's name -> the way it is shown."""
    lines = files("store.group").joinpath("agencies.txt").read_text(encoding="utf-8").splitlines()
    forms = ([f.strip() for f in line.split("|")] for line in lines if line and not line.startswith("#"))
    return {_bare(form): names[0] for names in forms for form in names}


def canonical(name: str) -> str:
    """The name as it is shown: an agency's in one spelling, any other as it stands without its article."""
    bare = name.strip(" .,:;()[]«»“”\"'")
    return _agencies().get(_bare(name)) or re.sub(r"^(?:(?i:the)|a)\s+", "", bare)


@lru_cache(maxsize=10_000)
def same(name: str) -> str:
    """What two ways of writing one name have in common; of a host its telling label."""
    shown = canonical(name)
    return outlet_key(_bare(shown)) if _bare(shown) in _agencies() or "." not in shown else outlet_key(shown)


def agency(name: str) -> bool:
    """Whether name is a known agency's; letters that stand for words must be capitals ("Petra", "app" are no signs)."""
    known = _agencies().get(_bare(name))
    return known is not None and (not known.isupper() or len(name.split()) > 1 or name.strip(" .,()[]/").isupper())


@lru_cache(maxsize=10_000)
def _bare(name: str) -> str:
    name = name.casefold().replace("’", "'").strip(" .,:;()[]«»“”\"'-")
    name = re.sub(r"^(?:the|www\.)\s*|(?:'s|\.com|\.net|\.org)$|^(?:news agency|agence|agency) ", "", name)
    return re.sub(r"[\s.-]+", " ", re.sub(r" (?:news agency|news ?wire|agency|news)$", "", name)).strip()


def _signs(story: Story) -> Iterator[str]:
    """Names in signs: brackets in the opening, a dash or brackets at the end, "Source: X", "with inputs from", a
    copyright line. Lines that cleaning took out count too: a sign is no article."""
    texts = [p.text for p in story.passages if p.text]
    if texts and (match := _OPENING.match(texts[0])) and agency(match["name"]):
        yield match["name"]
    for text in (*texts[:1], *reversed(texts[-_TAIL:])):
        if match := _SOURCE.search(text[-_SIGN_END:]):
            yield from _listed(match["name"])
    for text in reversed(texts[-_TAIL:]):
        end = text[-_SIGN_END:]
        if (match := _SIGN.search(end)) and (name := match["inside"] or match["dash"]):
            if agency(name):
                yield name
            elif found := _INPUTS.match(name):
                yield from _listed(found["name"])
        elif len(text) < _SIGN_END and agency(text):
            yield text
    for text in texts[-2 * _TAIL :]:
        if len(text) <= _LONGEST_SIGN:
            pattern = _COPYRIGHT if "©" in text or "opyright" in text else _INPUTS
            for match in pattern.finditer(text):
                yield from _listed(match["name"])


def _listed(names: str) -> Iterator[str]:
    """The first known agency of "Lanna and AP"."""
    for name in re.split(r",|\band\b|&|/|\+", names):
        if agency(name):
            yield name
            return


def _cited(story: Story) -> Iterator[str]:
    """Whoever is cited in the lead; an unknown name only where words around it say that it is a medium."""
    lead = " ".join(story.body)[:_LEAD]
    found = {
        (m.start(), m.re): m for start, end in _told(lead) for p in _PATTERNS for m in p.finditer(lead, start, end)
    }
    matches = sorted((m for m in found.values() if _medium(m, story)), key=lambda m: m.start())
    for at, match in enumerate(matches):
        following = matches[at + 1] if at + 1 < len(matches) else None
        # "The Star reports, citing Grafit": the report is Grafit's.
        if match.re is not _CITED and following and following.re is _CITED and following.start() - match.end() < _ASIDE:
            continue
        yield _trimmed(match["name"])


def _told(lead: str) -> Iterator[tuple[int, int]]:
    """The parts of a lead that speak of a report; most leads have none."""
    for match in _TRIGGER.finditer(lead):
        yield max(0, match.start() - _AROUND), match.end() + _AROUND


def _medium(match: re.Match[str], story: Story) -> bool:
    """Whether the name in a match is a medium's, by the name itself or by the words around it."""
    name = _trimmed(match["name"])
    if not name or _SPEAKERS.search(name):
        return False
    told = bool(match["medium"] or match["after"]) or (len(name.split()) > 1 and _PRESS.search(name) is not None)
    if re.fullmatch(r"(?:[A-Z][a-z]+(?:ian|ish|ese|nch|rman|can)|(?i:the|news|tv|press|post|radio))", name):
        return False
    if match.re is _ACCORDING and name.endswith(" Agency"):  # of energy, of the environment: it speaks for itself
        return agency(name)
    return agency(name) or told or (match.re is _CITED and _single(match["name"], story))


def _trimmed(name: str) -> str:
    words = re.sub(r"^.*['’]s ", "", name.strip(" .,'’")).split()[:_NAME_WORDS]
    while words and words[-1].islower():
        words.pop()
    while len(words) > 1 and not agency(" ".join(words)) and agency(words[0]):
        words = words[:1]  # "AFP Monday"
    return " ".join(words).removesuffix("'s").removesuffix("’s")


def _single(name: str, story: Story) -> bool:
    """Whether an unknown name that is cited is likely a medium: one word, and nobody who acts or speaks in the text."""
    if len(name.split()) != 1 or len(name) < 4 or name.endswith(("'s", "’s")):
        return False
    title = "" if story.head.title_made else story.head.title
    text = f"{title} {' '.join(story.body)[:_ACTED]}"
    return len(re.findall(rf"\b{re.escape(name)}\b", text)) == 1


# Six leads in ten hold none of these, and are done with in a tenth of the time.
_TRIGGER = re.compile(
    r"\b(?:cit|quot|report(?:s|ed)\b|in a report|with ref|via|told|tells|interview|speaking to|wrote|is reporting"
    r"|has report|accord|по данн|по инф|по сооб|за дан|за інф|за пов"
    r"|ссыла|ссылк|сообщ|перед|пи[шс]|посила|повідом|selon|apr[èe]s|rapport|a indiqu|según|inform|bericht"
    r"|unter Beruf|laut|melde|haberine|aktard|bildird|dayan|duyurd|نقلا|نقلاً|ذكرت|أفادت|بحسب|заявил|сказал)"
)
_PATTERNS = (_CITED, _ACCORDING, _REPORTS, _TOLD, _HABER)
