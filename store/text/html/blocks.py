"""A page's tree as blocks of text, in order, each with what the markup around it says: which elements it stands in,
what their class names mean, how much of it is linked. Knows nothing of what is article and what is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

_SILENT = frozenset(
    (
        "script", "style", "noscript", "head", "svg", "select", "datalist", "textarea", "iframe", "object", "canvas",
        "math", "audio", "map", "meta", "link", "amp-ad", "amp-analytics", "amp-state", "amp-sidebar",
    )
)  # fmt: skip
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip

_PICTURES = frozenset(("img", "picture", "amp-img", "video", "amp-video"))

# What stands over a block, as bits: elements that mean something, then what words in class names and ids mean.
PLACES = (
    "article", "main", "aside", "nav", "footer", "header", "form", "figure", "section", "list", "table", "blockquote",
    "a", "button", "hidden", "heading", "figcaption", "details",
)  # fmt: skip
_PLACE_OF = {
    "ul": "list", "ol": "list", "dl": "list", "amp-accordion": "details", "summary": "details", "dialog": "hidden",
    **{f"h{n}": "heading" for n in range(1, 7)},
    **{name: name for name in PLACES if name not in ("list", "hidden", "heading")},
}  # fmt: skip
MEANINGS: dict[str, str] = {
    "body": (
        "article articles body content contents entry post posts story text richtext rich paragraph prose "
        "copy main artikel inhalt beitrag contenu texte cuerpo noticia detail articulo"
    ),
    "lead": (
        "lead lede intro introduction summary dek deck subtitle subheadline subhead standfirst excerpt chapo "
        "vorspann teaser-lead kicker bajada sapo strapline"
    ),
    "related": (
        "related relatedcontent more also next previous prev recommend recommended recommendation "
        "recommendations recirc recirculation similar further mehr weiterlesen relacionadas relacionado liees "
        "readmore onward"
    ),
    "teaser": (
        "teaser teasers promo promos promotion card cards tile tiles grid carousel slider swiper slick "
        "thumbnail thumb feed headlines stories linklist list listing collection items"
    ),
    "popular": "popular trending trend most latest top hot ticker breaking mostread mostpopular latestnews",
    "share": (
        "share sharing shares social socials follow facebook twitter whatsapp telegram email print copylink "
        "bookmark toolbar tools actions action reactions like likes"
    ),
    "letter": (
        "newsletter newsletters subscribe subscription subscriptions subscriber signup sign register "
        "registration paywall piano premium plus abo offer membership donate donation login account cta inbox"
    ),
    "ad": (
        "ad ads adv advert advertisement advertising adslot dfp gpt sponsor sponsored sponsors banner banners "
        "commercial werbung anzeige publicidad pub partner affiliate outbrain taboola native"
    ),
    "nav": (
        "nav navi navbar navigation menu menus breadcrumb breadcrumbs pagination pager header footer masthead "
        "topbar bottom logo search skip sitemap"
    ),
    "side": (
        "sidebar side aside rail widget widgets column secondary box infobox factbox module plugin complementary extra"
    ),
    "comment": (
        "comment comments commenting disqus discussion respond reply replies forum coral feedback rating ratings"
    ),
    "picture": (
        "caption captions figcaption figure image images img photo photos picture gallery media video videos "
        "player audio podcast credit credits copyright legend lightbox bildunterschrift embed"
    ),
    "meta": (
        "author authors byline bylines date dates time timestamp meta metadata info published publish updated "
        "dateline tag tags topic topics category categories section label labels keywords bio autor profile "
        "readtime reading"
    ),
    "title": "title titles headline heading heads h1 hed titel titre titulo overline",
    "cookie": "cookie cookies consent gdpr privacy cmp onetrust didomi notice disclaimer legal terms",
    "hidden": (
        "hidden hide sr visually screenreader offscreen invisible modal popup overlay dialog tooltip dropdown "
        "collapse toast flyout drawer"
    ),
    "quote": "quote quotes pullquote blockquote zitat",
    "table": "toc contents-list index outline",
}
BIT = {name: 1 << at for at, name in enumerate((*PLACES, *(f".{name}" for name in MEANINGS)))}
BITS = tuple(BIT)
_MEANS: dict[str, int] = {}
for _name, _words in MEANINGS.items():
    for _word in _words.split():
        _MEANS[_word] = _MEANS.get(_word, 0) | BIT[f".{_name}"]
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_CLASS = 400  # characters
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@lru_cache(maxsize=8192)
def tokens(named: str) -> tuple[str, ...]:
    """The words of a class name or an id, folded: "articleBody__text-2" gives article, body, text."""
    return tuple(dict.fromkeys(part.lower() for part in _PART.findall(named[:_LONGEST_CLASS]) if len(part) > 1))


@lru_cache(maxsize=8192)
def _meaning(named: str) -> int:
    bits = 0
    for token in tokens(named):
        bits |= _MEANS.get(token, 0)
    return bits


@dataclass(slots=True)
class Node:
    """A block-level element. over holds the bits of all elements above it, own its own; parent is an index, row that of
    the table row it stands in, or -1; pictures counts the images right in it."""

    parent: int
    tag: str
    named: str
    own: int
    over: int
    depth: int
    row: int = -1
    pictures: int = 0


@dataclass(slots=True)
class Block:
    """text of one node between two block-level edges; lines within it are broken by "\\n"."""

    text: str
    node: int
    linked: int
    links: int
    strong: int
    inline: int


@dataclass(slots=True)
class Page:
    """Nodes in the order they open, blocks in the order they are read."""

    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def near(self, block: Block) -> int:
        """The bits of a block's element, the two above it, and the inline elements in it."""
        node = self.nodes[block.node]
        bits = block.inline | node.own
        for _ in range(2):
            if node.parent >= 0:
                node = self.nodes[node.parent]
                bits |= node.own
        return bits


