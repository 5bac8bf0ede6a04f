"""Routers of the desk: every route stands behind the door."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from web.staff.door import enter
from web.staff.roles import rule_of


class DeskRoute(APIRoute):
    """A route that names its role. Raises RoleMissing when it is made without one."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        self.rule = rule_of(endpoint)
        super().__init__(path, endpoint, **more)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        rule = self.rule

        async def guarded(request: Request) -> Response:
            return await enter(request, rule, handle)

        return guarded


def desk_router() -> APIRouter:
    return APIRouter(prefix="/staff", route_class=DeskRoute, include_in_schema=False)
