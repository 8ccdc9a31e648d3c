"""Lines of typed parts, and words of claims that can't pass for formatting."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from comity.present.html import inline
from comity.present.inline import code, emphasized, markdown, noted, numbers, plain, strong
from comity.present.visible import seen

OURS = {"strong", "cite", "code", "a"}
PIECES = [
    "<b>", "[x](y)", "![x](y)", "`", "``", "~~", "***", "_a_", "&lt;", "\\", "1. ", "# ", "> ", "- ", "+", "\n", "\t",
    "    ", "---", "===", "|", "a", "\r\n", "[x]: y", "<!--", "x@y.z", "\u2028", "\x85",
]  # fmt: skip
WORDS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)
"""Words, and what Markdown is made of."""


@given(WORDS)
def test_whatever_a_claim_says_is_text_in_html(words: str) -> None:
    element = lxml.html.fragment_fromstring(inline(words), create_parent="p")
    assert {child.tag for child in element.iterdescendants()} <= OURS
    assert all(link.get("href", "").startswith("#note-") for link in element.iter("a"))


def rendered(text: str) -> lxml.html.HtmlElement:
    """Markdown as a renderer that is not ours makes HTML of it: CommonMark, and strikethrough besides."""
    made = MarkdownIt("commonmark").enable("strikethrough").render(text)
    return lxml.html.fragment_fromstring(made, create_parent="div")


@given(WORDS)
def test_whatever_a_claim_says_is_text_in_markdown(words: str) -> None:
    element = rendered(f"- {markdown(words)}\n- {markdown('of ' + code(words) + ' and ' + emphasized(words))}\n")
    assert {child.tag for child in element.iterdescendants()} <= {"ul", "li", "code", "em"}
    assert str(element.find(".//li").text_content()).split() == seen(" ".join(words.splitlines())).split()


def test_words_that_look_like_a_note_are_none() -> None:
    assert numbers("Peru [1]" + noted([2])) == [2]
    assert inline("Peru [1]") == "Peru [1]"


def test_a_line_is_not_printed_unescaped() -> None:
    with pytest.raises(TypeError, match="printed by plain"):
        str(strong("Peru") + " <b>")


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "**[1]** `x`", "[a](javascript:alert(1))", "&lt;b&gt;"])
def test_what_is_markdown_or_a_tag_in_a_claim_is_escaped(words: str) -> None:
    told = markdown(strong(words) + noted([2]))
    assert told.endswith(" [2]")
    assert told.count("\\") == sum(words.count(taken) for taken in ("<", "*", "`", "[", "&lt;", "&gt;"))
    assert "<" not in inline(words)


def test_marks_become_tags() -> None:
    told = strong("Peru") + emphasized("A guide") + code("x#1") + noted([1, 2])
    assert inline(told) == (
        "<strong>Peru</strong><cite>A guide</cite><code>x#1</code> "
        '<a class="note" href="#note-1">1</a><a class="note" href="#note-2">2</a>'
    )
    assert markdown(told) == "**Peru***A guide*`x#1` [1][2]"


def test_no_character_acts_on_a_terminal_or_turns_the_direction_of_text() -> None:
    hostile = "a\x1b[31mb\u202ec\u2066d\x07e\x9bf\U000e0041"
    assert plain(hostile) == "a[31mbcdef"
    assert markdown(hostile) == "a\\[31mbcdef"
    assert inline(hostile) == "a[31mbcdef"
