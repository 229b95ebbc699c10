"""The values that every room of the house hands to the next. Frozen, slotted, standard library only; no behaviour
beyond what can be read off the value itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import NewType
from urllib.parse import urlsplit

StoryId = NewType("StoryId", str)
EventId = NewType("EventId", str)
StorylineId = NewType("StorylineId", str)


class Markup(StrEnum):
    """How the raw text of a story is written."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Given:
    """What came with a story beside its text (a JSON record's own fields); trusted over what the text says."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    byline: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """One story as it came: decoded, line ends as "\\n", hostile characters taken out, nothing else touched.

    source says where it came from (an absolute path, "PATH#ID" for a record that has an id, None when that place
    cannot come again, as standard input).
    """

    text: str
    markup: Markup = Markup.TEXT
    source: str | None = None
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file, or a record in one, that holds no story: expected, and told in one line."""

    source: str
    reason: str


class Kind(StrEnum):
    """What a passage of a story is to its reader."""

    BODY = "body"
    SUBHEADING = "subheading"
    STANDFIRST = "standfirst"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or one line that is not the article. reason is set on every passage that is not kept."""

    text: str
    kind: Kind = Kind.BODY
    reason: str = ""

    @property
    def kept(self) -> bool:
        return self.kind in (Kind.BODY, Kind.SUBHEADING)


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
    def withdrawn(self) -> bool:
        """Whether the title is a notice that the publisher takes the piece, or another one, back."""
        title = self.title
        return bool(_NOTICE_FIRST.match(title) or _NOTICE_LAST.search(title[-_LONGEST_NOTICE:]))

    @property
    def day(self) -> str | None:
        """The date alone, "2025-04-13"."""
        return self.published[:10] if self.published else None


@dataclass(frozen=True, slots=True)
class Story:
    """A story ready to read. passages stand in the order of the raw text, kept and dropped alike."""

    id: StoryId
    head: Head
    passages: tuple[Passage, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What is read: body paragraphs and subheadings, in order. A sentence's `paragraph` counts in these."""
        return tuple(p.text for p in self.passages if p.kept)

    @property
    def body(self) -> tuple[str, ...]:
        """Body paragraphs alone, for counting and comparing."""
        return tuple(p.text for p in self.passages if p.kind is Kind.BODY)

    @property
    def dropped(self) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if not p.kept)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two stories both hold: a "name", "place", "number", "date", "quotation" or "phrase", as one of them writes
    it. stories is how many of the event hold it, as far as they were looked at."""

    kind: str
    text: str
    weight: float
    stories: int = 2


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a story stands among the others, and why, in one plain sentence.

    nearest is the story of the same event most like it (None for a story alone); likeness is in 0..1.
    copy_of is the earlier story whose copy this one runs, where it does. origin names who reported it first, an agency
    or an outlet: stories of one origin confirm each other no more than one story would. inferred: the story has no date
    of its own and was placed by what it cites and by its neighbours. storyline_why says what links its event to the
    storyline, empty where the event is a storyline of its own. shared: what the story and the nearest both hold, which
    no archive keeps.
    """

    story: StoryId
    event: EventId
    storyline: StorylineId
    why: str
    nearest: StoryId | None = None
    likeness: float = 0.0
    copy_of: StoryId | None = None
    origin: str = ""
    inferred: bool = False
    storyline_why: str = ""
    shared: tuple[Shared, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a summary and where it stands: paragraph counts from 0 in the story's paragraphs.

    support is the number of independent origins that say it, at least 1.
    """

    text: str
    paragraph: int
    story: StoryId | None = None
    support: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said: text is the words between the marks (direct) or the clause that reports them.

    speaker is the name as fully as the story gives it, or a description ("the ministry"); paragraph counts as in
    Sentence.
    """

    text: str
    speaker: str
    verb: str
    direct: bool
    story: StoryId
    paragraph: int


@dataclass(frozen=True, slots=True)
class Saying:
    """What one speaker said once, in each wording that a story has of it: the fullest first, direct before indirect."""

    speaker: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    method: str
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What the reader did with one story. tags are sorted and unique; highlights are passages of its text, as given."""

    read: bool = False
    starred: bool = False
    dismissed: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    highlights: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", tuple(sorted(set(self.tags))))
        if self.highlights:
            object.__setattr__(self, "highlights", tuple(dict.fromkeys(self.highlights)))


UNMARKED = Mark()
MARK_FIELDS = tuple(f.name for f in fields(Mark))


@dataclass(frozen=True, slots=True)
class Change:
    """One story's mark, before and after an act."""

    story: StoryId
    before: Mark
    after: Mark


class RuleKind(StrEnum):
    """What a standing rule of the reader's says."""

    TOGETHER = "together"  # these stories report one event
    APART = "apart"  # these two stories report different events
    KEEP = "keep"  # this line is article, in this story or in this outlet
    UNLEARNED = "unlearned"  # lines learned as furniture of this outlet are not; one line, or all (no text)
    QUERY = "query"  # a saved query, by name


@dataclass(frozen=True, slots=True)
class Rule:
    """A standing rule of the reader's, by what it says: two rules that say the same are one.

    of holds story ids (sorted), or ("outlet:NAME",) for a rule about an outlet, or a query's name; text the line, or
    the query.
    """

    kind: RuleKind
    of: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule made, or taken back."""

    rule: Rule
    made: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """One thing the reader did, to one story or a thousand: the unit of undo. label is past tense: "starred 3".

    back says that it takes another act back.
    """

    label: str
    changes: tuple[Change, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    back: bool = False

    def undone(self) -> Act:
        """The act that takes this one back."""
        changes = tuple(Change(c.story, c.after, c.before) for c in reversed(self.changes))
        rules = tuple(RuleChange(r.rule, not r.made) for r in reversed(self.rules))
        return Act(self.label, changes, rules, not self.back)


@dataclass(frozen=True, slots=True)
class Listed:
    """A story as lists need it: its head and its place, without its text."""

    id: StoryId
    head: Head
    event: EventId
    storyline: StorylineId
    why: str = ""
    copy_of: StoryId | None = None
    words: int = 0
    added: str = ""
    origin: str = ""
    inferred: bool = False
    storyline_why: str = ""

    @property
    def newest(self) -> str:
        """What stories are ordered by: the publication date, or else the day the story came in."""
        return self.head.published or self.added


@dataclass(frozen=True, slots=True)
class Event:
    """The stories that report one event, oldest first; headline is that of the story nearest the middle."""

    id: EventId
    storyline: StorylineId
    headline: str
    stories: tuple[Listed, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Each outlet, else agency, else host once, in order of appearance."""
        names = (s.head.outlet or s.head.agency or s.head.source for s in self.stories)
        return tuple(dict.fromkeys(n for n in names if n))

    @property
    def origins(self) -> tuple[str, ...]:
        """Each independent origin once, in order of appearance; a story that names none is one of its own."""
        return tuple(dict.fromkeys(s.origin or s.head.agency or s.head.source or s.id for s in self.stories))

    @property
    def published(self) -> str | None:
        """The newest publication date; None where no story has one."""
        return max((s.head.published for s in self.stories if s.head.published), default=None)

    @property
    def newest(self) -> str:
        """What events are ordered by: the newest publication date, else the day the newest story came in."""
        return self.published or max((s.added for s in self.stories), default="")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come: done of total (0 when not yet known), and what it is at."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A story that stands in another event than before."""

    story: StoryId
    before: EventId
    after: EventId


@dataclass(frozen=True, slots=True)
class Why:
    """Why a story stands where it does: other is the nearest story of its event, or the one that was asked about.

    shared: heaviest first. apart: what keeps the two from being one event, strongest first. rule: the reader's own that
    decides, where one does. sentence says all of it in plain words.
    """

    story: StoryId
    other: StoryId | None
    together: bool
    likeness: float
    sentence: str
    shared: tuple[Shared, ...] = ()
    apart: tuple[str, ...] = ()
    rule: RuleKind | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """An event that a text may belong to. likeness is its mean likeness to the event's stories; belongs: grouping would
    put it there; nearest is the story of the event that is likest, and why says what they share."""

    event: EventId
    headline: str
    likeness: float
    belongs: bool
    nearest: StoryId
    why: str
    stories: int = 1


@dataclass(frozen=True, slots=True)
class Added:
    """What one `add` did. Every story that came in is in exactly one of the first four. moved: stories that the reader
    had marked and that stand in another event now."""

    added: tuple[StoryId, ...] = ()
    same: tuple[StoryId, ...] = ()
    revised: tuple[StoryId, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """An export's text and its books: stories asked for, stories written, events they made."""

    text: str
    asked: int
    written: int
    events: int


@dataclass(frozen=True, slots=True)
class Checked:
    """One part of a library, looked through: what it holds, by name, and what is wrong with it, a sentence each."""

    part: str
    counts: tuple[tuple[str, int], ...] = ()
    problems: tuple[str, ...] = ()
