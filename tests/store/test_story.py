"""Raw to Story: text and HTML through the one entrance. All countries, people and outlets are invented."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from store.model import Given, Kind, Markup, Raw, StoryId
from store.text.story import read, refusal

PARAGRAPHS = (
    "Vardanian Foreign Minister Ilko Marren said on Monday that his country would reopen its border with Ostravia.",
    "Speaking after four hours of talks in the port of Selm, he said a joint commission will meet every second week.",
    "Ostravian officials were more careful: the text still had to be read by the parliament, an official said.",
    "Trade between the two neighbours fell by a third after the crossing was closed, and hauliers have asked for help.",
)
DATA = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Vardania ready to reopen border", "datePublished": "2031-05-03T10:15:00+02:00",
"author": [{"@type": "Person", "name": "Anna Kovel"}], "publisher": {"name": "Selm Courier"}}</script>"""
PAGE = f"""<html><head><title>Vardania ready to reopen border | Selm Courier</title>
<link rel="canonical" href="https://courier.example/border"/>{DATA}</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Vardania ready to reopen border</h1>
<p class="byline">By Anna Kovel</p>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<footer>© 2031 Selm Courier</footer></body></html>"""


def story(text: str, markup: Markup = Markup.TEXT, given: Given = Given()):  # type: ignore[no-untyped-def]  # noqa: B008
    return read(Raw(text, markup, given=given), StoryId("s"))


def test_a_page_gives_its_article_and_the_head_its_data_say() -> None:
    made = story(PAGE, Markup.HTML)
    assert made.body == PARAGRAPHS
    assert made.head.title == "Vardania ready to reopen border"
    assert made.head.published == "2031-05-03T10:15+02:00"
    assert (made.head.outlet, made.head.byline) == ("Selm Courier", "Anna Kovel")
    assert made.head.url == "https://courier.example/border"


def with_body(*paragraphs: str) -> str:
    body = " ".join(paragraphs).replace('"', "'")
    return PAGE.replace('"headline"', f'"articleBody": "{body}", "headline"')


def test_a_page_that_has_its_text_only_in_its_data_is_read_from_there() -> None:
    bare = re.sub(r"<article>.*</article>", "<div id='app'></div>", with_body(*PARAGRAPHS), flags=re.DOTALL)
    assert " ".join(story(bare, Markup.HTML).paragraphs) == " ".join(PARAGRAPHS)


def test_broken_data_in_a_page_are_passed_over() -> None:
    page = PAGE.replace('{"@context"', '{"@context')
    made = story(page, Markup.HTML)
    assert made.body == PARAGRAPHS
    assert made.head.title == "Vardania ready to reopen border"


@pytest.mark.parametrize("page", ["", "<html></html>", "<p>", "<?xml version='1.0' encoding='x'?>"])
def test_a_page_of_nothing_is_an_empty_story_and_refused(page: str) -> None:
    assert story(page, Markup.HTML).paragraphs == ()
    assert refusal(Raw(page, Markup.HTML)) is not None


BROKEN = {
    "half a tag": "<",
    "half a character": "\ud800",
    "a null": "&#0;",
    "open tags": "<a" * 5000,
    "open tables": "<table>" * 3000,
    "open scripts": "<script>" * 5000,
    "ampersands": "&" * 9999,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_page_of_broken_markup_is_read_without_an_error(name: str) -> None:
    assert story(BROKEN[name], Markup.HTML).head.title


def test_ten_thousand_elements_inside_each_other_are_read() -> None:
    deep = "<div>" * 10_000 + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</div>" * 10_000
    assert "border" in " ".join(story(f"<html><body>{deep}</body></html>", Markup.HTML).paragraphs)


def test_the_same_raw_gives_the_same_story() -> None:
    assert story(PAGE, Markup.HTML) == story(PAGE, Markup.HTML)


def test_the_given_title_is_found_among_the_lines_and_dropped() -> None:
    made = story("\n\n".join(("Border to open", *PARAGRAPHS)), given=Given(title="Border to open"))
    assert made.body == PARAGRAPHS
    assert made.passages[0].kind is Kind.DROPPED


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body><h1>404</h1><p>Page not found</p></body></html>", "an error page"),
        ("<html><body><p>Checking your browser before accessing the site.</p></body></html>", "a check for robots"),
        ("<html><body><p>We value your privacy. Accept all cookies?</p></body></html>", "a cookie wall"),
        ("<html><body><p>Subscribe to continue reading.</p></body></html>", "a paywall without the story"),
    ],
)
def test_a_page_without_an_article_is_refused_with_its_reason(page: str, reason: str) -> None:
    assert refusal(Raw(page, Markup.HTML)) == reason


