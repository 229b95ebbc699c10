"""Train the block model of store/text/html on the development pages and write its weights.

    python bench/train_html.py BENCH/clean [--out store/text/html/blockmodel.npz] [--folds DIR] [--cache FILE]
    python bench/train_html.py BENCH/clean --judge BLOCKS LINES [--out store/text/html/blockmodel.npz]

Needs catboost and scikit-learn, which the program itself does not. All pages of a site are in one fold; the table
that it prints, and the weights of each fold that --folds writes (fold0.npz, ...), are of pages whose site was not seen.
Words of class names are learned only if they stand on pages of many sites: they belong to the web, not to an outlet.
Each page is shown to the trees a second time with half of its names taken away, as the names of a site's own making say
nothing: on unseen sites that gained 0.0012 of F1 and 0.0007 of recall.

--judge trains nothing: whole stories are read with the blocks' and the lines' weights of the fold that has not seen the
page's site, from the folders that --folds of this script and of train_clean.py wrote.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

import catboost
import numpy as np
from learning import Score, hashed, means, remember, sound, tabled
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from train_clean_labels import label
from trees import levels

sys.path.insert(0, str(Path(__file__).parents[1]))
from store.model import Given, Markup, Raw, StoryId
from store.text import linemodel
from store.text.html import article, blockmodel, blocks, data, measure, standing, tables, tree
from store.text.html.blocks import Page
from store.text.html.compared import Told
from store.text.html.words import BUCKETS, Words, own
from store.text.story import read
from tests.gate.clean_measure import compare
from tests.gate.clean_sets import is_news, set_of

FOLDS = 5
TREES = (150, 200)
FEWEST_SITES = 8  # on which a class name's word must stand to be learned
WEIGHT_OF_NEWS = 1.5
NAMELESS = 0.5  # share of a page's different names that its copy goes without
WEIGHT_OF_COPIES = 0.5
UNASKED = 12  # every so many pages are shown without the extractor's opinion: very large ones will have none
DOUBTS = (0.0, 0.3, 0.45, 0.6, 0.9)
# CatBoost's. Its trees ask one question a level; on newspapers of unseen sites they had 0.003 more of F1 and a quarter
# more exact pages than LightGBM's, on guides and shops 0.001 less, and they are read several times as fast.
PARAMETERS: dict[str, Any] = {
    "depth": 6,
    "learning_rate": 0.1,
    "l2_leaf_reg": 10.0,
    "rsm": 0.2,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.6,
    "border_count": 63,
    "thread_count": 2,
    "random_seed": 7,
    "verbose": 0,
    "allow_writing_files": False,
}


@dataclass(slots=True)
class Example:
    """A page as the model sees it, and which of its blocks are body."""

    id: str
    site: str
    set: str
    body: str
    page: Page
    seen: list[Words]
    told: Told
    labels: list[int]

    @property
    def fold(self) -> int:
        return crc32(self.site.encode()) % FOLDS


def examples(bench: Path) -> Iterator[Example]:
    with gzip.open(bench / "html.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            root = tree.parse(record["html"])
            if root is None:
                continue
            page = blocks.of(root)
            told = article.told(root, data.of(root), page)
            if crc32(record["id"].encode()) % UNASKED == 0:
                told = replace(told, taken=None)
            seen = [own(block) for block in page.blocks]
            labels = label([block.text for block in page.blocks], record["body"])
            if labels:
                yield Example(record["id"], record["site"], set_of(record), record["body"], page, seen, told, labels)


@dataclass(slots=True)
class Rows:
    """All blocks of all pages, one after the other; page i is rows[at[i] : at[i + 1]]."""

    pages: Sequence[Example]
    at: Any
    labels: Any
    weights: Any
    folds: Any
    words: Any

    def spans(self) -> Iterator[tuple[Example, int, int]]:
        return zip(self.pages, self.at, self.at[1:], strict=False)


def gather(found: Sequence[Example]) -> Rows:
    at = np.append(0, np.cumsum([len(page.labels) for page in found]))
    words = hashed([words.buckets for page in found for words in page.seen], BUCKETS)
    folds = np.repeat([page.fold for page in found], np.diff(at))
    labels = np.concatenate([page.labels for page in found]).astype(np.int8)
    return Rows(found, at, labels, np.concatenate([_weigh(page) for page in found]), folds, words)


def _weigh(page: Example) -> Any:
    """A block's share of the words of its page's body, as in the measure."""
    words = np.array([len(seen.words) + 2.0 for seen in page.seen])
    weights = np.minimum(words / ((words * np.array(page.labels)).sum() + 60), 0.15)
    return weights * (WEIGHT_OF_NEWS if is_news({"id": page.id}) else 1.0)


@dataclass(slots=True)
class Trained:
    words: Any
    bias: float
    names: dict[str, float]
    looks: list[catboost.CatBoost]


def train(rows: Rows) -> tuple[Trained, list[Trained], Any]:
    """The model of all pages, those of all folds but one, and the odds that these give the fold they have not seen.
    Each stage learns from what the one before said of folds it had not seen."""
    everything = np.ones(len(rows.labels), bool)
    whole = _first(rows, everything)
    parts = [_first(rows, rows.folds != fold) for fold in range(FOLDS)]
    sounds = np.zeros(len(rows.labels), np.float32)
    for fold, part in enumerate(parts):
        own = rows.folds == fold
        sounds[own] = (rows.words @ part.words + part.bias)[own]
    shown = [[page.page for page in rows.pages], [nameless(page) for page in rows.pages]]
    matrices = [_matrix(rows, pages, parts, sounds) for pages in shown]
    looks: list[Any] = []
    for look in (0, 1):
        odds = [np.zeros(len(rows.labels), np.float32) for _ in shown]
        for fold, part in enumerate(parts):
            own = rows.folds == fold
            part.looks.append(_trees(matrices, rows, ~own, TREES[look]))
            for said, matrix in zip(odds, matrices, strict=True):
                said[own] = part.looks[-1].predict(matrix[own], prediction_type="RawFormulaVal")
        whole.looks.append(_trees(matrices, rows, everything, TREES[look]))
        looks.append(odds[0])
        if look == 0:
            matrices = [_again(rows, *each) for each in zip(shown, matrices, odds, strict=True)]
    return whole, parts, np.where(looks[0] > blockmodel.SURELY_NOT, looks[1], looks[0])


def _matrix(rows: Rows, pages: Sequence[Page], parts: Sequence[Trained], sounds: Any) -> Any:
    """Rows of all blocks, the names judged by the part that has not seen the page."""
    return np.vstack(
        [
            measure.rows(page, p.seen, p.told, sounds[a:b], standing.classed(page, parts[p.fold].names))
            for page, (p, a, b) in zip(pages, rows.spans(), strict=True)
        ]
    )


def _again(rows: Rows, pages: Sequence[Page], matrix: Any, odds: Any) -> Any:
    spans = zip(pages, rows.spans(), strict=True)
    return np.vstack([measure.again(matrix[a:b], odds[a:b], page) for page, (_, a, b) in spans])


_ELEMENTS = sum(blocks.BIT[place] for place in blocks.PLACES)


def nameless(example: Example) -> Page:
    """The page as it would be if half of its class names and ids, by chance, meant nothing."""
    chance = random.Random(crc32(example.id.encode()))
    dumb = {named for named in dict.fromkeys(n.named for n in example.page.nodes) if chance.random() < NAMELESS}
    nodes: list[blocks.Node] = []
    for node in example.page.nodes:
        gone = node.named in dumb
        own = node.own & _ELEMENTS if gone else node.own
        over = own | (nodes[node.parent].over if node.parent >= 0 else 0)
        nodes.append(replace(node, named="" if gone else node.named, own=own, over=over))
    return Page(nodes, example.page.blocks)


def _first(rows: Rows, mask: Any) -> Trained:
    words, bias = sound(rows.words[mask], rows.labels[mask], rows.weights[mask], 0.03)
    return Trained(words, bias, _names(rows, mask), [])


def _names(rows: Rows, mask: Any) -> dict[str, float]:
    """Weights of the words in the names of the elements over a block."""
    shown = [(page, a, b) for page, a, b in rows.spans() if mask[a]]
    sites: dict[str, set[str]] = defaultdict(set)
    for page, _, _ in shown:
        for node in page.page.nodes:
            for token in blocks.tokens(node.named):
                sites[token].add(page.site)
    known = {token: at for at, token in enumerate(sorted(t for t, s in sites.items() if len(s) >= FEWEST_SITES))}
    columns: list[int] = []
    sizes: list[int] = []
    for page, _, _ in shown:
        over = _names_over(page.page, known)
        for block in page.page.blocks:
            columns.extend(over[block.node])
            sizes.append(len(over[block.node]))
    matrix = csr_matrix(
        (np.ones(len(columns), np.float32), columns, np.append(0, np.cumsum(sizes))), shape=(len(sizes), len(known))
    )
    weights = rows.weights[mask]
    model = LogisticRegression(C=0.05, max_iter=80, tol=1e-3)
    model.fit(matrix, rows.labels[mask], sample_weight=weights / weights.mean())
    found = zip(known, model.coef_[0], strict=True)
    return {token: round(float(weight), 2) for token, weight in found if abs(weight) > 0.05}


def _names_over(page: Page, known: dict[str, int]) -> list[frozenset[int]]:
    over: list[frozenset[int]] = []
    for node in page.nodes:
        above = over[node.parent] if node.parent >= 0 else frozenset()
        own = [known[token] for token in blocks.tokens(node.named) if token in known]
        over.append(above.union(own) if own else above)
    return over


def _trees(matrices: Sequence[Any], rows: Rows, mask: Any, count: int) -> catboost.CatBoost:
    """Trees that have seen the pages as they are and, at less weight, their copies."""
    weights = np.concatenate([rows.weights[mask], rows.weights[mask] * WEIGHT_OF_COPIES])
    both = np.vstack([matrix[mask] for matrix in matrices])
    pool = catboost.Pool(both, np.tile(rows.labels[mask], len(matrices)).astype(int), weight=weights)
    return catboost.CatBoostClassifier(**PARAMETERS | {"iterations": count}).fit(pool)


def report(rows: Rows, odds: Any) -> dict[str, dict[str, float]]:
    """Print by set and benefit of doubt what is reached on sites that were not seen; the figures at the one in use."""
    reached: dict[str, dict[str, float]] = {}
    for group in ("", *sorted({page.set for page in rows.pages})):
        for doubt in DOUBTS:
            scores = [
                compare(page.body, _text(page, odds[a:b], doubt))
                for page, a, b in rows.spans()
                if group in ("", page.set)
            ]
            f1, precision, recall, exact = means(scores)
            print(f"{group:<15}{doubt:>6}{f1:>8.4f}{precision:>8.4f}{recall:>8.4f}{exact:>7.3f}", flush=True)
            if doubt == article.BENEFIT_OF_DOUBT:
                figures = {"f1": f1, "precision": precision, "recall": recall, "exact": exact}
                reached[f"html {group}".strip()] = {name: round(value, 4) for name, value in figures.items()}
    return reached


def _text(page: Example, odds: Any, doubt: float) -> str:
    with patch.object(article, "BENEFIT_OF_DOUBT", doubt):
        keep = tables.kept(page.page, article.agreed(odds.tolist(), page.seen, page.told.taken))
    return "\n".join(block.text for block, yes in zip(page.page.blocks, keep, strict=True) if yes)


def stories(bench: Path, folds: Path, lines: Path) -> dict[str, dict[str, float]]:
    """What whole stories reach, by set, after the line pass, on sites that neither model has seen."""
    of_blocks = [blockmodel.load(path) for path in sorted(folds.glob("fold*.npz"))]
    of_lines = [linemodel.load(path) for path in sorted(lines.glob("fold*.npz"))]
    found: dict[str, list[Score]] = defaultdict(list)
    with gzip.open(bench / "html.jsonl.gz", "rt", encoding="utf-8") as records:
        for record in map(json.loads, records):
            site = crc32(record["site"].encode())
            raw = Raw(record["html"], Markup.HTML, given=Given(url=record.get("url")))
            with (
                patch.object(blockmodel, "weights", return_value=of_blocks[site % len(of_blocks)]),
                patch.object(linemodel, "weights", return_value=of_lines[site % len(of_lines)]),
            ):
                paragraphs = read(raw, StoryId(record["id"])).paragraphs
            for group in ("html", f"html {set_of(record)}"):
                found[group].append(compare(record["body"], "\n".join(paragraphs)))
    return tabled(found)


def write(trained: Trained, path: Path, provenance: dict[str, Any]) -> None:
    arrays: dict[str, Any] = {
        "words": trained.words.astype(np.float16),
        "bias": np.float32(trained.bias),
        "names": np.array(list(trained.names)),
        "of_names": np.array(list(trained.names.values()), np.float32),
        "provenance": np.array(json.dumps(provenance)),
    }
    for number, look in enumerate(trained.looks, 1):
        arrays.update({f"{name}{number}": array for name, array in levels(look).items()})
    np.savez_compressed(path, **arrays)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("bench", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--folds", type=Path)
    arguments.add_argument("--cache", type=Path, help="measured pages, kept between runs")
    arguments.add_argument("--judge", type=Path, nargs=2, metavar=("BLOCKS", "LINES"), help="measure these and stop")
    given = arguments.parse_args()
    if given.judge:
        table = stories(given.bench, *given.judge)
        if given.out:
            remember(given.out, "stories, cross-validated", table)
        return
    started = time.monotonic()
    if given.cache and given.cache.exists():
        found = pickle.loads(given.cache.read_bytes())
    else:
        found = list(examples(given.bench))
        if given.cache:
            given.cache.write_bytes(pickle.dumps(found))
    rows = gather(found)
    print(f"{len(rows.pages)} pages, {len(rows.labels)} blocks, {time.monotonic() - started:.0f} s", flush=True)
    whole, parts, odds = train(rows)
    print(f"trained, {time.monotonic() - started:.0f} s", flush=True)
    reached = report(rows, odds)
    if given.folds:
        given.folds.mkdir(exist_ok=True)
        for fold, part in enumerate(parts):
            write(part, given.folds / f"fold{fold}.npz", {"fold": fold, "of": FOLDS})
    if given.out:
        digest = hashlib.sha256((given.bench / "html.jsonl.gz").read_bytes()).hexdigest()[:12]
        about = {
            "made": datetime.now(UTC).date().isoformat(),
            "data": digest,
            "pages": len(rows.pages),
            "cross-validated": reached,
        }
        write(whole, given.out, {**about, "trees": TREES, "parameters": PARAMETERS})


if __name__ == "__main__":
    main()
