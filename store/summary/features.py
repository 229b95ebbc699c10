"""What can be measured on a sentence of a page, as the columns of a matrix: where it stands, how central it is, what it
shares with the title, and how it is written. English words are looked for where the language is not known better; in
other languages those columns are 0 and the rest holds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np

from store.summary import lexrank
from store.summary.graph import Floats
from store.summary.page import Page, Placed
from store.summary.stop_words import stop_words
from store.text import words

_QUOTED = re.compile(r'„[^"“”«»„]*["“”]?|["“«][^"“”«»„]*["”»]?')
_MARK = re.compile('[„"“«]')
_SAID = re.compile(r"\b(?:said|says|told|added|wrote|tweeted|according to)\b", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|yesterday|today)\b"
)
_SPEAKING = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|us|me)\b")
_PAST = re.compile(r"\b(?:was|were|had)\b")
_FULL_NAME = re.compile(r"(?<=.)\b[A-Z][a-z]+ [A-Z][a-z]+")
# Opens with a word that points back, or goes on from what was said. Arabic says "and he added" in one word.
_POINTS_BACK = re.compile(
    r"""["“‘'«„]?(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its|But|And|So|However|Meanwhile|Instead|Such|Then
    |Others?|Both|Also|Он|Она|Они|Эт(?:о|от|а|и|ому|ого|им)|Его|Её|Ее|Их|Но|Он[аи]?\sже|При\sэтом|Кроме\sтого|Він|Вона|Вони|Ц(?:е|ей|я|і|ьому)|Його|Її|Їх|Але|Крім\sтого|Проте|Il|Elle|Ils|Elles
    |Mais|Cela|Ce(?:la|ci|tte|s)|C[’'](?=[eé])|Ce\sdernier|Cette\sdernière|Celui-ci|Celle-ci|Ses|Leurs?|Toutefois|Cependant|Er|Sie|Es|Aber|Dies(?:e[mnrs]?)?|Das(?=\s[a-zäöü])|Damit|Dabei|Seine?|Ihre?|Doch|Allerdings|Außerdem|Él|Ella|Ellos
    |Ellas|Pero|Est[aeo]s?|Es[aeo]s?|Sus?|Además|Sin\sembargo|Ancak|Onlar|Bu|Bunu|Bunun|Buna|Ayrıca|Fakat|Ama|Öte\syandan|وأضافت?|وتابعت?|وأكدت?|وأوضحت?|وأشارت?|وقال|لكن|ولكن
    |كما|وذلك|وهو|وهي|هذا|هذه|وهذا|وهذه)\b""",
    re.VERBOSE,
)
# A quotation whose speaker is a pronoun: `“...,” he said`, `“...,” said she`.
_BY_PRONOUN = re.compile(
    r"""[”"»“][\s,–—-]{0,4}(?:(?:he|she|they)\s(?:said|added|told|says|wrote|continued|explained)|said\s(?:he|she)
    |[^\W\d_]{0,12}[- ]t-(?:il|elle)\b|(?:sagte|erklärte|fügte|betonte|meinte|so|sagt)\s(?:er|sie)\b
    |(?:сказал|заявил|добавил|отметил|подчеркнул)а?\s(?:он|она)\b|(?:сказа|заяви|дода|зазначи|наголоси)(?:в|ла)\s(?:він|вона)\b
    |(?:dijo|añadió|agregó|señaló|afirmó|aseguró|explicó)(?:\s(?:él|ella))?\.?$|(?:dedi|diye\s(?:konuştu|ekledi))\.?$)""",
    re.VERBOSE,
)
# Points back as well, in ways too rare to be a column of the model.
_GOES_ON = re.compile(
    r"Each(?=\s(?:[a-z]+ed|was|were|is|has|had|will|would|weighs|holds)\b)|In\sother\swords\b|As\sa\sresult,|For\sthat\sreason"
)
_KEYWORDS = 12  # commonest stems of a story that stand for its subject


def hangs(text: str) -> bool:
    """Whether a sentence only makes sense after the one before it: it points back, or is a quotation of nobody or of
    one who was named before."""
    if _POINTS_BACK.match(text) or _GOES_ON.match(text):
        return True
    if not text.startswith(('"', "“", "«", "„")):
        return False
    if _BY_PRONOUN.search(text):
        return True
    return bare(text)


def bare(text: str) -> bool:
    """Whether a sentence is a quotation of nobody."""
    if not text.startswith(('"', "“", "«", "„")):
        return False
    return sum(len(quoted) for quoted in _QUOTED.findall(text)) >= len(text) - 3


def spoken(text: str) -> float:
    """The share of a sentence that stands in quotation marks, 0..1."""
    if not _MARK.search(text):
        return 0.0
    return sum(len(quoted) for quoted in _QUOTED.findall(text)) / (len(text) or 1)


class Reading:
    """The sentences of one story of a page with what the features are computed from."""

    def __init__(self, sentences: Sequence[Placed], stems: list[list[str]], title: str, lang: str) -> None:
        stop = stop_words(lang)
        self.sentences = sentences
        self.stems = stems
        self.sets = [set(stems) for stems in self.stems]
        self.title = {words.stem(word, lang) for word in words.words(title) if word.lower() not in stop}
        self.counts = Counter(stem for stems in self.stems for stem in stems)
        self.total = sum(self.counts.values()) or 1
        self.norm = math.sqrt(sum(n * n for n in self.counts.values())) or 1.0
        self.keywords = [stem for stem, _ in self.counts.most_common(_KEYWORDS)]
        self.keyword_total = sum(self.counts[stem] for stem in self.keywords) or 1
        self.opening = Counter(stem for stems in self.sets[:5] for stem in stems)
        self.centrality = _share_of_most(lexrank.make(lang).scores(self.stems))
        self.stop = stop


def _share_of_most(scores: list[float]) -> list[float]:
    most = max(scores, default=0.0) or 1.0
    return [score / most for score in scores]


def cosine(one: set[str], other: set[str]) -> float:
    """Likeness of two sets of stems, 0..1."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _stands(reading: Reading, i: int) -> list[float]:
    found, own = reading.sets[i], reading.counts
    return [
        i == 0,
        i == 1,
        i == 2,
        1 / (1 + i),
        math.log1p(i),
        i / len(reading.sentences),
        reading.centrality[i],
        sum(own[stem] for stem in found) / reading.total,
        sum(own[stem] for stem in found) / (math.sqrt(len(found) or 1) * reading.norm),
        sum(own[stem] for stem in reading.keywords if stem in found) / reading.keyword_total,
        (sum(reading.opening[stem] for stem in found) - (len(found) if i < 5 else 0)) / (5 * (len(found) or 1)),
        cosine(reading.sets[0], found) if i else 0.0,
        len(reading.title & found) / (len(reading.title) or 1),
        cosine(reading.title, found),
    ]


def _is_written(reading: Reading, i: int) -> list[float]:
    text, tokens = reading.sentences[i].text, reading.sentences[i].words
    count = len(tokens) or 1
    plain = _QUOTED.sub("", text)
    return [
        min(count, 60) / 30,
        math.log(count),
        count < 8,
        count > 35,
        any(token[0].isdigit() or token[0] in "$€£¥" for token in tokens),
        sum(token[0].isupper() for token in tokens[1:]) / count,
        bool(_FULL_NAME.search(text)),
        1 - len(plain) / (len(text) or 1),
        bool(_POINTS_BACK.match(text)),
        bool(_SPEAKING.search(plain)),
        bool(_SAID.search(text)),
        bool(_DAY.search(text)),
        sum(token.lower() in reading.stop for token in tokens) / count,
        text.count(",") / 3,
        bool(_PAST.search(text)),
        "?" in text,
    ]


_STANDS = (
    *("first", "second", "third", "near_top", "log_depth", "depth", "centrality", "common_words", "middle", "keywords"),
    *("like_opening", "like_first", "title_said", "like_title"),
)
_WRITTEN = (
    *("length", "log_length", "short", "long", "number", "capitals", "full_name", "quoted", "points_back", "speaking"),
    *("said", "day", "stop_words", "commas", "past", "question"),
)
# These weigh otherwise near the top of a story: each is a column of its own, multiplied by near_top.
_NEAR_TOP = ("centrality", "middle", "like_opening", "keywords", "like_title", "log_length", "points_back", "said")
_PLAIN = (*_STANDS, *_WRITTEN)
FEATURES = (*_PLAIN, *(f"near_top_{name}" for name in _NEAR_TOP))

_MEASURES: tuple[Callable[[Reading, int], list[float]], ...] = (_stands, _is_written)
_TIMES_NEAR_TOP = [_PLAIN.index(name) for name in _NEAR_TOP]


def measure(page: Page) -> Floats:
    """FEATURES of every sentence of the page, one a row, each story by itself."""
    parts, start = [], 0
    for number, group in groupby(page.sentences, key=lambda sentence: sentence.story):
        sentences = list(group)
        stems = page.stems[start : start + len(sentences)]
        parts.append(_of_story(Reading(sentences, stems, page.stories[number].head.title, page.langs[number])))
        start += len(sentences)
    return np.concatenate(parts) if parts else np.zeros((0, len(FEATURES)))


def _of_story(reading: Reading) -> Floats:
    rows = [[value for each in _MEASURES for value in each(reading, i)] for i in range(len(reading.sentences))]
    plain = np.array(rows, dtype=np.float64)
    near_top = plain[:, [_PLAIN.index("near_top")]]
    return np.hstack([plain, near_top * plain[:, _TIMES_NEAR_TOP]])
