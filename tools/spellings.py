"""Builds src/comity/data/spellings.json: other spellings of polities' names, codes of other lists, what is no state.

Sources: names of territories in the Unicode Common Locale Data Repository (Unicode License v3), as carried by babel;
datasets/country-codes (ODC-PDDL): UN terms in six languages, codes of GEC (once FIPS 10-4) and of the International
Olympic Committee; names and letters of the lists of states of the Correlates of War Project and of Gleditsch and Ward,
as carried by peacesciencer and isard; and `spellings.toml`, by hand. What comity reads without the table is left out.

    python tools/spellings.py --mirror DIR
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tomllib
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rdata
from babel import Locale
from babel.core import UnknownLocaleError
from babel.languages import get_official_languages

from comity.errors import AmbiguousPolity, SourceError, UnknownPolity
from comity.model import Name, Polity
from comity.reconcile.bearers import Bearer
from comity.reconcile.names import resolve
from comity.sources.gazetteer import NAMING, fold, gazetteer
from comity.sources.spellings import DATA, Spellings, key

SOURCES = (
    "Unicode CLDR 47, names of territories (Unicode-3.0, © 1991–2025 Unicode, Inc.), via babel 2.18.0",
    "datasets/country-codes@caa72d1 (ODC-PDDL-1.0): UN terms, GEC, IOC",
    "Correlates of War Project, State System Membership, v2016 (via peacesciencer@fe150a2): names, letters",
    "Gleditsch and Ward 1999, Independent States, updated to 2020 (via isard@46944ad): names, letters",
    "tools/spellings.toml: spellings of other lists, withdrawn codes, entities that are no state",
)
# besides a territory's official languages
LANGUAGES = ["ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "zh", "zh_Hant"]
_TERMS = re.compile(r"(official_name|UNTERM .* (Short|Formal))")
_ARTICLE = re.compile(r"\s*\((?:the|la|le|les|l'|l’|el|los|las)\)$|^(?:the|la|le|les|el|los|las)\s+|^l['’]\s*", re.I)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_NOTE = re.compile(r"\s*(?:\[[^\]]*\]|\*|<[^>]*>).*$")


def build(mirror: Path) -> dict[str, Any]:
    """The table."""
    by_hand = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for head, text in by_hand["names"].items():
        names[head] |= dict.fromkeys(_items(text))
    lists: dict[str, dict[str, list[Any]]] = {}
    for title, scheme, rows in _states(mirror):
        lists[title] = {}
        for number, letters, name in rows:
            bearers = [
                (p.id, c.when.edtf if c.when else None) for p, c in gazetteer().coded(number) if c.scheme == scheme
            ]
            if bearers and letters not in lists.get("Correlates of War", {}):
                lists[title][letters] = bearers
                if title == "Correlates of War":
                    names[number][name] = None
    terms = list(_terms(mirror))
    lists |= {"GEC": {}, "IOC": {}}
    for id, row in terms:
        for title, column in (("GEC", "FIPS"), ("IOC", "IOC")):
            for code in row[column].split(","):
                if code.strip():
                    lists[title][code.strip().upper()] = [(id, None)]
        names[_head(id)] |= dict.fromkeys(_terms_of(row))
        names[_head(id)] |= dict.fromkeys(_localized(row["ISO3166-1-Alpha-2"]))
    names["Kosovo"] |= dict.fromkeys(_localized("XK"))  # no code of ISO 3166, and so not in country-codes
    for title, codes in by_hand["codes"].items():
        for code, ids in codes.items():
            lists.setdefault(title, {})[code] = [(id, None) for id in _items(ids)]
    entities = [
        {"names": _items(row["names"]), "is": row["is"], "see": _items(row.get("see", ""))}
        for row in by_hand["entities"]
    ]
    short = {word: _items(text) for word, text in by_hand["short"].items()}
    table = {"short": short, "lists": lists, "names": {}, "entities": entities, "remarks": by_hand["remarks"]}
    _check(table)
    return {"sources": SOURCES, **table, "names": _needed(names, Spellings(table))}


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]


def _states(mirror: Path) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """(title, scheme, rows of number, letters and name) of each list of states."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdata warns about classes that it reads as plain values, as intended here
        cow = rdata.read_rda(mirror / "peacesciencer" / "data" / "cow_states.rda")["cow_states"]
        gw = rdata.read_rda(mirror / "isard" / "data" / "gw_system.rda")["gw_system"]
    columns = {
        "Correlates of War": (cow, "ccode", "stateabb", "statenme"),
        "Gleditsch and Ward": (gw, "gwcode", "gw_abb", "gw_name"),
    }
    for title, (rows, number, letters, name) in columns.items():
        scheme = "cow" if title == "Correlates of War" else "gw"
        yield title, scheme, [(str(int(row[number])), row[letters], row[name]) for row in rows.to_dict("records")]


