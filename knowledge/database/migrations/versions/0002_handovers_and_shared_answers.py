"""Questions given to the staff, and answers that were sent on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("number", sa.String(6), primary_key=True),
        sa.Column("answer_id", sa.String(64)),
        sa.Column("question", sa.Text()),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("reply", sa.Text()),
        sa.Column("replied_at", sa.DateTime()),
    )
    op.create_index("ix_handovers_given_at", "handovers", ["given_at"])
    op.create_table(
        "shared_answers",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("shared_at", sa.DateTime(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON()),
    )
    op.create_index("ix_shared_answers_shared_at", "shared_answers", ["shared_at"])
