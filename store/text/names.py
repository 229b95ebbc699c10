"""Short texts that are nothing but a name: of a person, of an outlet, of a part of a site."""

from __future__ import annotations

import re

_OUTLET_WORDS = frozenset(
  (
    "times", "post", "news", "courier", "herald", "gazette", "tribune", "observer", "monitor", "journal", "daily",
    "weekly", "mail", "standard", "star", "sun", "guardian", "telegraph", "chronicle", "review", "echo", "mirror",
    "globe", "press", "record", "dispatch", "examiner", "independent", "bulletin", "today", "ledger", "register",
    "sentinel", "mercury", "argus", "inquirer", "broadcasting", "radio", "tv", "online", "media", "express", "voice",
    "newspaper", "24", "zeitung", "rundschau", "tagblatt", "tageblatt", "anzeiger", "kurier", "quotidien", "dépêche",
    "diario", "periódico", "gaceta", "jornal", "diário", "giornale", "gazzetta", "corriere", "газета", "вестник",
    "ведомости", "известия", "вісник", "gazetesi", "televizyonu", "صحيفة", "جريدة", "قناة", "تلفزيون"
  )
)  # fmt: skip
_SITE = re.compile(r"[\w-]+\.(?:com|net|org|az|ru|ua|tr|info|eu|de|fr|[a-z]{2})\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
EDGE = " ,.:;()[]|/-–—·•\t\u00a0"

_NAME_LINK = frozenset(
  (
    "and", "und", "et", "y", "e", "и", "та", "й", "i", "ve", "&", ",", "de", "da", "di", "la", "le", "van", "von",
    "der", "den", "bin", "ibn", "al", "el", "ter", "dos", "du'"
  )
)  # fmt: skip


def has_outlet_word(text: str) -> bool:
    """Whether a word stands in text that outlets' names have, or a site's address."""
    said = _WORD.findall(text.casefold())
    return not _OUTLET_WORDS.isdisjoint(said) or ("." in text and _SITE.search(text) is not None)


def namely(word: str) -> bool:
    return (word[:1].isupper() or not cased(word) or word.casefold() in _NAME_LINK) and not word[:1].isdigit()


def cased(word: str) -> bool:
    return word.lower() != word.upper()


def outlet(line: str) -> str | None:
    """line, if it is nothing but an outlet's name, in title case where it stands in capitals."""
    bare = _TOWN.sub("", line.strip()).strip(EDGE)
    words = bare.split()
    if ":" in bare or not 1 < len(words) <= 5 or not all(namely(w) or w.casefold() == "the" for w in words):
        return None
    named = has_outlet_word(words[-1]) or (has_outlet_word(words[0]) and not _LAST_ONLY.fullmatch(words[0]))
    if not named or is_rubric(words) or line.rstrip()[-1:] in ".!?:":
        return None
    return " ".join(w.capitalize() if w.isupper() and len(w) > 2 else w for w in words)


# Words that close an outlet's name; in front they open a heading, "News Article", "Press Conference".
_LAST_ONLY = re.compile(
    r"news|press|media|online|today|post|record|review|mail|record|star|sun|independent|report", re.I
)
_TOWN = re.compile(r"\s\([^\W\d_a-z][\w .’'-]{1,30}\)$")  # "The Selm Courier (Selm)", as aggregators sign


def name(line: str) -> str | None:
    """line, if it is nothing but the name of one or two people."""
    words = line.split()
    plain = 2 <= len(words) <= 3 and all(_of_name(w) for w in words) and not _calls(words)
    if not plain or has_outlet_word(line) or any(w.casefold() in _SECTIONS for w in words):
        return None
    return line


def person(text: str) -> bool:
    """Whether text can be the name of one person: two to five words, in capitals or not, small words inside."""
    words = text.split()
    if (
        not 2 <= len(words) <= 5
        or _calls(words)
        or has_outlet_word(text)
        or any(w.casefold() in _SECTIONS for w in words)
    ):
        return False
    if words[0].casefold() in ("the", "a", "an") or words[-1].casefold() in _NAME_LINK:
        return False
    inner = all(_of_name(w.capitalize() if w.isupper() else w) or w in _NAME_LINK for w in words)
    return inner and sum(w not in _NAME_LINK for w in words) <= 4


# Words of buttons and rubrics, in capitals like a name: "FOLLOW US ON", "Live Reporting", "Sign In".
_OF_BUTTONS = frozenset(
    ("us", "on", "to", "with", "for", "your", "our", "in", "live", "reporting", "follow", "download")
)


def _calls(words: list[str]) -> bool:
    return any(word.casefold() in _OF_BUTTONS for word in words)


def is_rubric(words: list[str]) -> bool:
    """Whether the words name a part of a site, as "World News" and "All News" do."""
    return all(w.casefold() in _SECTIONS or w.casefold() in ("all", "the", "and", "&") for w in words)


def is_section(line: str) -> bool:
    return any(w.casefold() in _SECTIONS for w in line.split())


def _of_name(word: str) -> bool:
    bare = word.replace("-", "").replace("’", "").replace("'", "").rstrip(".")
    return word[:1].isupper() and bare.isalpha() and (bare[1:].islower() or len(bare) == 1 or not bare.isupper())


# Words of section names, which stand where names stand and are capitalised like them.
_SECTIONS = frozenset(
  (
    "news", "world", "politics", "east", "west", "north", "south", "middle", "central", "asia", "pacific", "africa",
    "europe", "america", "americas", "eurasia", "latin", "affairs", "policy", "rights", "nations", "stories",
    "story", "top", "latest", "breaking", "press", "release", "opinion", "analysis", "business", "sport", "sports",
    "economy", "region", "international", "national", "security", "defence", "defense", "conflict", "war", "minutes",
    "read", "home", "archive", "photo", "video", "gallery", "briefing", "interview", "exclusive", "updated",
    "published", "share", "comment", "comments", "more", "related", "editor", "staff", "desk", "bureau",
    "correspondent", "diplomacy", "foreign", "domestic", "local", "global", "special", "report", "reports",
    "features", "culture", "week", "images", "time", "bio", "subscribe", "sign", "view", "university",
    "institute", "college", "updated", "summary", "claims", "events", "overview", "all", "full"
  )
)  # fmt: skip

# What stands alone beside a date or a name, is written with a capital, and is neither a name nor a place.
_KINDS_OF_TEXT = frozenset(
  (
    "commentary", "editorial", "explainer", "feature", "blog", "podcast", "speech", "statement", "transcript",
    "remarks", "update", "live", "profile", "essay", "review", "column", "letters", "letter", "longread",
    "perspective", "perspectives", "communiqué", "communique", "commentaire", "reportage", "tribune", "entretien",
    "análisis", "opinión", "entrevista", "reportaje", "kommentar", "bericht", "аналитика", "интервью", "мнение",
    "новости", "репортаж", "новини", "інтерв'ю", "думка", "haber", "analiz", "röportaj", "gündem", "dünya", "تحليل",
    "رأي", "مقابلة", "listen", "watch", "menu", "follow", "save", "print", "advertisement", "premium", "members",
    "free", "newsroom", "reporter", "reporters", "statements", "releases", "speeches", "writer", "author",
    "agencies", "wires", "readout", "note", "notice", "article", "column", "today", "yesterday", "tomorrow",
    "fim", "fin", "ende", "end", "enditem", "contents", "audio", "min"
  )
)  # fmt: skip


def is_kind_of_text(line: str) -> bool:
    return any(w.casefold() in _KINDS_OF_TEXT for w in line.split())
