"""HTML pages of many makes to stories. All countries, people and outlets are invented."""

from __future__ import annotations

import pytest

from store.intake.decode import decode
from store.model import Given, Kind, Markup, Raw, Story, StoryId
from store.text import html
from store.text.clean import line_key
from store.text.story import read
from tests.store.pages import (
    BODY,
    DATA,
    FIGURE,
    FOOTER,
    HEAD,
    MENU,
    NEWSLETTER,
    RELATED,
    TEASERS,
    TITLE,
    article,
    page,
    paragraphs,
)


def story(text: str, url: str | None = None, keep: tuple[str, ...] = ()) -> Story:
    return read(Raw(text, Markup.HTML, given=Given(url=url)), StoryId("s"), keep=keep)


def _amp() -> str:
    head = f"<script async src='https://cdn.example/v0.js'></script><style amp-boilerplate>body{{}}</style>{HEAD}{DATA}"
    inner = f"<amp-sidebar><ul><li>World</li></ul></amp-sidebar><amp-img src='a.jpg'></amp-img>{paragraphs()}"
    return page(f"<article><h1>{TITLE}</h1>{inner}<amp-ad>Advertisement</amp-ad></article>", head, "amp lang='en'")


def _single_file() -> str:
    """A file as SingleFile saves it: a comment with the address, styles and images in the page, shadow roots."""
    comment = (
        "<!--\n Page saved with SingleFile \n url: https://courier.example/border \n saved date: Sat May 03 2031\n-->"
    )
    style = "<style>:root{--sf-img-1:url('data:image/png;base64," + "A" * 5000 + "')}</style>"
    widget = "<div><template shadowrootmode=open><span>World</span></template></div>"
    return f"<!DOCTYPE html> <html lang=en>{comment}<meta charset=utf-8>{style}{HEAD}{DATA}<body>{MENU}{widget}" + (
        f"<main><article><h1>{TITLE}</h1>{paragraphs()}</article></main>{FOOTER}"
    )


def _reader_mode() -> str:
    """As a browser's reader view is saved: the article's container and its credits, nothing around it."""
    return page(
        "<div class='container'><div class='header reader-header'><a class='domain' href='x'>courier.example</a>"
        f"<h1 class='reader-title'>{TITLE}</h1><div class='credits reader-credits'>Anna Kovel</div>"
        "<div class='meta-data'><div class='reader-estimated-time'>2-3 minutes</div></div></div><hr>"
        f"<div class='content'><div class='moz-reader-content'><div id='readability-page-1' class='page'>{paragraphs()}"
        "</div></div></div></div>",
        f"<title>{TITLE}</title>",
    )


MAKES = {
    "an article element": article(paragraphs()),
    "no article element": page(f"{MENU}<div id='content'><h1>{TITLE}</h1>{paragraphs()}</div>{RELATED}{FOOTER}"),
    "divs without paragraphs": article("".join(f"<div>{text}</div>" for text in BODY)),
    "breaks without paragraphs": article("<br><br>".join(BODY)),
    "breaks in bare body": f"<html><title>{TITLE}</title><body>{'<br><br>'.join(BODY)}</body></html>",
    "a table for the layout": page(
        f"<table><tr><td>{MENU}</td><td><font size=2><b>{TITLE}</b><br><br>"
        f"{'<br><br>'.join(BODY)}</font></td></tr></table>"
    ),
    "spans": article("".join(f"<p><span><span>{text}</span></span></p>" for text in BODY)),
    "open paragraphs": article("<p>" + "<p>".join(BODY)),
    "AMP": _amp(),
    "SingleFile": _single_file(),
    "reader mode": _reader_mode(),
    "a saved web page": "<!-- saved from url=(0030)https://courier.example/border -->\n" + article(paragraphs()),
    "XHTML": "<?xml version='1.0' encoding='UTF-8'?>" + article(paragraphs()),
    "elements of its own": article("".join(f"<x-text><x-run>{text}</x-run></x-text>" for text in BODY)),
    "all in capitals": article(paragraphs()).replace("<p>", "<P CLASS=TEXT>").replace("</p>", "</P>"),
}


@pytest.mark.parametrize("make", MAKES)
def test_the_article_is_read_whatever_the_page_is_made_with(make: str) -> None:
    assert story(MAKES[make]).body == BODY


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "us-ascii", "x-unknown"])
def test_a_wrong_charset_declaration_is_not_believed(declared: str) -> None:
    text = article(
        paragraphs(*BODY[:5], "Übrigens wächst der Handel, sagte der Botschafter Ilko Märren am späten Montag in Selm.")
    )
    data = text.replace("charset='utf-8'", f"charset='{declared}'").encode()
    assert story(decode(data)).body[-1].startswith("Übrigens wächst")


INSIDE = {
    "related headlines": (RELATED, TEASERS[0]),
    "a newsletter box": (NEWSLETTER, "Sign up for our newsletter and get the news of the day in your inbox."),
    "a caption": (FIGURE, "The port of Selm, seen from the old mole. Photo: Tarn Vey"),
    "share buttons": (
        "<div class='share-tools'><a href='#'>Facebook</a> <a href='#'>Copy link</a></div>",
        "Facebook Copy link",
    ),
    "an advertisement": ("<div class='ad-slot'><span>Advertisement</span></div>", "Advertisement"),
}


