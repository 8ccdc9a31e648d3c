"""What is asked, as a person or program writes it: a date under the name of an option, a polity in an address."""

from __future__ import annotations

from comity.errors import BadDate
from comity.model import Polity, When
from comity.sources.gazetteer import gazetteer


def when(text: str | None, option: str) -> When | None:
    """The date that is given under an option's name; None when none is. Raises `BadDate`, naming the option.

    >>> when("May 2, 1826", "--as-of").edtf, when(None, "--as-of")
    ('1826-05-02', None)
    """
    if text is None:
        return None
    try:
        return When.parse(text)
    except BadDate as error:
        raise BadDate(f"{option}: {error}", offender=text) from error


def polity(words: str) -> Polity | str:
    """The polity whose id an address names, whoever else goes by it as a name; other words are still to be resolved.

    >>> polity("peru").id, polity("Peru")
    ('peru', 'Peru')
    """
    return gazetteer().polity(words) if words in gazetteer() else words
