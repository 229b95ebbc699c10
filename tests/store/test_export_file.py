"""Writing an export: in one step, and never over a word that somebody wrote."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from store.errors import ExportRefused
from store.export import write
from store.export.front import Origin, origin
from store.export.markdown import markdown
from tests.store.reviews import two_events

OLD = markdown(two_events(query="tag:grain"))
NEW = markdown(two_events(query="tag:border"))

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights and links are POSIX's here")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_the_text_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    assert write(tmp_path / "review.md", NEW) is None
    assert (tmp_path / "review.md").read_bytes() == NEW.encode()
    assert names(tmp_path) == ["review.md"]


def test_our_own_untouched_export_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "review.md"
    file.write_text(OLD, encoding="utf-8")
    assert write(file, NEW) is None
    assert file.read_bytes() == NEW.encode()
    assert names(tmp_path) == ["review.md"]


def test_an_empty_file_is_nobodys_and_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "review.md"
    file.touch()
    assert write(file, NEW) is None
    assert file.read_bytes() == NEW.encode()


EDITS = {
    "a word in the body": OLD.replace("Forty lorries", "Forty-one lorries"),
    "a line at the end": OLD + "\nMy own view: they will not sign.\n",
    "a line in the front matter": OLD.replace("schema: 1\n", "schema: 1\nauthor: the desk\n"),
    "a remark in the front matter": OLD.replace("events: 2", "events: 2  # ask the minister"),
    "no checksum any more": "".join(row for row in OLD.splitlines(keepends=True) if not row.startswith("checksum")),
    "fields in another order": OLD.replace(
        "generator: diplo-reader\nschema: 1\n", "schema: 1\ngenerator: diplo-reader\n"
    ),
}


@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS)
def test_our_own_export_edited_since_is_refused(tmp_path: Path, edited: str) -> None:
    file = tmp_path / "review.md"
    file.write_bytes(edited.encode())
    with pytest.raises(ExportRefused, match=r"review\.md was edited since .* --force.* review\.md\.bak"):
        write(file, NEW)
    assert file.read_bytes() == edited.encode()
    assert names(tmp_path) == ["review.md"]


FOREIGN = {
    "prose": b"My own notes.\n",
    "another front matter": b"---\ntitle: Mine\n---\n\nMy own notes.\n",
    "our name in prose": b"generator: diplo-reader\nMy own notes.\n",
    "an open front matter": b"---\ngenerator: diplo-reader\nMy own notes.\n",
    "no text at all": bytes(range(256)),
}


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
def test_a_file_that_is_not_ours_is_refused(tmp_path: Path, foreign: bytes) -> None:
    file = tmp_path / "review.md"
    file.write_bytes(foreign)
    with pytest.raises(ExportRefused, match=r"is there already and is not an export"):
        write(file, NEW)
    assert file.read_bytes() == foreign


@pytest.mark.parametrize(
    "same",
    [OLD.replace("\n", "\r\n"), "\ufeff" + OLD, OLD + "\n\n", OLD.rstrip("\n")],
    ids=["other line ends", "byte order mark", "empty lines at the end", "no line end at the end"],
)
def test_what_an_editor_does_by_itself_is_no_edit(same: str) -> None:
    assert origin(same) is Origin.INTACT


def test_force_keeps_every_old_one_under_a_name_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "review.md"
    kept = []
    for own in (b"first", b"second", b"third"):
        file.write_bytes(own)
        kept.append(write(file, NEW, force=True))
    assert kept == [tmp_path / name for name in ("review.md.bak", "review.md.bak2", "review.md.bak3")]
    assert [path.read_bytes() for path in kept if path] == [b"first", b"second", b"third"]
    assert file.read_bytes() == NEW.encode()


def test_force_keeps_nothing_of_what_we_can_write_again(tmp_path: Path) -> None:
    file = tmp_path / "review.md"
    file.write_bytes(OLD.encode())
    assert write(file, NEW, force=True) is None
    assert names(tmp_path) == ["review.md"]


def test_writing_the_same_again_is_no_trouble_whoever_wrote_it(tmp_path: Path) -> None:
    file = tmp_path / "review.txt"
    file.write_bytes(b"same")
    assert write(file, "same") is None


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match=r"there is no folder .*missing; make it first"):
        write(tmp_path / "missing" / "review.md", NEW)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match=r"is a folder; name a file in it"):
        write(tmp_path, NEW)


@posix
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportRefused, match=r"not a plain file; to write to standard output use -o -"):
        write(tmp_path / "pipe", NEW)


@pytest.mark.parametrize("name", ["x" * 300 + ".md", "a\0b.md"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportRefused, match="could not be written"):
        write(tmp_path / name, NEW)
    assert names(tmp_path) == []


@posix
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "review.md").symlink_to(tmp_path / "there" / "review.md")
    write(tmp_path / "review.md", NEW)
    assert (tmp_path / "review.md").is_symlink()
    assert (tmp_path / "there" / "review.md").read_bytes() == NEW.encode()


@posix
def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    with pytest.raises(ExportRefused):
        write(tmp_path / "a.md", NEW)


@posix
def test_a_replaced_file_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "review.md"
    file.write_bytes(OLD.encode())
    file.chmod(0o640)
    write(file, NEW)
    assert file.stat().st_mode & 0o777 == 0o640


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_protected_file_or_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "review.md"
    file.write_bytes(OLD.encode())
    file.chmod(0o444)
    with pytest.raises(ExportRefused, match="write-protected"):
        write(file, NEW)
    tmp_path.chmod(0o555)
    with pytest.raises(ExportRefused, match="could not be written"):
        write(tmp_path / "other.md", NEW)


def test_when_the_last_step_fails_the_old_file_stands_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "review.md"
    file.write_bytes(OLD.encode())

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ExportRefused, match="No space left on device"):
        write(file, NEW)
    assert file.read_bytes() == OLD.encode()
    assert names(tmp_path) == ["review.md"]
