"""Amounts of money and counts: value, currency, and the words that make a value approximate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from comity.model import Participant
from comity.reading.lexicon.words import table

_SCALES = {
    "thousand": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12,
    "tn": 1e12,
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = rf"(?:[ -]?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?"
_COUNT = re.compile(rf"(?<![\w.,$€£¥]){_NUMBER}(?: (?P<scale>thousand|million))?(?![\w]|[.,]\d| ?%| percent| per cent)")
_ABOUT = re.compile(
    r"\b(about|approximately|around|roughly|some|nearly|almost|more than|over|an estimated|less than|fewer than|under"
    r"|at least|up to|close to|just over|just under) $",
    re.IGNORECASE,
)
_SIGN = r"(?:US)?[$€£¥]"
_SIZE = r"(?:thousand|million|billion|trillion|bn|mn|m)"
_RANGE = re.compile(
    rf"(?:\b(?P<verb>\w+) )?(?P<how>\bfrom |\bbetween )?"
    rf"(?:{_SIGN}\d[\d.,]{{0,40}}(?: ?{_SIZE}\b)?|\b\d[\d.,]{{0,40}} ?{_SIZE}\b)"
    rf" ?(?P<joint>to|and|or|[-–—]) ?(?:{_SIGN})?\d"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value at characters `start` to `end` of a sentence; `about` is the word that makes it approximate, if any."""

    start: int
    end: int
    value: float
    unit: str
    about: str = ""

    @property
    def participants(self) -> tuple[Participant, ...]:
        """The precision to store with a claim: the value alone would be more precise than the text."""
        return (Participant("precision", self.about),) if self.about else ()


def has_money(text: str) -> bool:
    """Whether a sentence may hold an amount of money."""
    return any(sign in text for sign in "$€£¥") or not _spelled().isdisjoint(text.lower().split())


def money(text: str) -> list[Amount]:
    """The amounts of money of a sentence, in order, without those in a currency that several countries share.

    >>> [(a.value, a.unit, a.about) for a in money("about US$1.2bn, then 3 million pounds sterling")]
    [(1200000000.0, 'USD', 'about'), (3000000.0, 'GBP', '')]
    """
    amounts = [_amount(text, match, _signs()[match["sign"].strip().lower()]) for match in _signed().finditer(text)]
    amounts += [_amount(text, match, _words()[match["word"].lower()]) for match in _worded().finditer(text)]
    barred = list(_ranges(text))
    apart = (amount for amount in amounts if not any(first <= amount.start < last for first, last in barred))
    return sorted(apart, key=lambda amount: amount.start)


def counts(text: str) -> Iterator[Amount]:
    """Numbers that may count people: with a thousands separator or a scale, or too large to be a year."""
    for match in _COUNT.finditer(text):
        plain = match["number"].isdigit() and match["scale"] is None
        if not plain or len(match["number"]) > 4:
            yield _amount(text, match, "people")


def _amount(text: str, match: re.Match[str], unit: str) -> Amount:
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    about = _ABOUT.search(text[max(0, match.start() - 20) : match.start()])
    value = round(float(match["number"].replace(",", "")) * scale, 2)
    return Amount(match.start(), match.end(), value, unit, about[1].lower() if about else "")


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    """The places of ranges such as "$1 to $2 billion": neither end of a range is the figure."""
    for match in _RANGE.finditer(text):
        changes = match["how"] == "from " and not (match["verb"] or "").startswith(("rang", "var"))
        if match["how"] == "between " or (match["joint"] not in ("and", "or") and not changes):
            yield match.span()


@cache
def _signs() -> dict[str, str]:
    """Currencies by sign or code, in lower case."""
    return {sign.lower(): code for code, signs in table("currency-signs").items() for sign in signs}


@cache
def _words() -> dict[str, str]:
    return {word: code for code, words in table("currencies").items() for word in words}


@cache
def _spelled() -> frozenset[str]:
    """The last word of each currency name."""
    return frozenset(word.split()[-1] for word in _words())


@cache
def _signed() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(_signs(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<sign>(?:{signs}) ?){_NUMBER}{_SCALE}", re.IGNORECASE)


@cache
def _worded() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words(), key=len, reverse=True))
    return re.compile(rf"(?<![\w.,$€£¥]){_NUMBER}{_SCALE} (?P<word>{words})\b", re.IGNORECASE)
