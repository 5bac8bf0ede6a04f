"""Is the process alive, and can it answer?"""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from web.incidents import record
from web.schemas import HealthOut
from web.services import ServicesDep

router = APIRouter()


@router.get(
    "/healthz",
    response_model=HealthOut,
    summary="进程在不在",
    responses={200: {"content": {"application/json": {"example": {"status": "ok"}}}}},
)
async def healthz() -> Response:
    return JSONResponse({"status": "ok"})


@router.get(
    "/readyz",
    response_model=HealthOut,
    summary="能不能回答",
    responses={
        200: {"content": {"application/json": {"example": {"status": "ready"}}}},
        503: {
            "model": HealthOut,
            "description": "还不能，reason 说为什么",
            "content": {"application/json": {"example": {"status": "not_ready", "reason": "正在建索引"}}},
        },
    },
)
async def readyz(services: ServicesDep) -> Response:
    """503 with the reason while it cannot."""
    try:
        reason = await asyncio.to_thread(services.library.not_ready)
    except Exception as error:
        record(error, "readyz")
        reason = services.wording.words("page", "not_ready")
    if reason:
        return JSONResponse({"status": "not_ready", "reason": reason}, 503)
    return JSONResponse({"status": "ready"})
