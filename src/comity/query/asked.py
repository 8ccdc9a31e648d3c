"""What is asked, as a person or program writes it: a date under the name of an option or parameter."""

from __future__ import annotations

from comity.errors import BadDate
from comity.model import When


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
