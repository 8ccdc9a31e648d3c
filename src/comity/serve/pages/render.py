"""Templates into pages: what every template may call, and everything escaped unless it is our own mark."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comity import __version__
from comity.model import When
from comity.present.html import inline
from comity.present.judged import signed, undone, verdict
from comity.present.marks import seen
from comity.present.sentences import says, sentence
from comity.present.words import amount, day, on, the, whose
from comity.relations.wording import listed


@cache
def environment() -> Environment:
    """The templates of this folder, escaping all that they are given."""
    loader = PackageLoader("comity.serve.pages")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "told": lambda text: Markup(inline(text)),
        "sentence": sentence,
        "seen": seen,
        "drawn": lambda held: Markup(held.inline()),
        "date": lambda text: day(When.parse(text)),
        "day": day,
        "on": on,
        "the": the,
        "listed": listed,
        "says": says,
        "amount": amount,
        "verdict": verdict,
        "signed": signed,
        "undone": undone,
        "whose": whose,
    }
    made.globals |= {"version": __version__}
    return made


def page(template: str, status: int = 200, **held: Any) -> HTMLResponse:
    """A page of a template with what it tells of."""
    return HTMLResponse(environment().get_template(template).render(held), status_code=status)


def address(path: str, days: dict[str, str]) -> str:
    """A path with the days that are asked about, those that are.

    >>> address("/pairs/peru/chile", {"as_of": "1850?", "known_by": ""}), address("/polities/peru", {})
    ('/pairs/peru/chile?as_of=1850%3F', '/polities/peru')
    """
    asked = {name: day for name, day in days.items() if day}
    return f"{path}?{urlencode(asked)}" if asked else path
