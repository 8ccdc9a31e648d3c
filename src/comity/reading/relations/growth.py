"""By how much a figure has grown, and whether the stated growth agrees with the figures themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from comity.reading.lexicon.words import lemmas, table

_PERCENT = (
    r"(?:by )?(?:some |about |nearly |almost |more than |over |around )?"
    r"(?P<percent>\d+(?:\.\d+)?) ?(?:percent|per cent|%)"
)
_AFTER = re.compile(rf"^[^,;(]{{0,30}}[,(] ?(?:a |an )?(?P<word>[a-z]+)(?: of)? {_PERCENT}", re.IGNORECASE)
_NOUN_AFTER = re.compile(rf"^[^,;]{{0,30}}, (?:a|an) {_PERCENT} (?P<word>[a-z]+)", re.IGNORECASE)
_NEARLY = frozenset({"almost", "nearly", "close to", "just under"})
_BEYOND = frozenset({"more than", "over", "well over"})


@dataclass(frozen=True, slots=True)
class Check:
    """Whether growth as it is worded agrees with two figures, and the calculation."""

    agrees: bool
    reason: str


def grown(before: str, after: str) -> str:
    """The growth stated right before or right after an amount, as "+53 %"; empty when there is none.

    >>> grown("U.S. exports up 53percent to ", " in 2014"), grown("exports were ", ", a 3 percent decline")
    ('+53 %', '-3 %')
    """
    matches = [*reversed(list(_before().finditer(before))), _AFTER.match(after), _NOUN_AFTER.match(after)]
    for match in matches:
        if match and (sign := _direction().get(match["word"].lower())):
            return f"{sign}{float(match['percent']):g} %"
    return ""


def check(words: str, first: float, last: float) -> Check | None:
    """Whether a stated change agrees with the two figures; None when no change is stated or it can't be judged.

    >>> check("almost doubling from", 9e9, 16e9).agrees, check("tripled from", 2e9, 3e9).agrees
    (True, False)
    """
    if not first:
        return None
    times = last / first
    fold = _fold().search(words)
    if fold is not None:
        factor = _times()[fold["word"].lower()]
        return _judged(_is_fold(times, factor, (fold["near"] or "").lower()), fold.group(), times)
    percents = list(_before().finditer(words))
    percent = percents[-1] if percents else None
    sign = _direction().get(percent["word"].lower()) if percent else None
    if percent is None or sign is None:
        return None
    growth = float(percent["percent"]) * (1 if sign == "+" else -1)
    return _judged(abs((times - 1) * 100 - growth) <= max(2.0, abs(growth) / 10), f"{sign}{abs(growth):g} %", times)


def _judged(agrees: bool, words: str, times: float) -> Check:
    verdict = "agrees" if agrees else "does not agree"
    return Check(agrees, f'"{words}" {verdict} with the figures, which make it {times:.3g} times as much')


def _is_fold(times: float, factor: float, near: str) -> bool:
    """Whether a figure has grown by a factor, within the tolerance of the words."""
    if near in _NEARLY:
        return 0.8 * factor <= times < 1.02 * factor if factor > 1 else factor * 0.98 <= times <= 1.25 * factor
    if near in _BEYOND:
        return factor <= times < factor + 1 if factor > 1 else times <= factor
    return 0.9 * factor <= times <= 1.15 * factor


@cache
def _direction() -> dict[str, str]:
    """Words for growth and decline, each with its sign."""
    rising = dict.fromkeys(lemmas("growth", "rise").keys() | table("growth")["more"], "+")
    return rising | dict.fromkeys(lemmas("growth", "fall").keys() | table("growth")["less"], "-")


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(sorted(_direction(), key=len, reverse=True))
    return re.compile(rf"\b(?P<word>{words}) {_PERCENT}", re.IGNORECASE)


@cache
def _times() -> dict[str, float]:
    """The words for a factor of growth: verbs ("doubled") and words in "-fold"."""
    verbs = {form: float(n) for n in ("0.5", "2", "3", "4", "5") for form in lemmas("folds", n)}
    return verbs | {word: float(n) for n, words in table("folded").items() for word in words}


@cache
def _fold() -> re.Pattern[str]:
    near = "|".join(sorted(_NEARLY | _BEYOND, key=len, reverse=True))
    words = "|".join(sorted(map(re.escape, _times()), key=len, reverse=True))
    return re.compile(rf"\b(?:(?P<near>{near}) )?(?P<word>{words})\b", re.IGNORECASE)
