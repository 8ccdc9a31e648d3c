"""Sentences for ties, works and those who had a part: alliance, membership, cooperation, assistance, pledges."""

from __future__ import annotations

from collections.abc import Callable

from comity.present.words import amount, listed, on, the, titled
from comity.reconcile.events import Event


def _alliance(event: Event) -> str:
    name = f" ({event.label})" if event.label else ""
    how = f"bound by an alliance treaty ({event.kind})" if event.kind else "allied"
    be = "were" if event.when else "have been"
    return f"{the(event.subject)} and {the(event.object)} {be} {how}{on(event.when)}{name}"


def _membership(event: Event) -> str:
    of = the(event.object) if event.object else titled(event.label or "an organization")
    verb = "became" if event.when else "is or was"
    return f"{the(event.subject)} {verb} a member of {of}{on(event.when)}"


def _shared(event: Event) -> str:
    verb = "were" if event.when else "have been"
    claim = event.claims[0]
    many = amount(claim) or "the same organizations"
    many = many.removesuffix("s") if claim.value == 1 else many
    return f"{the(event.subject)} and {the(event.object)} {verb} both full members of {many}{on(event.when)}"


def _cooperation(event: Event) -> str:
    verb = "cooperated" if event.when else "have cooperated"
    about = f" {_about(event.label)}" if event.label else ""
    return f"{the(event.subject)} and {the(event.object)} {verb}{about}{on(event.when)}"


def _about(label: str) -> str:
    """What it was on, with the "on" that words such as "against terrorism" don't take."""
    if label.startswith(("against ", "in ", "to ")):
        return label
    return f"{'in' if label.startswith('joint ') else 'on'} {label}"


def _assistance(event: Event) -> str:
    given = amount(event.claims[0])
    kind = event.kind or "assistance"
    aid = (
        f"{given} of {kind}" if given else kind if kind.endswith(("s", "aid", "assistance", "relief")) else f"a {kind}"
    )
    verb = "gave" if event.when else "has given"
    purpose = f", for {event.label}" if event.label else ""
    return f"{the(event.subject)} {verb} {the(event.object)} {aid}{on(event.when)}{purpose}{_by(event, 'funder')}"


def _commitment(event: Event) -> str:
    verb = "committed itself" if event.when else "has committed itself"
    other = f" to {the(event.object)}" if event.object else ""
    what = event.label or "an undertaking"
    return f"{the(event.subject)} {verb}{other}{on(event.when)}{',' if other or event.when else ''} to {what}"


def _negotiation(event: Event) -> str:
    verb = "negotiated" if event.when else "have negotiated"
    return (
        f"{the(event.subject)} and {the(event.object)} {verb} {titled(event.label or 'an agreement')}{on(event.when)}"
    )


def _actor(event: Event) -> str:
    role = f", {event.kind}," if event.kind else ""
    who = f"{event.label or 'somebody'} of {the(event.subject)}{role}"
    return f"{who} had a part in the relations with {the(event.object)}{on(event.when)}"


def _publication(event: Event) -> str:
    about = listed(the(id) for id in (event.subject, event.object) if id)
    issued = f", published{on(event.when)}" if event.when else ""
    return f"{event.label or 'a work'} is a work about {about}{issued}{_by(event, 'publisher')}"


def _by(event: Event, role: str) -> str:
    """Those with a role, in brackets: (funders: INL and USAID)."""
    names = [p.name for p in event.claims[0].participants if p.role == role]
    return f" ({role}{'s' if len(names) > 1 else ''}: {listed(names)})" if names else ""


TELLERS: dict[str, Callable[[Event], str]] = {
    "alliance": _alliance,
    "membership": _membership,
    "membership.shared": _shared,
    "cooperation": _cooperation,
    "assistance": _assistance,
    "commitment": _commitment,
    "negotiation": _negotiation,
    "actor": _actor,
    "publication": _publication,
}
