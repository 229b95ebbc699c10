"""Which blocks of a page are its article: trafilatura's opinion, the page's own data and the block model, by agreement;
and the reason for each block that is not."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from store.text import entries, phrases
from store.text.html import blockmodel, blocks, marked, tables
from store.text.html.blocks import Block, Page
from store.text.html.compared import Shingles, Told
from store.text.html.data import Data
from store.text.html.lines import Lines, Shown, lines_of
from store.text.html.words import PROSE, Words, own

# Log odds. The model weighs a lost word like a kept one too many, the reader does not: on sites it had not seen, a
# doubt of 0.45 gains half a point of recall and costs nothing of F1; one of 0.6 costs exact pages and F1 of newspapers.
BENEFIT_OF_DOUBT = 0.45
# Only a model this sure keeps what its markup calls a caption, a standfirst or a newsletter.
_OVERRULES_MARKUP = 2.5
_MOST_TEXT = 2_000_000  # characters of a page that trafilatura is asked about
_MOST_ELEMENTS = 60_000
_MOST_BLOCKS = 250_000  # 15 seconds; twenty megabytes of paragraphs have 180,000

logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def read(tree: HtmlElement, data: Data, title: str) -> tuple[Page, Lines]:
    """The page's blocks and what they came to; no lines where it holds no article."""
    page = blocks.of(tree, most=_MOST_BLOCKS)
    known = told(tree, data, page)
    if not page.blocks:
        return page, Lines.all_kept(known.taken or data.article_body)
    seen = [own(block) for block in page.blocks]
    odds = blockmodel.odds(page, seen, known)
    odds[_echoes(page)] = _SURELY_NOT
    keep = tables.kept(page, agreed(odds.tolist(), seen, known.taken))
    said = {at: why for at, why in marked.reasons(page).items() if odds[at] < _OVERRULES_MARKUP}
    if any(yes and at not in said for at, yes in enumerate(keep)):
        keep = [yes and at not in said for at, yes in enumerate(keep)]
    for at in entries.heading([block.text for block in page.blocks], keep):
        keep[at] = True
    kept = sum(len(words.words) for words, yes in zip(seen, keep, strict=True) if yes)
    if kept < _THIN and (other := _instead(kept, known.taken, data)):
        return page, Lines.all_kept(other)
    return page, lines_of(_shown(page, seen, keep, title, said))


_SURELY_NOT = -9.0
_ECHOES = 50  # of one text outside tables; no page that was measured says anything of its article so often


def _echoes(page: Page) -> list[int]:
    """Blocks that the page says over and over, of which no model has seen the like."""
    times = Counter(block.text for block in page.blocks)
    if not times or max(times.values()) < _ECHOES:
        return []
    return [
        at for at, block in enumerate(page.blocks) if times[block.text] >= _ECHOES and page.nodes[block.node].row < 0
    ]


# Where the model keeps much less than the extractor took, it is the model that errs on most pages: what it only doubts
# then stands if the extractor has it. On 516 pages of sites it had not seen recall went from 0.971 to 0.974 and F1 from
# 0.9611 to 0.9623; the other way round, where it keeps much more, the model is the better judge.
_MUCH_LESS = 0.85
_DOUBTED = 1.5  # log odds


def agreed(odds: Sequence[float], seen: Sequence[Words], taken: str | None) -> list[bool]:
    """Which blocks are the article, by the model's odds and, where these leave little of it, by what the extractor
    took."""
    keep = [own > -BENEFIT_OF_DOUBT for own in odds]
    if not taken:
        return keep
    kept = sum(len(block.words) for block, yes in zip(seen, keep, strict=True) if yes)
    if kept >= _MUCH_LESS * len(taken.split()):
        return keep
    text = Shingles(taken)
    return [
        yes or (own > -_DOUBTED and text.share(block.words) > _SHARED)
        for own, block, yes in zip(odds, seen, keep, strict=True)
    ]


_SHARED = 0.5  # of a block's words


