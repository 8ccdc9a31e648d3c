"""What comity's errors say to clients over the network."""

from __future__ import annotations

from comity.errors import HashMismatch, LedgerError, MissingFile
from comity.serve.throttle import throttled

_OUR_OWN = {
    LedgerError: "The ledger can't be read now; the server's log says why.",
    HashMismatch: "The files of a source can't be trusted now; the server's log says why.",
    MissingFile: "The files of a source are missing; the server's log says which.",
}
_LOG = throttled(__name__)


def sentence(error: Exception) -> str:
    """An error's sentence for everyone who reaches the server; command-line hints are not part of it.

    Trouble with the server's own files is stated without their paths; the log has the rest.

    >>> from comity.errors import BadDate
    >>> sentence(BadDate('as_of: "x" is not a date; write 1826', hint="comity --help"))
    'as_of: "x" is not a date; write 1826'
    """
    for kind, trouble in _OUR_OWN.items():
        if isinstance(error, kind):
            _LOG.error("%s", error)
            return trouble
    return str(error)
