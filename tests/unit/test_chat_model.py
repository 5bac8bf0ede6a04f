"""The circuit breaker, the names of faults, and what the adapter refuses to be built with."""

from __future__ import annotations

import httpx2
import openai
import pytest

from bot.adapters.chat_model import KINDS, ChatModelGenerator, Patience, Peer, kind_of
from bot.adapters.circuit import Circuit
from bot.ports import GeneratorUnavailable, Prompt


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def fail(circuit: Circuit, clock: Clock, *waits: float) -> None:
    for wait in waits:
        clock.now += wait
        circuit.failed()


def test_it_opens_at_the_fifth_failure_within_a_minute() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    fail(circuit, clock, 0, 10, 10, 10)
    assert not circuit.is_open()
    fail(circuit, clock, 10)
    assert circuit.is_open()


def test_five_failures_over_a_longer_time_leave_it_closed() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    fail(circuit, clock, 0, 15, 15, 15, 15.1)
    assert not circuit.is_open()


def test_it_closes_when_the_oldest_failure_is_a_minute_old_and_opens_at_the_next() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    fail(circuit, clock, 0, 1, 1, 1, 1)
    clock.now += 55.9
    assert circuit.is_open()
    clock.now += 0.1
    assert not circuit.is_open()
    circuit.failed()
    assert circuit.is_open(), "one trial, then shut again"


@pytest.mark.parametrize(("failures", "within_s"), [(0, 60.0), (5, 0.0), (-1, 60.0)])
def test_a_circuit_that_could_never_open(failures: int, within_s: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        Circuit(Clock(), failures, within_s)


@pytest.mark.parametrize("field", ["first_s", "gap_s", "total_s", "max_chars"])
def test_patience_must_be_positive(field: str) -> None:
    with pytest.raises(ValueError, match="positive"):
        Patience(**{field: 0})


def test_the_decided_patience() -> None:
    assert Patience() == Patience(first_s=8.0, gap_s=5.0, total_s=25.0, max_chars=4000)


def status_error(status: int) -> openai.APIStatusError:
    request = httpx2.Request("POST", "http://127.0.0.1/v1")
    return openai.APIStatusError("secret", response=httpx2.Response(status, request=request), body=None)


REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1")
NAMED: list[tuple[Exception, bool, str]] = [
    (openai.APITimeoutError(request=REQUEST), False, "no-first-word"),
    (openai.APITimeoutError(request=REQUEST), True, "stalled"),
    (openai.APIConnectionError(request=REQUEST), False, "unreachable"),
    (openai.APIConnectionError(request=REQUEST), True, "cut"),
    (status_error(302), False, "redirected"),
    (status_error(307), False, "redirected"),
    (status_error(401), False, "request-refused"),
    (status_error(404), False, "request-refused"),
    (status_error(500), False, "server-error"),
    (status_error(503), False, "server-error"),
    (openai.APIError("x", REQUEST, body=None), False, "model-error"),
    (ValueError("no json"), True, "garbage"),
    (KeyError("choices"), False, "garbage"),
]


@pytest.mark.parametrize(("error", "begun", "kind"), NAMED)
def test_foreign_errors_get_a_name_of_ours(error: Exception, begun: bool, kind: str) -> None:
    assert kind_of(error, begun) == kind
    assert kind in KINDS


def test_building_contacts_nobody_and_an_open_circuit_asks_nobody() -> None:
    clock = Clock()
    generator = ChatModelGenerator(Peer("http://127.0.0.1:9/v1", "m"), Patience(first_s=2.0), clock)
    kinds = []
    for _ in range(6):
        with pytest.raises(GeneratorUnavailable) as caught:
            generator.generate(Prompt("s", "u", "d"))
        kinds.append(caught.value.kind)
    assert kinds == ["unreachable"] * 5 + ["circuit-open"]
    clock.now += 61
    with pytest.raises(GeneratorUnavailable, match="unreachable"):
        generator.generate(Prompt("s", "u", "d"))
