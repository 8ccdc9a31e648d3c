"""A digest: what came to be known, as the text and the HTML of one mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import fill, shorten

from comity.follow.entry import id_of, items_of
from comity.follow.links import page_of, title_of, urn
from comity.model import When
from comity.present.changes import alone, headline, status, told_of
from comity.present.english import day, the
from comity.present.html import inline
from comity.present.inline import Line, plain
from comity.present.notes import Notes
from comity.query.diff import Diff
from comity.query.news import Scope
from comity.relations.wording import listed

_WIDTH = 72  # characters of a line of a mail's text
_LIMIT = 100  # items in one mail; the linked pages have all of them
_STYLES = {
    "body": "margin:0;padding:1.5rem;background:#ffffff;color:#1a1a1a;font:16px/1.5 Georgia,'Times New Roman',serif",
    "div": "max-width:38rem;margin:0 auto",
    "h1": "font-size:1.4rem;line-height:1.25;margin:0 0 .5rem",
    "h2": "font-size:1.1rem;line-height:1.3;margin:1.75rem 0 .5rem",
    "p": "margin:0 0 .6rem",
    "ul": "margin:0;padding:0 0 0 1.2rem",
    "ol": "margin:0;padding:0 0 0 1.8rem;color:#4a4a4a;font-size:.85rem;overflow-wrap:anywhere",
    "li": "margin:0 0 .5rem",
    "a": "color:#1f4e79",
}


@dataclass(frozen=True, slots=True)
class DigestPart:
    """The news about one set of parties, each item in one or more lines."""

    title: str
    path: str
    status: str
    items: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The content of a mail. The `id` is the same for the same news about the same scope."""

    id: str
    subject: str
    text: str
    html: str


def digest(diff: Diff, scope: Scope, since: When | None, base: str) -> Digest | None:
    """The digest of the news about a scope since a date, else since the last mail; None without news.

    `base` is the address of the pages that it links to.
    """
    items = [item for changes in diff.changes for item in items_of(changes)]
    if not items:
        return None
    notes = Notes()
    title = f"{title_of(scope)}: {len(items):,} {'thing' if len(items) == 1 else 'things'} came to be known"
    lead = f"What came to be known since {day(since) if since else 'the last mail'}."
    if len(items) > _LIMIT:
        lead += f" The first {_LIMIT} of them are listed here, the others on the pages."
    parts = tuple(_parts(diff, notes))
    places = [(note.told(), f"{base}/claims/{note.claims[0]}") for note in notes]
    subject = f"{title_of(scope)}: {headline(items[0])}" if len(items) == 1 else title
    return Digest(
        id=urn("digest", title_of(scope), *sorted(id_of(item) for item in items)),
        subject=shorten(subject, 150, placeholder=" …"),
        text="\n".join(_text(title, lead, parts, places, base)),
        html="\n".join(_html(title, lead, parts, places, base)),
    )


def _parts(diff: Diff, notes: Notes) -> Iterator[DigestPart]:
    left = _LIMIT
    for changes in diff.changes:
        items = items_of(changes)[:left]
        left -= len(items)
        if items:
            lines = tuple(tuple(told_of(item, notes.tell)) for item in items)
            title = listed(the(id) for id in sorted(changes.parties))
            yield DigestPart(f"{title[0].upper()}{title[1:]}", page_of(changes.parties), status(changes), lines)


def _text(
    title: str, lead: str, parts: tuple[DigestPart, ...], places: list[tuple[Line, str]], base: str
) -> Iterator[str]:
    """The digest as plain text, wrapped; each address is on a line of its own, unbroken."""
    yield from (title, "-" * min(len(title), _WIDTH), "", fill(lead, _WIDTH))
    for part in parts:
        yield from ("", part.title, "-" * min(len(part.title), _WIDTH), f"{base}{part.path}", "")
        if part.status:
            yield from (_wrapped(alone(part.status) + "."), "")
        for first, *others in part.items:
            yield _wrapped(alone(plain(first)), "- ")
            yield from (_wrapped(plain(line), "  ") for line in others)
    yield from ("", "Sources", "-------")
    for number, (place, address) in enumerate(places, 1):
        yield _wrapped(plain(place), f"[{number}] ")
        yield f"    {address}"
    yield from ("", "-- ", f"comity, {base}", "")


def _wrapped(text: str, begin: str = "") -> str:
    return fill(
        text, _WIDTH, initial_indent=begin, subsequent_indent=" " * len(begin), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _html(
    title: str, lead: str, parts: tuple[DigestPart, ...], places: list[tuple[Line, str]], base: str
) -> Iterator[str]:
    """The digest as a page that loads nothing from elsewhere: claims escaped, styles inline."""
    yield f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    yield f"{_open('body')}{_open('div')}{_open('h1')}{escape(title)}</h1>{_open('p')}{escape(lead)}</p>"
    for part in parts:
        yield f"{_open('h2')}{_link(base + part.path, escape(part.title))}</h2>"
        if part.status:
            yield f"{_open('p')}<strong>{escape(alone(part.status))}.</strong></p>"
        yield _open("ul")
        for first, *others in part.items:
            yield f"{_open('li')}{'<br>'.join(_line(line) for line in (first.begun(alone), *others))}</li>"
        yield "</ul>"
    yield f"{_open('h2')}Sources</h2>{_open('ol')}"
    for number, (place, address) in enumerate(places, 1):
        yield f'<li id="note-{number}" style="{_STYLES["li"]}">{_link(address, inline(place))}</li>'
    yield f"</ol>{_open('p')}{_link(base, 'comity')}</p></div></body></html>"


def _line(line: Line) -> str:
    """A line with its notes in brackets: a mail has no style sheet for them."""
    return inline(line, lambda number: _link(f"#note-{number}", f"[{number}]"))


def _open(tag: str) -> str:
    return f'<{tag} style="{_STYLES[tag]}">'


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}" style="{_STYLES["a"]}">{words}</a>'
