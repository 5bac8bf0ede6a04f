"""Accounts, sessions, switches and notices of the staff desk, and the steps a version went through."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from knowledge.database.staff_guards import STAFF_GUARDS

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _accounts()
    _public_state()
    _versions()
    for statement in STAFF_GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _accounts() -> None:
    op.create_table(
        "staff_accounts",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("deputy_until", sa.Date()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_login_at", sa.DateTime()),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.String(60), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["town", "account_id"], ["staff_accounts.town", "staff_accounts.id"]),
    )


def _public_state() -> None:
    op.create_table(
        "staff_switches",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(12), primary_key=True),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "staff_notices",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date()),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
    )


def _versions() -> None:
    op.create_table(
        "version_steps",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("document_id", sa.String(120), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
    )
    op.create_index(
        "version_steps_by_version", "version_steps", ["town", "document_id", "version", "at"]
    )
    op.create_table(
        "document_successors",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("document_id", sa.String(120), primary_key=True),
        sa.Column("successor_id", sa.String(120), primary_key=True),
        sa.Column("since", sa.Date(), nullable=False),
    )
