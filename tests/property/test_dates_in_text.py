"""Date expressions: what each means on the thread of its paragraph, and never more than it says."""

from __future__ import annotations

import calendar
import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import reading
from comity.model import Document, Published, PublishedBasis, When
from comity.reading.dates.lexicon import GIVEN
from comity.reading.dates.thread import Thread


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on May 2, 1826, he came", ["1826-05-02"]),
        ("on 2 May 1826", ["1826-05-02"]),
        ("on the 2nd of May, 1826", ["1826-05-02"]),
        ("in May of 1826 and in June, 1827", ["1826-05", "1827-06"]),
        ("on Oct 26, 1969 and Sept. 3, 1970", ["1969-10-26", "1970-09-03"]),
        ("in the early 1920s", ["192X"]),
        ("the nineteenth century", ["18XX"]),
        ("in the summer of 1940", ["1940-22"]),
        ("from 1942 to 1945", ["1942/1945"]),
        ("in 1965-77", ["1965/1977"]),
        ("between 1801 and 1809", ["1801/1809"]),
        ("from March 3 to April 5, 1920", ["1920-03-03/1920-04-05"]),
        ("June 5-10, 1967", ["1967-06-05/1967-06-10"]),
        ("on December 11 and 27, 1960", ["1960-12"]),
        ("on about May 1, 1857", ["1857-05-01~"]),
        ("fiscal year 2013", ["2013~"]),
        ("on June 10, 1940, and then on June 13", ["1940-06-10", "1940-06-13"]),
        ("on December 11, 1941, and on January 2", ["1941-12-11"]),
        ("on May 2, 1826; the same year he left", ["1826-05-02", "1826"]),
        ("on May 2, 1826; that day he left", ["1826-05-02", "1826-05-02"]),
        ("in 1826; on the same day he left", ["1826"]),
        ("on May 2, 1826. Three days later he left", ["1826-05-02", "1826-05-05"]),
        ("in 1826. Three days later he left", ["1826"]),
        ("in 1826, and the following year", ["1826", "1827"]),
        ("on June 13 he left", []),
        ("on February 30, 1826", []),
        ("On May 2, 1846, within its 1837 borders, and on June 1", ["1846-05-02", "1837", "1846-06-01"]),
        ("On May 2, 1846. In 1837 it was so, and that year", ["1846-05-02", "1837", "1837"]),
        ("On May 2, 1846. By the treaty of 1850 and on June 1", ["1846-05-02", "1850", "1850-06-01"]),
        ("On May 2, 1826 American troops landed", ["1826-05-02"]),
        ("on June 13, 2000 troops landed", []),
        ("He said that day-to-day work of 1826", ["1826"]),
        ("from 1200 to 1500 men, 1200-1500 troops and some 1600", []),
        ("about 1500 were killed, an estimated 1800 fled and nearly 2000", []),
        ("between 1200 and 1500 of them in about 1850", ["1200/1500", "1850~"]),
        ("no later than 1826, until at least 1830", ["1826", "1830"]),
        ("$1920 for 1500 soldiers and 2000 people at No. 12,1850", []),
        ("on the 4th of July 1826", ["1826-07-04"]),
        ("on May the 4th, 1826", ["1826-05-04"]),
        ("the fourth of July, 1826", ["1826-07-04"]),
        ("on July fourth, 1826", ["1826-07-04"]),
        ("signed on 2009-05-02 at", ["2009-05-02"]),
        ("on 12/25/1914", ["1914-12-25"]),
        ("on 5/6/1914", ["1914"]),
        ("on 25.12.1914", ["1914-12-25"]),
        ("dated February 11, 1731/32", ["1732-02-11"]),
        ("on October 24 (November 6), 1917", ["1917-11-06"]),
        ("October 25/November 7, 1917,", ["1917-11-07"]),
        ("25 October (7 November) 1917", ["1917-11-07"]),
        ("on 12/24 January 1878", ["1878-01-24"]),
        ("On October 24, 1917 (November 6, New Style), they", ["1917-11-06"]),
        ("early 1920", ["1920"]),
        ("in the late 1700s", ["17XX"]),
        ("the 2000s", ["200X"]),
        ("in the eighteen-forties", ["184X"]),
        ("the first decade of the twentieth century", ["190X"]),
        ("at the turn of the twentieth century", ["189X/190X"]),
        ("late nineteenth- and early twentieth-century", ["18XX", "19XX"]),
        ("from the 18th to the 20th century", ["17XX/19XX"]),
        ("XIX century", ["18XX"]),
        ("from 1956 to the mid-1960s", ["1956/196X"]),
        ("between the 1920s and the 1940s", ["192X/194X"]),
        ("in the 1920s and 1930s", ["192X", "193X"]),
        ("Nov 1992-Jul 1993", ["1992-11/1993-07"]),
        ("25 May–3 June 1947", ["1947-05-25/1947-06-03"]),
        ("25–26 May 1947", ["1947-05-25/1947-05-26"]),
        ("June to August 1914", ["1914-06/1914-08"]),
        ("from November to March 1920", ["1919-11/1920-03"]),
        ("from November 2, 1920 to March 3", ["1920-11-02/1921-03-03"]),
        ("September 24, 1860, to December 15, 1861", ["1860-09-24/1861-12-15"]),
        ("from 9 to 12 April 1940", ["1940-04-09/1940-04-12"]),
        ("In 1939 they left; in May and June 1940 they", ["1939", "1940-05", "1940-06"]),
        ("on May 2 and June 3, 1920", ["1920-05-02", "1920-06-03"]),
        ("on May 2, June 3, and July 4, 1920", ["1920-05-02", "1920-06-03", "1920-07-04"]),
        ("1826–7", ["1826/1827"]),
        ("1914-'18", ["1914/1918"]),
        ("1899-02", ["1899/1902"]),
        ("2024-05", ["2024-05"]),
        ("1947-present", ["1947/.."]),
        ("from 1947 to the present", ["1947/.."]),
        ("winter of 1917–18", ["1917-24"]),
        ("in spring and summer of 1940", ["1940-21", "1940-22"]),
        ("the first quarter of 2009", ["2009-33"]),
        ("in Q3 2012", ["2012-35"]),
        ("the third quarter of fiscal year 2012", ["2012~"]),
        ("second half of 2010", ["2010-41"]),
        ("the first half of the nineteenth century", ["18XX"]),
        ("FY 2013-14", ["2013/2014"]),
        ("FY2013", ["2013~"]),
        ("FY13", ["2013~"]),
        ("fiscal 2012", ["2012~"]),
        ("fiscal years 1998 and 1999", ["1998~", "1999~"]),
        ("fiscal years 2009–2011", ["2009~/2011~"]),
        ("at Christmas 1914", ["1914-12-25"]),
        ("on New Year's Day 1900", ["1900-01-01"]),
        ("on Christmas Eve, 1914", ["1914-12-24"]),
        ("Easter 1916", ["1916"]),
        ("mid-May 1940", ["1940-05"]),
        ("in late December 1845", ["1845-12"]),
        ("by the end of 1945", ["1945"]),
        ("at the beginning of May 1940", ["1940-05"]),
        ("c. 1850", ["1850~"]),
        ("ca. 1850", ["1850~"]),
        ("circa 1850", ["1850~"]),
        ("(c.1850)", ["1850~"]),
        ("about 1850", ["1850~"]),
        ("on or about May 1, 1857", ["1857-05-01~"]),
        ("five years following the proclamation of independence in July 1821", ["1826", "1821-07"]),
        ("three days after May 2, 1826", ["1826-05-05", "1826-05-02"]),
        ("the day after July 4, 1826", ["1826-07-05", "1826-07-04"]),
        ("two years before the outbreak of war in 1914", ["1912", "1914"]),
        ("On May 2, 1826. Two days earlier", ["1826-05-02", "1826-04-30"]),
        ("On May 2, 1826; the day before, he", ["1826-05-02", "1826-05-01"]),
        ("On May 2, 1826; the previous day he", ["1826-05-02", "1826-05-01"]),
        ("in 1826; two years earlier", ["1826", "1824"]),
        ("in 1826; the previous year", ["1826", "1825"]),
        ("in 1826; a decade later", ["1826", "183X"]),
        ("in 1826; more than two years later", ["1826"]),
        ("in 1826; nearly two years later", ["1826", "1828~"]),
        ("in 1826; two years before the war", ["1826"]),
        ("in 1826 and in May of the following year", ["1826", "1827-05"]),
        ("in 1826, and on May 2 of that year", ["1826", "1826-05-02"]),
        ("in May 1826; a fortnight later", ["1826-05"]),
        ("In June 1848; the following spring", ["1848-06", "1849-21"]),
        ("In June 1848; that summer", ["1848-06", "1848-22"]),
        ("in June 1848; the following January", ["1848-06", "1849-01"]),
        ("on April 10, 1940, and on the 13th he left", ["1940-04-10", "1940-04-13"]),
        ("across the 38th parallel on June 25, 1950", ["1950-06-25"]),
        (
            "Lima, May 24, 1826. I received your note of the 4th instant and that of the 3d ultimo",
            ["1826-05-24", "1826-05-04", "1826-04-03"],
        ),
        ("Lima, May 24, 1826. Yours of the 15th of March last.", ["1826-05-24", "1826-03-15"]),
        ("Resolution 1244 of 10 June 1999", ["1999-06-10"]),
        ("some 1,500 men and 1800 American troops", []),
        ("in 1826.12 The", ["1826"]),
        ("flight 1549 and 1200 B.C.", []),
        ("a 1500-strong army", []),
        ("it is now a state", []),
        ("Today they trade", []),
        ("this thirteenth day of April, one thousand eight hundred and fifty-seven", ["1857-04-13"]),
        ("one thousand eight hundred soldiers", []),
        ("May 2,1826", ["1826-05-02"]),
        ("June 5, 1967-June 10, 1967", ["1967-06-05/1967-06-10"]),
        ("on the night of May 2–3, 1826", ["1826-05-02/1826-05-03"]),
        ("April 9 to 12, 1940", ["1940-04-09/1940-04-12"]),
        ("1846, 1847, and 1848", ["1846", "1847", "1848"]),
        ("the 1846–48 war", ["1846/1848"]),
        ("On June 4, 1920 President", ["1920-06-04"]),
        ("on Monday, May 2, 1826", ["1826-05-02"]),
        ("the years 1846 to 1848", ["1846/1848"]),
        ("in 476", []),
        ("the Act of 1947", ["1947"]),
        ("In May they left", []),
        ("He may 12 times", []),
        ("From 1830 until May 1832 and through June 1834", ["1830/1832-05", "1834-06"]),
        ("In the 19th century and on May 2, 1826, and the same century", ["18XX", "1826-05-02", "18XX"]),
        ("between October 23 and 27, 1837", ["1837-10-23/1837-10-27"]),
        ("He returned on March 17, 1878, to present his letter", ["1878-03-17"]),
        ("on February, 24, 1917", ["1917-02-24"]),
        ("For roughly 200 years prior to 1911", ["1911"]),
        ("the year ending Jun 30, 1875 (Jun 20, 1874; 18 Stat. 90)", ["1875-06-30", "1874-06-20"]),
        ("Florence (1823-current)", ["1823/.."]),
        ("Acting, Jan. 2009-Dec. 2011.", ["2009-01/2011-12"]),
        ("in the two years following 1821", ["1821"]),
        ("In 1776 they left; you wrote on the 29th of March last.", ["1776"]),
        ("between May and August 1940", ["1940-05/1940-08"]),
        ("between May 2 and June 3, 1940", ["1940-05-02/1940-06-03"]),
        ("In the 1850s and early 1860s", ["185X", "186X"]),
        ("the 1860s–1870s", ["186X/187X"]),
        ("in the 1960s and '70s", ["196X", "197X"]),
        ("the 1960s and 70s", ["196X", "197X"]),
        ("between 1839 and the early 1840s", ["1839/184X"]),
        ("mid- to late 1980s", ["198X"]),
        ("in the late 18th/early 19th century", ["17XX", "18XX"]),
        ("19 April 1839", ["1839-04-19"]),
        ("the 19th day of April 1839", ["1839-04-19"]),
        ("the months of May and June 1846", ["1846-05", "1846-06"]),
        ("during May–June 1846", ["1846-05/1846-06"]),
        ("no later than 1 June 1990", ["1990-06-01"]),
        ("from early 1942 until late 1944", ["1942/1944"]),
        ("January 1–15, 1990", ["1990-01-01/1990-01-15"]),
        ("December 31, 1999–January 1, 2000", ["1999-12-31/2000-01-01"]),
        ("28 December 1989 to 3 January 1990", ["1989-12-28/1990-01-03"]),
        ("1st July, 1867", ["1867-07-01"]),
        ("the 17th and 18th of March, 1848", ["1848-03"]),
        ("Winter 1941/42", ["1941-24"]),
        ("in A.D. 1066", ["1066"]),
        ("three years earlier, in 1823", ["1823"]),
        ("On May 2, 1826; the following month", ["1826-05-02", "1826-06"]),
        ("On May 2, 1826; two months later", ["1826-05-02", "1826-07"]),
        ("Ten days after the battle he", []),
        ("a month after July 4, 1826", ["1826-08", "1826-07-04"]),
        ("later in 1826, and earlier in May 1827", ["1826", "1827-05"]),
        ("9/11/2001", ["2001"]),
        ("the July 1914 crisis", ["1914-07"]),
        ("the 2010 earthquake and the 2000 election", ["2010", "2000"]),
        ("UN Resolution 1973 of 2011", ["2011"]),
        ("an altitude of 1800 m and 1990 square miles", []),
        ("page 1850, Suite 1200", []),
        ("May Day 1968", ["1968-05-01"]),
        ("the Fourth of July, 1826", ["1826-07-04"]),
        ("In October, 1962,", ["1962-10"]),
        ("1962's crisis", ["1962"]),
        ("2012 Q3", ["2012-35"]),
        ("May 5, 6, and 7, 1990", ["1990-05"]),
        ("from 1 January to 30 June 1990", ["1990-01-01/1990-06-30"]),
        ("1 Jan. - 30 June 1990", ["1990-01-01/1990-06-30"]),
        ("between 1 and 5 June 1967", ["1967-06-01/1967-06-05"]),
        ("between the spring of 1940 and 1942", ["1940-21/1942"]),
        ("the 1990–91 Gulf War", ["1990/1991"]),
        ("call 555-1234 or 1234-5678", []),
        ("By 1826 Bolivian troops had left", ["1826"]),
        ("surrounded by 1500 American soldiers", []),
        ("Lima, 24th May, 1826", ["1826-05-24"]),
        ("Friday, the 13th of October, 1307", ["1307-10-13"]),
        ("On 3d March 1861 and 2d instant", ["1861-03-03", "1861-03-02"]),
        ("In January 1861; the 5th of the following month", ["1861-01", "1861-02-05"]),
        ("In 1826 and in October of the same year", ["1826", "1826-10"]),
        ("In 1826, in the spring of that year", ["1826", "1826-21"]),
        ("On June 1, 1920; in the previous month", ["1920-06-01", "1920-05"]),
        ("the preceding year", []),
        ("He served 1861 to 1865, and the next year", ["1861/1865"]),
        ("At the close of 1899", ["1899"]),
        ("on the eve of 1914", ["1914"]),
        ("in the opening years of the twentieth century", ["19XX"]),
        ("the last decade of the nineteenth century", ["189X"]),
        ("in the third decade of the 19th century", ["182X"]),
        ("in the eighteenth, nineteenth and twentieth centuries", ["17XX", "18XX", "19XX"]),
        ("the 16th- and 17th-century", ["15XX", "16XX"]),
        ("since the second half of the 1980s", ["198X"]),
        ("in 1848/49", ["1848/1849"]),
        ("In 1979-1980, ", ["1979/1980"]),
        ("He signed on May 14 or 15, 1948", ["1948-05"]),
        ("In March or April 1948", ["1948-03", "1948-04"]),
        ("in either 1847 or 1848", ["1847", "1848"]),
        ("in 1847 (or 1848)", ["1847", "1848"]),
        ("on the 15th of May 1948 (Saturday)", ["1948-05-15"]),
        ("until the year 2000", ["2000"]),
        ("in the year of our Lord 1783", ["1783"]),
        (
            "this third day of September in the year of our Lord one thousand seven hundred and eighty-three",
            ["1783-09-03"],
        ),
        ("November 11, 1918 at 11 a.m.", ["1918-11-11"]),
        ("on the 22d of February, 1819", ["1819-02-22"]),
        ("1 & 2 May 1990", ["1990-05"]),
        ("Oct-Nov 1956", ["1956-10/1956-11"]),
        ("Summer–autumn 1956", ["1956-22/1956-23"]),
        ("twenty-five years later, in 1851", ["1851"]),
        ("in 1826. Twenty-five years later", ["1826", "1851"]),
        ("in 1826. A quarter of a century later", ["1826"]),
        ("in 1826. Half a century later", ["1826"]),
        ("in May 1826; ten months later", ["1826-05", "1827-03"]),
        ("a day earlier", []),
        ("It took from May 1826 to the end of that year", ["1826-05", "1826"]),
        ("October 24 (O.S.), 1917", ["1917"]),
        ("He left in March. In 1920", ["1920"]),
        ("In 1920 he left; she came in June and left on the 5th of July.", ["1920", "1920-06", "1920-07-05"]),
        ("between late 1919 and March 1920", ["1919/1920-03"]),
        ("from March 1919 to 1920", ["1919-03/1920"]),
        ("from the summer of 1919 to the spring of 1920", ["1919-22/1920-21"]),
        ("population rose to 1950", ["1950"]),
        ("Article 1915 and Law 1990", []),
        ("Public Law 2000-15", []),
    ],
)
def test_an_expression_means(text: str, expected: list[str]) -> None:
    assert [dated.when.edtf for dated in Thread().read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it is now a state", ["2014-03-05"]),
        ("Ties are currently strong", ["2014-03-05"]),
        ("It remains so to this day", ["2014-03-05"]),
        ("at present there is", ["2014-03-05"]),
        ("until now", ["2014-03-05"]),
        ("ten years ago", ["2004~"]),
        ("last year", ["2013"]),
        ("next month", ["2014-04"]),
        ("this year the 200th", ["2014"]),
        ("in 1826, and this year", ["1826"]),
        ("in the last year of the war", []),
        ("It now had a fleet", []),
        ("Now that he left", []),
        ("he said “they are now allies”", []),
        ("your note of the 3d inst.", []),
    ],
)
def test_what_hangs_on_publication_is_dated_only_where_that_is_known(text: str, expected: list[str]) -> None:
    assert [dated.when.edtf for dated in Thread(When.parse("2014-03-05")).read(text)] == expected
    assert [dated.when.edtf for dated in Thread().read(text)] == [e for e in expected if "18" in e]


