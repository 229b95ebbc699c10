"""What can be measured on a page's blocks: the block model's view. Numbers only; the order of the columns is part of
the trained weights, so a change here means training again."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from store.text import phrases
from store.text.html.blocks import BITS, Block, Node, Page, tokens

Matrix = npt.NDArray[np.float32]

BUCKETS = 1 << 13
_SIZE = 4  # words of a shingle
_PROBES = 6  # places of a block that are looked up in another text
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"""[.!?…。؟۔]["”’»)\]]{0,2}\s""")
_ODD = re.compile(r"[|•·»›→©®™#@/\\_=<>{}\[\]]")
_CLOCK_OR_YEAR = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b")
_DIGIT = re.compile(r"\d")
_BULLET = re.compile(r"(?:[*+•·▪–—-]|\(?\d{1,2}[.)])\s")
_TAGS = ("p", "h1", "h2", "h3", "h4", "li", "td", "blockquote", "figcaption", "div", "pre", "section", "dd")
_TAG_NUMBER = {name: at for at, name in enumerate(_TAGS)}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KINDS = ("share prompt", "navigation", "newsletter", "caption", "tags", "date line", "copyright")
_KIND_OF = {kind: tuple(float(kind == other) for other in _KINDS) for kind in _KINDS}
_NO_KIND = (0.0,) * len(_KINDS)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the page beside its blocks: texts of other origin to compare with. "" where there is none."""

    title: str = ""
    description: str = ""
    article_body: str = ""
    taken: str | None = None  # what the extractor took for the article, a line a block


@dataclass(frozen=True, slots=True)
class Words:
    """A block's own words and what they sound like."""

    words: Sequence[str]
    buckets: npt.NDArray[np.int64]
    numbers: tuple[float, ...]


