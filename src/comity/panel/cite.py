"""How to cite a panel: the entries of the data's bibliography that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from comity.ledger.open import manifest
from comity.panel.data import parquet
from comity.panel.recipe import Recipe
from comity.panel.variable import module_of, variable
from comity.sources.registry import adapter

_ROWS = {"cow": ("cowstates2016",), "gw": ("gledtischward1999rlis",), "none": ()}
_DISPUTES = {"gml": "gibleretal2016amid", "gml-leaders": "gibleretal2016amid", "cow": "palmeretal2021mid5"}
_HEAD = {"CATEGORY", "BIBTEXKEY", "row_", "KEYWORDS", "OWNER", "TIMESTAMP", "DATE.ADDED", "DATE.MODIFIED", "ABSTRACT"}
# Works that the bibliography of peacesciencer 1.2.9 lacks, though its documentation names them.
_MORE: Mapping[str, Mapping[str, str]] = {
    "miller2022rirm": {
        "CATEGORY": "Article",
        "AUTHOR": "Steven V. Miller",
        "TITLE": "A Random Item Response Model of External Territorial Threat, 1816-2010",
        "JOURNAL": "Journal of Global Security Studies",
        "YEAR": "2022",
        "VOLUME": "7",
        "NUMBER": "4",
        "PAGES": "ogac012",
    },
    "thompsonetal2021asr": {
        "CATEGORY": "Book",
        "AUTHOR": "William R. Thompson and Kentaro Sakuwa and Prashant Hosur Suhas",
        "TITLE": "Analyzing Strategic Rivalries in World Politics: Types of Rivalry, Regional Variation, and "
        "Escalation/De-escalation",
        "PUBLISHER": "Springer",
        "YEAR": "2021",
    },
}


def keys(recipe: Recipe) -> list[str]:
    """The keys of the works that a recipe uses, in the order of its steps, each once."""
    return list(dict.fromkeys(_all(recipe)))


def _all(recipe: Recipe) -> Iterator[str]:
    yield "peacesciencer-package"
    if recipe.source:
        yield _DISPUTES[recipe.source]
    else:
        yield from _ROWS[recipe.system]
    if recipe.unit.startswith("leader"):
        yield "goemansetal2009ia"
    for step in recipe.steps:
        if step.kind == "add":
            yield from variable(step.name).cites
            yield from (_ledger_sources() if step.name == "relations" else ())
        elif step.kind == "filter":
            yield from module_of(step.name, "rules", "filter").CITES


def bibtex(recipe: Recipe, mirror: Path | None = None) -> str:
    """The works as BibTeX."""
    wanted, entries = keys(recipe), {**_bibliography(mirror), **_MORE}
    if not entries.keys() >= set(wanted):
        entries |= _ledger_sources()
    return "\n".join(_entry(key, entries[key]) for key in wanted)


def _ledger_sources() -> dict[str, Mapping[str, str]]:
    """The sources of the claims in the embedded ledger, by id."""
    sources = (adapter(entry["id"]).source for entry in manifest()["sources"])
    return {
        source.id: {
            "CATEGORY": "Misc",
            "AUTHOR": f"{{{source.publisher}}}",
            "TITLE": source.title,
            "YEAR": source.commit_date[:4],
            "NOTE": f"{source.repository}, commit {source.commit[:7]}, {source.licence}",
            "URL": source.homepage,
        }
        for source in sources
    }


def _bibliography(mirror: Path | None) -> dict[str, Mapping[str, str]]:
    """The entries of the data's own bibliography, by key."""
    import duckdb

    with duckdb.connect() as connection:
        cursor = connection.execute("FROM read_parquet($file)", {"file": str(parquet("ps_bib", mirror))})
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["BIBTEXKEY"]: row for row in rows}


def _entry(key: str, fields: Mapping[str, str]) -> str:
    """One entry.

    >>> print(_entry("x2020", {"CATEGORY": "ARTICLE", "TITLE": "On X", "YEAR": "2020"}), end="")
    @article{x2020,
      title = {On X},
      year = {2020},
    }
    """
    kind = {"other": "misc"}.get(fields["CATEGORY"].lower(), fields["CATEGORY"].lower())
    lines = "".join(f"  {name.lower()} = {{{value}}},\n" for name, value in _filled_fields(fields))
    return f"@{kind}{{{key},\n{lines}}}\n"


def _filled_fields(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields with a value, their braces in pairs (the data have lost some at the beginning)."""
    for name, value in fields.items():
        if name not in _HEAD and value and value != "None":
            yield name, "{" * (value.count("}") - value.count("{")) + value