def test_a_letter_hangs_on_its_day_and_a_page_that_quotes_one_does_not() -> None:
    text = "Your note of the 4th instant, and mine of the 28th of February last."
    written = Thread(When.parse("1861-03-22")).read(text)
    assert [dated.when.edtf for dated in written] == ["1861-03-04", "1861-02-28"]
    assert Thread(When.parse("2014-03-22")).read(text) == []


@pytest.mark.parametrize(
    ("text", "undated", "published"),
    [
        ("Relations between Chile and Norway are currently friendly.", [None], ["2014-03-05"]),
        ("Norway opened a legation in Christiania (now Oslo) in 1905.", [], []),
        ("Chile recognized Norway in what is now Oslo.", [], []),
        ("Chile, now at peace, recognized Norway on May 2, 1906.", ["1906-05-02"], ["1906-05-02"]),
    ],
)
def test_now_dates_what_is_so_and_never_what_happened(text: str, undated: list[str], published: list[str]) -> None:
    told = Published(When.parse("2014-03-05"), PublishedBasis.GIVEN)
    for document, expected in ((Document(text), undated), (Document(text, published=told), published)):
        assert [claim.when and claim.when.edtf for claim in reading.read(document)] == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("until May 1, 2008", "until"),
        ("since 1992", "since"),
        ("by 1807", "by"),
        ("after 1937", "after"),
        ("in 1937", ""),
        ("no later than June 1, 1937", "by"),
        ("by the end of 1937", "by"),
        ("prior to the late 1930s", "before"),
    ],
)
def test_a_word_before_a_date_bounds_it(text: str, bound: str) -> None:
    [dated] = Thread().read(text)
    assert dated.bound == bound


