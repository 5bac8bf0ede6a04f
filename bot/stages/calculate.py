"""parts that ask for a sum of one's own case -> drafts worked out by a calculator, or one question back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.calculators.calculate import Case, calculate
from bot.calculators.changed_case import changed_case
from bot.calculators.figures import Figures
from bot.calculators.reading import Reading, read
from bot.calculators.requests import DeadlineRequest, EmployeeYearsRequest, Request, RetirementRequest
from bot.calculators.results import Impossible, Missing
from bot.calculators.said_births import births_said
from bot.calculators.words import Asking, Words
from bot.conversation import FollowUps
from bot.stages.retrieve import moment_of
from bot.stages.worked_out import drafts_of_cases, explained_of, grounded
from bot.types import AnswerStatus, Inquiry, Part
from bot.wording import Wording
from knowledge.library import Library
from knowledge.search import Scope
from knowledge.types import Hit

SAME_EVERYWHERE = (RetirementRequest, EmployeeYearsRequest, DeadlineRequest)
"""Requests that rest on national rules alone, so that another place named does not matter."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the stage works with."""

    library: Library
    words: Words
    follow_ups: FollowUps
    wording: Wording


def calculate_stage(inquiry: Inquiry, *, desk: Desk) -> Inquiry:
    """Fill drafts of each open part that a calculator can work out; may end with ASK_BACK or NO_BASIS."""
    return replace(inquiry, parts=tuple(_part(part, inquiry, desk) for part in inquiry.parts))


def _part(part: Part, inquiry: Inquiry, desk: Desk) -> Part:
    found = None if part.status is not None else _read(part, inquiry, desk)
    if found is None or (part.place and not isinstance(found.reading.request, SAME_EVERYWHERE)):
        return part
    reading = found.reading
    part = replace(part, standalone=found.text, understood=found.said, rule=f"calculate:{reading.calculator}")
    if reading.asking and not found.unsure and not _asked_before(inquiry):
        return _ask_back(part, reading.asking)
    return _worked_out(part, reading.request, inquiry, desk)


@dataclass(frozen=True, slots=True)
class _Found:
    """text: the words that were read. said: as they were said. unsure: of the fact that was asked back."""

    reading: Reading
    text: str
    said: str
    unsure: bool = False


def _read(part: Part, inquiry: Inquiry, desk: Desk) -> _Found | None:
    """The answer to a question back, else the part with the conversation, else the part alone."""
    on = inquiry.question.on
    last = inquiry.history[-1] if inquiry.history else None
    if last is not None and last.pending:
        answered = _answer_to(last.pending, part, inquiry, desk)
        if answered is not None:
            return answered
    alone = read(part.typed, on, desk.words)
    if alone is not None and alone.asking is None:
        return _Found(alone, part.typed, part.typed)
    context = part.standalone.removesuffix(part.typed).rstrip("，") or part.context
    joined = _with_context(part.typed, context, inquiry, desk) if context else None
    if joined is not None:
        return joined
    return _Found(alone, part.typed, part.typed) if alone is not None else None


def _answer_to(pending: str, part: Part, inquiry: Inquiry, desk: Desk) -> _Found | None:
    """The waiting question with its fact settled; None where the words are no answer to it."""
    on = inquiry.question.on
    before = read(pending, on, desk.words)
    if before is None or before.asking is None:
        return None
    if desk.follow_ups.is_unsure(part.typed):
        return _Found(before, pending, pending, unsure=True)
    for said in _answers(part.typed, before.asking):
        text = f"{pending}，{said}"
        after = read(text, on, desk.words)
        if after is not None and after.request != before.request:
            return _Found(after, text, text)
    return None


def _answers(typed: str, asking: Asking) -> Iterator[str]:
    yield typed
    for form in asking.forms:
        yield form.format(typed.rstrip("。.!"))


def _with_context(typed: str, context: str, inquiry: Inquiry, desk: Desk) -> _Found | None:
    """Read with the words of the conversation, where the new words change what is asked for."""
    on = inquiry.question.on
    said = f"{context}，{typed}"
    context = _older_facts_gone(context, typed, inquiry, desk)
    first, *later = context.split("，")
    case = _case_of(first, later, on, desk)
    now = None if case is None else _case_of(case, [typed], on, desk)
    if case is None or now is None:
        return None
    joined, before = read(now, on, desk.words), read(case, on, desk.words)
    if joined is None or (before is not None and before.request == joined.request):
        return None
    return _Found(joined, now, said)


