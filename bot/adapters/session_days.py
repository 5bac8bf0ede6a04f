"""Sessions of a day: a hash that links questions of one conversation; its key dies with the day."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from knowledge.database.service_models import day_keys, day_sessions


def session_hash(connection: Connection, town: str, day: date, conversation_id: str) -> str:
    """Hex; the same for one conversation on one day, unlinkable once the day's key is gone."""
    asked = select(day_keys.c.secret).where(day_keys.c.town == town, day_keys.c.day == day)
    secret = connection.execute(asked).scalar()
    if secret is None:
        secret = secrets.token_hex(32)
        connection.execute(insert(day_keys), {"town": town, "day": day, "secret": secret})
    return hmac.new(bytes.fromhex(secret), conversation_id.encode(), hashlib.sha256).hexdigest()


def is_first_today(connection: Connection, town: str, day: date, hashed: str) -> bool:
    """Whether this session was not seen yet that day; it is from now on."""
    same = (day_sessions.c.town == town, day_sessions.c.day == day, day_sessions.c.session_hash == hashed)
    if connection.execute(select(day_sessions.c.day).where(*same)).first() is not None:
        return False
    connection.execute(insert(day_sessions), {"town": town, "day": day, "session_hash": hashed})
    return True


def forget_days_before(connection: Connection, town: str, day: date) -> None:
    for table in (day_keys, day_sessions):
        connection.execute(delete(table).where(table.c.town == town, table.c.day < day))
