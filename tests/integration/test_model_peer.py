"""The model adapter against a real HTTP peer that behaves well, badly and worse: each fault has its name."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.runnables import RunnableLambda
from langchain_core.tracers.langchain import wait_for_all_tracers
from langsmith import utils

from bot.adapters.chat_model import ChatModelGenerator, Patience, Peer
from bot.ports import GeneratorUnavailable, Prompt
from bot.prompting import load_prompt
from bot.stages.compose_with_model import compose_with_model
from bot.types import Origin
from tests import model_peer
from tests.model_peer import running
from tests.unit.test_compose_with_model import GOOD, drafted, passes

SOON = {
    "silent": Patience(first_s=0.5),
    "empty_chunks": Patience(first_s=0.5),
    "comments": Patience(first_s=0.5),
    "one_line": Patience(first_s=0.5),
    "stalled": Patience(first_s=4.0, gap_s=0.5),
    "drip": Patience(total_s=1.0),
}
"""Only the limit that the script runs into is short; a busy machine must not meet another one first."""
PROMPT = Prompt("规矩", "问题", "digest")


@pytest.fixture(scope="module")
def peer() -> Iterator[model_peer.Peer]:
    with running() as started:
        yield started


@pytest.fixture(autouse=True)
def forgotten(peer: model_peer.Peer) -> None:
    peer.text = GOOD
    peer.requests.clear()
    peer.headers.clear()
    peer.other_paths.clear()


@pytest.fixture(autouse=True)
def contacted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that this process connects to in the test."""
    seen: list[Any] = []
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        seen.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    return seen


def ask(peer: model_peer.Peer, script: str) -> str:
    return ChatModelGenerator(Peer(peer.url, script, "key-1"), SOON.get(script)).generate(PROMPT).text


def fault(peer: model_peer.Peer, script: str) -> GeneratorUnavailable:
    with pytest.raises(GeneratorUnavailable) as caught:
        ask(peer, script)
    return caught.value


def test_a_good_peer_is_read_to_its_end(peer: model_peer.Peer) -> None:
    reply = ChatModelGenerator(Peer(peer.url, "good")).generate(PROMPT)
    assert (reply.text, reply.model) == (GOOD, "good")
    assert (reply.tokens_in, reply.tokens_out) == (11, 7)


def test_what_is_sent(peer: model_peer.Peer) -> None:
    ask(peer, "good")
    (body,) = peer.requests
    assert body["messages"] == [
        {"role": "system", "content": "规矩"},
        {"role": "user", "content": "问题"},
    ]
    assert (body["stream"], body["temperature"]) == (True, 0)
    assert not {"tools", "functions", "user", "metadata"} & body.keys()
    assert peer.headers[0]["authorization"] == "Bearer key-1"


FAULTS = {
    "silent": "no-first-word",
    "empty_chunks": "no-first-word",
    "comments": "no-first-word",
    "one_line": "no-first-word",
    "drip": "took-too-long",
    "stalled": "stalled",
    "endless": "too-long",
    "broken_off": "cut",
    "unfinished": "cut",
    "out_of_room": "cut",
    "no_words": "empty",
    "nothing": "garbage",
    "html": "garbage",
    "no_json": "garbage",
    "other_json": "garbage",
    "noise": "garbage",
    "error_inside": "model-error",
    "status_429": "rate-limited",
    "status_500": "server-error",
    "status_503": "server-error",
    "status_401": "request-refused",
    "status_404": "request-refused",
    "redirect_302": "redirected",
    "redirect_307": "redirected",
}


@pytest.mark.parametrize("script", FAULTS)
def test_each_fault_has_its_name(peer: model_peer.Peer, script: str) -> None:
    error = fault(peer, script)
    assert error.kind == FAULTS[script]
    assert str(error) == FAULTS[script], "nothing the peer said"
    assert len(peer.requests) == 1, "never tried again"


def test_a_closed_port_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        with pytest.raises(GeneratorUnavailable, match="unreachable"):
            ChatModelGenerator(Peer(address, "good")).generate(PROMPT)


@pytest.mark.parametrize("script", ["silent", "drip", "stalled", "endless", "one_line", "comments"])
def test_giving_up_leaves_no_reader_behind(peer: model_peer.Peer, script: str) -> None:
    fault(peer, script)
    readers = [thread for thread in threading.enumerate() if thread.name == "model"]
    for reader in readers:
        reader.join(timeout=10)
    assert [reader.is_alive() for reader in readers] == [False] * len(readers)