_MOST_SHORT = 8_000  # blocks; the largest page of the development sets has 1,420
_SHORT = 100  # characters of a cell or an item
_LONGEST_JOINED = 2000
_WHITE = re.compile(r"[^\S\n]+")
_BREAK = "\x1f"
_STRONG = frozenset(("b", "strong", "em", "i"))


class _Walk:
    def __init__(self, most: int) -> None:
        self.page = Page()
        self.most = most
        self.parts: list[str] = []
        self.linked = self.links = self.strong = self.inline = 0

    def flush(self, node: int) -> None:
        parts = self.parts
        if parts:
            text = "".join(parts)
            if not text.isspace():
                self._put(text, node)
            self.parts = []
        self.linked = self.links = self.strong = self.inline = 0

    def _put(self, text: str, node: int) -> None:
        if _BREAK not in text:
            words = " ".join(text.split())
            if words and not self._joined(words, node):
                self.page.blocks.append(Block(words, node, self.linked, self.links, self.strong, self.inline))
            return
        lines = [" ".join(line.split()) for line in text.split(_BREAK)]
        share = sum(map(len, lines)) or 1
        chunk: list[str] = []
        for line in [*lines, ""]:
            if line:
                chunk.append(line)
            elif chunk:
                words = "\n".join(chunk)
                part = len(words) / share
                self.page.blocks.append(
                    Block(words, node, int(self.linked * part), self.links, int(self.strong * part), self.inline)
                )
                chunk = []

    def _joined(self, words: str, node: int) -> bool:
        """Whether a short block of an endless table or list went into the one above: each costs eight kilobytes to
        judge, whatever its length."""
        if len(self.page.blocks) < _MOST_SHORT or len(words) > _SHORT:
            return False
        above = self.page.blocks[-1]
        if len(above.text) > _LONGEST_JOINED:
            return False
        row = self.page.nodes[node].row
        between = " | " if row >= 0 and row == self.page.nodes[above.node].row else "\n"
        above.text, above.node = f"{above.text}{between}{words}", node
        above.linked += self.linked
        above.links += self.links
        above.strong += self.strong
        return True

    def element(self, element: HtmlElement, node: int, over: int, *, link: bool, bold: bool) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT or len(self.page.blocks) >= self.most:
            return
        if tag == "br" or tag == "hr":
            self.parts.append(_BREAK)
            return
        if tag == "template" and not element.get("shadowrootmode") and not element.get("shadowroot"):
            return
        parent = self.page.nodes[node]
        if tag in _PICTURES:
            parent.pictures += 1
        if tag in _INLINE:
            self._inline(element, node, over, link=link or tag == "a", bold=bold or tag in _STRONG)
            return
        given = dict(element.items())
        named = given.get("class", "")
        if "id" in given:
            named = f"{named} {given['id']}"
        self.flush(node)
        own = _meaning(named)
        if place := _PLACE_OF.get(tag):
            own |= BIT[place]
        if given:
            own |= _said(given)
        if tag == "input" and given.get("type") == "email":
            own |= BIT["form"]
        here = len(self.page.nodes)
        row = here if tag == "tr" else parent.row
        self.page.nodes.append(Node(node, tag, named, own, over | own, parent.depth + 1, row))
        self._children(element, here, over | own, link=link, bold=bold)
        self.flush(here)

    def _inline(self, element: HtmlElement, node: int, over: int, *, link: bool, bold: bool) -> None:
        if element.tag == "a":
            self.links += 1
            over |= BIT["a"]
        for name in ("class", "id"):
            if named := element.get(name):
                self.inline |= _meaning(named)
        if element.tag == "font" and element.get("size") == "1":
            self.inline |= BIT["figcaption"]  # how captions were set before there were elements for them
        self._children(element, node, over, link=link, bold=bold)

    def _children(self, element: HtmlElement, node: int, over: int, *, link: bool, bold: bool) -> None:
        if element.text:
            self._text(element.text, link=link, bold=bold)
        for child in element:
            self.element(child, node, over, link=link, bold=bold)
            if child.tail:
                self._text(child.tail, link=link, bold=bold)

    def _text(self, text: str, *, link: bool, bold: bool) -> None:
        if link and "pens " in text and _FOR_LISTENERS.fullmatch(text):
            return
        self.parts.append(text)
        if link:
            self.linked += len(text)
        if bold:
            self.strong += len(text)


