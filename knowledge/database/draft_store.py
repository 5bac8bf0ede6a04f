"""Drafts of the intake; every call is one short transaction, and what a person did is logged in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select, update

from knowledge.database import desk_life, desk_steps, staff_log
from knowledge.database.desk_values import Outcome, Succession
from knowledge.database.draft_models import intake_drafts, version_facts
from knowledge.database.draft_values import Draft, DraftState
from knowledge.database.engine import reading, writing
from knowledge.database.letterheads import note
from knowledge.database.models import versions
from knowledge.database.publishing import add_version
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.types import StoredVersion

_C = intake_drafts.c


class DraftStore:
    """Objects may be shared by threads."""

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    def add(self, draft: Draft, deed: Deed) -> None:
        row = {name: getattr(draft, name) for name in Draft.__slots__} | {"state": draft.state.value}
        with writing(self._engine) as connection:
            connection.execute(insert(intake_drafts), row | {"town": self._town, "body": dict(draft.body)})
            staff_log.append(connection, self._town, deed)

    def draft(self, draft_id: str) -> Draft | None:
        with reading(self._engine) as connection:
            asked = select(intake_drafts).where(_C.town == self._town, _C.id == draft_id)
            row = connection.execute(asked).mappings().first()
        return None if row is None else _draft(row, row["body"])

    def drafts(self) -> list[Draft]:
        """All that were not submitted, newest first, without their bodies."""
        columns = [column for column in _C if column.name not in ("town", "body")]
        with reading(self._engine) as connection:
            asked = select(*columns).where(_C.town == self._town).order_by(_C.made_at.desc(), _C.id)
            return [_draft(row, {}) for row in connection.execute(asked).mappings()]

    def progress(self, draft_id: str, state: DraftState, done: int, total: int) -> bool:
        """Note how far reading is; False when the draft is gone."""
        return self._change(draft_id, state=state.value, pages_done=done, pages_total=total)

    def refuse(self, draft_id: str, reason: str, remedy: str, now: datetime) -> bool:
        return self._change(
            draft_id, state=DraftState.REFUSED.value, reason=reason, remedy=remedy, changed_at=now
        )

    def finish(self, draft_id: str, state: DraftState, body: Mapping[str, Any], now: datetime) -> bool:
        """Reading is done: OPEN or PERSONAL."""
        return self._change(draft_id, state=state.value, body=dict(body), changed_at=now, revision=1)

    def save(
        self, draft: Draft, body: Mapping[str, Any], now: datetime, deed: Deed | None = None, state: DraftState | None = None
    ) -> bool:
        """Keep a changed body; False where somebody else changed the draft since it was read."""
        with writing(self._engine) as connection:
            changed = connection.execute(
                update(intake_drafts)
                .where(_C.town == self._town, _C.id == draft.id, _C.revision == draft.revision)
                .values(
                    body=dict(body),
                    changed_at=now,
                    revision=draft.revision + 1,
                    state=(state or draft.state).value,
                )
            )
            if changed.rowcount and deed is not None:
                staff_log.append(connection, self._town, deed)
        return changed.rowcount > 0

    def delete(self, draft_id: str, deed: Deed) -> bool:
        gone = delete(intake_drafts).where(_C.town == self._town, _C.id == draft_id)
        return staff_log.logged(self._engine, self._town, deed, lambda held: held.execute(gone).rowcount > 0, True)

    def names_taken(self, document_id: str) -> int:
        """How many versions a document has; 0 for a new one."""
        with reading(self._engine) as connection:
            asked = select(versions.c.version).where(
                versions.c.town == self._town, versions.c.document_id == document_id
            )
            return len(connection.execute(asked).all())

    def submit(
        self,
        draft: Draft,
        version: StoredVersion,
        facts: Mapping[str, Any],
        deed: Deed,
        follows: Succession | None = None,
    ) -> Outcome:
        """The draft becomes a version that waits for the second look; all of it in one transaction.

        GONE where the draft was changed or submitted meanwhile.
        """
        gone = delete(intake_drafts).where(_C.town == self._town, _C.id == draft.id, _C.revision == draft.revision)

        def change(connection: Connection) -> Outcome:
            if not connection.execute(gone).rowcount:
                return Outcome.GONE
            add_version(connection, self._town, version, VersionState.DRAFT, deed.at)
            note(connection, self._town, version.document_id, version.version, facts)
            if follows is not None:
                desk_steps.plan_succession(connection, self._town, follows)
            return desk_life.submit(connection, self._town, version.document_id, version.version, deed)

        return staff_log.logged(self._engine, self._town, deed, change, Outcome.DONE)

    def facts(self, document_id: str, version: str) -> Mapping[str, Any]:
        """What the intake noted of a version; empty where it did not come through it."""
        with reading(self._engine) as connection:
            asked = select(version_facts.c.body).where(
                version_facts.c.town == self._town,
                version_facts.c.document_id == document_id,
                version_facts.c.version == version,
            )
            found: Mapping[str, Any] | None = connection.execute(asked).scalar()
        return found or {}

    def every_facts(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        """(document, version) -> what the intake noted of it."""
        with reading(self._engine) as connection:
            asked = select(version_facts).where(version_facts.c.town == self._town)
            rows = connection.execute(asked).mappings().all()
        return {(row["document_id"], row["version"]): row["body"] for row in rows}

    def _change(self, draft_id: str, **values: Any) -> bool:
        with writing(self._engine) as connection:
            changed = connection.execute(
                update(intake_drafts).where(_C.town == self._town, _C.id == draft_id).values(**values)
            )
        return changed.rowcount > 0


def _draft(row: RowMapping, body: Mapping[str, Any]) -> Draft:
    held = {name: row[name] for name in Draft.__slots__ if name not in ("state", "body")}
    return Draft(state=DraftState(row["state"]), body=body, **held)
