"""Saving in the user's own ledger, for every caller: what is appended is also judged by rules.

Rules judge after the append, in a second write. A run that is killed between the two leaves claims without judgements;
the ledger knows which, so whoever saves next has them judged first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

from comity.ledger.additions import unjudged
from comity.ledger.ingest import Ingested, Report, ingest
from comity.ledger.open import everything, own
from comity.ledger.view import View
from comity.ledger.writer import Appended, Writer
from comity.model import Claim, Document, Judgement, Source
from comity.sources.base import Adapter

Judge = Callable[[View, Iterable[Claim]], Iterable[Judgement]]
"""The rules: their judgements on claims of a view. They belong to a later stage, so the caller passes them in."""

READER = "comity read"


@dataclass(frozen=True, slots=True)
class Saver:
    """Appends to the user's own ledger, each version signed by `who`. Raises `LedgerError` when it can't be written."""

    who: str
    writer: Writer

    def document(self, document: Document, claims: Iterable[Claim]) -> Appended:
        """Append the claims of a document as one version; reading the same text again adds nothing.

        The document is its own source: cited by its path or address, without a licence.
        """
        rows = list(claims)
        if not rows:
            return Appended(0, 0, None)
        source = Source(rows[0].source, document.path or "standard input", "", "")
        note = {"document": document.path}
        return self.writer.append(rows, source=source, adapter=READER, who=self.who, note=note)

    def source(
        self, adapter: Adapter, folder: Path, *, prose: bool = True, jobs: int = 1, report: Report | None = None
    ) -> Ingested:
        """Append the claims of a source's verified files as one version."""
        return ingest(adapter, folder, self.writer, who=self.who, prose=prose, jobs=jobs, report=report)

    def judgements(self, judgements: Iterable[Judgement]) -> int:
        """Record a person's judgements as one version; returns it."""
        return self.writer.judge(judgements, who=self.who)


@contextmanager
def saving(judge: Judge, who: str | None = None) -> Iterator[Saver]:
    """Save in the user's own ledger as `who`, by default the name of the user's account.

    Claims that a killed run left are judged first; new ones once at the end, also when something fails before.
    """
    url = own()
    judge_new(everything(), url, judge)
    try:
        yield Saver(who or _account(), Writer(url))
    finally:
        judge_new(everything(), url, judge)


def judge_new(view: View, url: str, judge: Judge) -> int:
    """Record the rules' judgements on the claims of a ledger that have none yet; returns how many are new.

    `view` reads that ledger, with others beside it, as it is now: new claims are judged together with all that it
    has on the same parties. Raises `LedgerError` when the ledger can't be read or the judgements can't be written.
    """
    if url not in view.versions:
        return 0
    touched = {claim.parties for claim in unjudged(url, view.versions[url])}
    if not touched:
        return 0
    polities = sorted({id for parties in touched for id in parties})
    claims = [claim for claim in view.of(polities) if claim.parties in touched]
    return Writer(url).record(judge(view, claims), view.versions[url])


def _account() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # the system gives no name
        return "unknown"
