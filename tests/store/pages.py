"""Whole pages about invented countries, as browsers, plug-ins and site builders write them, for the tests of HTML."""

from __future__ import annotations

BODY = (
    "Vardanian Foreign Minister Ilko Marren said on Monday that his country would reopen its border with Ostravia.",
    "Speaking after four hours of talks in the port of Selm, he said a joint commission will meet every second week.",
    "“We have agreed on the customs posts, and on nothing else so far,” Marren told reporters after the talks.",
    "Ostravian officials were more careful: the text still had to be read by the parliament, an official said.",
    "Trade between the two neighbours fell by a third after the crossing was closed, and hauliers have asked for help.",
    "The commission is to report to both governments before the end of the summer, when the shipping season begins.",
)
NAV = "".join(
    f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("World", "Politics", "Economy", "Culture", "Sport")
)
MENU = f'<nav class="main-nav"><ul>{NAV}</ul></nav>'
TEASERS = (
    "Harvest festival opens in Brenn despite the rain",
    "Lake ferries to run on Sundays again from autumn",
    "Two museums of Selm to share one roof",
    "Miners of Upper Vardania end their strike",
)
RELATED = (
    '<aside class="related-articles"><h3>Read more</h3><ul>'
    + "".join(f'<li><a href="/{n}">{teaser}</a></li>' for n, teaser in enumerate(TEASERS))
    + "</ul></aside>"
)
NEWSLETTER = (
    '<div class="newsletter-signup"><p>Sign up for our newsletter and get the news of the day in your inbox.</p>'
    '<form><input type="email"><button>Sign up</button></form></div>'
)
FIGURE = (
    '<figure><img src="selm.jpg" alt=""><figcaption class="caption">The port of Selm, seen from the old mole. '
    "Photo: Tarn Vey</figcaption></figure>"
)
FOOTER = '<footer class="site-footer"><p>© 2031 Selm Courier. All rights reserved.</p></footer>'
TITLE = "Vardania ready to reopen border"
DATA = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Vardania ready to reopen border", "datePublished": "2031-05-03T10:15:00+02:00", "inLanguage": "en-GB",
"author": [{"@type": "Person", "name": "Anna Kovel"}], "publisher": {"name": "Selm Courier"}}</script>"""
HEAD = f"""<title>{TITLE} | Selm Courier</title><link rel="canonical" href="https://courier.example/border"/>"""


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts or BODY)


def page(body: str, head: str = HEAD, attributes: str = 'lang="en"') -> str:
    return f"<!doctype html><html {attributes}><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def article(inner: str, head: str = HEAD + DATA) -> str:
    """A page with a site's furniture around its article."""
    body = f"{MENU}<main><article><h1>{TITLE}</h1>{inner}</article></main>{RELATED}{NEWSLETTER}{FOOTER}"
    return page(body, head)
