"""furniture and settle: the lines that are taken for furniture of an outlet, and having rules take effect."""

from __future__ import annotations

from argparse import Namespace
from itertools import groupby

from store.errors import InputError
from store.library import Library
from store.model import Act, Rule, RuleChange, RuleKind, StoryId
from tui.desk import counted
from tui.headless import say


def furniture(library: Library, options: Namespace) -> int:
    """Lists what was learned, or switches it off or on for an outlet or one line of it."""
    if options.off is not None or options.on is not None:
        return _switch(library, options)
    off = {(r.of, r.text) for r in library.marks.rules(RuleKind.UNLEARNED)}
    learned = [r for r in library.furniture() if options.outlet in (None, r.outlet)]
    for outlet, lines in groupby(learned, key=lambda r: r.outlet):
        of = (f"outlet:{outlet}",)
        if not options.json:
            say.line(f"{outlet}{'  (switched off)' if (of, '') in off else ''}")
        for line in lines:
            silent = bool({(of, ""), (of, line.text)} & off)
            if options.json:
                say.record({"outlet": outlet, "line": line.text, "stories": line.stories, "off": silent})
            else:
                say.line(f"    {line.stories:>5}  {line.text}{'  (switched off)' if (of, line.text) in off else ''}")
    if not learned and not options.json:
        say.note(
            "No lines are known to recur yet: `diplo-reader rebuild` learns them from three stories of an outlet on"
        )
    return 0


def _switch(library: Library, options: Namespace) -> int:
    off = options.off is not None
    text = (options.off if off else options.on) or ""
    outlet = options.outlet
    known = {r.text for r in library.furniture() if r.outlet == outlet}
    if not known:
        raise InputError(f"No lines were learned of {outlet or 'it'}: `diplo-reader furniture` lists the outlets")
    if text and text not in known:
        raise InputError(f"{outlet} has no such line: `diplo-reader furniture` lists them, one a line")
    rule = Rule(RuleKind.UNLEARNED, (f"outlet:{outlet}",), text)
    standing = library.marks.rules(RuleKind.UNLEARNED)
    if text and Rule(RuleKind.UNLEARNED, rule.of, "") in standing:
        raise InputError(f"All of {outlet} is switched off: `diplo-reader furniture {outlet!r} --on` comes first")
    if off == (rule in standing):
        say.note(f"That is switched {'off' if off else 'on'} already")
        return 0
    library.marks.apply(Act(f"Switched furniture {'off' if off else 'on'}", rules=(RuleChange(rule, made=off),)))
    library.flush()
    say.line(f"{counted(library.reread(outlet=outlet), 'story', 'stories')} of {outlet} read anew")
    return 0


def settle(library: Library, options: Namespace) -> int:
    """Has rules take effect that were made, or taken back, without: what the desk calls after such an act."""
    grouped, reread = ([StoryId(library.find(s)) for s in ids] for ids in (options.story, options.reread))
    touched = library.settle(grouped, reread=reread, outlets=options.outlet)
    if options.regroup:
        touched += len(library.regroup())
    if options.json:
        say.record({"touched": touched})
    else:
        say.line(f"{counted(touched, 'story', 'stories')} changed")
    return 0
