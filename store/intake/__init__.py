"""Bytes in, Raw or Rejected out: one file a format, in the ordered table FORMATS."""

from store.intake.files import read, read_stream
from store.intake.formats import FORMATS, Format, read_bytes
from store.intake.streamed import streamed
from store.intake.walk import expand
from store.text.characters import clean_characters, one_line

__all__ = [
    "FORMATS",
    "Format",
    "clean_characters",
    "expand",
    "one_line",
    "read",
    "read_bytes",
    "read_stream",
    "streamed",
]
