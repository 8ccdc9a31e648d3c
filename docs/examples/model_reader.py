"""A reader that asks a language model behind an OpenAI-compatible endpoint; comity checks all that it answers."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from typing import Any

from comity.model import Claim, Document, Span, When
from comity.reading.base import Found, Reader, cited

ASK = (
    "List what this text says of relations between states, as JSON: a list of objects with the keys sentence, subject, "
    "relation, object, date (EDTF), date_words, party_words. Copy the sentence and the words exactly as they stand."
)


class Model(Reader):
    """Claims as a model gives them, at the places where the text has the words that it quotes."""

    id = "model"
    version = "1"

    def read(self, document: Document) -> Iterator[Found]:
        """What the model finds in a document; words that the text doesn't have give no place, and so no claim."""
        for row in _answer(document.text):
            yield _found(document, row)


def _answer(text: str) -> list[dict[str, Any]]:
    """The model's answer to one request."""
    asked = {"model": "any", "messages": [{"role": "system", "content": ASK}, {"role": "user", "content": text}]}
    request = urllib.request.Request(
        f"{os.environ['MODEL_URL']}/v1/chat/completions",
        data=json.dumps(asked).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        content = json.load(response)["choices"][0]["message"]["content"]
    rows: list[dict[str, Any]] = json.loads(content)
    return rows


def _found(document: Document, row: dict[str, Any]) -> Found:
    """A claim with the places of its sentence, its date and its parties."""
    span = _place(document.text, row["sentence"], Span(0, len(document.text)))
    within = span or Span(0, 0)
    source, locator = cited(document, within)
    claim = Claim(
        row["subject"], row["relation"], row["object"], when=When.parse(row["date"]) if row["date"] else None,
        source=source, locator=locator, published=document.published, document=document.path,
        confidence=0.5, reason="a model says so", span=span, quote=span and span.of(document.text),
    )  # fmt: skip
    parties = (_place(document.text, words, within) for words in row["party_words"])
    date = _place(document.text, row["date_words"], within) if row["date"] else None
    return Found(claim, date, tuple(place for place in parties if place), pattern="model")


def _place(text: str, words: str, within: Span) -> Span | None:
    """Where words stand inside a span of the text."""
    start = text.find(words, within.start, within.end)
    return Span(start, start + len(words)) if start >= 0 and words else None
