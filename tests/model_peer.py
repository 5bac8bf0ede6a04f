"""A scripted OpenAI-compatible peer on loopback: the name of the model picks how it behaves."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

Script = Callable[["Peer"], AsyncIterator[bytes]]
DRIP_S = 0.05


@dataclass
class Peer:
    """text: what the well-behaved scripts say. requests: bodies that arrived. elsewhere: where a redirect leads."""

    port: int
    text: str = "好的。"
    elsewhere: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    other_paths: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


def chunk(text: str = "", finish: str | None = None, **more: Any) -> bytes:
    delta = {"role": "assistant", "content": text} if text or finish is None else {}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return event(json.dumps(body | more, ensure_ascii=False))


def event(data: str) -> bytes:
    return f"data: {data}\n\n".encode()


DONE = event("[DONE]")


async def good(peer: Peer) -> AsyncIterator[bytes]:
    for start in range(0, len(peer.text), 7):
        yield chunk(peer.text[start : start + 7])
    yield chunk(finish="stop", usage={"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18})
    yield DONE


async def silent(peer: Peer) -> AsyncIterator[bytes]:
    await asyncio.sleep(60)
    yield DONE


async def empty_chunks(peer: Peer) -> AsyncIterator[bytes]:
    while True:
        yield chunk("")
        await asyncio.sleep(DRIP_S)


async def comments(peer: Peer) -> AsyncIterator[bytes]:
    while True:
        yield b": still thinking\n\n"
        await asyncio.sleep(DRIP_S)


async def drip(peer: Peer) -> AsyncIterator[bytes]:
    while True:
        yield chunk("字")
        await asyncio.sleep(DRIP_S)


async def stalled(peer: Peer) -> AsyncIterator[bytes]:
    yield chunk("可以领")
    await asyncio.sleep(60)


async def endless(peer: Peer) -> AsyncIterator[bytes]:
    while True:
        yield chunk("可以领。" * 50)
        await asyncio.sleep(0.001)


async def one_line(peer: Peer) -> AsyncIterator[bytes]:
    yield b"data: "
    while True:
        yield b"x" * 1000
        await asyncio.sleep(DRIP_S)


async def broken_off(peer: Peer) -> AsyncIterator[bytes]:
    yield chunk("可以领")
    raise ConnectionResetError


async def unfinished(peer: Peer) -> AsyncIterator[bytes]:
    yield chunk("可以领")
    yield DONE


async def out_of_room(peer: Peer) -> AsyncIterator[bytes]:
    yield chunk("可以领")
    yield chunk(finish="length")
    yield DONE


async def nothing(peer: Peer) -> AsyncIterator[bytes]:
    yield DONE


async def no_words(peer: Peer) -> AsyncIterator[bytes]:
    yield chunk(" \n")
    yield chunk(finish="stop")
    yield DONE


async def no_json(peer: Peer) -> AsyncIterator[bytes]:
    yield event("{not json")


async def other_json(peer: Peer) -> AsyncIterator[bytes]:
    yield event('{"choices": "none"}')
    yield event("42")


async def noise(peer: Peer) -> AsyncIterator[bytes]:
    yield b"\x00\xff\xfe\x80" * 200


async def error_inside(peer: Peer) -> AsyncIterator[bytes]:
    yield chunk("可以领")
    yield event('{"error": {"message": "overloaded: secret", "type": "server_error"}}')


STREAMS: dict[str, Script] = {
    script.__name__: script
    for script in (
        good, silent, empty_chunks, comments, drip, stalled, endless, one_line, broken_off, unfinished,
        out_of_room, nothing, no_words, no_json, other_json, noise, error_inside,
    )
}  # fmt: skip


def at_once(name: str, peer: Peer) -> Response | None:
    """Whole responses that are no stream."""
    if name.startswith("status_"):
        return JSONResponse({"error": {"message": "secret words"}}, int(name.removeprefix("status_")))
    if name.startswith("redirect_"):
        return RedirectResponse(peer.elsewhere, int(name.removeprefix("redirect_")))
    if name == "html":
        return HTMLResponse("<html><body><h1>502 Bad Gateway</h1></body></html>")
    return None


def app_of(peer: Peer) -> FastAPI:
    app = FastAPI()

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        body = await request.json()
        peer.requests.append(body)
        peer.headers.append(dict(request.headers))
        whole = at_once(body["model"], peer)
        return whole or StreamingResponse(STREAMS[body["model"]](peer), media_type="text/event-stream")

    @app.api_route("/{path:path}", methods=["GET", "POST", "PUT", "PATCH"])
    async def anything_else(path: str) -> Response:
        peer.other_paths.append(path)
        return JSONResponse({}, 404)

    return app


@contextmanager
def running(text: str = "好的。") -> Iterator[Peer]:
    """A peer on a free port for as long as the block runs."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    peer = Peer(listener.getsockname()[1], text)
    config = uvicorn.Config(app_of(peer), log_level="critical", timeout_graceful_shutdown=0, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        server.should_exit = server.force_exit = True
        thread.join(timeout=10)
        listener.close()
