"""Pages from templates: the functions of every template, and escaping of every word."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comity import __version__
from comity.model import When
from comity.present.english import day, on, the, whose
from comity.present.event_sentences import says, sentence
from comity.present.html import inline
from comity.present.judged import signed, undone, verdict
from comity.present.visible import seen
from comity.relations.wording import amount, listed


@cache
def environment() -> Environment:
    """The templates of this folder, which escape their values."""
    loader = PackageLoader("comity.serve.pages")
    templates = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters |= {
        "marked": lambda text: Markup(inline(text)),
        "sentence": sentence,
        "seen": seen,
        "inline": lambda drawing: Markup(drawing.inline()),
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
    templates.globals |= {"version": __version__}
    return templates


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template and its values."""
    return HTMLResponse(environment().get_template(template).render(values), status_code=status)


def address(path: str, days: dict[str, str]) -> str:
    """A path with the days in its query; empty ones are left out.

    >>> address("/pairs/peru/chile", {"as_of": "1850?", "known_by": ""}), address("/polities/peru", {})
    ('/pairs/peru/chile?as_of=1850%3F', '/polities/peru')
    """
    query = {name: day for name, day in days.items() if day}
    return f"{path}?{urlencode(query)}" if query else path
