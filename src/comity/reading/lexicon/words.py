"""The vocabulary of the reader (`words.toml`), and the forms of English verbs."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_VOWELS = "aeiou"
_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


@cache
def table(section: str) -> dict[str, frozenset[str]]:
    """A section of the vocabulary: each key with its words, as written in the file.

    >>> "legation" in table("missions")["legation"]
    True
    """
    return _sections("words.toml")[section]


def listed(section: str, key: str) -> list[str]:
    """The words of a key in the order of the file.

    >>> listed("dates", "ordinals")[:3]
    ['first', 'second', 'third']
    """
    return split(_load("words.toml")[section][key])


@cache
def groups(section: str) -> dict[str, str]:
    """Armed groups by name or by abbreviation, each with the polity that it fought (`groups.toml`).

    >>> groups("names")["Tamil Tigers"], groups("abbreviations")["FARC"]
    ('sri-lanka', 'colombia')
    """
    return {name: polity for polity, names in _sections("groups.toml")[section].items() for name in names}


@cache
def _sections(file: str) -> dict[str, dict[str, frozenset[str]]]:
    sections = _load(file)
    return {name: {key: frozenset(split(value)) for key, value in keys.items()} for name, keys in sections.items()}


@cache
def _load(file: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))


def split(value: str) -> list[str]:
    """The words or phrases of a value."""
    return [" ".join(word.split()) for word in value.split("|") if word.strip()]


@cache
def forms(verb: str) -> frozenset[str]:
    """The forms of a verb, with the infinitive: a verb not listed as irregular is regular.

    >>> sorted(forms("recognize"))
    ['recognize', 'recognized', 'recognizes', 'recognizing']
    >>> "ratified" in forms("ratify"), "annexed" in forms("annex"), "signed" in forms("sign")
    (True, True, True)
    """
    irregular = table("irregular").get(verb)
    if irregular is not None:
        return irregular | {verb}
    if verb.endswith("e"):
        return frozenset((verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"))
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return frozenset((verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"))
    plural = f"{verb}es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else f"{verb}s"
    stem = verb + verb[-1] if _DOUBLED.search(verb) and len(re.findall(r"[aeiou]+", verb)) == 1 else verb
    return frozenset((verb, plural, f"{stem}ed", f"{stem}ing"))


@cache
def lemmas(section: str, key: str) -> dict[str, str]:
    """Every form of the verbs of a class, with its infinitive."""
    return {form: verb for verb in table(section)[key] for form in forms(verb)}


def lenient(phrase: str) -> str:
    """A regular expression for a phrase with accents and apostrophes optional, and spaces and hyphens interchangeable.

    >>> bool(re.fullmatch(lenient("chargé d'affaires"), "charg daffaires"))
    True
    """
    plain = {
        "é": "[eéè]?",
        "è": "[eéè]?",
        "à": "[aàá]?",
        "ç": "[cç]?",
        "ã": "[aã]?",
        "'": "['’ʼ`´]?",
        " ": r"[ -]+",
        "-": "[- ]",
    }
    return "".join(plain.get(letter, re.escape(letter)) for letter in phrase)
