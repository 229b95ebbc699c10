"""What can be measured on a page's blocks: the block model's view. Numbers only; the order of the columns is part of
the trained weights, so a change here means training again."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from store.text.html.blocks import Page
from store.text.html.compared import Told, compared
from store.text.html.standing import placed, position, tree, under
from store.text.html.words import Matrix, Words


def rows(page: Page, seen: Sequence[Words], told: Told, sounds: Matrix, names: Matrix) -> Matrix:
    """One row a block. sounds is what `lexical` gave, names what `classed` gave."""
    nodes = np.array([b.node for b in page.blocks])
    numbers = np.array([s.numbers for s in seen], np.float32)
    beside = compared(seen, told)
    bits = placed(page, nodes)
    standing = tree(page, nodes, seen, numbers, beside[:, 0])
    order = position(seen, numbers, beside[:, 0])
    below = under(page, nodes, numbers, sounds)
    base = np.hstack([numbers, sounds[:, None], beside, bits, names[nodes], standing, order, below])
    near = np.hstack([numbers[:, _NEAR], sounds[:, None], beside[:, :2], names[nodes][:, 1:], standing[:, :2]])
    return np.hstack([base, _shifted(near, (-3, -2, -1, 1, 2, 3)), _windows(near, (3, 8))]).astype(np.float32)


_NEAR = (0, 3, 8, 14, 16, 20, 28, 29, 30, 32)


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
