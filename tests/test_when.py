"""When: what imprecise dates say of each other, and what is no date."""

from __future__ import annotations

import re
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.errors import BadDate
from comity.model import Certainty, When
from strategies import dates, days, intervals, plain_dates, readings, whens

YES, NO, POSSIBLY = Certainty.YES, Certainty.NO, Certainty.POSSIBLY


def day(text: str) -> date:
    return date.fromisoformat(text)


def extremes(when: When) -> list[When]:
    """The earliest and latest thing that `when` can mean."""
    if not when.is_interval:
        return [When.on(when.earliest), When.on(when.latest)]
    return [exact(when.earliest, when.end_earliest), exact(when.begin_latest, when.latest)]


def exact(first: date, last: date) -> When:
    """From one known day to another, made without `parse`: the ends of the calendar included."""
    return When(f"{first.isoformat()}/{last.isoformat()}", first, last, first, last)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1826", "1826-01-01", "1826-12-31"),
        ("1826-05", "1826-05-01", "1826-05-31"),
        ("1826-05-02", "1826-05-02", "1826-05-02"),
        ("1826-XX-XX", "1826-01-01", "1826-12-31"),
        ("1826-XX", "1826-01-01", "1826-12-31"),
        ("1828-02-XX", "1828-02-01", "1828-02-29"),
        ("184X", "1840-01-01", "1849-12-31"),
        ("18XX", "1800-01-01", "1899-12-31"),
        ("000X", "0001-01-01", "0009-12-31"),
        ("1826-21", "1826-03-01", "1826-05-31"),
        ("1826-22", "1826-06-01", "1826-08-31"),
        ("1826-23", "1826-09-01", "1826-11-30"),
        ("1827-24", "1827-12-01", "1828-02-29"),
        ("2009-33", "2009-01-01", "2009-03-31"),
        ("2009-36", "2009-10-01", "2009-12-31"),
        ("2009-41", "2009-07-01", "2009-12-31"),
        ("1826~", "1825-01-01", "1827-12-31"),
        ("1826?", "1825-01-01", "1827-12-31"),
        ("1826-01%", "1825-12-01", "1826-02-28"),
        ("1826-05-02~", "1826-05-01", "1826-05-03"),
        ("1826-24~", "1826-09-01", "1827-05-31"),
        ("2009-40~", "2008-07-01", "2009-12-31"),
        ("184X~", "1830-01-01", "1859-12-31"),
        ("18XX~", "1700-01-01", "1999-12-31"),
        ("0001~", "0001-01-01", "0002-12-31"),
        ("0001-01-01~", "0001-01-01", "0001-01-02"),
        ("9999-12~", "9999-11-01", "9999-12-31"),
        ("1920/1923", "1920-01-01", "1923-12-31"),
        ("1920~/1923-05", "1919-01-01", "1923-05-31"),
        ("1826/1826", "1826-01-01", "1826-12-31"),
    ],
)  # fmt: skip
def test_a_date_reaches_from_its_earliest_to_its_latest_day(text: str, earliest: str, latest: str) -> None:
    when = When.parse(text)
    assert (when.edtf, when.earliest, when.latest) == (text, day(earliest), day(latest))


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2 May 1826", "1826-05-02"),
        ("May 2, 1826", "1826-05-02"),
        ("may 2nd 1826", "1826-05-02"),
        ("2nd of May, 1826", "1826-05-02"),
        ("Sept. 3, 1826", "1826-09-03"),
        ("  2\u00a0May \n 1826 ", "1826-05-02"),
        ("May 1826", "1826-05"),
        ("May, 1826", "1826-05"),
        ("May 1826 / 3 June 1827", "1826-05/1827-06-03"),
    ],
)
def test_a_date_in_words_is_read_as_edtf(words: str, edtf: str) -> None:
    assert When.parse(words) == When.parse(edtf)
    assert str(When.parse(words)) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "1827-13-40", "1827-02-30", "1827-00", "1827-05-00", "0000", "1826-25", "1826-24-01", "1826-XX-02", "184X-05",
        "yesterday", "", " ", "12", "18266", "1826-5-2", "2/5/1826", "31 June 1826", "2 Floréal 1826", "١٨٢٦",
        "[2018..]", "[..1816]", "1826/[..2018]", "1826/[..]",
        "1900/1890", "1826-05-02/1826-05-01", "../..", "/", "../", "..", "1826//", "1826/yesterday", "~", "1826~~",
    ],
)  # fmt: skip
def test_a_bad_date_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        When.parse(text)
    message = str(caught.value)
    assert "write EDTF (1826, 1826-05, 1826-05-02" in message
    assert "2 May 1826" in message
    assert caught.value.offender in (text, text.rpartition("/")[2])
    assert "\n" not in message


