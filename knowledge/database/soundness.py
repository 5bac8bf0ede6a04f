"""What can be found wrong in the tables and in the folder of originals beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from knowledge.database.digests import digest_of_version
from knowledge.database.engine import reading
from knowledge.database.models import documents, passages, versions
from knowledge.database.truth import SqlTruth
from knowledge.hashes import sha256_of
from knowledge.passages import passage_digest
from knowledge.types import StoredVersion


@dataclass(frozen=True, slots=True)
class OriginalsState:
    """missing, damaged: sha256 -> a document that needs it. stray: names of files that nothing needs."""

    missing: Mapping[str, str]
    damaged: Mapping[str, str]
    stray: tuple[str, ...]


def loose_passages(engine: Engine) -> list[str]:
    """Ids of passages whose version is not there, any town."""
    joined = passages.outerjoin(
        versions,
        (versions.c.town == passages.c.town)
        & (versions.c.document_id == passages.c.document_id)
        & (versions.c.version == passages.c.version),
    )
    asked = select(passages.c.id).select_from(joined).where(versions.c.version.is_(None))
    with reading(engine) as connection:
        return sorted(connection.execute(asked).scalars())


def empty_documents(engine: Engine) -> list[str]:
    """Ids of documents that have no version at all, any town."""
    joined = documents.outerjoin(
        versions, (versions.c.town == documents.c.town) & (versions.c.document_id == documents.c.id)
    )
    asked = select(documents.c.id).select_from(joined).where(versions.c.version.is_(None))
    with reading(engine) as connection:
        return sorted(connection.execute(asked).scalars())


def half_written(truth: SqlTruth) -> list[str]:
    """`document@version` of published versions whose rows do not add up to what was to be written."""
    return [f"{item.document_id}@{item.version}" for item in truth.published() if not _is_whole(item)]


def expired(truth: SqlTruth, on: date) -> list[str]:
    """Titles of published documents that are past their last day."""
    return [item.title for item in truth.published() if item.period.end is not None and item.period.end <= on]


def check_originals(engine: Engine, folder: Path) -> OriginalsState:
    """Compare the files with the rows that name them. The caller holds the lock of originals."""
    with reading(engine) as connection:
        named = dict(_named(connection))
    held = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    return OriginalsState(
        missing={digest: document for digest, document in named.items() if digest not in held},
        damaged={
            digest: document
            for digest, document in named.items()
            if digest in held and sha256_of(held[digest]) != digest
        },
        stray=tuple(sorted(held.keys() - named.keys())),
    )


def _named(connection: Connection) -> Iterator[tuple[str, str]]:
    for row in connection.execute(select(versions.c.original_sha256, versions.c.document_id)):
        if row.original_sha256:
            yield row.original_sha256, row.document_id


def _is_whole(version: StoredVersion) -> bool:
    whole = all(part.digest == passage_digest(part.heading, part.text) for part in version.passages)
    return bool(version.passages) and whole and digest_of_version(version) == version.digest
