"""The words of dates: months, days, years, numbers and ordinals, as patterns and as values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from comity.model import When
from comity.reading.lexicon.words import listed, table

_UNITS, _TENS = listed("dates", "units"), listed("dates", "tens")
_NUMBERS = dict(zip(_UNITS, range(1, 20), strict=True)) | dict(zip(_TENS, range(20, 100, 10), strict=True))
_ORDINAL = {word: number for number, word in enumerate(listed("dates", "ordinals"), 1)}
_MONTHS = listed("dates", "months")
_ROMAN = {"XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20, "XXI": 21}
DECADES = {f"{word[:-1]}ies": number for word, number in _NUMBERS.items() if word in _TENS}
HUNDREDS = {word: number for word, number in _NUMBERS.items() if 15 < number < 20}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

# A pattern that begins with letters or digits, not with an assertion, lets the regex engine skip to candidates.
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?|"
    r"Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-zA-Z])"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|d)?(?!\w|\.\d)"
FIRST_DAY = r"\d(?<!\w\d)(?:(?<=3)[01]|(?<=[0-2])\d)?(?:st|nd|rd|th|d)?(?!\w|\.\d)"
# No digit follows a year except a footnote number ("in 1826.12 The"); "1234-5678" is not a year.
YEAR = r"(?:1\d|20)\d\d(?!\w|[$%]|-(?!1\d|20)\d{4}|[.,]\d(?!\d?(?:\s+[A-Z“\"]|\s*$)))"
ORDINAL = "|".join(sorted(_ORDINAL, key=len, reverse=True))
_HUNDREDTH = "|".join(sorted(_ROMAN, key=len, reverse=True))
CENTURY = rf"(?P<century>(?i:{ORDINAL})|[12]\d(?:st|nd|rd|th)|(?:{_HUNDREDTH})(?:th|st)?)"
_ONES = "|".join(_UNITS[:9])
_TENFOLD = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{_ONES}))?"
_BELOW = rf"(?:{_TENFOLD}|{'|'.join(reversed(_UNITS))})\b"
NUMBER = rf"(?:\d{{1,3}}|an?|{_BELOW})"
YEAR_SPOKEN = (
    rf"(?:(?:one|two) thousand(?:,? (?:{_ONES}) hundred)?|(?:{'|'.join(_UNITS[10:])}) hundred)"
    rf"(?:,?(?: and)? {_BELOW})?"
)
GIVEN = "the text gives the date"
Meaning = tuple[When, str] | None


@dataclass(frozen=True, slots=True)
class Around:
    """The dates an expression may be relative to: the previous one, the publication, and that of the letter itself."""

    last: When | None = None
    published: When | None = None
    written: When | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """Words at a place of a sentence; `mean` resolves them from the dates around, or returns None if it can't."""

    start: int
    end: int
    mean: Callable[[Around], Meaning]


def month(words: str) -> int:
    """The number of a month.

    >>> month("Sept."), month("May")
    (9, 5)
    """
    return _MONTHS.index(words[:3].lower()) + 1


def number(words: str) -> int:
    """A number in digits or words; "a" is one.

    >>> number("12"), number("a"), number("twenty-five"), number("one thousand eight hundred and fifty-seven")
    (12, 1, 25, 1857)
    """
    total = part = 0
    for word in re.findall(r"\w+", words.lower()):
        if word == "hundred":
            part *= 100
        elif word == "thousand":
            total, part = total + part * 1000, 0
        else:
            part += int(word) if word.isdecimal() else 1 if word in ("a", "an") else _NUMBERS.get(word, 0)
    return total + part


def ordinal(words: str) -> int:
    """An ordinal in digits or words.

    >>> ordinal("3d"), ordinal("21st"), ordinal("Twenty-first"), ordinal("7")
    (3, 21, 21, 7)
    """
    figures = re.match(r"\d+", words)
    return int(figures[0]) if figures else _ORDINAL[words.lower()]


def hundreds(century: str) -> int:
    """The first two digits of the years of a century.

    >>> hundreds("nineteenth"), hundreds("21st"), hundreds("XIXth")
    (18, 20, 18)
    """
    roman = re.match(r"[XVI]+", century)
    return (_ROMAN[roman[0]] if roman else ordinal(century)) - 1


def decade(year: int) -> str:
    """The decade of a year, as EDTF."""
    return f"{year // 10:03}X"


def century(year: int) -> str:
    """The hundred years of a year, as EDTF."""
    return f"{year // 100:02}XX"


_TRAITS = table("date-traits")
_TOKENS = re.compile(r"fy|[a-z]+[1-4]?")
_YEARS = re.compile(r"(?:1\d|20)\d\d")


def traits(text: str) -> frozenset[str]:
    """The kinds of date words in a sentence: a cheap check, so that only patterns that can match are tried.

    >>> sorted(traits("In June 1826 they met."))
    ['month', 'year']
    """
    words = set(_TOKENS.findall(text.lower()))
    kinds = {name for name, known in _TRAITS.items() if not known.isdisjoint(words)}
    if _YEARS.search(text):
        kinds.add("year")
    return frozenset(kinds)
