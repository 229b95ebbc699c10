"""A text as paragraph lines: hard-wrapped paragraphs joined again, one endless line split into readable paragraphs.
Knows nothing of what a line means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise

# A wrapped text has most of its breaks where the next word would not have fitted. Headlines under each other fit one
# width by chance in about a fifth of the cases; lists and verse begin their lines with capitals, prose seldom does.
_WIDTHS = range(45, 101)
_FITTING_SHARE = 0.7
_SMALL_LETTER_SHARE = 0.3
_FEWEST_BREAKS = 4

# A text wrapped without care for its width still breaks in mid-sentence, in lines no longer than a screen is wide.
_LONGEST_WRAPPED = 100  # characters
_SHORTEST_WRAPPED = 44
_WITHIN_SHARE = 0.9  # of the lines are no longer
_MID_SENTENCE_SHARE = 0.35  # of the breaks between lines; of lists and menus hardly any
_FEWEST_MID_SENTENCE = 3
_SHORTER = 0.75  # of the width: a line that ends its sentence here, or a heading, ends the paragraph
_SURELY_SHORT = 30  # characters; a line that short goes on only where it is not a paragraph's first

_ENDLESS = 1500  # characters; the longest paragraph in edited news is shorter
_ENDLESS_SHARE = 0.7
_PARAGRAPH = 420  # characters after which a paragraph made from an endless line ends with its sentence

_SENTENCE_END = re.compile(r"""[.!?…۔؟。](?:["”’»)\]]{1,3})?\s+(?=["“‘«(\[]?[^\W\d_a-zа-яёіїєґ]|["“‘«]|\d)""")
_ABBREVIATION = re.compile(r"(?:^|[\s(\"“])(?:[^\W\d_]|[^\W\d_]\.[^\W\d_]|[A-Z][a-z]{0,4}|No|vs|approx|г|им|т)\.$")
_STOP = re.compile(r"""[.!?…؟۔。:;]["”’'»)\]]{0,3}$""")
_LINKED = re.compile(r"(?:to|of|and|the|in|by|or|on|for|up|off|at|out|de|la|le)-")  # "face-" "to-face"
_SHARED_HYPHEN = frozenset(("und", "oder", "bzw.", "and", "or"))  # "Ein-" "und Ausfuhr"
_KEPT_HYPHEN = frozenset(
    (
        "self",
        "long",
        "short",
        "well",
        "ex",
        "non",
        "anti",
        "co",
        "pre",
        "post",
        "semi",
        "cross",
        "half",
        "all",
        "mid",
        "vice",
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph's worth of text; gap says that a blank line, or the start of the text, stands before it."""

    text: str
    gap: bool


def split(text: str) -> list[Line]:
    """The non-blank lines of text as paragraphs, stripped of outer white space, in order."""
    blocks = _blocks(text)
    if width := _width(blocks):
        blocks = [_unwrapped(block, width, parts=_parts(block, width)) for block in _indented(text, blocks)]
    elif width := _ragged_width(blocks):
        blocks = [_unwrapped(block, width, ragged=True) for block in _indented(text, blocks)]
    lines = [Line(line, at == 0) for block in blocks for at, line in enumerate(block)]
    return _readable(lines)


def sentences(text: str) -> list[str]:
    """A plain split at sentence ends, good enough to set paragraphs and to compare standfirsts; linear in the text."""
    parts, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1]):
            continue
        parts.append(text[start : match.end()].rstrip())
        start = match.end()
    if start < len(text):
        parts.append(text[start:].strip())
    return [part for part in parts if part]


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines without a blank line between them."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if stripped := line.strip():
            blocks[-1].append(stripped)
        elif blocks[-1]:
            blocks.append([])
    return blocks if blocks[-1] else blocks[:-1]


def _breaks(blocks: list[list[str]]) -> list[tuple[int, int, bool]]:
    """For each line with another below it: its length, the same with the next word, whether a small letter follows."""
    return [
        (len(line), len(line) + 1 + len(below.split(None, 1)[0]), below[:1].islower())
        for block in blocks
        for line, below in pairwise(block)
    ]


def _width(blocks: list[list[str]]) -> int:
    """The column at which the text was wrapped, 0 if it was not."""
    breaks = _breaks(blocks)
    if len(breaks) < _FEWEST_BREAKS:
        return 0
    # How many more breaks fit each width than the one before.
    more = [0] * (_WIDTHS.stop + 1)
    for length, with_next, _ in breaks:
        first, end = max(length, _WIDTHS.start), min(with_next, _WIDTHS.stop)
        if first < end and with_next <= 160:
            more[first] += 1
            more[end] -= 1
    fitting = list(accumulate(more))
    if not any(fitting):
        return 0
    width = fitting.index(max(fitting))
    near = [b for b in breaks if b[0] > width - 14]
    wrapped = [b for b in near if b[0] <= width < b[1]]
    small = sum(b[2] for b in wrapped)
    fits = len(wrapped) >= _FITTING_SHARE * len(near) and len(wrapped) >= _FEWEST_BREAKS
    return width if fits and small >= _SMALL_LETTER_SHARE * len(wrapped) else 0


def _ragged_width(blocks: list[list[str]]) -> int:
    """The length of the longest usual line of a text that breaks its sentences anywhere, 0 if it does not."""
    lengths = sorted(len(line) for block in blocks for line in block)
    pairs = [pair for block in blocks for pair in pairwise(block)]
    within = sum(length <= _LONGEST_WRAPPED for length in lengths)
    middle = [len(line) for line, below in pairs if len(line) >= _SHORTEST_WRAPPED and _goes_on(line, below)]
    if within < _WITHIN_SHARE * len(lengths) or len(middle) < _FEWEST_MID_SENTENCE:
        return 0
    if len(middle) < _MID_SENTENCE_SHARE * len(pairs):
        return 0
    return sorted(middle)[len(middle) * 3 // 4]


def _goes_on(line: str, below: str) -> bool:
    """Whether the sentence of line goes on in the one below."""
    return below[:1].islower() and _STOP.search(line[-4:]) is None


def _indented(text: str, blocks: list[list[str]]) -> list[list[str]]:
    """blocks, parted before each line that stands further in than the one above it, where few do."""
    lines = [line for line in text.split("\n") if line.strip()]
    depths = [len(line) - len(line.lstrip()) for line in lines]
    inner = {i for i, (above, depth) in enumerate(pairwise(depths), 1) if depth > above}
    if not inner or 2 * sum(depth > 0 for depth in depths) > len(depths):
        return blocks
    made: list[list[str]] = []
    at = 0
    for block in blocks:
        made.append([])
        for line in block:
            if at in inner and made[-1] and not _goes_on(made[-1][-1], line):
                made.append([])
            made[-1].append(line)
            at += 1
    return made


def _parts(block: list[str], width: int) -> bool:
    """Whether a sentence that ends with its line, where the next word would not have fitted, ends its paragraph too:
    where most sentences do, as far as lines tell that end early."""
    ended = [(line, below) for line, below in pairwise(block) if _STOP.search(line[-4:]) and not below[:1].islower()]
    early = sum(len(line) + 1 + len(below.split(None, 1)[0]) <= width - 2 for line, below in ended)
    within = sum(sum(1 for _ in _SENTENCE_END.finditer(line)) for line in block)
    return early > within


def _unwrapped(block: list[str], width: int, *, ragged: bool = False, parts: bool = False) -> list[str]:
    """The paragraphs of block. parts: a full line that ends a sentence ends its paragraph."""
    paragraphs: list[list[str]] = []
    open_ = False
    for at, line in enumerate(block):
        if open_:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        following = block[at + 1] if at + 1 < len(block) else ""
        below = following.split(None, 1)[0] if following else ""
        # Two columns of tolerance: some wrappers count the break, some double spaces were folded.
        full = len(line) <= width + 2 and len(line) + 1 + len(below) > width - 2
        if parts and full and not following[:1].islower() and _STOP.search(line[-4:]):
            full = False
        if ragged:
            full = len(line) >= (width if _STOP.search(line[-4:]) else _SHORTER * width)
        begun = len(line) >= _SURELY_SHORT or len(paragraphs[-1]) > 1 or line.endswith("-")
        open_ = bool(below) and (full or (begun and _goes_on(line, following)))
    return [_joined(parts) for parts in paragraphs]


def _joined(parts: list[str]) -> str:
    made = parts[:1]
    for part in parts[1:]:
        last, first = made[-1], part.split(None, 1)[0]
        if last.endswith("\u00ad"):
            made[-1] = last[:-1]
        elif not re.search(r"[^\W\d_]-$", last) or not first[:1].islower() or first in _SHARED_HYPHEN:
            made.append(" ")
        elif not _keeps_hyphen(last, first):
            made[-1] = last[:-1]
        made.append(part)
    return "".join(made)


def _keeps_hyphen(line: str, first: str) -> bool:
    word = re.search(r"([^\W\d_]+)-$", line[-30:])
    return (word is not None and word[1].casefold() in _KEPT_HYPHEN) or _LINKED.match(first) is not None


def _readable(lines: list[Line]) -> list[Line]:
    total = sum(len(line.text) for line in lines)
    made: list[Line] = []
    for line in lines:
        if len(line.text) < _ENDLESS or len(line.text) < _ENDLESS_SHARE * total:
            made.append(line)
            continue
        made.extend(Line(text, line.gap if at == 0 else True) for at, text in enumerate(_paragraphs(line.text)))
    return made


def _paragraphs(text: str) -> list[str]:
    paragraphs: list[list[str]] = [[]]
    length = 0
    for sentence in sentences(text):
        if length >= _PARAGRAPH:
            paragraphs.append([])
            length = 0
        paragraphs[-1].append(sentence)
        length += len(sentence) + 1
    if len(paragraphs) > 1 and sum(map(len, paragraphs[-1])) < _PARAGRAPH // 4:
        last = paragraphs.pop()
        paragraphs[-1].extend(last)
    return [" ".join(p) for p in paragraphs if p]
