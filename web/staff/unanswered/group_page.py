"""One need nobody could answer: its wordings, what answers them now, what is handed over, and what may be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from knowledge.database.desk_values import VersionRow
from knowledge.database.staff_values import Role
from knowledge.database.unanswered_values import HandedOver, QuestionGroup, WordingState
from web.cards import spell_moment
from web.staff.desk import Desk
from web.staff.life import two_person
from web.staff.life_views import StateView
from web.staff.listing import document_url, state_view
from web.staff.names import names_of
from web.staff.unanswered.listing import (
    CHANNELS,
    HERE,
    REASONS,
    mix,
    rows_by_document,
    state_of,
    title_of,
    url_of,
)
from web.staff.unanswered.nearest import entries_in_use, near_entries
from web.staff.unanswered.steps import DONE, group_of, one_of, unanswered_of
from web.staff.unanswered.trying import answered_by, present
from web.staff.unanswered.views import AddedView, AnswerLink, HandoverView, UnansweredGroupPage, WordingView
from web.staff.views import FieldError

MAX_REPLY = 500
ADDED = {
    WordingState.IN_REVIEW: StateView("待复审", "warn"),
    WordingState.APPROVED: StateView("在用", "ok"),
    WordingState.WITHDRAWN: StateView("已撤下", "plain"),
}


def group_view(
    desk: Desk,
    group_id: str,
    errors: tuple[FieldError, ...] = (),
    typed: Mapping[str, str] | None = None,
    *,
    key: str = "",
    ticked: Collection[str] | None = None,
) -> UnansweredGroupPage:
    """The page of one group. typed: what a form held that was refused. key: as of `group_of`.

    ticked: wordings of a refused form. Raises 404.
    """
    store = unanswered_of(desk)
    group = group_of(desk, group_id, key)
    row = rows_by_document(desk).get(group.document_id)
    names = names_of(desk)
    wordings, answered = _wordings(desk, group, row, ticked)
    return UnansweredGroupPage(
        frame=desk.frame("没答上的问题", HERE, done=DONE, errors=errors),
        group=group,
        title=title_of(group),
        url=url_of(group),
        state=state_of(group, row, desk),
        facts=_facts(group, names),
        wordings=wordings,
        answered=answered,
        answer=_answer(desk, row),
        handovers=handover_views([item for item in store.handed_over(desk.now()) if item.group_id == group.id]),
        added=_added(desk, group, names),
        near=near_entries(desk, group),
        entries=tuple(question for question, _ in entries_in_use(desk)),
        people=tuple((name, words) for name, words in sorted(names.items()) if name != desk.person.id),
        typed=typed or {},
        one_of=one_of(group),
    )


def handover_views(items: Sequence[HandedOver], typed: str | None = None) -> tuple[HandoverView, ...]:
    """typed: a reply that was refused."""
    return tuple(
        HandoverView(item.number, item.question, item.given_at, item.reply, item.replied_at, typed) for item in items
    )


def _facts(group: QuestionGroup, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    facts = (
        ("人次", f"{group.questions}"),
        ("问法", f"{len(group.wordings)} 种"),
        ("最近一次", spell_moment(group.last_at)),
        ("从哪里问的", mix(group.channels, CHANNELS)),
        ("为什么没答上", mix(group.reasons, REASONS)),
        ("转给", names.get(group.owner, group.owner)),
        ("说明", group.why),
        ("上次处理", names.get(group.changed_by, group.changed_by)),
    )
    return tuple((name, value) for name, value in facts if value)


def _wordings(
    desk: Desk, group: QuestionGroup, row: VersionRow | None, ticked: Collection[str] | None
) -> tuple[tuple[WordingView, ...], tuple[int, int]]:
    """Each wording, and (answered by this group's answer, tried) where something is in use for it."""
    bench = present(desk) if row is not None and row.state == "published" else None
    found = answered_by(bench, [each.text for each in group.wordings], group.document_id, desk) if bench else {}
    views = tuple(
        WordingView(
            each.text,
            each.times,
            each.last_at,
            answered := found.get(each.text, ""),
            answered != "yes" if ticked is None else each.text in ticked,
        )
        for each in group.wordings
    )
    return views, (sum(value == "yes" for value in found.values()), len(found))


def _answer(desk: Desk, row: VersionRow | None) -> AnswerLink | None:
    if row is None:
        return None
    url = document_url(row.document_id)
    return AnswerLink(row.title, url, state_view(row, desk.today()), row.kind == "staff_answer")


def _added(desk: Desk, group: QuestionGroup, names: Mapping[str, str]) -> tuple[AddedView, ...]:
    views = []
    for item in unanswered_of(desk).wordings():
        if item.group_id == group.id:
            other = item.made_by != desk.person.id or not two_person(desk)
            may = item.state is WordingState.IN_REVIEW and other and (desk.may(Role.REVIEWER) or not two_person(desk))
            kept = item.state is not WordingState.WITHDRAWN
            views.append(
                AddedView(item.key, item.wording, ADDED[item.state], names.get(item.made_by, item.made_by), may, kept)
            )
    return tuple(views)
