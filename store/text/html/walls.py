"""Pages that hold sentences but no article: error pages, the first lines of a paid article, cookie notices, lists of
stories. Says why in plain words, and only where the page gives more than one sign of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.text import phrases
from store.text.html.blocks import Page
from store.text.html.data import Data
from store.text.html.lines import Lines

ERROR, PAYWALL, COOKIES = "an error page", "a paywall without the story", "a cookie wall"
INDEX = "an index page: links to stories, no article"

_LONGEST_WALL = 600  # words of sentences; what is longer is read, whatever it says
_LONGEST_STUB = 80
_LONGEST_ERROR = 150
_LONGEST_HEADING = 10  # words


def refusal(page: Page, data: Data, lines: Lines) -> str | None:
    """Why the page holds no article; None where it may hold one."""
    kept = [line.text for line in lines.lines if not line.reason]
    words = sum(map(_count, kept))
    if words > _LONGEST_WALL:
        return None
    if words < _LONGEST_ERROR and not data.is_article and _says_error(page, data):
        return ERROR
    if words < _LONGEST_STUB and data.is_paid and _asks_to_pay(page, short=words < _SHORT):
        return PAYWALL
    if data.is_article:
        return None
    if _speaks_of_cookies(kept) and _has_button(page):
        return COOKIES
    return INDEX if _is_index(page, kept) else None


# Scripts without spaces between their words: two characters of them count as one.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W_]+")


def _count(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _says_error(page: Page, data: Data) -> bool:
    headings = [b.text for b in page.blocks if page.nodes[b.node].tag in ("h1", "h2")][:5]
    short = [text for text in (data.title, *headings) if len(text.split()) <= _LONGEST_HEADING]
    return any(phrases.wall(text) == ERROR for text in short)


def _asks_to_pay(page: Page, *, short: bool) -> bool:
    """Whether something on the page asks to subscribe; the greeting to those who have is in every page's head."""
    asked = (b.text if short else _GREETING.sub("", b.text) for b in page.blocks if len(b.text) < 400)
    return any(phrases.wall(text) == PAYWALL or _OFFERS.search(text) for text in asked)


_SHORT = 40  # words
_GREETING = re.compile(r"already a (?:subscriber|member)\??(?: (?:log|sign) in)?", re.IGNORECASE)

# What every page of a paid site may say in its menu, and a page that says it is paid says in place of the story.
_OFFERS = re.compile(
    r"start (?:your|a) (?:free )?trial|subscribe (?:now|today) (?:to|for)|abonnez-vous (?:pour|et)|s'abonner pour"
    r"|jetzt (?:testen|abonnieren) und|mit .{0,20}\babo (?:weiter)?lesen|suscríbase? para|suscríbete para",
    re.IGNORECASE,
)


_COOKIES = re.compile(
    r"cookies?\b|\btracking\b|\bconsent|personal data|privacy|\bpartners\b|datenschutz|einwilligung|personenbezogen"
    r"|consentement|données personnelles|privacidad|consentimiento|datos personales|конфиденциальност|персональн|çerez"
    r"|kişisel veri|your choices|consenso|dati personali|toestemming|persoonsgegevens|consentimento|dados pessoais",
    re.IGNORECASE,
)
_ACCEPTS = re.compile(
    r"(?:i )?(?:accept|agree|allow|reject|refuse|consent)\b.{0,30}|ok|got it"
    r"|(?:alle(?:n|s)? )?(?:akzeptieren|ablehnen|zustimmen|einwilligen)"
    r"(?: und (?:weiter|fortfahren|schließen|weiterlesen))?"
    r"|(?:tout )?(?:accepter|refuser)(?: et (?:continuer|fermer))?|aceptar(?: todo)?(?: y continuar)?|rechazar"
    r"|принять|согласен|kabul et|j'accepte|accetta(?: (?:tutt[oi]|e continua|e chiudi))?|rifiuta"
    r"|(?:alles )?(?:accepteren|weigeren)|akkoord|aceitar(?: tudo| e continuar)?",
    re.IGNORECASE,
)
_MOSTLY = 0.5  # of the lines of sentences; reports on such laws speak of them in less, and have no such button


def _speaks_of_cookies(kept: Sequence[str]) -> bool:
    told = [text for text in kept if len(text.split()) >= 8]
    return bool(told) and sum(_COOKIES.search(text[:2000]) is not None for text in told) >= _MOSTLY * len(told)


def _has_button(page: Page) -> bool:
    """Whether something short on the page asks for a yes or a no."""
    return any(len(b.text) < 50 and _ACCEPTS.fullmatch(phrases.folded(b.text)) for b in page.blocks)


_FEWEST_HEADLINES = 8
_LONGEST_TEASER = 60  # words


def _is_index(page: Page, kept: Sequence[str]) -> bool:
    """Whether what was kept is linked headlines, the short texts under them and labels, or nothing but links."""
    if any(_count(text) > _LONGEST_TEASER for text in kept):
        return _only_links(page, kept)
    headlines = [at for at in range(len(page.blocks)) if _is_linked_headline(page, at)]
    if len(headlines) < _FEWEST_HEADLINES:
        return False
    under = {block.text for at in headlines for block in page.blocks[at : at + 3]}
    told = [text for text in kept if text not in under and _count(text) > _LONGEST_LABEL]
    return len(told) <= _MOST_TOLD * len(headlines)


_LONGEST_LABEL = 4  # words
_MOST_TOLD = 0.25  # lines a headline that belong to none: what a topic or an author is


def _only_links(page: Page, kept: Sequence[str]) -> bool:
    texts = frozenset(kept)
    blocks = [block for block in page.blocks if block.text in texts]
    linked = sum(block.linked for block in blocks) >= _LINKED * sum(len(block.text) for block in blocks) > 0
    return linked and sum(block.links for block in blocks) >= _FEWEST_HEADLINES


def _is_linked_headline(page: Page, at: int) -> bool:
    block = page.blocks[at]
    heading = page.nodes[block.node].tag[:1] == "h"
    return heading and block.linked > _LINKED * len(block.text) and _count(block.text) >= _FEWEST_WORDS


_LINKED = 0.8
_FEWEST_WORDS = 4
