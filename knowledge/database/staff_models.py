"""Tables of the staff desk: accounts, sessions, switches, notices, and the steps a version went through."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Index, String, Table, Text

from knowledge.database.columns import UtcDateTime, metadata, town_key

staff_accounts = Table(
    "staff_accounts",
    metadata,
    town_key(),
    Column("id", String(60), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("role", String(12), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("deputy_until", Date),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_login_at", UtcDateTime),
)

# Of a session only the hash of its token is kept.
staff_sessions = Table(
    "staff_sessions",
    metadata,
    town_key(),
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", String(60), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["town", "account_id"], ["staff_accounts.town", "staff_accounts.id"]),
)

staff_switches = Table(
    "staff_switches",
    metadata,
    town_key(),
    Column("name", String(12), primary_key=True),
    Column("off", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed_by", String(120), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

staff_notices = Table(
    "staff_notices",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("words", Text, nullable=False),
    Column("start_day", Date, nullable=False),
    Column("end_day", Date),
    Column("made_by", String(120), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

# Who did which step for a version, and when: 初审, 复审, 撤回 … Triggers refuse UPDATE and DELETE.
version_steps = Table(
    "version_steps",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("document_id", String(120), nullable=False),
    Column("version", String(40), nullable=False),
    Column("step", String(20), nullable=False),
    Column("who", String(120), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("why", Text, nullable=False),
    Index("version_steps_by_version", "town", "document_id", "version", "at"),
)

# A document that another one takes over from a day on (the old one keeps its own versions and its end).
document_successors = Table(
    "document_successors",
    metadata,
    town_key(),
    Column("document_id", String(120), primary_key=True),
    Column("successor_id", String(120), primary_key=True),
    Column("since", Date, nullable=False),
)
