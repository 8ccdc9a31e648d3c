"""Suggestions for letters that a page has lost or that were wrongly decoded; the text itself is not changed.

A page that was once stored without its accents and typographic apostrophes can be recognized: it contains only ASCII,
and impossible words ("Charg dAffaires", "President Castros speech"). Only on such a page is a name without an accented
letter treated as damaged; elsewhere it may be a name like any other.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from string import ascii_lowercase

from comity.model import Document
from comity.reading.lexicon.words import lenient, table
from comity.reading.names.mentions import polities
from comity.reading.parties.about import infer
from comity.reading.text.passages import Passage, Suggestion, passages
from comity.sources.gazetteer import fold, gazetteer
from comity.sources.places import place_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FUSED = re.compile(r"(?<![\w.])(\d[\d.,]{0,40})([a-z]{3,})\b|\b([A-Z][a-z]{2,8})(\d{1,2}),(?= \d{4}\b)")
_JOINED = re.compile(r"\b(the|of|and|in|by|with|from|between)([A-Z][a-z]{2,})\b")
_ALIKE = 65.0  # of 100: two spellings of one name
_GLOSS = re.compile(r" \((?:now |today |later |present-day )?([^\W\d_]+)\)")
_LOST = "áàâãäåéèêëíìîïóòôõöøúùûüñçýšžčćřěłńśźżęąğışőűøæœß"
_LANGUAGES = ("es", "pt", "fr", "de", "it", "pl", "cs", "ro", "hu", "sv", "tr")
_Corrections = dict[tuple[str, bool], tuple[str, str, float]]  # by word, and whether it names a place
_RARE = 2e-8  # any word of English is more frequent than this
_NAME = 1.5e-7  # any name that is common in some language is more frequent than this
_SURE = 1e-6  # so is a name that needs no other sign of damage
_LONGEST = 40  # letters of a name: a longer "word" is none, and trying each of its letters costs half a millisecond


def suggestions(document: Document) -> list[Suggestion]:
    """Every garbled word of a document with its likely original, in the order of the text.

    >>> [each.suggested for each in suggestions(Document("Thornton came as Charg dAffaires; trade rose 53percent."))]
    ['Chargé d’Affaires', '53 percent']
    """
    prose = [passage for passage in passages(document) if passage.kind != "aside"]
    repairs = [each for passage in prose for each in _signs(passage)]
    lossy = document.text.isascii() and any(each.reason == _DROPPED for each in repairs)
    near = _nearby(document, prose)
    corrections: _Corrections = {}
    repairs += [each for passage in prose for each in _names(passage, lossy, near, corrections)]
    return sorted({each.span: each for each in reversed(repairs)}.values(), key=lambda each: each.span)


_DROPPED = "letters or an apostrophe were dropped"


def _signs(passage: Passage) -> Iterator[Suggestion]:
    """What is wrong on any page: wrong decodings, lost letters of set phrases, words run together."""
    yield from passage.repairs
    for match in _phrases().finditer(passage.text):
        wanted = _phrase_of(match.group())
        if wanted is not None:
            yield _suggested(passage, match.start(), match.end(), wanted, _DROPPED, 0.95)
    for match in _FUSED.finditer(passage.text):
        first, second = (match[1], match[2]) if match[1] else (match[3], match[4])
        if (match[1] and _english(second) > _SURE) or (match[3] and first in _months()):
            end = match.end(2) if match[1] else match.end(4)
            yield _suggested(passage, match.start(), end, f"{first} {second}", "a space was dropped", 0.95)
    for match in _JOINED.finditer(passage.text):
        if fold(match[2]) in _known() and _english(match.group().lower()) < _RARE:
            yield _suggested(passage, *match.span(), f"{match[1]} {match[2]}", "a space was dropped", 0.9)
    yield from _possessives(passage)


def _possessives(passage: Passage) -> Iterator[Suggestion]:
    """A name with an "s" before a noun, that has no other reading: "Perus exports", "Castros speech"."""
    for match, after in pairwise([*_WORD.finditer(passage.text), None]):
        if match is None or after is None or not _is_possessive(passage.text, match, after):
            continue
        base = match.group()[:-1]
        if fold(base) in _known() or _is_after_office(passage.text, match.start()):
            yield _suggested(passage, *match.span(), f"{base}’s", _DROPPED, 0.85)


def _is_possessive(text: str, match: re.Match[str], after: re.Match[str]) -> bool:
    """Whether a capitalized word before a noun ends in "s" and is not a word or name of its own."""
    word = match.group()
    if not (word.isalpha() and word[0].isupper() and word.endswith("s") and len(word) > 4) or word.endswith("ss"):
        return False
    if text[match.end() : after.start()] != " " or not after.group()[0].islower() or _is_function(after.group()):
        return False
    base = word[:-1].lower()
    return fold(word) not in _known() and _english(word.lower()) < max(_RARE, _english(base) / 50)


def _is_after_office(text: str, start: int) -> bool:
    return (
        re.search(r"\b(?:President|Premier|Minister|King|Queen|General|Chancellor) (?:[A-Z][\w.]* )?$", text[:start])
        is not None
    )


@dataclass(frozen=True, slots=True)
class Nearby:
    """Candidates for a misspelt name: polities that a page mentions, and towns of the polity that it is about."""

    polities: dict[str, str]
    towns: frozenset[str]


def _nearby(document: Document, prose: list[Passage]) -> Nearby:
    about = document.about or infer(document, prose)
    mentioned = {id for passage in prose for mention in polities(passage.text) for id, _ in mention.names} | set(about)
    names = {
        fold(name.text): name.text
        for id in mentioned
        for name in gazetteer().polity(id).names
        if " " not in name.text and len(name.text) > 5
    }
    codes = (code.value for id in about[:1] for code in gazetteer().polity(id).codes if code.scheme == "iso3")
    return Nearby(names, frozenset(word for code in codes for word in place_words(code)))


def _names(passage: Passage, lossy: bool, near: Nearby, corrections: _Corrections) -> Iterator[Suggestion]:
    """Names that lack a letter or have a wrong one, judged by lists of names and words.

    `corrections` caches the result for each word of earlier passages.
    """
    words = list(_WORD.finditer(passage.text))
    for match, after in zip(words, [*words, None][1:], strict=True):
        word = match.group()
        if not word.isascii() or not 4 <= len(word) <= _LONGEST or (not word[0].isupper() and not lossy):
            continue
        if _english(word.lower()) >= _RARE or fold(word) in _known():
            if lossy and after is not None and _is_of_the_state(passage.text, match, after):
                yield _suggested(passage, *match.span(), f"{word[:-1]}’s", _DROPPED, 0.7)
            continue
        place = _is_place(after)
        if (word, place) not in corrections:
            corrections[word, place] = _correction(word, lossy, near if place else replace(near, towns=frozenset()))
        correction, why, sure = corrections[word, place]
        if correction and not _is_former(passage.text, match, correction):
            yield _suggested(passage, *match.span(), correction, why, sure)


def _is_former(text: str, match: re.Match[str], correction: str) -> bool:
    """Whether a name is a former spelling, followed by a similar one of today: "Ashkabad (now Ashgabat)"."""
    from rapidfuzz import fuzz

    gloss = _GLOSS.match(text, match.end())
    return gloss is not None and fuzz.ratio(fold(gloss[1]), fold(correction)) >= _ALIKE


def _correction(word: str, lossy: bool, near: Nearby) -> tuple[str, str, float]:
    """The likely original of a word that is not English, the reason and the confidence; empty when there is none."""
    lower = word.lower()
    if name := _near_polity(lower, near.polities):
        return name, "a polity or capital is called so", 0.8
    accented = _best(_with_lost(lower), _NAME if lossy else _SURE)
    if accented and (lossy or not _is_known(lower)):
        return _cased(accented, word), _DROPPED, 0.8 if lossy else 0.7
    towns = list(near.towns.intersection(_one_off(lower))) if len(lower) > 5 else []
    if not towns or _is_known(lower):
        return "", "", 0.0
    towns = sorted(towns, key=_anywhere) if len(towns) > 1 else towns
    # of several, the least frequent in any language: it is the least likely to be a word or surname
    return _cased(towns[0], word), "a place there is called so", 0.7 if len(towns) == 1 else 0.5


def _with_lost(word: str) -> Iterator[str]:
    """The word with one non-ASCII letter inserted, in every way."""
    return (word[:place] + letter + word[place:] for place in range(len(word) + 1) for letter in _LOST)


def _one_off(word: str) -> Iterator[str]:
    """The word with one letter changed, in every way."""
    places = range(len(word))
    return (
        word[:place] + letter + word[place + 1 :]
        for place in places
        for letter in ascii_lowercase
        if letter != word[place]
    )


def _best(candidates: Iterable[str], least: float) -> str:
    """The most frequent of some words, if it is frequent enough; English counts first, as pages are English."""
    lost = _lost()
    rated = [(_english(each), frequency, each) for each in candidates if (frequency := lost.get(each, 0.0)) >= least]
    return max(rated)[2] if rated else ""


def _near_polity(word: str, names: dict[str, str]) -> str:
    """The only name that differs by one letter; a name that differs at its end only is another form of the word."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    if len(word) < 6:
        return ""
    alike = process.extract(word, names.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None)
    near = {
        names[folded]
        for folded, distance, _ in alike
        if distance == 1 and not (folded.startswith(word) or word.startswith(folded))
    }
    return near.pop() if len(near) == 1 else ""


