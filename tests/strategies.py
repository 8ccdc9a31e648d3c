"""What hypothesis draws from: dates of every precision, and claims."""

from __future__ import annotations

from datetime import date

from hypothesis import assume
from hypothesis import strategies as st

from comity.model import When

YEARS = st.integers(1600, 2100)
MARK = st.sampled_from(["", "", "", "~", "?", "%"])


def days() -> st.SearchStrategy[date]:
    """A day between 1600 and 2100."""
    return st.dates(date(1600, 1, 1), date(2100, 12, 31))


def _unmarked() -> st.SearchStrategy[str]:
    return st.one_of(
        YEARS.map(str),
        YEARS.map(lambda year: f"{year // 10}X"),
        YEARS.map(lambda year: f"{year // 100}XX"),
        YEARS.map(lambda year: f"{year}-XX-XX"),
        st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
        st.builds("{}-{:02}-XX".format, YEARS, st.integers(1, 12)),
        st.builds("{}-{}".format, YEARS, st.sampled_from([*range(21, 25), *range(33, 37), 40, 41])),
        days().map(date.isoformat),
    )


def dates(marks: st.SearchStrategy[str] = MARK) -> st.SearchStrategy[When]:
    """A single date of any precision, sometimes marked ~, ? or %."""
    return st.builds(lambda text, mark: When.parse(text + mark), _unmarked(), marks)


def plain_dates() -> st.SearchStrategy[When]:
    """A single date of any precision, unmarked."""
    return dates(st.just(""))


@st.composite
def intervals(draw: st.DrawFn) -> When:
    """An interval of two dates, each of which may be as far as a source saw, or of one and an open or unknown end."""
    first, second = draw(dates()), draw(dates())
    if first.earliest > second.latest:
        first, second = second, first
    one, other = first.edtf, second.edtf
    ends = [(one, other), (one, other), (one, ".."), ("..", one), (one, ""), ("", one)]
    ends += [(one, f"[{other}..]"), (f"[..{one}]", other), (f"[..{one}]", f"[{other}..]")]
    begin, end = draw(st.sampled_from(ends))
    return When.parse(f"{begin}/{end}")


def whens() -> st.SearchStrategy[When]:
    """Any date or interval that comity reads."""
    return st.one_of(dates(), intervals())


@st.composite
def readings(draw: st.DrawFn, when: When) -> When:
    """One thing that `when` can mean, known to the day: a day of a date, two days of an interval."""
    first = draw(_between(when.earliest, when.begin_latest))
    if not when.is_interval:
        return When.on(first)
    last = draw(_between(max(first, when.end_earliest), when.latest))
    assume((first, last) != (date.min, date.max))  # what has neither a beginning nor an end can't be written
    return When.parse(f"{_written(first)}/{_written(last)}")


def _between(first: date, last: date) -> st.SearchStrategy[date]:
    return st.one_of(st.sampled_from([first, last]), st.dates(first, last))


def _written(day: date) -> str:
    """An open end stands for the ends of the calendar: an interval may reach them, no day in it does."""
    return ".." if day in (date.min, date.max) else day.isoformat()
