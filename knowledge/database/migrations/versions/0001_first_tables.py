"""The first tables, and the triggers that keep published texts and the staff log as they were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from knowledge.database.guards import GUARDS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _knowledge()
    _conversations()
    _counts_and_log()
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _knowledge() -> None:
    op.create_table(
        "documents",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("document_id", sa.String(120), primary_key=True),
        sa.Column("version", sa.String(40), primary_key=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("topic", sa.String(60), nullable=False),
        sa.Column("region", sa.String(20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("effective_from", sa.Date()),
        sa.Column("effective_to", sa.Date()),
        sa.Column("original_sha256", sa.String(64), nullable=False),
        sa.Column("original_name", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("reviewed_by", sa.String(120)),
        sa.Column("reviewed_on", sa.Date()),
        sa.Column("published_at", sa.DateTime()),
        sa.Column("closed_at", sa.DateTime()),
        sa.Column("closed_by", sa.String(120)),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["town", "document_id"], ["documents.town", "documents.id"]),
    )
    op.create_index(
        "one_published_version",
        "versions",
        ["town", "document_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_index("versions_by_original", "versions", ["original_sha256"])
    op.create_table(
        "passages",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(240), primary_key=True),
        sa.Column("document_id", sa.String(120), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("part", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["town", "document_id", "version"], ["versions.town", "versions.document_id", "versions.version"]
        ),
    )
    op.create_index("passages_by_version", "passages", ["town", "document_id", "version", "ordinal"])
    op.create_table(
        "instruments",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("body", sa.JSON(), nullable=False),
    )
    op.create_table(
        "parameters",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("per", sa.String(20)),
        sa.Column("recheck_month", sa.Integer()),
        sa.Column("ask", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
    )
    op.create_table(
        "parameter_values",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("parameter_id", sa.String(120), primary_key=True),
        sa.Column("ordinal", sa.Integer(), primary_key=True),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("effective_from", sa.Date()),
        sa.Column("effective_to", sa.Date()),
        sa.Column("recheck_on", sa.Date()),
        sa.Column("confidence", sa.String(12), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("instrument_id", sa.String(120), nullable=False),
        sa.Column("article", sa.Text()),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["town", "parameter_id"], ["parameters.town", "parameters.id"]),
        sa.ForeignKeyConstraint(["town", "instrument_id"], ["instruments.town", "instruments.id"]),
    )
    op.create_table(
        "revisions",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
    )


def _conversations() -> None:
    op.create_table(
        "installation",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "conversations",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("last_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_conversations_last_at", "conversations", ["last_at"])
    op.create_table(
        "turns",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("conversation_id", sa.String(64), primary_key=True),
        sa.Column("ordinal", sa.Integer(), primary_key=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["town", "conversation_id"], ["conversations.town", "conversations.id"], ondelete="CASCADE"
        ),
    )
    op.create_table(
        "answers",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("conversation_id", sa.String(64)),
        sa.Column("session_hash", sa.String(64), nullable=False),
        sa.Column("own_until", sa.DateTime()),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("event", sa.String(60), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("topic", sa.String(60), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
    )
    op.create_index("ix_answers_conversation_id", "answers", ["conversation_id"])
    op.create_index("ix_answers_asked_at", "answers", ["asked_at"])
    op.create_table(
        "feedback",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("answer_id", sa.String(64), primary_key=True),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(60)),
        sa.Column("words", sa.Text()),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["town", "answer_id"], ["answers.town", "answers.id"], ondelete="CASCADE"),
    )


def _counts_and_log() -> None:
    op.create_table(
        "day_keys",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("secret", sa.String(64), nullable=False),
    )
    op.create_table(
        "day_sessions",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("session_hash", sa.String(64), primary_key=True),
    )
    op.create_table(
        "daily_counts",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("installation", sa.String(40), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("channel", sa.String(12), primary_key=True),
        sa.Column("event", sa.String(60), primary_key=True),
        sa.Column("topic", sa.String(60), primary_key=True),
        sa.Column("entry", sa.String(120), primary_key=True),
        sa.Column("status", sa.String(20), primary_key=True),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
    )
    op.create_table(
        "staff_log",
        sa.Column("town", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("what", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(240), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
    )
    op.create_index("staff_log_by_time", "staff_log", ["town", "at"])
