"""Sentences of who ruled, how governments changed, and strife within a state."""

from __future__ import annotations

from comity.present.words import day, on, the
from comity.reconcile.events import Event

# what became of a person, or of a body of government, by the kind of the change
_DONE = {
    "election": "was elected in {where}",
    "inauguration": "took office in {where}",
    "interim": "took office in {where}",
    "accession": "came to power in {where}",
    "resignation": "of {where} resigned",
    "abdication": "of {where} abdicated",
    "assassination": "of {where} was assassinated",
    "overthrow": "of {where} was overthrown",
}
_UPHEAVALS = ("coup", "revolution")


def leader(event: Event) -> str:
    """A person's time in office, as far as it is told."""
    return f"{event.label or 'a person'} was {event.kind or 'leader'} of {the(event.subject)}{lasting(event)}"


def government(event: Event) -> str:
    """How a government changed.

    >>> from comity.model import Claim, When
    >>> def told(kind, label):
    ...     claim = Claim("chile", "government-change", kind=kind, label=label, when=When.parse("1970"))
    ...     return government(Event("government-change", "chile", None, claim.when, (claim,)))
    >>> told("election", "Salvador Allende")
    'Salvador Allende was elected in Chile in 1970'
    >>> told("interim", "interim government")
    'an interim government took office in Chile in 1970'
    >>> told("coup", "Salvador Allende")
    'there was a coup in Chile (Salvador Allende) in 1970'
    """
    where, kind, label = the(event.subject), event.kind or "change", event.label or ""
    if kind == "republic":
        return f"{where} became a republic{on(event.when)}"
    if label.endswith("Revolution"):
        return f"the {label} took place in {where}{on(event.when)}"
    if kind not in _DONE:
        what = f"a {kind}" if kind in _UPHEAVALS else f"a change of government ({kind})"
        about = f" ({label})" if label and label != kind else ""
        return f"there was {what} in {where}{about}{on(event.when)}"
    return f"{_who(label)} {_DONE[kind].format(where=where)}{on(event.when)}"


def insurgency(event: Event) -> str:
    """That a state was fought by others than states, by whom or over what, and who sent troops."""
    who = f" ({event.label})" if event.label else ""
    if not event.kind:
        return f"there was an insurgency in {the(event.subject)}{who}{on(event.when)}"
    helped = "".join(f"; {one.name} {one.role}" for one in event.claims[0].participants)
    return (
        f"{the(event.subject)} was in armed conflict with others than states {event.kind}{on(event.when)}{who}{helped}"
    )


def capital(event: Event) -> str:
    """Which city a source lists as a state's capital, and when."""
    return f"{event.label or 'a city'} was listed as the capital of {the(event.subject)}{on(event.when)}"


def lasting(event: Event) -> str:
    """The time that something lasted, or the date on which it was so."""
    return f" {day(event.when)}" if event.when and event.when.is_interval else on(event.when)


def _who(label: str) -> str:
    """A person by name, a body of government with its article."""
    if not label:
        return "a government"
    article = "an" if label[0] in "aeiou" else "a"
    return f"{article} {label}" if label[0].islower() else label
