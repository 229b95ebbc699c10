"""Pages that hold no article are refused in plain words; articles about such pages are not."""

from __future__ import annotations

import pytest

from store.model import Markup, Raw
from store.text.story import refusal
from tests.store.pages import BODY, DATA, HEAD, MENU, RELATED, TEASERS, article, page, paragraphs

NOTICE = (
    "We and our 214 partners store and access information on your device, such as cookies, to show you adverts.",
    "With your consent we and our partners may use precise data about your place and scan your device to know it.",
    "You can withdraw your consent at any time in the privacy settings at the foot of every page of this site.",
    "Some partners do not ask for your consent to process your personal data and rely on their legitimate interest.",
)
PAID = DATA.replace('"inLanguage"', '"isAccessibleForFree": false, "inLanguage"')
STUB = f"<p>{BODY[0]}</p><p>{BODY[1]}</p><div class='paywall'><p>Subscribe to continue reading.</p></div>"


def teasers(count: int) -> str:
    return "".join(
        f"<article class='card'><h3><a href='/{n}'>{TEASERS[n % 4]} {n}</a></h3><p>Officials said on day {n} that "
        "more will follow soon.</p></article>"
        for n in range(count)
    )


WALLS = {
    "an error page": page(
        f"{MENU}<h1>Page not found</h1><p>The page you asked for has moved, or it never was. Look at what others read "
        f"today, or write to us if you think that this is our mistake and not yours.</p>{RELATED}",
        "<title>404 - Selm Courier</title>",
    ),
    "a paywall without the story": page(f"{MENU}<article><h1>Border</h1>{STUB}</article>{RELATED}", HEAD + PAID),
    "a cookie wall": page(
        f"<div class='consent'><h2>We value your privacy</h2>{paragraphs(*NOTICE)}<button>Accept all</button></div>",
        "<title>Selm Courier</title>",
    ),
    "an index page: links to stories, no article": page(f"{MENU}<main>{teasers(14)}</main>", "<title>World</title>"),
}


@pytest.mark.parametrize("reason", WALLS)
def test_a_page_without_an_article_is_refused_in_plain_words(reason: str) -> None:
    assert refusal(Raw(WALLS[reason], Markup.HTML)) == reason


MORE_WALLS = [
    (
        "a paywall without the story",
        "<article><h1>Accord sur le port</h1><p>La Vardanie et l'Orlésie ont signé mardi un accord sur les droits du "
        "port, a dit le ministre.</p><p>Il vous reste 85 % de cet article à lire. La suite est réservée aux abonnés."
        "</p></article>",
        "",
    ),
    (
        "a paywall without the story",
        f"<article><h1>Border</h1><p>{BODY[0]}</p><p>To go on, start your free trial today.</p></article>",
        HEAD + PAID,
    ),
    (
        "a cookie wall",
        "<h1>Weiter mit Werbung</h1><p>Lesen Sie den Kurier wie gewohnt mit Werbung und Tracking auf allen Geräten.</p>"
        "<p>Wir und unsere 90 Partner verarbeiten dafür personenbezogene Daten und setzen Cookies in Ihrem Browser.</p>"
        "<button>Zustimmen und weiter</button>",
        "<title>Zustimmung</title>",
    ),
    (
        "a check for robots",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>",
        "<title>Selm Courier</title>",
    ),
]


@pytest.mark.parametrize(("reason", "markup", "head"), MORE_WALLS)
def test_walls_of_other_words_and_languages_are_refused_too(reason: str, markup: str, head: str) -> None:
    assert refusal(Raw(page(markup, head), Markup.HTML)) == reason


SOUND = {
    "a paid flash that is shown whole": page(f"<article><h1>Border</h1><p>{BODY[0]}</p></article>", HEAD + PAID),
    "an article": article(paragraphs()),
    "a report on error pages": article(paragraphs(*BODY[:5], "The ministry's site said “404 Not Found” all day long.")),
    "a report on cookies": article(paragraphs(*NOTICE), HEAD + DATA),
    "a short report on cookies without data": page(f"<article><h1>New law</h1>{paragraphs(*NOTICE)}</article>"),
    "an article under a consent box": article(
        paragraphs() + f"<div class='cookie-consent'><p>{NOTICE[0]}</p><button>Accept all</button></div>"
    ),
    "a paid article that is shown": page(f"<article>{paragraphs()}</article><p>Already a subscriber?</p>", HEAD + PAID),
    "an article without spaces among many teasers": page(
        "<article><h1>x</h1><p>外交部長は月曜日、国境を再び開くと述べた。港町での四時間の会談の後、両国の委員会が隔週で開かれると語った。"
        "隣国の当局者はより慎重で、文書はまだ議会で読まれなければならないと述べた。国境が閉ざされてから、両国の貿易は三分の一減った。"
        f"運送業者は支援を求めている。委員会は夏の終わりまでに両政府に報告する予定である。</p></article>{teasers(30)}"
    ),
    "an article among many teasers": page(
        f"<article><h1>x</h1>{paragraphs(BODY[0] + BODY[1] * 4)}</article>{teasers(14)}"
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_page_with_an_article_is_not_refused(name: str) -> None:
    assert refusal(Raw(SOUND[name], Markup.HTML)) is None
