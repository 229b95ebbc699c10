"""Lines among the paragraphs that belong to something else on the page: captions of photographs, pull quotes that say a
paragraph's words again, headlines set in capitals. They only look it: the judge weighs this against the line model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from store.text.lines import Line
from store.text.prose import TERMINAL

_PICTURE = r"(?:photo(?:graph)?|picture|image|handout|screen ?grab|screenshot|video grab)"
_TAKEN = (
    r"(?:taken|obtained|released|provided|posted|supplied|distributed|made available|from (?:video|social|footage))"
)
_AGENCY = r"(?:Getty(?: Images)?|AFP|AP Photo|Reuters|REUTERS|EPA|Shutterstock|Alamy|Bloomberg|Xinhua|AAP|PA(?: Wire)?)"
_NAMES = r"(?:[^\s()]{1,30} ){0,6}"
_OPENS_CAPTION = re.compile(r"Pictured\b|FILE\s?[-–—:]\s|\[\d{1,2}/\d{1,2}\]\s")
_SURELY_OPENS = re.compile(
    r"FILE\s?[-–—:]\s|Pictured,? (?:(?:[\w ]{1,24},? )?from (?:the )?(?:left|right)"
    r"|(?:at|on|in) the (?:back|front|centre|center|left|right)|(?:far )?(?:left|right|centre|center)|with)\b"
)
_SAYS_PICTURE = re.compile(
    rf"\bin this (?:[\w ,]{{0,24}} )?{_PICTURE}\b[\w ,]{{0,24}} {_TAKEN}\b|\bpictured (?:here|above|below|left|right)\b"
)
_HANDOUT = re.compile(rf"\bin this (?:[\w ,]{{0,24}} )?(?:handout|undated|file) {_PICTURE}\b")
_ENDS_CAPTION = re.compile(
    r"\([^()]{0,60}\b(?:Photos?|Images|via [A-Z]\w{1,20})\b[^()]{0,40}\)$|[.!?\"”’] \([A-Z][^()]{1,60}/[^()]{1,40}\)$"
)
_ENDS_LABEL = (" (", "– video", "— video", "- video", "| video", "– in pictures", "– podcast")
# What stands behind the sentence of a caption, at the end of the line.
_CREDIT = re.compile(
    rf"""[.!?"”’)]\s(?:Photo(?:graph)?s?(?:\s?:| by| courtesy)\s.{{1,60}}|Supplied|Handout|[Ff]ile (?:photo|picture)"""
    rf"""|{_NAMES}[^\s()]{{0,30}}(?:/|via |, |\s[|]\s){_AGENCY}(?: {_NAMES}[^\s()]{{0,30}})?)\W?$"""
)
_SOURCE = re.compile(r"[.!?\"”’]\s\([A-Z][^\s()\d]{0,24}(?: [^\s()\d]{1,24}){0,3}\)$")
# Credits of other languages' pictures; of 550 such lines on newspapers' development pages none is body.
_WIRES = (
    r"(?:IMAGO|Imago|imago images|picture[ -]alliance|dpa|Keystone|KEYSTONE|Scanpix|NTB|EFE|ANSA|APA|AFP|AP|EPA|REUTERS"
    r"|Reuters|Getty Images|Alamy)"
)
_CREDITED = re.compile(
    r"""[.!?"”’»)\w]\s[(\[]?(?:Fotos?|Bild(?:er)?|Bildrechte|Bildquelle|Bilde|Crédit(?: photo)?|Imagen|Фото|Fotoğraf"""
    rf"""|Görsel|Zdjęcie)\s?[:/]\s?.{{2,60}}$|[.!?"”’»)\w]\s\(?{_WIRES}\s?[/|]\s?[^.!?]{{2,60}}$"""
    rf"""|[.!?"”’»)\w]\s[^.!?]{{3,40}}\s?[/|]\s?{_WIRES}\)?$|.{{15}}©\s?[^.!?]{{2,70}}$"""
    r"""|＝(?:ＡＰ|ロイター|共同|時事)[^。]{0,4}$|撮影[）)]?$|(?:뉴스1|뉴시스|연합뉴스|[가-힣]{2,4} 기자)$"""
)
_NAMED_CAPTION = re.compile(
    r"(?:Legende|Bildunterschrift|Légende|Pie de foto|Symbol(?:bild|foto)|Archivbild|На фото|На снимке)\b\s?[:.,]"
)
# "... in Selm, Friday, March 3, 2031." with weekday and year: an agency's caption; a report gives one or the other.
_DATED = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
    r" \d{1,2}, (?:19|20)\d\d(?:, (?:in|at|near|outside) [^.]{2,60})?\.?$"
)
_SEVERAL = 2  # lines that end in a source, after which each is taken for a caption
_TAIL = 140  # characters that can hold a credit
_HEAD = 600  # characters that can be a caption
_LONGEST_CREDITED = 700

_QUOTE_WORDS = range(10, 61)  # shorter ones head a part of the text, in the words of somebody in it
_QUOTES = "\"“”„«»‘’'"
_MOST_SEARCHED = 200_000  # characters of a text in which lines are looked for again
_MOST_REPEATED = 0.2  # of the lines; a text with more of them repeats itself, as songs and transcripts do
_CAPITALS_WORDS = range(8, 26)  # shorter ones are subheadings


# Consent boxes and prompts stand before each video of a page. Of such lines on newspapers' development pages none in
# 500 is body, on other sites' one in four; songs and litanies, which repeat themselves, have more or shorter ones.
_TIMES = 3
_REPEATED_WORDS = 8


