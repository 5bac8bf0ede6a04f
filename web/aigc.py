"""The hidden label of text that a model wrote, for pages that leave the house: shared, printed, on a slip."""

from __future__ import annotations

import hashlib
import json

from bot.types import Answer, Origin

GENERATED = "1"
"""Label of GB 45438-2025: made by a model for certain. What a program picked out or counted carries none."""


def aigc_entry(answer: Answer, producer: str) -> str:
    """The `AIGC` metadata entry as JSON; '' where no model wrote a word.

    producer: who runs the assistant. ProduceID names this text and no person: a digest of the answer's id, which
    itself opens the answer and must not be handed on.
    """
    if answer.origin is not Origin.MODEL:
        return ""
    number = hashlib.sha256(answer.answer_id.encode()).hexdigest()[:32]
    entry = {"Label": GENERATED, "ContentProducer": producer, "ProduceID": number}
    passed_on = {"ContentPropagator": producer, "PropagateID": number}
    reserved = {"ReservedCode1": "", "ReservedCode2": ""}
    return json.dumps(entry | passed_on | reserved, ensure_ascii=False)