@given(st.text(alphabet="0123456789 ,.-/JanuryMchDemb", max_size=60))
def test_any_text_is_read_and_each_expression_stands_where_it_says(text: str) -> None:
    found = Thread().read(text)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


MONTHS = list(calendar.month_name)[1:]
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
DAY_FORMS = (
    "{month} {day}, {year}",
    "{month} {day} {year}",
    "{month} {nth}, {year}",
    "{month} the {nth}, {year}",
    "{day} {month} {year}",
    "{day} {short}. {year}",
    "the {nth} of {month}, {year}",
    "the {nth} day of {month} {year}",
    "{short}. {day}, {year}",
    "{year}-{number:02}-{day:02}",
)
MONTH_FORMS = (
    "{month} {year}",
    "{month}, {year}",
    "{month} of {year}",
    "early {month} {year}",
    "the end of {month} {year}",
)
YEAR_FORMS = ("in {year}", "the year {year}", "late {year}", "mid-{year}", "the beginning of {year}", "({year})")
RANGE_FORMS = ("from {0} to {1}", "from {0} until {1}", "between {0} and {1}", "{0}–{1}", "from {0}, through {1}")


DAYS = st.dates(date(1010, 1, 1), date(2099, 12, 31))


def written(form: str, day: date) -> str:
    """A day in words; May has no short form."""
    month = MONTHS[day.month - 1]
    short = month[:3] if month != "May" else "Jun"
    nth = f"{day.day}{ORDINALS.get(day.day, 'th')}"
    return form.format(month=month, short=short, day=day.day, nth=nth, number=day.month, year=day.year)