@pytest.mark.parametrize("name", INSIDE)
def test_what_stands_inside_the_article_and_is_not_the_article_is_dropped_in_its_place(name: str) -> None:
    markup, text = INSIDE[name]
    made = story(article(paragraphs(*BODY[:3]) + markup + paragraphs(*BODY[3:])))
    assert made.body == BODY
    places = {p.text: at for at, p in reversed([*enumerate(made.passages)])}
    assert places[BODY[2]] < places[text] < places[BODY[3]]
    assert made.passages[places[text]].reason


def test_sentences_outside_the_article_are_shown_among_the_dropped() -> None:
    made = story(article(paragraphs()))
    assert any(p.text.startswith("Sign up for our newsletter") for p in made.dropped)


def test_links_of_the_menu_are_not_shown_among_the_dropped() -> None:
    assert not [p for p in story(article(paragraphs())).passages if p.text in ("World", "Politics", "Economy")]


def test_every_passage_that_is_not_kept_says_why() -> None:
    inside = "".join(markup for markup, _ in INSIDE.values())
    made = story(article(paragraphs(*BODY[:3]) + inside + paragraphs(*BODY[3:])))
    assert all(p.reason for p in made.dropped)
    assert made.body == BODY


def test_a_line_the_reader_wants_is_kept_in_its_place() -> None:
    text = INSIDE["a caption"][1]
    made = story(article(paragraphs(*BODY[:3]) + FIGURE + paragraphs(*BODY[3:])), keep=(line_key(text),))
    assert made.paragraphs == (*BODY[:3], text, *BODY[3:])


def test_subheadings_quotes_lists_and_tables_of_the_article_stay() -> None:
    inner = (
        paragraphs(*BODY[:3])
        + "<h2>What was agreed</h2><ul><li>Customs posts at Selm and at Brenn, open from six in the morning.</li>"
        "<li>One joint commission, which meets every second week.</li></ul><blockquote><p>“It is a beginning, no more, "
        "and both of us know it,” said the Ostravian envoy.</p></blockquote>"
        "<table><tr><th>Year</th><th>Lorries</th></tr><tr><td>2029</td><td>41,000</td></tr>"
        "<tr><td>2030</td><td>28,000</td></tr></table>" + paragraphs(*BODY[3:])
    )
    made = story(article(inner))
    text = "\n".join(made.paragraphs)
    for piece in ("What was agreed", "Customs posts at Selm", "It is a beginning", "2030", "28,000", BODY[5]):
        assert piece in text
    assert any(p.text == "What was agreed" and p.kind is Kind.SUBHEADING for p in made.passages)


def test_a_row_of_a_table_is_one_line() -> None:
    rows = "".join(
        f"<tr><td>{year}</td><td>{n},000 lorries</td></tr>" for year, n in ((2029, 41), (2030, 28), (2031, 30))
    )
    made = story(article(paragraphs(*BODY[:4]) + f"<table>{rows}</table>" + paragraphs(*BODY[4:])))
    assert "2030 | 28,000 lorries" in made.paragraphs


def test_verse_keeps_its_lines() -> None:
    verse = "The river keeps<br>no books of those<br>who came across"
    made = story(article(paragraphs(*BODY[:3]) + f"<p>{verse}</p>" + paragraphs(*BODY[3:])))
    text = "\n".join(made.paragraphs)
    assert "The river keeps" in text
    assert "keepsno" not in text.replace("\n", " ")


def test_words_do_not_run_together_where_elements_meet() -> None:
    made = html.read(
        article("<div>First half<div>of a sentence that is quite long, said Marren.</div></div>" + paragraphs())
    )
    assert "halfof" not in made[0]


def test_the_same_page_read_twice_is_the_same() -> None:
    text = article(paragraphs())
    assert story(text) == story(text)


BARE_HEAD = "<title>x</title>"


@pytest.mark.parametrize(
    ("head", "attributes", "language"),
    [
        (BARE_HEAD, 'lang="fr-FR"', "fr"),
        (BARE_HEAD, 'xml:lang="de"', "de"),
        ('<meta property="og:locale" content="uk_UA">', "", "uk"),
        ('<meta http-equiv="Content-Language" content="tr">', "", "tr"),
        (DATA, 'lang="fr"', "en"),
        (BARE_HEAD, "", None),
    ],
)
def test_the_language_is_what_the_page_says(head: str, attributes: str, language: str | None) -> None:
    assert html.page(page("<p>x</p>", head, attributes))[1].language == language


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        (DATA, "2031-05-03T10:15+02:00"),
        ('<meta property="article:published_time" content="2031-05-03T08:15:00Z">', "2031-05-03T08:15+00:00"),
        ('<meta name="DC.date.issued" content="2031-05-03">', "2031-05-03"),
        ('<meta name="date" content="soon"><meta name="pubdate" content="2031-05-03">', "2031-05-03"),
        (BARE_HEAD, None),
    ],
)
def test_the_date_is_what_the_data_say(head: str, iso: str | None) -> None:
    assert html.page(page(paragraphs(), head))[1].published == iso


