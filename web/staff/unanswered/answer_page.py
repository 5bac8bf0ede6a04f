"""The page of 写答案: the form, the version that it would become, and the card that villagers would see."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.slugs import slug_of
from ingest.staff_answer import AnswerBasis, StaffAnswer, version_of_answer
from knowledge.database.unanswered_values import QuestionGroup
from knowledge.library import IndexMissing
from knowledge.types import StoredVersion
from web.staff.desk import Desk
from web.staff.intake.trying import ask
from web.staff.unanswered.answer_faults import faults_of
from web.staff.unanswered.answer_form import answer_of, listed, typed
from web.staff.unanswered.answer_views import Tick, UnansweredAnswerPage
from web.staff.unanswered.basis import NONE, basis_of, find_passages
from web.staff.unanswered.listing import HERE, url_of
from web.staff.unanswered.steps import DONE, asked_elsewhere, one_of
from web.staff.unanswered.trying import answered_by, shown_card, with_answer
from web.staff.views import FieldError
from web.views import CardView

CHANGED = (
    "没有存：这一组刚被别人改过，或者和别的组并到了一起。您写的还在下面，请先另开一页看别人存的；"
    "再按一次，就用您写的。"
)


def first_draft(group: QuestionGroup) -> dict[str, object]:
    """The form before anything was typed: every wording of the group ticked."""
    return {"question": group.title[:60], "basis": NONE, "wordings": [each.text for each in group.wordings]}


def checked(
    desk: Desk, group: QuestionGroup, draft: Mapping[str, object]
) -> tuple[StaffAnswer, AnswerBasis | None, tuple[FieldError, ...]]:
    town = desk.services.town
    answer, (basis, unnamed) = answer_of(draft, town), basis_of(desk, typed(draft))
    others = asked_elsewhere(desk, group.document_id)
    return answer, basis, (*faults_of(answer, draft, basis, town, others, desk.today()), *unnamed)


def version_to_be(desk: Desk, group: QuestionGroup, answer: StaffAnswer, basis: AnswerBasis) -> StoredVersion:
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


def page_of(
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
    answer, basis, faults = checked(desk, group, draft)
    if faults or basis is None:
        return None, ()
    version = version_to_be(desk, group, answer, basis)
    try:
        bench = with_answer(desk, version, basis)
    except IndexMissing:
        bench = None
    if bench is None:
        return None, ()
    card = shown_card(ask(bench.assistant, answer.question, desk.today()), desk, "preview")
    found = answered_by(bench, answer.wordings, version.document_id, desk)
    return card, tuple((wording, ended == "yes") for wording, ended in found.items())
