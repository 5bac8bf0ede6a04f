"""Steps of versions and who follows whom. Every function runs inside the caller's transaction."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, delete, insert, select

from knowledge.database.desk_values import Step, Succession
from knowledge.database.staff_models import document_successors, version_steps
from knowledge.database.staff_values import Deed


def add_step(connection: Connection, town: str, document_id: str, version: str, step: str, deed: Deed) -> None:
    row = {
        "town": town,
        "id": secrets.token_hex(16),
        "document_id": document_id,
        "version": version,
        "step": step,
        "who": deed.who,
        "at": deed.at,
        "why": deed.why,
    }
    connection.execute(insert(version_steps), row)


def steps_of(connection: Connection, town: str, document_id: str, version: str) -> list[Step]:
    """Oldest first."""
    asked = select(version_steps).where(
        version_steps.c.town == town,
        version_steps.c.document_id == document_id,
        version_steps.c.version == version,
    )
    rows = connection.execute(asked.order_by(version_steps.c.at, version_steps.c.id)).mappings()
    return [Step(row["step"], row["who"], row["at"], row["why"]) for row in rows]


def submitter(connection: Connection, town: str, document_id: str, version: str) -> str | None:
    """Who handed the version in last, since it was last sent back."""
    last = [
        step for step in steps_of(connection, town, document_id, version) if step.step in ("submit", "send_back")
    ]
    return last[-1].who if last and last[-1].step == "submit" else None


def followers(connection: Connection, town: str) -> list[Succession]:
    """Every planned or carried out succession."""
    asked = select(document_successors).where(document_successors.c.town == town)
    return [
        Succession(row["document_id"], row["successor_id"], row["since"])
        for row in connection.execute(asked).mappings()
    ]


def plan_succession(connection: Connection, town: str, plan: Succession) -> None:
    """Say whom `successor_id` will take over from; an earlier plan of it goes."""
    drop_succession(connection, town, plan.successor_id)
    row = {
        "town": town,
        "document_id": plan.document_id,
        "successor_id": plan.successor_id,
        "since": plan.since,
    }
    connection.execute(insert(document_successors), row)


def drop_succession(connection: Connection, town: str, successor_id: str) -> None:
    connection.execute(
        delete(document_successors).where(
            document_successors.c.town == town, document_successors.c.successor_id == successor_id
        )
    )
