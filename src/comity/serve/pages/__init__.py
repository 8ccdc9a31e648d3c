"""The web pages, rendered on the server and usable without JavaScript: a module for each page."""

from __future__ import annotations

from fastapi import APIRouter

from comity.serve.pages import check, claim, downloads, home, pair, polity, sources

router = APIRouter(include_in_schema=False)
for page in (home, pair, downloads, polity, claim, sources, check):
    router.include_router(page.router)
