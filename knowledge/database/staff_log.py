"""The action log: appended in the transaction of the action, read newest first. Triggers keep it as it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine, insert, select

from knowledge.database.engine import writing
from knowledge.database.service_models import staff_log
from knowledge.database.staff_values import Deed

_Outcome = TypeVar("_Outcome")


def append(connection: Connection, town: str, deed: Deed) -> None:
    """Write one action. Call it inside the transaction that does the action."""
    row = {
        "id": secrets.token_hex(16),
        "at": deed.at,
        "who": deed.who,
        "what": deed.what[:60],
        "subject": deed.subject[:240],
        "why": deed.why,
        "details": dict(deed.details),
    }
    connection.execute(insert(staff_log), {"town": town, **row})


def logged(engine: Engine, town: str, deed: Deed, change: Callable[[Connection], _Outcome], done: _Outcome) -> _Outcome:
    """Change and log in one transaction: where the outcome is not `done`, neither is kept."""
    with writing(engine) as connection:
        outcome = change(connection)
        if outcome == done:
            append(connection, town, deed)
        else:
            connection.rollback()
    return outcome


def newest(connection: Connection, town: str, limit: int, skip: int = 0, who: str = "", subject: str = "") -> list[Deed]:
    """Actions, newest first. who, subject: only those, where given."""
    asked = select(staff_log).where(staff_log.c.town == town)
    if who:
        asked = asked.where(staff_log.c.who == who)
    if subject:
        asked = asked.where(staff_log.c.subject == subject)
    asked = asked.order_by(staff_log.c.at.desc(), staff_log.c.id).limit(limit).offset(skip)
    return [
        Deed(row["who"], row["what"], row["subject"], row["at"], row["why"], row["details"])
        for row in connection.execute(asked).mappings()
    ]