def told(tree: HtmlElement, data: Data, page: Page) -> Told:
    """What the blocks of a page are compared with."""
    return Told(data.title, data.description, data.article_body, _taken(tree, page))


_THIN = 60  # words
_MUCH_MORE = 3  # times as many words


def _instead(kept: int, taken: str | None, data: Data) -> str:
    """A text of other origin that holds much more than the little that was kept; "" where there is none."""
    for other in (data.article_body, taken or ""):
        if len(other.split()) > max(_MUCH_MORE * kept, _FEWEST if kept else 0):
            return other
    return ""


_FEWEST = 25  # words of an article that only one witness has seen


_elements = etree.XPath("count(//*)")


def _taken(tree: HtmlElement, page: Page) -> str | None:
    """What trafilatura takes for the article; None where the page is too large to ask it, in bounded time."""
    if _elements(tree) > _MOST_ELEMENTS or sum(len(block.text) for block in page.blocks) > _MOST_TEXT:
        return None
    # Its recall mode: as good as its balanced one on the development pages (F1 0.939 against 0.937) at two thirds of
    # the time. with_metadata off: the head is read elsewhere, at a tenth of the cost of its own search for dates.
    document = bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=False, favor_recall=True
    )
    text = getattr(document, "text", None)
    return text if isinstance(text, str) else ""


_SENTENCES = 12  # words of a sentence that is shown though it stands outside the article
_LINKED = 0.5
_BESIDE = 4  # blocks before and after the article


def _shown(page: Page, seen: Sequence[Words], keep: Sequence[bool], title: str, said: Mapping[int, str]) -> list[Shown]:
    """Texts and reasons of the blocks from the article's first to its last and right beside it, and of sentences and
    headings elsewhere: a reader looks there for what was lost. Links, labels and menus are left to the page."""
    kept = [at for at, yes in enumerate(keep) if yes]
    first, last = (kept[0], kept[-1]) if kept else (len(keep), -1)
    out = []
    for at, block in enumerate(page.blocks):
        if keep[at]:
            out.append(Shown(block.text, "", page.nodes[block.node].row, block.node))
        elif (
            first < at < last
            or (first - _BESIDE <= at <= last + _BESIDE and block.linked < _LINKED * len(block.text))
            or _may_be_missed(block, seen[at])
            or said.get(at) == marked.STANDFIRST
        ):
            why = said.get(at) or _why(page, block, title, before=at < first, after=at > last)
            out.append(Shown(block.text, why, page.nodes[block.node].row, block.node))
    return out


def _may_be_missed(block: Block, words: Words) -> bool:
    prose = words.numbers[PROSE] > 0 and len(words.words) >= _SENTENCES
    return prose and block.linked < _LINKED * len(block.text)


# What stands over a block that is left out, most telling first, and what the reader is told of it.
_SAID = (
    ("hidden", "hidden on the page"),
    (".comment", "reader comment"),
    (".letter", "newsletter"),
    (".share", "share prompt"),
    (".ad", "advertisement"),
    (".cookie", "cookie notice"),
    ("figcaption", "caption"),
    ("figure", "caption"),
    (".related", "related headline"),
    (".popular", "related headline"),
    ("nav", "navigation"),
    ("footer", "page footer"),
    ("form", "form"),
    ("button", "button"),
    (".picture", "caption"),
    (".meta", "author, date or topic"),
    ("aside", "beside the article"),
    (".side", "beside the article"),
)


def _why(page: Page, block: Block, title: str, *, before: bool, after: bool) -> str:
    if said := phrases.reason(block.text):
        return said
    if block.text.casefold() == title.casefold():
        return "title"
    near = page.near(block)
    for place, reason in _SAID:
        if near & blocks.BIT[place]:
            return reason
    if block.linked > _LINKED * len(block.text):
        return "related headline" if len(block.text.split()) > 4 else "link"
    return "before the article" if before else "after the article" if after else "not part of the article"
