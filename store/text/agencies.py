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
    "新华社", "新華社", "共同社", "공동", "연합뉴스"
  )
)  # fmt: skip
_AGENCY_WORDS = re.compile(
    r"\b(?:news ?agency|press agency|agency|wire(?: service)?|newswire|press association|associated press|news service"
    r"|ajansı|агентство|агенція|agence|agentur|agencia|وكالة)\b",
    re.IGNORECASE,
)


_GENERIC = frozenset(
    ("agency", "agencies", "report", "reports", "news", "wire", "wires", "service", "services", "staff")
)


def agency(name: str) -> str | None:
    """name, if it is a wire service's."""
    bare = name.strip(" .,:;()[]©")
    if all(word in _GENERIC for word in bare.casefold().split()):
        return None
    known = bare.casefold() in _AGENCIES or _AGENCY_WORDS.search(bare) is not None
    return bare if known and 1 < len(bare) <= 60 else None
