"""The archive's tables. A new schema is a new entry at the end of MIGRATIONS, never a change to an old one.

stories holds what lists need, one slim row each; the cleaned passages and the raw texts lie apart so that a list of a
hundred thousand stories reads neither. revisions carries the story's id and not its row, so that raw texts can be
saved from an archive whose other tables are gone.
"""

from __future__ import annotations

APPLICATION_ID = 0x6469706C  # "dipl"

HEAD = (
    "title",
    "title_made",
    "published",
    "place",
    "outlet",
    "agency",
    "byline",
    "standfirst",
    "url",
    "language",
    "published_inferred",
)
PLACE = ("event", "storyline", "why", "nearest", "likeness", "copy_of", "origin", "inferred", "storyline_why")

TOKENIZE = 'tokenize="unicode61 remove_diacritics 2"'
_FIRST_SEARCH = f"CREATE VIRTUAL TABLE search USING fts5(title, body, content='', {TOKENIZE})"
# The index holds no text of its own; where SQLite wants it (a snippet, the check of the index) it is unpacked.
_KEPT = f"title, body, content='searchable', content_rowid='n', {TOKENIZE}"
_SECOND_SEARCH = f"CREATE VIRTUAL TABLE search USING fts5({_KEPT})"
# What is typed is looked up letter by letter: among 100,000 stories one letter took 0.3 s to be put together from all
# words that begin so, three 35 ms, and take 7 from lists of their own. Those cost 0.1 ms and 2 KB a story of 2 KB.
BEGINNINGS = (1, 2, 3)
PREFIX = f"prefix='{' '.join(map(str, BEGINNINGS))}'"
SEARCH = f"CREATE VIRTUAL TABLE search USING fts5({_KEPT}, {PREFIX})"

_FIRST = (
    """
CREATE TABLE stories (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,          -- of the revision that is shown
    address TEXT,                  -- as its raw text gave it, before any cleaning
    added TEXT NOT NULL,
    words INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL, title_made INTEGER NOT NULL, published TEXT, place TEXT, outlet TEXT, agency TEXT,
    byline TEXT, standfirst TEXT, url TEXT,
    event TEXT, storyline TEXT, why TEXT, nearest TEXT, likeness REAL, copy_of TEXT
)""",
    "CREATE INDEX stories_event ON stories (event)",
    "CREATE TABLE passages (n INTEGER PRIMARY KEY, packed BLOB NOT NULL)",
    """
CREATE TABLE revisions (
    r INTEGER PRIMARY KEY,
    story TEXT NOT NULL,
    digest TEXT NOT NULL,
    added TEXT NOT NULL,
    packed BLOB NOT NULL,          -- the Raw, zlib over JSON
    UNIQUE (story, digest)
)""",
    "CREATE INDEX revisions_digest ON revisions (digest)",
    """
CREATE TABLE names (
    name TEXT PRIMARY KEY,         -- "at SOURCE" or "id STORYID": what else a story is known by
    story TEXT NOT NULL,
    digest TEXT NOT NULL           -- of the text last seen there
) WITHOUT ROWID""",
    _FIRST_SEARCH,
)

_ORIGINS_AND_LANGUAGES = tuple(
    f"ALTER TABLE stories ADD COLUMN {column}"
    for column in (
        "language TEXT",
        "published_inferred INTEGER",
        "origin TEXT",
        "inferred INTEGER",
        "storyline_why TEXT",
    )
)

_SUMMARIES = (
    """
CREATE TABLE summaries (
    s INTEGER PRIMARY KEY,         -- the oldest are dropped first
    key TEXT NOT NULL UNIQUE,      -- hash of texts, method, length and the summaries' version
    answer TEXT NOT NULL
)""",
    # Counts what changes stories, so that a kept summary does not look like news to a desk that watches the file.
    "CREATE TABLE changes (n INTEGER NOT NULL)",
    "INSERT INTO changes VALUES (0)",
)


def _units(table: str, number: str) -> tuple[str, ...]:
    """A table of what lists have one entry for, and its orders; see units.py."""
    return (
        f"""
CREATE TABLE {table} (
    u INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    headline TEXT NOT NULL,
    columns INTEGER NOT NULL,      -- of a terminal that the headline takes
    newest TEXT NOT NULL,          -- what it is ordered by
    stories INTEGER NOT NULL, outlets INTEGER NOT NULL, origins INTEGER NOT NULL
)""",
        f"CREATE INDEX {table}_newest ON {table} (newest, u, columns)",
        f"CREATE INDEX {table}_outlets ON {table} (outlets, newest, u, columns)",
        f"CREATE INDEX {table}_origins ON {table} (origins, newest, u, columns)",
        f"ALTER TABLE stories ADD COLUMN {number} INTEGER",
    )


_LISTS = (
    *_units("events", "e"),
    *_units("storylines", "l"),
    "ALTER TABLE stories ADD COLUMN newest TEXT",
    "ALTER TABLE stories ADD COLUMN columns INTEGER",
    "CREATE INDEX stories_e ON stories (e, newest, n)",
    "CREATE INDEX stories_l ON stories (l, newest, n)",
    "CREATE INDEX stories_newest ON stories (newest, n, columns)",
    "CREATE INDEX stories_storyline ON stories (storyline)",
)

_FURNITURE = (
    """
CREATE TABLE furniture (           -- learned anew by each rebuild
    outlet TEXT NOT NULL,
    key TEXT NOT NULL,             -- what lines share that say the same
    text TEXT NOT NULL,
    stories INTEGER NOT NULL,
    PRIMARY KEY (outlet, key)
) WITHOUT ROWID""",
)

_SUMS = (
    """
CREATE TABLE sums (                -- what each table should hold; see sums.py
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    total INTEGER NOT NULL
) WITHOUT ROWID""",
    """
CREATE VIEW searchable AS
SELECT n, title, searchable_body(standfirst, packed) AS body FROM stories JOIN passages USING (n)""",
    "DROP TABLE search",
    _SECOND_SEARCH,
    "INSERT INTO search (search) VALUES ('rebuild')",
)

_TRAITS = ("CREATE TABLE traits (n INTEGER PRIMARY KEY, packed BLOB NOT NULL)",)  # see traits.py

_BEGINNINGS = (
    "DROP TABLE search",
    SEARCH,
    "INSERT INTO search (search) VALUES ('rebuild')",
    "ALTER TABLE changes ADD COLUMN archive TEXT",  # a name that no other archive has; see noted.py
    "UPDATE changes SET archive = lower(hex(randomblob(8)))",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _ORIGINS_AND_LANGUAGES,
    _SUMMARIES,
    _LISTS,
    _FURNITURE,
    _SUMS,
    _TRAITS,
    _BEGINNINGS,
)
SCHEMA = len(MIGRATIONS)
