"""What comity's errors say to those who have no command line before them."""

from __future__ import annotations

import re

# The names of a command's options, and the command that helps.
_OPTION = re.compile(r"(?<!\S)--([a-z]+(?:-[a-z]+)*)")
_COMMAND = re.compile(r"(?<=[.;?]) [^.;?]*: comity [a-z].*$", re.DOTALL)


def said(error: Exception) -> str:
    """An error's sentence without what only a command line has.

    >>> said(ValueError('--as-of: "x" is no day; write 1826. Names and codes: comity polities --like peru'))
    'as_of: "x" is no day; write 1826.'
    """
    told = _COMMAND.sub("", _OPTION.sub(lambda option: option[1].replace("-", "_"), str(error)))
    return told.rstrip(";")
