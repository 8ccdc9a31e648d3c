"""The feeds of what changed: /feeds."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/feeds", include_in_schema=False)
