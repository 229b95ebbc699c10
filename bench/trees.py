"""Boosted trees as the flat arrays that the program reads: LightGBM's (store.text.linemodel.Trees) and CatBoost's
(store.text.html.leveltrees.LevelTrees)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
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


def levels(model: Any) -> dict[str, Any]:
    """The trees of a CatBoost model of numbers; levels that a tree lacks ask what is never so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        told = json.loads(path.read_text(encoding="utf-8"))
    trees = told["oblivious_trees"]
    deepest = max(len(tree["splits"] or ()) for tree in trees)
    feature = np.zeros((deepest, len(trees)), np.int16)
    border = np.full((deepest, len(trees)), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << deepest), np.float32)
    scale, (bias,) = told["scale_and_bias"]
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or ()):
            feature[level, number], border[level, number] = split["float_feature_index"], split["border"]
        values = tree["leaf_values"]
        leaves[number, : len(values)] = np.array(values) * scale
    return {"feature": feature, "border": border, "leaves": leaves.astype(np.float16), "bias": np.float32(bias)}
