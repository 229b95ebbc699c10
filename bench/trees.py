"""LightGBM's boosted trees as the flat arrays that the program reads (store.text.linemodel.Trees)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def flat(trees: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The `tree_info` of a dumped model as arrays, a leaf as a node that points at itself."""
    feature: list[int] = []
    threshold: list[float] = []
    children: list[int] = []
    value: list[float] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        at = len(feature)
        leaf = "leaf_value" in node
        feature.append(0 if leaf else node["split_feature"])
        threshold.append(np.inf if leaf else node["threshold"])
        value.append(node["leaf_value"] if leaf else 0.0)
        children.extend((at, at))
        if not leaf:
            children[2 * at] = add(node["left_child"], depth + 1)
            children[2 * at + 1] = add(node["right_child"], depth + 1)
        return at

    roots = [add(tree["tree_structure"], 0) for tree in trees]
    return {
        "feature": np.array(feature, np.int16),
        "threshold": np.array(threshold, np.float32),
        "children": np.array(children, np.int32),
        "value": np.array(value, np.float16),
        "roots": np.array(roots, np.int32),
        "depth": np.array(deepest, np.int32),
    }
