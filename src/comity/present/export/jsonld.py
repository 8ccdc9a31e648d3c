"""Claims, sources and polities as JSON-LD 1.1, in the terms of schema.org, PROV and RDF's statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from comity.model import Claim, Polity, Source
from comity.present.cite import address
from comity.present.sentences import says

_CONTEXT = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_ENTITY = "prov:Entity"


def claims(found: Iterable[Claim], sources: Mapping[str, Source]) -> dict[str, Any]:
    """Claims as statements that derive from their sources, and those sources. Ids are the addresses of pages."""
    told = list(found)
    editions = dict.fromkeys(one.source for one in told)
    described = [_source(sources[edition]) for edition in editions if edition in sources]
    return _graph([*(_claim(one) for one in told), *described])


def sources(found: Iterable[Source]) -> dict[str, Any]:
    """Editions of sources as data sets."""
    return _graph([_source(one) for one in found])


def polities(found: Iterable[Polity]) -> dict[str, Any]:
    """Polities as countries, with what they came from."""
    return _graph([_polity(one) for one in found])


def _graph(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"@context": _CONTEXT, "@graph": [{key: held for key, held in one.items() if held} for one in nodes]}


def _claim(one: Claim) -> dict[str, Any]:
    figure = {"@type": "PropertyValue", "value": one.value, "unitText": one.unit}
    return {
        **_link("claims", one.id),
        "@type": ["Claim", "rdf:Statement", _ENTITY],
        "identifier": one.id,
        "text": says(one),
        "name": one.label,
        "rdf:subject": _link("polities", one.subject),
        "rdf:predicate": {"@id": f"/api/v1/vocabulary#{one.relation}"},
        "rdf:object": _link("polities", one.object) if one.object else None,
        "temporalCoverage": one.when.edtf if one.when else None,
        "creativeWorkStatus": one.modality.value,
        "datePublished": one.published.when.edtf if one.published.when else None,
        "variableMeasured": figure if one.value is not None else None,
        "prov:wasDerivedFrom": _link("sources", one.source),
        "appearance": {"@type": "CreativeWork", "isPartOf": _link("sources", one.source), "identifier": one.locator},
    }


def _source(one: Source) -> dict[str, Any]:
    return {
        **_link("sources", one.edition),
        "@type": ["Dataset", _ENTITY],
        "identifier": one.edition,
        "name": one.title,
        "publisher": {"@type": "Organization", "name": one.publisher},
        "license": one.licence,
        "version": one.commit,
        "datePublished": one.commit_date,
        "url": address(one),
        "citation": list(one.references),
    }


def _polity(one: Polity) -> dict[str, Any]:
    wikidata = [code.value for code in one.codes if code.scheme == "wikidata"]
    names = dict.fromkeys(name.text for name in one.names if name.kind in ("short", "long", "alias"))
    return {
        **_link("polities", one.id),
        "@type": ["Country", _ENTITY],
        "identifier": one.id,
        "name": one.name,
        "alternateName": list(names),
        "temporalCoverage": [span.edtf for span in one.lifespans],
        "sameAs": [{"@id": f"http://www.wikidata.org/entity/{value}"} for value in wikidata],
        "prov:wasDerivedFrom": [_link("polities", id) for id in one.predecessors],
        "description": one.note,
    }


def _link(kind: str, id: str) -> dict[str, str]:
    return {"@id": f"/{kind}/{quote(id, safe='@')}"}
