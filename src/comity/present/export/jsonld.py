"""Claims, sources and polities as JSON-LD 1.1, in the terms of schema.org, PROV and RDF's statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from comity.model import Claim, Polity, Source
from comity.present.cite import address
from comity.present.event_sentences import says

_CONTEXT = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_ENTITY = "prov:Entity"


def claims(claims: Iterable[Claim], sources: Mapping[str, Source]) -> dict[str, Any]:
    """Claims as statements derived from their sources, and those sources. Ids are paths of pages."""
    statements = list(claims)
    editions = dict.fromkeys(claim.source for claim in statements)
    described = [_source(sources[edition]) for edition in editions if edition in sources]
    return _graph([*(_claim(claim) for claim in statements), *described])


def sources(sources: Iterable[Source]) -> dict[str, Any]:
    """Editions of sources as datasets."""
    return _graph([_source(source) for source in sources])


def polities(polities: Iterable[Polity]) -> dict[str, Any]:
    """Polities as countries, with their predecessors."""
    return _graph([_polity(polity) for polity in polities])


def _graph(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"@context": _CONTEXT, "@graph": [{key: value for key, value in node.items() if value} for node in nodes]}


def _claim(claim: Claim) -> dict[str, Any]:
    figure = {"@type": "PropertyValue", "value": claim.value, "unitText": claim.unit}
    return {
        **_link("claims", claim.id),
        "@type": ["Claim", "rdf:Statement", _ENTITY],
        "identifier": claim.id,
        "text": says(claim),
        "name": claim.label,
        "rdf:subject": _link("polities", claim.subject),
        "rdf:predicate": {"@id": f"/api/v1/vocabulary#{claim.relation}"},
        "rdf:object": _link("polities", claim.object) if claim.object else None,
        "temporalCoverage": claim.when.edtf if claim.when else None,
        "creativeWorkStatus": claim.modality.value,
        "datePublished": claim.published.when.edtf if claim.published.when else None,
        "variableMeasured": figure if claim.value is not None else None,
        "prov:wasDerivedFrom": _link("sources", claim.source),
        "appearance": {
            "@type": "CreativeWork",
            "isPartOf": _link("sources", claim.source),
            "identifier": claim.locator,
        },
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        **_link("sources", source.edition),
        "@type": ["Dataset", _ENTITY],
        "identifier": source.edition,
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "license": source.licence,
        "version": source.commit,
        "datePublished": source.commit_date,
        "url": address(source),
        "citation": list(source.references),
    }


def _polity(polity: Polity) -> dict[str, Any]:
    wikidata = [code.value for code in polity.codes if code.scheme == "wikidata"]
    names = dict.fromkeys(name.text for name in polity.names if name.kind in ("short", "long", "alias"))
    return {
        **_link("polities", polity.id),
        "@type": ["Country", _ENTITY],
        "identifier": polity.id,
        "name": polity.name,
        "alternateName": list(names),
        "temporalCoverage": [span.edtf for span in polity.lifespans],
        "sameAs": [{"@id": f"http://www.wikidata.org/entity/{value}"} for value in wikidata],
        "prov:wasDerivedFrom": [_link("polities", id) for id in polity.predecessors],
        "description": polity.note,
    }


def _link(kind: str, id: str) -> dict[str, str]:
    return {"@id": f"/{kind}/{quote(id, safe='@')}"}
