"""What page furniture says in the languages of the lists: each line says its reason, a reporter's line says none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from store.text import beginnings, phrases

FURNITURE: dict[str, dict[str, str]] = {
    "en": {
        "Share this article": "share prompt",
        "Leave a comment": "comment prompt",
        "12 Comments": "comment prompt",
        "Sign up to our weekly newsletter": "newsletter",
        "Thanks for signing up!": "newsletter",
        "By signing up, you agree to our terms of use and privacy policy.": "newsletter",
        "Get the latest headlines delivered to your inbox": "newsletter",
        "Follow us on Facebook": "follow prompt",
        "Got a story? Write to our news desk.": "follow prompt",
        "We use cookies to improve your experience.": "cookie notice",
        "Accept all cookies": "cookie notice",
        "Story continues below": "advertisement",
        "This article contains affiliate links, which may earn us a commission.": "advertisement",
        "Already a subscriber? Log in": "subscription note",
        "Become a member today": "subscription note",
        "Your browser does not support the video element.": "video player",
        "Now playing": "video player",
        "Skip to content": "navigation",
        "Filed under: Trade, Borders": "tags",
        "Image 3 of 12": "caption",
        "Photo: Anna Kovel / Handout": "caption",
        "5 min read": "reading time",
        "All rights reserved": "copyright",
    },
    "fr": {
        "Partager sur Facebook": "share prompt",
        "Laisser un commentaire": "comment prompt",
        "Abonnez-vous à notre lettre": "newsletter",
        "Recevez chaque matin notre newsletter": "newsletter",
        "Suivez-nous sur Telegram": "follow prompt",
        "Tous droits réservés": "copyright",
        "Ce site utilise des cookies pour mesurer son audience.": "cookie notice",
        "Tout accepter": "cookie notice",
        "Publicité": "advertisement",
        "Cet article est réservé aux abonnés": "subscription note",
        "Déjà abonné ? Connectez-vous": "subscription note",
        "Écouter l'article": "video player",
        "Lire la suite": "navigation",
        "Mots-clés : frontière, commerce": "tags",
        "Crédit : Anna Kovel": "caption",
        "Temps de lecture : 4 min": "reading time",
        "Lire aussi : Le pont rouvre": "related headline",
        "Mis à jour il y a 3 heures": "date line",
    },
    "es": {
        "Compartir en Facebook": "share prompt",
        "Deja un comentario": "comment prompt",
        "Suscríbete a nuestro boletín": "newsletter",
        "Recibe cada mañana nuestro boletín": "newsletter",
        "Síguenos en Telegram": "follow prompt",
        "Todos los derechos reservados": "copyright",
        "Prohibida su reproducción total o parcial": "copyright",
        "Este sitio utiliza cookies propias y de terceros.": "cookie notice",
        "Publicidad": "advertisement",
        "Contenido exclusivo para suscriptores": "subscription note",
        "Escuchar el artículo": "video player",
        "Leer más": "navigation",
        "Etiquetas: frontera, comercio": "tags",
        "Créditos: Anna Kovel": "caption",
        "Tiempo de lectura: 4 min": "reading time",
        "Lea también: El puente reabre": "related headline",
        "Hace 3 horas": "date line",
    },
    "de": {
        "Artikel teilen": "share prompt",
        "Kommentare": "comment prompt",
        "Jetzt anmelden": "newsletter",
        "Melden Sie sich für unseren Newsletter an": "newsletter",
        "Folgen Sie uns auf Telegram": "follow prompt",
        "Alle Rechte vorbehalten": "copyright",
        "Diese Website verwendet Cookies.": "cookie notice",
        "Alle akzeptieren": "cookie notice",
        "Anzeige": "advertisement",
        "Dieser Artikel ist nur für Abonnenten lesbar": "subscription note",
        "Artikel anhören": "video player",
        "Weiterlesen": "navigation",
        "Themen: Grenze, Handel": "tags",
        "Bildquelle: Anna Kovel": "caption",
        "Lesezeit: 4 Min.": "reading time",
        "Lesen Sie auch: Die Brücke ist offen": "related headline",
        "vor 3 Stunden": "date line",
    },
    "ru": {
        "Поделиться в Телеграм": "share prompt",
        "Оставить комментарий": "comment prompt",
        "Подпишитесь на нашу рассылку": "newsletter",
        "Получайте главные новости на почту": "newsletter",
        "Читайте нас в Телеграме": "follow prompt",
        "Все права защищены": "copyright",
        "Перепечатка материалов только с согласия редакции": "copyright",
        "Сайт использует файлы cookie": "cookie notice",
        "На правах рекламы": "advertisement",
        "Материал доступен только подписчикам": "subscription note",
        "Смотреть видео": "video player",
        "Читать далее": "navigation",
        "Нашли ошибку? Выделите её и нажмите Ctrl+Enter": "navigation",
        "Теги: граница, торговля": "tags",
        "Фото: Анна Ковель": "caption",
        "Время чтения: 4 мин": "reading time",
        "Читайте также: Мост открыт": "related headline",
        "3 часа назад": "date line",
    },
    "uk": {
        "Поділитися у Фейсбуці": "share prompt",
        "Залишити коментар": "comment prompt",
        "Підпишіться на нашу розсилку": "newsletter",
        "Отримуйте новини на пошту": "newsletter",
        "Стежте за нами у Телеграмі": "follow prompt",
        "Усі права захищені": "copyright",
        "Всі права захищено": "copyright",
        "Використання матеріалів лише за згодою редакції": "copyright",
        "Цей сайт використовує файли cookie": "cookie notice",
        "Реклама": "advertisement",
        "Матеріал доступний лише передплатникам": "subscription note",
        "Дивитися відео": "video player",
        "Читати далі": "navigation",
        "Якщо ви знайшли помилку, виділіть її мишкою": "navigation",
        "Теми: кордон, торгівля": "tags",
        "Світлина: Анна Ковель": "caption",
        "Час читання: 4 хв": "reading time",
        "Читайте також: Міст відкрито": "related headline",
        "3 години тому": "date line",
    },
    "tr": {
        "Haberi paylaş": "share prompt",
        "Yorum yap": "comment prompt",
        "Bültene abone olun": "newsletter",
        "Bizi takip edin": "follow prompt",
        "Tüm hakları saklıdır": "copyright",
        "Kaynak gösterilmeden kullanılamaz": "copyright",
        "Bu site çerezleri kullanır": "cookie notice",
        "Reklam": "advertisement",
        "Bu içerik yalnızca abonelere açıktır": "subscription note",
        "Videoyu izle": "video player",
        "Devamını oku": "navigation",
        "Etiketler: sınır, ticaret": "tags",
        "Fotoğraf: Anna Kovel": "caption",
        "Okuma süresi: 4 dk": "reading time",
        "Ayrıca okuyun: Köprü açıldı": "related headline",
        "3 saat önce": "date line",
    },
    "ar": {
        "شارك على تويتر": "share prompt",
        "اترك تعليقا": "comment prompt",
        "اشترك في نشرتنا": "newsletter",
        "النشرة الإخبارية": "newsletter",
        "تابعونا على تلغرام": "follow prompt",
        "جميع الحقوق محفوظة": "copyright",
        "يستخدم هذا الموقع ملفات تعريف الارتباط": "cookie notice",
        "إعلان": "advertisement",
        "هذا المحتوى متاح للمشتركين فقط": "subscription note",
        "شاهد الفيديو": "video player",
        "الإبلاغ عن خطأ": "navigation",
        "الوسوم: الحدود، التجارة": "tags",
        "مصدر الصورة: آنا كوفل": "caption",
        "مدة القراءة: 4 دقائق": "reading time",
        "اقرأ أيضا: فتح الجسر": "related headline",
        "منذ 3 ساعات": "date line",
    },
}

OPENERS = {
    "en": ("Read next", "Most popular", "You may also like", "Related stories"),
    "fr": ("À lire aussi", "Sur le même sujet", "Les plus lus"),
    "es": ("Lea también", "Lo más leído", "Noticias relacionadas"),
    "de": ("Mehr zum Thema", "Lesen Sie auch", "Meistgelesen"),
    "ru": ("Читайте также", "По теме", "Самое читаемое"),
    "uk": ("Читайте також", "За темою", "Останні новини"),
    "tr": ("İlgili haberler", "En çok okunanlar", "Son dakika"),
    "ar": ("اقرأ أيضا", "الأكثر قراءة", "مواضيع ذات صلة"),
}

REPORTED = (
    "Support for the treaty grew to 61 per cent in May.",
    "The newsletter was banned in Ostravia for two years.",
    "By signing the treaty, Vardania gives up its claim to the strait.",
    "Become a neighbour again, the minister told the crowd.",
    "Share prices in Selm fell by four per cent.",
    "Follow-up talks will be held in June.",
    "Le ministre a déclaré que la frontière serait rouverte en juin.",
    "El ministro dijo que la frontera se abrirá en junio.",
    "Der Minister sagte, die Grenze werde im Juni geöffnet.",
    "Министр заявил, что граница откроется в июне.",
    "Міністр заявив, що кордон відкриється у червні.",
    "Bakan, sınırın haziranda açılacağını söyledi.",
    "قال الوزير إن الحدود ستفتح في يونيو.",
)


EMBEDDED = (
    "An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.",
    "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
    "To view this content you need to accept cookies from the video's host.",
    "Pour afficher ce contenu, vous devez accepter les cookies.",
    "Para ver este vídeo es necesario aceptar las cookies.",
)


@pytest.mark.parametrize("line", EMBEDDED)
def test_a_box_that_asks_before_it_shows_something_is_an_embed_notice(line: str) -> None:
    assert phrases.reason(line) == "embed notice"


@pytest.mark.parametrize(
    ("line", "reason"), [(line, why) for lines in FURNITURE.values() for line, why in lines.items()]
)
def test_a_line_of_furniture_says_why_it_is_furniture(line: str, reason: str) -> None:
    assert phrases.reason(line) == reason


@pytest.mark.parametrize("line", [line for lines in OPENERS.values() for line in lines])
def test_a_heading_over_links_opens_a_block(line: str) -> None:
    assert phrases.opens(line)


@pytest.mark.parametrize("line", REPORTED)
def test_what_a_reporter_writes_is_no_furniture(line: str) -> None:
    assert phrases.reason(line) == ""
    assert not phrases.opens(line)


@pytest.mark.parametrize("language", FURNITURE)
def test_every_language_has_every_common_kind(language: str) -> None:
    kinds = set(FURNITURE[language].values())
    assert kinds >= {"share prompt", "comment prompt", "newsletter", "follow prompt", "copyright", "cookie notice"}
    assert kinds >= {
        "advertisement",
        "subscription note",
        "video player",
        "navigation",
        "tags",
        "caption",
        "date line",
    } - ({"date line"} if language == "en" else set())


@pytest.mark.parametrize(
    "line",
    [
        "Get in touch with our news team by emailing us at desk@selm.example.",
        "For the latest breaking news from across the coast, sign up for our newsletters.",
        "Our website is the place for the latest news, exclusive scoops and longreads. Please bookmark selm.example.",
        "Do you have a story to tell? Email: desk@selm.example",
    ],
)
def test_what_an_outlet_asks_of_its_readers_below_the_story_is_furniture(line: str) -> None:
    assert phrases.reason(line)


def test_what_may_stand_anywhere_in_a_line_has_a_sign_that_is_asked_first() -> None:
    data = tomllib.loads(Path(phrases.__file__).with_name("phrases.toml").read_text(encoding="utf-8"))
    anywhere = [p for patterns in data["lines"].values() for p in patterns if p.startswith(phrases._ANYWHERE)]
    assert len(anywhere) >= 5
    assert all("[:/|]" in pattern or any(sign in pattern for sign in phrases._SIGNS) for pattern in anywhere)
    assert phrases.reason("We may earn a small commission on what you buy") == "advertisement"
    assert phrases.reason("A ferry off Selm (photo: Harbour News)") == "caption"


@pytest.mark.parametrize("text", ["comment", "comments", "7 min", "٣ min", "see more of Selm", "a+", "tip 5"])
def test_what_a_pattern_matches_begins_as_it_may(text: str) -> None:
    patterns = ["comments?", r"\d{1,3} min", "(?:read|see) more.{0,9}", "[a-c][-+]", r"(?:top|tip) \d+"]
    assert any(re.fullmatch(pattern, text) for pattern in patterns)
    assert beginnings.of(patterns).open(text)


def test_what_begins_otherwise_needs_no_pattern() -> None:
    known = beginnings.of(["comments?", "(?:read|see) more.{0,9}", "(?:the )?share"])
    assert not any(map(known.open, ("The talks", "common ground", "seven", "reading", "the boat", "")))
    assert beginnings.of(["share", ".{2,9} shares"]).open("anything")


def test_the_phrases_shut_most_lines_out() -> None:
    known = phrases._phrases()
    assert not known.beginnings.all
    assert not known.opening.all


def test_where_patterns_cannot_be_parsed_every_line_is_held_against_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "_parser", None)
    assert beginnings.of(["share"]).open("anything")
