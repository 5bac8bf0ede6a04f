"""What /openapi.json promises: examples on every route, and answers of the promised shape to whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.integration.web_site import a_site

APP = a_site(rate_limits="off").app
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_gets_an_answer_of_the_promised_shape(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    document = APP.openapi()
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_routes_of_the_contract_are_there() -> None:
    assert {(method, path) for method, path, _ in operations()} >= {
        ("post", "/api/chat"),
        ("post", "/api/search"),
        ("get", "/api/hotlines"),
        ("get", "/api/topics"),
        ("post", "/api/feedback"),
        ("post", "/api/conversations/{conversation_id}/end"),
        ("get", "/healthz"),
        ("get", "/readyz"),
    }


@pytest.mark.parametrize(("method", "path", "operation"), operations())
def test_every_response_has_an_example_of_its_own_shape(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    components = APP.openapi()["components"]
    for code, response in operation["responses"].items():
        content = response["content"]["application/json"]
        resolved = content["schema"] | {"components": components}
        example = content["example"]
        assert list(Draft202012Validator(resolved).iter_errors(example)) == [], f"{method} {path} {code}"


@pytest.mark.parametrize(("method", "path", "operation"), operations())
def test_every_body_and_parameter_has_an_example(method: str, path: str, operation: dict[str, Any]) -> None:
    components = APP.openapi()["components"]["schemas"]
    if "requestBody" in operation:
        name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        assert components[name]["examples"], f"{method} {path}"
    for parameter in operation.get("parameters", []):
        assert parameter["schema"].get("examples") or parameter.get("examples"), f"{method} {path}"
