"""A question on its way to the staff, and the way back to their reply."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.types import Handover
from web.cards import spell_day
from web.clock import CHINA
from web.incidents import record
from web.services import Services


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a number. said: for people, line by line; the reply stands apart."""

    handover: Handover | None
    said: tuple[str, ...]

    @property
    def reply(self) -> str:
        return (self.handover.reply or "") if self.handover else ""


async def hand_over(services: Services, question: str | None, answer_id: str | None) -> str | None:
    """The number; None where there is nothing to give or it could not be stored. Words are masked here."""
    masked = services.mask(question.strip()) if question else None
    try:
        return await asyncio.to_thread(services.store.hand_over, masked, answer_id, services.now())
    except Exception as error:
        record(error, "store.hand_over")
        return None


async def look_up(services: Services, number: str) -> Found:
    """Unknown and expired numbers look alike. Raises what the store raises."""
    words = services.wording.words
    found = await asyncio.to_thread(services.store.handover, number, services.now())
    if found is None:
        return Found(None, (words("page", "handover_unknown"),))
    given = words("page", "handover_given", day=spell_day(found.given_at.astimezone(CHINA).date()))
    if found.reply is None or found.replied_at is None:
        return Found(found, (given, words("page", "handover_waiting")))
    replied = words("page", "handover_replied", day=spell_day(found.replied_at.astimezone(CHINA).date()))
    return Found(found, (given, replied))
