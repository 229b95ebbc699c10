"""Which lines of a page are its body, found by aligning the page's words with the words of the labelled body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_SIZE = 4  # words of a shingle, as in the benchmark's own measure
_COVERED = 0.5  # share of a line's shingles that must be in the body
_FREE = 0.7  # share of the body's words at that place that no other line has taken
_SHORT = 8  # words; shorter lines are also looked for word by word between their neighbours
_PLACES = 12  # places in the body that are tried for one line

Span = tuple[int, int]


def label(lines: Sequence[str], body: str) -> list[int]:
    """1 for each line that is body, else 0."""
    words = _WORD.findall(body)
    tokens = [_WORD.findall(line) for line in lines]
    places = _places(tokens, words)
    taken = bytearray(len(words))
    spans: dict[int, Span] = {}
    for line, start in _in_order(places, tokens, len(words)).items():
        spans[line] = _take(taken, start, len(tokens[line]))
    labels = [int(i in spans) for i in range(len(lines))]
    _out_of_order(labels, places, tokens, taken)
    _between(labels, spans, tokens, words, taken)
    return labels


def _places(tokens: Sequence[list[str]], words: list[str]) -> dict[int, list[int]]:
    """For each line that the body covers, where in the body it may begin, best first."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - _SIZE + 1):
        index[tuple(words[at : at + _SIZE])].append(at)
    found: dict[int, list[int]] = {}
    for line, own in enumerate(tokens):
        count = len(own) - _SIZE + 1
        votes: dict[int, int] = defaultdict(int)
        covered = 0
        for j in range(max(0, count)):
            hits = index.get(tuple(own[j : j + _SIZE]), [])
            covered += bool(hits)
            for at in hits[:40]:
                votes[max(0, at - j)] += 1
        if votes and covered >= _COVERED * count:
            best = sorted(votes.items(), key=lambda vote: -vote[1])[:_PLACES]
            found[line] = [at for at, number in best if number >= 0.6 * best[0][1]]
    return found


def _in_order(places: dict[int, list[int]], tokens: Sequence[list[str]], size: int) -> dict[int, int]:
    """The heaviest choice of places that keeps lines and body in the same order (a weighted increasing subsequence)."""
    items = [(line, at, len(tokens[line])) for line in sorted(places) for at in sorted(places[line], reverse=True)]
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 3)
    before, best = [-1] * len(items), (0, -1)
    for item, (_, at, weight) in enumerate(items):
        total, before[item] = _best_up_to(tree, at)
        total += weight
        _raise(tree, min(size, at + weight - 1), (total, item))
        best = max(best, (total, item))
    chosen: dict[int, int] = {}
    item = best[1]
    while item >= 0:
        chosen[items[item][0]] = items[item][1]
        item = before[item]
    return chosen


def _best_up_to(tree: list[tuple[int, int]], at: int) -> tuple[int, int]:
    best = (0, -1)
    while at > 0:
        best = max(best, tree[at])
        at -= at & -at
    return best


def _raise(tree: list[tuple[int, int]], at: int, value: tuple[int, int]) -> None:
    at += 1
    while at < len(tree):
        tree[at] = max(tree[at], value)
        at += at & -at


def _take(taken: bytearray, start: int, size: int) -> Span:
    end = min(len(taken), start + size)
    taken[start:end] = b"\1" * (end - start)
    return start, end


def _out_of_order(
    labels: list[int], places: dict[int, list[int]], tokens: Sequence[list[str]], taken: bytearray
) -> None:
    for line in sorted(places, key=lambda i: -len(tokens[i])):
        if labels[line]:
            continue
        for start in places[line]:
            end = min(len(taken), start + len(tokens[line]))
            if end > start and sum(taken[start:end]) <= (1 - _FREE) * (end - start):
                labels[line] = 1
                _take(taken, start, end - start)
                break


def _between(
    labels: list[int], spans: dict[int, Span], tokens: Sequence[list[str]], words: list[str], taken: bytearray
) -> None:
    """Label short lines that stand, word by word, between the places of their neighbours."""
    below = [len(words)] * (len(tokens) + 1)
    for line in range(len(tokens) - 1, -1, -1):
        below[line] = spans[line][0] if line in spans else below[line + 1]
    end = 0
    for line, own in enumerate(tokens):
        if line in spans:
            end = max(end, spans[line][1])
            continue
        if labels[line] or not 0 < len(own) <= _SHORT:
            continue
        last = min(below[line + 1] + 1, end + 400, len(words)) - len(own)
        for at in range(max(0, end - 1), last + 1):
            if words[at : at + len(own)] == own and not any(taken[at : at + len(own)]):
                labels[line] = 1
                end = _take(taken, at, len(own))[1]
                break
