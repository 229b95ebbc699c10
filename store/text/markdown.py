"""Markdown as lines of text and what its own marks say about the story: front matter and the first heading. The one
file that knows markdown-it; import it only when a file in Markdown is there to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.model import Head
from store.text import dates, names, phrases
from store.text.prose import is_prose

_DEEPEST = 60  # lists and quotations inside each other; deeper ones the parser leaves out, and nobody writes
_LARGEST = 400_000  # characters, sixty thousand words; a story is a tenth of it
_MOST_BRACKETS = 10_000  # that open a link; twenty times as many cost the parser half a minute


@lru_cache(maxsize=1)
def read(text: str) -> tuple[str, Head]:
    """text without its marks, one line for each heading, item and paragraph, and what it says of itself. The last text
    is remembered, as it is asked first whether it holds an article and then for it.

    What the parser cannot take as a whole (lists in lists without end, megabytes) stays as it came."""
    matter = _FRONT_MATTER.match(text)
    head = _front(matter["lines"]) if matter else Head("")
    rest = text[matter.end() :] if matter else text
    if len(rest) > _LARGEST or rest.count("[") > _MOST_BRACKETS:
        return rest, head
    tokens = _tokens(rest)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return rest, head
    blocks = list(_blocks(tokens))
    lines = "\n\n".join(text for text, _ in blocks)
    return lines, Head(head.title or _title(blocks), published=head.published, byline=head.byline)


# Every line is "name: value", an item, a continuation or a comment; a text between two rules is none of these.
_YAML = r"(?:[A-Za-z_][\w-]{0,40}[ \t]*:(?:[ \t].{0,600})?|[ \t]+.{0,600}|- .{0,600}|#.{0,600})?"
_FRONT_MATTER = re.compile(
    rf"\s{{0,9}}---[ \t]*\n(?P<lines>(?:{_YAML}\n){{1,100}}?)(?:---|\.\.\.)[ \t]*(?:\n|$)",
)
_FIELD = re.compile(r"^(?P<name>title|date|author)[ \t]*:[ \t]*(?P<value>\S.*)$", re.MULTILINE | re.IGNORECASE)


def _front(lines: str) -> Head:
    """Front matter as far as it says in plain values what a head holds; values of several lines are passed over."""
    fields = {m["name"].lower(): m["value"].strip().strip("\"'").strip() for m in _FIELD.finditer(lines)}
    said = {name: value for name, value in fields.items() if value[:1] not in "[{|>&*!"}
    written = dates.first(said.get("date", ""))
    return Head(said.get("title", ""), published=written.iso if written else None, byline=said.get("author") or None)


_ADDRESS = re.compile(r"[/.#@]")


def _tokens(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    found: dict[str, dict[str, dict[str, str]]] = {}
    tokens = parser.parse(text, found)
    # "[Note]: unchanged" is a sentence, though it is written like the address of a link.
    if all(_ADDRESS.search(reference["href"]) for reference in found.get("references", {}).values()):
        return tokens
    return parser.disable("reference").parse(text)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Each block's text and the tag it stands in ("h1", "p"), "" where it stands in none."""
    mark, tag = "", ""
    for token in tokens:
        if token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type in ("heading_open", "paragraph_open"):
            tag = token.tag
        elif token.type in ("inline", "code_block", "fence", "html_block"):
            text = _inline(token) if token.type == "inline" else token.content
            text = _without_tags(text) if token.type == "html_block" else text
            if text := text.strip():
                yield mark + text, tag
            mark, tag = "", ""
        elif token.type == "list_item_close":
            mark = ""


_WRAPPED = range(40, 121)  # characters of a line that an editor broke; a shorter one is a line of its own


def _inline(token: Token) -> str:
    """The text of a paragraph's own marks. Its lines are joined where they look wrapped; where they do not, they are
    left to the line pass, for many write a paragraph a line."""
    wrapped = all(len(line) in _WRAPPED for line in token.content.split("\n")[:-1])
    return "".join(_pieces(token.children or (), " " if wrapped else "\n"))


def _pieces(children: Sequence[Token], break_: str) -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type == "softbreak":
            yield break_
        elif child.type == "hardbreak":
            yield "\n"
        elif child.type == "html_inline":
            yield _without_tags(child.content)


_HIDDEN = re.compile(r"(?P<open><!--|<(?:script|style)\b)|-->|</(?:script|style)\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|blockquote|figcaption)\s*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font"
    r"|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|li|main|mark|nav|ol|p|picture|pre|q|s|section|small|source|span"
    r"|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|video)\b[^<>]*>",
    re.IGNORECASE,
)


def _without_tags(markup: str) -> str:
    """What stands between tags; what only looks like one, as <minister>, stays."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", "".join(_shown(markup)))))


def _shown(markup: str) -> Iterator[str]:
    """markup without comments, scripts and styles; one that is never closed stays. One walk, as each of many that
    are never closed would cost a search to the end."""
    at = hidden = 0
    opened = ""
    for edge in _HIDDEN.finditer(markup):
        if edge["open"] and not opened:
            opened, hidden = edge["open"].lower(), edge.start()
        elif opened and edge[0].lower().startswith("-->" if opened == "<!--" else "</" + opened[1:]):
            yield markup[at:hidden]
            at, opened = edge.end(), ""
    yield markup[at:]


def _title(blocks: Sequence[tuple[str, str]]) -> str:
    """The first heading of the first rank, or of the second where no text stands above it, that can be a headline."""
    second, above = "", False
    for text, tag in blocks:
        if tag == "h1" and _may_be_title(text):
            return text
        if tag == "h2" and not second and not above and _may_be_title(text):
            second = text
        above = above or is_prose(text)
    return second


def _may_be_title(text: str) -> bool:
    """Not where a rule under a paragraph made a heading of it, nor where a site names itself above its story."""
    count = len(text.split())
    if "\n" in text or count > _LONGEST_TITLE or (count > _LONGEST_SENTENCE and text.endswith(".")):
        return False
    if names.outlet(text):
        return False
    return not phrases.reason(text) and not phrases.opens(text)


_LONGEST_TITLE = 30  # words
_LONGEST_SENTENCE = 12  # words of a title that ends with a full stop