# What a link says to those who have the page read to them.
_FOR_LISTENERS = re.compile(r"[\s,(]*opens? (?:in )?(?:a )?new (?:tab|window)[\s.)]*", re.IGNORECASE)


def _said(given: Mapping[str, str]) -> int:
    """The bits that an element's other attributes give it."""
    bits = _ROLES.get(given["role"], 0) if "role" in given else 0
    if "hidden" in given or given.get("aria-hidden") == "true" or _HIDING.search(given.get("style", "")):
        bits |= BIT["hidden"]
    return bits | BIT[".body"] if given.get("itemprop") == "articleBody" else bits


_ROLES = {
    "navigation": BIT["nav"], "banner": BIT["header"], "contentinfo": BIT["footer"], "complementary": BIT["aside"],
    "main": BIT["main"], "article": BIT["article"], "dialog": BIT["hidden"], "heading": BIT["heading"],
    "button": BIT["button"], "search": BIT["form"], "alertdialog": BIT["hidden"],
}  # fmt: skip


def of(tree: HtmlElement, most: int = 100_000) -> Page:
    """The first `most` blocks of a tree, which must be no deeper than recursion can go (`tree.parse` sees to that)."""
    walk = _Walk(most)
    walk.page.nodes.append(Node(-1, "html", "", 0, 0, 0))
    walk.element(tree, 0, 0, link=False, bold=False)
    walk.flush(0)
    return walk.page