class Shingles:
    """A text to look blocks up in."""

    def __init__(self, text: str) -> None:
        self.rows: set[tuple[str, ...]] = set()
        self.lines: set[tuple[str, ...]] = set()
        for line in text.casefold().split("\n"):
            words = _WORD.findall(line)
            self.lines.add(tuple(words))
            self.rows.update(zip(words, words[1:], words[2:], words[3:], strict=False))

    def share(self, words: Sequence[str]) -> float:
        """How much of words stands in this text, by samples; a line of few words must stand there as a line."""
        if len(words) < _SIZE:
            return float(tuple(words) in self.lines)
        last = len(words) - _SIZE
        step = max(1, -(-last // (_PROBES - 1)))
        places = [*range(0, last, step), last]
        return sum(tuple(words[at : at + _SIZE]) in self.rows for at in places) / len(places)


def own(block: Block) -> Words:
    """The words of one block and its numbers by itself."""
    text = block.text
    size = len(text)
    sample = text[:4000]
    folded = sample.casefold()
    words = _WORD.findall(text.casefold() if size > 4000 else folded)
    pieces = sample.split()
    count = len(words)
    last = text[-12:].rstrip("\"”’»)] '")[-1:]
    cased = [t[0] for t in pieces[:200] if t[0].isalpha()]
    capitals = len([letter for letter in cased if letter.isupper()])
    function = phrases.function_words()
    stops = sum(map(function.__contains__, words[:200]))
    reason = phrases.reason(text)
    first = text[:1]
    numbers = (
        math.log1p(count),
        math.log1p(size),
        min(20.0, size / max(1, count)),
        float(last in ".。۔" and last != ""),
        float(last in "!?؟" and last != ""),
        float(last in ":;," and last != ""),
        float(last == "…"),
        float(last.isdigit()),
        math.log1p(len(_SENTENCE.findall(sample))),
        sample.count(",") / max(1, len(pieces)),
        float(first.islower()),
        float(first.isdigit()),
        float(first in "\"“‘'«„"),
        float(_BULLET.match(sample) is not None),
        capitals / max(1, len(cased)),
        len(_DIGIT.findall(sample[:300])) / max(1, min(size, 300)),
        stops / max(1, min(count, 200)),
        math.log1p(len(_ODD.findall(sample))),
        float(_CLOCK_OR_YEAR.search(sample) is not None),
        float("\n" in text),
        float(bool(reason)),
        *_KIND_OF.get(reason, _NO_KIND),
        float(phrases.opens(text)),
        float((last in ".!?…。؟۔:;" and last != "" and count >= 5) or count >= 28),
        min(1.0, block.linked / max(1, size)),
        math.log1p(block.links),
        min(1.0, block.strong / max(1, size)),
    )
    return Words(words, _hashed(words), numbers)


OPENS = 28  # column of the numbers that says whether a block heads links or teasers
PROSE = 29  # column of the numbers that says whether a block reads like sentences
LINKED = 30
OWN = 33


def _hashed(words: Sequence[str]) -> npt.NDArray[np.int64]:
    if len(words) > 24:
        words = [*words[:16], "…", *words[-8:]]
    seen = [_code(word) for word in words]
    single = {code % BUCKETS for code in seen}
    single.update([(a * 0x9E3779B1 + b) % BUCKETS for a, b in pairwise([1, *seen, 2])])
    return np.fromiter(single, np.int64, len(single))


@lru_cache(maxsize=1 << 16)
def _code(word: str) -> int:
    return crc32(b"0" if word[0].isdigit() else word.encode("utf-8", "replace"))


def lexical(seen: Sequence[Words], weights: npt.NDArray[np.float32], bias: float) -> Matrix:
    """How much each block's words sound like body, as log odds."""
    sizes = [len(block.buckets) for block in seen]
    if not sum(sizes):
        return np.full(len(seen), bias, np.float32)
    flat = weights[np.concatenate([block.buckets for block in seen])]
    total = np.bincount(np.repeat(np.arange(len(seen)), sizes), flat, len(seen))
    return (bias + total / np.sqrt(np.maximum(1, sizes))).astype(np.float32)


def classed(page: Page, weights: Mapping[str, float]) -> Matrix:
    """What the class names of each node, and of all nodes above it, sound like, as sums of weights of generic words."""
    own = np.zeros(len(page.nodes), np.float32)
    above = np.zeros(len(page.nodes), np.float32)
    said: dict[str, float] = {}
    for at, node in enumerate(page.nodes):
        named = node.named
        if named:
            if named not in said:
                said[named] = sum([weights.get(token, 0.0) for token in tokens(named)])
            own[at] = said[named]
        above[at] = above[node.parent] + own[at] if node.parent >= 0 else own[at]
    return np.stack([own, above], axis=1)


def rows(page: Page, seen: Sequence[Words], told: Told, sounds: Matrix, names: Matrix) -> Matrix:
    """One row a block. sounds is what `lexical` gave, names what `classed` gave."""
    nodes = np.array([b.node for b in page.blocks])
    numbers = np.array([s.numbers for s in seen], np.float32)
    compared = _compared(seen, told)
    placed = _placed(page, nodes)
    tree = _tree(page, nodes, seen, numbers, compared[:, 0])
    position = _position(seen, numbers, compared[:, 0])
    under = _under(page, nodes, numbers, sounds)
    base = np.hstack([numbers, sounds[:, None], compared, placed, names[nodes], tree, position, under])
    near = np.hstack([numbers[:, _NEAR], sounds[:, None], compared[:, :2], names[nodes][:, 1:], tree[:, :2]])
    return np.hstack([base, _shifted(near, (-3, -2, -1, 1, 2, 3)), _windows(near, (3, 8))]).astype(np.float32)


_NEAR = (0, 3, 8, 14, 16, 20, 28, 29, 30, 32)


def _compared(seen: Sequence[Words], told: Told) -> Matrix:
    """Shares of each block in the extractor's text and in the page's own data; likeness to the title; copies."""
    taken = Shingles(told.taken) if told.taken is not None else None
    body = Shingles(told.article_body) if len(told.article_body) > 200 else None
    description = Shingles(told.description) if told.description else None
    title = set(_WORD.findall(told.title.casefold()))
    starts = [tuple(s.words[:30]) for s in seen]
    copies = Counter(starts)
    out = np.empty((len(seen), 7), np.float32)
    for at, block in enumerate(seen):
        words = block.words
        distinct = set(words[:40])
        common = len(distinct & title)
        out[at] = (
            taken.share(words) if taken else -1.0,
            body.share(words) if body else -1.0,
            description.share(words) if description else -1.0,
            common / max(1, len(distinct)),
            common / max(1, len(title)),
            copies[starts[at]],
            len(words),
        )
    return out


_BITS = len(BITS)


def _placed(page: Page, nodes: npt.NDArray[np.intp]) -> Matrix:
    """Bits over each block, of its near ones (itself, parent, grandparent), and its tag."""
    over = np.array([n.over for n in page.nodes], np.int64)
    own = np.array([n.own for n in page.nodes], np.int64)
    parent = np.maximum(0, np.array([n.parent for n in page.nodes]))
    near = own | own[parent] | own[parent[parent]]
    inline = np.array([b.inline for b in page.blocks], np.int64)
    shifts = np.arange(_BITS)
    far = (over[nodes][:, None] >> shifts) & 1
    close = ((near[nodes] | inline)[:, None] >> shifts) & 1
    number = np.array([_TAG_NUMBER.get(n.tag, -1) for n in page.nodes])
    tag = number[nodes][:, None] == np.arange(len(_TAGS))
    depth = np.array([[n.depth] for n in page.nodes], np.float32)[nodes]
    return np.hstack([far, close, tag, depth]).astype(np.float32)


def _tree(page: Page, nodes: npt.NDArray[np.intp], seen: Sequence[Words], numbers: Matrix, taken: Matrix) -> Matrix:
    """Where each block stands in the tree: shares of the page's sentences under the elements above it, the relation to
    the element that holds most of them, and what the blocks of its own kind are like."""
    count = len(page.nodes)
    parent = np.array([n.parent for n in page.nodes])
    size = np.array([len(s.words) for s in seen], np.float64)
    prose = size * (numbers[:, PROSE] > 0) * (numbers[:, LINKED] < 0.5)
    linked = size * numbers[:, LINKED]
    kept = size * np.maximum(0, taken)
    sums = np.zeros((count, 4))
    direct = np.zeros(count)
    np.add.at(sums, nodes, np.stack([size, prose, linked, kept], axis=1))
    np.add.at(direct, nodes, prose)
    # Sentences as a container sees them: of its children in full, of grandchildren half (readability's own rule).
    scores = np.zeros(count)
    sums = np.stack([_under_each(column, parent) for column in sums.T], axis=1)
    up = np.maximum(0, parent)
    for ups, share in ((up, 1.0), (up[up], 0.5)):
        scores += np.bincount(ups, direct * share, count)
    scores *= 1 - sums[:, 2] / np.maximum(1, sums[:, 0])
    best = int(np.argmax(scores)) if count else 0
    steps = _steps_to(parent, best)
    total = np.maximum(1.0, sums[0])
    up1 = np.maximum(0, parent[nodes])
    up2 = np.maximum(0, parent[up1])
    up3 = np.maximum(0, parent[up2])
    columns = [
        steps[nodes],
        scores[up1] / max(1.0, scores[best]),
        sums[nodes][:, 1] / total[1],
        sums[up1][:, 1] / total[1],
        sums[up2][:, 1] / total[1],
        sums[up3][:, 1] / total[1],
        sums[up1][:, 2] / np.maximum(1, sums[up1][:, 0]),
        sums[up2][:, 2] / np.maximum(1, sums[up2][:, 0]),
        sums[up3][:, 2] / np.maximum(1, sums[up3][:, 0]),
        sums[up1][:, 3] / np.maximum(1, sums[up1][:, 0]),
        sums[up2][:, 3] / np.maximum(1, sums[up2][:, 0]),
        sums[up3][:, 3] / np.maximum(1, sums[up3][:, 0]),
        np.log1p(sums[up1][:, 0]),
        np.log1p(sums[up2][:, 0]),
        *_kinds(page.nodes, nodes, size, prose, linked, kept),
        np.full(len(nodes), sums[0][3] / max(1.0, sums[0][1])),
        np.full(len(nodes), math.log1p(sums[0][1])),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _under(page: Page, nodes: npt.NDArray[np.intp], numbers: Matrix, sounds: Matrix) -> Matrix:
    """What each block stands under: the last heading, the last heading of links or teasers; pictures around it; and its
    place among the blocks of the elements above it."""
    count = len(nodes)
    at = np.arange(count)
    heading = np.array([page.nodes[n].tag in _HEADINGS for n in nodes])
    opener = numbers[:, OPENS] > 0
    last = np.maximum.accumulate(np.where(heading, at, -1))
    opened = np.maximum.accumulate(np.where(opener, at, -1))
    sound = np.where(last >= 0, sounds[np.maximum(0, last)], 0.0)
    parent = np.array([n.parent for n in page.nodes])
    pictures = _under_each(np.array([n.pictures for n in page.nodes]), parent)
    up1 = np.maximum(0, parent[nodes])
    up2 = np.maximum(0, parent[up1])
    columns = [
        np.where(last >= 0, np.minimum(at - last, 30), -1),
        sound,
        np.where(opened >= 0, np.minimum(at - opened, 30), -1),
        np.where(opened >= 0, last > opened, -1),
        np.minimum(pictures[nodes], 9),
        np.minimum(pictures[up1], 9),
        np.minimum(pictures[up2], 9),
        *_places(nodes),
        *_places(up1),
        *_places(up2),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _places(groups: npt.NDArray[np.intp]) -> Iterable[Matrix]:
    """For each block, how many of its group stand before it and after it, up to 30."""
    order = np.argsort(groups, kind="stable")
    ranked = groups[order]
    starts = np.searchsorted(ranked, groups, "left")
    ends = np.searchsorted(ranked, groups, "right")
    place = np.empty(len(groups), np.int64)
    place[order] = np.arange(len(groups))
    yield np.minimum(place - starts, 30).astype(np.float32)
    yield np.minimum(ends - 1 - place, 30).astype(np.float32)


def _under_each(values: npt.NDArray[np.generic], parent: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """For each node the sum of its own value and of all below it; parents come before their children."""
    sums: list[float] = values.tolist()
    ups: list[int] = parent.tolist()
    for at in range(len(sums) - 1, 0, -1):
        sums[ups[at]] += sums[at]
    return np.array(sums, np.float64)


def _steps_to(parent: npt.NDArray[np.intp], best: int) -> Matrix:
    """For each node how many levels it stands under best; -n where only the n-th element above best holds both."""
    ups: list[int] = parent.tolist()
    above = {}
    at, far = best, 0
    while at >= 0:
        above[at] = -far
        at, far = ups[at], far + 1
    steps: list[int] = []
    for at, up in enumerate(ups):
        known = above.get(at)
        if known is None:
            over = steps[up]
            known = over if over < 0 else over + 1
        steps.append(known)
    return np.array(steps, np.float32)


def _kinds(
    nodes: Sequence[Node],
    at: npt.NDArray[np.intp],
    size: npt.NDArray[np.float64],
    prose: npt.NDArray[np.float64],
    linked: npt.NDArray[np.float64],
    kept: npt.NDArray[np.float64],
) -> Iterable[Matrix]:
    """About all blocks whose elements are named like a block's own: how many, words, sentences, links, taken."""
    codes: dict[tuple[str, ...], int] = {}
    of_node: dict[int, int] = {}
    for n in at.tolist():
        if n not in of_node:
            node = nodes[n]
            up = nodes[node.parent] if node.parent >= 0 else node
            key = (node.tag, *tokens(node.named)[:6], "<", up.tag, *tokens(up.named)[:6])
            of_node[n] = codes.setdefault(key, len(codes))
    kind = np.array([of_node[n] for n in at.tolist()], np.int64)
    many = len(codes)
    words = np.bincount(kind, size, many)
    for values in (
        np.log1p(np.bincount(kind, minlength=many)),
        words / max(1.0, size.sum()),
        np.bincount(kind, prose, many) / max(1.0, prose.sum()),
        np.bincount(kind, prose, many) / np.maximum(1, words),
        np.bincount(kind, linked, many) / np.maximum(1, words),
        np.bincount(kind, kept, many) / np.maximum(1, words),
    ):
        yield values[kind].astype(np.float32)


def _position(seen: Sequence[Words], numbers: Matrix, taken: Matrix) -> Matrix:
    size = np.array([len(s.words) for s in seen], np.float64)
    count = len(seen)
    before = np.cumsum(size) - size
    prose = size * (numbers[:, PROSE] > 0) * (numbers[:, LINKED] < 0.5)
    kept = np.flatnonzero((taken > 0.5) & (numbers[:, PROSE] > 0))
    first, last = (int(kept[0]), int(kept[-1])) if len(kept) else (0, count - 1)
    at = np.arange(count)
    told = np.maximum(0, taken) * size
    columns = [
        at / max(1, count),
        before / max(1.0, size.sum()),
        (np.cumsum(prose) - prose) / max(1.0, prose.sum()),
        (np.cumsum(told) - told) / max(1.0, told.sum()),
        np.clip(at - first, -20, 20),
        np.clip(at - last, -20, 20),
        np.full(count, math.log1p(count)),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _shifted(values: Matrix, steps: Sequence[int]) -> Matrix:
    reach = max(map(abs, steps))
    edge = np.full((reach, values.shape[1]), -1.0, np.float32)
    padded = np.vstack([edge, values, edge])
    return np.hstack([padded[reach + step : reach + step + len(values)] for step in steps])


def _windows(values: Matrix, reaches: Sequence[int]) -> Matrix:
    """For each reach, means over the blocks up to so far above, and below, the block itself left out."""
    count = len(values)
    sums = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    at = np.arange(count)
    out = []
    for reach in reaches:
        start, end = np.maximum(0, at - reach), np.minimum(count, at + 1 + reach)
        out.append((sums[at] - sums[start]) / np.maximum(1, at - start)[:, None])
        out.append((sums[end] - sums[at + 1]) / np.maximum(1, end - at - 1)[:, None])
    return np.hstack(out).astype(np.float32)


def again(first: Matrix, odds: npt.NDArray[np.float32], page: Page) -> Matrix:
    """The rows with what the first look thought of each block, its neighbours, its kind and its container."""
    own = odds[:, None]
    chance = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    near = np.stack([odds, chance], axis=1)
    nodes = np.array([b.node for b in page.blocks])
    parent = np.maximum(0, np.array([n.parent for n in page.nodes]))
    size = np.array([math.log1p(len(b.text)) for b in page.blocks], np.float32)
    groups = [_mean_in(parent[nodes], chance, size), _mean_in(parent[parent[nodes]], chance, size)]
    sure = np.flatnonzero(odds > 1)
    start, end = (int(sure[0]), int(sure[-1])) if len(sure) else (0, len(odds))
    at = np.arange(len(odds))
    edges = [np.clip(at - start, -20, 20), np.clip(at - end, -20, 20), np.full(len(odds), math.log1p(len(sure)))]
    return np.hstack(
        [
            first,
            own,
            _shifted(own, (-4, -3, -2, -1, 1, 2, 3, 4)),
            _windows(near, (2, 5, 12)),
            np.stack([*groups, *edges], axis=1),
        ]
    ).astype(np.float32)


def _mean_in(groups: npt.NDArray[np.intp], values: Matrix, weights: Matrix) -> Matrix:
    """For each block the weighted mean of values over the other blocks of its group, 0.5 where it is alone."""
    top = int(groups.max()) + 1 if len(groups) else 0
    total = np.bincount(groups, values * weights, top)[groups] - values * weights
    many = np.bincount(groups, weights, top)[groups] - weights
    return np.where(many > 1e-9, total / np.maximum(1e-9, many), 0.5).astype(np.float32)
