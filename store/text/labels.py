"""The words around a date that say what day it is: of publication, of a change, of something else."""

from __future__ import annotations

import re
from functools import cache

WEEKDAYS = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|montag|dienstag"
    r"|mittwoch|donnerstag|freitag|samstag|sonntag|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
    r"|понеділок|вівторок|середа|четвер|п'ятниця|субота|неділя|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar"
    r"|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد"
)
PUBLISHED = (
    r"first published|originally published|date published|published|publication date|posted|publish date"
    r"|pub|date|dated|issued|created|filed"
    r"|publiée?|parue?|publicado|publicada|veröffentlicht|erstellt|opublikowano"
    r"|опубликовано|опубліковано|дата публикации|yayınlanma(?: tarihi)?"
    r"|yayın tarihi|giriş(?: tarihi)?|oluşturulma(?: tarihi)?|eklenme(?: tarihi)?|نُ?شر(?:ت)?(?: في| بتاريخ)?"
    r"|تاريخ النشر"
    r"|release date|date of publication|published date|published at|pub date|premiered|aired|uploaded|added|erschienen"
    r"|publiziert|fecha de publicación|fecha|data di pubblicazione|data de publicação|pubblicato|yayımlanma(?: tarihi)?"
    r"|дата|размещено|створено|создано|дата публікації|date de publication|créé|mise? en ligne|publiée?s?"
)
UPDATED = (
    r"last updated|updated?|last modified|modified|last edited|mis à jour|modifié|actualizado|aktualisiert"
    r"|stand|обновлено|оновлено"
    r"|última actualización|ultima modifica|aggiornato|atualizado(?: em)?|zuletzt aktualisiert|dernière mise à jour"
    r"|modifiée?|mise à jour|изменено|дата обновления|последнее обновление|revised|amended"
    r"|güncellen?me(?: tarihi)?|son güncelleme|آخر تحديث|تحديث"
)


_FIELD = re.compile(
    r"(?:\w+ )?(?:sources?|via|author|editors?|edited|title|section|category|categories|foto|bild|imagen?"
    r"|tags?|topics?|photos?|video|language|länder"
    r"|length|byline|subject|keywords?|location|place|country|region|type|kind|author|quelle|kaynak|editör|источник|джерело"
    r"|автор|фото|المصدر|تصوير|تحرير|المحرر|update|note|copyright|contact|image|credit)$",
    re.IGNORECASE,
)


FROM = re.compile(r"From:\s+(?=[A-Z])(?!.*@)")  # the office that a government's page comes from


def is_label(text: str) -> bool:
    """Whether text names what stands behind its colon: "Source", "Category"."""
    return _FIELD.match(text) is not None


# Labels of languages that write the day before the month in figures, too.
DAY_FIRST = re.compile(
    r"\b(?:publiée?|parue?|mis(?:e)? à jour|modifiée?|publicado|publicada|actualizado|veröffentlicht|aktualisiert"
    r"|pubblicato|aggiornato|опубликовано|опубліковано|обновлено|оновлено|дата публикации|yayınlanma|güncelleme"
    r"|yayın tarihi|opublikowano"
    r"|publiziert|erschienen|fecha|mise? en ligne|giriş"
    r"|le(?= \d{1,2}[/-])|uhr|às|alle ore|\d{1,2}\s?h\s?\d{2})\b",
    re.IGNORECASE,
)
SAYS_PUBLISHED = re.compile(
    r"\b(?:published|publication date|publish date|posted|publiée?|parue?|publicado|publicada|veröffentlicht"
    r"|опубликовано|опубліковано|дата публикации|yayınlanma|yayın tarihi|opublikowano|publiziert|erschienen"
    r"|fecha de publicación|pubblicato|release date)\b|نُ?شر",
    re.IGNORECASE,
)


def is_updated(before: str) -> bool:
    """Whether the last label in front of a date says that the date is that of a change."""
    return last(UPDATED, before) > last(PUBLISHED, before)


def last(words: str, text: str) -> int:
    """Where the last of such labels begins, -1 where there is none."""
    return max((m.start() for m in _label(words).finditer(text)), default=-1)


@cache
def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b\s*(?:on|at|by|le|el|am|um|:)?\s*:?", re.IGNORECASE)


@cache
def noise() -> re.Pattern[str]:
    """Words that only frame a date."""
    return re.compile(
        rf"\b(?:{PUBLISHED}|{UPDATED}|{WEEKDAYS}|on|at|le|el|am|um|uhr|hrs|local time|time"
        r"|(?:lesedauer|lesezeit|temps de lecture|tiempo de lectura|reading time)\s*:?\s*\d{1,3} min(?:ut\w*)?"
        rf"|\d{{1,3}} min(?:ute)?s? read|(?:an?|\d{{1,3}}) (?:min(?:ute)?|hour|day|week|month)s? ago"
        r"|(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\.?)?"
        r"|(?:eastern|central|mountain|pacific) (?:daylight|standard) time"
        r"|last|date|edition|print edition|print|web|hora|hs|\d{1,2}\s?(?:h|hrs?|d|m|min)(?= |$)|days?"
        r"|ist|gmt|utc|et|bst|cst|pst|cet|uk|г|года|р|року)\b\.?",
        re.IGNORECASE,
    )


# What a masthead says of the day on which the page was looked at, and of the paper's own age.
OTHER_DATE = re.compile(
    r"^\W*(?:today(?:[’']s date| is|:)|current date|date du jour|established|founded|est\.|since|in print since"
    r"|(?:when|wann|quand|cuándo|quando|когда|коли|event date|starts?|deadline|ends?|date and time)\s*:"
    r"|fondée? (?:le|en)|gegründet|seit|fundad[oa]|основан\w*|kuruluş)(?!\w)",
    re.IGNORECASE,
)

# A line that says so beside its date is about a person, and no line about the text.
BORN = re.compile(
    r"\b(?:born|d\.?o\.?b|geb|geboren|née? le|nacid[oa]|nacimiento|naissance|doğum\w*|рожд\w+|народж\w+)\b"
    r"|\b(?:г\. ?р|р\. ?н)\.|مواليد",
    re.IGNORECASE,
)
