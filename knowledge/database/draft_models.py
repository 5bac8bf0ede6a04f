"""Tables of the intake: files that are being made into documents, and what is known of a document besides its text."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table, Text

from knowledge.database.columns import UtcDateTime, metadata, town_key

# One row per file from its arrival to its submission. body: `ingest.draft`, '' fields before it is read.
intake_drafts = Table(
    "intake_drafts",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_by", String(120), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("pages_done", Integer, nullable=False),
    Column("pages_total", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", JSON, nullable=False),
)

# 文号, issuer, day of issue, level of a version that came through the intake, and the questions it was tried with.
version_facts = Table(
    "version_facts",
    metadata,
    town_key(),
    Column("document_id", String(120), primary_key=True),
    Column("version", String(40), primary_key=True),
    Column("body", JSON, nullable=False),
)
