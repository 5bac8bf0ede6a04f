"""question -> question, cleaned and with personal numbers hidden; EMPTY and TOO_LONG end here."""

from __future__ import annotations

from dataclasses import replace

from bot.masking import mask
from bot.types import AnswerStatus, Inquiry
from knowledge.normalise import clean

MAX_CHARS = 300


def check_input(inquiry: Inquiry) -> Inquiry:
    """1 to MAX_CHARS characters after cleaning (hidden characters do not count)."""
    text, hidden = mask(clean(inquiry.question.text).text)
    masked = replace(inquiry, question=replace(inquiry.question, text=text), masked=hidden > 0)
    if not any(mark.isalnum() for mark in text):
        return replace(masked, status=AnswerStatus.EMPTY)
    if len(text) > MAX_CHARS:
        return replace(masked, status=AnswerStatus.TOO_LONG)
    return masked
