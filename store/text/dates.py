"""Dates as stories write them, in the languages the desk reads. Reads only what stands there: a date without a year is
no date, and one whose day and month could be swapped is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

# Month names and their usual short forms, January first; forms of one month are separated by a bar.
_MONTHS = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sept|sep october|oct november|nov december|dec",
    "fr": "janvier|janv février|fevrier|févr|fév mars avril|avr mai juin juillet|juil août|aout septembre octobre "
    "novembre décembre|decembre|déc",
    "es": "enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre octubre noviembre "
    "diciembre|dic",
    "de": "januar|jänner februar märz|mär|maerz april mai juni juli august september oktober|okt november dezember|dez",
    "ru": "января|янв|январь февраля|фев|февраль марта|мар|март апреля|апр|апрель мая|май июня|июн|июнь июля|июл|июль "
    "августа|авг|август сентября|сен|сент|сентябрь октября|окт|октябрь ноября|ноя|нояб|ноябрь декабря|дек|декабрь",
    "uk": "січня|січень лютого|лютий березня|березень квітня|квітень травня|травень червня|червень липня|липень "
    "серпня|серпень вересня|вересень жовтня|жовтень листопада|листопад грудня|грудень",
    "tr": "ocak|oca şubat|şub mart nisan|nis mayıs haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki kasım|kas "
    "aralık|ara",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września|wrzesnia października|pazdziernika "
    "listopada grudnia",
    "ar": "يناير|كانون\u00a0الثاني فبراير|شباط مارس|آذار أبريل|إبريل|ابريل|نيسان مايو|أيار يونيو|يونيه|حزيران "
    "يوليو|يوليه|تموز أغسطس|اغسطس|آب سبتمبر|أيلول أكتوبر|اكتوبر|تشرين\u00a0الأول نوفمبر|تشرين\u00a0الثاني "
    "ديسمبر|كانون\u00a0الأول",
}

# A month's name in any of the languages, as a pattern for whoever reads half a date.
MONTH = "|".join(
    re.escape(form) for table in _MONTHS.values() for names in table.split(" ") for form in names.split("|")
)

# Weekdays, Monday first, as the months above. Short forms stand only beside a date.
_WEEKDAYS = (
    "monday|mon tuesday|tues|tue wednesday|wed thursday|thurs|thur|thu friday|fri saturday|sat sunday|sun",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
    "понедельник вторник среда|среду четверг пятница|пятницу суббота|субботу воскресенье",
    "понеділок вівторок середа|середу четвер п'ятниця|п’ятниця|п'ятницю|п’ятницю субота|суботу неділя|неділю",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "الاثنين|الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
)
WEEKDAY = "|".join(re.escape(form) for table in _WEEKDAYS for form in re.split(r"[ |]", table))

# Zones that news writes for one offset. CST, ET and their like name several and are left out; IST is India's in all but
# a few outlets, and BST Britain's in the months of its summer.
_ZONES = {
    "z": "+00:00", "gmt": "+00:00", "utc": "+00:00", "msk": "+03:00", "мск": "+03:00", "trt": "+03:00",
    "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00", "est": "-05:00", "edt": "-04:00",
    "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00", "kst": "+09:00", "pkt": "+05:00", "hkt": "+08:00",
    "sgt": "+08:00", "ist": "+05:30", "bst": "+01:00", "idt": "+03:00", "gst": "+04:00", "wib": "+07:00",
    "sast": "+02:00",
    "eat": "+03:00", "wat": "+01:00", "aest": "+10:00", "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00",
    "myt": "+08:00", "pht": "+08:00", "ict": "+07:00", "npt": "+05:45",
    "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "west": "+01:00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: iso as exact as it is written, and where it stands."""

    iso: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Partial:
    """Half a date: a weekday (Monday is 0), or month and day, and the time as dates give it."""

    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    clock: str = ""


@cache
def _weekdays() -> tuple[dict[str, int], re.Pattern[str]]:
    names = {
        form: number
        for table in _WEEKDAYS
        for number, forms in enumerate(table.split(" "))
        for form in forms.split("|")
    }
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return names, re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def weekdays(text: str) -> Iterator[tuple[int, str]]:
    """The weekdays that text names in full, or by a short form with a capital: number, as written."""
    names, pattern = _weekdays()
    for match in pattern.finditer(text):
        written = match[0]
        if len(written) > 4 or written[:1].isupper():
            yield names[written.casefold()], written


@cache
def _day_of_month() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?P<mon1>{month})(?:\.?\s|\.)(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s(?:de\s)?"
        rf"(?P<mon2>{month}))(?!\w)",
        re.IGNORECASE,
    )


