"""When two ways of writing an outlet's name mean one outlet: "The Halden Post", "Halden Post" and "haldenpost.example"
do, and so do "Aldine" and "wire.aldine.example"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# Labels of a host that tell nobody apart.
_GENERIC = frozenset(
    ("www", "m", "mobile", "amp", "wire", "news", "newsroom", "press", "live", "online", "edition", "world", "feeds")
) | {"rss", "en", "eng", "english", "int", "intl", "international", "co", "com", "org", "net", "gov", "ac", "edu"}
# Hosts of many outlets, each under a label of its own.
_SHARED = frozenset(
    ("blogspot", "wordpress", "substack", "medium", "tumblr", "livejournal", "typepad", "ghost", "github", "gitlab")
)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}")
_ARTICLE = re.compile(r"^(?:the|a)\s+(?=\S)")
_WORD = re.compile(r"[^\W_]+")
_REMARK = re.compile(r"\s*\([^()]*\)$")


@lru_cache(maxsize=10_000)
def outlet_key(name: str) -> str:
    """Letters and digits that all ways of writing one outlet's name have in common."""
    bare = _REMARK.sub("", name.casefold().strip()) or name.casefold().strip()
    if _HOST.fullmatch(bare):
        labels = bare.split(".")[:-1]
        telling = [label for label in labels if label not in _GENERIC and label not in _SHARED] or labels
        bare = telling[-1].replace("-", " ")
    words = _WORD.findall(_ARTICLE.sub("", bare))
    if len(words) > 1 and words[-1] == "online":
        words.pop()
    return "".join(words) or bare


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each outlet once, in order of appearance, by the first of its names that is no host, where there is one."""
    found: dict[str, str] = {}
    for name in names:
        key = outlet_key(name)
        if key not in found or (_HOST.fullmatch(found[key].casefold()) and not _HOST.fullmatch(name.casefold())):
            found[key] = name
    return tuple(found.values())