def _is_of_the_state(text: str, match: re.Match[str], after: re.Match[str]) -> bool:
    """Whether "the States" in "the States presence" has lost an apostrophe: no word before says which states."""
    before = text[max(0, match.start() - 5) : match.start()].lstrip()
    noun = after.group()[0].islower() and not _is_function(after.group())
    return match.group() == "States" and before == "the " and noun


def _is_place(after: re.Match[str] | None) -> bool:
    """Whether the next word shows that a name is that of a place: "Montaro River"."""
    return after is not None and after.group() in table("places")["nouns"]


def _is_function(word: str) -> bool:
    """Whether a word can't be the noun after a possessive: a preposition, an auxiliary, a verb in the past."""
    return word in table("garbled")["function"] or word.endswith(("ed", "ly")) or word in _verbs()


@cache
def _verbs() -> frozenset[str]:
    return frozenset(form for forms in table("irregular").values() for form in forms)


@cache
def _months() -> frozenset[str]:
    return table("garbled")["months"]


@cache
def _phrases() -> re.Pattern[str]:
    """One pattern for all set phrases, whichever of their accented letters and apostrophes are lost."""
    phrases = sorted(table("garbled")["phrases"], key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(lenient(phrase) for phrase in phrases)})(?![\w-])", re.IGNORECASE)