def test_an_open_end_is_certain_and_an_unknown_one_is_not() -> None:
    later = When.parse("1950-06-01")
    assert later.during(When.parse("1902/..")) is YES
    assert later.during(When.parse("1902/")) is POSSIBLY
    assert later.before(When.parse("/1902")) is NO
    assert When.parse("1890").overlaps(When.parse("../1902")) is YES
    assert When.parse("1890").overlaps(When.parse("/1902")) is POSSIBLY
    assert When.parse("1903").overlaps(When.parse("/1902")) is NO


def test_the_ends_of_an_interval_are_dates_again() -> None:
    when = When.parse("1920-04/1923~")
    assert (when.begin, when.end) == (When.parse("1920-04"), When.parse("1923~"))
    assert When.parse("1920/..").end.earliest == date.max
    assert When.parse("../1920").begin.latest == date.min
    unknown = When.parse("1920/").end
    assert (unknown.earliest, unknown.latest) == (day("1920-01-01"), date.max)
    assert When.span(When.parse("1902").begin, When.parse("1920/..").end) == When.parse("1902/..")
    assert When.parse("1920/..").end != When.parse("../1920").begin


def test_overlapping_ends_of_an_interval_bound_each_other() -> None:
    when = When.parse("1826/1826-05")
    assert when.begin_latest == day("1826-05-31")
    assert When.parse("1826-06-01").after(when) is YES
    assert When.parse("1826-05/1826").end_earliest == day("1826-05-01")


def test_only_a_more_precise_statement_of_the_same_refines() -> None:
    def refines(first: str, second: str) -> bool:
        return When.parse(first).refines(When.parse(second))

    assert refines("1826-05-02", "1826-05")
    assert refines("1826", "1826~")
    assert refines("1902/1950", "1902/")
    assert refines("1902-03/1950-01-01", "1902/1950")
    assert not refines("1826-XX-XX", "1826")
    assert not refines("1826", "1820/1830")
    assert not refines("1902/1950", "1902/..")
    assert not refines("1902/1905", "1902/1950")


def test_a_certainty_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(When.parse("1826").before(When.parse("1827")))


@given(whens())
def test_what_is_printed_reads_back_the_same(when: When) -> None:
    assert When.parse(str(when)) == when


@given(whens())
def test_the_bounds_are_in_order(when: When) -> None:
    assert when.earliest <= when.begin_latest <= when.latest
    assert when.earliest <= when.end_earliest <= when.latest
    assert when.begin.earliest == when.earliest
    assert when.end.latest == when.latest


@given(whens(), whens())
def test_before_and_after_never_both_hold(first: When, second: When) -> None:
    assert not (first.before(second) is YES and first.after(second) is YES)
    assert not (first.before(second) is YES and second.before(first) is not NO)


@given(whens(), whens())
def test_two_share_no_day_just_when_one_is_before_the_other(first: When, second: When) -> None:
    apart = YES in (first.before(second), first.after(second))
    assert (first.overlaps(second) is NO) == apart
    assert first.overlaps(second) is second.overlaps(first)


@given(whens())
def test_the_ends_of_an_interval_have_no_day_that_the_other_rules_out(when: When) -> None:
    begin, end = when.begin, when.end
    assert (begin.earliest, begin.latest) == (when.earliest, when.begin_latest)
    assert (end.earliest, end.latest) == (when.end_earliest, when.latest)
    assert (begin.earliest, begin.latest) <= (end.earliest, end.latest)


@given(whens(), whens())
def test_what_is_during_another_is_not_apart_from_it(first: When, second: When) -> None:
    if first.during(second) is YES:
        assert first.overlaps(second) is not NO
    if first.overlaps(second) is NO:
        assert first.during(second) is NO


@given(st.data(), whens(), whens())
def test_a_certain_answer_holds_for_every_reading(data: st.DataObject, first: When, second: When) -> None:
    one, other = data.draw(readings(first)), data.draw(readings(second))
    for question in (When.before, When.after, When.overlaps):
        answer = question(first, second)
        assert answer in (POSSIBLY, question(one, other))
    whole = second if not second.is_interval else other  # a single date is the whole of its days
    assert first.during(second) in (POSSIBLY, one.during(whole))


@given(whens(), whens())
def test_before_is_possible_only_where_the_readings_differ(first: When, second: When) -> None:
    answers = {one.before(other) for one in extremes(first) for other in extremes(second)}
    assert first.before(second) is (POSSIBLY if len(answers) > 1 else answers.pop())


