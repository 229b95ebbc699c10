"""How likely each block of a page is body, by a small trained model: words and class names first, then two looks of
boosted trees, the second of which sees what the first thought of the neighbours, and has the last word on all that the
first does not rule out. Weights and where they come from are in blockmodel.npz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from store.text.html import measure, standing, words
from store.text.html.blocks import Page
from store.text.html.compared import Told
from store.text.html.leveltrees import LevelTrees, two_looks
from store.text.html.words import Words
from store.text.linemodel import provenance_of


@dataclass(frozen=True, slots=True)
class Weights:
    words: npt.NDArray[np.float32]
    bias: float
    names: Mapping[str, float]
    looks: tuple[LevelTrees, LevelTrees]


def load(path: Path) -> Weights:
    """Weights as bench/train_html.py writes them."""
    with np.load(path, allow_pickle=False) as data:
        names = dict(zip(data["names"].tolist(), data["of_names"].astype(float).tolist(), strict=True))
        return Weights(data["words"].astype(np.float32), float(data["bias"]), names, two_looks(data))


_SHIPPED = Path(__file__).parent / "blockmodel.npz"


@cache
def weights() -> Weights:
    return load(_SHIPPED)


def provenance() -> dict[str, Any]:
    """When, on what and with which parameters the weights were trained, and what they reach on pages of sites that they
    had not seen: F1, precision, recall and exact pages by set, before the line pass."""
    return provenance_of(_SHIPPED)


SURELY_NOT = -4.0  # log odds of the first look; the second never made body of a block below that, on 516 pages


def odds(page: Page, seen: Sequence[Words], told: Told) -> npt.NDArray[np.float32]:
    """Log odds that each block is body: above zero, rather yes."""
    trained = weights()
    sounds = words.lexical(seen, trained.words, trained.bias)
    rows = measure.rows(page, seen, told, sounds, standing.classed(page, trained.names))
    first = trained.looks[0].odds(rows)
    doubted = np.flatnonzero(first > SURELY_NOT)
    if len(doubted):
        first[doubted] = trained.looks[1].odds(measure.again(rows, first, page)[doubted])
    return first
