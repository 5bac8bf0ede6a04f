"""The events of one answer as server-sent events: start, stage*, block*, done | error."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from bot.types import BlockReady, Finished, StageReached, Started
from web.answer_json import answer_json, block_json, citation_json, started_json
from web.answering import Heartbeat, Running, Sent, Waiting
from web.errors import refusal_json, refusal_of
from web.refusals import HTTP_STATUS
from web.services import Services

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def event_stream(services: Services, running: Running, typed: str) -> AsyncGenerator[bytes, None]:
    """Bytes for the wire. A failure under way becomes an `error` event with an incident number."""
    try:
        async with aclosing(running.events()) as events:
            async for event in events:
                yield spell(services, event)
    except Exception as error:
        refused = refusal_of(services, error, "stream", typed)
        yield message("error", refusal_json(services, refused))


def spell(services: Services, event: Sent) -> bytes:
    """One event as bytes; a heartbeat is a comment that clients ignore."""
    words, town = services.wording, services.town
    if isinstance(event, Heartbeat):
        return KEEPALIVE_COMMENT
    if isinstance(event, Waiting):
        return message("stage", {"name": "queued", "position": event.position})
    if isinstance(event, Started):
        return message("start", started_json(event, town))
    if isinstance(event, StageReached):
        return message("stage", {"name": event.name})
    if isinstance(event, BlockReady):
        block = block_json(event.block, words)
        return message("block", block | {"cited": [citation_json(c, words) for c in event.citations]})
    if isinstance(event, Finished):
        name = "error" if event.answer.status in HTTP_STATUS else "done"
        return message(name, answer_json(event.answer, words, town))
    raise TypeError(type(event).__name__)


def message(name: str, content: dict[str, Any]) -> bytes:
    return format_sse_event(
        event=name, data_str=json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    )
