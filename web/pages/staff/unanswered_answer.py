"""写答案: an answer to a need nobody could answer, seen as the real card, handed in for the second look."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import Request
from starlette.responses import Response

from ingest.originals import store_original
from ingest.slugs import slug_of
from ingest.staff_answer import AnswerBasis, StaffAnswer, version_of_answer
from knowledge.database.staff_values import Role
from knowledge.database.unanswered_values import Ending, QuestionGroup
from knowledge.library import IndexMissing
from knowledge.locks import originals_lock
from knowledge.types import StoredVersion
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.present import holdings_of
from web.staff.intake.trying import ask
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.unanswered.answer_form import (
    LISTS,
    answer_of,
    faults_of,
    listed,
    read_draft,
    typed,
)
from web.staff.unanswered.basis import NONE, basis_of, find_passages
from web.staff.unanswered.listing import HERE, subject_of, url_of
from web.staff.unanswered.steps import (
    DONE,
    asked_elsewhere,
    group_of,
    one_of,
    seen_group,
    unanswered_of,
)
from web.staff.unanswered.trying import answered_by, shown_card, with_answer
from web.staff.unanswered.views import Tick, UnansweredAnswerPage
from web.staff.views import FieldError
from web.views import CardView

router = desk_router()
CHANGED = (
    "没有存：这一组刚被别人改过，或者和别的组并到了一起。您写的还在下面，请先另开一页看别人存的；"
    "再按一次，就用您写的。"
)


@router.get("/unanswered/{group_id}/answer")
@allow(Role.EDITOR)
async def form_page(group_id: str, desk: DeskDep) -> Response:
    group = await asyncio.to_thread(group_of, desk, group_id)
    return desk.page(await asyncio.to_thread(_page, desk, group, group.draft or _first(group)))


@router.post("/unanswered/{group_id}/answer")
@allow(Role.EDITOR)
async def save(group_id: str, request: Request, desk: DeskDep) -> Response:
    """act: save (and look at the card), find (passages to cite), submit."""
    form = await request.form()
    fields = {name: str(value) for name, value in form.items() if isinstance(value, str)}
    draft = read_draft(fields, {name: [str(item) for item in form.getlist(name)] for name in LISTS})
    group = await seen_group(desk, group_id, fields.get("revision", ""), fields.get("one_of", ""))
    if fields.get("act") == "submit":
        return await _submit(desk, group, draft)
    deed = desk.deed("save_answer", subject_of(group))
    ending = await asyncio.to_thread(unanswered_of(desk).save_draft, group, draft, deed)
    if ending is not Ending.DONE:
        return await _changed(desk, group, draft)
    return desk.go(f"{url_of(group)}/answer", "saved")


async def _submit(desk: Desk, group: QuestionGroup, draft: Mapping[str, object]) -> Response:
    answer, basis, faults = await asyncio.to_thread(_checked, desk, group, draft)
    if faults or basis is None:
        return desk.wrong(await asyncio.to_thread(_page, desk, group, draft, faults))
    version = await asyncio.to_thread(_version, desk, group, answer, basis)
    deed = desk.deed("submit", version.document_id, title=version.title, version=version.version)

    def hand_in() -> Ending:
        settings = desk.services.settings
        with originals_lock(settings.data_dir, "desk"):
            store_original(settings.originals_dir, version.content.encode())
            resting_on = {basis.instrument.id: basis.instrument} if _is_new(desk, basis) else {}
            return unanswered_of(desk).submit(group, draft, version, resting_on, deed)

    ending = await asyncio.to_thread(hand_in)
    if ending is not Ending.DONE:
        return await _changed(desk, group, draft)
    desk.parts.wake()
    return desk.go(url_of(group), "submitted")


async def _changed(desk: Desk, group: QuestionGroup, draft: Mapping[str, object]) -> Response:
    """The form as it was typed, for the group as it is now. Raises 404."""
    now = await asyncio.to_thread(group_of, desk, group.id, one_of(group))
    return desk.page(await asyncio.to_thread(_page, desk, now, draft, (FieldError("", CHANGED),)), 409)


def _is_new(desk: Desk, basis: AnswerBasis) -> bool:
    """A record that is held already is left as it is."""
    return basis.instrument.id not in holdings_of(desk).figures.instruments()


def _first(group: QuestionGroup) -> dict[str, object]:
    """The form before anything was typed: every wording of the group ticked."""
    return {"question": group.title[:60], "basis": NONE, "wordings": [each.text for each in group.wordings]}


def _checked(
    desk: Desk, group: QuestionGroup, draft: Mapping[str, object]
) -> tuple[StaffAnswer, AnswerBasis | None, tuple[FieldError, ...]]:
    town = desk.services.town
    answer, (basis, unnamed) = answer_of(draft, town), basis_of(desk, typed(draft))
    others = asked_elsewhere(desk, group.document_id)
    return answer, basis, (*faults_of(answer, draft, basis, town, others, desk.today()), *unnamed)


def _version(desk: Desk, group: QuestionGroup, answer: StaffAnswer, basis: AnswerBasis) -> StoredVersion:
    document_id, held = _place(desk, group, answer.question)
    return version_of_answer(
        answer, basis, document_id=document_id, ordinal=held + 1, written_by=desk.person.id, on=desk.today()
    )


def _place(desk: Desk, group: QuestionGroup, question: str) -> tuple[str, int]:
    """(document id, how many versions it has): the group's own staff answer, else a free id."""
    rows = desk.parts.shelf.rows(group.document_id) if group.document_id else ()
    if rows and rows[0].kind == "staff_answer":
        return group.document_id, max(row.ordinal for row in rows)
    wanted = slug_of(question)
    name, number = wanted, 2
    while desk.parts.shelf.rows(name):
        name, number = f"{wanted}-{number}", number + 1
    return name, 0