def partial(text: str) -> Partial | None:
    """What a short text says of a day without its year: "Tuesday 14:07", "14 APR, 12:30"."""
    weekday = next((number for number, _ in weekdays(text)), None)
    match = _day_of_month().search(text)
    if weekday is None and match is None:
        return None
    time = re.search(_CLOCK + _ZONE, text, re.IGNORECASE)
    clock = (_clock(time) or "") if time else ""
    if match is None:
        return Partial(weekday, clock=clock)
    name, day = (match["mon1"], match["d1"]) if match["mon1"] else (match["mon2"], match["d2"])
    return Partial(weekday, _months()[name.casefold()], int(day), clock)


@cache
def months(language: str) -> Mapping[str, int]:
    """The names of months in a language and their usual short forms, in small letters; January is 1."""
    table = enumerate(_MONTHS.get(language, "").split(" "), 1)
    return {form.replace("\u00a0", " "): number for number, forms in table for form in forms.split("|") if form}


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in _MONTHS:
        for form, number in months(language).items():
            names.setdefault(form, number)
    return names


@cache
def _date() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"""(?:(?<![\w/.-])|(?<=:\d\d-))(?:
          (?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})
        | (?P<y5>\d{{4}})(?P<by5>[/.])\s?(?P<m5>\d{{2}})(?P=by5)\s?(?P<d5>\d{{2}})
        | (?P<d2>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?P<y2>\d{{4}})
        | (?P<a8>\d{{2}})(?P<by>[./])(?P<b8>\d{{2}})(?P=by)(?P<y8>\d{{2}})(?=[\s,|])
        | (?P<a6>\d{{1,2}})[/-](?P<b6>\d{{1,2}})[/-](?P<y6>\d{{4}})
        | (?P<y7>\d{{4}})[年년]\s?(?P<m7>\d{{1,2}})[月월]\s?(?P<d7>\d{{1,2}})[日일]
        | (?P<mon3>{month})\.?(?:\s+|\s?-\s?)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*[,،]\s*|\s+|\s?-\s?)(?P<y3>\d{{4}})
        | (?P<d4>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s./-]+(?:de\s+|of\s+)?(?P<mon4>{month})\.?(?:\s*[,،]\s*|[\s./-]+)
            (?:de\s+|del\s+)?(?P<y4>\d{{4}})
        )(?!\d(?!\d?(?::\d\d|\.?\s(?:{month}))))""",  # "203110:22" and "203112 Apr" are a year and what comes next
        re.VERBOSE | re.IGNORECASE,
    )


# Without a zone's name a shift west is taken only behind seconds: "10:00-12:00" is from when to when.
_ZONE = (
    r"(?:\s?(?:\|\s(?=GMT|UTC))?\(?(?P<zone>(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|\+\d{2}:?\d{2}"
    r"|(?:Eastern|Central|Mountain|Pacific) (?:Daylight|Standard) Time"
    r"|(?:(?<=:\d\d:\d\d)|(?<=:\d\d:\d\d\s))-\d{2}:?\d{2}|[A-Za-zМСКмск]{1,4}(?![\w]))\)?)?"
)
_HALF = r"(?P<half>[ap]\.?\s?m\b\.?|[صم](?!\w)|صباحا?ً?(?!\w)|مساءً?(?!\w))"
_CLOCK = (
    r"(?P<h>[01]?\d|2[0-3])(?:(?:[:h.]|\sh\s)(?P<min>[0-5]\d)|:(?P<one>\d)(?![\d:]))(?::[0-5]\d(?:\.\d{1,6})?)?"
    rf"\s?{_HALF}?"
)
_BARE = rf"(?P<h>1[0-2]|0?[1-9])\s?{_HALF}"
_BEHIND_YEAR = rf"(?:\s(?:г|р|года|року)\b\.?|,?\s(?:{WEEKDAY})\b\.?)?"
_BEFORE = rf"{_BEHIND_YEAR}\s*(?:T|,|\||·|•|–|—|-|at|à|às|um|a las|alle(?: ore)?|в|о|saat|kl\.?|@|from|/)?\s*"
_AFTER_DATE = (re.compile(_BEFORE + _CLOCK + _ZONE, re.IGNORECASE), re.compile(_BEFORE + _BARE + _ZONE, re.IGNORECASE))
_BEFORE_DATE = re.compile(
    r"(?<![\d:.])"
    + _CLOCK
    + _ZONE
    + r"\s*(?:,|\||·|•|–|—|-|on)?\s*(?:le\s|el\s|il\s|am\s)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?\.?,?\s*)?$",
    re.IGNORECASE,
)


_ASCII_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)


_YEAR = re.compile(r"\d{4}|\d\d[./]\d\d[./]\d\d")


def may_stand_in(text: str) -> bool:
    """Whether there is a year in text, as in every full date: cheaper to ask than for the dates."""
    return _YEAR.search(text) is not None


def dates(text: str, *, day_first: bool = False) -> Iterator[Found]:
    """Every full date in text, in order, with its time of day where one stands beside it. day_first: the language of
    the text is known to be one that writes 3/4/2031 for the third of April."""
    if not may_stand_in(text):
        return
    text = text.translate(_ASCII_DIGITS) if not text.isascii() else text
    for match in _date().finditer(text):
        day = _day(match, day_first=day_first)
        if day is None:
            continue
        found = _timed(text, day, match.start(), match.end())
        if not match["y8"] or "T" in found.iso:  # "3.5.31" may number anything, "3.5.31, 14:07" does not
            yield found


