"""Commands: what the reader's keys do. `table` is the one ordered table of them; what each does stands by its sense in
`moving`, `triage`, `selecting` and `showing`, to the screen through `hands`; `naming` says what keys are called."""

from tui.commands.hands import LIST, PANES, SUMMARY, TEXT, Hands, Then
from tui.commands.naming import as_markdown, as_text, groups, key_name, key_names, worded
from tui.commands.selecting import selected
from tui.commands.table import BY_ID, COMMANDS, FOOT, Command, at_hand, run

__all__ = [
    "BY_ID",
    "COMMANDS",
    "FOOT",
    "LIST",
    "PANES",
    "SUMMARY",
    "TEXT",
    "Command",
    "Hands",
    "Then",
    "as_markdown",
    "as_text",
    "at_hand",
    "groups",
    "key_name",
    "key_names",
    "run",
    "selected",
    "worded",
]
