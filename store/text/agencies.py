"""The names and signs of wire services."""

from __future__ import annotations

import re

# Wire services whose bare name or sign on a line of its own is an agency mark. Trade knowledge, like the month names:
# a name that is not here is still read where its place says it (in a dateline's brackets, "with inputs from").
_AGENCIES = frozenset(
  (
    "reuters", "ap", "afp", "upi", "dpa", "apa", "sda", "ats", "efe", "ansa", "lusa", "tass", "itar-tass", "xinhua",
    "kyodo", "jiji", "yonhap", "pti", "ani", "ians", "uni", "app", "bernama", "antara", "anadolu", "aa", "iha",
    "dha", "interfax", "ria", "mena", "spa", "wam", "qna", "kuna", "petra", "irna", "isna", "sana", "una", "aps",
    "tap", "map", "cna", "pap", "ctk", "čtk", "tasr", "mti", "belga", "anp", "ntb", "tt", "ritzau", "stt", "elta",
    "bns", "delfi", "leta", "agerpres", "tanjug", "hina", "sta", "bta", "ukrinform", "unian", "belta", "kazinform",
    "trend", "azertac", "armenpress", "interpressnews", "nan", "panapress", "sapa", "tnn", "europa press", "adnkronos",
    "vna", "ttxvn",
    "askanews", "agi", "aap", "epd", "kna", "afx", "kyodo news", "ria novosti", "bss", "wafa", "nna", "tasnim",
    "press trust of india", "united news of india", "asian news international", "indo-asian news service",
    "united press international", "canadian press", "the canadian press", "jiji press",
    "interfax.ru", "тасс", "итар-тасс", "риа новости", "риа", "интерфакс", "интерфакс-украина",
    "белта", "укринформ", "унн", "укрінформ", "уніан", "інтерфакс-україна", "казинформ", "азертадж", "кабар",
    "أ ف ب", "أ.ف.ب", "رويترز", "شينخوا", "د ب أ", "د.ب.أ", "الأناضول", "واس", "وام", "كونا", "بترا", "قنا", "أ ب",
    "business wire", "businesswire", "globe newswire", "globenewswire", "pr newswire", "prnewswire", "accesswire",
    "sputnik", "prensa latina", "notimex", "andina", "télam", "telam", "colprensa", "inforpress", "europapress",
    "servimedia", "italpress", "lapresse", "sda-ats", "mediafax", "moldpres", "pa media",
    "akipress", "montsame", "kcna", "demirören", "ihlas", "i̇ha", "ana-mpa", "amna", "fena", "srna", "angop",
    "lehtikuva", "infotag", "anka", "ecns", "bloomberg", "dow jones", "синьхуа", "рейтер", "рейтерс", "прайм",
    "интерфакс-запад", "сана", "тренд", "арменпресс", "туран", "дпа", "апа", "рбк-україна", "рбк-украина", "унiан",
    "سانا", "وفا", "سبأ", "بنا", "إيرنا", "تاس", "آكي", "قنا", "سبوتنيك", "واع", "معا",
    "新华社", "新華社", "共同社", "공동", "연합뉴스"
  )
)  # fmt: skip
_AGENCY_WORDS = re.compile(
    r"\b(?:news ?agency|press agency|agency|wire(?: service)?|newswire|press association|associated press|news service"
    r"|newswire|ajansı|агентство|агенція|agence|agentur|agencia|agência|agenzia|وكالة)\b",
    re.IGNORECASE,
)


# Signs that are words, names or short forms of other bodies where they do not stand in capitals.
_IN_CAPITALS = frozenset(
    (
        "AIM", "ANA", "PA", "INA", "BNA", "SID", "TNA", "CNS", "MIA", "MINA", "BETA", "ATA", "ABI", "AVN", "ACN", "IPS",
        "ENA", "SUNA", "LANA", "GNA", "PNA", "KPL", "AKP", "ONA", "SABA", "ILNA", "MNA", "UZA", "TURAN", "APP",
        "NINA", "SANEWS", "ANGOP", "FARS", "MEHR", "IRIB", "ČTK", "MAP", "TAP",
    )
)  # fmt: skip
_GENERIC = frozenset(
    (
        "agency", "agencies", "report", "reports", "news", "wire", "wires", "service", "services", "staff", "agence",
        "agences", "agencias", "agências", "agenturen", "press", "the", "with", "and", "from", "other",
    )
)  # fmt: skip


_WORD = re.compile(r"\w+")
# The longest word of each name: a text without any of them names no service that is known beyond doubt.
TELLING = frozenset(max(_WORD.findall(name.casefold()), key=len) for name in (*_AGENCIES, *_IN_CAPITALS))


def is_known(name: str) -> bool:
    """Whether name is a wire service's beyond doubt, not by a word such as "agency" alone."""
    bare = name.strip(" .,:;()[]©")
    return bare in _IN_CAPITALS or (bare.casefold() in _AGENCIES and not bare.islower())


def agency(name: str) -> str | None:
    """name, if it is a wire service's."""
    bare = name.strip(" .,:;()[]©")
    if not 1 < len(bare) <= _LONGEST:
        return None
    folded = bare.casefold()
    known = folded in _AGENCIES or bare in _IN_CAPITALS
    known = known or (any(map(folded.__contains__, _SIGNS)) and _AGENCY_WORDS.search(bare) is not None)
    return bare if known and not all(word in _GENERIC for word in folded.split()) else None


_LONGEST = 60  # characters
# One of these stands in whatever _AGENCY_WORDS finds.
_SIGNS = ("agen", "agên", "wire", "press", "service", "ajans", "аген", "وكالة")
