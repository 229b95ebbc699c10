"""What stands over a story, and whether that takes the story back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

# What agencies and outlets put before, or behind, the headline of a piece they take back. A sign that stands apart is
# asked for (a colon, a bracket, a dash), because troops, envoys and UN reports are withdrawn too.
_PIECE = r"(?:this |the )?(?:story|article|item|dispatch)"
_GONE = r"(?:is |was |has been )?(?:withdrawn|retracted|removed|killed)"
_APART = r"(?:\s*[:|\])]|\s+-|\s*[–—]|\W*$)"
_NOTICE_FIRST = re.compile(
    r"\W{0,5}(?:(?:(?:mandatory|kill) kill|(?:kill|retraction|withdrawal) notice|notice of (?:retraction|withdrawal))\b"
    rf"|(?:{_PIECE} {_GONE}|withdrawn|retracted|retraction|(?-i:KILL)){_APART}|(?-i:WITHDRAWAL-[A-Z][a-z]))",
    re.IGNORECASE,
)
_NOTICE_LAST = re.compile(
    rf"(?:^|[-–—:|(\[]\s*){_PIECE}(?: (?:on|about|headlined|slugged|titled) [^:|]{{1,150}}?)? {_GONE}\W*$"
    r"|[(\[](?:withdrawn|retracted)[)\]]\s*$|\s[-–—] ?(?-i:WITHDRAWN|RETRACTED)\s*$",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 250  # characters of the end of a title


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a story. None means that the story does not say.

    published is ISO 8601, as exact as the story is and no more: "2025-04-13", "2025-02-26T17:53" or with an offset.
    title_made is true where no headline was found and the title was made from the first sentence; published_inferred
    where the date is one that the story only implies ("Tuesday", in a story that gives another date).
    language is ISO 639-1, "en"; None where the text is too short to tell.
    """

    title: str
    title_made: bool = False
    published: str | None = None
    place: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    standfirst: str | None = None
    url: str | None = None
    language: str | None = None
    published_inferred: bool = False

    @property
    def source(self) -> str | None:
        """Who publishes it: the outlet it names, else the host of its address ("lanncourier.example")."""
        if self.outlet or not self.url:
            return self.outlet
        try:
            host = urlsplit(self.url).hostname
        except ValueError:
            return None
        return host.removeprefix("www.") if host else None

    @property
    def reporter(self) -> str | None:
        """Who is taken for its outlet wherever one is named, asked for or counted: the outlet, else the agency, else
        the host of its address."""
        return self.outlet or self.agency or self.source

    @property
    def withdrawn(self) -> bool:
        """Whether the title is a notice that the publisher takes the piece, or another one, back."""
        title = self.title
        return bool(_NOTICE_FIRST.match(title) or _NOTICE_LAST.search(title[-_LONGEST_NOTICE:]))

    @property
    def day(self) -> str | None:
        """The date alone, "2025-04-13"."""
        return self.published[:10] if self.published else None
