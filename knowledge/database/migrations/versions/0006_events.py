"""Events of the town, the kiosks paired to them, and the counts that kiosks of their own brought in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, index=True),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("present", sa.Integer()),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "event_devices",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("event", sa.String(60), nullable=False),
        sa.Column("device", sa.String(60), nullable=False),
        sa.Column("paired_by", sa.String(120), nullable=False),
        sa.Column("paired_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime()),
    )
    op.create_table(
        "count_imports",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("installation", sa.String(40), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("first_day", sa.Date()),
        sa.Column("last_day", sa.Date()),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.String(120), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
    )