def _page(
    desk: Desk, group: QuestionGroup, draft: Mapping[str, object], errors: tuple[FieldError, ...] = ()
) -> UnansweredAnswerPage:
    town, fields = desk.services.town, typed(draft)
    preview, tried = _preview(desk, group, draft) if group.draft and not errors else (None, ())
    texts = dict.fromkeys([*(each.text for each in group.wordings), *listed(draft, "wordings")])
    return UnansweredAnswerPage(
        frame=desk.frame("写答案", HERE, done=DONE, errors=errors),
        url=f"{url_of(group)}/answer",
        group_url=url_of(group),
        revision=group.revision,
        one_of=one_of(group),
        changed=any(error.sentence == CHANGED for error in errors),
        fields=fields,
        topics=(("", "请选"), *((topic.slug, topic.name) for topic in town.topics)),
        levels=tuple((level.name, level.name) for level in town.levels),
        hotlines=tuple(
            Tick(line.number, f"{line.name} {line.number}", line.number in listed(draft, "hotlines"))
            for line in town.hotlines.values()
        ),
        offices=tuple(
            Tick(office.id, office.name, office.id in listed(draft, "offices")) for office in town.offices.values()
        ),
        wordings=tuple(Tick(text, text, text in listed(draft, "wordings")) for text in texts),
        passages=find_passages(desk, fields["basis_words"], fields["passage"]),
        preview=preview,
        tried=tried,
    )


def _preview(
    desk: Desk, group: QuestionGroup, draft: Mapping[str, object]
) -> tuple[CardView | None, tuple[tuple[str, bool], ...]]:
    """The card as it would be, and which wordings it would answer; (None, ()) while something is missing."""
    answer, basis, faults = _checked(desk, group, draft)
    if faults or basis is None:
        return None, ()
    version = _version(desk, group, answer, basis)
    try:
        bench = with_answer(desk, version, basis)
    except IndexMissing:
        bench = None
    if bench is None:
        return None, ()
    card = shown_card(ask(bench.assistant, answer.question, desk.today()), desk, "preview")
    found = answered_by(bench, answer.wordings, version.document_id, desk)
    return card, tuple((wording, ended == "yes") for wording, ended in found.items())
