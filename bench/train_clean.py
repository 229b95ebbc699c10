"""Train the line model of store/text on the development pages and write its weights.

    python bench/train_clean.py BENCH/clean [--out store/text/linemodel.npz] [--folds DIR] [--cache FILE]

Needs lightgbm and scikit-learn, which the program itself does not. Every page comes in several shapes, some of them
cut short, some with a made body of another form, and as its bare body; all shapes of all pages of a site are in one
fold. The table printed at the end is cross-validated: every page is cleaned by the whole program with weights that have
not seen its site. It is kept with the weights, so that the gate can show it beside what the shipped weights reach on
pages that they have seen. --folds writes the weights of each fold (fold0.npz, ...); --judge FOLDER only measures the
weights that lie there, and with --out keeps what it found with the weights that are there already: for a change of
rules that needs no training.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from zlib import crc32

import lightgbm
import lxml.html
import numpy as np
from learning import TREE, Score, hashed, remember, sound, tabled
from sklearn.metrics import roc_auc_score
from train_clean_cut import with_few, with_some
from train_clean_labels import label
from trees import flat

sys.path.insert(0, str(Path(__file__).parents[1]))
from train_clean_forms import bodies

from store.text import features, linemodel, vocabulary
from store.text.clean import clean
from store.text.lines import split
from store.text.measured import Measured, measure
from store.text.table import table
from tests.gate.clean_measure import compare
from tests.gate.clean_sets import is_news, set_of

FOLDS = 3
SHAPES = ("cont", "graft", "insc")
MOST_OF_A_KIND = 70  # lines of one page and one label that are trained on; the rest are sampled and weigh more
SHARE_OF_BARE_BODIES = 0.3  # weight of pages shown as nothing but their body, so that clean text stays whole
SHARE_OF_CUT = 0.5  # weight of pages cut short
MADE = 420  # bodies that are no plain report
SHARE_OF_MADE = 0.5  # their weight
ALONE = 0.2  # share of them that stand alone
WITHIN = 40  # lines of a page that a made body stands among, above it and below
CUT: tuple[tuple[Callable[[Sequence[int], Random], list[int]], int], ...] = ((with_some, 900), (with_few, 900))
WEIGHT_OF_NEWS = 3.0  # newspapers' pages are what this program reads; most of the others are guides and shops
LONGEST_CUT = 1500  # lines; longer pages are not cut
TREES = 120
RATES = (0.2, 0.1)  # learning rate of each look; more trees at a lower one cost the reader's time
PARAMETERS = TREE | {"min_data_in_leaf": 150}


@dataclass(slots=True)
class Page:
    """share is its weight; as_found says that it is no bare body, neither cut short nor made."""

    fold: int
    share: float
    as_found: bool
    news: bool
    labels: list[int]
    gaps: list[bool]
    lines: list[Measured]


@dataclass(slots=True)
class Rows:
    """All lines of all pages, one after the other; page i is rows[at[i] : at[i + 1]]."""

    pages: list[Page]
    at: list[int]
    labels: Any
    weights: Any
    folds: Any
    sampled: Any
    as_found: Any


def fold_of(site: str) -> int:
    return crc32(site.encode()) % FOLDS


def pages(bench: Path) -> Iterator[Page]:
    seen: set[str] = set()
    for shape in SHAPES:
        for record in _records(bench / f"{shape}.jsonl.gz"):
            lines = split(record["text"])
            yield _page(record, [line.text for line in lines], [line.gap for line in lines], bare=False)
            if record["id"] not in seen:
                seen.add(record["id"])
                body = [line.strip() for line in record["body"].split("\n") if line.strip()]
                yield _page(record, body, [True] * len(body), bare=True)
    for record in _records(bench / "html.jsonl.gz"):
        lines = flattened(record["html"])
        yield _page(record, lines, [True] * len(lines), bare=False)


def cut(found: Sequence[Page]) -> Iterator[Page]:
    """Pages of found, chosen by chance, with fewer lines."""
    chance = Random(3)
    whole = [page for page in found if page.as_found and len(page.lines) <= LONGEST_CUT]
    for choose, count in CUT:
        for page in chance.sample(whole, min(count, len(whole))):
            if chosen := choose(page.labels, chance):
                some = [[each[i] for i in chosen] for each in (page.labels, page.gaps, page.lines)]
                labels, gaps, lines = some
                yield replace(page, share=SHARE_OF_CUT, as_found=False, labels=labels, gaps=gaps, lines=lines)


def other_forms(found: Sequence[Page]) -> Iterator[Page]:
    """Made bodies of other forms, where articles of found stood, or alone."""
    chance = Random(5)
    whole = [page for page in found if page.as_found and any(page.labels)]
    for body in bodies(MADE, chance):
        page = chance.choice(whole)
        first, last = page.labels.index(1), len(page.labels) - page.labels[::-1].index(1)
        alone = chance.random() < ALONE
        above = [] if alone else page.lines[max(0, first - chance.randint(0, WITHIN)) : first]
        below = [] if alone else page.lines[last : last + chance.randint(0, WITHIN)]
        lines = [*above, *map(measure, body), *below]
        labels = [0] * len(above) + [1] * len(body) + [0] * len(below)
        yield Page(page.fold, SHARE_OF_MADE, False, page.news, labels, [True] * len(lines), lines)


BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr legend li main nav ol p pre section summary table td th tr ul br button option".split()
)


def flattened(page: str) -> list[str]:
    """A page as it looks when copied from a browser: a line a block, without bullets; a fourth shape to learn from."""
    root = lxml.html.document_fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for piece in list(root.iter("script", "style", "noscript", "template", "head", "svg")):
        piece.drop_tree()
    lines: list[list[str]] = [[]]
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS and lines[-1]:
            lines.append([])
        said = element.text if event == "start" else element.tail
        if said and isinstance(element.tag, str):
            lines[-1].append(said)
    return [line for pieces in lines if (line := " ".join("".join(pieces).split()))]


def _page(record: dict[str, Any], lines: list[str], gaps: list[bool], *, bare: bool) -> Page:
    labels = [1] * len(lines) if bare else label(lines, record["body"])
    share = SHARE_OF_BARE_BODIES if bare else 1.0
    measured = [measure(line) for line in lines]
    return Page(fold_of(record["site"]), share, not bare, is_news(record), labels, gaps, measured)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def gather(found: list[Page]) -> Rows:
    found = [page for page in found if page.lines]
    rng = np.random.default_rng(5)
    at = [0]
    weights, sampled = [], []
    for page in found:
        at.append(at[-1] + len(page.lines))
        weight, taken = _weigh(page, rng)
        weights.append(weight * (WEIGHT_OF_NEWS if page.news else 1.0))
        sampled.append(taken)
    return Rows(
        found,
        at,
        np.concatenate([np.array(page.labels, np.int8) for page in found]),
        np.concatenate(weights),
        np.concatenate([np.full(len(page.lines), page.fold, np.int8) for page in found]),
        np.concatenate(sampled),
        np.concatenate([np.full(len(page.lines), page.as_found) for page in found]),
    )


def _weigh(page: Page, rng: np.random.Generator) -> tuple[Any, Any]:
    """Weights, a line's share of the words of its page's body as in the measure; and which lines are trained on."""
    words = np.array([line.words + 3.0 for line in page.lines])
    labels = np.array(page.labels)
    weights = np.minimum(words / ((words * labels).sum() + 60), 0.15) * page.share
    taken = np.ones(len(words), bool)
    for kind in (0, 1):
        these = np.flatnonzero(labels == kind)
        if len(these) > MOST_OF_A_KIND:
            share = MOST_OF_A_KIND / len(these)
            taken[these[rng.random(len(these)) > share]] = False
            weights[these] /= share
    return weights, taken


@dataclass(slots=True)
class Trained:
    words: Any
    bias: float
    looks: list[lightgbm.Booster]


def train(rows: Rows, folds: Path) -> Trained:
    """The model trained on everything. Each stage learns from what the one before said of folds it had not seen."""
    started = time.monotonic()
    everything = np.ones(len(rows.labels), bool)
    parts: list[Trained] = [Trained(None, 0.0, []) for _ in range(FOLDS)]
    whole = Trained(*_words(rows, everything), [])
    sounds = np.zeros(len(rows.labels), np.float32)
    for fold, part in enumerate(parts):
        part.words, part.bias = _words(rows, rows.folds != fold)
        sounds = np.where(rows.folds == fold, _sounds(rows, part), sounds)
    seen = rows.as_found
    print("words: AUC", roc_auc_score(rows.labels[seen], sounds[seen], sample_weight=rows.weights[seen]))
    matrix = np.vstack([features.context(table(p.lines), p.gaps, sounds[a:b]) for p, a, b in _spans(rows)])
    for look in (1, 2):
        odds = np.zeros(len(rows.labels), np.float32)
        for fold, part in enumerate(parts):
            own = rows.folds == fold
            part.looks.append(_trees(matrix, rows, ~own, look))
            odds[own] = part.looks[-1].predict(matrix[own], raw_score=True)
        whole.looks.append(_trees(matrix, rows, everything, look))
        auc = roc_auc_score(rows.labels[seen], odds[seen], sample_weight=rows.weights[seen])
        print(f"look {look}: AUC {auc:.4f} after {time.monotonic() - started:.0f} s", flush=True)
        if look == 1:
            matrix = np.vstack([features.again(matrix[a:b], odds[a:b], table(p.lines)) for p, a, b in _spans(rows)])
    folds.mkdir(exist_ok=True)
    for fold, part in enumerate(parts):
        write(part, folds / f"fold{fold}.npz", {"fold": fold, "of": FOLDS})
    return whole


def _spans(rows: Rows) -> Iterator[tuple[Page, int, int]]:
    return zip(rows.pages, rows.at, rows.at[1:], strict=False)


_HASHED: dict[int, Any] = {}


def _matrix_of_words(rows: Rows) -> Any:
    if id(rows) not in _HASHED:
        _HASHED[id(rows)] = hashed([line for page in rows.pages for line in _buckets(page)], vocabulary.BUCKETS)
    return _HASHED[id(rows)]


def _buckets(page: Page) -> list[Any]:
    """For each line the buckets of its words."""
    owner, bucket = vocabulary.buckets(vocabulary.read([line.said for line in page.lines]))
    return np.split(bucket, np.searchsorted(owner, np.arange(1, len(page.lines))))


def _words(rows: Rows, mask: Any) -> tuple[Any, float]:
    mask = mask & rows.as_found & rows.sampled
    return sound(_matrix_of_words(rows)[mask], rows.labels[mask], rows.weights[mask], 0.02)


def _sounds(rows: Rows, part: Trained) -> Any:
    return (_matrix_of_words(rows) @ part.words + part.bias).astype(np.float32)


def _trees(matrix: Any, rows: Rows, mask: Any, look: int) -> lightgbm.Booster:
    mask = mask & rows.sampled
    data = lightgbm.Dataset(matrix[mask], rows.labels[mask], weight=rows.weights[mask])
    return lightgbm.train(PARAMETERS | {"learning_rate": RATES[look - 1]}, data, TREES)


def write(trained: Trained, path: Path, provenance: dict[str, Any]) -> None:
    arrays: dict[str, Any] = {"words": trained.words.astype(np.float16), "bias": np.float32(trained.bias)}
    for number, look in enumerate(trained.looks, 1):
        arrays.update({f"{name}{number}": array for name, array in flat(look.dump_model()["tree_info"]).items()})
    arrays["provenance"] = np.array(json.dumps(provenance))
    np.savez_compressed(path, **arrays)


def digest(bench: Path) -> str:
    """Of the development data, short enough to be read aloud."""
    names = (*(f"{shape}.jsonl.gz" for shape in SHAPES), "html.jsonl.gz")
    return hashlib.sha256(b"".join((bench / name).read_bytes() for name in names)).hexdigest()[:12]


def cross_validated(bench: Path, folds: Path, every: int) -> dict[str, dict[str, float]]:
    """F1, precision and recall of the whole program by shape, and by shape and set, with weights that have not seen the
    page's site."""
    weights = [linemodel.load(folds / f"fold{fold}.npz") for fold in range(FOLDS)]
    found: dict[str, list[Score]] = defaultdict(list)
    for shape in SHAPES:
        for record in _records(bench / f"{shape}.jsonl.gz"):
            if crc32(record["id"].encode()) % every:
                continue
            with patch.object(linemodel, "weights", return_value=weights[fold_of(record["site"])]):
                kept = [p.text for p in clean(record["text"]).passages if p.kept]
            score = compare(record["body"], "\n".join(kept))
            for group in (shape, f"{shape} {set_of(record)}"):
                found[group].append(score)
    return tabled(found)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("bench", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--folds", type=Path)
    arguments.add_argument("--cache", type=Path, help="measured pages, kept between runs")
    arguments.add_argument("--judge", type=Path, help="measure the weights in this folder and stop")
    arguments.add_argument("--every", type=int, default=1, help="judge every so-manieth page")
    given = arguments.parse_args()
    if given.judge:
        table = cross_validated(given.bench, given.judge, given.every)
        if given.out:
            remember(given.out, "cross-validated", table)
        return
    if given.cache and given.cache.exists():
        found = pickle.loads(given.cache.read_bytes())
    else:
        found = list(pages(given.bench))
        if given.cache:
            given.cache.write_bytes(pickle.dumps(found))
    rows = gather([*found, *cut(found), *other_forms(found)])
    print(f"{len(rows.pages)} pages, {len(rows.labels)} lines, {int(rows.sampled.sum())} trained on", flush=True)
    folds = given.folds or Path(tempfile.mkdtemp())
    trained = train(rows, folds)
    table = cross_validated(given.bench, folds, given.every)
    if given.out:
        made = datetime.now(UTC).date().isoformat()
        about = {"made": made, "data": digest(given.bench), "pages": len(rows.pages), "lines": len(rows.labels)}
        how = {"trees": TREES, "rates": RATES, "parameters": PARAMETERS}
        write(trained, given.out, {**about, **how, "cross-validated": table})


if __name__ == "__main__":
    main()
