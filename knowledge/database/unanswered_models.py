"""Tables of what nobody could answer: groups of alike questions, their wordings and counts, and what was made of them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from knowledge.database.columns import UtcDateTime, metadata, town_key

# One row per need. draft: an answer being written. document_id: the staff answer, or the entry that answers it now.
question_groups = Table(
    "question_groups",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("owner", String(60), nullable=False),
    Column("document_id", String(120), nullable=False),
    Column("why", Text, nullable=False),
    Column("changed_by", String(120), nullable=False),
    Column("changed_at", UtcDateTime),
    Column("revision", Integer, nullable=False),
    Column("draft", JSON(none_as_null=True)),
)

# Masked words of the last 90 days; key: sha256 of the wording in the form in which two count as the same.
question_wordings = Table(
    "question_wordings",
    metadata,
    town_key(),
    Column("key", String(64), primary_key=True),
    Column("group_id", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
    Index("question_wordings_by_group", "town", "group_id"),
)

# These stay when the words are gone.
question_counts = Table(
    "question_counts",
    metadata,
    town_key(),
    Column("group_id", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("channel", String(12), primary_key=True),
    Column("why", String(20), primary_key=True),
    Column("questions", Integer, nullable=False),
)

# Which stored answers and handovers stand in a group already. ref: the answer's id, or `handover:` and a number.
question_sources = Table(
    "question_sources",
    metadata,
    town_key(),
    Column("ref", String(80), primary_key=True),
    Column("group_id", String(40), nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Index("question_sources_by_group", "town", "group_id"),
)

# Wordings given to an entry or a staff answer at the desk. state: in_review | approved | withdrawn.
added_wordings = Table(
    "added_wordings",
    metadata,
    town_key(),
    Column("key", String(64), primary_key=True),
    Column("document_id", String(120), nullable=False),
    Column("wording", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("group_id", String(40), nullable=False),
    Column("made_by", String(120), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("reviewed_by", String(120)),
    Column("reviewed_at", UtcDateTime),
    Index("added_wordings_by_document", "town", "document_id"),
)

# Who has looked at a piece of feedback; goes with the answer.
feedback_seen = Table(
    "feedback_seen",
    metadata,
    town_key(),
    Column("answer_id", String(64), primary_key=True),
    Column("who", String(120), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["town", "answer_id"], ["answers.town", "answers.id"], ondelete="CASCADE"),
)
