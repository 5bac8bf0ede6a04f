"""The version a draft will become: under which document, and after which one."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.draft import DraftBody
from ingest.draft_version import new_document_id, read_day, version_of_draft
from knowledge.database.desk_values import Succession
from knowledge.database.draft_values import Draft
from knowledge.types import StoredVersion
from web.staff.desk import Desk
from web.staff.intake.files import path_of
from web.staff.intake.steps import intake_of


@dataclass(frozen=True, slots=True)
class Made:
    """follows: the plan to take over from an older document on a later day."""

    version: StoredVersion
    original: bytes
    follows: Succession | None = None


def made_of(desk: Desk, draft: Draft, body: DraftBody) -> Made:
    """Reads the file again. The fields have no faults. Raises FileNotFoundError.

    A replacement that holds already is a new version of the same document; one that starts later is a document
    of its own that takes over on its first day, so that until then the old one goes on answering.
    """
    start = read_day(body.value("effective_from"))
    later = start is not None and start > desk.today()
    document_id, ordinal = _place(desk, body, body.replaces if not later else "")
    original = path_of(desk.services.settings, draft.id).read_bytes()
    version = version_of_draft(
        body,
        desk.services.town.levels,
        document_id=document_id,
        ordinal=ordinal,
        written_by=draft.made_by,
        file_name=draft.name,
        original=original,
    )
    follows = Succession(body.replaces, document_id, start) if later and body.replaces and start else None
    return Made(version, original, follows)


def _place(desk: Desk, body: DraftBody, replaces: str) -> tuple[str, int]:
    """(document id, number of the new version). A new document takes a free id."""
    taken = intake_of(desk).drafts.names_taken
    if replaces:
        return replaces, taken(replaces) + 1
    wanted = new_document_id(body.value("title"))
    name, number = wanted, 2
    while taken(name):
        name, number = f"{wanted}-{number}", number + 1
    return name, 1