def _phrase_of(words: str) -> str | None:
    """The phrase in full, with the capitals of the text; None when no letter is lost."""
    for phrase in table("garbled")["phrases"]:
        if words[0].islower() and phrase[0].isupper():
            continue  # "so Paulo" is not a name
        if re.fullmatch(lenient(phrase), words, re.IGNORECASE):
            whole = _bare(phrase) == _bare(words)
            return None if whole else _capitals(phrase.replace("'", "’"), words)
    return None


def _bare(text: str) -> str:
    return re.sub(r"[\s-]+", " ", fold(text.replace("’", "'").replace("-", " ")))


def _capitals(phrase: str, words: str) -> str:
    """The phrase with the capitals of the words in the text."""
    titled = sum(letter.isupper() for letter in words)
    if titled > 1:
        return re.sub(r"(?<![^\W\d_])(?!d’)([^\W\d_])(?=[^\W\d_]{2})", lambda match: match[1].upper(), phrase)
    return phrase[0].upper() + phrase[1:] if titled else phrase


def _cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[0].isupper() else word


def _suggested(passage: Passage, start: int, end: int, suggested: str, reason: str, confidence: float) -> Suggestion:
    return Suggestion(passage.span(start, end), passage.text[start:end], suggested, reason, confidence)


@cache
def _known() -> dict[str, str]:
    """Names of polities, demonyms and capitals of one word: the folded form with the written one."""
    return {folded: name.text for folded, _, name in gazetteer().names() if " " not in folded}


# Word frequencies come from wordfreq, whose lists of twelve languages contain three million words. As dictionaries they
# would take seconds to build and a third of a gigabyte. For eleven of the languages most pages need only the words with
# a non-ASCII letter, and one in twelve of these is frequent enough: these are kept as words. A whole language is loaded
# only when a word is looked up in it, as sorted numbers: 53 bits of a word's hash and 10 of its frequency, so that a
# lookup is a binary search. A hash collision is less likely than a hardware failure (4e-10 a lookup).
_LEVEL = 10  # bits: a frequency is 10 ** (-level / 100)
_HASH = (1 << 53) - 1


def _english(word: str) -> float:
    """How frequent a word is in English, of all words."""
    return _frequency(word, "en")


def _is_known(word: str) -> bool:
    """Whether any of the languages has a word."""
    return any(_frequency(word, language) for language in ("en", *_LANGUAGES))


def _anywhere(word: str) -> float:
    """How frequent a word is in the language in which it is most frequent."""
    return max(_frequency(word, language) for language in ("en", *_LANGUAGES))


def _frequency(word: str, language: str) -> float:
    """How frequent a word is in a language; 0 when the language does not have it."""
    words, own = _words(language), _number(word)
    place = bisect_left(words, own + (1 << _LEVEL)) - 1  # of a word that is listed twice, the last entry counts
    return _of_level(words[place] - own) if place >= 0 and words[place] >= own else 0.0


@cache
def _words(language: str) -> array[int]:
    """The words of a language, as numbers in order."""
    levels = enumerate(_by_level(language))
    return array("q", sorted(_number(word) + level for level, words in levels for word in words))


def _number(word: str) -> int:
    """The number of a word at frequency level 0. Hashes bytes: strings of different width may share a hash."""
    return (hash(word.encode()) & _HASH) << _LEVEL


@cache
def _lost() -> dict[str, float]:
    """The words of any language with exactly one non-ASCII letter that are frequent enough for a name."""
    frequencies: dict[str, float] = {}
    for language in ("en", *_LANGUAGES):
        for level, words in enumerate(_by_level(language)):
            frequency = _of_level(level)
            if frequency < _NAME:
                break
            for word in words:
                if not word.isascii() and len(word.encode("ascii", "ignore")) == len(word) - 1:
                    frequencies[word] = max(frequency, frequencies.get(word, 0.0))
    return frequencies


def _by_level(language: str) -> list[list[str]]:
    """The words of a language, grouped by frequency level."""
    import wordfreq

    levels: list[list[str]] = wordfreq.read_cBpack(wordfreq.available_languages("best")[language])
    return levels


def _of_level(level: int) -> float:
    frequency: float = 10 ** (-level / 100)  # wordfreq's centibel scale
    return frequency
