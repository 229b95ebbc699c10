"""Blocks whose markup says outright that they are not the body: captions, standfirsts, boxes that ask for an address.
The block model weighs such signs, and is at times talked out of them by a good sentence."""

from __future__ import annotations

from collections.abc import Iterator

from store.text import phrases
from store.text.html.blocks import BIT, Block, Page, tokens

STANDFIRST = "standfirst"
_CAPTIONS = frozenset(("caption", "captions", "cap", "figcaption"))
_STANDFIRSTS = frozenset(("standfirst", "deck", "dek", "chapo", "chapô"))
_INVITES = ("newsletter", "subscription note")
_INVITATION = 400  # characters; a box that invites to a newsletter holds no more


def reasons(page: Page) -> dict[int, str]:
    """Why blocks, by their place, are not the body."""
    found = dict.fromkeys(_invitations(page), "newsletter")
    for at, block in enumerate(page.blocks):
        if said := _said(page, block):
            found[at] = said
    return found


def _said(page: Page, block: Block) -> str:
    node = page.nodes[block.node]
    named = _STANDFIRSTS.union(_CAPTIONS).intersection(tokens(node.named)) if node.named else frozenset()
    if (node.own | block.inline) & BIT["figcaption"] or named & _CAPTIONS:
        return "caption"
    return STANDFIRST if named else ""


def _invitations(page: Page) -> Iterator[int]:
    """Blocks of boxes around a field for an address, or around a link that says it is for a newsletter."""
    sizes = [0] * len(page.nodes)
    for block in page.blocks:
        sizes[block.node] += len(block.text)
    for at in range(len(sizes) - 1, 0, -1):
        sizes[page.nodes[at].parent] += sizes[at]
    boxes = {_box(page, sizes, node) for node in _signs(page)} - {-1}
    if not boxes:
        return
    inside = [False] * len(page.nodes)
    for at, node in enumerate(page.nodes):
        inside[at] = at in boxes or (node.parent >= 0 and inside[node.parent])
    yield from (at for at, block in enumerate(page.blocks) if inside[block.node])


def _signs(page: Page) -> Iterator[int]:
    yield from (at for at, node in enumerate(page.nodes) if node.tag == "input" and node.own & BIT["form"])
    for block in page.blocks:
        clicked = block.linked >= len(block.text) or page.nodes[block.node].tag == "button"
        if clicked and len(block.text) < 80 and phrases.reason(block.text) in _INVITES:
            yield block.node


def _box(page: Page, sizes: list[int], node: int) -> int:
    """The widest element over node that holds little text, -1 where there is none below the page's body."""
    box = -1
    while node > 0 and sizes[node] <= _INVITATION:
        if page.nodes[node].tag in ("div", "aside", "section", "form"):
            box = node
        node = page.nodes[node].parent
    return box
