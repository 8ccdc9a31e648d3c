"""Every error that comity raises on purpose.

ComityError
├── BadDate          a date that is neither EDTF nor plainly written
├── BadPair          one polity named twice where two are needed
├── BadCursor        a cursor or page that is none of a list's
├── UnknownPolity    a name or code that no polity bears; carries suggestions
├── AmbiguousPolity  a name that several polities bear; carries them
├── UnknownRelation  a term outside the vocabulary
├── RelationError    terms of another package that can't be loaded, or a term registered twice
├── UnknownClaim     no claim or judgement, or several, whose id begins so
├── BadJudgement     a judgement that can't be: claims of different things, or one taken back already
├── UnknownRule      a rule of `check` that is none
├── MissingExtra     a part of the package that is not installed; names the extra that brings it
├── BadSettings      a project's settings that can't be read
├── BadDocument      an empty, binary or unreadable document
├── ReaderError      a reader that fails, or can't be loaded
├── LimitExceeded    a document whose reading takes more time or memory than it may
├── Busy             a server that reads as many documents as it may; says after how many seconds to try again
├── ClientGone       who asked went away before the answer: nobody is left to be told
├── SourceError      a source that can't be had or trusted
│   ├── MissingFile      a mirror or cache that lacks a file of the manifest
│   └── HashMismatch     a file that is not, byte for byte, the pinned one
├── ExportError      a file that can't be made or written
├── MailError        a mail that can't be made or handed over, or a feed that can't be written
├── PanelError       a table for research that can't be made as it was asked for
├── LedgerError      a ledger that can't be opened, written or verified
└── SkipRecord       one record that can't become claims: reported and counted, the source goes on
"""

from __future__ import annotations

from typing import Any


class ComityError(Exception):
    """The root: one sentence for a person, the thing that offended, and a command line that helps (`hint`).

    The hint is for the command line alone: pages and REST show only the sentence.

    >>> str(ComityError("no such thing", offender=7)), ComityError("no such thing", offender=7).offender
    ('no such thing', 7)
    """

    def __init__(self, message: str, *, offender: Any = None, hint: str = "") -> None:
        super().__init__(message)
        self.offender = offender
        self.hint = hint


class MissingExtra(ComityError):
    """A part of the package that is not installed: `offender` is the extra that brings it."""


class BadDate(ComityError):
    """A date that is neither EDTF nor a day, month or year written plainly."""


class BadPair(ComityError):
    """One polity named twice where two are needed."""


class BadCursor(ComityError):
    """A cursor or page that no list gave."""


class UnknownPolity(ComityError):
    """No polity bears this name or code; `suggestions` are the nearest names, best first."""

    def __init__(
        self, message: str, *, offender: Any = None, hint: str = "", suggestions: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, offender=offender, hint=hint)
        self.suggestions = suggestions


class AmbiguousPolity(ComityError):
    """Several polities bear this name on this day; `candidates` are their ids."""

    def __init__(self, message: str, *, offender: Any = None, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message, offender=offender)
        self.candidates = candidates


class UnknownRelation(ComityError):
    """A relation that the vocabulary does not hold."""


class RelationError(ComityError):
    """Terms of another package that can't be loaded, or a term that is registered twice."""


class UnknownClaim(ComityError):
    """No claim or judgement has an id that begins so, or several have."""


class BadJudgement(ComityError):
    """A judgement that makes no sense: of claims about different things, or taking back what was taken back."""


class BadDocument(ComityError):
    """A document that holds no text to read: empty, binary, or not there."""


class ReaderError(ComityError):
    """A reader of documents that fails, or can't be loaded: it is named."""


class LimitExceeded(ComityError):
    """A document whose reading takes more time or memory than a server allows; the offender is the limit."""


class Busy(ComityError):
    """A server that reads as many documents as it may; `seconds` says after how many to try again."""

    def __init__(self, message: str, *, offender: Any = None, seconds: int = 1) -> None:
        super().__init__(message, offender=offender)
        self.seconds = seconds


class ClientGone(ComityError):
    """Who asked went away before the answer."""


class SourceError(ComityError):
    """A source that can't be had, or whose files can't be trusted."""


class MissingFile(SourceError):
    """A file that the manifest names and the mirror or cache does not hold."""


class HashMismatch(SourceError):
    """A file whose sha256 is not the pinned one: the source stops."""


class ExportError(ComityError):
    """A file that can't be made, or written where it should be: nothing of it is left behind."""


class MailError(ComityError):
    """A mail that can't be made, or handed to whom it is for; no password is in its words."""


class PanelError(ComityError):
    """A table for research that can't be made as asked: an unknown name, a wrong key, years that no data cover."""


class LedgerError(ComityError):
    """A ledger that can't be opened, written or verified."""


class SkipRecord(ComityError):
    """One record that can't become claims; the offender is the record."""


class UnknownRule(ComityError):
    """No rule of `check` has this name."""


class BadSettings(ComityError):
    """A pyproject.toml or comity.toml whose settings for comity can't be read."""
