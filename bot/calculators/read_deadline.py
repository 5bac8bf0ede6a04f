"""Reads questions about the last day of a step: which step, and from which day it runs."""

from __future__ import annotations

import re
from datetime import date

from bot.calculators.deadline_rules import RULES, Procedure
from bot.calculators.requests import DeadlineRequest
from bot.calculators.said_days import SaidDay, day_said
from bot.calculators.words import Words
from knowledge.plain_words import bundled

_HOW_MANY = re.compile(r"(?:以后|之后|过后)(?:多少|几)[天日]")
"""In plain words: how many days there are from then on, which is the rule itself."""
_FOR_ANOTHER = re.compile(r"保证人|担保|保人")
"""Who answers for the debt of another has periods of their own, which the entries tell."""
_ROUGH = "日子是估的，拿到准日子再算一遍。"


def read_deadline(text: str, on: date, words: Words) -> DeadlineRequest | None:
    """Until which day? Needs the step, and a day or that something has happened to this person.

    Who asks without a day how long one has wants the rule, not a question back.
    """
    procedure = procedure_said(text, words)
    if procedure is None or not words.any("day_asks", text):
        return None
    first, second = _days(text, on, words)
    if first is None:
        if words.any("day_rule", text) or _HOW_MANY.search(bundled().read(text)):
            return None
        happened = words.any("got", text) and words.any("self", text)
        return DeadlineRequest(procedure, None) if happened else None
    notes = (_ROUGH,) if first.rough or (second is not None and second.rough) else ()
    if second is None or not RULES[procedure].restarts or second.day < first.day:
        return DeadlineRequest(procedure, first.day, notes=notes)
    return DeadlineRequest(procedure, first.day, second.day, notes)


def procedure_said(text: str, words: Words) -> Procedure | None:
    """The step that the words name, the most special first."""
    if words.any("review_decision", text) and words.any("sue", text):
        return Procedure.LAWSUIT_AFTER_REVIEW
    if words.any("review", text):
        return Procedure.REVIEW_UNTOLD if words.any("untold", text) else Procedure.REVIEW
    if words.any("injury", text):
        return Procedure.WORK_INJURY
    if words.any("arbitration", text) or words.any("award", text):
        return _labour(text, words)
    if words.any("office_sued", text):
        return Procedure.LAWSUIT
    if words.any("debt", text) and not _FOR_ANOTHER.search(text):
        return Procedure.CIVIL
    return None


def _labour(text: str, words: Words) -> Procedure | None:
    if words.any("land", text):
        return None
    if words.any("award", text):
        return Procedure.LABOUR_COURT if words.any("sue", text) else None
    left = words.any("left_job", text)
    return Procedure.LABOUR_WAGES if left and words.any("wages", text) else Procedure.LABOUR


def _days(text: str, on: date, words: Words) -> tuple[SaidDay | None, SaidDay | None]:
    """The day it runs from, and the day on which the other side was last asked, where the text has both."""
    cut = min((text.find(word) for word in words.lists["asked_back"] if word in text), default=-1)
    if cut < 0:
        return day_said(text, on, words), None
    clause = max(text.rfind(mark, 0, cut) for mark in ",。;、 ")
    first = day_said(text[: clause + 1], on, words) if clause >= 0 else None
    second = day_said(text[clause + 1 :], on, words)
    return (first, second) if first else (second, None)
