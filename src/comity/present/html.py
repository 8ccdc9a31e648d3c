"""Marked text as HTML: all of it is escaped except our marks; notes become links."""

from __future__ import annotations

from html import escape

from comity.present.marks import CODE, EMPHASIS, NUMBER, STRONG, replaced
from comity.present.visible import seen

_TAGS = {
    STRONG[0]: "<strong>", STRONG[1]: "</strong>", EMPHASIS[0]: "<cite>", EMPHASIS[1]: "</cite>",
    CODE[0]: "<code>", CODE[1]: "</code>",
}  # fmt: skip


def inline(text: str) -> str:
    """Marked text as HTML for any element; a note's number is a link to `#note-n`.

    >>> from comity.present.marks import noted, strong
    >>> inline(f"{strong('Peru')} & <b>{noted([2])}")
    '<strong>Peru</strong> &amp; &lt;b&gt; <a class="note" href="#note-2">2</a>'
    """
    tagged = replaced(escape(seen(text)), _TAGS)
    return NUMBER.sub(r'<a class="note" href="#note-\1">\1</a>', tagged)
