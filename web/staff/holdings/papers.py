"""The paper that a value comes from: taken with the form, kept as an original, given out to staff alone."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from starlette.datastructures import FormData, UploadFile

from ingest.errors import UnsupportedDocument
from ingest.originals import store_original
from ingest.signatures import HEAD_BYTES, MAX_FILE_BYTES, kind_of
from knowledge.locks import originals_lock
from knowledge.overlay_values import Paper, RecordKind
from web.staff.desk import Desk
from web.staff.holdings.present import holdings_of
from web.staff.intake.files import has_room, shown_name
from web.staff.names import names_of
from web.staff.views import FieldError

FIELD = "paper"
BODY_BYTES = MAX_FILE_BYTES + 2**20
"""The largest body of a form that may bring a paper."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class PaperView:
    name: str
    url: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GivenPaper:
    """A paper that came with a form, not kept yet."""

    paper: Paper
    data: bytes


async def given_paper(desk: Desk, form: FormData, kind: RecordKind, subject: str) -> GivenPaper | FieldError | None:
    """None where none was given; what is wrong with it where it cannot be taken."""
    upload = form.get(FIELD)
    data = await upload.read(MAX_FILE_BYTES + 1) if isinstance(upload, UploadFile) else b""
    await form.close()
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None
    name = shown_name(upload.filename)
    if len(data) > MAX_FILE_BYTES:
        return FieldError(FIELD, f"“{name}”超过 20 MB，没有收。请把图片调小，或者只传要紧的那几页。")
    if not has_room(desk.services.settings):
        return FieldError(FIELD, "磁盘快满了，暂时不能传文件。请告诉管理员清理磁盘；别的可以先存。")
    try:
        kind_of(data[:HEAD_BYTES], name)
    except UnsupportedDocument as error:
        return FieldError(FIELD, f"“{name}”没有收：{error.reason}。{error.remedy}。")
    digest = hashlib.sha256(data).hexdigest()
    paper = Paper(secrets.token_hex(16), kind, subject, digest, name, len(data), desk.person.id, desk.now())
    return GivenPaper(paper, data)


def with_paper(desk: Desk, given: GivenPaper | None, act: Callable[[Paper | None], _Result]) -> _Result:
    """The bytes first, then what is written about them; no sweep comes between."""
    if given is None:
        return act(None)
    settings = desk.services.settings
    with originals_lock(settings.data_dir, "desk"):
        store_original(settings.originals_dir, given.data)
        return act(given.paper)


def papers_of(desk: Desk, kind: RecordKind, subject: str) -> tuple[PaperView, ...]:
    """Newest first."""
    names = names_of(desk)
    return paper_views(holdings_of(desk).records.papers(kind, subject), names)


def paper_views(papers: Sequence[Paper], names: Mapping[str, str]) -> tuple[PaperView, ...]:
    return tuple(PaperView(each.name, f"/staff/papers/{each.id}", names.get(each.who, each.who), each.at) for each in papers)
