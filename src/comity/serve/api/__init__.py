"""The REST interface: /api/v1."""

from __future__ import annotations

from fastapi import APIRouter

from comity.serve.api import documents, lists, openapi, pairs

router = APIRouter(prefix="/api/v1", generate_unique_id_function=lambda route: route.name)
for part in (pairs, lists, documents, openapi):
    router.include_router(part.router)
