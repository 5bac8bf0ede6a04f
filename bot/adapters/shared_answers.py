"""Answers that were sent on: an unguessable token, kept hashed; the answer alone, never what was typed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, null, select, update

from knowledge.database.service_models import shared_answers

LIFE = timedelta(days=30)
REMEMBERED = timedelta(days=120)
"""How long an expired token still knows which ready question it was."""
TOKEN_BYTES = 16


def keep(connection: Connection, town: str, question: str, body: Mapping[str, Any], now: datetime) -> str:
    """The new token. question: a ready question of ours, or ''."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = {
        "town": town,
        "token_hash": _hash(token),
        "shared_at": now,
        "question": question,
        "body": dict(body),
    }
    connection.execute(insert(shared_answers), row)
    return token


def find(
    connection: Connection, town: str, token: str, now: datetime
) -> tuple[str, dict[str, Any] | None] | None:
    """Question and body; body None once it is over; None for a token that was never given."""
    asked = select(shared_answers.c.question, shared_answers.c.body, shared_answers.c.shared_at).where(
        shared_answers.c.town == town, shared_answers.c.token_hash == _hash(token)
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    return row.question, row.body if row.shared_at > now - LIFE else None


def forget_old(connection: Connection, town: str, now: datetime) -> None:
    mine = shared_answers.c.town == town
    over = shared_answers.c.shared_at <= now - LIFE
    connection.execute(update(shared_answers).where(mine, over).values(body=null()))
    connection.execute(delete(shared_answers).where(mine, shared_answers.c.shared_at <= now - REMEMBERED))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
