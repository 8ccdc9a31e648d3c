"""Which passages are in another language than English: they are said to be unread, never misread."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice
from typing import Any

from comity.model import Document
from comity.reading.words import table

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_FEW = 8  # words: what is shorter is no sentence to tell a language by
_ENGLISH = 0.12  # of the words: so many or more of English's commonest make a passage English
_FOREIGN = 0.15  # and so many of another language's commonest make it that,
_KINDS = 3  # if so many of those are there: "de" and "la" stand in names too
_COMMONEST = 80
_SAMPLE = 400  # words of a passage that are looked at


def language(text: str) -> str:
    """The ISO 639-1 code of a passage's language; "en" too for what is too short, or too full of names, to tell.

    >>> language("The two countries signed a treaty at Lima."), language("Ambassador James Smith, Lima, Peru, 1827")
    ('en', 'en')
    >>> language("Los dos países firmaron un tratado en la ciudad de Lima.")
    'es'
    """
    words = [match.group().lower() for match in islice(_WORD.finditer(text), _SAMPLE)]
    if _share(words, table("languages")["english"]) >= _ENGLISH:
        return "en"
    letters = _LETTER.findall(text[:2000])
    if len(letters) > 2 * _FEW and sum(map(bool, map(_LATIN.match, letters))) < len(letters) / 2:
        return _classified(text)
    if len(words) < _FEW:
        return "en"
    found = _classified(text)
    common = _commonest(found)
    return found if _share(words, common) >= _FOREIGN and len(common.intersection(words)) >= _KINDS else "en"


def unread(document: Document) -> tuple[Counter[str], int]:
    """How many paragraphs of a document are in each other language, by its name, and how many there are in all."""
    from comity.reading.clean import passages

    held = [passage for passage in passages(document) if passage.kind in ("prose", "foreign")]
    names = {code: min(name) for code, name in table("languages").items()}
    foreign = (passage.what for passage in held if passage.kind == "foreign")
    return Counter(names.get(code, f'another language ("{code}")') for code in foreign), len(held)


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words) if words else 0.0


def _classified(text: str) -> str:
    """The likeliest of the languages whose names are known."""
    code: str = _classifier().classify(text[:2000])[0]
    return code


@cache
def _classifier() -> Any:
    import py3langid

    py3langid.set_languages(["en", *(code for code in table("languages") if code != "english")])
    return py3langid


@cache
def _commonest(code: str) -> frozenset[str]:
    """The commonest words of a language; none for a language of which no list is known."""
    from wordfreq import available_languages, top_n_list

    return frozenset(top_n_list(code, _COMMONEST)) if code in available_languages() else frozenset()
