"""Documents: what a command shows, as Markdown, to standard output or a file."""

from __future__ import annotations

from argparse import Namespace

from store import export as exporting
from tui.headless import say
from tui.headless.reading import file_named


def wanted(options: Namespace) -> bool:
    return bool(options.markdown or options.output)


def out(options: Namespace, text: str) -> int:
    """Writes a document where it was asked for. Raises ExportRefused."""
    if not options.output or options.output == "-":
        say.document(text)
        return 0
    file = file_named(options.output)
    kept = exporting.write(file, text, force=options.force)
    if kept:
        say.note(f"The file that stood there is kept as {kept}")
    if options.json:
        say.record({"file": str(file.absolute())})
    else:
        say.note(f"Written to {file}")
    return 0