def read(text: str) -> list[str]:
    return [dated.when.edtf for dated in Thread().read(text)]


@given(DAYS, st.sampled_from(DAY_FORMS))
def test_a_day_in_any_form_is_that_day(day: date, form: str) -> None:
    if "{short}" in form and day.month == 5:
        return
    assert read(f"It was signed on {written(form, day)} in Lima.") == [day.isoformat()]


@given(DAYS, st.sampled_from(MONTH_FORMS))
def test_a_month_in_any_form_is_that_month(day: date, form: str) -> None:
    assert read(f"It was signed in {written(form, day)}, they say.") == [day.isoformat()[:7]]


@given(DAYS, st.sampled_from(YEAR_FORMS))
def test_a_year_in_any_form_is_that_year(day: date, form: str) -> None:
    assert read(f"It was signed {written(form, day)} in Lima.") == [f"{day.year}"]


@given(DAYS, DAYS, st.sampled_from(DAY_FORMS[:-1]), st.sampled_from(RANGE_FORMS))
def test_a_range_of_days_in_any_form_has_both_ends(first: date, second: date, form: str, of: str) -> None:
    first, second = sorted((first, second))
    if "{short}" in form and 5 in (first.month, second.month):
        return
    text = f"It lasted {of.format(written(form, first), written(form, second))}."
    assert read(text) == [f"{first.isoformat()}/{second.isoformat()}"]