def found(lines: Sequence[Line]) -> dict[int, str]:
    """Lines that look like captions or pull quotes, or come again and again, and which of these they are."""
    quotes, captions = dict.fromkeys(_said_again(lines), "pull quote"), dict.fromkeys(_captions(lines), "caption")
    again = [*_repeated(lines), *_twice(lines)]
    return dict.fromkeys(again, "repeated line") | quotes | captions


def _twice(lines: Sequence[Line]) -> Iterator[int]:
    """Lines that the one right below says again or goes on with, and shorter ones that begin like the one above: what a
    picture shows and its caption, a teaser and its story."""
    texts = [line.text for line in lines]
    for i, (text, below) in enumerate(pairwise(texts)):
        if below.startswith(text) and len(text.split()) >= _REPEATED_WORDS:
            yield i
        elif text.startswith(below) and len(below.split()) >= _REPEATED_WORDS:
            yield i + 1


def _repeated(lines: Sequence[Line]) -> list[int]:
    texts = [line.text for line in lines]
    if len(set(texts)) > len(texts) - _TIMES + 1:
        return []
    times = Counter(texts)
    again = {text for text, count in times.items() if count >= _TIMES and len(text.split()) >= _REPEATED_WORDS}
    found = [i for i, line in enumerate(lines) if line.text in again] if again else []
    return found if len(found) <= max(_TIMES, _MOST_REPEATED * len(lines)) else []


def _captions(lines: Sequence[Line]) -> Iterator[int]:
    sourced = []
    for i, line in enumerate(lines):
        text = line.text
        if _is_caption(text):
            yield i
        elif text.endswith(")") and _SOURCE.search(text[-_TAIL:]):
            sourced.append(i)
    if len(sourced) >= _SEVERAL:
        yield from sourced


@lru_cache(maxsize=2048)  # each pass asks again
def _is_caption(text: str) -> bool:
    if _is_sure(text) or (text[0] in _FIRST_OF_CAPTIONS and _OPENS_CAPTION.match(text)):
        return True
    if ("in this " in text or "pictured" in text) and _SAYS_PICTURE.search(text[:_HEAD]):
        return True
    tail = text[-_TAIL:]
    return "day, " in tail and len(text) < _LONGEST_CREDITED and _DATED.search(tail) is not None


@lru_cache(maxsize=64)  # each pass asks again
def surely_caption(text: str) -> bool:
    """Whether a line says so itself; of 520 such lines on the development pages two were body, of other captions one in
    four."""
    return _is_sure(text)


def _is_sure(text: str) -> bool:
    if text[0] in _FIRST_OF_CAPTIONS and (_SURELY_OPENS.match(text) or _NAMED_CAPTION.match(text)):
        return True
    if text.endswith(_ENDS_LABEL):
        return True
    if "in this " in text and _HANDOUT.search(text[:_HEAD]):
        return True
    tail = text[-_TAIL:]
    marked = ":" in tail or "/" in tail or "|" in tail or not tail.isascii()
    if marked and len(text) < _LONGEST_CREDITED and _may_credit(tail) and _CREDITED.search(tail):
        return True
    # Most paragraphs end with their sentence.
    if tail[-1] == ")" and _ENDS_CAPTION.search(tail):
        return True
    return tail[-1] not in '!?"”' and _HAS_CREDIT.search(tail) is not None and _CREDIT.search(tail) is not None


_FIRST_OF_CAPTIONS = frozenset("FP[LBSAН")  # the first letters of all that opens one


def _may_credit(tail: str) -> bool:
    """Whether one of the signs stands in tail without which no credit of other languages does."""
    if tail.isascii():
        return _CREDITS.search(tail) is not None
    return ":" in tail or "/" in tail or "|" in tail or _SIGN.search(tail) is not None


_SIGN = re.compile(r"[©\u3000-\uffff]")
# One of these stands in whatever _CREDITED finds in ASCII.
_CREDITS = re.compile(
    r"Foto|Bild|Imagen|IMAGO|imago|Imago|alliance|dpa|eystone|KEY|canpix|NTB|EF|AN|AP|AF|EP|eut|REU|Getty|lamy"
)
# One of these stands in whatever _CREDIT finds.
_HAS_CREDIT = re.compile("Photo|Supplied|Handout|ile p|Getty|AFP|AP|Reuters|REUTERS|PA|Shutterstock|Alamy|Bloom|Xinhua")


def _said_again(lines: Sequence[Line]) -> list[int]:
    """Lines that another line, or one in a longer paragraph, says word for word."""
    quoted = [i for i, line in enumerate(lines) if line.text[:1] in _QUOTES and len(line.text.split()) in _QUOTE_WORDS]
    whole = "\n".join([line.text for line in lines]) if quoted else ""
    if len(whole) > _MOST_SEARCHED:
        return []
    said = [(i, lines[i].text.strip(_QUOTES + " .,")) for i in quoted]
    found = [i for i, words in said if words and whole.count(words) > 1]
    return found if len(found) <= max(2, _MOST_REPEATED * len(lines)) else []


def in_capitals(lines: Sequence[Line]) -> list[int]:
    """Lines set in capitals: other stories' headlines in a report; treaties and laws set their own headings so."""
    return [
        i
        for i, line in enumerate(lines)
        if line.text.isupper() and len(line.text.split()) in _CAPITALS_WORDS and not TERMINAL.search(line.text[-8:])
    ]
