"""Where sentences end: finds every place that might be an end and decides by the words around it, quotations and
brackets included. The lists it decides by stand in abbreviations.txt.

One pass with bounded looks back and forth, so that time is linear in the text whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.text.lists import read_lists

_LISTS = read_lists("abbreviations.txt")
LOWER_TITLES = _LISTS["lower_titles"]
TITLES = _LISTS["titles"] | LOWER_TITLES
NUMBERED = _LISTS["numbered"]
DATES = _LISTS["months"] | _LISTS["weekdays"]
COMMON = _LISTS["common"]
STARTERS = _LISTS["starters"]
HOURS = frozenset(("a.m", "p.m"))
_PAIRED = _LISTS["paired"]  # "z.b": German sets a space between the two
_ERAS = _LISTS["eras"]  # the same, but the second stop may end a sentence: "en el siglo III a. C."
_YEAR_SIGNS = frozenset(("г", "гг", "р", "рр"))  # Russian and Ukrainian, after the number of a year
# After a number, before a capital: "2.9 bn. Profit" ends there, as "bn" is no name's part.
_UNITS = frozenset(("bn", "mn", "tn", "mln", "bln", "trn", "pct", "lbs", "ft", "yrs", "hrs", "mins"))
# "In the U.S. Mr. Vole found work": after no more than these a sentence has only begun.
_PREPOSITIONS, _BARELY = frozenset(("in", "at", "from", "for", "to", "by", "on", "since", "with", "under", "across")), 2
_SETTLED = 4  # words before a year from which on its sign may end the sentence: "В 2031 г. Вардания" goes on

_LOOK = 60  # characters of a word that are looked at
# End a sentence whatever follows: those of Unicode's Sentence_Terminal (UAX 29) that do nothing else where they are in
# use, and the double shad. Tibetan's single one and Burmese's ၊ part clauses too.
_CASELESS = frozenset("。！？｡؟۔।॥።፧፨။។៕։܀܁܂᠃᠉༎")
_GOES_ON = frozenset(".,،;:")  # but these
# Begins with one set of characters, never fails after it, gives nothing back: linear on "......" and on "))))".
_MAY_END = re.compile(
    rf"""(?P<marks>[.!?…{"".join(sorted(_CASELESS))}]++)
        (?P<close>["'”’)\]»›}}」』）]*+(?:[\ \u00a0\u202f]»)?+
           (?:\s?\[(?:\d{{1,3}}|[a-z]|note\ \d{{1,2}}|citation\ needed)\])*+)
        (?P<gap>\s*+)""",
    re.VERBOSE,
)
_GLUED = re.compile(r"(?!Com|Net|Org)([A-ZÀ-ÞА-ЯЁ][a-zà-ÿа-яё]{1,20})[\s,]")
_NEXT = re.compile(rf"""(?P<open>["'“‘«‹„‚(\[{{–—*•`-]*+)(?P<word>\S{{0,{_LOOK}}})""")
_BEYOND = re.compile(r"\s++(\S)")
_QUOTATION = 300  # characters before its end in which a quotation begins that has its speaker before it
_OPENING = "\"'“‘«‹„‚([{–—-’”*`"
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}")
_JOINED = re.compile(r"[-–—/(\[]|(?<=\b[dl])['’]")  # "US-Corp.", "l’art."
_POINT = re.compile(r"[a-z]\)")  # "b) to refuse" goes on with a list inside its sentence
_YEAR = re.compile(r"(?:.*[-–—])?(?:1[0-9]|20)\d\d")
_ROMAN = re.compile(r"[IVXLC]+[.,;:)]?")
_INITIAL = re.compile(r"([^\W\d_])\.")
_PLURAL = re.compile(r"([A-ZÁÉÍÓÚÑ])\1\.?")  # "EE. UU.": Spanish doubles the letters of what is many
_ERA = re.compile(r"Chr\b|J\.?\s?-\s?C\b")  # "300 v. Chr.", "50 av. J.-C."
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ASIDE = re.compile(r"\([^()\n]{1,80}\)\s?[,;:a-zа-яё]")  # "Help! (1965) and": the bracket goes on with its sentence
_NOTE = re.compile(r"\d{1,2}(?=\s([A-ZÀ-Þ][^\W\d_]*))")  # "minority rights. 4 Even though": the mark of a note
_VOLUME = re.compile(r"\d{1,4}\s?\(\d{1,4}\)")  # "Journal of Dams. 92 (6)"
_SIGNED = re.compile(r"[—–]\s?(?:[A-ZÀ-ÞА-ЯЁ][^\s.!?]{0,20}\.?\s?){1,4}(?=\n|\Z)")  # `it ends here. — Anna Vole`
_GIVEN = re.compile(r"""[,:]\s?["“«„‘'](?=\S)""")
_CLOSING_QUOTE = re.compile(r"""["'”’»]+(?=\s)""")
_SPEAKER = re.compile(rf"(?:[^\W\d_]\S{{0,20}}\s){{1,5}}(?:{'|'.join(sorted(_LISTS['speech']))})\b")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence, in order, without the white space around it; together they hold all the rest."""
    for start, end in _cuts(text):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at in _MAY_END.finditer(text):
        cut = at.end()
        if cut < len(text) and _ends(text, start, at):
            cut = _past_note(text, _past_loose_quote(text, start, cut))
            yield start, cut
            start = cut
    yield start, len(text)


def _past_loose_quote(text: str, start: int, at: int) -> int:
    """Tokenised text sets white space before a closing quote (`it . " He`); the quote belongs to what it closes."""
    quote = _CLOSING_QUOTE.match(text, at)
    if quote is None or (quote[0][0] == '"' and text.count('"', start, at) % 2 == 0):
        return at
    return quote.end()


def _past_note(text: str, at: int) -> int:
    """A bare number before a word that begins a sentence is the mark of a note to the sentence before."""
    note = _NOTE.match(text, at)
    return note.end() if note and note[1].lower() in STARTERS else at


def _ends(text: str, start: int, at: re.Match[str]) -> bool:
    if at["marks"][-1] in _CASELESS or at["gap"].count("\n") > 1:
        return bool(at["gap"]) or text[at.end()] not in _GOES_ON
    if not at["gap"]:
        return _glued(text, at)
    after = _NEXT.match(text, at.end())
    assert after is not None  # every part of it may be empty
    word, opened = after["word"], after["open"]
    if not word:  # quotes or dashes by themselves: `he said . " Then` but `? " he asked`
        if _SIGNED.match(text, at.end()):
            return False
        beyond = _BEYOND.match(text, after.end())
        if beyond and (beyond[1].islower() or (at["marks"][-1] in "!?" and _speaker(text, beyond.start(1)))):
            return False
        return bool(opened)
    if word.startswith(("http", "www.")):
        return True
    if word[0] in ".!?…,;:%)]}/&”’»" or _POINT.match(word) or _goes_on(text, at.end(), opened, word):
        return False
    token = _token(text, max(start, at.start() - _LOOK), at.start())
    if word[0].islower() and not word[1:2].isupper():  # "eBay" begins a sentence as a capital does
        return not opened and not at["close"] and _unshifted(text, start, at["marks"], token, word)
    if at["marks"] == ".":
        if not token:
            return True
        if len(token) < 4:
            before = text[max(start, at.start() - _LOOK) : at.start() - len(token)].split()
            if token in _YEAR_SIGNS and before and _YEAR.fullmatch(before[-1]):
                return _year_ends(before[:-1], word)
            if _paired(token, before, word) or _ordinal(token, before, word):
                return False
            if (parted := _parted(token, before, word)) is not None:
                return parted
            if initials(token) and len(before) <= _BARELY and before and before[0].lower() in _PREPOSITIONS:
                return False
        return _stop_ends(token, at, word, first=at.start() - start == len(token))
    return _mark_ends(text, start, at, word)


def _goes_on(text: str, at: int, opened: str, word: str) -> bool:
    """Whether what follows is no sentence: an aside, the number of a volume, the name of whoever is quoted."""
    if opened[:1] == "(":
        return bool(_ASIDE.match(text, at))
    if opened[:1] in ("—", "–") and _SIGNED.match(text, at):
        return True
    return word[0].isdigit() and bool(_VOLUME.match(text, at))


def _glued(text: str, at: re.Match[str]) -> bool:
    """Scraped text loses the space between paragraphs: "the festival.Last year"; but "example.Com" is one word, and
    so is "Herald.Vd": two letters that begin no sentence are a country's."""
    before = text[max(0, at.start() - 2) : at.start()]
    if not (len(before) == 2 and before.islower()):
        return False
    after = _GLUED.match(text, at.end())
    return after is not None and (len(after[1]) > 2 or after[1].lower() in STARTERS)


def _mark_ends(text: str, start: int, at: re.Match[str], word: str) -> bool:
    """After "!", "?" or an ellipsis, before a capital: yes, unless a speaker follows a closed quotation that had none
    before it."""
    if at["close"][:1] in ("'", '"', "”", "’", "»"):
        if word in _LISTS["speech_first"]:
            return False
        return not _speaker(text, at.end()) or bool(
            _GIVEN.search(text, max(start, at.start() - _QUOTATION), at.start())
        )
    if at["marks"] in ("!", "?") and word[-1] in ".," and word.rstrip(".,").lower() in COMMON:
        return False  # "Yippee! Inc."
    spaced_ellipsis = at["marks"][-1] in ".…" and text[at.start() - 1 : at.start()].isspace()
    return not (spaced_ellipsis and re.match(r"I(?!\w)", word))


def _unshifted(text: str, start: int, marks: str, token: str, word: str) -> bool:
    """Whether a sentence begins here in lower case, as on the web: its writer does so (this sentence began so, or "i"
    follows), or the word before is neither an abbreviation nor a name such as "Yahoo!"."""
    if word in ("i", "i'm", "i've"):
        return True
    low = token.lower()
    if marks == ".":
        if low in TITLES or low in COMMON or low in DATES or low in NUMBERED or "." in low:
            return False
        if text[start : start + 1].islower():
            return True
        return token.isalpha() and (len(token) > 6 or (len(token) > 3 and token == low))
    return "…" not in marks and ".." not in marks and (len(marks) > 1 or not token[:1].isupper())


def _speaker(text: str, at: int) -> bool:
    """Whether `Anna Vole said` stands here, so that the quotation before it is part of its sentence."""
    said = _SPEAKER.match(text, at, at + 120)
    if said is None:
        return False
    *name, _verb = said[0].split()
    return all(n[0].isupper() or n in ("of", "the", "de", "van", "von", "al", "bin") for n in name)


def _token(text: str, low: int, end: int) -> str:
    """The word that ends at end, without opening punctuation; empty where white space stands there."""
    piece = text[low:end]
    if not piece or piece[-1].isspace():
        return ""
    return piece.rsplit(None, 1)[-1].lstrip(_OPENING)


def _stop_ends(token: str, at: re.Match[str], word: str, *, first: bool) -> bool:
    """Whether a full stop after token, before a word that is not in lower case, ends a sentence.

    first: token is the first of its sentence, where a number is a mark of order ("2. The second").
    """
    low = token.lower()
    if low.endswith("str") and word[0].isdigit():
        return False  # "Hauptstr. 5"
    if len(low) > 7 and low.isalpha():
        return True  # longer than any abbreviation we know: nine in ten stops end here
    key = low if low in TITLES else _JOINED.split(low)[-1]
    if key == "etc" or (key in _UNITS and not word[0].isdigit() and _after_number(at.string, at.start() - len(token))):
        return True
    if first and key in ("ps", "p.s"):
        return False
    if key in LOWER_TITLES and not _acronym(token, word):
        return False
    if key in TITLES and token[0].isupper() and not _acronym(token, word):
        return False
    if token == "MM" and word[0].isupper() and not _after_number(at.string, at.start() - len(token)):
        return False  # "MM. Dupral et Tavel"
    if (
        key in NUMBERED
        and (len(key) > 1 or token[-1].islower())
        and (word[0].isdigit() or _ROMAN.fullmatch(word) or _dated(key, word))
    ):
        return False
    follows = _WORD.match(word)
    next_low = follows[0].lower() if follows else ""
    if key in HOURS:
        return next_low not in _LISTS["after_hours"] and (
            token.islower() or _after_number(at.string, at.start() - len(token))
        )
    if key in DATES:
        dated = token[0].isupper() or _after_number(at.string, at.start() - len(token))
        dated |= key in _LISTS["months"] and key != "mar" and bool(_YEAR.match(word))  # "en feb. 2031"
        return not (dated and (word[0].isdigit() or next_low in _LISTS["after_hours"]))
    if key.isdigit():
        listed = first or at.string[at.start() - len(token) - 1 : at.start() - len(token)] == "("
        return not (len(key) < 4 and (listed or (len(key) < 3 and next_low in _LISTS["after_ordinal"])))
    if first and len(token) > 1 and _ROMAN.fullmatch(token):
        return False
    if len(key) == 1 and key.isalpha():
        return next_low in STARTERS or (token[-1].islower() and key not in COMMON)
    if key in COMMON or initials(key):
        if word.lower() in ("no.", "nr.", "núm."):  # "Tarsu Cad. No. 5"
            return False
        return next_low in STARTERS or (initials(key) and word[-1] == ":")
    return True


def _paired(token: str, before: list[str], word: str) -> bool:
    """Whether token is a part of "z. B." or its like, the first or the second."""
    if len(token) != 1:
        return False
    return (f"{token}.{word[0]}".lower() in _PAIRED and word[1:2] == ".") or (
        bool(before) and len(before[-1]) == 2 and f"{before[-1]}{token}".lower() in _PAIRED
    )


def _parted(token: str, before: list[str], word: str) -> bool | None:
    """Whether a sentence ends after a part of what is written in parts ("В. В. Тарский", "EE. UU.", "5 p. m.");
    None where token is no such part."""
    if _ERA.match(word):
        return False
    previous, follows = before[-1] if before else "", _INITIAL.match(word)
    if follows and len(token) == 1 and (token.isupper() and follows[1].isupper()):
        return False
    if _PLURAL.fullmatch(token):
        if (beside := _PLURAL.match(word)) and beside[0][-1] == ".":
            return False
        return _starts(word) if previous[-1:] == "." and _PLURAL.fullmatch(previous) else None
    if follows and f"{token}.{follows[1]}".lower() in _ERAS:
        return False
    pair = f"{previous}{token}".lower() if len(previous) == 2 else ""
    if pair in HOURS and before[-2:-1] and before[-2][-1].isdigit():
        return word.lower().strip(".,;:") not in _LISTS["after_hours"]
    return _starts(word) if pair in _ERAS else None


def _starts(word: str) -> bool:
    """Whether a word begins sentences far more often than names."""
    found = _WORD.match(word)
    return found is not None and found[0].lower() in STARTERS


def _ordinal(token: str, before: list[str], word: str) -> bool:
    """Whether a number is an ordinal ("die 3. Runde"): a German article before it, a noun behind it."""
    number = token.isdigit() or (len(token) > 1 and _ROMAN.fullmatch(token))
    if not (number and before and before[-1].lower() in _LISTS["before_ordinal"]):
        return False
    follows = _WORD.match(word)
    return follows is not None and follows[0][0].isupper() and follows[0].lower() not in STARTERS


def _year_ends(before: list[str], word: str) -> bool:
    """Whether "2031 г." ends a sentence before a capital: a starter follows, or enough stands before the year and no
    clause has just begun ("договор, подписанный в 2031 г. Тарсией")."""
    if _starts(word):
        return True
    return len(before) >= _SETTLED and not any(piece.endswith(",") for piece in before[-_SETTLED:])


def initials(token: str) -> bool:
    """Whether a token without its last stop is a run of initials: "U.S", "I.M.F", "Ph.D" is not."""
    return bool(_INITIALS.fullmatch(token))


def _after_number(text: str, end: int) -> bool:
    """Whether a number stands before end: "4 P.M." is an hour, "Japan's P.M." is not."""
    before = text[max(0, end - _LOOK) : end].split()
    return bool(before) and before[-1][-1].isdigit()


def _acronym(token: str, word: str) -> bool:
    """Whether a token in capitals is a name ("the SEC.", "EST."), not a title in a line of capitals ("GEN. VOLE")."""
    return len(token) > 1 and token.isupper() and "." not in token and not (len(word) > 1 and word.isupper())


def _dated(key: str, word: str) -> bool:
    """ "(b. March 1962)": born and died take a month."""
    return key in ("b", "d", "c", "m", "fl") and word[0].isupper()
