"""What can go wrong, as one tree. Each error says in its message what was wrong and what to do about it.

StoreError
├── ConfigError         the settings file: names the file, the key and the nearest right key
├── QueryError          a query that does not parse: carries the text and the place
├── InputError          a line or record handed to a pipe that cannot be used
├── UnknownStory        an id or short id that is no story, or is several
├── LibraryError        the library's folder or files
│   ├── LibraryBusy         another program is at the marks and does not end
│   │   └── LibrarySlow         what was done is being written, and nothing has failed
│   ├── LibraryReadOnly     an act in a library that may not be written to
│   ├── SchemaTooNew        written by a newer program than this one
│   ├── ArchiveDamaged      the archive does not open; `rebuild` mends it
│   └── MarksDamaged        the marks do not parse; they were set aside and a backup may be offered
└── ExportRefused       an export that would overwrite what is not ours
    └── ExportFailed        the disk or the folder does not take it
"""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """Anything the store refuses or cannot do; str(error) is fit to be shown to the reader as it is."""


class ConfigError(StoreError):
    pass


class QueryError(StoreError):
    """A query that does not parse; at is the 0-based column of the first wrong character."""

    def __init__(self, message: str, *, query: str, at: int) -> None:
        super().__init__(message)
        self.query = query
        self.at = at


class InputError(StoreError):
    pass


class UnknownStory(StoreError):
    pass


class LibraryError(StoreError):
    pass


class LibraryBusy(LibraryError):
    pass


class LibrarySlow(LibraryBusy):
    pass


class LibraryReadOnly(LibraryError):
    pass


class SchemaTooNew(LibraryError):
    pass


class ArchiveDamaged(LibraryError):
    pass


class MarksDamaged(LibraryError):
    """The marks file did not parse, or is gone while its backup is there.

    aside is where the damaged file was put (None if it was missing); backup is the backup that parses, if any, and
    backup_marks the number of marked stories in it.
    """

    def __init__(self, message: str, *, aside: Path | None, backup: Path | None, backup_marks: int) -> None:
        super().__init__(message)
        self.aside = aside
        self.backup = backup
        self.backup_marks = backup_marks


class ExportRefused(StoreError):
    pass


class ExportFailed(ExportRefused):
    pass
