"""Which URL, which story, which revision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from store import intake
from store.intake.identity import apart_id, canonical_url, story_id, text_digest
from store.model import Given, Markup, Raw


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Velmora.Example:443/A/b/#top", "https://velmora.example/A/b"),
        ("http://velmora.example:80", "http://velmora.example/"),
        ("http://velmora.example:8080/a", "http://velmora.example:8080/a"),
        ("https://v.example/a?utm_source=x&id=3&fbclid=y&gclid=z&b=", "https://v.example/a?id=3&b="),
        ("https://v.example/a?UTM_Medium=x", "https://v.example/a"),
        ("https://v.example/a?utmost=x&gid=1&b=2&a=1", "https://v.example/a?utmost=x&gid=1&b=2&a=1"),
        ("https://v.example/ä/%c3%a4", "https://v.example/%C3%A4/%C3%A4"),
        ("https://user:word@v.example./a", "https://v.example/a"),
        ("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("  https://v.example/a/amp/ ", "https://v.example/a/amp"),
        ("https://v.example//", "https://v.example/"),
    ],
)
def test_a_url_has_one_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "", "v.example/a", "/a", "ftp://v.example/a", "javascript:alert(1)", "file:///etc/passwd", "https://",
        "https:///a", "https://v.example:99999/", "https://[::1/", "https://v.example/a b", "https://v.example/\x1b",
        "mailto:a@b.example", "https://v.example/\u202ea", "https://v.example/" + "a" * 5000,
        "http://[bad", "https://v.example/`q`", "https://v.example/<b>", 'https://v.example/"', "https://v.example\\a",
    ],
)  # fmt: skip
def test_what_a_browser_should_not_open_is_no_url(url: str) -> None:
    assert canonical_url(url) is None


@drawn(st.text())
def test_any_text_is_a_url_or_not(text: str) -> None:
    for url in (text, f"https://{text}", f"https://v.example/{text}"):
        canonical = canonical_url(url)
        assert canonical is None or canonical_url(canonical) == canonical


def html(markup: str) -> Raw:
    (raw,) = intake.read_bytes(f"<!doctype html><html><head>{markup}</head><p>Talks.".encode(), None)
    assert isinstance(raw, Raw)
    return raw


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<link rel="canonical" href="https://v.example/a?utm_source=x&amp;b=1">', "https://v.example/a?b=1"),
        ("<LINK href=https://v.example/a rel=Canonical />", "https://v.example/a"),
        ("<meta property='og:url' content='https://v.example/a'>", "https://v.example/a"),
        ('<meta property="og:url" content="https://v.example/b"><link rel=canonical href="https://v.example/a">',
         "https://v.example/a"),
        ('<link rel=canonical href="https://v.example/"><meta name="og:url" content="https://v.example/b">',
         "https://v.example/b"),
        ("<!-- saved from url=(0021)https://v.example/a -->", "https://v.example/a"),
        ("<!--\n Page saved with SingleFile \n url: https://v.example/a \n saved date: x-->", "https://v.example/a"),
        ('<link rel=canonical href="https://v.example">', None),
        ('<link rel=canonical href="https://v.example/en/index.html">', None),
        ('<link rel=canonical href="/a">', None),
        ('<link rel="stylesheet" href="https://v.example/a">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
    ],
)  # fmt: skip
def test_a_page_says_where_it_lives(markup: str, url: str | None) -> None:
    assert html(markup).given.url == url


def test_a_record_of_html_without_a_url_lives_where_its_page_says() -> None:
    page = '<link rel=\\"canonical\\" href=\\"https://v.example/a\\"><p>Talks.'
    (plain,) = intake.read_bytes(f'{{"html": "{page}"}}'.encode(), None)
    (given,) = intake.read_bytes(f'{{"html": "{page}", "url": "https://v.example/b"}}'.encode(), None)
    assert isinstance(plain, Raw) and isinstance(given, Raw)
    assert (plain.given.url, given.given.url) == ("https://v.example/a", "https://v.example/b")


def test_pages_that_name_their_front_page_are_different_stories() -> None:
    one = Raw("One.", given=Given(url="https://v.example/"))
    assert story_id(one) != story_id(replace(one, text="Two."))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://[bad", 'https://v.example/`q`<">', "https://v.example/", "", "https://"]
)
def test_records_that_share_what_is_no_address_of_a_story_are_different_stories(url: str) -> None:
    one = Raw("One.", given=Given(id="1", url=url))
    assert story_id(one) == story_id(Raw("One."))
    assert story_id(one) != story_id(Raw("Two.", given=Given(id="2", url=url)))


def test_a_story_with_a_url_stays_the_same_when_its_text_changes() -> None:
    one = Raw("One.", Markup.TEXT, "/in/a", Given(url="https://v.example/a"))
    two = Raw("Two.", Markup.HTML, "/in/b", Given(url="http://V.example/a/?utm_source=x", title="T"))
    assert story_id(one) == story_id(two)
    assert text_digest(one) != text_digest(two)


def test_a_story_without_a_url_is_its_text_with_white_space_folded() -> None:
    one = Raw("The envoy\n left. ", source="/in/a")
    assert story_id(one) == story_id(Raw("The envoy left.", source="/in/b", given=Given(title="T")))
    assert story_id(one) != story_id(Raw("The envoy stayed."))


def test_ids_are_what_they_were_when_the_first_library_was_made() -> None:
    """Marks are keyed by these: a change here loses what readers did."""
    assert story_id(Raw("", given=Given(url="https://v.example/a"))) == blake("url", "v.example/a")
    assert story_id(Raw("The  envoy left.\n")) == blake("text", "The envoy left.")


def test_the_id_of_another_outlets_equal_text_is_the_same_for_all_ways_of_writing_the_outlet() -> None:
    one = Raw("The envoy\nleft.", given=Given(outlet="The Halden Post"))
    assert apart_id(one) == blake("text", "The envoy left.", "haldenpost")
    assert apart_id(one) == apart_id(replace(one, text="The envoy left.", given=Given(outlet="haldenpost.example")))
    assert apart_id(one) not in (story_id(one), apart_id(replace(one, given=Given(outlet="Velm Courier"))))


@pytest.mark.parametrize("given", [Given(), Given(outlet=""), Given(outlet="Post", url="https://v.example/a")])
def test_what_has_an_address_or_no_outlet_has_no_other_id(given: Given) -> None:
    assert apart_id(Raw("One.", given=given)) is None


def test_a_front_page_for_an_address_tells_no_story_from_its_outlets_other_ones() -> None:
    assert apart_id(Raw("One.", given=Given(outlet="Post", url="https://v.example/"))) is not None


def blake(*parts: str) -> str:
    from hashlib import blake2b

    return blake2b("".join(f"{len(p)}:{p}" for p in parts).encode(), digest_size=8).hexdigest()


@pytest.mark.parametrize("given", [Given(title="x"), Given(published="x"), Given(outlet="x"), Given(byline="x")])
def test_a_changed_field_is_a_revision(given: Given) -> None:
    assert text_digest(Raw("One.")) != text_digest(Raw("One.", given=given))


def test_where_a_story_lies_and_its_tags_are_no_revision() -> None:
    one = Raw("One.", source="/in/a", given=Given(id="1", tags=("a",)))
    assert text_digest(one) == text_digest(Raw("One.", source="/in/b"))


def test_a_word_moved_from_one_field_to_the_next_is_a_revision() -> None:
    one = Raw("One.", given=Given(title="ab", published="c"))
    assert text_digest(one) != text_digest(Raw("One.", given=Given(title="a", published="bc")))
