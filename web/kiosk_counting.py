"""A ready question read on the kiosk adds to the counts of the day, as an asked one does."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass

from bot.types import Answer, AnswerStatus, Block, BlockKind, Channel, Origin
from knowledge.types import PartKind
from web.asking import question_of
from web.incidents import record
from web.library import ShownEntry
from web.services import Services


@dataclass(frozen=True, slots=True)
class Opened:
    """entry: the id of the ready question. conversation_id: the kiosk's session, for counting sessions."""

    entry: str
    conversation_id: str
    event: str | None = None
    device: str | None = None


async def count_opened(services: Services, opened: Opened) -> bool:
    """False when there is no such entry today, or nothing can be stored."""
    try:
        return await asyncio.to_thread(_count, services, opened)
    except Exception as error:
        record(error, "kiosk.opened")
        return False


def _count(services: Services, opened: Opened) -> bool:
    entry = services.library.entry(opened.entry, services.today())
    if entry is None:
        return False
    question = question_of(
        services, entry.question, Channel.KIOSK, opened.conversation_id, opened.event, opened.device
    )
    services.store.save(question, _answer(services, entry, opened.conversation_id), None, services.now())
    return True


def _answer(services: Services, entry: ShownEntry, conversation_id: str) -> Answer:
    """The entry's conclusion as an answer: enough to be counted under its entry and topic."""
    said = "\n".join(line.text for part in entry.parts if part.kind is PartKind.CONCLUSION for line in part.lines)
    return Answer(
        answer_id=secrets.token_urlsafe(16),
        conversation_id=conversation_id,
        status=AnswerStatus.ANSWERED,
        origin=Origin.EXTRACT,
        understood=entry.question,
        text=said,
        blocks=(Block(BlockKind.CONCLUSION, said),),
        citations=(),
        contacts=(),
        suggestions=(),
        as_of=services.today(),
        asked_at=services.now(),
        topic=entry.topic,
        documents=(entry.id,),
    )