@given(st.integers(1010, 2090).filter(lambda year: year % 100 >= 10), st.sampled_from(["the {}s", "the late {}’s"]))
def test_a_decade_in_any_form_is_that_decade(year: int, form: str) -> None:
    assert read(f"It was so in {form.format(year // 10 * 10)}.") == [f"{year // 10}X"]


UNITS = {"day": 1, "month": 28, "year": 365, "decade": 3650, "century": 36500}
ANCHORS = (("on May 2, 1826", 1), ("in May 1826", 28), ("in 1826", 365), ("in the 1820s", 3650), ("about May 1826", 28))
HANGING = (
    ("the same {}", ""), ("that {}", ""), ("the following {}", ""), ("the previous {}", ""), ("the {} before", ""),
    ("three {}s later", ""), ("two {}s earlier", ""), ("a {} later", ""),
)  # fmt: skip


@given(st.sampled_from(ANCHORS), st.sampled_from(HANGING), st.sampled_from(sorted(UNITS)))
def test_what_hangs_on_a_date_is_no_more_precise_than_that_nor_than_its_unit(
    anchor: tuple[str, int], hanging: tuple[str, str], unit: str
) -> None:
    thread = Thread()
    thread.read(f"They met {anchor[0]}.")
    for dated in thread.read(f"They met again {hanging[0].format(unit)}."):
        span = (dated.when.latest - dated.when.earliest).days + 1
        assert span >= max(anchor[1], UNITS[unit])