def _case_of(case: str, turns: Sequence[str], on: date, desk: Desk) -> str | None:
    """The case with what later turns say of it; None where it cannot be told which number is meant."""
    for turn in turns:
        changes = desk.follow_ups.points(turn) and read(case, on, desk.words) and not _another_income(turn, case, desk)
        told = changed_case(case, turn) if changes else (case, turn)
        if told is None:
            return None
        case = "，".join(told)
    return case


def _older_facts_gone(context: str, typed: str, inquiry: Inquiry, desk: Desk) -> str:
    """Whose case it is, which hospital and when they were born, as said before, give way to what is said now."""
    lists = desk.words.lists
    people = [word for name in ("male", "female") for word in lists[name]]
    posts = [word for name in ("female50", "female55") for word in lists[name]]
    levels = [word for name in ("level1", "level2", "level3", "level23") for word in lists[name]]
    if any(len(word) > 1 and word in typed for word in people):
        context = _less(context, (*people, *posts))
    if any(word in typed for word in levels):
        context = _less(context, levels)
    if births_said(typed, inquiry.question.on) is not None:
        clauses = context.split("，")
        context = "，".join(c for c in clauses if births_said(c, inquiry.question.on) is None) or _undated(context)
    return context


def _another_income(typed: str, context: str, desk: Desk) -> bool:
    """Of a household each one's money is added."""
    kin = (word for name in ("male", "female") for word in desk.words.lists[name] if len(word) > 1)
    return desk.words.any("dibao", context) and any(word in typed for word in kin)


def _less(text: str, words: Iterable[str]) -> str:
    """text without these words, the longest first."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    return text


def _undated(text: str) -> str:
    return "".join(sign for sign in text if not sign.isdigit())


def _asked_before(inquiry: Inquiry) -> bool:
    """Never two questions back in a row."""
    return bool(inquiry.history) and inquiry.history[-1].pending is not None


def _ask_back(part: Part, asking: Asking) -> Part:
    part = replace(part, pending=part.standalone, choices=asking.choices, rule=f"{part.rule}:{asking.fact}")
    return part.end(AnswerStatus.ASK_BACK, f"ask:{asking.question}")


def _worked_out(part: Part, request: Request, inquiry: Inquiry, desk: Desk) -> Part:
    moment = moment_of(part, inquiry)
    about = moment.about if moment.said else None
    figures = Figures(desk.library.shelf.snapshot.parameters, moment.on, about)
    cases = calculate(request, figures)
    if not cases or not grounded(cases, desk.library):
        return replace(part, rule="")
    first = cases[0].outcome
    if isinstance(first, (Missing, Impossible)) and not any(explained_of(case) for case in cases):
        return _no_sum(part, first, desk)
    hits = desk.library.search(part.standalone, Scope(moment, part.place)).hits
    part = replace(part, hits=hits, topic=_topic(hits, desk.library), ask=_ask(cases))
    return replace(part, drafts=drafts_of_cases(cases, request.notes, part, desk.library, desk.wording, moment))


def _no_sum(part: Part, outcome: Missing | Impossible, desk: Desk) -> Part:
    if isinstance(outcome, Impossible):
        return part.end(AnswerStatus.NO_BASIS, f"no-figure:{outcome.sentence}")
    hotlines = desk.library.town.hotlines
    phone = next((place for place in outcome.ask if place in hotlines), desk.wording.ask(AnswerStatus.NO_BASIS).phone)
    sentence = desk.wording.words("calculator", "missing", missing=outcome.what, phone=phone)
    return replace(part, ask=outcome.ask).end(AnswerStatus.NO_BASIS, f"no-figure:{sentence}")


def _ask(cases: tuple[Case, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for case in cases if (e := explained_of(case)) for place in e.ask))


def _topic(hits: tuple[Hit, ...], library: Library) -> str | None:
    entries = library.shelf.snapshot.entries
    return next((entries[hit.document_id].topic for hit in hits if hit.document_id in entries), None)
