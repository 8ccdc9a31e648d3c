"""Wars, disputes, rivalries and borders of two states, a sentence each."""

from __future__ import annotations

from comity.present.words import on, the, titled
from comity.reconcile.events import Event


def war(event: Event) -> str:
    """A war by its name, where it has one; of a war of many, that the two were on opposed sides of it."""
    both = _both(event)
    if event.relation == "war.ended":
        name = f" ({titled(event.label)})" if event.label else ""
        return f"war between {both} ended{on(event.when)}{name}"
    if event.kind == "on opposed sides":
        return f"{both} were on opposed sides of {titled(event.label) if event.label else 'a war'}{on(event.when)}"
    if event.label:
        return f"{both} fought {titled(event.label)}{on(event.when)}"
    return f"{both} {'were at' if _lasted(event) else 'went to'} war{on(event.when)}"


def dispute(event: Event) -> str:
    """A dispute, how far it went, and its name or number."""
    if _lasted(event):
        return f"{_both(event)} were in dispute{on(event.when)}{_in_brackets(event)}"
    return f"{_both(event)} had a dispute{_in_brackets(event)}{on(event.when)}"


def rivalry(event: Event) -> str:
    """A rivalry, and over what."""
    return f"{_both(event)} were strategic rivals{on(event.when)}{_in_brackets(event)}"


def contiguity(event: Event) -> str:
    """A border, or the water between the two."""
    kind = event.kind or "border"
    if kind.endswith("of water"):
        return f"no more than {kind} lay between {_both(event)}{on(event.when)}"
    return f"{_both(event)} had a {kind}{on(event.when)}"


def _both(event: Event) -> str:
    return f"{the(event.subject)} and {the(event.object)}"


def _lasted(event: Event) -> bool:
    return event.when is not None and event.when.is_interval


def _in_brackets(event: Event) -> str:
    """An event's kind and label, after it."""
    told = "; ".join(part for part in (event.kind, event.label) if part)
    return f" ({told})" if told else ""
