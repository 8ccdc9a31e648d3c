"""The web pages, rendered on the server and usable without JavaScript: one module a page."""

from __future__ import annotations

from fastapi import APIRouter

from comity.serve.pages import pair

router = APIRouter(include_in_schema=False)
for page in (pair,):
    router.include_router(page.router)
