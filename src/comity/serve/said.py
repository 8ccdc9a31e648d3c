"""What comity's errors say to those who have no command line before them."""

from __future__ import annotations

import re

from comity.errors import HashMismatch, LedgerError, MissingFile
from comity.serve.quiet import sparse

# The names of a command's options, and the command that helps.
_OPTION = re.compile(r"(?<!\S)--([a-z]+(?:-[a-z]+)*)")
_COMMAND = re.compile(r"(?<=[.;?]) [^.;?]*: comity [a-z].*$", re.DOTALL)

_OUR_OWN = {
    LedgerError: "The ledger can't be read now; the server's log says why.",
    HashMismatch: "The files of a source can't be trusted now; the server's log says why.",
    MissingFile: "The files of a source are not at hand; the server's log says which.",
}
_LOG = sparse(__name__)


def said(error: Exception) -> str:
    """An error's sentence without what only a command line has.

    Trouble with the files of whoever runs the server is told without their paths; the log says the rest.

    >>> said(ValueError('--as-of: "x" is no day; write 1826. Names and codes: comity polities --like peru'))
    'as_of: "x" is no day; write 1826.'
    """
    for kind, trouble in _OUR_OWN.items():
        if isinstance(error, kind):
            _LOG.error("%s", error)
            return trouble
    told = _COMMAND.sub("", _OPTION.sub(lambda option: option[1].replace("-", "_"), str(error)))
    return told.rstrip(";")
