"""How a query is written: the grammar, and the parser built from it on first use (lark is imported only then)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark import Lark

# Typed or pasted quotes of every kind mean the same; one character for one, so that columns stay right.
QUOTES = '"“”„‟«»'
SAME_QUOTE = str.maketrans(dict.fromkeys(QUOTES, '"'))

# A field and its value are one token, so that `tag: gas` is a slip to be told of and not a filter nobody meant.
# FIELD leaves `https://...` and `10:30` to WORD. PHRASE and FIELD also take a quote that is never closed, so that what
# is half typed is refused in words and not by the lexer. No rule nests but through brackets, whose depth is bounded.
GRAMMAR = r"""
start: either?

?either: all (OR all)*
?all: part+
?part: NOT atom -> without
     | atom

?atom: "(" either ")"
     | FIELD -> field
     | PHRASE -> phrase
     | WORD -> word

OR.3: /OR(?=[\s()]|\Z)/
NOT.2: /-(?=[^\s)])/
FIELD.2: /[A-Za-z]+:(?!\/\/)(?:"[^"]*"?|[^\s()"]*)/
PHRASE: /"[^"]*"?/
WORD: /[^\s()"-][^\s()"]*/

%ignore /\s+/
"""


@cache
def parser() -> Lark:
    """About 60 ms the first time (importing lark is most of it), nothing afterwards.

    The basic lexer, not the contextual one: `OR` at the start of a query is then a slip and not a word to look for.
    """
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)