@pytest.mark.parametrize(
    ("markup", "iso"),
    [
        ('<time datetime="2031-05-03T10:15:00+0200">today</time>', "2031-05-03T10:15+02:00"),
        (
            '<time datetime="2031-05-09">9 May</time><time class="published" datetime="2031-05-03">3 May</time>',
            "2031-05-03",
        ),
        ("<p class='date'>Published 3 May 2031</p>", "2031-05-03"),
        ("<footer>© 2019 Selm Courier</footer>", None),
        ("<footer>Copyright 2019-2024 Selm Courier</footer>", None),
    ],
)
def test_a_date_without_data_stands_on_the_page(markup: str, iso: str | None) -> None:
    assert html.page(page(paragraphs() + markup, BARE_HEAD))[1].published == iso


def test_a_date_in_the_address_is_on_the_page() -> None:
    head = "<title>x</title><link rel=canonical href='https://courier.example/2024/05/03/border'>"
    assert html.page(page(paragraphs(), head))[1].published == "2024-05-03"


@pytest.mark.parametrize(
    ("canonical", "came_from", "url"),
    [
        ("https://courier.example/a", None, "https://courier.example/a"),
        ("/a", "https://courier.example/b?x=1", "https://courier.example/a"),
        ("/a", None, None),
        ("javascript:void(0)", "https://courier.example/b", "https://courier.example/b"),
        ("http://[broken", "https://courier.example/b", "https://courier.example/b"),
    ],
)
def test_the_canonical_address_is_whole(canonical: str, came_from: str | None, url: str | None) -> None:
    made = page(paragraphs(), f'<title>x</title><link rel="canonical" href="{canonical}">')
    assert html.page(made, came_from)[1].url == url


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"<title>{TITLE} - Selm Courier</title><meta property='og:site_name' content='Selm Courier'>", TITLE),
        (
            f"<meta property='og:title' content='{TITLE} | Selm Courier'>"
            "<meta property='og:site_name' content='Selm Courier'>",
            TITLE,
        ),
        (f"<title>Selm Courier: {TITLE}</title><meta property='og:site_name' content='Selm Courier'>", TITLE),
        ("<meta property='og:title' content='Vardania &amp; Ostravia meet'>", "Vardania & Ostravia meet"),
        (DATA.replace("Vardania ready", "Vardania &quot;ready&quot;"), 'Vardania "ready" to reopen border'),
    ],
)
def test_the_title_is_without_the_site(head: str, title: str) -> None:
    assert html.page(page(paragraphs(), head))[1].title == title


@pytest.mark.parametrize(
    ("headline", "heading", "title"),
    [
        (f"{TITLE} | Politics | 3 May", TITLE, TITLE),
        (f"Border talks: {TITLE}", TITLE, TITLE),
        (TITLE, "Politics", TITLE),
        (TITLE, "Another headline altogether", TITLE),
    ],
)
def test_the_one_heading_that_a_longer_title_holds_is_the_title(headline: str, heading: str, title: str) -> None:
    made = page(f"<h1>{heading}</h1>{paragraphs()}", f"<meta property='og:title' content='{headline}'>")
    assert html.page(made)[1].title == title


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        ('{"@type": "Person", "name": "Anna Kovel"}', "Anna Kovel"),
        ('[{"name": "Anna Kovel"}, {"name": "Tarn Vey"}]', "Anna Kovel, Tarn Vey"),
        ('["Anna Kovel", "Anna Kovel"]', "Anna Kovel"),
        ('{"name": ["Anna Kovel"]}', "Anna Kovel"),
        ('"https://courier.example/kovel"', None),
        ("null", None),
    ],
)
def test_authors_are_named_once(authors: str, byline: str | None) -> None:
    head = DATA.replace('[{"@type": "Person", "name": "Anna Kovel"}]', authors)
    assert html.page(page(paragraphs(), head))[1].byline == byline


@pytest.mark.parametrize("said", [", opens new tab", " (Opens in a new window)"])
def test_what_a_link_says_to_listeners_is_no_part_of_its_sentence(said: str) -> None:
    linked = BODY[1].replace(" ", f" <a href='x'>there<span class='visually-hidden'>{said}</span></a> ", 1)
    plain = BODY[1].replace(" ", " there ", 1)
    texts = [p.text for p in story(article(paragraphs(BODY[0], linked, *BODY[2:]))).passages]
    assert plain in texts


def test_a_live_blog_keeps_the_times_of_its_entries() -> None:
    times = ("18:02", "17:40", "17:05")
    inner = "".join(f"<div><time>{at}</time><p>{text}</p></div>" for at, text in zip(times, BODY[:3], strict=True))
    assert [line for line in story(article(inner)).paragraphs if line[0].isdigit()] == [*times]


def test_what_stands_beside_the_article_is_shown_with_its_reason() -> None:
    dropped = [p for p in story(article(f"<p>3 May 2031</p>{paragraphs()}")).passages if not p.kept]
    assert (TITLE, "title") in {(p.text, p.reason) for p in dropped}
