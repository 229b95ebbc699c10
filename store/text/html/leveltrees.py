"""Boosted trees that ask one question of all nodes of a level: a tree is then a few comparisons and one look-up,
several times as fast in numpy as a walk from node to node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

_AT_ONCE = 512  # rows a pass: bounds the memory


@dataclass(frozen=True, slots=True)
class LevelTrees:
    """feature and border hold a row a level and a column a tree; a value above the border sets the level's bit of the
    leaf's number. leaves holds a row a tree, two to the power of the levels in it; bias is added to their sum.

    At most eight levels."""

    feature: npt.NDArray[np.intp]
    border: npt.NDArray[np.float32]
    leaves: npt.NDArray[np.float32]
    bias: float

    def odds(self, rows: Matrix) -> Matrix:
        """The sum of the trees' leaves for each row, as log odds."""
        return np.concatenate([self._some(rows[i : i + _AT_ONCE]) for i in range(0, len(rows), _AT_ONCE)])

    def _some(self, rows: Matrix) -> Matrix:
        columns = np.ascontiguousarray(rows.T)
        levels, trees = self.feature.shape
        leaf = np.zeros((trees, len(rows)), np.uint8)
        for level in range(levels):
            asked = columns.take(self.feature[level], axis=0) > self.border[level][:, None]
            leaf |= asked.view(np.uint8) << np.uint8(level)
        at = leaf + (np.arange(trees) << levels)[:, None]
        total: Matrix = self.leaves.ravel().take(at).sum(axis=0, dtype=np.float32)
        return total + np.float32(self.bias)


def two_looks(data: Mapping[str, Any]) -> tuple[LevelTrees, LevelTrees]:
    """The trees of the first and the second look, as bench/train_html.py writes them."""

    def look(number: int) -> LevelTrees:
        return LevelTrees(
            data[f"feature{number}"].astype(np.intp),
            data[f"border{number}"],
            data[f"leaves{number}"].astype(np.float32),
            float(data[f"bias{number}"]),
        )

    return look(1), look(2)
