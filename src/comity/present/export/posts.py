"""The posts of a brief on a map: GeoJSON (RFC 7946)."""

from __future__ import annotations

from typing import Any

from comity.present.export.base import Brief, Exporter
from comity.present.visible import dumps, seen
from comity.query.dossier import Post
from comity.sources.towns import place


class GeoJson(Exporter):
    """One feature for each post; it has no geometry if the town is ambiguous or unknown."""

    name, media, told, takes = "posts.geojson", "application/geo+json", "the posts as GeoJSON", Brief

    def export(self, what: Brief) -> bytes:
        """The posts in the order of the brief, each with its openings and closings in EDTF."""
        features = [_feature(post) for post in what.dossier.posts]
        collection = {"type": "FeatureCollection", "features": features}
        return f"{dumps(collection)}\n".encode()


def _feature(post: Post) -> dict[str, Any]:
    at = place(post.town, post.host)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(at)} if at else None,
        "properties": {
            "owner": post.owner,
            "host": post.host,
            "town": seen(post.town),
            "kinds": list(dict.fromkeys(seen(event.kind) for event in post.events if event.kind)),
            "events": [
                {
                    "relation": event.relation,
                    "when": event.when.edtf if event.when else None,
                    "claims": [claim.id for claim in event.claims],
                }
                for event in post.events
            ],
        },
    }
