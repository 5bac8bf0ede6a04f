"""Conversations: opaque ids, turns as typed state, 30 minutes of silence and they are gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, func, insert, select, update

from bot.types import Turn
from knowledge.database.service_models import answers, conversations, turns

CONVERSATION_LIFE = timedelta(minutes=30)
_TURN = TypeAdapter(Turn)


def turns_of(connection: Connection, town: str, conversation_id: str, now: datetime) -> tuple[Turn, ...]:
    """Oldest first; () when unknown or silent for 30 minutes."""
    alive = select(conversations.c.id).where(
        conversations.c.town == town,
        conversations.c.id == conversation_id,
        conversations.c.last_at > now - CONVERSATION_LIFE,
    )
    asked = select(turns.c.body).where(turns.c.town == town, turns.c.conversation_id.in_(alive))
    bodies = connection.execute(asked.order_by(turns.c.ordinal)).scalars()
    return tuple(_TURN.validate_python(body) for body in bodies)


def touch(connection: Connection, town: str, conversation_id: str, turn: Turn | None, now: datetime) -> None:
    """Say that a conversation lives, and add its turn; one that had fallen silent begins anew."""
    same = (conversations.c.town == town, conversations.c.id == conversation_id)
    last_at = connection.execute(select(conversations.c.last_at).where(*same)).scalar()
    if last_at is not None and last_at <= now - CONVERSATION_LIFE:
        forget(connection, town, [conversation_id])
        last_at = None
    if last_at is None:
        row = {"town": town, "id": conversation_id, "last_at": now}
        connection.execute(insert(conversations), row)
    else:
        connection.execute(update(conversations).where(*same).values(last_at=now))
    if turn is not None:
        _add_turn(connection, town, conversation_id, turn)


def silent(connection: Connection, town: str, now: datetime) -> list[str]:
    """Conversations whose time is over."""
    asked = select(conversations.c.id).where(
        conversations.c.town == town, conversations.c.last_at <= now - CONVERSATION_LIFE
    )
    return list(connection.execute(asked).scalars())


def forget(connection: Connection, town: str, ids: Iterable[str]) -> None:
    """Turns go; answers lose their own page and the thread that linked them."""
    for conversation_id in ids:
        connection.execute(
            delete(turns).where(turns.c.town == town, turns.c.conversation_id == conversation_id)
        )
        connection.execute(
            delete(conversations).where(conversations.c.town == town, conversations.c.id == conversation_id)
        )
        connection.execute(
            update(answers)
            .where(answers.c.town == town, answers.c.conversation_id == conversation_id)
            .values(conversation_id=None, own_until=None)
        )


def _add_turn(connection: Connection, town: str, conversation_id: str, turn: Turn) -> None:
    same = (turns.c.town == town, turns.c.conversation_id == conversation_id)
    last = connection.execute(select(func.max(turns.c.ordinal)).where(*same)).scalar() or 0
    row = {"town": town, "conversation_id": conversation_id, "ordinal": last + 1}
    connection.execute(insert(turns), row | {"body": _TURN.dump_python(turn, mode="json")})
