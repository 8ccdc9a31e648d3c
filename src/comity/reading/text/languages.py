"""Detects the language of a passage."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Any

from comity.reading.lexicon.words import table

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_FEW = 4  # words other than names: with fewer the language can't be judged
_ENGLISH = 0.2  # share of English function words from which a passage counts as English
_FOREIGN = 0.6  # share of words commoner in another language from which it counts as that language
_CODES = {"no": "nb", "sr": "sh"}  # languages whose words are listed under another code
_UNKNOWN = "und"
_SAMPLE = 400  # words of a passage that are looked at


def language(text: str) -> str:
    """The ISO 639-1 code of a passage's language; "en" also when too few words besides names remain to judge.

    "und" is an unknown language in a non-Latin script.

    >>> language("The two countries signed a treaty at Lima."), language("Ambassador James Smith, Lima, Peru, 1827")
    ('en', 'en')
    >>> language("Los dos países firmaron un tratado en la ciudad de Lima.")
    'es'
    """
    words = [match.group() for match in islice(_WORD.finditer(text), _SAMPLE)]
    words = [word for word in words if not word[0].isupper()]  # names are no evidence of a language
    if not words or _share(words, table("languages")["english"]) >= _ENGLISH:
        return "en"
    letters = _LETTER.findall(text[:2000])
    if len(letters) >= _FEW and sum(map(bool, map(_LATIN.match, letters))) < len(letters) / 2:
        return code if (code := _classified(text)) != "en" else _UNKNOWN
    code = _classified(text) if len(words) >= _FEW else "en"
    return code if code == "en" or _is_of(words, code) else "en"


def name(code: str) -> str:
    """The English name of a language.

    >>> name("es"), name("und")
    ('Spanish', 'another language')
    """
    return next(iter(table("languages").get(code, ["another language"])))


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words) if words else 0.0


def _classified(text: str) -> str:
    """The likeliest of the languages that `languages` in words.toml names."""
    code: str = _classifier().classify(text[:2000])[0]
    return code


@cache
def _classifier() -> Any:
    import py3langid

    py3langid.set_languages(["en", *(code for code in table("languages") if code != "english")])
    return py3langid


def _is_of(words: list[str], code: str) -> bool:
    """Whether most of the words are commoner in a language than in English; False without a word list."""
    from wordfreq import available_languages, get_frequency_dict

    listed = _CODES.get(code, code)
    if listed not in available_languages():
        return False
    own, english = get_frequency_dict(listed), get_frequency_dict("en")
    return sum(own.get(word, 0.0) > english.get(word, 0.0) for word in words) >= _FOREIGN * len(words)
