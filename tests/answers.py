"""What tests of answers share: the embedded ledger read once, briefs in parts, and claims to make up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from comity.ledger import View
from comity.ledger.open import embedded
from comity.model import Claim, Participant, When
from comity.present.brief import brief
from comity.query.dossier import Dossier, dossier
from comity.reconcile.events import Event, gather

US = "United States"
NOTE = re.compile(r"\[(\d+)\]")
ID = re.compile(r"[0-9a-f]{32}")


@cache
def shipped() -> View:
    """The ledger that comes with comity."""
    return View(embedded())


@cache
def asked(one: str, other: str = US, as_of: str | None = None) -> Dossier:
    """The dossier of a pair from the embedded ledger."""
    return dossier(shipped(), one, other, When.parse(as_of) if as_of else None)


@cache
def written(one: str, other: str = US, as_of: str | None = None) -> str:
    """The same as a brief."""
    return brief(asked(one, other, as_of))


def events_of(told: Any) -> Iterator[Any]:
    """Every event in the JSON of an answer, wherever it stands."""
    if isinstance(told, dict) and "sentence" in told:
        yield told
    for each in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from events_of(each)


def sections(text: str) -> dict[str, list[str]]:
    """The lines of a brief by section, the head's under its own name, empty ones left out."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    found = {"": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))
    return {title: [line for line in body.splitlines() if line.strip()] for title, body in found.items()}


def line_with(lines: list[str], *words: str) -> str:
    """The one line that holds all the words."""
    held = [line for line in lines if all(word in line for word in words)]
    assert len(held) == 1, (words, held or lines)
    return held[0]


def noted(text: str, line: str) -> list[str]:
    """The notes that a line's marks name."""
    notes = dict(one.split(". ", 1) for one in sections(text)["Notes"])
    return [notes[number] for number in NOTE.findall(line)]


def ids(value: Any) -> Iterator[str]:
    """The ids of claims that events and conflicts of a JSON value name, at any depth."""
    if isinstance(value, list):
        for one in value:
            yield from ids(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in ("claims", "support") and isinstance(one, list):
                yield from one
            else:
                yield from ids(one)


def claim(relation: str, when: str | None = None, subject: str = "peru", object: str = "chile", **fields: Any) -> Claim:
    """A claim of a made-up guide, dated as given; `envoy` names who took part."""
    if envoy := fields.pop("envoy", None):
        fields["participants"] = (Participant("envoy", envoy),)
    fields = {"source": "guide@1", "locator": f"{relation} {when}"} | fields
    return Claim(subject, relation, object, when=When.parse(when) if when else None, **fields)


def events(*told: Claim) -> list[Event]:
    """What claims tell of."""
    return gather(told)
