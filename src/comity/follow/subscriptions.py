"""Subscriptions: what is followed and where news goes, from a small TOML file that is checked as it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.errors import BadSettings, ComityError
from comity.follow.links import LOCAL
from comity.follow.mail import SENDER, address
from comity.follow.smtp import Server
from comity.model import When
from comity.query.news import Scope
from comity.settings import toml
from comity.sources.folders import expanded, home

FILE = "subscriptions.toml"
_WHOLE = {"from", "smtp", "base_url", "subscription"}
_SCOPES = ("pair", "polity", "topic")
_PLACES = ("to", "folder", "mbox", "feed")
_KEYS = {"name", "since", *_SCOPES, *_PLACES}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_SERVER = 'smtp = "starttls://USER@HOST"'
_FEEDS = (".atom", ".xml", ".json")


@dataclass(frozen=True, slots=True)
class Subscription:
    """What is followed, under a unique name, and the one place where its news goes.

    `since` is the day after which a new subscription reports news; without it, from its first run on.
    """

    name: str
    scope: Scope
    since: When | None = None
    to: str | None = None
    folder: Path | None = None
    mbox: Path | None = None
    feed: Path | None = None


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The content of a file: the sender, the mail server, the address of links, and the subscriptions."""

    sender: str
    server: Server | None
    base: str
    entries: tuple[Subscription, ...]


def subscriptions(file: Path | None = None) -> Subscriptions:
    """The subscriptions of a file, by default `subscriptions.toml` in `COMITY_HOME`.

    Raises `BadSettings`, naming the file, the subscription and what was expected, for any mistake.
    """
    place = file or home() / FILE
    if not place.exists():
        raise BadSettings(f"there is no {place}; docs/following.md shows what to write there", offender=place)
    return _checked(toml(place), place)


def _checked(settings: Mapping[str, Any], file: Path) -> Subscriptions:
    _known(settings, _WHOLE, str(file))
    tables = settings.get("subscription")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadSettings(f"{file}: expected a table headed [[subscription]], or more of them", offender=file)
    sender, smtp = _text(settings, "from", str(file)) or SENDER, _text(settings, "smtp", str(file))
    with _located(f"{file}: from"):
        address(sender)
    with _located(f"{file}: smtp"):
        server = Server.of(smtp) if smtp else None
    entries = tuple(
        _subscription(table, f"{file}: {_label(table, number)}", file) for number, table in enumerate(tables, 1)
    )
    for subscription in entries:
        if sum(rival.name == subscription.name for rival in entries) > 1:
            raise BadSettings(
                f'{file}: "{subscription.name}" is the name of two subscriptions; expected one', offender=file
            )
        if subscription.to and server is None:
            raise BadSettings(
                f'{file}: "{subscription.name}" has a mail address; expected a server, as {_SERVER}', offender=file
            )
    return Subscriptions(sender, server, (_text(settings, "base_url", str(file)) or LOCAL).rstrip("/"), entries)


def _label(table: Mapping[str, Any], number: int) -> str:
    """A subscription in messages: its number in the file, and its name."""
    return f"subscription {number}" + (f' ("{table["name"]}")' if "name" in table else "")


def _subscription(table: Mapping[str, Any], where: str, file: Path) -> Subscription:
    """One subscription; paths are relative to the file's folder."""
    _known(table, _KEYS, where)
    name = _text(table, "name", where) or ""
    if not _NAME.fullmatch(name):
        raise BadSettings(f'{where}: expected lower-case letters, digits and hyphens, as name = "peru"', offender=name)
    since, place = _text(table, "since", where), _only(table, _PLACES, where)
    with _located(where):
        when = When.parse(since) if since else None
        if place == "to":
            address(_text(table, "to", where) or "")
        scope = _scope(table, where)
    destination: Any = _text(table, place, where)
    if place != "to":
        destination = file.parent / expanded(destination, where)
    if place == "feed" and destination.suffix not in _FEEDS:
        raise BadSettings(
            f"{where}: expected a feed that ends in {', '.join(_FEEDS)}, not {destination.name}", offender=destination
        )
    return Subscription(name, scope, when, **{place: destination})


def _scope(table: Mapping[str, Any], where: str) -> Scope:
    kind = _only(table, _SCOPES, where)
    if kind == "pair":
        pair = table["pair"]
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(name, str) for name in pair):
            raise BadSettings(f'{where}: expected two polities, as pair = ["Peru", "Chile"]', offender=pair)
        return Scope.of(pair)
    words = _text(table, kind, where) or ""
    return Scope.of([words]) if kind == "polity" else Scope.of([], words)


def _only(table: Mapping[str, Any], names: tuple[str, ...], where: str) -> str:
    """The only one of some keys in a table."""
    present = [name for name in names if name in table]
    if len(present) != 1:
        listing = " and ".join(present) or "none"
        raise BadSettings(f"{where}: expected one of {', '.join(names)}, found {listing}", offender=table)
    return present[0]


def _text(table: Mapping[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise BadSettings(f'{where}: expected words in quotes, as {key} = "…"', offender=value)
    return value


def _known(table: Mapping[str, Any], keys: set[str], where: str) -> None:
    if odd := sorted(table.keys() - keys):
        raise BadSettings(f'{where}: "{odd[0]}" is not a setting; expected {", ".join(sorted(keys))}', offender=odd)


@contextmanager
def _located(where: str) -> Iterator[None]:
    """Puts the place before the error of a name, date, address or server."""
    try:
        yield
    except BadSettings:
        raise
    except ComityError as error:
        raise BadSettings(f"{where}: {error}", offender=error.offender) from error
