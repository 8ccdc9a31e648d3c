"""Date expressions: what each means on the thread of its paragraph, and never more than it says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.reading.dates import Thread


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
        ("$1920 for 1500 soldiers and 2000 people at No. 12,1850", []),
    ],
)
def test_an_expression_means(text: str, expected: list[str]) -> None:
    assert [dated.when.edtf for dated in Thread().read(text)] == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("until May 1, 2008", "until"),
        ("since 1992", "since"),
        ("by 1807", "by"),
        ("after 1937", "after"),
        ("in 1937", ""),
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
