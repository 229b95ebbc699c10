"""The archive: what is put comes back, in lists, by search, after a rebuild."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from store.archive import Archive, Verdict
from store.errors import ArchiveDamaged, SchemaTooNew, UnknownStory
from store.model import EventId, Given, Head, Kind, Markup, Passage, Placement, Raw, Story, StoryId, StorylineId
from tests.store.programs_on_archive import item


def story(name: str, title: str = "", *paragraphs: str, **head: str) -> Story:
    passages = tuple(Passage(p) for p in paragraphs or (f"Text of {name}.",))
    return Story(StoryId(name), Head(title or f"Title of {name}", **head), passages)  # type: ignore[arg-type]


def put(archive: Archive, *stories: Story, added: str = "2031-05-01T10:00") -> None:
    archive.put([(s.id, Raw("\n".join(s.paragraphs)), f"d-{s.id}", s) for s in stories], added=added)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path)
    yield archive
    archive.close()


def test_a_story_comes_back_as_it_was_put(archive: Archive) -> None:
    kept = Story(
        StoryId("a1"),
        Head(
            "Talks [/] stall",
            True,
            "2031-05-01T09:00",
            "Kelmar",
            "Vardan Post",
            "VNA",
            "Ila Moro",
            "Short.",
            "http://x",
        ),
        (Passage("One."), Passage("Sub", Kind.SUBHEADING), Passage("Share this", Kind.DROPPED, "prompt")),
    )
    put(archive, kept)
    assert archive.story(StoryId("a1")) == kept
    assert list(archive.stories()) == [kept]
    assert archive.count() == 1


def test_what_is_put_as_one_comes_whole_or_not_at_all(archive: Archive) -> None:
    put(archive, story("a1"))
    before, listed = archive.changes(), archive.events()
    with pytest.raises(KeyError), archive.as_one():
        put(archive, story("a2"))
        assert archive.count() == 2
        raise KeyError
    assert (archive.count(), archive.changes(), archive.events()) == (1, before, listed)
    with archive.as_one():
        put(archive, story("a2"))
        archive.place([Placement(StoryId("a2"), EventId("e-a1"), StorylineId("s-a1"), "why")])
    assert [(e.id, len(e.stories)) for e in archive.events()] == [("e-a1", 1), ("a1", 1)]
    archive.verify()


@pytest.mark.parametrize("markup", Markup)
def test_the_raw_text_comes_back_in_its_markup(archive: Archive, markup: Markup) -> None:
    raw = Raw("# Talks\n\nThe *envoy* left.", markup, "/in/a", Given(title="Talks"))
    archive.put([(StoryId("a1"), raw, "d", story("a1"))], added="2031-05-01T10:00")
    assert archive.raw(StoryId("a1")) == raw


def test_stories_come_in_the_order_asked_for_and_unknown_ones_are_left_out(archive: Archive) -> None:
    put(archive, *(story(f"s{n}") for n in range(1200)))
    asked = [StoryId(f"s{n}") for n in (1100, 3, 7000, 600)]
    assert [s.id for s in archive.stories(asked)] == ["s1100", "s3", "s600"]


def test_an_unknown_story_is_named(archive: Archive) -> None:
    with pytest.raises(UnknownStory, match="zz"):
        archive.story(StoryId("zz"))


def test_a_list_has_heads_words_and_the_time_of_adding(archive: Archive) -> None:
    put(archive, story("a", "Dam opens", "Four words are here.", outlet="Post"), added="2031-05-02T08:00")
    (row,) = archive.listed()
    assert (row.id, row.head.title, row.head.outlet, row.words) == ("a", "Dam opens", "Post", 4)
    assert row.added == "2031-05-02T08:00"
    assert row.event == "a"


def test_those_stories_are_listed_that_are_asked_for_in_that_order(archive: Archive) -> None:
    put(archive, story("a"), story("b"), story("c"))
    assert [s.id for s in archive.listed([StoryId("c"), StoryId("gone"), StoryId("a")])] == ["c", "a"]
    assert archive.listed([]) == ()


def placed(name: str, event: str, likeness: float, *, copy_of: str | None = None) -> Placement:
    return Placement(StoryId(name), EventId(event), StorylineId("L"), f"why {name}", None, likeness, copy_of)  # type: ignore[arg-type]


def test_events_are_newest_first_under_the_title_whose_words_the_others_share(archive: Archive) -> None:
    put(
        archive,
        story("a", "Solmark reacts coolly", published="2031-05-01"),
        story("b", "Ferry talks open in Solmark", published="2031-05-03"),
        story("c", "Other event", published="2031-05-02"),
        story("d", "Ferry talks begin at last", published="2031-05-01"),
    )
    archive.place([placed("a", "E1", 0.9), placed("b", "E1", 0.4, copy_of="a"), placed("c", "E2", 0.0)])
    archive.place([placed("d", "E1", 0.1)])
    first, second = archive.events()
    told = "Ferry talks open in Solmark"
    assert (first.id, first.headline, [s.id for s in first.stories]) == ("E1", told, ["a", "d", "b"])
    assert (second.id, second.storyline) == ("E2", "L")
    assert first.stories[2].copy_of == "a"
    assert first.stories[2].why == "why b"
    assert archive.event_of() == {"a": "E1", "b": "E1", "c": "E2", "d": "E1"}


def test_the_headline_of_an_event_does_not_depend_on_the_order_of_adding(tmp_path: Path) -> None:
    told = [
        story("a", "Envoys meet in Kelm", published="2031-05-01"),
        story("b", "Kelm meeting ends", published="2031-05-01"),
        story("c", "Envoys meet", published="2031-05-02"),
    ]
    headlines = set()
    for number, order in enumerate(permutations(told)):
        with closing(Archive.open(tmp_path / str(number))) as one:
            for at, each in enumerate(order):
                put(one, each)
                one.place([placed(each.id, "E1", 0.1 * at)])
            headlines |= {event.headline for event in one.events()}
    assert len(headlines) == 1


def test_a_story_without_a_place_is_an_event_of_its_own(archive: Archive) -> None:
    put(archive, story("a"), story("b"))
    assert {e.id for e in archive.events()} == {"a", "b"}
    assert archive.event_of() == {}


def test_a_story_is_found_by_the_beginning_of_its_id(archive: Archive) -> None:
    put(archive, story("abc1"), story("abd2"), story("ab"))
    assert archive.find("abd") == "abd2"
    assert archive.find("ab") == "ab"
    for prefix, said in (("abc1x", "No story"), ("a", "3 stories"), ("", "No story"), ("%", "No story")):
        with pytest.raises(UnknownStory, match=said):
            archive.find(prefix)


def test_search_takes_words_phrases_and_an_unfinished_last_word(archive: Archive) -> None:
    put(
        archive,
        story("a", "Envoys meet", "The river treaty was signed in Kélmar."),
        story("b", "Treaty of the river", "Nothing else."),
        story("c", "Sport", "A treaty, a river."),
    )
    assert archive.search("river treaty", 9)[0] == "b"
    assert set(archive.search("river treaty", 9)) == {"a", "b", "c"}
    assert archive.search('"river treaty"', 9) == ("a",)
    assert archive.search("kelm", 9) == ("a",)
    assert archive.search("kelm ", 9) == ()
    assert len(archive.search("treaty", 2)) == 2
    assert archive.search_all("treaty") == {"a", "b", "c"}
    assert archive.search_all("river treaty") == {"a"}
    assert archive.search_all("trea*") == {"a", "b", "c"}


def test_a_snippet_shows_where_a_story_holds_the_words(archive: Archive) -> None:
    archive.put([item(n) for n in range(3)], added="2031-05-01")
    ids = [item(n)[0] for n in (2, 0)]
    said = archive.snippets("the trea", ids)
    assert set(said) == set(ids)
    assert all("[the] [treaty]" in text and "\n" not in text for text in said.values())
    assert archive.snippets("word1", ids) == {}
    assert archive.snippets('"', ids) == archive.snippets("treaty", []) == {}


@pytest.mark.parametrize(
    "text", ['"', "a OR", "NEAR(", "title:x", "-x", "*", "^a", "(", "", " ", "\0", "x\0y", "😀", "\ud800"]
)
def test_nothing_typed_into_a_search_is_syntax(archive: Archive, text: str) -> None:
    put(archive, story("a", "Plain", "Some words."))
    assert archive.search(text, 5) == ()
    assert archive.search_all(text) == frozenset()


def test_a_revision_is_read_searched_and_kept_beside_the_old_text(archive: Archive) -> None:
    put(archive, story("a", "Old", "Apples were sold."))
    new = story("a", "New", "Pears were sold.")
    archive.put([(new.id, Raw("Pears were sold."), "d2", new)], added="2031-06-01")
    assert archive.story(new.id) == new
    assert archive.search("apples", 5) == ()
    assert archive.search("pears", 5) == ("a",)
    assert [r.text for r in archive.revisions(new.id)] == ["Apples were sold.", "Pears were sold."]
    assert archive.listed()[0].added == "2031-05-01T10:00"


def test_reading_everything_anew_keeps_raw_texts_times_and_places(archive: Archive) -> None:
    raw = Raw("<p>Raw</p>", source="/in/a.html", given=Given(url="http://kelmar.example/1", tags=("x", "y")))
    archive.put([(StoryId("a"), raw, "d1", story("a", "Badly read", "Junk."))], added="2031-05-01")
    archive.place([placed("a", "E1", 0.5)])
    better = story("a", "Well read", "Sense.")
    assert archive.replace_all([better]) == 1
    assert archive.story(StoryId("a")) == better
    assert archive.search("junk", 5) == ()
    assert archive.search("sense", 5) == ("a",)
    assert list(archive.raws()) == [("a", raw)]
    assert archive.listed()[0].event == "E1"
    assert archive.verdict(raw, StoryId("a"), "d1") == (Verdict.SAME, "a")


def test_what_grouping_reads_of_a_story_is_kept_for_its_newest_text_alone(archive: Archive, tmp_path: Path) -> None:
    put(archive, story("a"), story("b"))
    archive.traits.keep([(StoryId("a"), b"1"), (StoryId("b"), b"2")], archive.traits.moment())
    assert dict(archive.traits.of()) == {"a": b"1", "b": b"2"}
    moment = archive.traits.moment()
    with closing(Archive.open(tmp_path)) as other:
        put(other, story("a", "", "Another text."))
    assert dict(archive.traits.of()) == {"a": None, "b": b"2"}
    archive.traits.keep([(StoryId("a"), b"of the old text")], moment)
    assert dict(archive.traits.of()) == {"a": None, "b": b"2"}
    revised = story("a", "", "A third text.")
    archive.put([(revised.id, Raw("A third text."), "d3", revised)], added="2031-05-02", traits_of={revised.id: b"3"})
    assert dict(archive.traits.of()) == {"a": b"3", "b": b"2"}


def test_reading_anew_that_fails_half_way_changes_nothing(archive: Archive) -> None:
    put(archive, story("a", "One", "Apples."), story("b", "Two", "Pears."))

    def broken() -> Iterator[Story]:
        yield story("a", "Other", "Figs.")
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        archive.replace_all(broken())
    assert archive.story(StoryId("a")).head.title == "One"
    assert archive.search("apples", 5) == ("a",)


def test_threads_read_while_another_writes(archive: Archive) -> None:
    put(archive, story("a", "One", "Apples."))
    seen: list[bool] = []

    def read() -> None:
        seen.extend(
            archive.search("apples", 5) == ("a",) and archive.story(StoryId("a")).head.title == "One" for _ in range(50)
        )

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(20):
        put(archive, story(f"n{n}", "More", "Pears."))
    for reader in readers:
        reader.join()
    assert len(seen) == 200
    assert all(seen)


def test_a_newer_archive_is_refused_and_left_alone(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    file = tmp_path / "archive.sqlite3"
    db = sqlite3.connect(file)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = file.read_bytes()
    with pytest.raises(SchemaTooNew, match="newer"):
        Archive.open(tmp_path)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_says_what_to_run(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite3").write_bytes(b"not a database at all " * 100)
    with pytest.raises(ArchiveDamaged, match="diplo-reader rebuild"):
        Archive.open(tmp_path)


def test_another_programs_database_is_not_taken_over(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "archive.sqlite3")
    db.execute("CREATE TABLE theirs (x)")
    db.commit()
    db.close()
    with pytest.raises(ArchiveDamaged, match="another program"):
        Archive.open(tmp_path)
