"""The three pure pipes: JSON records in, JSON records out, ids passed through, order kept, nothing stored.

A record that cannot be used gives {id?, error} in its place, and the rest goes on. Libraries are loaded once.
"""

from store.pipes.cleaning import clean, clean_arriving, clean_files
from store.pipes.grouping import group, group_files
from store.pipes.records import Record, arriving, files, lines
from store.pipes.summarising import Wanted, kept_in, summarise, summarise_files

__all__ = [
    "Record",
    "Wanted",
    "arriving",
    "clean",
    "clean_arriving",
    "clean_files",
    "files",
    "group",
    "group_files",
    "kept_in",
    "lines",
    "summarise",
    "summarise_files",
]
