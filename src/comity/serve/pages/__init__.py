"""The web pages, rendered on the server and usable without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
