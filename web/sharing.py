"""An answer sent on: a ready question's permanent page where it is one, else a page of its own for 30 days."""

from __future__ import annotations

import asyncio
from datetime import date

from fastapi import Request

from bot.types import Answer, AnswerStatus, Origin
from web.asking import stored_answer
from web.cards import answer_card, entry_card, is_shareable
from web.incidents import record
from web.library import ShownEntry
from web.services import Services


async def share(services: Services, answer_id: str) -> str | None:
    """Path of the page to send; None when the answer is gone, cannot be shared or cannot be stored."""
    answer = await stored_answer(services, answer_id, services.now())
    if answer is None or not is_shareable(answer):
        return None
    try:
        return await asyncio.to_thread(_share, services, answer)
    except Exception as error:
        record(error, "store.share")
        return None


def _share(services: Services, answer: Answer) -> str:
    today = services.today()
    entry = services.library.entry(answer.documents[0], today) if answer.documents else None
    if entry is not None and _is_plain(services, answer, entry, today):
        return f"/entries/{entry.id}"
    question = entry.question if entry is not None and entry.question == answer.understood else ""
    return f"/answers/{services.store.share(answer, question, services.now())}"


def _is_plain(services: Services, answer: Answer, entry: ShownEntry, today: date) -> bool:
    """Does the entry's own page say the same today?"""
    if (
        len(answer.documents) != 1
        or answer.status is not AnswerStatus.ANSWERED
        or answer.origin is not Origin.EXTRACT
    ):
        return False
    shown = answer_card(answer, services.wording, services.town)
    held = entry_card(entry, services.wording, services.town, today)
    said = {line.text for block in held.blocks for line in block.lines}
    return shown.heading == held.heading and all(
        line.text in said for block in shown.blocks for line in block.lines
    )


async def is_outdated(services: Services, answer: Answer) -> bool:
    """True when a cited version is no longer the published one; False where that cannot be found out."""
    cited = {(citation.passage.document_id, citation.passage.version) for citation in answer.citations}
    try:
        return await asyncio.to_thread(_any_gone, services, cited)
    except Exception as error:
        record(error, "library.document")
        return False


def _any_gone(services: Services, cited: set[tuple[str, str]]) -> bool:
    today = services.today()
    for document_id, version in cited:
        held = services.library.document(document_id, today)
        if held is None or held.version != version:
            return True
    return False


def absolute(services: Services, request: Request, path: str) -> str:
    """The address that a link, a slip or a QR code carries."""
    base = services.settings.public_url or str(request.base_url)
    return base.rstrip("/") + path