@given(dates(), plain_dates())
def test_during_is_possible_only_where_the_readings_differ(first: When, second: When) -> None:
    candidates = (first.earliest, first.latest, second.earliest, second.latest)
    readings_of_first = [d for d in candidates if first.earliest <= d <= first.latest]
    answers = {second.earliest <= d <= second.latest for d in readings_of_first}
    assert first.during(second) is (POSSIBLY if len(answers) > 1 else YES if answers.pop() else NO)


@given(dates(), intervals())
def test_a_date_is_during_an_interval_when_it_is_neither_before_nor_after_it(first: When, second: When) -> None:
    apart = (first.before(second), first.after(second))
    if YES in apart:
        assert first.during(second) is NO
    elif apart == (NO, NO):
        assert first.during(second) is not NO
    else:
        assert first.during(second) is not YES


@given(dates(), plain_dates())
def test_a_qualified_date_says_less(one: When, plain: When) -> None:
    for mark in "~?%":
        marked = When.parse(plain.edtf + mark)
        assert marked.earliest < plain.earliest
        assert plain.latest < marked.latest
        assert plain.refines(marked)
        assert marked.precision == plain.precision
        for question in (When.before, When.after, When.overlaps):
            assert question(marked, one) in (POSSIBLY, question(plain, one))
        assert one.during(marked) in (POSSIBLY, one.during(plain))


@given(days(), days())
def test_days_compare_as_days_do(first: date, second: date) -> None:
    one, other = When.on(first), When.on(second)
    assert (one.before(other) is YES) == (first < second)
    assert (one.overlaps(other) is YES) == (first == second)
    assert (one.during(other) is YES) == (first == second)
    assert POSSIBLY not in (one.before(other), one.overlaps(other), one.during(other))


@given(st.lists(whens(), min_size=3, max_size=3))
def test_before_is_passed_on(drawn: list[When]) -> None:
    first, second, third = sorted(drawn, key=lambda when: when.earliest)
    if first.before(second) is YES and second.before(third) is YES:
        assert first.before(third) is YES


@given(plain_dates())
def test_the_edtf_package_finds_the_same_days(when: When) -> None:
    theirs = parse_edtf(when.edtf)
    assert tuple(theirs.lower_strict()[:3]) == _triple(when.earliest)
    if when.precision == "season" and when.edtf.endswith("-24"):
        # The package ends a winter with its year; ours goes on to the end of February.
        assert theirs.upper_strict().tm_mon == 12
        assert when.latest.month == 2
    else:
        assert tuple(theirs.upper_strict()[:3]) == _triple(when.latest)


@given(dates())
def test_the_edtf_package_finds_marked_days_within_ours(when: When) -> None:
    assume(when.precision != "season")  # which the package reads unmarked only
    theirs = parse_edtf(when.edtf)
    assert tuple(theirs.lower_strict()[:3]) >= _triple(when.earliest)
    assert tuple(theirs.upper_strict()[:3]) <= _triple(when.latest)


@given(dates(), dates())
def test_an_end_that_a_source_saw_no_further_than_bounds_what_is_certain(one: When, two: When) -> None:
    begin, end = sorted((one, two), key=lambda when: when.earliest)
    seen = When.parse(f"{begin.edtf}/[{end.edtf}..]")
    assert (seen.latest, seen.end_earliest) == (date.max, max(begin.earliest, end.earliest))
    assert (seen.end.known, seen.begin) == (end, begin)
    before = When.parse(f"[..{begin.edtf}]/{end.edtf}")
    assert (before.earliest, before.begin_latest) == (date.min, min(begin.latest, end.latest))
    assert (before.begin.known, before.end) == (begin, end)


@given(intervals())
def test_the_edtf_package_bounds_closed_intervals_alike(when: When) -> None:
    assume(not when.is_marked and "-24" not in when.edtf)
    assume(not {"", ".."} & set(when.edtf.split("/")) and "[" not in when.edtf)
    # Quarters and halves of a year are of level 2, which the package knows only outside of intervals.
    assume(not re.search(r"-(?:3[3-6]|4[01])(?:/|$)", when.edtf))
    theirs = parse_edtf(when.edtf)
    assert tuple(theirs.lower_strict()[:3]) == _triple(when.earliest)
    assert tuple(theirs.upper_strict()[:3]) == _triple(when.latest)


def _triple(found: date) -> tuple[int, int, int]:
    return found.year, found.month, found.day