def _terms(mirror: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of country-codes whose ISO code is of a polity."""
    with (mirror / "country-codes" / "data" / "country-codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for polity in gazetteer().of("iso3", row["ISO3166-1-Alpha-3"])[:1]:
                yield polity.id, row


def _terms_of(row: dict[str, str]) -> Iterator[str]:
    for column, text in row.items():
        if _TERMS.fullmatch(column) and text:
            yield _ARTICLE.sub("", _NOTE.sub("", text.strip()))
    yield row["CLDR display name"]


def _localized(territory: str) -> Iterator[str]:
    """A territory's name in its own languages, and in those that many write."""
    own = get_official_languages(territory, regional=True, de_facto=True)
    scripts = [f"{language.split('_')[0]}_{script}" for language in own for script in ("Latn", "Cyrl", "Arab")]
    for language in dict.fromkeys([*own, *scripts, *LANGUAGES]):
        try:
            name = Locale.parse(language).territories.get(territory, "")
        except (UnknownLocaleError, ValueError):
            continue  # CLDR has no data for some languages of few speakers, and none in most scripts
        yield name
        if language == "de":
            yield name.translate(_UMLAUTS)


def _head(id: str) -> str:
    """What stands for a polity: its name, so that "Allemagne" is two states in 1950 as "Germany" is; else its id."""
    name = gazetteer().polity(id).name
    return name if _read(name) == id else id


def _read(text: str) -> str | None:
    try:
        return resolve(text).polity.id
    except AmbiguousPolity:
        return ""
    except UnknownPolity:
        return None


def _check(table: dict[str, Any]) -> None:
    """Raise `SourceError` for a polity that is none, and for an entity whose name a polity bears today."""
    ids = {id for codes in table["lists"].values() for rows in codes.values() for id, _ in rows} | set(table["remarks"])
    ids |= {id for row in table["entities"] for id in row["see"]}
    if strange := sorted(id for id in ids if id not in gazetteer()):
        raise SourceError(f"spellings.toml: no polity {', '.join(strange)}", offender=strange)
    names = [name for row in table["entities"] for name in row["names"]]
    if borne := sorted(name for name in names if any(_lasts(*bearer) for bearer in gazetteer().bearers(name))):
        raise SourceError(f"spellings.toml: polities are called {', '.join(borne)}", offender=borne)


def _lasts(polity: Polity, name: Name) -> bool:
    return name.kind in NAMING and Bearer(polity, name.when).lasts()


def _needed(names: dict[str, dict[str, None]], without: Spellings) -> dict[str, list[str]]:
    """The spellings that no polity has as a name, each once for each head."""
    seen: set[tuple[str, str]] = set()
    needed: dict[str, list[str]] = {}
    for head, spellings in names.items():
        for spelling in spellings:
            words = fold(spelling).split()
            place = (key(words), head)
            if words and place not in seen and not without.heads(words):
                seen.add(place)
                needed.setdefault(head, []).append(spelling)
    return {head: needed[head] for head in sorted(needed)}


def write(table: dict[str, Any], target: Path = DATA) -> None:
    """Write the table; the same sources give the same bytes."""
    parts = ",\n".join(f"{json.dumps(part)}: {_lines(rows)}" for part, rows in table.items())
    target.write_text("{" + parts + "}\n", encoding="utf-8")


def _lines(rows: Any) -> str:
    def row(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    if isinstance(rows, dict):
        return "{\n" + ",\n".join(f"{row(name)}: {row(value)}" for name, value in rows.items()) + "\n}"
    return "[\n" + ",\n".join(map(row, rows)) + "\n]"


def main() -> None:
    """Rebuild the table from a mirror of the sources."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=Path, required=True, help="the folder of the sources' folders")
    parser.add_argument("--target", type=Path, default=DATA, help="the file to write")
    options = parser.parse_args()
    write(build(options.mirror), options.target)


if __name__ == "__main__":
    main()
