"""From a request to one question on its way: who asks, how often, and the answer's own page."""

from __future__ import annotations

import asyncio
from datetime import datetime

from fastapi import Request

from bot.types import Answer, BlockKind, Channel, Question
from web.addresses import client_address
from web.answering import Running
from web.closing import admit_question
from web.incidents import record
from web.services import Services


def admit(services: Services, request: Request, conversation_id: str | None) -> None:
    """Count this request. Raises TooFast."""
    services.rates.admit(conversation_id, address_of(services, request))


def address_of(services: Services, request: Request) -> str:
    peer = request.client.host if request.client else ""
    trusted = frozenset(name.strip() for name in services.settings.trusted_proxies.split(",") if name.strip())
    return client_address(peer, request.headers, trusted)


def admit_number(services: Services, request: Request) -> None:
    """Count one try at a 取件号. Raises TooFast."""
    services.rates.admit_number(address_of(services, request))


def start(services: Services, request: Request, question: Question) -> Running:
    """Count the request and set the assistant to work. Raises TooFast, Busy, Closed, TypedOff."""
    admit(services, request, question.conversation_id)
    admit_question(services, request, question.text)
    return services.answering.start(question)


def question_of(
    services: Services,
    text: str,
    channel: Channel,
    conversation_id: str | None,
    event: str | None = None,
    device: str | None = None,
) -> Question:
    on = services.today()
    held = services.standing.kiosks.event_on(event, device, on)  # nothing is counted under a name that nobody paired
    return Question(text, on, channel, conversation_id or None, held, device)


async def kept(services: Services, answer: Answer) -> bool:
    """True when the answer has its own page; never for danger, nor while the store is down."""
    if any(block.kind is BlockKind.DANGER for block in answer.blocks) or not answer.answer_id:
        return False
    return await stored_answer(services, answer.answer_id, services.now()) is not None


async def stored_answer(services: Services, answer_id: str, now: datetime) -> Answer | None:
    """The stored answer, None when it is gone or the store cannot be read."""
    try:
        return await asyncio.to_thread(services.store.answer, answer_id, now)
    except Exception as error:
        record(error, "store.answer")
        return None


async def forget(services: Services, conversation_id: str) -> bool:
    """True when the store has forgotten the conversation."""
    try:
        await asyncio.to_thread(services.store.end, conversation_id)
    except Exception as error:
        record(error, "store.end")
        return False
    return True


async def keep_feedback(
    services: Services, answer_id: str, useful: bool, reason: str | None, words: str | None
) -> bool:
    """True when stored. words are masked here, before anything keeps them."""
    masked = services.mask(words) if words else None
    try:
        return await asyncio.to_thread(
            services.store.feedback, answer_id, useful, reason, masked, services.now()
        )
    except Exception as error:
        record(error, "store.feedback")
        return False
