"""Rows of the database and typed forms as views of entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from knowledge.database.desk_values import VersionRow
from knowledge.database.staff_values import Role
from knowledge.parameters import name_of
from knowledge.passages import HEADING_OF
from knowledge.snapshot import ENTRY_KINDS, Snapshot
from knowledge.types import DocumentKind, Instrument, Town
from web.staff.desk import Desk
from web.staff.holdings.entry_form import KINDS
from web.staff.holdings.entry_views import EntryChoices, EntryLinks, EntryRowView
from web.staff.holdings.instrument_form import choices_of as named_choices
from web.staff.listing import document_url, documents, state_view, version_url
from web.staff.unanswered.listing import url_of as group_url

HERE = "/staff/entries"
KIND_SLUGS = frozenset(kind.value for kind in ENTRY_KINDS)
STAFF_ANSWER = DocumentKind.STAFF_ANSWER.value
"""Listed among the entries, but changed on the page of its questions, where it stays an answer of the desk."""
OPEN = ("draft", "in_review")


def entry_url(slug: str) -> str:
    return f"{HERE}/{slug}"


def page_of_answer(desk: Desk, slug: str) -> str:
    """Where a staff answer is changed: with the questions that it was written to, or its versions where none are left."""
    groups = desk.parts.unanswered.groups() if desk.parts.unanswered is not None else ()
    group = next((each for each in groups if each.document_id == slug), None)
    return group_url(group) if group is not None else document_url(slug)


def is_conflict(row: VersionRow) -> bool:
    """A bundled text that waits because the desk has one of its own, or took the entry back."""
    return row.state == "in_review" and row.origin == "bundled" and row.kind in KIND_SLUGS


def entry_groups(rows: Iterable[VersionRow]) -> dict[str, list[VersionRow]]:
    """Entry -> its versions, oldest first."""
    groups: dict[str, list[VersionRow]] = {}
    for row in rows:
        if row.kind in KIND_SLUGS:
            groups.setdefault(row.document_id, []).append(row)
    return groups


def unreviewed(row: VersionRow) -> bool:
    return row.state == "published" and row.reviewed_by is None


def row_view(desk: Desk, rows: Sequence[VersionRow], topics: Mapping[str, str], names: Mapping[str, str]) -> EntryRowView:
    """rows: the versions of one entry, oldest first."""
    main = documents(rows)[0].main
    note = ""
    if any(is_conflict(row) for row in rows):
        note = "程序带来了新的一版，请对照"
    elif any(row.state == "in_review" for row in rows):
        note = "等另一个人复审"
    elif any(row.state == "draft" for row in rows):
        note = "有没送的草稿"
    return EntryRowView(
        question=main.title,
        url=entry_url(main.document_id),
        topic=topics.get(main.topic, main.topic),
        state=state_view(main, desk.today()),
        origin="随程序带来" if main.origin == "bundled" else "镇里写的",
        reviewed=names.get(main.reviewed_by, main.reviewed_by) if main.reviewed_by else "",
        note=note,
    )


def working_row(rows: Sequence[VersionRow]) -> VersionRow | None:
    """The text that the desk is working on."""
    return next((row for row in reversed(rows) if row.state in OPEN and row.origin != "bundled"), None)


def choices_of(town: Town, snapshot: Snapshot, instruments: Mapping[str, Instrument]) -> EntryChoices:
    return EntryChoices(
        topics=tuple((topic.slug, topic.name) for topic in town.topics),
        regions=tuple((level.code, level.name) for level in town.levels),
        levels=tuple((level.name, level.name) for level in town.levels),
        offices=tuple((office.id, office.name) for office in town.offices.values()),
        hotlines=tuple((line.number, f"{line.number}（{line.name}）") for line in town.hotlines.values()),
        parts=tuple((kind.value, HEADING_OF[kind]) for kind in KINDS),
        parameters=tuple((name, name_of(each)) for name, each in sorted(snapshot.parameters.items())),
        instruments=named_choices(instruments),
    )


def may_approve(desk: Desk, main: VersionRow, rows: Sequence[VersionRow]) -> str:
    """The version that this person may approve as it is."""
    fits = unreviewed(main) and main.written_by != desk.person.id and desk.may(Role.REVIEWER)
    return main.version if fits and not any(is_conflict(row) for row in rows) else ""


def links_of(main: VersionRow, rows: Sequence[VersionRow], upgraded: bool) -> EntryLinks:
    """Addresses that the page offers. upgraded: the program's text has changed under the draft."""
    working = working_row(rows)
    clash = any(is_conflict(row) for row in rows)
    draft = version_url(main.document_id, working.version) if working is not None else ""
    return EntryLinks(
        waits=draft if working is not None and working.state == "in_review" else "",
        upgraded=draft if upgraded else "",
        history=document_url(main.document_id),
        public=f"/entries/{main.document_id}" if main.state == "published" else "",
        conflict=f"/staff/conflicts/{main.document_id}" if clash else "",
    )
