"""The query language: what each way of writing finds, and what a slip is told."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.errors import QueryError
from store.model import UNMARKED, Event, EventId, Head, Listed, Mark, StoryId, StorylineId
from store.query import FIELDS, help_table, parse, slip
from store.query.dates import period

TODAY = date(2025, 4, 16)  # a Wednesday


def listed(
    name: str = "s1",
    *,
    title: str = "Grain talks resume in Brinmouth",
    published: str | None = "2025-04-12T09:30",
    outlet: str | None = "The Harbour Post",
    agency: str | None = "VNA",
    place: str | None = "São Verdim",
    added: str = "2025-04-15",
) -> Listed:
    head = Head(title, published=published, outlet=outlet, agency=agency, place=place)
    return Listed(StoryId(name), head, EventId("e3f2a9"), StorylineId("l9c41"), added=added)


def event(*stories: Listed) -> Event:
    return Event(EventId("e3f2a9"), StorylineId("l9c41"), "Grain talks resume", stories)


def nothing(_term: str) -> frozenset[StoryId]:
    return frozenset()


def finds(query: str, story: Listed | None = None, mark: Mark = UNMARKED, within: Event | None = None) -> bool:
    return parse(query, today=TODAY).matches(story or listed(), mark, within, nothing)


def refused(query: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(query, today=TODAY)
    return caught.value


# --- words --------------------------------------------------------------------------------------------------------

HELD = {"grain": {"s1", "s2"}, "talks": {"s1"}, "joint statement": {"s2"}, "gas": {"s3"}, "http://a.example/b": {"s3"}}


def found(term: str) -> set[StoryId]:
    return {StoryId(name) for name in HELD.get(term, set())}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "s1 s2 s3 s4"),
        ("   ", "s1 s2 s3 s4"),
        ("grain", "s1 s2"),
        ("Grain", "s1 s2"),
        ("grain talks", "s1"),
        ("grain -talks", "s2"),
        ("-grain", "s3 s4"),
        ('"joint statement"', "s2"),
        ('"joint   statement"', "s2"),
        ("“joint statement”", "s2"),
        ("talks OR gas", "s1 s3"),
        ("grain talks OR gas", "s1 s3"),
        ("grain (talks OR gas)", "s1"),
        ("-(talks OR gas)", "s2 s4"),
        ("grain -(talks OR gas)", "s2"),
        ("http://a.example/b", "s3"),
        ("or", ""),
    ],
)
def test_words_phrases_or_minus_and_brackets_find(query: str, expected: str) -> None:
    asked = parse(query, today=TODAY)
    names = [name for name in ("s1", "s2", "s3", "s4") if asked.matches(listed(name), UNMARKED, None, found)]
    assert " ".join(names) == expected


def test_a_run_asks_for_each_distinct_term_once() -> None:
    asked: list[str] = []

    def counting(term: str) -> set[StoryId]:
        asked.append(term)
        return found(term)

    test = parse("gas OR Gas OR grain", today=TODAY).run(counting)
    assert [test(listed(f"s{n}"), UNMARKED, None) for n in range(1, 5)] == [True, True, True, False]
    assert sorted(asked) == ["gas", "grain"]


def test_terms_to_highlight_are_those_a_found_story_holds() -> None:
    query = parse('Gas gas "joint  statement" -oil -(-grain) tag:x', today=TODAY)
    assert query.terms == ("Gas", "joint statement", "grain")


def test_fields_used_are_named_once_in_order() -> None:
    assert parse("tag:a OUTLET:b -tag:c", today=TODAY).fields_used == ("tag", "outlet")


# --- fields -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("outlet:harbour", True),
        ('outlet:"Harbour Post"', True),
        ('outlet:"harbour  post"', True),
        ("Outlet:POST", True),
        ("outlet:ledger", False),
        ("agency:vna", True),
        ("place:sao", True),
        ('place:"são verdim"', True),
        ("id:s1", True),
        ("id:s", False),
        ("event:e3f2", True),
        ("event:e3f3", False),
        ("storyline:l9c41", True),
        ("-outlet:harbour", False),
        ("has:outlet has:agency has:place has:date", True),
        ("has:url", False),
        ("has:byline", False),
        ("is:withdrawn", False),
    ],
)
def test_a_field_of_the_head_finds(query: str, expected: bool) -> None:
    assert finds(query) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("event:3f2a", True),
        ("event:e-3f2a", True),
        ("event:E-3F", True),
        ("event:e-", False),
        ("event:2a91", False),
        ("storyline:9c41", True),
        ("storyline:s-9c4", True),
        ("storyline:9c4", False),
        ("storyline:s-", False),
    ],
)
def test_the_letter_before_an_id_may_be_left_out(query: str, expected: bool) -> None:
    story = replace(listed(), event=EventId("e-3f2a91"), storyline=StorylineId("s-9c4177"))
    assert finds(query, story) is expected


def test_a_story_without_outlet_is_in_no_outlet() -> None:
    assert not finds("outlet:post", listed(outlet=None))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag:gas", False),
        ("tag:Gas-Transit", True),
        ("tag:gas*", True),
        ("tag:*", True),
        ('tag:"to do"', True),
        ("is:tagged", True),
        ("is:read", True),
        ("is:unread", False),
        ("is:starred", False),
        ("is:dismissed", False),
        ("is:NOTED", True),
        ("has:note", True),
        ("has:tag", True),
        ("note:minister", True),
        ('note:"ask the minister"', True),
        ("note:envoy", False),
    ],
)
def test_a_field_of_the_mark_finds(query: str, expected: bool) -> None:
    mark = Mark(read=True, tags=("gas-transit", "to do"), note="Ask the\nMinister.")
    assert finds(query, mark=mark) is expected


NOTICES = (
    "WITHDRAWN: Envoy resigns in Kessaly",
    "Withdrawn - Envoy resigns",
    "Story withdrawn – Envoy resigns",
    "The story has been withdrawn",
    "STORY REMOVED: Envoy resigns",
    "[RETRACTED] Envoy resigns",
    "Retraction: envoy did not resign",
    "Notice of retraction",
    "Mandatory kill: envoy resigns",
    "MANDATORY KILL Envoy resigns",
    "KILL KILL KILL - Story on Tavoria border commissioner withdrawn",
    "KILL: ENVOY RESIGNS",
    "KILL - Envoy resigns",
    "WITHDRAWAL-Envoy resigns in Kessaly",
    "ADVISORY-Story on Kessaly envoy withdrawn",
    "Kessaly - Story about the envoy’s horse, ‘The Dancer’, withdrawn",
    "Kessaly: this article has been retracted.",
    "Envoy resigns (story withdrawn)",
    "Envoy resigns [Withdrawn]",
    "Envoy resigns – RETRACTED",
)
NEWS = (
    "Solmark has withdrawn its envoy",
    "Troops withdrawn from the Sorrel valley",
    "Troops withdrawn",
    "Withdrawn envoy returns to Kessaly",
    "Withdrawal of troops begins",
    "Withdrawal: what comes after Solmark’s exit",
    "WITHDRAWAL-READY BRIGADES WAIT AT THE SORREL",
    "Retracted claim haunts the minister",
    "Envoy’s claim was retracted",
    "Kill switch vote splits Solmark’s assembly",
    "Kill-switch vote splits Solmark’s assembly",
    "KILL SWITCH VOTE SPLITS ASSEMBLY",
    "Kill or cure: the dues that split the Littoral",
    "Report on the Sorrel dam withdrawn",
    "Assembly - Report on the Sorrel dam withdrawn",
    "Treaty talks - Article 7 on harbour dues withdrawn",
    "Minister’s story withdrawn under oath",
    "Solmark’s offer to Vardania withdrawn",
    "Story of a border: how the envoy was withdrawn",
    "",
)


@pytest.mark.parametrize(
    ("title", "expected"), [*((title, True) for title in NOTICES), *((title, False) for title in NEWS)]
)
def test_a_notice_of_withdrawal_is_known_by_its_title(title: str, expected: bool) -> None:
    assert Head(title).withdrawn is expected
    assert finds("is:withdrawn", listed(title=title)) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("is:grouped", True),
        ("outlets:2", True),
        ("outlets:=2", True),
        ("outlets:>1", True),
        ("outlets:>2", False),
        ("outlets:>=2", True),
        ("outlets:<2", False),
        ("outlets:<=2", True),
    ],
)
def test_outlets_counts_those_of_the_event(query: str, expected: bool) -> None:
    of_two = event(listed("s1"), listed("s2", outlet="Kessaly Ledger"), listed("s3"))
    assert finds(query, within=of_two) is expected


def test_a_story_alone_is_not_grouped_and_has_one_outlet() -> None:
    assert not finds("is:grouped", within=event(listed()))
    assert finds("outlets:1")
    assert finds("outlets:0", listed(outlet=None, agency=None))


def test_origins_count_an_agency_once_however_many_outlets_run_it() -> None:
    copies = (listed("s1"), listed("s2", outlet="Kessaly Ledger"), listed("s3", outlet="Dawn of Ruvia", agency=None))
    within = event(*copies)
    assert finds("outlets:3 origins:2", within=within)
    assert not finds("origins:>2", within=within)
    assert finds("origins:1"), "a story that stands nowhere is one origin"
    assert "write origins:3, origins:>3 or origins:<=3" in str(refused("origins:many"))


def test_new_is_what_is_unread_in_an_event_of_which_something_was_read() -> None:
    within = event(listed("s1"), listed("s2"))
    marks = {StoryId("s1"): Mark(read=True)}
    test = parse("is:new", today=TODAY).run(nothing, lambda story: marks.get(story, UNMARKED))
    assert test(listed("s2"), UNMARKED, within)
    assert not test(listed("s1"), marks[StoryId("s1")], within)
    assert not test(listed("s2"), UNMARKED, event(listed("s2"), listed("s3")))


def test_who_looks_in_the_byline_and_for_the_name_as_a_phrase_of_the_text() -> None:
    asked: list[str] = []

    def texts(term: str) -> set[StoryId]:
        asked.append(term)
        return {StoryId("s1")} if term == "ilva marren" else set()

    test = parse('who:"Ilva Marren"', today=TODAY).run(texts)
    by_her = Listed(StoryId("s9"), Head("T", byline="By Ilva  Marren in Kess"), EventId("e"), StorylineId("l"))
    assert test(listed("s1"), UNMARKED, None)
    assert test(by_her, UNMARKED, None)
    assert not test(listed("s2"), UNMARKED, None)
    assert asked == ["ilva marren"]


@pytest.mark.parametrize(("query", "expected"), [("lang:ru", True), ("lang:Russian", True), ("lang:en", False)])
def test_a_language_is_asked_for_by_code_or_name(query: str, expected: bool) -> None:
    story = Listed(StoryId("s"), Head("Т", language="ru"), EventId("e"), StorylineId("l"))
    assert finds(query, story) is expected
    assert not finds(query, listed()), "a story whose language is not known"


def test_a_language_written_wrong_is_told_the_nearest() -> None:
    assert "did you mean `lang:russian`?" in str(refused("lang:rusian"))


@pytest.mark.parametrize("asked", ["outlet:>3", "outlet:<=2", "Outlet:=1"])
def test_a_number_asked_of_an_outlets_name_is_told_the_field_that_counts(asked: str) -> None:
    error = refused(f"talks {asked}")
    assert f"did you mean `outlets:{asked.partition(':')[2]}`?" in str(error)
    assert error.at == len("talks ")


# --- days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-04-12", "2025-04-12", "2025-04-12"),
        ("2025-4-2", "2025-04-02", "2025-04-02"),
        ("2025-04", "2025-04-01", "2025-04-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("today", "2025-04-16", "2025-04-16"),
        ("Yesterday", "2025-04-15", "2025-04-15"),
        ("2d", "2025-04-14", "2025-04-14"),
        ("0d", "2025-04-16", "2025-04-16"),
        ("2w", "2025-04-02", "2025-04-02"),
        ("monday", "2025-04-14", "2025-04-14"),
        ("wednesday", "2025-04-16", "2025-04-16"),
        ("thursday", "2025-04-10", "2025-04-10"),
    ],
)
def test_a_day_can_be_named_in_these_ways(text: str, first: str, last: str) -> None:
    assert period(text, TODAY) == (first, last)


def test_further_back_than_the_calendar_goes_is_its_first_day() -> None:
    assert period("999999999w", TODAY) == ("0001-01-01", "0001-01-01")


@pytest.mark.parametrize("text", ["12.4.2025", "12/04/2025", "2025-13", "2025-02-30", "0000", "soon", "²d", "2025-04-"])
def test_what_is_no_day_is_refused_with_the_right_ways(text: str) -> None:
    with pytest.raises(ValueError, match="write a day as 2025-04-12"):
        period(text, TODAY)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("on:2025-04-12", True),
        ("on:2025-04", True),
        ("on:2025-03", False),
        ("since:2025-04-12", True),
        ("since:2025-04-13", False),
        ("before:2025-04-12", False),
        ("before:2025-04-13", True),
        ("since:4d", True),
        ("since:3d", False),
        ("since:2025-04 before:2025-05", True),
        ("before:2025-04", False),
    ],
)
def test_days_are_compared_with_the_day_of_publication(query: str, expected: bool) -> None:
    assert finds(query) is expected


@pytest.mark.parametrize("query", ["on:2025-04-15", "since:2025-04-01", "before:2025-05"])
def test_a_story_without_a_date_is_of_no_day_even_of_that_it_came_in(query: str) -> None:
    assert not finds(query, listed(published=None))
    assert finds(f"-{query} -has:date", listed(published=None))


def test_a_date_that_a_story_only_implies_is_its_date() -> None:
    story = listed()
    implied = replace(story, head=replace(story.head, published_inferred=True))
    assert finds("on:2025-04-12", implied)


# --- slips --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "at", "message"),
    [
        ("outlt:x", 0, "unknown field `outlt:` - did you mean `outlet:`?"),
        ("gas outlt:x", 4, "unknown field `outlt:` - did you mean `outlet:`?"),
        ("Minister:", 0, 'unknown field `Minister:` - to look for the word itself, write "Minister:" in quotes'),
        ("is:unraed", 3, "unknown `is:unraed` - did you mean `is:unread`?"),
        ("tag:", 4, "`tag:` needs a value right after the colon, as tag:gas*"),
        ("tag: gas", 4, "`tag:` needs a value right after the colon, as tag:gas*"),
        ('"joint', 0, "the quote opened here is not closed"),
        ('"', 0, "the quote opened here is not closed"),
        ('outlet:"Harb', 7, "the quote opened here is not closed"),
        ("“joint", 0, "the quote opened here is not closed"),
        ('gas ""', 4, "nothing stands between the quotes"),
        ("gas OR", 4, "OR needs something on both sides"),
        ("OR gas", 0, "OR needs something on both sides"),
        ("a (OR b)", 3, "OR needs something on both sides"),
        ("(gas OR ) oil", 5, "OR needs something on both sides"),
        ("gas OR OR oil", 7, "OR needs something on both sides"),
        ("gas -", 4, "nothing stands after `-`: write it right before a word"),
        ("--gas", 1, "one `-` is enough"),
        ("gas (oil", 4, "a bracket is not closed"),
        ('"(" (oil', 4, "a bracket is not closed"),
        ("gas – oil", 4, "`–` holds no letter and no number to look for"),
        ('"?!"', 0, "`?!` holds no letter and no number to look for"),
        ("(FLOOR", 0, "a bracket is not closed"),
        ("gas )", 4, "this bracket closes nothing"),
        (
            "gas AND oil",
            4,
            "`AND` is not needed: what stands side by side must all hold; to look for the word itself, "
            'write "AND" in quotes',
        ),
        (
            "NOT oil",
            0,
            '`NOT` is written as `-` right before a word; to look for the word itself, write "NOT" in quotes',
        ),
        ("gas ()", 5, "nothing stands between the brackets"),
        ("outlets:many", 8, "`outlets:many` is no number: write outlets:3, outlets:>3 or outlets:<=3"),
    ],
)
def test_a_slip_is_told_in_words_and_with_its_column(query: str, at: int, message: str) -> None:
    error = refused(query)
    assert (error.at, str(error)) == (at, message)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("gas is:unraed oil", "unraed"),
        ("(gas -is:unraed) oil", "unraed"),
        ("-outlt:post gas", "outlt:post"),
        ('gas outlt:"Harbour Post" oil', 'outlt:"Harbour Post"'),
        ("place:“São Verdim” Zürich since:soon", "soon"),
        ("東京 外務省 is:unraed", "unraed"),
        ("since:“soon or late” gas", "“soon or late”"),
        ("is:unread tag: gas", "tag:"),
        ("is:unread tag:", "tag:"),
        ("gas OR", "OR"),
        ("(gas OR ) oil", "OR"),
        ("gas (oil", "("),
        ("gas ) oil", ")"),
        ("gas (is:unraed)", "unraed"),
        ('gas ""', '""'),
        ("gas “joint statement", "“joint statement"),
        ("gas - oil", "-"),
        ("is:unraed outlt:x", "unraed"),
        ("gas @straits oil", "@straits"),
    ],
)
def test_the_word_that_is_wrong_is_the_one_that_is_marked(query: str, wrong: str) -> None:
    start, end = slip(query, refused(query).at)
    assert query[start:end] == wrong


@pytest.mark.parametrize("query", ["“joint", "“joint” OR", "“a” (b", "“a” outlt:b"])
def test_an_error_carries_the_query_as_it_was_written(query: str) -> None:
    assert refused(query).query == query


def test_a_value_like_none_is_answered_with_the_list() -> None:
    assert "it is one of unread, read, starred" in str(refused("is:zzz"))


def test_a_wrong_day_points_at_the_value() -> None:
    assert refused("since:2025-02-30").at == len("since:")


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("since:mondy", "since:monday"),
        ("before:Yesterdy", "before:yesterday"),
        ("on:tody", "on:today"),
        ("since:wed", "since:wednesday"),
        ("gas -since:thrusday", "since:thursday"),
    ],
)
def test_a_slip_in_the_name_of_a_day_is_answered_with_the_nearest(query: str, meant: str) -> None:
    error = refused(query)
    value = query.rpartition(":")[2]
    assert str(error) == f"`{value}` is no day: did you mean `{meant}`?"
    assert error.at == query.index(value)


@pytest.mark.parametrize("value", ["may", "spring", "t", "2025-0a", "12.4.2025"])
def test_what_is_like_no_day_is_told_how_days_are_written(value: str) -> None:
    assert "did you mean" not in str(refused(f"since:{value}"))
    assert "write a day as 2025-04-12" in str(refused(f"since:{value}"))


def test_a_pasted_page_is_refused_at_once() -> None:
    assert "too long" in str(refused("word " * 1_000_000))


def test_brackets_too_deep_are_refused() -> None:
    assert "too many brackets" in str(refused("(" * 2000 + "a" + ")" * 1000))


QUERYISH = st.text(alphabet=st.sampled_from('ab:-()" *>2dORtagis“”\n\u200b\x00é'), max_size=40)


@given(st.one_of(QUERYISH, st.text(max_size=60)))
def test_any_text_is_a_query_or_a_query_error_within_it(text: str) -> None:
    try:
        query = parse(text, today=TODAY)
    except QueryError as error:
        assert 0 <= error.at <= len(text)
        assert str(error)
    else:
        assert query.matches(listed(), UNMARKED, None, nothing) in (True, False)


@given(QUERYISH)
def test_a_query_and_its_negation_never_both_find(text: str) -> None:
    try:
        plain, negated = parse(text, today=TODAY), parse(f"-({text})", today=TODAY)
    except QueryError:
        return
    if text.strip():
        story = listed()
        assert plain.matches(story, UNMARKED, None, nothing) != negated.matches(story, UNMARKED, None, nothing)


# --- the language's papers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIELDS)
def test_every_example_parses(name: str) -> None:
    assert parse(FIELDS[name].example, today=TODAY, saved={"straits": "gas"}).fields_used == (name,)


def test_the_help_table_shows_every_field() -> None:
    table = help_table()
    assert all(f"`{field.example}` | {field.help}" in table for field in FIELDS.values())


def test_the_help_table_is_a_table_of_two_columns() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(help_table())
    kinds = [token.type for token in tokens]
    assert kinds.count("tr_open") == len(help_table().splitlines()) - 1
    assert kinds.count("td_open") + kinds.count("th_open") == 2 * kinds.count("tr_open")


def test_lark_is_imported_with_the_first_query_and_not_before() -> None:
    code = "import sys, store.query; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
