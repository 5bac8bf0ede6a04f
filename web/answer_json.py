"""The public object of `/api/chat` and its pieces, as plain dicts (docs: the public contract).

Beside the contract's fields stand the words a card shows (`label`, `shown`, `lines` …), so that every client can
carry the label and the sources as our own pages do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.types import Answer, Block, Citation, Contact, Started
from bot.wording import Wording
from knowledge.types import Town
from web.cards import (
    answer_card,
    block_view,
    contact_view,
    sentence_of,
    source_view,
    spell_moment,
)

Json = dict[str, Any]


def answer_json(answer: Answer, wording: Wording, town: Town) -> Json:
    """The whole object, also what `pufa ask --json` prints."""
    card = answer_card(answer, wording, town)
    return {
        "answer_id": answer.answer_id,
        "conversation_id": answer.conversation_id,
        "status": answer.status.value,
        "origin": answer.origin.value,
        "understood": answer.understood,
        "text": answer.text,
        "blocks": [block_json(block, wording) for block in answer.blocks],
        "citations": [citation_json(citation, wording) for citation in answer.citations],
        "contacts": contacts_json(answer.contacts, town),
        "suggestions": list(answer.suggestions),
        "as_of": answer.as_of.isoformat(),
        "asked_at": answer.asked_at.isoformat(),
        "reviewed": answer.reviewed,
        "masked": answer.masked,
        "model": answer.model,
        "label": {
            "chip": card.chip,
            "asked": spell_moment(answer.asked_at),
            "closing": card.closing,
            "not_reviewed": card.not_reviewed,
        },
        "shown": {
            "title": wording.title(answer.status),
            "tone": card.tone,
            "heading": card.heading,
            "sentence": sentence_of(answer, wording),
            "ways": list(card.ways),
            "missing": card.sentence,
            "choices": list(card.choices),
            "suggestions": list(card.suggestions),
            "can_hand_over": card.can_hand_over,
            "can_share": card.can_share,
            "card": card.service_card,
        },
    }


def block_json(block: Block, wording: Wording) -> Json:
    view = block_view(block, wording)
    return {
        "kind": block.kind.value,
        "text": block.text,
        "citations": list(block.citations),
        "origin": block.origin.value,
        "heading": view.heading,
        "lines": [{"text": line.text, "marks": list(line.marks), "folded": line.folded} for line in view.lines],
    }


def citation_json(citation: Citation, wording: Wording) -> Json:
    passage, basis = citation.passage, citation.basis
    return {
        "number": citation.number,
        "confidence": citation.confidence.value,
        "state": citation.state.value,
        "checked_on": citation.checked_on.isoformat(),
        "passage": asdict(passage),
        "basis": {
            "title": basis.title,
            "document_number": basis.document_number,
            "issuer": basis.issuer,
            "article": basis.article,
            "level": basis.level,
            "effective_from": _day(basis.effective_from),
            "effective_to": _day(basis.effective_to),
            "held": basis.held,
            "quote": basis.quote if basis.held else None,
        },
        "shown": asdict(source_view(citation, wording)),
    }


def contacts_json(contacts: Iterable[Contact], town: Town) -> list[Json]:
    return [
        {
            "name": contact.name,
            "phone": contact.phone,
            "hours": contact.hours,
            "what": view.what,
            "urgent": view.urgent,
        }
        for contact in contacts
        if (view := contact_view(contact, town))
    ]


def started_json(started: Started, town: Town) -> Json:
    return {
        "answer_id": started.answer_id,
        "conversation_id": started.conversation_id,
        "understood": started.understood,
        "origin": started.origin.value,
        "as_of": started.as_of.isoformat(),
        "contacts": contacts_json(started.contacts, town),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
