"""Tables of what the desk keeps besides documents: offices and phones, papers, figures over bundled ones, parcels."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text

from knowledge.database.columns import UtcDateTime, metadata, town_key

# Appended only: the newest row of an office or a hotline holds.
town_records = Table(
    "town_records",
    metadata,
    town_key(),
    Column("kind", String(12), primary_key=True),
    Column("id", String(120), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("fields", JSON, nullable=False),
    Column("without", JSON, nullable=False),
    Column("confirmed_on", Date, nullable=False),
    Column("who", String(120), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

papers = Table(
    "papers",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("who", String(120), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("papers_by_subject", "town", "kind", "subject"),
)

figure_changes = Table(
    "figure_changes",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("parameter_id", String(120), nullable=False),
    Column("state", String(12), nullable=False),
    Column("body", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Column("made_by", String(120), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("settled_by", String(120), nullable=False),
    Column("settled_at", UtcDateTime),
    Column("why", Text, nullable=False),
    Column("settled_why", Text, nullable=False, server_default=""),
    Index("figure_changes_by_figure", "town", "parameter_id", "made_at"),
)

figure_overlays = Table(
    "figure_overlays",
    metadata,
    town_key(),
    Column("parameter_id", String(120), primary_key=True),
    Column("base", JSON, nullable=False),
    Column("bundled", JSON),
)

parcels = Table(
    "parcels",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("made_by", String(120), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
