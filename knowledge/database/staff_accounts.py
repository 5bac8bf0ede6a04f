"""Accounts and their sessions. Every function runs inside the caller's transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from knowledge.database.staff_models import staff_accounts, staff_sessions
from knowledge.database.staff_values import Role, StaffAccount, StaffSession

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
WENT_BACK = timedelta(minutes=5)
"""A clock that stands further before the last visit was set back: such a session is over."""
SEEN_EVERY = timedelta(seconds=20)


def find(connection: Connection, town: str, account_id: str) -> tuple[StaffAccount, str] | None:
    """The account and the hash of its password."""
    same = (staff_accounts.c.town == town, staff_accounts.c.id == account_id)
    row = connection.execute(select(staff_accounts).where(*same)).mappings().first()
    return None if row is None else (account_of(row), row["password_hash"])


def every(connection: Connection, town: str) -> list[StaffAccount]:
    asked = select(staff_accounts).where(staff_accounts.c.town == town).order_by(staff_accounts.c.id)
    return [account_of(row) for row in connection.execute(asked).mappings()]


def admins_left(connection: Connection, town: str, without: str) -> int:
    """How many admins could still sign in if `without` could not."""
    asked = select(func.count()).where(
        staff_accounts.c.town == town,
        staff_accounts.c.role == Role.ADMIN.value,
        staff_accounts.c.disabled.is_(False),
        staff_accounts.c.id != without,
    )
    return connection.execute(asked).scalar() or 0


def add(connection: Connection, town: str, account: StaffAccount, password_hash: str, now: datetime) -> bool:
    """False when the name is taken."""
    if find(connection, town, account.id) is not None:
        return False
    row = {
        "town": town,
        "id": account.id,
        "name": account.name,
        "role": account.role.value,
        "password_hash": password_hash,
        "must_change": account.must_change,
        "disabled": account.disabled,
        "deputy_until": account.deputy_until,
        "created_at": now,
    }
    connection.execute(insert(staff_accounts), row)
    return True


def set_password(connection: Connection, town: str, account_id: str, hashed: str, must_change: bool) -> bool:
    """False for an unknown account. Every session of it ends."""
    end_all(connection, town, account_id)
    return _change(connection, town, account_id, password_hash=hashed, must_change=must_change)


def set_disabled(connection: Connection, town: str, account_id: str, disabled: bool) -> bool:
    """False for an unknown account. Every session of it ends."""
    end_all(connection, town, account_id)
    return _change(connection, town, account_id, disabled=disabled)


def set_role(connection: Connection, town: str, account_id: str, role: Role) -> bool:
    return _change(connection, town, account_id, role=role.value)


def set_deputy(connection: Connection, town: str, account_id: str, until: date | None) -> bool:
    return _change(connection, town, account_id, deputy_until=until)


def open_session(connection: Connection, town: str, account_id: str, token_hash: str, now: datetime) -> None:
    """A new session; those of anybody that are long over go."""
    long_over = (staff_sessions.c.town == town, staff_sessions.c.began_at < now - ABSOLUTE)
    connection.execute(delete(staff_sessions).where(*long_over))
    row = {"town": town, "token_hash": token_hash, "account_id": account_id, "began_at": now, "seen_at": now}
    connection.execute(insert(staff_sessions), row)
    _change(connection, town, account_id, last_login_at=now)


def session(connection: Connection, town: str, token_hash: str, now: datetime) -> StaffSession | None:
    """A session that is neither idle too long, nor too old, nor of a disabled account."""
    joined = staff_sessions.join(
        staff_accounts,
        (staff_accounts.c.town == staff_sessions.c.town) & (staff_accounts.c.id == staff_sessions.c.account_id),
    )
    asked = (
        select(staff_accounts, staff_sessions.c.began_at, staff_sessions.c.seen_at)
        .select_from(joined)
        .where(staff_sessions.c.town == town, staff_sessions.c.token_hash == token_hash)
    )
    row = connection.execute(asked).mappings().first()
    if row is None or row["disabled"] or not lives(row["began_at"], row["seen_at"], now):
        return None
    return StaffSession(account_of(row), row["began_at"], row["seen_at"])


def lives(began_at: datetime, seen_at: datetime, now: datetime) -> bool:
    return now - seen_at < IDLE and now - began_at < ABSOLUTE and seen_at - now < WENT_BACK


def see(connection: Connection, town: str, token_hash: str, now: datetime) -> None:
    same = (staff_sessions.c.town == town, staff_sessions.c.token_hash == token_hash)
    connection.execute(update(staff_sessions).where(*same).values(seen_at=now))


def end(connection: Connection, town: str, token_hash: str) -> None:
    same = (staff_sessions.c.town == town, staff_sessions.c.token_hash == token_hash)
    connection.execute(delete(staff_sessions).where(*same))


def end_all(connection: Connection, town: str, account_id: str) -> int:
    """How many sessions of the account were ended."""
    same = (staff_sessions.c.town == town, staff_sessions.c.account_id == account_id)
    return connection.execute(delete(staff_sessions).where(*same)).rowcount


def account_of(row: RowMapping) -> StaffAccount:
    return StaffAccount(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        disabled=row["disabled"],
        must_change=row["must_change"],
        deputy_until=row["deputy_until"],
        last_login_at=row["last_login_at"],
    )


def _change(connection: Connection, town: str, account_id: str, **values: Any) -> bool:
    same = (staff_accounts.c.town == town, staff_accounts.c.id == account_id)
    return connection.execute(update(staff_accounts).where(*same).values(**values)).rowcount > 0
