"""Told text: marks of our own, and words of claims that can't pass for them."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.present.html import inline
from comity.present.marks import code, emphasized, markdown, noted, plain, strong

OURS = {"strong", "cite", "code", "a"}


@given(st.text())
def test_whatever_a_claim_says_is_text_in_html(words: str) -> None:
    element = lxml.html.fragment_fromstring(inline(words), create_parent="p")
    assert {child.tag for child in element.iterdescendants()} <= OURS
    assert all(link.get("href", "").startswith("#note-") for link in element.iter("a"))


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
    hostile = "a\x1b[31mb\u202ec\u2066d\x07e\x9bf\r"
    assert plain(hostile) == "a[31mbcdef"
    assert markdown(hostile) == "a\\[31mbcdef"
    assert inline(hostile) == "a[31mbcdef"
