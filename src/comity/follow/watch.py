"""The watch: reports to every subscription what is new since its last report, once, and resumes after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from comity.errors import ComityError
from comity.follow import output_files
from comity.follow.digest import digest
from comity.follow.feed import feed
from comity.follow.formats import atom, json_feed
from comity.follow.links import feed_of
from comity.follow.mail import mail
from comity.follow.state import Progress, WatchState, state
from comity.follow.subscriptions import Subscription, Subscriptions
from comity.ledger import View
from comity.query.news import claims, moments, news, said
from comity.sources.folders import home

FILE = "watch.sqlite"


@dataclass(frozen=True, slots=True)
class WatchResult:
    """The outcome of one subscription: what was done, or why it failed."""

    name: str
    done: str
    failed: bool = False


def watch(view: View, settings: Subscriptions, place: Path | None = None) -> Iterator[WatchResult]:
    """Run every subscription once; the failure of one is reported, and does not stop the others.

    A mail is stored in the state before it is delivered and removed after: if a run is stopped in between, the mail is
    delivered again, under the same Message-ID. Raises `MailError` when another watch is running.
    """
    with state(place or home() / FILE) as store:
        for subscription in settings.entries:
            try:
                yield WatchResult(subscription.name, _run(view, settings, subscription, store))
            except ComityError as error:
                yield WatchResult(subscription.name, str(error), failed=True)


def _run(view: View, settings: Subscriptions, subscription: Subscription, store: WatchState) -> str:
    if subscription.feed:
        return _publish(view, settings, subscription.feed, subscription)
    path = feed_of(subscription.scope)
    progress = store.progress(subscription.name, path)
    resumed = progress is not None and progress.mail is not None
    if progress is not None and progress.mail is not None:
        _deliver(progress.mail, settings, subscription)
        progress = Progress(progress.next)
        store.keep(subscription.name, path, progress)
    known = _known(view, subscription) if progress is None else progress.known
    now = frozenset(said(claim) for claim in claims(view, subscription.scope))
    news_digest = digest(
        news(view, subscription.scope, lambda claim: said(claim) in known),
        subscription.scope,
        None if progress else subscription.since,
        settings.base,
    )
    if news_digest is not None:
        message = mail(news_digest, settings.sender, subscription.to or settings.sender).as_bytes()
        store.keep(subscription.name, path, Progress(known, message, now))
        _deliver(message, settings, subscription)
    store.keep(subscription.name, path, Progress(now))
    again = "a pending mail was delivered; " if resumed else ""
    nothing = "news from now on" if progress is None and not subscription.since else "nothing new"
    return f"{again}{news_digest.subject if news_digest else nothing}"


def _publish(view: View, settings: Subscriptions, file: Path, subscription: Subscription) -> str:
    """Write a feed's file, if anything in it changed."""
    document = feed(view, subscription.scope, settings.base)
    data = json_feed(document) if file.suffix == ".json" else atom(document)
    return f"{len(document.entries)} entries in {file}" if output_files.write(data, file) else "nothing new"


def _known(view: View, subscription: Subscription) -> frozenset[str]:
    """The statements that the reader of a new subscription knows: all, or those known by its day `since`."""
    stored = list(claims(view, subscription.scope))
    if subscription.since is None:
        return frozenset(map(said, stored))
    known = moments(view, stored)
    return frozenset(said(claim) for claim in stored if known[claim.id].date() <= subscription.since.latest)


def _deliver(data: bytes, settings: Subscriptions, subscription: Subscription) -> None:
    """Deliver a mail to the place of a subscription. Raises `MailError` when it is refused."""
    message = message_from_bytes(data, EmailMessage, policy=policy.SMTP)
    if subscription.folder:
        output_files.put(message, subscription.folder)
    elif subscription.mbox:
        output_files.append(message, subscription.mbox)
    elif settings.server:
        settings.server.send(message)
