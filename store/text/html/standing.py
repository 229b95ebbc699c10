"""Where blocks stand: in the tree, among their kind, under which headings, names and elements."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from store.text.html.blocks import BITS, Node, Page, tokens
from store.text.html.words import LINKED, OPENS, PROSE, Matrix, Words

_TAGS = ("p", "h1", "h2", "h3", "h4", "li", "td", "blockquote", "figcaption", "div", "pre", "section", "dd")
_TAG_NUMBER = {name: at for at, name in enumerate(_TAGS)}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


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


_BITS = len(BITS)


def placed(page: Page, nodes: npt.NDArray[np.intp]) -> Matrix:
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


def tree(page: Page, nodes: npt.NDArray[np.intp], seen: Sequence[Words], numbers: Matrix, taken: Matrix) -> Matrix:
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


def under(page: Page, nodes: npt.NDArray[np.intp], numbers: Matrix, sounds: Matrix) -> Matrix:
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


def position(seen: Sequence[Words], numbers: Matrix, taken: Matrix) -> Matrix:
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
