"""Texts that try to be more than text, and claims made of them: what must be inert wherever claims are shown."""

from __future__ import annotations

from comity.model import Claim, Participant, Published, PublishedBasis, Source, Span, When

RAN = "comityRan"
"""The property of a page's window that hostile text sets when it runs as a script."""
_RUN = f"window.{RAN}=1;alert(1)"
HOSTILE: tuple[str, ...] = (
    f"<script>{_RUN}</script>",
    f"</title></textarea></script><script>{_RUN}</script>",
    f'"><img src=x onerror="{_RUN}">',
    f"' onmouseover='{_RUN}' autofocus onfocus='{_RUN}",
    f"<svg onload={_RUN}><details open ontoggle={_RUN}>",
    f"javascript:{_RUN}",
    f"[a link](javascript:{_RUN}) <a href='javascript:{_RUN}'>x</a>",
    f"{{{{ 7 * 7 }}}}{{% raw %}}${{{_RUN}}}",
    "<style>body{display:none}</style><meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<iframe src=https://example.org/></iframe><base href=https://example.org/>",
    "Treaty \u202egnidnib ton\u202c of \u2066peace\u2069\u200f",
    "a\0b\x07c\x1b[31md\x9be\u2028f\ufffe",
    '=HYPERLINK("https://example.org/","peace")',
    "+1+1", "-1+1", "@SUM(A1)", "\t=1+1",
    "\r=1+1", "\uff1d1+1",
    "# Forged\n\n> quoted\r\n1. item\u2028---\n```\nfence",
    f"a` <script>{_RUN}</script> `b ``c",
    "**bold** _so_ ~~not~~ &lt;b&gt; [bold red]rich[/] [link=https://example.org/]x[/link]",
    "\r\nBEGIN:VEVENT\r\nSUMMARY:forged\r\nEND:VEVENT\r\nBcc: other@example.org\r\n\r\nbody",
    "}, title = {forged}, \\input{x} % ~ ^ $x_1$ # & {",
    "]]></content><!-- &#106;avascript:1 -->",
    "".join(map(chr, range(0xE000, 0xE010))),
    "peace\U000e0066\U000e006f\U000e0072\U000e0067\U000e0065\U000e0064\ufeff\u2062",
    "Friendship" * 80,
)  # fmt: skip
"""Scripts, handlers, addresses that run, templates, marks of direction, control characters, formulas, marks of
Markdown, of a terminal's library, of calendars, mails and bibliographies, characters of private use, hidden letters, a
long word.
"""


def claims(one: str, other: str) -> list[Claim]:
    """For each hostile text claims of two polities that have it wherever a claim holds words, or as their source."""
    return [
        Claim(
            one, relation, other, label=text, kind=text, participants=(Participant("envoy", text, text),),
            when=When.parse(f"{1900 + number}"), source="a page", locator=text, published=_PUBLISHED, reason=text,
            document=text, span=Span(0, len(text)), quote=text,
        )
        for number, text in enumerate(HOSTILE)
        for relation in ("agreement.signed", "visit", "mission.opened")
    ] + [
        Claim(one, "recognition", other, when=When.parse(f"19{number:02}"), source=text, locator=text, reason=text)
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip


_PUBLISHED = Published(When.parse("2001"), PublishedBasis.GIVEN)

ALL = "\n".join(HOSTILE)
SOURCE = Source("bad", ALL, ALL, ALL, ALL, "f3c5354abc", "2000-01-01", homepage=HOSTILE[5], references=(ALL,))
WORK = Claim("peru", "publication", "iceland", label=ALL, when=When.parse("1999"), source=SOURCE.edition, locator=ALL)
"""A claim of a source that is hostile in all that is told of it."""
CLAIMS = (*claims("peru", "iceland"), WORK)
