"""Documents that nobody would write: random letters, broken markup, controls, many languages, with phrases between."""

from __future__ import annotations

from hypothesis import strategies as st

from comity.model import Document, Published, PublishedBasis, When

PARTIES = (
    "Peru", "Chile", "the Chilean Government", "the two countries", "both governments", "Lima",
    "Washington", "U.S.",
    "President Garcia", "James B. Thornton", "Côte d’Ivoire", "the Austro-Prussian War",
    "Sendero Luminoso", "he", "it",
)  # fmt: skip
DOINGS = (
    "recognized", "signed a Treaty (PTPA) with", "broke diplomatic relations with", "was never recognized by",
    "raised its Legation to an Embassy in", "will join", "claimed that", "exported $9 billion to",
    "declared war on",
    "presented his credentials to", "established diplomatic relations with",
    "strained relations with", "and", "of",
    "was elected president of", "became independent of", "visited",
    "almost doubling from $9 billion in 2009 to",
)  # fmt: skip
DATES = (
    "on May 2, 1826", "in 1826.", "that year", "two days later", "December 31, 9999",
    "from 1950 to 1940", "since 1731/32",
    "in the early 1920s", "the 4th instant", "until February 30, 1900",
    "in the nineteenth century", "now", "Q3 2014",
    "2014-02-31", "fiscal year 2013", "99/99/9999", "five years following 1821", "0000", "June 13",
    "currently",
)  # fmt: skip
MARKUP = (
    "<p>", "</p>", "<div", "</div>", "&nbsp;", "&#x41", "&#99999999999;", "<![CDATA[", "<!--",
    "-->", "<script>", "</b", "**",
    "[x](y)", "# ", "| a | b |", "```", "<table><tr><td>", "<TEI>", "<?xml", "<!DOCTYPE",
    "<html><body>", '<a href="',
)  # fmt: skip
ODD = (
    "\x00", "\x07", "\x1b[31m", "\u202e", "\u200b", "\ud800", "\udfff", "\r\n\r\n", "\n\n", "\t",
    "\f", "\x85", "\u2028",
    "İ", "ß", "ﬁ", "é", "Ã©", "â€™", "\ufffd", "中", "🇵🇪", "“", "”", "’", "....", "  ", "-\n", "M.",
    "U.S.A.", "(", ")",
)  # fmt: skip
TONGUES = (
    "El 2 de mayo de 1826 Chile reconoció al Perú.", "Le Chili reconnut le Pérou le 2 mai 1826.",
    "1826年智利承认秘鲁。",
    "Чили признала Перу 2 мая 1826 года.", "اعترفت تشيلي ببيرو",
    "Chile erkannte Peru am 2. Mai 1826 an.", "צ'ילה הכירה בפרו",
)  # fmt: skip

_words = st.one_of(*(st.sampled_from(held) for held in (PARTIES, DOINGS, DATES))).map(lambda word: f"{word} ")
_statements = st.tuples(*(st.sampled_from(held) for held in (PARTIES, DOINGS, PARTIES, DATES))).map(" ".join)
_pieces = _words | _statements | st.sampled_from(MARKUP + ODD + TONGUES) | st.text(max_size=8)
_nested = st.tuples(
    st.sampled_from(("<div>", "<ul><li>", "(", "“", "<b>", "> ", "[")), st.sampled_from((3, 40, 1500))
).map(lambda pair: pair[0] * pair[1])
_texts = st.tuples(st.just("") | _nested, st.lists(_pieces, max_size=25).map("".join), st.integers(0, 12)).map(
    lambda made: (made[0] + made[1])[: len(made[0] + made[1]) - made[2]]  # what is cut off may be half of a tag
)


def documents() -> st.SearchStrategy[Document]:
    """Documents of every medium, with and without whom they are about and when they were published."""
    return st.builds(
        Document,
        _texts,
        path=st.sampled_from((None, "-", "peru.txt", "x")),
        about=st.sampled_from(((), ("peru",), ("peru", "united-states"), ("chile", "peru"))),
        published=st.sampled_from((Published(), Published(When.parse("2014-05-02"), PublishedBasis.GIVEN))),
        media=st.sampled_from(("text", "html", "markdown", "tei")),
    )
