"""Which of the forms that there are a client takes: the Accept and Accept-Encoding of RFC 9110."""

from __future__ import annotations

from collections.abc import Iterable


def preferred(asked: str | None, offered: Iterable[str]) -> str | None:
    """The media type that a client likes best of those offered, of equals the first; None when it takes none.

    >>> preferred("text/csv;q=0.5, application/*", ["application/json", "text/csv"])
    'application/json'
    >>> preferred("text/html", ["application/json"]) is None, preferred(None, ["application/json"])
    (True, 'application/json')
    """
    taken = _weights(asked or "*/*")
    liked = [(_weight(taken, media), media) for media in offered]
    best = max((weight for weight, _ in liked), default=0.0)
    return next((media for weight, media in liked if weight == best), None) if best > 0 else None


def takes(asked: str | None, coding: str) -> bool:
    """Whether a client says that it takes a content coding.

    >>> takes("gzip, br", "gzip"), takes("gzip;q=0", "gzip"), takes(None, "gzip")
    (True, False, False)
    """
    weights = _weights(asked or "")
    return weights.get(coding, weights.get("*", 0.0)) > 0


def _weight(taken: dict[str, float], media: str) -> float:
    """That of the most particular range which holds the media type."""
    ranges = (media, f"{media.partition('/')[0]}/*", "*/*")
    return next((taken[one] for one in ranges if one in taken), 0.0)


def _weights(asked: str) -> dict[str, float]:
    """Each range with its weight; other parameters than `q` are passed over."""
    found = {}
    for one in asked.split(","):
        range, *parameters = (part.strip().casefold() for part in one.split(";"))
        if range:
            found[range] = next((_number(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
    return found


def _number(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0  # what can't be read asks for nothing
