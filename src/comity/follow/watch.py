"""The watch: tells every subscription what is new since it last did, once, and goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from comity.errors import ComityError
from comity.follow import files
from comity.follow.digest import digest
from comity.follow.feed import feed
from comity.follow.formats import atom, json_feed
from comity.follow.links import feed_of
from comity.follow.mail import mail
from comity.follow.state import State, Told, state
from comity.follow.subscriptions import Subscription, Subscriptions
from comity.ledger import View
from comity.query.news import claims, moments, news, said
from comity.sources.home import home

FILE = "watch.sqlite"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one subscription: what was done, or why it could not be."""

    name: str
    done: str
    failed: bool = False


def watch(view: View, asked: Subscriptions, place: Path | None = None) -> Iterator[Outcome]:
    """Run every subscription once; one that fails is told of, and does not keep the others.

    A mail is kept in the state before it is handed over and taken out after: what was stopped in between is handed over
    again, under the same Message-ID. Raises `MailError` when another watch is at work.
    """
    with state(place or home() / FILE) as kept:
        for one in asked.held:
            try:
                yield Outcome(one.name, _run(view, asked, one, kept))
            except ComityError as error:
                yield Outcome(one.name, str(error), failed=True)


def _run(view: View, asked: Subscriptions, one: Subscription, kept: State) -> str:
    if one.feed:
        return _publish(view, asked, one.feed, one)
    path = feed_of(one.scope)
    told = kept.told(one.name, path)
    resumed = told is not None and told.mail is not None
    if told is not None and told.mail is not None:
        _hand_over(told.mail, asked, one)
        told = Told(told.next)
        kept.keep(one.name, path, told)
    known = _known(view, one) if told is None else told.said
    now = frozenset(said(claim) for claim in claims(view, one.scope))
    found = digest(
        news(view, one.scope, lambda claim: said(claim) in known), one.scope, None if told else one.since, asked.base
    )
    if found is not None:
        made = mail(found, asked.sender, one.to or asked.sender).as_bytes()
        kept.keep(one.name, path, Told(known, made, now))
        _hand_over(made, asked, one)
    kept.keep(one.name, path, Told(now))
    again = "what was on its way is handed over; " if resumed else ""
    nothing = "what comes to be known from now on" if told is None and not one.since else "nothing new"
    return f"{again}{found.subject if found else nothing}"


def _publish(view: View, asked: Subscriptions, file: Path, one: Subscription) -> str:
    """Write a feed's file, if anything in it changed."""
    made = feed(view, one.scope, asked.base)
    data = json_feed(made) if file.suffix == ".json" else atom(made)
    return f"{len(made.entries)} entries in {file}" if files.write(data, file) else "nothing new"


def _known(view: View, one: Subscription) -> frozenset[str]:
    """What the reader of a new subscription is taken to know: all, or what was known by the day that it gives."""
    held = list(claims(view, one.scope))
    if one.since is None:
        return frozenset(map(said, held))
    known = moments(view, held)
    return frozenset(said(claim) for claim in held if known[claim.id].date() <= one.since.latest)


def _hand_over(data: bytes, asked: Subscriptions, one: Subscription) -> None:
    """Hand a mail over to where a subscription is told. Raises `MailError` when it is not taken."""
    made = message_from_bytes(data, EmailMessage, policy=policy.SMTP)
    if one.folder:
        files.put(made, one.folder)
    elif one.mbox:
        files.append(made, one.mbox)
    elif asked.server:
        asked.server.send(made)
