"""The desk's own method: a weighted sum of what can be measured on a sentence. The weights stand in desk.toml with
where they come from; bench/train_summary.py makes them anew."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from sumy.summarizers._summarizer import AbstractSummarizer

from store.summary.budget import Budget
from store.summary.features import FEATURES, measure
from store.summary.graph import Floats


@cache
def weights() -> Floats:
    """One weight a feature, in the order of FEATURES; 0 for a feature the file does not name."""
    read = tomllib.loads(files("store.summary").joinpath("desk.toml").read_text(encoding="utf-8"))["weights"]
    return np.array([float(read.get(name, 0.0)) for name in FEATURES])


class Desk(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    def __init__(self, weighing: Floats) -> None:
        super().__init__()
        self._weighing = weighing

    def __call__(self, document: Any, sentences_count: Budget) -> tuple[Any, ...]:
        ranks = iter((measure(document) @ self._weighing).tolist())
        budget = replace(sentences_count, coherent=True)
        return tuple(self._get_best_sentences(document.sentences, budget, lambda _: next(ranks)))


def make(_lang: str) -> Desk:
    return Desk(weights())
