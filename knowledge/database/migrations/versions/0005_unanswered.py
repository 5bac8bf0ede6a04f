"""Questions that nobody could answer, and what the staff made of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _key(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "question_groups",
        _key("town", 40),
        _key("id", 40),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("owner", sa.String(60), nullable=False),
        sa.Column("document_id", sa.String(120), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
        sa.Column("changed_at", sa.DateTime()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON()),
    )
    op.create_table(
        "question_wordings",
        _key("town", 40),
        _key("key", 64),
        sa.Column("group_id", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
    )
    op.create_index("question_wordings_by_group", "question_wordings", ["town", "group_id"])
    op.create_index("ix_question_wordings_last_at", "question_wordings", ["last_at"])
    op.create_table(
        "question_counts",
        _key("town", 40),
        _key("group_id", 40),
        sa.Column("day", sa.Date(), primary_key=True),
        _key("channel", 12),
        _key("why", 20),
        sa.Column("questions", sa.Integer(), nullable=False),
    )
    op.create_table(
        "question_sources",
        _key("town", 40),
        _key("ref", 80),
        sa.Column("group_id", sa.String(40), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
    )
    op.create_index("question_sources_by_group", "question_sources", ["town", "group_id"])
    op.create_table(
        "added_wordings",
        _key("town", 40),
        _key("key", 64),
        sa.Column("document_id", sa.String(120), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("group_id", sa.String(40), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("reviewed_by", sa.String(120)),
        sa.Column("reviewed_at", sa.DateTime()),
    )
    op.create_index("added_wordings_by_document", "added_wordings", ["town", "document_id"])
    op.create_table(
        "feedback_seen",
        _key("town", 40),
        _key("answer_id", 64),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["town", "answer_id"], ["answers.town", "answers.id"], ondelete="CASCADE"),
    )
