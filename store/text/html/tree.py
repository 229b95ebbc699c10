"""A page parsed, whatever it is: broken, endless, or nested deeper than any extractor can follow."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from store.text.html import thin

# lxml.html looks the class of every element up in Python, an eighth of what reading a page costs; none of what forms,
# inputs and labels can do beside other elements is asked for here or by trafilatura.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
_DEEPEST = 150  # elements inside each other; extraction recurses and real pages stay under 100


def parse(page: str) -> HtmlElement | None:
    """The page's tree without comments, no deeper than _DEEPEST; None where there is nothing to parse."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = lxml_html.document_fromstring(thin.thinned(page).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _flatten(tree)
    return tree


def strip(tree: HtmlElement, *names: str) -> None:
    """Take the elements of these names out of tree, what follows them stays."""
    etree.strip_elements(tree, *names, with_tail=False)


def plain(element: HtmlElement) -> str:
    """An element's text on one line."""
    return " ".join(element.text_content().split())


_AT_THE_DEEPEST = etree.XPath("/*" * _DEEPEST)


def _flatten(tree: HtmlElement) -> None:
    """Cut what is nested deeper than any page is down to its text."""
    for element in _AT_THE_DEEPEST(tree):
        text = "\n".join(t for t in element.itertext() if t.strip())
        for child in list(element):
            element.remove(child)
        element.text = text
