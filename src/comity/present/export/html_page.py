"""Briefs and timelines as self-contained pages of HTML: the style for light, dark and print is inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from comity import __version__
from comity.present.brief import Item, Section, Written
from comity.present.english import both, day
from comity.present.html import inline
from comity.present.inline import plain
from comity.present.notes import Note, Notes
from comity.query.timeline import Timeline

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Makes the browser enforce that the page loads nothing and runs no script."""


def page(brief: Written) -> str:
    """The whole page; the words of claims are escaped.

    >>> "<h1>Peru &amp; &lt;b&gt;</h1>" in page(Written("Peru & <b>", "As of 1850.", (), (), ()))
    True
    """
    return _page(f"{brief.title}. {brief.as_of}", article(brief))


def timeline(timeline: Timeline) -> str:
    """A timeline as a whole page."""
    first, second = timeline.pair.polities
    title = f"{both(first.id, second.id)}: timeline"
    return _page(title, timetable(timeline, title))


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="generator" content="comity {__version__}">\n'
        f"<title>{escape(plain(title))}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def article(brief: Written) -> str:
    """The brief as an element for any page."""
    return "\n".join(
        (
            '<article class="comity">',
            f"<header>\n<h1>{inline(brief.title)}</h1>\n<p>{inline(brief.as_of)}</p>",
            *(f'<p class="remark">{inline(remark)}</p>' for remark in brief.remarks),
            "</header>",
            *map(_section, brief.sections),
            *_notes(brief.notes),
            "</article>",
        )
    )


def timetable(timeline: Timeline, title: str) -> str:
    """A timeline as an element for any page: a table of dates and sentences, and its notes."""
    notes = Notes()
    rows = [
        f"<tr><td>{escape(day(event.when)) if event.when else 'undated'}</td><td>{inline(notes.tell(event))}</td></tr>"
        for event in timeline.events
    ]
    head = '<thead><tr><th scope="col">When</th><th scope="col">What</th></tr></thead>'
    lines = (
        '<article class="comity">',
        f"<header>\n<h1>{inline(title)}</h1>",
        *(f'<p class="remark">{inline(choice)}.</p>' for choice in timeline.pair.choices),
        f"</header>\n<table>\n{head}\n<tbody>",
        *rows,
        "</tbody>\n</table>",
        *_notes(notes),
        "</article>",
    )
    return "\n".join(lines)


def _section(section: Section) -> str:
    """A section with its items; nested ones are a list within the item before them."""
    lines = "\n".join(_items(section.items))
    return f'<section id="{section.slug}">\n<h2>{inline(section.title)}</h2>\n<ul>\n{lines}\n</ul>\n</section>'


def _items(items: Iterable[Item]) -> Iterator[str]:
    """The items, one line each: nested items form an inner list."""
    inner = begun = False
    for item in items:
        if item.nested and begun and not inner:
            yield "<ul>"
        elif begun and inner and not item.nested:
            yield "</li>\n</ul>\n</li>"
        elif begun:
            yield "</li>"
        inner, begun = item.nested and begun, True
        yield f"<li>{inline(item.text)}"
    yield "</li>\n</ul>\n</li>" if inner else "</li>"


def _notes(notes: Iterable[Note]) -> Iterator[str]:
    items = [f'<li id="note-{note.number}">{inline(note.told())}</li>' for note in notes]
    if items:
        yield '<section id="notes">\n<h2>Notes</h2>\n<ol>'
        yield from items
        yield "</ol>\n</section>"


@cache
def _style() -> str:
    return (files("comity.present.export") / "brief.css").read_text("utf-8")
