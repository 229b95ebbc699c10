"""The facade as the desk and the command line use it: adding, marking, exporting, and other programs at it too."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

from store import backup
from store.archive.skeleton import Layout, Order, Skeleton
from store.config import Settings
from store.errors import LibraryError, QueryError, UnknownStory
from store.library import Library
from store.marks import inspect
from store.model import Act, Change, Mark, Progress, Raw, Story, StoryId
from store.text import story as reading
from tests.conftest import NOW, SAMPLES, TODAY

HARBOUR = "\n\n".join(
    (
        "Harbour talks end in Tellmark with a date for more",
        "Delegates from Vardania and Orlesia left the customs house in Tellmark on Tuesday after nine hours of "
        "talks on the harbour dues that have kept forty ships waiting outside the breakwater.",
        "“We have agreed to meet again on the ninth of May,” the Vardanian envoy, Ilse Tarnow, told reporters on "
        "the quay. She would not say whether the dues would be suspended until then, and her Orlesian counterpart "
        "left by another door.",
        "Shipowners said that every day of waiting cost them eleven thousand crowns, and that two masters had "
        "already turned back for the open sea rather than pay.",
    )
)
ORCHARD = "\n\n".join(
    (
        "Orchard growers of Sellin march on the ministry",
        "Several hundred apple growers from the Sellin valley drove their tractors into the Tavorian capital on "
        "Friday to protest against a new tax on cold stores that the finance ministry wants to raise from the "
        "first of June.",
        "“A crate of apples earns us less than the crate,” said Borin Askel, who farms forty hectares above the "
        "river. The minister received five of them and promised an answer within a fortnight.",
    )
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library", Settings())
    yield library
    library.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two stories in a folder."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, "utf-8")
    (folder / "orchard.txt").write_text(ORCHARD, "utf-8")
    return folder


def records(*rows: Mapping[str, object]) -> BytesIO:
    return BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode())


def star(library: Library, story: StoryId) -> None:
    assert library.mark("Starred", [story], lambda m: replace(m, starred=True)) == 1


# Adding


def test_adding_twice_adds_nothing_and_says_so(library: Library, inbox: Path) -> None:
    first = library.add([str(inbox)], now=NOW)
    again = library.add([str(inbox)], now=NOW)
    assert len(first.added) == 2
    assert (again.added, again.revised, again.rejected) == ((), (), ())
    assert set(again.same) == set(first.added)


def test_a_file_named_twice_is_read_once(library: Library, inbox: Path) -> None:
    done = library.add([str(inbox / "harbour.txt"), str(inbox)], now=NOW)
    assert (len(done.added), done.same) == (2, ())


def test_a_changed_file_is_a_revision_and_keeps_its_marks(library: Library, inbox: Path) -> None:
    done = library.add([str(inbox / "harbour.txt")], now=NOW)
    [story] = done.added
    star(library, story)
    (inbox / "harbour.txt").write_text(HARBOUR.replace("nine hours", "eleven hours"), "utf-8")
    again = library.add([str(inbox)], now=NOW)
    assert again.revised == (story,)
    assert len(again.added) == 1
    assert library.marks.get(story).starred
    assert "eleven hours" in " ".join(library.story(story).paragraphs)


def test_a_changed_text_at_the_same_url_is_a_revision_and_keeps_its_marks(library: Library) -> None:
    url = "https://harbour-post.example/talks?utm_source=feed"
    [story] = library.add(["-"], now=NOW, stdin=records({"url": url, "text": HARBOUR})).added
    star(library, story)
    changed = records({"url": "http://harbour-post.example/talks", "text": HARBOUR + "\nThe ninth is a Friday.\n"})
    assert library.add(["-"], now=NOW, stdin=changed).revised == (story,)
    assert library.marks.get(story).starred


def test_a_renamed_file_is_the_same_story(library: Library, inbox: Path) -> None:
    library.add([str(inbox)], now=NOW)
    (inbox / "harbour.txt").rename(inbox / "renamed – 2.txt")
    done = library.add([str(inbox)], now=NOW)
    assert (done.added, done.revised, len(done.same)) == ((), (), 2)


def test_one_bad_file_never_stops_the_rest(library: Library, inbox: Path) -> None:
    (inbox / "empty.txt").write_bytes(b" \n")
    (inbox / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (inbox / "rows.jsonl").write_text(json.dumps({"id": 1, "text": HARBOUR * 2}) + "\n{broken\n", "utf-8")
    (inbox / "large.txt").write_bytes(b"word " * 1000)
    (inbox / "loop").symlink_to(inbox)
    library.settings = Settings(limit_mb=0.004)
    done = library.add([str(inbox), str(inbox / "nowhere.txt"), ""], now=NOW)
    reasons = {Path(r.source).name: r.reason for r in done.rejected}
    assert len(done.added) == 3
    assert set(reasons) == {
        "empty.txt",
        "picture.txt",
        "rows.jsonl",
        "large.txt",
        "loop",
        "nowhere.txt",
        "an empty path",
    }
    assert "line 2" in reasons["rows.jsonl"]
    assert all(reasons.values())


def test_a_story_our_own_code_stumbles_over_is_rejected_alone(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(raw: Raw, story: StoryId) -> Story:
        if "Tellmark" in raw.text:
            raise RecursionError
        return real(raw, story)

    real = reading.read
    monkeypatch.setattr(reading, "read", stumbling)
    done = library.add([str(inbox)], now=NOW)
    assert len(done.added) == 1
    assert [(Path(r.source).name, r.reason) for r in done.rejected] == [
        ("harbour.txt", "could not be read (RecursionError)")
    ]


def test_tags_that_come_with_records_land_in_the_marks_once(library: Library) -> None:
    row: dict[str, object] = {"id": "a", "text": HARBOUR, "tags": ["harbour", "dues"]}
    [story] = library.add(["-"], now=NOW, stdin=records(row)).added
    assert library.marks.get(story).tags == ("dues", "harbour")
    library.mark("Untagged", [story], lambda m: replace(m, tags=("dues",)))
    assert library.add(["-"], now=NOW, stdin=records(row)).same == (story,)
    assert library.marks.get(story).tags == ("dues",)


def test_tags_are_safe_before_the_story_is(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    row: dict[str, object] = {"text": HARBOUR, "tags": ["harbour"]}
    with monkeypatch.context() as broken:
        broken.setattr(library.archive, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            library.add(["-"], now=NOW, stdin=records(row))
    library.close()
    after = Library.open(library.folder, Settings())
    [story] = after.add(["-"], now=NOW, stdin=records(row)).added
    assert after.marks.get(story).tags == ("harbour",)
    after.close()


def test_a_cancelled_add_leaves_a_usable_library_and_the_next_goes_on(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.adding.BATCH", 2)
    rows = [{"id": n, "text": f"{HARBOUR}\nThis is telling number {n} of the talks.\n"} for n in range(6)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    asked = iter((False, False, True))
    stopped = library.add([str(tmp_path / "rows.jsonl")], now=NOW, cancelled=lambda: next(asked))
    assert len(stopped.added) == 4
    assert sum(len(e.stories) for e in library.events()) == 4
    rest = library.add([str(tmp_path / "rows.jsonl")], now=NOW)
    assert (len(rest.added), len(rest.same)) == (2, 4)


def test_what_an_add_that_was_killed_left_ungrouped_is_grouped_by_the_next(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("store.regrouping.Regrouping.all", lambda *_: ())
        library.add([str(inbox)], now=NOW)
    assert not library.archive.event_of()
    library.add([str(inbox)], now=NOW)
    assert len(library.archive.event_of()) == 2


def test_progress_counts_files_and_in_one_file_stories(library: Library, inbox: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    library.add([str(inbox)], now=NOW, told=told.append)
    assert [(p.done, p.total) for p in told if p.stage == "reading"] == [(0, 2), (1, 2), (2, 2)]
    told.clear()
    rows = [{"id": n, "text": f"{ORCHARD}\nTelling {n}.\n"} for n in range(3)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    library.add([str(tmp_path / "rows.jsonl")], now=NOW, told=told.append)
    assert [(p.done, p.total) for p in told if p.stage == "reading"] == [(0, 0), (1, 0), (2, 0), (1, 1)]


def test_a_path_typed_at_the_desk_may_begin_with_the_home_folder(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(inbox.parent))
    assert len(library.add(["~/inbox"], now=NOW).added) == 2


def test_an_event_is_found_by_its_id_through_one_of_its_stories(library: Library, inbox: Path) -> None:
    library.add([str(inbox)], now=NOW)
    event = library.events()[0]
    assert library.find(event.id) in {s.id for s in event.stories}
    with pytest.raises(UnknownStory):
        library.find("e-nothing")


# Rebuilding


def test_rebuilding_leaves_every_mark_and_id_in_place(sample_library: Library) -> None:
    stories = [s.id for s in sample_library.archive.listed()]
    star(sample_library, stories[3])
    before = (sample_library.events(), dict(sample_library.marks.all()))
    told: list[Progress] = []
    assert sample_library.rebuild(told.append) == len(stories)
    assert (sample_library.events(), dict(sample_library.marks.all())) == before
    assert next(p for p in told if p.stage == "reading") == Progress("reading", 0, len(stories))
    assert max(p.done for p in told if p.stage == "learning") <= len(stories)


def test_a_story_that_cannot_be_read_anew_stays_as_it_was(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = library.add([str(inbox)], now=NOW)
    before = [library.story(s) for s in done.added]

    def stumbling(raw: Raw, story: StoryId) -> Story:
        raise RecursionError

    monkeypatch.setattr(reading, "read", stumbling)
    assert library.rebuild() == 2
    assert [library.story(s) for s in done.added] == before


# Exporting


def test_everything_tagged_is_exported_unless_asked_otherwise(sample_library: Library) -> None:
    first, second, third = (e.stories[0].id for e in sample_library.events()[:3])
    stories = [s.id for s in sample_library.archive.listed()]
    sample_library.mark("Untagged", stories, lambda m: replace(m, tags=()))
    sample_library.mark("Tagged", [first, second], lambda m: replace(m, tags=("straits",)))
    star(sample_library, third)
    tagged = sample_library.export(today=TODAY)
    assert (tagged.asked, tagged.written) == (2, 2)
    starred = sample_library.export("is:starred", today=TODAY)
    assert (starred.asked, starred.written, starred.events) == (1, 1, 1)
    named = sample_library.export(stories=[second, third, second], today=TODAY)
    assert (named.asked, named.written) == (2, 2)
    title = sample_library.story(third).head.title
    assert title[:20] in starred.text
    assert title[:20] in named.text
    assert title[:20] not in tagged.text


def test_the_same_stories_are_exported_as_the_same_bytes(made_library: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        shutil.copytree(made_library, tmp_path / name)
        library = Library.open(tmp_path / name, Settings())
        made.append(library.export("is:unread", today=TODAY).text)
        library.close()
    assert made[0] == made[1]


def test_the_notice_of_a_withdrawal_among_the_samples_is_found(sample_library: Library) -> None:
    [event] = sample_library.matching("is:withdrawn", today=TODAY)
    assert [s.head.title for s in event.stories] == ["KILL KILL KILL - Story on Tavoria border commissioner withdrawn"]


def test_records_that_share_what_is_no_address_are_all_held(tmp_path: Path) -> None:
    urls = ("javascript:alert(1)", "http://[bad", 'https://v.example/`q`<">', "https://v.example/")
    rows = [
        {"id": n, "url": urls[n % len(urls)], "title": f"Talks {n}", "text": f"Envoy {n} left the talks."}
        for n in range(12)
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with closing(Library.open(tmp_path / "library", Settings())) as library:
        done = library.add([str(tmp_path / "rows.jsonl")], now=NOW)
        assert (len(done.added), done.revised, library.archive.count()) == (12, (), 12)


def test_records_of_one_file_that_share_an_address_are_versions_of_one_story(tmp_path: Path) -> None:
    rows = [{"id": n, "url": f"https://v.example/a?utm_id={n}", "text": f"Envoy {n} left the talks."} for n in range(3)]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with closing(Library.open(tmp_path / "library", Settings())) as library:
        done = library.add([str(tmp_path / "rows.jsonl")], now=NOW)
        assert (len(done.added), len(done.revised), library.archive.count()) == (1, 2, 1)
        texts = [raw.text for raw in library.archive.revisions(done.added[0])]
    assert texts == [f"Envoy {n} left the talks." for n in range(3)]


def test_exporting_what_is_not_there_says_so(sample_library: Library) -> None:
    with pytest.raises(UnknownStory, match="no-such-story"):
        sample_library.export(stories=[StoryId("no-such-story")], today=TODAY)
    with pytest.raises(QueryError):
        sample_library.export("is:nonsense", today=TODAY)
    nothing = sample_library.export("tag:no-such-tag", today=TODAY)
    assert (nothing.asked, nothing.written, nothing.events) == (0, 0, 0)


# Looking


def test_the_dismissed_are_left_out_unless_asked_for(library: Library, inbox: Path) -> None:
    [one, other] = library.add([str(inbox)], now=NOW).added
    library.mark("Dismissed", [one], lambda m: replace(m, dismissed=True))
    queries = ("", "is:unread", "is:dismissed")
    found = {q: [s.id for e in library.matching(q, today=TODAY) for s in e.stories] for q in queries}
    assert found == {"": [other], "is:unread": [other], "is:dismissed": [one]}


def test_stories_that_come_while_a_query_is_answered_are_left_for_the_next(
    library: Library, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([str(inbox)], now=NOW)
    late = tmp_path / "late.txt"
    late.write_text(HARBOUR + "\n\nThe talks go on.\n", "utf-8")
    skeleton = library.lists.skeleton

    def while_others_add(layout: Layout, order: Order) -> Skeleton:
        found = skeleton(layout, order)
        with closing(Library.open(library.folder, Settings())) as other:
            assert other.add([str(late)], now=NOW).added
        return found

    monkeypatch.setattr(library.lists, "skeleton", while_others_add)
    found = library.matching("", today=TODAY)
    assert sum(len(event.stories) for event in found) == 2
    monkeypatch.undo()
    assert sum(len(event.stories) for event in library.matching("", today=TODAY)) == 3


def test_no_query_shows_everything(library: Library, inbox: Path) -> None:
    library.add([str(inbox)], now=NOW)
    assert library.filter("", " ", today=TODAY) is None
    assert len(library.matching("", today=TODAY)) == 2


def test_completions_can_be_put_into_a_filter_as_they_are(library: Library) -> None:
    rows = [
        {"text": HARBOUR, "outlet": "Harbour Post (late)", "tags": ["two words", "plain", 'quo"ted']},
        {"text": ORCHARD, "outlet": "Kurier", "tags": ["plain"]},
    ]
    library.add(["-"], now=NOW, stdin=records(*rows))
    typed = ("is:un", "tag:", "outlet:", "-tag:pl", "x is:re")
    whole = {t: tuple(c.line for c in library.completions(t, len(t))) for t in typed}
    assert whole["is:un"] == ("is:unread",)
    assert whole["tag:"] == ("tag:plain", 'tag:"two words"')
    assert {*whole["outlet:"]} == {'outlet:"Harbour Post (late)"', "outlet:Kurier"}
    assert whole["-tag:pl"] == ("-tag:plain",)
    assert whole["x is:re"][:2] == ("x is:read", "x is:unread")
    for word in (w for words in whole.values() for w in words):
        library.filter(word, today=TODAY)
    assert [(c.word, c.stories) for c in library.completions("tag:", 4)] == [("tag:plain", 2), ('tag:"two words"', 1)]
    assert library.completions("x is:re y", 7)[0].line == "x is:read y", "what stands behind the cursor stays"


def test_a_quoted_value_is_completed_past_its_space(library: Library) -> None:
    library.add(["-"], now=NOW, stdin=records({"text": HARBOUR, "outlet": "Harbour Post"}))
    typed = 'is:unread outlet:"harbour p'
    (only,) = library.completions(typed, len(typed))
    assert (only.line, only.cursor) == ('is:unread outlet:"Harbour Post"', 31)


def test_a_story_known_only_by_its_host_is_found_by_it(library: Library) -> None:
    library.add(["-"], now=NOW, stdin=records({"text": HARBOUR, "url": "https://www.post.example/a"}))
    assert len(library.matching("outlet:post.example", today=TODAY)) == 1


def test_tags_come_most_used_first(library: Library) -> None:
    rows = [{"text": HARBOUR, "tags": ["b", "a", "c"]}, {"text": ORCHARD, "tags": ["c"]}]
    library.add(["-"], now=NOW, stdin=records(*rows))
    assert library.tags() == ("c", "a", "b")


def test_a_summary_of_several_stories_names_the_story_of_each_sentence(library: Library, inbox: Path) -> None:
    stories = library.add([str(inbox)], now=NOW).added
    made = library.summary(stories, method="lead", sentences=4)
    assert {s.story for s in made.sentences} <= set(stories)
    assert len(library.summary(stories[:1], sentences=2).sentences) == 2
    assert library.summary([]).sentences == ()


# Other programs


def test_poll_sees_what_another_program_adds_and_marks(library: Library, inbox: Path) -> None:
    assert not library.poll().stories
    other = Library.open(library.folder, Settings())
    [story, _] = other.add([str(inbox)], now=NOW).added
    assert library.poll().stories
    assert not library.poll().stories
    star(other, story)
    assert library.poll().marks
    assert library.marks.get(story).starred
    assert not library.poll().marks
    other.close()


def test_what_a_second_desk_marks_the_first_sees(sample_library: Library) -> None:
    second = Library.open(sample_library.folder, Settings(), desk=True)
    story = second.archive.listed()[0].id
    star(second, story)
    second.close()
    assert story in sample_library.poll().marks
    assert sample_library.marks.get(story).starred


def test_the_command_line_adds_and_marks_while_a_desk_is_open(sample_library: Library, inbox: Path) -> None:
    other = Library.open(sample_library.folder, Settings())
    [story, _] = other.add([str(inbox)], now=NOW).added
    star(other, story)
    other.close()
    sample_library.poll()
    assert story in {s.id for e in sample_library.events() for s in e.stories}
    assert sample_library.marks.get(story).starred


def test_two_programs_adding_at_once_leave_every_story_placed(library: Library) -> None:
    def add(own: Library, first: int) -> None:
        for n in range(first, first + 4):
            own.add(["-"], now=NOW, stdin=records({"id": n, "text": f"{HARBOUR}\nTelling number {n}.\n"}))

    other = Library.open(library.folder, Settings())
    there = threading.Thread(target=add, args=(other, 10))
    there.start()
    add(library, 20)
    there.join()
    other.close()
    assert len(library.archive.event_of()) == 8
    assert len(library.events()) == 1


def test_a_desk_acts_while_the_archive_is_read_elsewhere(sample_library: Library) -> None:
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.append(len(sample_library.events())))
    reader.start()
    story = sample_library.archive.listed()[0].id
    sample_library.marks.apply(Act("Starred", (Change(story, Mark(), Mark(starred=True)),)))
    reader.join()
    assert seen == [len(sample_library.events())]


# Where a library may be


@pytest.mark.parametrize("name", ["a library", "it's “quoted”", "📰 库 %20?mode=ro#x", "-rf", "new\nline"])
def test_a_library_may_have_any_name(tmp_path: Path, inbox: Path, name: str) -> None:
    library = Library.open(tmp_path / name, Settings())
    [story, _] = library.add([str(inbox)], now=NOW).added
    star(library, story)
    library.remember({"cursor": story})
    library.close()
    again = Library.open(tmp_path / name, Settings())
    assert again.marks.get(story).starred
    assert again.story(story).paragraphs
    assert again.remembered() == {"cursor": story}
    again.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    for place in ("file", "file/library"):
        with pytest.raises(LibraryError, match="file"):
            Library.open(tmp_path / place, Settings())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(LibraryError, match="locked"):
        Library.open(tmp_path / "locked" / "library", Settings())


def test_a_damaged_archive_is_mended_from_its_raw_texts(library: Library, inbox: Path) -> None:
    [story, _] = library.add([str(inbox)], now=NOW).added
    star(library, story)
    library.close()
    archive = library.folder / "archive.sqlite3"
    data = bytearray(archive.read_bytes())
    data[:100] = b"x" * 100
    archive.write_bytes(data)
    with pytest.raises(LibraryError, match="rebuild"):
        Library.open(library.folder, Settings())
    mended = Library.mend(library.folder, now=datetime(2025, 4, 2))
    again = Library.open(library.folder, Settings())
    assert again.rebuild() == mended.kept == 2
    assert again.story(story).paragraphs[0].startswith("Delegates from Vardania")
    assert again.marks.get(story).starred
    again.close()


# The reader's place


def test_what_cannot_be_remembered_is_forgotten_quietly(tmp_path: Path) -> None:
    from store import session

    session.remember(tmp_path / "nowhere", {"cursor": "x"})
    assert session.recall(tmp_path / "nowhere") == {}
    for damaged in (b"", b"[1]", b"{", b"\xff\xfe", b"[" * 100_000):
        (tmp_path / session.FILE).write_bytes(damaged)
        assert session.recall(tmp_path) == {}
    session.remember(tmp_path, {"filter": "half a pair \ud83d"})
    assert session.recall(tmp_path) == {"filter": "half a pair \ud83d"}
    assert [p.name for p in tmp_path.iterdir()] == [session.FILE]


def test_the_samples_come_in_whole(made_library: Path) -> None:
    library = Library.open(made_library, Settings())
    assert library.archive.count() >= len([p for p in SAMPLES.iterdir() if p.suffix != ".jsonl"])
    assert len(library.archive.event_of()) == library.archive.count()
    library.close()


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_an_archive_that_goes_from_under_an_open_desk_is_told_and_marks_are_kept(
    sample_library: Library, how: str
) -> None:
    file = sample_library.folder / "archive.sqlite3"
    story = sample_library.archive.listed()[0].id
    sample_library.poll()
    before = sample_library.notices
    data = file.read_bytes()
    file.unlink()
    if how == "replaced":
        (file.parent / "other").write_bytes(data)
        (file.parent / "other").replace(file)
    sample_library.poll()
    (told,) = set(sample_library.notices) - set(before)
    assert "was deleted or replaced while it was open here" in told
    star(sample_library, story)
    assert sample_library.marks.get(story).starred


def test_marks_that_were_removed_are_told_until_something_is_marked_or_put_back(
    sample_library: Library, tmp_path: Path
) -> None:
    folder, story = sample_library.folder, sample_library.archive.listed()[0].id
    star(sample_library, story)
    sample_library.close()
    backup.make(folder, tmp_path / "kept.zip", settings=None, now=NOW)
    for file in folder.glob("marks.*"):
        file.unlink()
    for _ in range(2):  # whoever comes first, cron or the desk, the next is told too
        opened = Library.open(folder, Settings())
        assert any("No file of the marks was left" in notice for notice in opened.notices)
        opened.close()
    (note,) = inspect.inspect(folder)[0].notes
    assert "the marks began empty" in note
    backup.restore(folder, tmp_path / "kept.zip", settings=None, now=NOW)
    opened = Library.open(folder, Settings())
    assert opened.marks.get(story).starred
    assert inspect.inspect(folder)[0].notes == ()
    opened.close()
