"""What stands on the screen, as plain text: rows, pages, the lines above and below. No Textual needed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.errors import ExportRefused
from store.export import write
from store.model import Event, EventId, Story, StoryId, StorylineId
from tests.tui.fakes import MemoryMarks, event, listed
from tui import pages, present, widths
from tui.desk import Desk, Order
from tui.widgets.page import _wrap

widths.count_vowel_signs()  # as the desk does

TODAY = date(2025, 5, 4)


def words(lines: tuple[present.Line, ...]) -> list[str]:
    return ["".join(p.text for p in line).rstrip() for line in lines]


@pytest.mark.parametrize(
    ("published", "short", "full"),
    [
        ("2025-05-04T17:53", "17:53", "4 May 2025, 17:53"),
        ("2025-05-04", "4 May", "4 May 2025"),
        ("2025-02-26T17:53+02:00", "26 Feb", "26 February 2025, 17:53"),
        ("2023-12-01", "1 Dec 23", "1 December 2023"),
        ("2024-12-24", "24 Dec", "24 December 2024"),
        ("2024-06-24", "24 Jun 24", "24 June 2024"),
        ("2026-01-02", "2 Jan 26", "2 January 2026"),
        (None, "", ""),
        ("no date", "", ""),
    ],
)
def test_dates_are_as_short_or_as_full_as_they_can_be(published: str | None, short: str, full: str) -> None:
    assert present.when(published, TODAY) == short
    assert present.when_full(published) == full


def test_an_event_row_gives_headline_outlets_unread_and_newest_date() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b", headline="Talks on the straits resume in Solmark after a week"),))
    desk.set_read([StoryId("a")])
    assert words(present.row_lines(desk.rows[0], desk, 30, TODAY)) == [
        "▾ Talks on the straits resume",
        "  in Solmark after a week",
        "  1 outlet ●1            3 May",
    ]


@pytest.mark.parametrize(("width", "one_line"), [(30, False), (34, True), (60, True)])
def test_a_row_without_a_date_says_so(width: int, one_line: bool) -> None:
    desk = Desk(MemoryMarks())
    undated = (listed("a", "e", published=""), listed("b", "e", published=""))
    desk.load((Event(EventId("e"), StorylineId("e"), "Talks resume", undated),))
    rows = [words(present.row_lines(row, desk, width, TODAY, one_line=one_line)) for row in desk.rows]
    assert len(rows) == 3 and all(lines[-1].endswith(" undated") for lines in rows)


@pytest.mark.parametrize(
    ("width", "one_line", "counted", "said"),
    [
        (68, False, 5, "new since: 1 outlet, 5 sentences · 2 outlets, 2 origins ●1 "),
        (60, False, 5, "new since: 1 outlet, 5 sentences · 2 outlets ●1 "),
        (48, False, 5, "new since: 1 outlet, 5 sentences ●1 "),
        (42, False, 5, "+1 outlet, 5 sentences ●1 "),
        (42, False, None, "new since: 1 outlet · 2 outlets ●1 "),
        (38, False, None, "new since: 1 outlet ●1 "),
        (60, True, None, " +1 outlet ●1 "),
        (60, True, 5, " +1, 5 sentences ●1 "),
        (60, True, 12, " +1, 12 sentences ●1 "),
        (60, True, 40, " +1 outlet ●1 "),
        (34, True, 5, " +1 ●1 "),
        (34, True, None, " +1 ●1 "),
    ],
)
def test_a_row_that_was_woken_says_how_much_is_new(width: int, one_line: bool, counted: int | None, said: str) -> None:
    desk = Desk(MemoryMarks())
    old = replace(listed("a", "e"), added="2025-05-03")
    new = replace(listed("b", "e", outlet="Ledger"), added="2025-05-04")
    desk.load((Event(EventId("e"), StorylineId("e"), "Talks resume", (old, new)),))
    desk.set_read([old.id])
    if counted is not None:
        desk.new_sentences[(new.id,)] = counted
    assert said in words(present.row_lines(desk.rows[0], desk, width, TODAY, one_line=one_line))[-1]
    desk.lines.measure(width, one_line=one_line)
    status = present.status_line(desk, "", 60)
    assert ("new since: 1 outlet" in status) is one_line
    assert present.status_line(desk, "", 12) == " 1/3"
    desk.toggle_selected()
    assert present.status_line(desk, "", 12) == " 2/3"
    assert present.status_line(desk, "", 15) == " 2/3  │  2 sel…"


@pytest.mark.parametrize("width", range(26, 60))
@pytest.mark.parametrize("counted", [None, 3, 40])
def test_how_many_are_unread_is_never_cut_off(width: int, counted: int | None) -> None:
    desk = Desk(MemoryMarks())
    old = [replace(listed(n, "e", outlet=f"The {n} Courier"), added="2025-05-03") for n in "abcdefghijk"]
    new = replace(listed("x", "e", outlet="Ledger"), added="2025-05-04")
    desk.load((Event(EventId("e"), StorylineId("e"), "Talks resume", (*old, new)),))
    desk.set_read([s.id for s in old])
    if counted is not None:
        desk.new_sentences[(new.id,)] = counted
    for one_line in (False, True):
        line = words(present.row_lines(desk.rows[0], desk, width, TODAY, one_line=one_line))[-1]
        assert "●1" in line and line.endswith("3 May"), line
        assert "· …" not in line and ", …" not in line


def test_the_status_tells_how_many_stories_a_filter_finds_not_only_rows() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b", "c"), event("d", "d")))
    assert "found" not in present.status_line(desk, "")
    desk.filter = "is:unread"
    desk.show_only(lambda story, mark, _event: story.id != "a" and not mark.read)
    assert desk.found == 3 and present.status_line(desk, "").startswith(
        " 1/4  │  3 stories found  │  filter: is:unread"
    )
    desk.set_read([StoryId("d")])
    assert desk.found == 2
    desk.close()
    assert present.status_line(desk, "").startswith(" 1/1  │  2 stories found"), "folded or not, they are found"


def test_on_a_small_screen_a_row_is_one_line_with_its_parts_in_columns() -> None:
    desk = Desk(MemoryMarks())
    headline = "Talks on the straits resume in Solmark after a week"
    old = listed("c", "f", title="Border closed", published="2023-03-09", outlet="The Ostmere Mail and Advertiser")
    events = (
        event("e", "a", "b", headline=headline),
        event("d", "d"),
        Event(EventId("f"), StorylineId("f"), "", (old,)),
    )
    desk.load(events)
    desk.set_read([StoryId("a")])

    def shown(width: int) -> list[str]:
        rows = [row for row in desk.rows if row.story is None or row.alone]
        return [text for row in rows for text in words(present.row_lines(row, desk, width, TODAY, one_line=True))]

    assert shown(56) == [
        "▾ Talks on the straits resum… 1 outlet ●1/2        3 May",
        "● Title of d                  Harbour Post         3 May",
        "● Border closed               The Ostmere Mail… 9 Mar 23",
    ]
    assert shown(34) == [
        "▾ Talks on the strait… ●1/2  3 May",
        "● Title of d                 3 May",
        "● Border closed           9 Mar 23",
    ]


def test_a_story_row_gives_read_state_outlet_tags_star_and_date() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b"),))
    desk.toggle_star([StoryId("a")])
    desk.set_tags([StoryId("a")], (), ("port",))
    assert words(present.row_lines(desk.rows[1], desk, 44, TODAY)) == [
        "  ● ★ Harbour Post #port  Title of a   3 May"
    ]  # 44 columns
    desk.set_read([StoryId("b")])
    assert words(present.row_lines(desk.rows[2], desk, 44, TODAY))[0].startswith("    Harbour Post  Title of b")


def test_a_story_of_no_outlet_gives_its_room_to_its_title() -> None:
    desk = Desk(MemoryMarks())
    stories = (listed("a", "e", outlet="", title="Envoys meet at the customs house"), listed("b", "e"))
    desk.load((Event(EventId("e"), StorylineId("e"), "Talks", stories),))
    assert words(present.row_lines(desk.rows[1], desk, 44, TODAY))[0] == "  ● Envoys meet at the customs house   3 May"
    desk.set_tags([StoryId("a")], (), ("port",))
    assert words(present.row_lines(desk.rows[1], desk, 44, TODAY))[0].startswith("  ●  #port  Envoys meet")


@pytest.mark.parametrize(
    ("width", "said"),
    [(60, "2 outlets, 2 origins · all read"), (34, "2 outlets · all read"), (24, "2 outlets")],
)
def test_what_has_no_room_in_a_row_is_left_out_whole(width: int, said: str) -> None:
    desk = Desk(MemoryMarks())
    stories = (listed("a", "e"), listed("b", "e", outlet="Ledger"))
    desk.load((Event(EventId("e"), StorylineId("e"), "Talks", stories),))
    desk.set_read([StoryId("a"), StoryId("b")])
    line = words(present.row_lines(desk.rows[0], desk, width, TODAY))[-1]
    assert line.split("  ")[1].strip() == said and "…" not in line


def test_tags_are_never_pushed_out_of_a_row_by_a_long_outlet() -> None:
    long = listed(
        "a", "e", outlet="The Ostmere Mail and Advertiser", agency="Northern News", published="2025-05-02T07:15"
    )
    desk = Desk(MemoryMarks())
    desk.load((replace(event("e", "a", "b"), stories=(long, listed("b", "e"))),))
    desk.set_tags([StoryId("a")], (), ("straits",))
    assert words(present.row_lines(desk.rows[1], desk, 36, TODAY)) == ["  ● The Ostmere Mail… #straits 2 May"]


def test_a_notice_that_takes_a_story_back_is_seen_in_its_row_and_its_events() -> None:
    notice = listed("a", "e", title="KILL KILL KILL - Story on the border commissioner withdrawn")
    desk = Desk(MemoryMarks())
    desk.load((replace(event("e", "a", "b"), stories=(notice, listed("b", "e"))),))
    assert words(present.row_lines(desk.rows[0], desk, 60, TODAY))[1].startswith("  WITHDRAWN · ")
    assert "WITHDRAWN Harbour Post" in words(present.row_lines(desk.rows[1], desk, 60, TODAY))[0]
    assert "WITHDRAWN" not in words(present.row_lines(desk.rows[2], desk, 60, TODAY))[0]


@given(st.integers(20, 80), st.lists(st.sampled_from(["straits", "istanbul", "grain corridor"]), max_size=3))
def test_no_row_of_a_story_shows_two_ellipses_in_a_row(width: int, tags: list[str]) -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b"),))
    desk.set_tags([StoryId("a")], (), tags)
    assert "……" not in words(present.row_lines(desk.rows[1], desk, width, TODAY))[0]


def test_a_line_that_is_cut_ends_in_one_ellipsis() -> None:
    pieces = (present.Piece("wire.ostmere.example abc"), present.Piece("  Title"), present.Piece("more"))
    for width in range(2, 40):
        text = "".join(p.text for p in present.cut(pieces, width))
        assert cell_len(text) <= width and "……" not in text


def test_a_dismissed_story_does_not_count_as_unread_in_its_event() -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b"),))
    desk.toggle_dismissed([StoryId("a")])
    assert "1 outlet ●1 " in words(present.row_lines(desk.rows[0], desk, 60, TODAY))[1]


wide = st.text(st.sampled_from("abc 会談é́ محا…●[]/"), max_size=120)


@given(wide, wide, st.integers(12, 70))
def test_no_line_of_a_row_is_wider_than_the_list_or_higher_than_was_said(title: str, outlet: str, width: int) -> None:
    for names in (("a",), ("a", "b")):
        made = event("e", *names, headline=title)
        stories = tuple(replace(s, head=replace(s.head, title=title, outlet=outlet)) for s in made.stories)
        desk = Desk(MemoryMarks())
        desk.load((replace(made, stories=stories),))
        for row, one_line in product(desk.rows, (False, True)):
            lines = present.row_lines(row, desk, width, TODAY, one_line=one_line)
            assert len(lines) == present.row_height(row, width, one_line=one_line) <= (1 if one_line else 3)
            assert all(cell_len(text) <= width for text in words(lines))


@pytest.mark.parametrize(
    ("records", "status", "said"),
    [
        ([{"added": 2, "same": 0, "revised": 0, "rejected": 0}], 0, ["2 added"]),
        ([{"added": 2, "same": 1, "revised": 0, "rejected": 1}], 1, ["2 added, 1 same, 1 rejected"]),
        (
            [{"source": "no/such", "reason": "unreadable"}, {"added": 0, "same": 0, "revised": 0, "rejected": 1}],
            1,
            ["Nothing was added", "Not added: no/such: unreadable"],
        ),
        ([{"source": "x", "reason": "empty"}], 1, ["Not added: x: empty"]),
        ([], 130, ["Stopped. What was already added stays; adding the same again goes on where this left off"]),
        (
            [{"added": 992, "same": 3, "rejected": 0}],
            -2,
            ["Stopped: 992 added, 3 same, and that stays; adding the same again goes on where this left off"],
        ),
        ([{"complaint": "no such folder"}], 2, ["no such folder"]),
    ],
)
def test_what_an_import_did_is_told(records: list[dict[str, object]], status: int, said: list[str]) -> None:
    assert [text for text, _ in present.added(records, status)] == said


@given(st.text(max_size=60), st.integers(2, 30), st.integers(1, 3))
def test_fitted_lines_are_never_too_wide_or_too_many(text: str, width: int, most: int) -> None:
    lines = present.fit(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize("width", [12, 20, 30, 40, 60, 100])
def test_a_status_line_leaves_out_what_matters_least(width: int) -> None:
    desk = Desk(MemoryMarks())
    desk.load((event("e", "a", "b"),))
    desk.filter, desk.order = "is:unread outlet:harbour", Order.OUTLETS
    desk.select([StoryId("a")])
    line = present.status_line(desk, "adding …", width)
    assert cell_len(line) <= width and line.startswith(" 1/3")
    parts = ["1 selected", "adding …", "filter: is:unread outlet:harbour", "most outlets first"]
    there = [part in line for part in parts]
    assert there == sorted(there, reverse=True)
    assert all(there) == (width == 100)


def test_an_export_that_was_refused_says_what_can_be_done_at_the_desk(tmp_path: Path) -> None:
    foreign = tmp_path / "mine.md"
    foreign.write_text("my own words", "utf-8")
    with pytest.raises(ExportRefused) as refusal:
        write(foreign, "a review")
    said = present.refused(str(refusal.value), str(foreign))
    assert "--force" not in said and "press {export}" in said
    assert present.refused("The disk is full", "x.md") == "The disk is full"


def test_a_date_that_a_story_only_implies_stands_behind_a_tilde() -> None:
    today = date(2025, 4, 14)
    assert present.when("2025-04-13", today, inferred=True) == "~13 Apr"
    assert present.when_full("2025-04-13", inferred=True) == "~13 April 2025"
    assert present.when(None, today, inferred=True) == ""


def test_the_page_of_a_story_without_a_date_says_so() -> None:
    desk = Desk(MemoryMarks())
    undated = (listed("a", "e", published=""), listed("b", "e", published="", outlet=""))
    desk.load((Event(EventId("e"), StorylineId("e"), "Talks resume", undated),))
    row = desk.rows[1]
    assert row.story is not None
    page = pages.story_page(Story(row.story.id, row.story.head), desk.mark(row.story.id), row, with_dropped=False)
    assert page[1].text == "Harbour Post · undated"
    told = [block.text for block in pages.event_page(row.event, desk.mark, ())]
    assert "Harbour Post · undated" in told and "no outlet · undated" in told


@pytest.mark.parametrize(
    "headline",
    [
        "รัฐมนตรีต่างประเทศวาร์ดาเนียเดินทางถึงเมืองหลวงเพื่อทำความเข้าใจเรื่องช่องแคบและค่าผ่านทาง",
        "ລັດຖະມົນຕີຕ່າງປະເທດເດີນທາງຮອດນະຄອນຫຼວງເພື່ອເຈລະຈາເລື່ອງຊ່ອງແຄບແລະນ້ຳ",
        "រដ្ឋមន្ត្រីការបរទេសបានទៅដល់រាជធានីដើម្បីចរចាអំពីច្រកសមុទ្រ",
    ],
)
@pytest.mark.parametrize("width", [9, 16, 23])
def test_a_script_without_spaces_fills_its_lines_and_parts_no_letter(headline: str, width: int) -> None:
    lines = present.fit(f"VNA {headline}", width, 99)
    assert _wrap(f"VNA {headline}", width) == lines, "a page has the same lines"
    assert "".join(lines).replace(" ", "") == f"VNA{headline}"
    assert len(lines) > 2
    for line, after in pairwise(lines):
        assert width - 4 <= cell_len(line) <= width
        assert not unicodedata.category(after[0]).startswith("M") and after[0] not in "ำຳ"
        assert line[-1] not in "เแโใไເແໂໃໄ្"
    cut = present.fit(headline, width)[0]
    assert cut.endswith("…") and headline.startswith(cut[:-1]) and cut[-2] not in "เแโใไເແໂໃໄ្"
    assert not unicodedata.category(headline[len(cut) - 1]).startswith("M")


def test_a_page_in_a_script_without_spaces_has_all_of_it_and_its_paragraphs() -> None:
    text = "ทูตเดินทางถึงเมืองหลวง\n\n  " + "大使抵达首都。" * 400 + " VNA"
    lines = _wrap(text, 40)
    assert lines[:2] == ("ทูตเดินทางถึงเมืองหลวง", "")
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(cell_len(line) <= 40 and not line.startswith("。") for line in lines)
    assert _wrap("x" * 100 + "é" * 5, 40)[0] == "x" * 40
