"""Endings that never reach the assistant: too fast, busy, broken. Same shape as an answer (api.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.types import Answer, AnswerStatus, Block, BlockKind, Contact, Origin
from bot.wording import Wording
from knowledge.types import Hotline, Town
from web.clock import CHINA

HTTP_STATUS = {
    AnswerStatus.EMPTY: 422,
    AnswerStatus.TOO_LONG: 422,
    AnswerStatus.RATE_LIMITED: 429,
    AnswerStatus.BUSY: 503,
    AnswerStatus.ERROR: 500,
}
MAX_CHARS = 300
FIRST_HELP = ("12345", "12348")


@dataclass(frozen=True, slots=True)
class Refusal:
    """status with its numbers; answer: what is shown. position, retry_after_s, incident: None where unfit."""

    answer: Answer
    position: int | None = None
    retry_after_s: int | None = None
    incident: str | None = None
    http_status: int | None = None

    @property
    def http(self) -> int:
        return self.http_status or HTTP_STATUS[self.answer.status]


def refusal(
    status: AnswerStatus,
    wording: Wording,
    town: Town,
    now: datetime,
    *,
    position: int = 1,
    seconds: int = 60,
    text: str = "",
    incident: str | None = None,
    http_status: int | None = None,
) -> Refusal:
    """text: another sentence than the status's own."""
    sentence = text or wording.sentence(status, position=position, seconds=seconds, limit=MAX_CHARS)
    contacts = tuple(contact_of(town.hotlines[number], town) for number in FIRST_HELP if number in town.hotlines)
    answer = Answer(
        answer_id="",
        conversation_id="",
        status=status,
        origin=Origin.EXTRACT,
        understood="",
        text="\n".join([sentence, *(f"{contact.name} {contact.phone}" for contact in contacts)]),
        blocks=(),
        citations=(),
        contacts=contacts,
        suggestions=(),
        as_of=now.astimezone(CHINA).date(),
        asked_at=now,
        sentence=sentence,
    )
    return Refusal(
        answer,
        position if status is AnswerStatus.BUSY else None,
        seconds if status is AnswerStatus.RATE_LIMITED else None,
        incident,
        http_status,
    )


def with_danger(refused: Refusal, wording: Wording, town: Town) -> Refusal:
    """The same refusal to someone in danger: the danger block and the urgent numbers stand first."""
    line = wording.danger()
    urgent = tuple(contact_of(hotline, town) for hotline in town.hotlines.values() if hotline.urgent)
    answer = refused.answer
    others = tuple(contact for contact in answer.contacts if contact not in urgent)
    phones = "\n".join(f"{contact.name} {contact.phone}" for contact in urgent)
    answer = replace(
        answer,
        blocks=(Block(BlockKind.DANGER, line), *answer.blocks),
        contacts=(*urgent, *others),
        text=f"{line}\n{phones}\n{answer.text}",
    )
    return replace(refused, answer=answer)


def contact_of(hotline: Hotline, town: Town) -> Contact:
    return Contact(hotline.name, hotline.number, town.told(hotline) or None)
