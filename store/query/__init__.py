"""The one query language of the house: what the filter line, `list`, `search`, `mark` and `export` understand.

grammar.py says how a query is written, fields.py what each field means, dates.py how a day is named, complete.py
what could come next. Nothing here reads the archive: the stories that hold a word are asked for through `found`.
"""

from store.query.complete import Completion, Named, chosen, complete, completions, field_at, near, slip, span
from store.query.fields import FIELDS, SHORTEST_ID, Field, help_table
from store.query.form import Form, asks_for_dismissed, wanted
from store.query.parse import Query, as_typed, both, is_simple, parse

__all__ = [
    "FIELDS",
    "SHORTEST_ID",
    "Completion",
    "Field",
    "Form",
    "Named",
    "Query",
    "as_typed",
    "asks_for_dismissed",
    "both",
    "chosen",
    "complete",
    "completions",
    "field_at",
    "help_table",
    "is_simple",
    "near",
    "parse",
    "slip",
    "span",
    "wanted",
]
