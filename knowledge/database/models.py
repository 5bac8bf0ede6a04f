"""Tables of published knowledge: documents, versions, passages, figures, instruments."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from knowledge.database.columns import UtcDateTime, metadata, town_key

documents = Table(
    "documents",
    metadata,
    town_key(),
    Column("id", String(120), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# A row is written once. Only its state, and what goes with a change of state, may change afterwards
# (a trigger holds this): a published text can be shown again as it was.
versions = Table(
    "versions",
    metadata,
    town_key(),
    Column("document_id", String(120), primary_key=True),
    Column("version", String(40), primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("topic", String(60), nullable=False),
    Column("region", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("effective_from", Date),
    Column("effective_to", Date),
    Column("original_sha256", String(64), nullable=False),
    Column("original_name", Text, nullable=False),
    Column("written_by", String(120), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("reviewed_by", String(120)),
    Column("reviewed_on", Date),
    Column("published_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("closed_by", String(120)),
    Column("reason", Text),
    ForeignKeyConstraint(["town", "document_id"], ["documents.town", "documents.id"]),
    Index(
        "one_published_version",
        "town",
        "document_id",
        unique=True,
        sqlite_where=text("state = 'published'"),
        postgresql_where=text("state = 'published'"),
    ),
    Index("versions_by_original", "original_sha256"),
)

passages = Table(
    "passages",
    metadata,
    town_key(),
    Column("id", String(240), primary_key=True),
    Column("document_id", String(120), nullable=False),
    Column("version", String(40), nullable=False),
    Column("part", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("heading", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    ForeignKeyConstraint(
        ["town", "document_id", "version"], ["versions.town", "versions.document_id", "versions.version"]
    ),
    Index("passages_by_version", "town", "document_id", "version", "ordinal"),
)

instruments = Table(
    "instruments",
    metadata,
    town_key(),
    Column("id", String(120), primary_key=True),
    Column("body", JSON, nullable=False),
)

parameters = Table(
    "parameters",
    metadata,
    town_key(),
    Column("id", String(120), primary_key=True),
    Column("what", Text, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("per", String(20)),
    Column("recheck_month", Integer),
    Column("ask", JSON, nullable=False),
    Column("origin", String(20), nullable=False),
)

# value: the decimal as written, since SQLite has no exact decimals.
parameter_values = Table(
    "parameter_values",
    metadata,
    town_key(),
    Column("parameter_id", String(120), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("value", String(40), nullable=False),
    Column("effective_from", Date),
    Column("effective_to", Date),
    Column("recheck_on", Date),
    Column("confidence", String(12), nullable=False),
    Column("checked_on", Date, nullable=False),
    Column("instrument_id", String(120), nullable=False),
    Column("article", Text),
    Column("facts", JSON, nullable=False),
    ForeignKeyConstraint(["town", "parameter_id"], ["parameters.town", "parameters.id"]),
    ForeignKeyConstraint(["town", "instrument_id"], ["instruments.town", "instruments.id"]),
)

# One row per town, raised in the same transaction as any change of what is published.
revisions = Table(
    "revisions",
    metadata,
    town_key(),
    Column("revision", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)
