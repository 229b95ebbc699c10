r"""Text we did not write, written so that Markdown shows it as it is: nothing in it makes markup, and a plain sentence
stays untouched ("U.S. - Russia (talks)"). Rules follow CommonMark 0.31 and GitHub's tables, footnotes, alerts and
strikethrough; a backslash is set only where one of them would read the character as markup.
"""

from __future__ import annotations

import re
from urllib.parse import quote as percent
from urllib.parse import urlsplit

NO_TEXT = "(no headline)"

# Taken out once more, whatever came in: control characters, bidi marks and overrides, zero-width characters (but the
# joiners, which are spelling in Persian and in emoji), lone surrogates and the code points that are no characters.
_HOSTILE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile("[ \t\n]+")

# A bracketed remark, "[sic]", is plain text while nothing can make a link, a footnote, an alert or a definition of it.
# After a caret it would be a footnote of its own in pandoc's Markdown, "^[1]".
_REMARK = re.compile(r"(?<!\^)\[(?![\^!])[^\[\]\\`<>&|*_~]{1,80}\](?![(\[:])")

_DANGER = re.compile(
    r"""
    \\(?=[!-/:-@\[-`{-~]|\Z)                                        # would escape what follows
    | `
    | \*+ | _+ | ~+ | [\[\]]
    | <(?=[A-Za-z/!?])                                              # HTML, or an autolink
    | &(?=(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)   # an entity
    """,
    re.VERBOSE,
)

# What begins a block when it begins a line: heading, quotation, list, underline or rule, row under a table's head.
_BLOCK = re.compile(r"#{1,6}(?=\s|\Z)|>|[-+](?=\s|\Z)|=+\s*\Z|[-:|][-:|\s]*\Z")
_NUMBERED = re.compile(r"([0-9]{1,9})(?=[.)](?:\s|\Z))")
_CLOSING = re.compile(r"(?<![^ ])#+\Z")  # the end of a heading, which would be taken for its closing mark


def clean(text: str) -> str:
    """Text without hostile characters, every line end as "\\n"."""
    return _HOSTILE.sub("", _LINE_ENDS.sub("\n", text))


def fold(text: str) -> str:
    """Text on one line, white space folded."""
    return _SPACE.sub(" ", clean(text)).strip()


def inline(text: str) -> str:
    """Text for the middle of a line."""
    return _inline(fold(text))


def line(text: str) -> str:
    """Text for the beginning of a line."""
    return _begun(inline(text))


def heading(text: str) -> str:
    """Text for a heading, after its `#`."""
    return _CLOSING.sub(lambda m: "\\" + m[0], inline(text)) or NO_TEXT


def cell(text: str) -> str:
    """Text for a cell of a table."""
    return inline(text).replace("|", "\\|")


def link(text: str, url: str | None) -> str:
    """Escaped text, linked when the address is one of the web."""
    target = address(url)
    return f"[{text}]({target})" if target else text


def address(url: str | None) -> str | None:
    """An http(s) address as a link's target; None for anything else. What could end the target is percent-encoded."""
    plain = fold(url or "")
    try:
        parts = urlsplit(plain)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or "[" in parts.netloc:
        return None
    encoded = "".join(c if c.isalnum() or c in "-._~:/?#@!$&+,;=%" else percent(c, safe="") for c in plain)
    return re.sub(r"&(?=#?[A-Za-z0-9]{1,32};)", "&amp;", encoded)


def quotation(text: str) -> list[str]:
    """The lines of a block quotation that shows a text as it was typed: line by line, indented where it was.

    White space at the end of a line and all but one of several empty lines are let go.
    """
    lines = [typed.rstrip() for typed in clean(text).split("\n")]
    paragraphs = "\n".join(lines).strip("\n")
    quoted: list[str] = []
    for paragraph in re.split(r"\n{2,}", paragraphs) if paragraphs else ():
        *broken, last = (_typed(each) for each in paragraph.split("\n"))
        quoted += [">"] if quoted else []
        quoted += [*(f"> {each}\\" for each in broken), f"> {last}"]
    return quoted


def _typed(text: str) -> str:
    """A line as typed; a first space or tab is written as an entity, or Markdown would swallow the indentation."""
    if text[0].isspace():
        return f"&#{ord(text[0])};{_inline(text[1:])}"
    return _begun(_inline(text))


def _inline(text: str) -> str:
    remarks = {at for m in _REMARK.finditer(text) for at in (m.start(), m.end() - 1)}

    def escaped(m: re.Match[str]) -> str:
        harmless = m.start() in remarks or _harmless(m[0], text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1])
        return m[0] if harmless else "".join("\\" + c for c in m[0])

    return _DANGER.sub(escaped, text)


def _harmless(run: str, before: str, after: str) -> bool:
    """Whether a run of `*`, `_` or `~` makes no emphasis between these two characters ("" at the ends)."""
    if run[0] == "*":
        return before == after == " "  # not at an end: what is written next to it there is not known here
    if run[0] == "_":
        return before.isalnum() and after.isalnum()
    return run == "~" and before in ("", " ") and after.isdigit()


def _begun(text: str) -> str:
    if numbered := _NUMBERED.match(text):
        return f"{numbered[1]}\\{text[numbered.end() :]}"
    return f"\\{text}" if _BLOCK.match(text) else text
