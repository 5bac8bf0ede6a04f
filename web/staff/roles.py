"""Which route is open to whom: said at the route itself, and a route that says nothing is not made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from knowledge.database.staff_values import Role

FORM_BYTES = 256 * 1024
"""The largest body of a desk form without files."""

_MARK = "__desk_rule__"
_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """role: the least role, None for the sign-in page alone. unchanged: also before a given password is changed."""

    role: Role | None
    max_body_bytes: int = FORM_BYTES
    unchanged: bool = False


class RoleMissing(TypeError):
    """A desk route without @allow."""


def allow(
    role: Role | None, *, max_body_bytes: int = FORM_BYTES, unchanged: bool = False
) -> Callable[[_Endpoint], _Endpoint]:
    """Mark an endpoint with the least role that may come."""

    def mark(endpoint: _Endpoint) -> _Endpoint:
        setattr(endpoint, _MARK, Rule(role, max_body_bytes, unchanged))
        return endpoint

    return mark


def rule_of(endpoint: Callable[..., Any]) -> Rule:
    """Raises RoleMissing for an endpoint that nobody marked."""
    rule = getattr(endpoint, _MARK, None)
    if not isinstance(rule, Rule):
        raise RoleMissing(f"{endpoint.__module__}.{getattr(endpoint, '__name__', endpoint)} has no @allow(role)")
    return rule
