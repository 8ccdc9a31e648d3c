"""The web pages, rendered on the server and usable without JavaScript: one module a page."""

from __future__ import annotations

from fastapi import APIRouter

from comity.serve.pages import home, pair, polity

router = APIRouter(include_in_schema=False)
for page in (home, pair, polity):
    router.include_router(page.router)