def first(text: str) -> Found | None:
    return next(dates(text), None)


_CROATIAN = re.compile(r"\d\.\s+listopada", re.IGNORECASE)  # October there, November in Polish, which sets no dot


def _day(match: re.Match[str], *, day_first: bool) -> str | None:
    g = match.groupdict()
    if g["mon3"] or g["mon4"]:
        if _CROATIAN.search(match[0]):
            return None
        n = "3" if g["mon3"] else "4"
        year, month, day = int(g["y" + n]), _months()[g["mon" + n].casefold()], int(g["d" + n])
    elif g["y8"]:
        one, other, year = int(g["a8"]), int(g["b8"]), 2000 + int(g["y8"])
        if g["by"] == "/" and (one > 12) == (other > 12):
            return None
        day, month = (one, other) if g["by"] == "." or one > 12 else (other, one)
    elif g["y6"]:
        one, other, year = int(g["a6"]), int(g["b6"]), int(g["y6"])
        if one <= 12 and other <= 12 and one != other and not day_first:
            return None
        day, month = (one, other) if other <= 12 else (other, one)
    else:
        n = next(n for n in "1527" if g["y" + n])
        year, month, day = int(g["y" + n]), int(g["m" + n]), int(g["d" + n])
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _timed(text: str, day: str, start: int, end: int) -> Found:
    for pattern in _AFTER_DATE:
        match = pattern.match(text, end, end + 60)
        if match and (clock := _clock(match, day)):
            return Found(f"{day}T{clock}", start, match.end())
    before = _BEFORE_DATE.search(text[max(0, start - 40) : start])
    if before and (clock := _clock(before, day)):
        if len(clock) == len("14:07") and (zone := _SHIFT_BEHIND.match(text, end, end + 16)):  # "14:07, 3 May | GMT+5"
            shift = _offset(zone["shift"]) or _ZONES.get(zone["shift"].lower(), "")
            clock, end = clock + shift, zone.end() if shift else end
        return Found(f"{day}T{clock}", start - (min(40, start) - before.start()), end)
    return Found(day, start, end)


_SHIFT = re.compile(r"(?:(?:gmt|utc)\s?)?(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<min>[0-5]\d))?")


_SHIFT_BEHIND = re.compile(
    r"\s?[|,]?\s?\(?(?P<shift>(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|(?:[A-Z]{3,4}|МСК)(?!\w))\)?"
)

_SUMMER = ("03-25", "10-31")  # within which British summer time falls


def clock(text: str) -> str | None:
    """The time of day, with its offset where it is named, that a text is and nothing else; None where it is not."""
    match = re.fullmatch(_CLOCK + _ZONE + r"(?:\s?(?:uhr|hrs?|h))?", text.strip(" .,|"), re.IGNORECASE)
    return _clock(match) if match else None


def _american(zone: str, day: str) -> str:
    """The offset of "ET", which has one on any one day: summer time from the second Sunday of March to the first of
    November (Energy Policy Act of 2005). A day without a year has none."""
    standard = {"et": 5, "pt": 8}.get(zone)
    if standard is None or len(day) != len("2031-05-03"):
        return ""
    year, month, number = map(int, day.split("-"))
    begins = 14 - date(year, 3, 1).weekday() if year >= 2007 else 99
    ends = 7 - date(year, 11, 1).weekday()
    summer = 3 < month < 11 or (month == 3 and number >= begins) or (month == 11 and number < ends)
    return f"-{standard - summer:02}:00" if year >= 2007 else ""


def _clock(match: re.Match[str], day: str = "") -> str | None:
    groups = match.groupdict()
    hour, minute = int(groups["h"]), int(groups.get("min") or groups.get("one") or 0)
    half = (groups["half"] or "").lower()
    late = half[:1] in ("p", "م")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if late else 0)
    elif half and late != (hour > 12):  # "14:07 pm" is said twice over, "14:07 am" is a mistake
        return None
    zone = (groups["zone"] or "").lower()
    if zone.endswith(" time"):
        zone = "".join(word[0] for word in zone.split())
    offset = _ZONES.get(zone, "") or _american(zone, day)
    if zone == "bst" and not _SUMMER[0] <= day[5:] <= _SUMMER[1]:
        offset = ""
    return f"{hour:02}:{minute:02}{_offset(zone) or offset}"


def _offset(zone: str) -> str:
    """ "GMT+5" as "+05:00", "" for what is no shift or one that no place on earth has."""
    shift = _SHIFT.fullmatch(zone.lower())
    return f"{shift['sign']}{int(shift['h']):02}:{shift['min'] or '00'}" if shift and int(shift["h"]) <= 14 else ""
