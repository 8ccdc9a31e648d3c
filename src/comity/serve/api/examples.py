"""An example of each answer, built by the code that builds the answers, so that the two can't diverge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.model import Claim, Document, Published, Span, When
from comity.present.shapes import records, replies, texts
from comity.query.ask import ask
from comity.query.check import Finding
from comity.query.diff import Diff
from comity.query.timeline import timeline
from comity.relations import vocabulary
from comity.relations.diplomatic import RECOGNITION
from comity.serve.api.paging import ListPage
from comity.serve.desk import Desk
from comity.sources.gazetteer import gazetteer

_PAIR = ("peru", "united-states")
_SENTENCE = "The United States recognized Peru on May 2, 1827."


def examples(desk: Desk) -> Mapping[str, Any]:
    """An example answer of each operation, by its name."""
    view = desk.view()
    sources = view.sources()
    stored = view.page(1, about=_PAIR, relation=RECOGNITION.id)
    events = timeline(view, *_PAIR, When.parse("1826"), When.parse("1826"))
    described = [
        records.HeldSource.of(source, held=view.counts().get(edition, 0))
        for edition, source in list(sources.items())[:1]
    ]
    polity = records.Polity.of(gazetteer().polity("peru-bolivian-confederation"))
    claims = [records.Claim.of(claim, sources) for claim in stored]
    return {
        "get_brief": replies.Dossier.of(desk.dossier("peru", "haiti", When.parse("1900"))),
        "get_timeline": replies.Timeline.of(events),
        "get_answer": replies.Answer.of(ask(view, *_PAIR, "recognition", When.parse("1850")), sources),
        "get_diff": replies.Diff.of(Diff((), sources), "2016"),
        "get_polities": ListPage((polity,)).each(lambda source: source),
        "get_polity": polity,
        "get_claims": {"items": claims, "next": stored[0].id},
        "get_claim": claims[0],
        "get_sources": {"items": described, "next": None},
        "get_source": described[0],
        "get_vocabulary": ListPage(vocabulary()[:1], vocabulary()[0].id).each(records.Term.of),
        "post_read": [records.Claim.of(_read(), {})],
        "post_check": [
            texts.Finding.of(_PAGE, Finding("conflict-date", (_WHOLE,), (_read(),), tuple(stored)), sources)
        ],
    }


_PAGE = Document(_SENTENCE, path="document")
_WHOLE = Span(0, len(_SENTENCE))


def _read() -> Claim:
    """The claim that the reader finds in the sentence."""
    return Claim(
        "united-states", "recognition", "peru", when=When.parse("1827-05-02"), source="document@5e0d1f8a2b3c",
        locator=f"chars 0-{_WHOLE.end}", published=Published(), confidence=0.98, document=_PAGE.path, span=_WHOLE,
        reason="pattern recognizes; the text gives the date", quote=_SENTENCE,
    )  # fmt: skip
