"""A group's wordings through the real pipeline, as it is now or as it would be; channel staff, never counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.types import Answer, AnswerStatus
from ingest.staff_answer import AnswerBasis
from knowledge.library import IndexMissing
from knowledge.trial import Change
from knowledge.types import StoredVersion
from web.cards import answer_card
from web.staff.desk import Desk
from web.staff.intake.trying import Bench, ask
from web.views import CardView

MAX_TRIED = 60


def present(desk: Desk) -> Bench | None:
    """The service as it is now; None while nothing can be searched."""
    library, intake = desk.parts.library, desk.parts.intake
    if library is None or intake is None or not library.ready():
        return None
    return intake.trials.present(library, desk.services.settings)


def with_answer(desk: Desk, version: StoredVersion, basis: AnswerBasis) -> Bench | None:
    """As it would be with the answer published."""
    library, intake = desk.parts.library, desk.parts.intake
    if library is None or intake is None:
        return None
    try:
        held = library.shelf.snapshot.instruments
        change = Change((version,), instruments=() if basis.instrument.id in held else (basis.instrument,))
        return intake.trials.of(library, change, desk.services.settings)
    except IndexMissing:
        return None


def answered_by(bench: Bench, wordings: Iterable[str], document_id: str, desk: Desk) -> dict[str, str]:
    """Wording -> 'yes' where this document answers it, 'other' where another one does, 'no'."""
    found = {}
    for wording in list(wordings)[:MAX_TRIED]:
        answer = ask(bench.assistant, wording, desk.today())
        good = answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
        found[wording] = ("yes" if document_id in answer.documents else "other") if good else "no"
    return found


def shown_card(answer: Answer, desk: Desk, key: str) -> CardView:
    """The card without what would be sent on from it."""
    services = desk.services
    return replace(
        answer_card(answer, services.wording, services.town),
        key=key,
        answer_id="",
        conversation_id="",
        choices=(),
        suggestions=(),
        can_hand_over=False,
        can_share=False,
    )
