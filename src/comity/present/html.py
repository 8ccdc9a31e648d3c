"""A line as HTML: every word is escaped, and each style has a tag; notes become links."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from comity.present.inline import Part, Style, Words, printed
from comity.present.visible import seen

_TAGS = {
    Style.WORDS: "{}",
    Style.STRONG: "<strong>{}</strong>",
    Style.EMPHASIS: "<cite>{}</cite>",
    Style.CODE: "<code>{}</code>",
}


def note(number: str) -> str:
    """A link to `#note-n`."""
    return f'<a class="note" href="#note-{number}">{number}</a>'


def inline(words: Words, note: Callable[[str], str] = note) -> str:
    """A line as HTML for any element; `note` prints the number of a note.

    >>> from comity.present.inline import noted, strong
    >>> inline(strong("Peru") + " & <b>" + noted([2]))
    '<strong>Peru</strong> &amp; &lt;b&gt; <a class="note" href="#note-2">2</a>'
    """

    def tags(part: Part) -> str:
        return note(part.text) if part.style is Style.NOTE else _TAGS[part.style].format(escape(seen(part.text)))

    return printed(words, tags)