def test_an_index_page_is_refused() -> None:
    links = "".join(
        f'<li><a href="/{n}">Vardania and Ostravia talk about border number {n}</a></li>' for n in range(60)
    )
    reason = refusal(Raw(f"<html><body><ul>{links}</ul></body></html>", Markup.HTML))
    assert reason is not None


NOTHING = "no article in it"
MENU = "".join(f'<a href="/{name}">{name}</a> ' for name in ("World", "Politics", "Opinion", "Border talks today"))


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "one two three",
        "***\n\n---",
        "Share this article\nSubscribe to our newsletter\n© 2031 Selm Courier. All rights reserved.",
        "3 min read\nLeave a comment\nBy Anna Kovel\nRead next\nAdvertisement",
    ],
)
@pytest.mark.parametrize("markup", [Markup.TEXT, Markup.MARKDOWN])
def test_a_text_that_holds_no_article_is_refused(text: str, markup: Markup) -> None:
    assert refusal(Raw(text, markup)) == NOTHING


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>{MENU}</nav>",
        f"<ul><li>{MENU}</li></ul><footer>© 2031 Selm Courier. All rights reserved.</footer>",
        f"<h1>Home</h1>{MENU}<script>var words = 'of a script are not shown to any reader';</script>",
        "<p>x</p>",
    ],
)
def test_a_page_with_nothing_beside_its_links_is_refused(body: str) -> None:
    page = f"<html><head><title>Home - Site of the Selm Courier</title></head><body>{body}</body></html>"
    assert refusal(Raw(page, Markup.HTML)) == NOTHING


FLASH = "Vardania and Ostravia signed the border treaty in Selm."


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><nav>{MENU}</nav><p>{FLASH}</p></body></html>",
        f'<html><body><nav>{MENU}</nav><a href="/flash"><p>{FLASH}</p></a></body></html>',
        DATA.replace('"headline"', f'"articleBody": "{FLASH}", "headline"') + f"<nav>{MENU}</nav>",
    ],
)
def test_a_page_of_one_sentence_is_not_refused(page: str) -> None:
    assert refusal(Raw(page, Markup.HTML)) is None


def test_a_short_text_that_came_with_a_title_is_not_refused() -> None:
    given = Given(title="Border talks called off")
    assert refusal(Raw("Talks off", given=given)) is None
    assert refusal(Raw("<p>Talks off</p>", Markup.HTML, given=given)) is None


VERSE = "The river keeps\nno books of those\nwho came across"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "Talks in Selm ended without a result.",
        FLASH,
        f"{FLASH} / Reuters",
        f"Video: {FLASH}",
        f"Background: {FLASH}",
        f"Share this article\n{FLASH}\nAdvertisement",
        VERSE,
        "外交部长在塞尔姆签署了边境条约。",
    ],
)
def test_a_text_that_may_be_a_story_is_not_refused(text: str) -> None:
    assert refusal(Raw(text)) is None


def test_a_story_about_an_error_page_is_not_refused() -> None:
    text = " ".join((*PARAGRAPHS, "The ministry's site answered with error 404, page not found, all day."))
    assert refusal(Raw(text)) is None


def test_text_is_read_without_importing_an_html_library_or_numpy_at_start() -> None:
    code = (
        "import sys, store.text.story; print([m for m in ('lxml', 'trafilatura', 'numpy', 'nltk') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