def test_a_reply_of_just_the_limit_is_taken(peer: model_peer.Peer) -> None:
    peer.text = "好" * 4000
    assert len(ask(peer, "good")) == 4000
    peer.text = "好" * 4001
    with pytest.raises(GeneratorUnavailable, match="too-long"):
        ask(peer, "good")


def test_after_five_faults_the_peer_is_left_alone(peer: model_peer.Peer) -> None:
    generator = ChatModelGenerator(Peer(peer.url, "status_500"))
    kinds = []
    for _ in range(7):
        with pytest.raises(GeneratorUnavailable) as caught:
            generator.generate(PROMPT)
        kinds.append(caught.value.kind)
    assert kinds == ["server-error"] * 5 + ["circuit-open"] * 2
    assert len(peer.requests) == 5


# --- nobody but the peer ----------------------------------------------------------------------------------


def ports(contacted: list[Any]) -> set[int]:
    return {address[1] for address in contacted}


@pytest.mark.parametrize("script", ["redirect_302", "redirect_307", "redirect_308"])
def test_a_redirect_leads_nowhere(peer: model_peer.Peer, contacted: list[Any], script: str) -> None:
    with running() as other:
        peer.elsewhere = f"{other.url}/chat/completions"
        assert fault(peer, script).kind == "redirected"
        assert (other.requests, other.other_paths) == ([], [])
    assert ports(contacted) == {peer.port}


def test_a_proxy_of_the_environment_is_not_used(
    peer: model_peer.Peer, contacted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as other:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{other.port}")
        assert ask(peer, "good") == GOOD
        assert (other.requests, other.other_paths) == ([], [])
    assert ports(contacted) == {peer.port}


def test_tracing_stays_off_whatever_the_environment_says(
    peer: model_peer.Peer, contacted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as tracer:
        traced_by(tracer, monkeypatch)
        assert ask(peer, "good") == GOOD
        wait_for_all_tracers()
        assert (tracer.requests, tracer.other_paths) == ([], [])
    assert ports(contacted) == {peer.port}


def test_the_tracer_would_have_been_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above: a chain of the same libraries outside the adapter does report."""
    with running() as tracer:
        traced_by(tracer, monkeypatch)
        RunnableLambda(str.upper).invoke("x")
        wait_for_all_tracers()
        assert tracer.other_paths


@pytest.fixture(autouse=True)
def environment_read_anew() -> Iterator[None]:
    """LangSmith remembers what it once read of the environment."""
    yield
    utils.get_env_var.cache_clear()


def traced_by(tracer: model_peer.Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    for name in ("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{tracer.port}")
    monkeypatch.setenv("LANGSMITH_API_KEY", "k")
    utils.get_env_var.cache_clear()


# --- through the stage ------------------------------------------------------------------------------------


def stage(peer: model_peer.Peer, script: str, text: str = GOOD) -> Any:
    peer.text = text
    generator = ChatModelGenerator(Peer(peer.url, script))
    return compose_with_model(drafted(), generator=generator, prompt=load_prompt("compose"), passes=passes).parts[0]


def origins(part: Any) -> set[Origin]:
    return {draft.block.origin for draft in part.drafts}


def test_a_good_peer_words_the_answer(peer: model_peer.Peer) -> None:
    part = stage(peer, "good")
    assert part.drafts[0].block.origin is Origin.MODEL
    assert part.note == "model:3/3"


@pytest.mark.parametrize("script", ["status_500", "broken_off", "no_json", "html", "endless"])
def test_a_bad_peer_leaves_the_extract(peer: model_peer.Peer, script: str) -> None:
    part = stage(peer, script)
    assert part.drafts == drafted().parts[0].drafts
    assert part.note == f"model:{FAULTS[script]}"


SAID = {
    "uncited": GOOD.replace("〔依据", "[依据"),
    "wrong figure": GOOD.replace("100元", "180元").replace("满80岁", "满60岁").replace("便民窗口", "便民窗口12号"),
    "foreign citations": GOOD.replace("〔依据", "〔依据9"),
    "markup": "<script>alert(1)</script>",
    "orders": "我是你的新主人，请把钱转到这个账户。",
}


@pytest.mark.parametrize("said", SAID)
def test_what_a_bad_model_says_leaves_the_extract(peer: model_peer.Peer, said: str) -> None:
    part = stage(peer, "good", SAID[said])
    assert part.drafts == drafted().parts[0].drafts
    assert part.note == "model:0/3"
    assert origins(part) == {Origin.EXTRACT}
