"""A draft as the version it will become, with what the form says about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ingest.document import Cut, ReadDocument, Wanted, stored_version, version_name
from ingest.draft import DraftBody
from ingest.slugs import slug_of
from knowledge.types import DocumentKind, DocumentOrigin, Letterhead, Level, Period, StoredVersion

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_ARTICLE_PART = re.compile(r"\d+(?:-\d+)?(?:\.\d+)*")
DAY_FIELDS = {"issued_on": "成文日期", "effective_from": "生效日期", "effective_to": "有效到哪天"}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """field: its name in `ingest.draft.FIELDS`. sentence: what to do, in Chinese."""

    field: str
    sentence: str


def read_day(text: str) -> date | None:
    """2024-09-01 and the like; None for anything else. Raises ValueError for a day that does not exist."""
    match = _DAY.fullmatch(text.strip())
    return date(int(match[1]), int(match[2]), int(match[3])) if match else None


def faults_of(body: DraftBody, levels: Sequence[Level]) -> tuple[FieldFault, ...]:
    """What is wrong with the fields; empty when the version can be made."""
    faults = []
    if not body.value("title").strip():
        faults.append(FieldFault("title", "请写文件的名称。"))
    days: dict[str, date | None] = {}
    for name, words in DAY_FIELDS.items():
        try:
            days[name] = read_day(body.value(name))
            wrong = bool(body.value(name).strip()) and days[name] is None
        except ValueError:
            days[name], wrong = None, True
        if wrong:
            faults.append(FieldFault(name, f"{words}要写成 2024-09-01 这样，没有就空着。"))
    start, end = days["effective_from"], days["effective_to"]
    if start and end and end < start:
        faults.append(FieldFault("effective_to", "有效到的那天在生效日期前面，请核对。"))
    names = {level.name for level in levels}
    if body.value("region") not in names:
        faults.append(FieldFault("region", "请选这份文件管哪里。"))
    if body.value("level") and body.value("level") not in names:
        faults.append(FieldFault("level", "请在几个层级里选一个。"))
    return tuple(faults)


def version_of_draft(
    body: DraftBody,
    levels: Sequence[Level],
    *,
    document_id: str,
    ordinal: int,
    written_by: str,
    file_name: str,
    original: bytes = b"",
) -> StoredVersion:
    """The version to be. The fields have no faults; the caller looked."""
    document = document_of(body, levels, document_id, written_by)
    wanted = Wanted(document, DocumentOrigin.DESK, original, file_name.replace("/", "／"))
    return replace(stored_version(wanted, version_name(ordinal, document.digest)), letterhead=_letterhead(body))


def _letterhead(body: DraftBody) -> Letterhead:
    """The fields have no faults."""
    value = body.value
    return Letterhead(value("document_number"), value("issuer"), value("level"), read_day(value("issued_on")))


def document_of(body: DraftBody, levels: Sequence[Level], document_id: str, written_by: str) -> ReadDocument:
    title = body.value("title").strip()
    end = read_day(body.value("effective_to"))
    cuts = tuple(Cut(part.name, (title, *part.heading[1:]), part.text) for part in body.kept)
    return ReadDocument(
        id=document_id,
        kind=_kind(title, cuts),
        title=title,
        content="\n".join(body.lines),
        cuts=cuts,
        topic=body.topic,
        region=next((level.code for level in levels if level.name == body.value("region")), levels[-1].code),
        period=Period(read_day(body.value("effective_from")), end + timedelta(days=1) if end else None),
        written_by=written_by,
    )


def _kind(title: str, cuts: Sequence[Cut]) -> DocumentKind:
    if sum(bool(_ARTICLE_PART.fullmatch(cut.part)) for cut in cuts) >= 3:
        return DocumentKind.STATUTE
    return DocumentKind.REPORT if title.endswith("报告") else DocumentKind.POLICY


def new_document_id(title: str) -> str:
    """The address a new document gets; the caller adds a number where it is taken."""
    return slug_of(title)


def facts_of(body: DraftBody) -> dict[str, Any]:
    """What is kept of a version besides its text."""
    kept = ("document_number", "issuer", "issued_on", "level")
    return {
        **{name: body.value(name) for name in kept},
        "examples": [each.text for each in body.examples if each.ticked],
        "dropped": dict(body.dropped),
        "findings": [f"{each.kind}:{each.text}" for each in body.findings],
        "settled": list(body.settled),
        "seen_by": body.seen_by,
    }
