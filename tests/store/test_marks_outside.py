"""marks.json changed by another hand, or by a disk: taken, told, undone, and never the end of a good backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.marks import Marks
from store.marks.load import read_saved
from store.marks.outside import LABEL
from store.model import Mark, Rule, RuleKind
from tests.store.test_marks_faults import READ, STARRED, A, B, C, act, contents, three_generations


def flip(folder: Path) -> bytes:
    """One mark says something else, and the file is still one of marks; its bytes."""
    file = folder / "marks.json"
    file.write_bytes(file.read_bytes().replace(b'"read": true', b'"starred": true', 1))
    return file.read_bytes()


def in_backup(folder: Path) -> dict[str, Mark]:
    saved = read_saved(folder / "marks.json.bak")
    assert saved.sealed
    return {str(story): mark for story, mark in saved.held.marks.items()}


@pytest.mark.parametrize("desk", [True, False], ids=["desk", "command"])
@pytest.mark.parametrize("journal", [True, False], ids=["with its journal", "without"])
def test_a_flipped_bit_never_becomes_the_backup_and_is_taken_back_by_restore(
    tmp_path: Path, journal: bool, desk: bool
) -> None:
    expected = three_generations(tmp_path)
    if not journal:
        (tmp_path / "marks.journal").unlink()
        del expected[C]
    good, flipped = (tmp_path / "marks.json").read_bytes(), flip(tmp_path)
    with Marks.open(tmp_path, desk=desk) as marks:
        assert marks.get(A) == STARRED
        assert any("does not match its checksum" in told for told in marks.notices)
        assert any("diplo-reader restore" in told for told in marks.notices)
    assert in_backup(tmp_path) == {A: READ, B: READ}
    [aside] = tmp_path.glob("marks.changed-*.json")
    assert aside.read_bytes() == flipped != good
    assert "was taken back: 1 mark(s), 0 rule(s)" in Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected
        assert again.notices == ()
    assert "nothing was restored" in Marks.restore(tmp_path, use_backup=True)


def test_what_another_hand_changed_is_undone_at_the_desk_however_many_checkpoints_later(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    flip(tmp_path)
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act((B, READ, STARRED)))
        marks.checkpoint()
    for _ in range(3):
        with Marks.open(tmp_path, desk=True) as marks:
            marks.apply(act((B, STARRED, READ)))
            marks.checkpoint()
            marks.apply(act((B, READ, STARRED)))
    with Marks.open(tmp_path, desk=True) as marks:
        [outside] = [done for done in marks.done() if done.label == LABEL]
        marks.apply(outside.undone())
        assert dict(marks.all()) == {**expected, B: STARRED}
        assert marks.moot(outside.undone())
    assert "nothing was restored" in Marks.restore(tmp_path, use_backup=True)


def test_an_older_file_put_back_costs_nothing_that_was_known(tmp_path: Path) -> None:
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act((A, Mark(), READ)))
    old = (tmp_path / "marks.json").read_bytes()
    for story in (B, C):
        for mark in (READ, STARRED):
            with Marks.open(tmp_path, desk=True) as marks:
                marks.apply(act((story, marks.get(story), mark)))
    expected = {A: READ, B: STARRED, C: STARRED}
    (tmp_path / "marks.json").write_bytes(old)
    with Marks.open(tmp_path, desk=True) as marks:
        assert marks.get(B) != STARRED
    assert in_backup(tmp_path) == expected
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == expected


def test_rules_that_another_hand_took_out_come_back(tmp_path: Path) -> None:
    from store.model import Act, RuleChange

    rule = Rule(RuleKind.APART, ("a", "b"))
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act((A, Mark(), READ)))
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(Act("ruled", rules=(RuleChange(rule, True),)))
    file = tmp_path / "marks.json"
    text = file.read_text()
    start = text.index('"1": {"kind"')
    file.write_text(text[:start] + text[text.index("\n", start) :])
    with Marks.open(tmp_path, desk=True) as marks:
        assert marks.rules() == ()
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert again.rules() == (rule,)


@pytest.mark.parametrize("lost", ["marks.journal.bak", "both journals"])
def test_without_the_acts_between_a_good_backup_stays_until_the_next_checkpoint_and_a_copy_for_good(
    tmp_path: Path, lost: str
) -> None:
    three_generations(tmp_path)
    (tmp_path / "marks.journal.bak").unlink()
    if lost == "both journals":
        (tmp_path / "marks.journal").unlink()
    backup, flipped = (tmp_path / "marks.json.bak").read_bytes(), flip(tmp_path)
    with Marks.open(tmp_path, desk=True):
        pass
    assert (tmp_path / "marks.json.bak").read_bytes() == backup
    assert flipped in contents(tmp_path)
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act((B, READ, STARRED)))
    assert backup in contents(tmp_path)


def test_a_file_changed_under_a_running_desk_leaves_a_backup_of_what_the_desk_knows(tmp_path: Path) -> None:
    expected = three_generations(tmp_path)
    with Marks.open(tmp_path, desk=True) as marks:
        marks.apply(act((B, READ, STARRED)))
        marks.flush()
        flipped = flip(tmp_path)
        marks.checkpoint()
        assert any("had been changed by another program" in told for told in marks.notices)
    assert flipped in contents(tmp_path)
    (tmp_path / "marks.json").write_bytes(b"damaged")
    with pytest.raises(Exception, match="3 marked stories"):
        Marks.open(tmp_path)
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert dict(again.all()) == {**expected, B: STARRED}


def test_a_checkpoint_that_fails_again_and_again_keeps_one_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.errors import LibraryError
    from store.marks import disk

    three_generations(tmp_path)
    flip(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "_save", full)
        with Marks.open(tmp_path, desk=True) as marks:
            for _ in range(3):
                with pytest.raises(LibraryError):
                    marks.checkpoint()
    assert len(list(tmp_path.glob("marks.changed-*"))) == len(list(tmp_path.glob("marks.kept-*"))) == 1
    with Marks.open(tmp_path) as again:
        assert again.get(A) == STARRED
    Marks.restore(tmp_path, use_backup=True)
    with Marks.open(tmp_path) as again:
        assert again.get(A) == READ
