"""Which story a Raw is, and which revision of it. Neither depends on file names, cleaned text or groups, so that what
the reader did to a story survives a rename, a re-import and a rebuild."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import quote, urlsplit

from store.model import Raw, StoryId, outlet_key

_LONGEST_URL = 4096
_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|li_fat_id|mc_[ce]id|_ga|_gl|_hsenc|_hsmi|mkt_tok"
    r"|wt\.mc_id|ref_src|ref_url|ocid|ncid|cmpid|s_cid|at_(?:medium|campaign|custom\w*|link_\w*|format|ptr_name|bbc_team)"
    r"|pk_\w*|mtm_\w*|vero_(?:id|conv)|oly_(?:enc|anon)_id|__twitter_impression|__s|ss_\w*source|spm|xtor|smid|cid_source",
    re.IGNORECASE,
)
_NEVER = frozenset('<>"`\\')  # characters no URL has (RFC 3986, appendix C): markup or a template has run into it
_KEPT = "/%:@!$&'()*+,;=~-._"
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?)?/?", re.IGNORECASE)


def canonical_url(url: str) -> str | None:
    """The one spelling of an http(s) URL; None for anything else.

    Scheme and host are lower-case, the default port, user name, fragment, tracking parameters and the trailing slash
    gone; other parameters stay in order, for some sites tell their stories apart by nothing else. Different addresses
    of one story (AMP, mobile, www) stay different.
    """
    url = url.strip()
    if not 0 < len(url) <= _LONGEST_URL or any(c.isspace() or not c.isprintable() or c in _NEVER for c in url):
        return None
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host:
        return None
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    query = "&".join(p for p in parts.query.split("&") if p and not _TRACKING.fullmatch(p.partition("=")[0]))
    return f"{parts.scheme}://{place}{_path(parts.path)}" + (f"?{_escaped(query)}" if query else "")


def is_front_page(url: str) -> bool:
    """Whether a URL points at a site rather than at a page of it. Many pages name their site's front page as their own
    address; believing them would make one story of a whole folder."""
    parts = urlsplit(url)
    return not parts.query and _FRONT.fullmatch(parts.path) is not None


def story_id(raw: Raw) -> StoryId:
    """16 hexadecimal digits from the canonical URL, http and https alike, or else from the raw text with white space
    folded.

    So two records, of one file even and whatever their ids, are one story when they share a canonical URL: the URL is
    the publisher's word for what is one story, while an id is often no more than the number of a row, under which an
    archive that fetched a page twice holds both versions. The later is shown, the earlier is kept as a revision, and
    `add` counts it as revised. Nothing else makes one story of records with different ids: no front page, and no URL
    that is not valid.
    """
    url = canonical_url(raw.given.url) if raw.given.url else None
    if url and not is_front_page(url):
        return StoryId(_digest("url", url.partition("://")[2]))
    return StoryId(_digest("text", _folded(raw)))


def apart_id(raw: Raw) -> StoryId | None:
    """The id of a story that has no URL where another outlet's story of equal text has `story_id` already: the outlet
    is mixed in. None where the URL tells, or no outlet is named.

    An agency's copy is the same to the letter in ten outlets, and is ten stories. Which of them has the plain id is a
    question of who came first: ids that always held the outlet would have lost the marks of every library there is.
    """
    url = canonical_url(raw.given.url) if raw.given.url else None
    if (url and not is_front_page(url)) or not raw.given.outlet:
        return None
    return StoryId(_digest("text", _folded(raw), outlet_key(raw.given.outlet)))


def text_digest(raw: Raw) -> str:
    """16 hexadecimal digits that change when what the reader would read changes: a revision of the same story."""
    given = raw.given
    return _digest(
        raw.markup.value, raw.text, *(g or "" for g in (given.title, given.published, given.outlet, given.byline))
    )


def _folded(raw: Raw) -> str:
    return " ".join(raw.text.split())


def _digest(*parts: str) -> str:
    """Parts are told apart by their lengths: moving a word from one to the next changes the digest."""
    hashed = blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(f"{len(data)}:".encode())
        hashed.update(data)
    return hashed.hexdigest()


def _path(path: str) -> str:
    return _escaped(path.rstrip("/")) or "/"


def _escaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: found[0].upper(), quote(text, safe=_KEPT + "?"))
