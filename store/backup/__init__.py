"""A whole library in one file, and a library made of such a file again.

The file is a ZIP: manifest.json says which format it has, what is in it and the SHA-256 of each part; `marks/` holds
the files of the marks, `archive.sqlite3` the archive as it was at one moment (raw texts, cleaned texts, index), beside
them session.json and settings.toml. Nothing that is there is deleted, here or by who restores: it is set aside.
"""

from store.backup.file import Kept
from store.backup.making import default_name, make
from store.backup.restoring import restore

__all__ = ["Kept", "default_name", "make", "restore"]