WORDS = st.sampled_from(
    MONTHS
    + """Jan. | Sept. | 1826 | 1826, | 1917 | 2009 | 1st | 2nd, | 13 | 13, | 31 | 30–31 | 1820s | the | of | to | and
    | from | between | – | ( | ) | / | , | . | early | mid- | end of | spring | winter | nineteenth | century |
    century, | first | half | quarter | Q3 | FY | fiscal year | 13-14 | about | c. | since | until | by |
    Christmas | same | that | year | day | month | later | two | three | before | after | following | ago |
    instant | ult. | last | next | troops | No. | now | today | present | B.C.""".replace("\n    ", " ").split(" | ")
)


@given(st.lists(WORDS, max_size=24).map(" ".join))
def test_what_the_words_give_has_no_figure_that_they_lack(text: str) -> None:
    found = Thread().read(text)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    for dated in found:
        if dated.reason != GIVEN:
            continue
        words = text[dated.start : dated.end].lower()
        for end in dated.when.edtf.split("/"):
            year, *rest = end.rstrip("~").rstrip("X").split("-")
            assert year[2:] in text or str(int(year) + 1) in text or "century" in words  # 1826-22 of "1825/26"
            if rest and int(rest[0]) <= 12:
                assert MONTHS[int(rest[0]) - 1][:3].lower() in words or "christmas" in words
            if len(rest) == 2:
                assert str(int(rest[1])) in words or "christmas" in words or re.search("first|nineteenth", words)
