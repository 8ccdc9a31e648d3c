"""Content negotiation: the media type and the encoding that a client accepts (RFC 9110)."""

from __future__ import annotations

from collections.abc import Iterable


def preferred(header: str | None, offered: Iterable[str]) -> str | None:
    """The offered media type that a client prefers, of equals the first; None when it accepts none.

    >>> preferred("text/csv;q=0.5, application/*", ["application/json", "text/csv"])
    'application/json'
    >>> preferred("text/html", ["application/json"]) is None, preferred(None, ["application/json"])
    (True, 'application/json')
    """
    accepted = _weights(header or "*/*")
    liked = [(_weight(accepted, media), media) for media in offered]
    best = max((weight for weight, _ in liked), default=0.0)
    return next((media for weight, media in liked if weight == best), None) if best > 0 else None


def takes(header: str | None, coding: str) -> bool:
    """Whether a client says that it accepts a content coding.

    >>> takes("gzip, br", "gzip"), takes("gzip;q=0", "gzip"), takes(None, "gzip")
    (True, False, False)
    """
    weights = _weights(header or "")
    return weights.get(coding, weights.get("*", 0.0)) > 0


def _weight(weights: dict[str, float], media: str) -> float:
    """The weight of the most specific range that includes the media type."""
    ranges = (media, f"{media.partition('/')[0]}/*", "*/*")
    return next((weights[pattern] for pattern in ranges if pattern in weights), 0.0)


def _weights(header: str) -> dict[str, float]:
    """Each range with its weight; parameters other than `q` are ignored."""
    weights = {}
    for entry in header.split(","):
        range, *parameters = (part.strip().casefold() for part in entry.split(";"))
        if range:
            weights[range] = next((_number(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
    return weights


def _number(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0  # an unreadable weight counts as a refusal
